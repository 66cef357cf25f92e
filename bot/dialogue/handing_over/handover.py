"""On the way to a person: ask only what is missing, then hand over everything in one request."""

from dataclasses import replace

from bot.dialogue.answering import tried
from bot.dialogue.button_values import SKIP, Answer
from bot.dialogue.gathering import reached, unasked_facts
from bot.dialogue.gathering.answer_buttons import own_device, saying
from bot.dialogue.gathering.choices import Question
from bot.dialogue.gathering.questions import (
    MOST_ASKED,
    all_questions,
    asked_now,
    keep_what_always_holds,
    keep_what_was_heard,
    missing,
)
from bot.dialogue.handing_over import helpful_pages, to_people
from bot.dialogue.handing_over.fault import fault_told
from bot.dialogue.handing_over.summary import summary_of, title_of
from bot.dialogue.hearing.visit_now import SOON
from bot.dialogue.in_danger import emergency_text
from bot.dialogue.reply import Part, Reply
from bot.understanding.intents.names import EMERGENCY, PERSON, UNKNOWN
from bot.understanding.reading import DANGEROUS
from handoff.events import EmergencyHeard, HandoverBegun
from handoff.policy.names import ASKED_FOR_PERSON, DESCRIPTION, EMERGENCY_TOLD, NOT_IN_KNOWN_ISSUES, URGENT
from handoff.ticket import SKIPPED, Gathered, Request
from handoff.triage import triage

WELL = "numbers_stay"
"""The line by which it went well: an alarm takes it back."""


def begin(reply: Reply, reason: str, *, opening: Part | None = None) -> None:
    """Settle that people take this and say so; the ticket first where it is urgent (O30), else the first question."""
    known = reply.conversation
    if known.ticket is not None and not _is_another(reply):
        _add_to_ticket(reply)
        return
    if known.issue is None or known.issue not in reply.script.catalog.intents:
        reply.know(issue=PERSON if reason == ASKED_FOR_PERSON else UNKNOWN)
    if known.step:
        reply.mark(known.step, tried.outcome_told(reply))
    if known.ticket is not None:
        reply.know(previous=known.ticket, ticket=None, beside=None, asked=())
        reply.for_ticket = False
    reply.know(state="gathering", reason=reason, step=None, choices=(), asking=None, unsaid=reply.said_once())
    reply.happened(HandoverBegun(reason, reply.conversation.issue))
    keep_what_was_heard(reply)
    keep_what_always_holds(reply)
    first = opening or to_people.opening(reply, reason, urgent=is_urgent(reply))
    wanting = list(missing(reply))
    if not wanting:
        reply.say(first)
        hand_over(reply)
    elif is_urgent(reply):
        reply.say(first)
        hand_over(reply)
        _ask(reply, wanting[0], reply.line("while_they_look"))
    else:
        _ask(reply, wanting[0], first, to_people.how_many(reply, len(wanting)))


def _is_another(reply: Reply) -> bool:
    """An issue that is looked at beside an open request, and needs people too."""
    return reply.conversation.beside is not None


def is_urgent(reply: Reply) -> bool:
    """Critical or High by the issue and what was heard: people look before anything is asked (O30)."""
    return _urgent(reply, request_of(reply, reply.conversation.reason or ""))


def has_become_urgent(reply: Reply) -> bool:
    """Critical or High only by what was told in this turn; never without an issue."""
    if reply.conversation.issue not in reply.script.catalog.intents:
        return False
    now = request_of(reply, reply.conversation.reason or "")
    before = replace(now, signals=tuple(signal for signal in now.signals if signal not in reply.fresh))
    return _urgent(reply, now) and not _urgent(reply, before)


def _urgent(reply: Reply, request: Request) -> bool:
    return triage(reply.script.policy, request).priority in URGENT


def _add_to_ticket(reply: Reply) -> None:
    reply.for_ticket = True
    reply.know(state="with_support", step=None, asking=None, reason=None)
    reply.say(reply.added())


def _ask(reply: Reply, question: Question, *before: Part) -> None:
    choices = (saying(question, choice) for choice in question.choices)
    skip = reply.button("skip", Answer(question.id, SKIP))
    reply.know(state="gathering", asking=question.id, asked=(*reply.conversation.asked, question.id))
    asks = ((question.ask, question.source),) if question.ask else ()
    reply.keep_text(f"{reply.conversation.issue}?{question.id}", question.ask)
    reply.say(*before, *asks, buttons=(*own_device(reply, question), *choices, skip))


def ask_once_more(reply: Reply, question: Question, line: str = "thanks_noted") -> None:
    """What was told instead is kept, and the question stays before the user."""
    keep_what_was_heard(reply)
    _ask(reply, question, reply.line(line))


def ask_otherwise(reply: Reply, question: Question, line: str) -> None:
    """The question in other words: what was told fits nothing that it wants, and is kept for people as it was said."""
    keep_what_was_heard(reply)
    _tell_people(reply)
    _ask(reply, replace(question, ask=""), reply.line(line, label=question.label))


def ask_next_of(reply: Reply, question: Question) -> None:
    """The question that was before the user, after the ticket was opened in its midst."""
    _ask(reply, question, reply.line("while_they_look"))


def ask_next(reply: Reply) -> None:
    """The question before the user once more, after something in between; or the next one; or the ticket."""
    question = asked_now(reply)
    if question is None or any(one.id == question.id for one in reply.conversation.gathered):
        question = next(missing(reply), None)
    elif reply.conversation.asked.count(question.id) >= MOST_ASKED:
        answer(reply, SKIPPED)
        return
    if question is None:
        _done(reply)
    else:
        _ask(reply, question)


def answer(reply: Reply, value: str) -> None:
    """An answer to the question before the user (SKIPPED when it was passed over); the next one, or the ticket."""
    question = asked_now(reply)
    known = reply.conversation
    if question is not None:
        kept = tuple(detail for detail in known.gathered if detail.id != question.id)
        reply.know(gathered=(*kept, Gathered(question.id, question.label, value)), asking=None)
    elif value != SKIPPED:  # what was asked is not asked any more: people read the answer all the same
        reply.know(words=(*known.words, value))
    keep_what_was_heard(reply)
    _tell_people(reply)
    if known.ticket is not None and value != SKIPPED:
        reply.for_ticket = True
    following = next(missing(reply), None)
    if following is None:
        _done(reply)
    elif value == SKIPPED or known.angry:
        _ask(reply, following)
    else:
        _ask(reply, following, reply.line("thanks_noted"))


def _tell_people(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        reply.more = request_of(reply, reply.conversation.reason or NOT_IN_KNOWN_ISSUES)


def enough(reply: Reply, said: Part | None = None) -> None:
    """No more questions: people have the request; `said` where nobody asked to be asked no more."""
    reply.know(state="with_support", asking=None, reason=None)
    reply.say(reply.with_our_team() or said or reply.line("no_more_questions", number=reply.conversation.ticket))


def _done(reply: Reply) -> None:
    """Everything was asked: the ticket is opened, or the open one has it all."""
    if reply.conversation.ticket is None:
        hand_over(reply)
    else:
        reply.know(state="with_support", asking=None, reason=None)
        reply.say(reply.line("all_noted", number=reply.conversation.ticket))


def hand_over(reply: Reply) -> None:
    """The request with everything known; the ticket is opened in the same transaction."""
    reply.request = request_of(reply, reply.conversation.reason or NOT_IN_KNOWN_ISSUES)
    left = tuple(other for other in reply.conversation.also if reply.intent(other).route == "answer")
    reply.know(state="with_support", asking=None, step=None, buttons=(), also=left, unclear=0, ended=None)


def request_of(reply: Reply, reason: str) -> Request:
    """The facts of the conversation as a request for people."""
    known = reply.conversation
    intent = reply.intent()
    described = [detail.value for detail in known.gathered if detail.id == DESCRIPTION and detail.value != SKIPPED]
    asked = [question.id for question in all_questions(reply)]
    ordered = [detail for name in asked for detail in known.gathered if detail.id == name]
    asked_only = [detail for detail in known.gathered if detail.id not in asked]
    details = (*ordered, *asked_only, *reached.told(reply))
    return Request(
        conversation_id=0,
        channel=known.channel,
        user=known.user,
        issue=intent.id,
        title=title_of(reply, intent),
        summary=summary_of(reply, intent),
        reason=reason,
        starts_at=intent.priority,
        team=intent.team,
        signals=(*known.signals, *fault_told(reply, (*known.words, *described))),
        flags=intent.flags,
        also=tuple(reply.script.catalog.title(other) for other in known.also),
        details=(*details, *unasked_facts.told(reply, details)),
        tried=(*(step for step in known.tried if _was_about(reply, step.issue)), *tried.left_open(reply)),
        pages=() if SOON in known.signals else tuple(dict.fromkeys(helpful_pages.of(reply, intent))),
        language=known.language,
        previous=known.previous,
    )


def _was_about(reply: Reply, issue: str) -> bool:
    """True for an issue that this conversation was about; a step of another, named in passing, is only not offered later."""
    known = reply.conversation
    shown = {offered.partition("/")[0] for offered in known.offered}
    return issue == known.issue or issue in known.also or issue in known.solved or issue in shown


def emergency(reply: Reply) -> None:
    """The fixed text for this danger, a Critical ticket at once, and no question (decision O13)."""
    known = reply.conversation
    reply.lead = []
    reply.know(unsaid=tuple(name for name in known.unsaid if not name.endswith(WELL)))
    reply.say(emergency_text.text_of(reply, EMERGENCY))
    reply.happened(EmergencyHeard(reply.reading.heard.rules))
    if known.ticket is not None and not _is_with_another_team(reply):
        _raise_ticket(reply)
        return
    if known.ticket is not None:
        _leave_with_its_team(reply)
    if known.step:
        reply.mark(known.step, tried.outcome_told(reply))
    _is_about_emergency(reply)
    reply.add_signals(EMERGENCY_TOLD)
    hand_over(reply)


def _is_with_another_team(reply: Reply) -> bool:
    """Those who act on emergencies do not see the open request: another team has it."""
    request = reply.message.request
    return request is not None and request.team != reply.intent(EMERGENCY).team


def _leave_with_its_team(reply: Reply) -> None:
    """The open request stays as it is, with its team; the emergency is one of its own, and takes nothing of that matter along."""
    number = reply.conversation.ticket
    reply.for_ticket = False
    reply.know(previous=number, ticket=None, beside=None, issue=None, step=None, asking=None, asked=())
    reply.know(also=(), gathered=(), tried=(), signals=(), so_far=(reply.message.text,), articles=())


def _raise_ticket(reply: Reply) -> None:
    """The open request is about the emergency from now on; the matter before it stands beside."""
    known = reply.conversation
    reply.new_signals = (EMERGENCY_TOLD,)
    reply.for_ticket = True
    reply.know(step=None, asking=None, state="with_staff" if known.state == "with_staff" else "with_support")
    if known.issue != EMERGENCY:
        _is_about_emergency(reply)
        reply.more = request_of(reply, EMERGENCY_TOLD)


def _is_about_emergency(reply: Reply) -> None:
    """The emergency's own words stand for it, whatever was told before."""
    known = reply.conversation
    earlier = (known.issue,) if known.issue and known.issue != EMERGENCY else ()
    intents, told = reply.script.catalog.intents, (*earlier, *known.also, *emergency_text.told_beside(reply))
    also = tuple(one for one in dict.fromkeys(told) if one in intents and one != EMERGENCY)
    reply.know(issue=EMERGENCY, reason=EMERGENCY_TOLD, also=also, words=(_alarm(reply),))


def _alarm(reply: Reply) -> str:
    """The words that told of danger: these, or those that were asked about, where a yes only confirms them."""
    known, text = reply.conversation, reply.message.text
    asked_about = [words for words in known.words if words != text]
    if known.state == "checking" and asked_about and reply.reading.decision not in DANGEROUS:
        return asked_about[-1]
    return reply.reading.text if reply.reading.decision in DANGEROUS else text
