"""What a message tells besides its main point: facts that set a priority, typed facts, anger, language, words."""

from bot.dialogue.hearing import (
    anger,
    call_wish,
    correction,
    grief,
    unspoken_language,
    urgency,
    vague,
    visit_now,
    wrong_prescription,
)
from bot.dialogue.hearing.language_wish import asked_for
from bot.dialogue.hearing.matter import MOST_READ
from bot.dialogue.hearing.objection import objection_in
from bot.dialogue.reply import Reply
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.language import speaks_as_well, turns_to_english
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.facts import CANNOT_WAIT
from handoff.policy.names import (
    CRITICAL_FACTS,
    EMERGENCY_TOLD,
    HOW_MANY_AFFECTED,
    MEDICINE_TAKEN,
    MULTIPLE_USERS_AFFECTED,
    PRIVACY_REQUEST,
    URGENT,
)

WORDS_KEPT = 12
NOT_URGENT = PHRASES.phrases["not_urgent"]
ADDS_ONE, TOGETHER = PHRASES.phrases["adds_one"], frozenset(("browser",))
"""One more is told, of what somebody can have several of."""
ONLY = frozenset(("only", "just", "not"))
"""Less is told than before."""
ALL_OF = frozenset("all every everyone everybody none nobody whole entire".split())
"""How all of them are named."""
WANTS_THE_TALK = PHRASES.phrases["wants_the_talk"]
SOON, TODAY = "visit_soon", ("today", "tonight", "now", "this ", "minute", "hour")
"""A visit due soon, and how people say that its day is today."""


def remember(reply: Reply) -> None:
    """Keep what the message told besides its main point: signals, facts, anger, language, words."""
    known, reading = reply.conversation, reply.reading
    typed = reply.typed and reading.decision != "smalltalk"
    signals = _signals(reply)
    reply.topic_before = known.topic
    reply.fresh = tuple(signal for signal in signals if signal not in known.signals)
    reply.know(
        turn=known.turn + 1,
        topic=None,
        signals=tuple(dict.fromkeys([*known.signals, *signals])),
        known={**known.known, **_not_poorer(reply), **_besides(reply), **call_wish.told(reply)},
        words=(*known.words, reply.message.text)[-WORDS_KEPT:] if typed and known.state != "gathering" else known.words,
        so_far=(*known.so_far, reply.message.text)[-MOST_READ:] if typed else known.so_far,
        said_last=reply.message.text if reply.typed else known.said_last,
        angry=known.angry + anger.is_heard(reading, known.angry),
        language=_language(reply),
        articles=reading.articles if reading.decision == "handoff" and typed else known.articles,
        guesses=tuple(one.issue for one in reading.candidates) if typed and not _says_none(reply) else known.guesses,
    )
    _leave_out_what_is_refused(reply)
    if known.ticket is not None:
        reply.for_ticket = reply.typed
        reply.new_signals = reply.fresh


def _leave_out_what_is_refused(reply: Reply) -> None:
    """`dont cancel it`: what was taken for a matter beside this one is none."""
    found, intents = objection_in(reply.message.text) if reply.typed else None, reply.script.catalog.intents
    if found is not None:
        also = reply.conversation.also
        reply.know(also=tuple(one for one in also if one not in intents or not found.is_of(intents[one])))


def _not_poorer(reply: Reply) -> dict[str, str]:
    """What is heard, without what is only a part of what was told before: `the update yesterday`, then `since the update`; what puts
    it right (`sorry, monday`, `only chrome`) stands."""
    known = {name: f" {plain(value)} " for name, value in reply.conversation.known.items()}
    heard, text = reply.reading.heard.details, reply.message.text
    if correction.is_marked(text) or ONLY.intersection(plain(text).split()):
        return dict(heard)
    return {name: value for name, value in heard.items() if f" {plain(value)} " not in known.get(name, "")}


def _besides(reply: Reply) -> dict[str, str]:
    """What was told before too, where one more is told and puts nothing right: `firefox`, then `also white in chrome`."""
    known, heard, text = reply.conversation.known, reply.reading.heard.details, reply.message.text
    if not (ADDS_ONE.is_in(text) and heard.keys() & TOGETHER):
        return {}
    fresh = {one: known[one] for one in TOGETHER & heard.keys() & known.keys() if heard[one] not in known[one]}
    return {one: f"{before}, {heard[one]}" for one, before in fresh.items()}


def _language(reply: Reply) -> str:
    """The one that is asked for, the one of the words, or what was spoken before."""
    asked = asked_for(reply.message.text) if reply.typed else None
    return asked or (reply.reading.heard.language if _tells_language(reply) else reply.conversation.language)


def _tells_language(reply: Reply) -> bool:
    """Words that say in which language they are; a name that answers a question of ours, one word to a step (`nada`), or a value put
    right, does not."""
    known, text = reply.conversation, reply.message.text
    name = known.state == "gathering" and len(text.split()) < unspoken_language.A_NAME
    a_word = known.state == "answering" and known.step is not None and len(text.split()) == 1 and text.isascii()
    corrects = not known.in_english and correction.is_marked(text)
    same = name or a_word or corrects or speaks_as_well(text, known.language) or _is_hardly_english(reply)
    return reply.typed and reply.reading.heard.told and not same


def _is_hardly_english(reply: Reply) -> bool:
    """Read as English, to which nobody turns who writes another language with a few loans in it."""
    known, text = reply.conversation, reply.message.text
    foreign = not known.in_english and reply.reading.heard.in_english
    return foreign and not turns_to_english(text, known.language)


def _says_none(reply: Reply) -> bool:
    """A bare yes or no, or that it is none of these: nothing can be guessed of such words."""
    return is_bare(reply.message.text) or (reply.conversation.state == "choosing" and reply.meant.act == "none")


def _signals(reply: Reply) -> tuple[str, ...]:
    stated = (fact for fact in visit_now.facts_told(reply) if _fits(reply, fact))
    return tuple(dict.fromkeys([*_heard_signals(reply), *stated, *_of_many(reply)]))


def _of_many(reply: Reply) -> tuple[str, ...]:
    """Who has it was told with the first words, and it is all of a place, or all of somebody's patients."""
    told = plain(reply.reading.heard.details.get(HOW_MANY_AFFECTED, ""))
    begins = reply.typed and reply.conversation.state in urgency.NOTHING_BEGUN and reply.conversation.ticket is None
    return (MULTIPLE_USERS_AFFECTED,) if begins and not ALL_OF.isdisjoint(told.split()) else ()


def _heard_signals(reply: Reply) -> tuple[str, ...]:
    known, reading = reply.conversation, reply.reading
    short = len(reply.message.text.split()) < urgency.ENOUGH_TO_TELL
    hardly_told = known.ticket is not None and reading.candidates[0].confidence < urgency.SURE_IN_FEW
    short_answer = short and (known.state in ("gathering", "answering") or hardly_told)
    if (short_answer or vague.says_nothing(reading.text)) and reading.decision != "emergency":
        return ()
    of_issue = [signal for issue, signal in reading.told if issue == known.issue]
    told = dict.fromkeys(s for s in (*reading.signals, *of_issue) if s != "angry" and _fits(reply, s))
    if known.state in urgency.NOTHING_BEGUN or reading.decision == "emergency" or urgency.is_elsewhere(reply):
        return tuple(told)
    own = _own_signals(reply)
    named = {signal for issue, signal in reading.told if issue == known.issue} if own & {*known.signals} else own
    return tuple(signal for signal in told if signal not in CRITICAL_FACTS or signal in named)


def _fits(reply: Reply, signal: str) -> bool:
    """True for a fact that the issue can have, which the words are surely about or the conversation is."""
    if signal == EMERGENCY_TOLD:
        return not grief.is_grief(reply)
    if signal == CANNOT_WAIT and NOT_URGENT.is_in(reply.message.text):
        return False
    if signal == MEDICINE_TAKEN and wrong_prescription.only_wrote(reply.message.text):
        return False
    another_day = signal == SOON and _names_another_day(reply)
    if another_day or (signal == PRIVACY_REQUEST and WANTS_THE_TALK.is_in(reply.message.text)):
        return False
    reading, rule = reply.reading, reply.script.policy.priorities.signals.get(signal)
    issue = reading.issue if reading.sure else (reply.conversation.issue or reading.issue)
    intent = reply.script.catalog.intents.get(issue)
    urgent_fact = rule is not None and rule.priority in URGENT
    if intent is not None and intent.tells_no_fault and urgent_fact:
        return False
    return rule is None or not rule.about or issue.partition(".")[0] in rule.about


def _names_another_day(reply: Reply) -> bool:
    """The day of a visit was told with the words, and it is none of today's names: `on the 14th at 9`."""
    day = plain(reply.reading.heard.details.get("appointment_date", ""))
    if not day or any(word in day for word in TODAY) or visit_now.is_today_abroad(reply):
        return False
    return plain(reply.now.strftime("%A")) not in day


def _own_signals(reply: Reply) -> frozenset[str]:
    """Facts that belong to the issue that is already looked at: a privacy concern may turn out to be an exposure; where it is
    known to be a request under the law, only by words that name one."""
    intent = reply.script.catalog.intents.get(reply.conversation.issue or "")
    if intent is None or intent.route != "handoff":
        return frozenset()
    return frozenset((intent.reason or "", *(rule.signal for rule in intent.signals)))
