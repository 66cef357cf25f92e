"""While a request is with people: its state, closing it, adding to it, a new issue; silent once a person answers."""

from bot.dialogue.answering import change_of_issue, result_and_more, returning, steps, tried
from bot.dialogue.gathering import put_right, reached, taken_back
from bot.dialogue.handing_over import handover
from bot.dialogue.handing_over.fault import asks_on, fault_told
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.hearing.remember import WANTS_THE_TALK
from bot.dialogue.in_danger import news, ordinary
from bot.dialogue.reply import Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import asides, feelings
from bot.dialogue.with_support import (
    another_abroad,
    asked_of_request,
    beside,
    closing,
    closing_abroad,
    graver_abroad,
    request_status,
    taken,
    told_with_it,
    wanted_for,
    which_request,
)
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, MEDICAL, PERSON, THANKS
from bot.understanding.reading import LIKELY
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import EMERGENCY_TOLD, URGENT

A_FEW = 3
"""So many words only thank, or only name something."""
FEW, SURELY_UNSURE = 5, 0.9
"""So many words tell only that something is not known, and from which chance on they do."""
SURELY_THANKS = 0.45
"""From which chance on words to us who wait thank us, and do not only sound polite."""
ASKS_WHAT_TO_DO = PHRASES.phrases["asks_what_to_do"]
IT_WAS = PHRASES.group("it_was")
NOTHING_MORE = PHRASES.phrases["nothing_more"]


def _bare(reply: Reply) -> bool:
    return is_bare(reply.message.text) or plain(reply.message.text) == plain(reply.script.lines.label("skip"))


def thanks(reply: Reply) -> bool:
    """Words of thanks, as said to us who wait or by themselves; with a question behind them they want something, and another device
    is a fact."""
    reading = reply.reading
    if asks_on(reply.message.text) or closing.is_elsewhere_too(reply) or closing.asks_what_to_do(reply.message.text):
        return False
    only = len(reply.message.text.split()) <= A_FEW and closing_abroad.only_thanks(reply.message.text)
    meant = reply.meant.act == "thanks" and reply.meant.chance >= SURELY_THANKS
    return meant or (reading.issue == THANKS and reading.sure) or only


def asks_facts(reply: Reply) -> bool:
    """How to reach people, when, and who answers."""
    return reply.reading.sure and reply.reading.issue in (CONTACT, ABOUT_BOT)


def _may_be_in_danger(reply: Reply) -> bool:
    """Whatever is told of an emergency, but for thanks: also that it be closed, or how far it is."""
    return taken.is_emergency(reply) and not thanks(reply)


def _is_news_of_danger(reply: Reply) -> bool:
    return taken.is_emergency(reply) and news.is_told(reply) and not thanks(reply)


def _clinical(reply: Reply) -> bool:
    """A question; which medicine it was, told in another language, is a fact (`era amoxicilina`)."""
    reading, text = reply.reading, reply.message.text
    words = plain(text).split()
    named = unspoken_language.holds(reply) and len(words) <= A_FEW and not (asks_on(text) or IT_WAS.isdisjoint(words))
    return reading.decision == "decline" and reading.sure and reading.issue == MEDICAL and not named


def _all_told(reply: Reply) -> None:
    reply.for_ticket = False
    reply.say(reply.local("thanks") or reply.line("all_told", number=reply.conversation.ticket))


def _person(reply: Reply) -> bool:
    return reply.meant.act == "person" or (reply.reading.sure and reply.reading.issue == PERSON)


def _take_another_abroad(reply: Reply) -> None:
    another_abroad.take(reply)
    if reply.conversation.ticket is not None:
        add(reply)


def asks_what_to_do(reply: Reply) -> bool:
    """`what do i do`, by somebody whose request says what to do meanwhile: it is said again, and never only "added"."""
    request = reply.message.request
    asked = reply.typed and request is not None and bool(request.care) and ASKS_WHAT_TO_DO.is_in(reply.message.text)
    return asked and (taken.is_emergency(reply) or reply.conversation.unsaid[-1:] != ("what_to_do",))


def tell_what_to_do(reply: Reply) -> None:
    """What holds until people have answered, once more; the numbers in the user's own language."""
    request = reply.message.request
    if request is None:
        return
    local = reply.local("emergency") if request.reason == EMERGENCY_TOLD else None
    reply.say(local or reply.line("what_to_do", care=request.care))


def _knows_not(reply: Reply) -> bool:
    """`i dont know`, of what was asked before: no other matter, whatever it is likest to."""
    few = len(reply.message.text.split()) <= FEW
    unsure = reply.script.replies.to_question(reply.message.text, "choose")
    return few and unsure.act == "unsure" and unsure.chance >= SURELY_UNSURE


def _over(reply: Reply) -> bool:
    return reply.conversation.state == "resolved"


def pressed_close(reply: Reply, *, yes: bool) -> None:
    """The button under a question whether to close."""
    if reply.conversation.ticket is None:
        asides.where_we_are(reply)
    elif yes:
        closing.close(reply)
    else:
        add(reply)


def _ask_to_close(reply: Reply) -> None:
    """Nobody owes an answer to it."""
    reply.thanks = True
    closing.ask(reply)


def _as_answered(reply: Reply) -> None:
    pressed_close(reply, yes=closing.is_agreed(reply))


def person(reply: Reply) -> None:
    """A person is asked for while one is on the way: when, and the phone line where it cannot wait."""
    request = reply.message.request
    if request is None:
        reply.say(reply.line("ticket_open", number=reply.conversation.ticket))
        return
    own = reply.with_our_team()
    said = (own,) if own else (reply.line("person_on_the_way", number=request.number, due=request.due), reply.phone())
    reply.say(*said)


def add(reply: Reply) -> None:
    """What was told is on the request; people see it, and how the user wants to be answered."""
    number = reply.conversation.ticket
    _keep_told(reply)
    reply.say(
        reached.noted(reply) or reply.local("added", number=number) or reply.line("added_to_ticket", number=number)
    )


def _keep_told(reply: Reply) -> None:
    known = reply.conversation
    known_issue = known.issue in reply.script.catalog.intents
    if known_issue and (put_right.keep(reply) or reached.is_for_people(reply) or tried.are_told(reply)):
        handover.tell_people(reply)
    if reached.is_told(reply) and told_with_it.is_a_change(reply):
        told_with_it.name(reply)
    if _names_something(reply) and (fault := fault_told(reply, (reply.message.text,))):
        reply.know(signals=(*known.signals, *fault))
        reply.new_signals = (*reply.new_signals, *fault)


def _names_something(reply: Reply) -> bool:
    """What was added is likely of some issue, and does not only tell how or when to reach somebody."""
    first = reply.reading.candidates[0]
    likely = first.confidence >= LIKELY and reply.intent(first.issue).tier is not None
    return likely and first.issue != PERSON


def _start_after(reply: Reply) -> None:
    """After a resolution another issue begins anew."""
    known = reply.conversation
    reply.know(
        ticket=None,
        previous=known.ticket,
        issue=None,
        state="new",
        gathered=(),
        asked=(),
        tried=(),
        signals=reply.reading.signals,
        words=(reply.message.text,),
        so_far=(reply.message.text,),
    )
    reply.for_ticket = False
    steps.start(reply, reply.reading.issue)


def _quiet(_: Reply) -> None:
    """It goes to the person, and the assistant says nothing."""


RESOLVED = (
    Rule("it did not help: the request is open again", lambda reply: reply.meant.act == "no", _quiet),
    Rule("a thank-you leaves the request resolved", thanks, asides.thanked),
    Rule("another issue begins anew", beside.is_new, _start_after),
    Rule("how far is it?", request_status.asks_status, request_status.tell_status),
    Rule("anything else opens the request again", always, _quiet),
)

OPEN = (
    Rule("a yes or no to whether it shall be closed", closing.is_answered, _as_answered),
    Rule("asked whether to close it, they say again that it works", closing.works_all_the_same, closing.close),
    Rule("others have the same fault, told in another language", graver_abroad.others_have_fault, graver_abroad.raise_for_many),
    Rule("a grave matter, told in another language: a request of its own", another_abroad.is_grave, another_abroad.begin_apart),
    Rule("an attack on the account, told in another language: its team", graver_abroad.is_attack, graver_abroad.call_security),
    Rule("others have it too, told in another language", graver_abroad.others_have_it, graver_abroad.raise_for_many),
    Rule("it cannot wait: the request is marked", taken.says_only_that_it_cannot_wait, taken.mark),
    Rule("a bare yes or no that answers no question", _bare, asides.nothing_asked),
    Rule("how to reach them: noted, and said how", reached.is_told, add),
    Rule("what am I to do now?", asks_what_to_do, tell_what_to_do),
    Rule("what was solved beside it is back", returning.is_back_beside, returning.take_up),
    Rule("asked of what was told with an emergency: it is not done yet", ordinary.is_asked, ordinary.tell),
    Rule("a calm question about the request", asked_of_request.is_asked, asked_of_request.tell),
    Rule("how far is it?", request_status.asks_status, request_status.tell_status),
    Rule("anger, in another language: we are sorry, and how far it is", feelings.is_only_anger_abroad, request_status.tell_status),
    Rule("phone, mail, hours, who answers", asks_facts, asides.decline_or_chat),
    Rule("what the matter is was put right", change_of_issue.is_put_right, change_of_issue.take_what_is_meant),
    Rule("what was told before is put right: added", put_right.is_said, add),
    Rule("what was asked for is taken back: shall it be closed?", taken_back.is_said, taken_back.let_go),
    Rule("close it, of several: which of them?", which_request.is_to_close_one, which_request.ask_which_to_close),
    Rule("close it", closing.wanted, closing.close),
    Rule("done, of what ended beside it", closing.is_of_what_ended, asides.thanked),
    Rule("it works now, and another matter is told: that begins", result_and_more.works_and_more, result_and_more.begin_beside),
    Rule("they may mean to close it: shall it be closed?", closing.may_be_wanted, closing.ask),
    Rule("it may work now: shall it be closed?", closing.seems_to_work, closing.ask),
    Rule("nothing to add", lambda reply: NOTHING_MORE.is_in(reply.message.text), _all_told),
    Rule("thanks", thanks, asides.thanked),
    Rule("a copy of this talk is wished for: added", lambda reply: WANTS_THE_TALK.is_in(reply.message.text), add),
    Rule("a person, now", _person, person),
    Rule("they do not know: added", _knows_not, add),
    Rule("what a person was asked for is told now: it is on the request", wanted_for.is_told, wanted_for.keep),
    Rule("a request under the law, told with a matter of another team: its own", told_with_it.is_request_under_law, beside.start),
    Rule("another issue", beside.is_another, beside.start),
    Rule("what an unnamed request is about, in another language", graver_abroad.names_it, graver_abroad.take_name),
    Rule("another issue, told in another language: on the request, or its own", another_abroad.is_another, _take_another_abroad),
    Rule("another issue, and not sure which: which of these?", beside.is_one_of_several, beside.which),
    Rule("a clinical question is declined here too", _clinical, asides.decline_or_chat),
    Rule("a question that nobody but people can answer", asked_of_request.is_question, asked_of_request.tell),
    Rule("what a person was asked for, told as one adds something: on the request", wanted_for.is_added, wanted_for.keep),
    Rule("another matter, asked for as one adds something: by its own name", told_with_it.is_told, told_with_it.take),
    Rule("another matter by its own words, and not which: a request of its own", told_with_it.is_said_apart, told_with_it.begin_apart),
    Rule("everything else is added to the request", always, add),
)  # fmt: skip

TAKEN = (
    Rule("a yes or no to whether it shall be closed", closing.is_answered, _as_answered),
    Rule("it goes well, or help is there: heard, and the numbers once", _is_news_of_danger, news.tell),
    Rule("somebody may be in danger: the numbers again, and who sees it", _may_be_in_danger, taken.numbers_again),
    Rule("it cannot wait, and nothing else is said: marked", taken.says_only_that_it_cannot_wait, taken.mark),
    Rule("how far is it?", request_status.asks_status, request_status.tell_status),
    Rule("close it, of several: which of them?", which_request.is_to_close_one, which_request.ask_which_to_close),
    Rule("close it", closing.wanted, closing.close),
    Rule("it works now: shall it be closed?", closing.works_now, _ask_to_close),
    Rule("thanks, to the person", thanks, taken.thank),
    Rule("a clinical question is declined here too", _clinical, taken.decline),
    Rule("it cannot wait: the request is marked", taken.cannot_wait, taken.mark),
    Rule(
        "a graver matter than the request's: it is raised, and the letter says so", taken.is_graver, taken.make_graver
    ),
    Rule("what sets another time by itself is told by letter", taken.is_raised, _quiet),
    Rule("the first words since the answer: who sees them, and by when", taken.is_first, taken.tell_who_sees),
    Rule("everything else is for the person", always, _quiet),
)
"""Once a person has answered."""


def decide_waiting(reply: Reply) -> None:
    """Typed words while a request is with people, or resolved."""
    decide(reply, RESOLVED if _over(reply) else OPEN)


def after_danger(reply: Reply) -> None:
    """What was told with the news that the danger is over: another calm matter begins beside the request; all else is added."""
    calm = beside.is_new(reply) and reply.intent(reply.reading.issue).priority not in URGENT
    if calm and not unspoken_language.holds(reply):
        beside.start(reply)
    elif beside.may_be_one_of_several(reply):
        beside.which(reply)
    else:
        _keep_told(reply)
        news.say_rest(reply)


def with_staff(reply: Reply) -> None:
    """Typed words while a person is answering."""
    decide(reply, TAKEN)
