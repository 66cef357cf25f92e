"""While an emergency is with people: the numbers again, what to do without a phone, and never a menu or a step for words that tell
nothing."""

from bot.dialogue.hearing import noes, unspoken_language, wrong_prescription
from bot.dialogue.in_danger import alarm, last_things, news, ordinary
from bot.dialogue.reply import Part, Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import beside, closing, request_rules, request_status, taken
from bot.understanding.intents.names import CANT_FIND_FEATURE, CLOSE_REQUEST, EMERGENCY, THANKS
from bot.understanding.reading import DANGEROUS
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import is_afraid, worries
from handoff.policy.names import URGENT

SURELY_CALM, CALM_ABROAD, LEAVE, NO_DANGER, NO_TRACE = 0.9, 0.7, 0.2, 0.1, 0.005
"""From which chance on words are of another, calm matter, where its steps begin, where it is only noted, and where likeliest
leave is taken; and under which chance of danger each of the first, and the last."""
MAKES_LIGHT, ASKS_TO_TELL = PHRASES.phrases["makes_light"], PHRASES.phrases["asks_to_tell"]
AGAIN, OF_OTHER = ("numbers_again", "numbers_once_more"), ("numbers_of_other", "numbers_of_other_again")
"""The numbers, in the words of the first time and the second; and to the doctor who wrote what was taken."""


def is_open(reply: Reply) -> bool:
    """Typed to an emergency that nobody has answered yet, with nothing begun beside it."""
    known = reply.conversation
    here = known.ticket is not None and known.state == "with_support" and known.beside is None
    return here and known.issue == EMERGENCY and reply.typed and not _is_calm_by_now(reply)


def _is_calm_by_now(reply: Reply) -> bool:
    """It was told last that it goes well, or that help is there, and these words are surely of something ordinary, with no sign of
    danger: they are answered as words about any request."""
    reading, text = reply.reading, reply.message.text
    harmless = reading.ranked is not None and reading.ranked.danger < NO_DANGER and reading.decision not in DANGEROUS
    stands = worries(text) or news.gets_worse(reply) or wrong_prescription.is_unwell(reply)
    ordinary_words = ordinary.named(reply) is not None or request_status.asks_status(reply)
    calm = ordinary_words or news.was_never_taken(reply)
    return news.was_told_last(reply) and harmless and not stands and calm


def _numbers(reply: Reply) -> tuple[Part, ...]:
    """In the user's own language where it has them."""
    own, by_others, again = (reply.local(name) for name in ("emergency", "no_phone", "numbers_once_more"))
    if own and by_others and again:
        last = reply.longest_unsaid(again[1].id, by_others[1].id)
        return (again,) if last == again[1].id else (own, by_others)
    return (reply.line(reply.longest_unsaid(*(OF_OTHER if wrong_prescription.is_by_writer(reply) else AGAIN))),)


def stay(reply: Reply) -> None:
    """What was told is with people; the numbers, and that somebody near can call. Where they are is kept."""
    taken.keep_where(reply)
    reply.say(*_numbers(reply), *ordinary.told(reply))


def _tell_status(reply: Reply) -> None:
    reply.lead.extend((*_numbers(reply), *ordinary.told(reply)))
    request_status.tell_status(reply)


def _tell_facts(reply: Reply) -> None:
    reply.lead.extend(_numbers(reply))
    asides.decline_or_chat(reply)


def _thanks(reply: Reply) -> bool:
    return request_rules.thanks(reply) and not is_bare(reply.message.text) and not unspoken_language.holds(reply)


def _says_goodbye(reply: Reply) -> bool:
    """After words of despair, and neither is help there nor does anything tell that it is over: no sign that it goes well."""
    return last_things.is_goodbye(reply) and not (news.help_is_there(reply) or news.help_comes(reply))


def _takes_leave_abroad(reply: Reply) -> bool:
    """`no dobrze, to do widzenia`, `tamam, kapatabilirsiniz`, with no trace of danger, nothing denied and nothing asked."""
    reading, said = reply.reading, reply.message.text
    if not unspoken_language.holds(reply) or reading.ranked is None or reading.ranked.danger >= NO_TRACE:
        return False
    stands = reading.decision in DANGEROUS or worries(said) or wrong_prescription.is_unwell(reply) or is_bare(said)
    likeliest = reading.candidates[0]
    leave = likeliest.issue in (THANKS, CLOSE_REQUEST) and likeliest.confidence >= LEAVE
    return leave and not (
        stands or noes.has_negation(said, reply.conversation.language) or said.strip().endswith(QUESTION_MARKS)
    )


def _thank(reply: Reply) -> None:
    reply.thanks = True
    news.tell(reply)


def _is_calm(reply: Reply) -> bool:
    """Surely another matter with steps of its own, and no trace of danger; where something is belongs to the emergency."""
    reading = reply.reading
    if not beside.is_new(reply) or unspoken_language.holds(reply) or reading.issue == CANT_FIND_FEATURE:
        return False
    if reading.issue in reply.conversation.also:
        return False  # what was looked at before the alarm is on the request, and people see to it
    intent = reply.intent(reading.issue)
    sure = reading.candidates[0].confidence >= SURELY_CALM and intent.priority not in URGENT
    return sure and reading.ranked is not None and reading.ranked.danger < NO_DANGER


def _is_calm_abroad(reply: Reply) -> bool:
    """`¿y la cita de mañana, la cancelo?`: surely another, calm matter, in a language in which people answer it."""
    reading = reply.reading
    if not unspoken_language.holds(reply) or not beside.is_new(reply) or reading.ranked is None:
        return False
    calm = reply.intent(reading.issue).route == "answer" and reading.ranked.danger < NO_DANGER
    return calm and reading.candidates[0].confidence >= CALM_ABROAD


def _makes_light(reply: Reply) -> bool:
    return MAKES_LIGHT.is_in(reply.message.text)


def _say_kindly(reply: Reply) -> None:
    """The symptoms stand: the numbers again, and what else is wanted is for people."""
    taken.keep_where(reply)
    reply.say(reply.line("numbers_kindly", number=reply.conversation.ticket))


def _start_calm(reply: Reply) -> None:
    news.open_with(reply)
    beside.start(reply)


def _asks_to_tell(reply: Reply) -> bool:
    """Somebody hurts them, and they ask whether they may say so."""
    told = (*reply.conversation.words, *reply.conversation.so_far, reply.conversation.said_last)
    return any(is_afraid(one) for one in told) and ASKS_TO_TELL.is_in(reply.message.text)


def _say_they_may(reply: Reply) -> None:
    taken.keep_where(reply)
    reply.say(reply.local("emergency") or reply.line("may_tell"))


RULES = (
    Rule("it gets worse, or begins again: the alarm, as the first time", news.gets_worse, alarm.call),
    Rule("hurt by somebody, may they tell a doctor? they may", _asks_to_tell, _say_they_may),
    Rule("what am I to do now?", request_rules.asks_what_to_do, request_rules.tell_what_to_do),
    Rule("a calm matter in another language: on the request, and the numbers once", _is_calm_abroad, news.tell),
    Rule("how far is it? the numbers first", request_status.asks_status, _tell_status),
    Rule("phone, mail, hours, who answers: the numbers first", request_rules.asks_facts, _tell_facts),
    Rule("a goodbye after words of despair: the numbers again", _says_goodbye, stay),
    Rule("close it: a person looks at it all the same", closing.wanted, news.tell),
    Rule("leave is taken in another language: heard, and the numbers once", _takes_leave_abroad, news.tell),
    Rule("thanks, and no mere yes: the numbers stay", _thanks, _thank),
    Rule("it is made light of: the numbers, kindly, and the rest is for people", _makes_light, _say_kindly),
    Rule("surely another, calm matter", _is_calm, _start_calm),
    Rule("how it went on, with nothing of danger in it: heard, and the numbers once", news.is_told, news.tell),
    Rule("calm words just after such news, in another language: added", news.goes_on_calmly, news.tell),
    Rule("everything else is for people: the numbers again", always, stay),
)


def go_on(reply: Reply) -> None:
    """Typed words while an emergency is with people."""
    decide(reply, RULES)
