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
from bot.dialogue.reply import Part, Reply
from bot.understanding.intents.names import PERSON, UNKNOWN
from handoff.events import HandoverBegun
from handoff.policy.names import ASKED_FOR_PERSON, DESCRIPTION, NOT_IN_KNOWN_ISSUES, URGENT
from handoff.ticket import SKIPPED, Gathered, Request
from handoff.triage import triage


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
    tell_people(reply)
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
    tell_people(reply)
    if known.ticket is not None and value != SKIPPED:
        reply.for_ticket = True
    following = next(missing(reply), None)
    if following is None:
        _done(reply)
    elif value == SKIPPED or known.angry:
        _ask(reply, following)
    else:
        _ask(reply, following, reply.line("thanks_noted"))


def tell_people(reply: Reply, reason: str = NOT_IN_KNOWN_ISSUES) -> None:
    """What the open request says from now on; where it is not known any more what that is about, people see the words alone."""
    known = reply.conversation
    if known.ticket is not None and known.issue in reply.script.catalog.intents:
        reply.more = request_of(reply, known.reason or reason)


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
