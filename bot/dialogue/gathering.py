"""What the user says to a question on the way to a person: the answer, another fact, never mind, or a person now."""

from bot.dialogue import asides, handover, questions, steps, waiting
from bot.dialogue.reply import Reply
from bot.dialogue.rules import Rule, always, decide
from bot.understanding.replies import is_bare
from bot.understanding.text import plain
from handoff.ticket import SKIPPED

LONGEST_ANSWER = 500


def in_gathering(reply: Reply) -> None:
    """Typed words while a question on the way to a person is before the user."""
    decide(reply, QUESTION)


def _is(*acts: str):  # type: ignore[no-untyped-def]
    return lambda reply: reply.meant.act in acts


def _choice(reply: Reply) -> str | None:
    """The choice of the question that the words name or mean."""
    question = questions.asked_now(reply)
    if question is None:
        return None
    said = plain(reply.message.text).strip(" .!")
    same = next((choice for choice in question.choices if plain(choice) == said), None)
    return same or questions.meant_choice(reply, reply.message.text, question)


def _names_choice(reply: Reply) -> bool:
    return _choice(reply) is not None


def _choose(reply: Reply) -> None:
    handover.answer(reply, _choice(reply) or SKIPPED)


def _solved(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        waiting.close(reply)
    else:
        steps.solved(reply)


def _stop(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        steps.dropped(reply)


def _person(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        handover.hand_over(reply)


def _skip(reply: Reply) -> None:
    question = questions.asked_now(reply)
    knows_not = [c for c in (question.choices if question else ()) if plain(c) == plain(questions.UNSURE)]
    handover.answer(reply, knows_not[0] if knows_not and reply.meant.act == "unsure" else SKIPPED)


def _bare_no(reply: Reply) -> bool:
    """A bare no to a question that wants words."""
    question = questions.asked_now(reply)
    return question is not None and not question.wants_yes_or_no and is_bare(reply.message.text)


def _tells_other_facts(reply: Reply) -> bool:
    """It names facts for other questions and says nothing to this one."""
    question = questions.asked_now(reply)
    if question is None or question.id in reply.reading.heard.details:
        return False
    beside = bool(reply.reading.heard.details) and bool(question.choices)
    return (beside or reply.meant.act in ("other", "details")) and reply.conversation.asked.count(question.id) == 1


def _once_more(reply: Reply) -> None:
    question = questions.asked_now(reply)
    if question is not None:
        handover.ask_once_more(reply, question)


def _asks_back(reply: Reply) -> bool:
    return reply.meant.act in ("question", "correction", "frustration") and _asked_once(reply)


def _asked_once(reply: Reply) -> bool:
    known = reply.conversation
    return known.asking is not None and known.asked.count(known.asking) == 1


def _explain(reply: Reply) -> None:
    """A question back, or "that's not it": why we ask, and the question stays."""
    question = questions.asked_now(reply)
    name = {"question": "why_asked", "correction": "corrected", "frustration": "angry"}[reply.meant.act]
    if question is not None:
        handover.ask_once_more(reply, question, name)


def _facts(reply: Reply) -> bool:
    reading = reply.reading
    return reading.sure and reading.issue in (waiting.CONTACT, waiting.ROBOT, asides.MEDICAL)


def _aside(reply: Reply) -> None:
    asides.decline_or_chat(reply)
    handover.ask_next(reply)


def _about_request(issue: str):  # type: ignore[no-untyped-def]
    def holds(reply: Reply) -> bool:
        return reply.conversation.ticket is not None and reply.reading.sure and reply.reading.issue == issue

    return holds


def _status(reply: Reply) -> None:
    waiting.tell_status(reply)
    handover.ask_next(reply)


def _new_issue(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    clear = reading.sure and reading.decision in ("answer", "handoff") and reading.issue != known.issue
    return clear and reply.meant.act == "issue"


def _note_issue(reply: Reply) -> None:
    """Another issue, while this one is on its way to people: it is kept for them, and the question stays."""
    reply.know(also=tuple(dict.fromkeys([*reply.conversation.also, reply.reading.issue])))
    handover.answer(reply, SKIPPED)


def _answer(reply: Reply) -> None:
    """The typed fact that fits the question, where one was heard; else the user's own words."""
    question = questions.asked_now(reply)
    heard = reply.reading.heard.details.get(question.id) if question else None
    handover.answer(reply, heard or reply.message.text.strip()[:LONGEST_ANSWER] or SKIPPED)


QUESTION = (
    Rule("how far is it?", _about_request(waiting.STATUS), _status),
    Rule("close it", _about_request(waiting.CLOSE), waiting.close),
    Rule("it works now", _is("solved", "helped"), _solved),
    Rule("they let it be", _is("stop"), _stop),
    Rule("a person, now", _is("person"), _person),
    Rule("a choice of the question, named or meant", _names_choice, _choose),
    Rule("a bare no to a question that wants words: passed over", _bare_no, _skip),
    Rule("phone, mail, hours, who answers, a clinical question", _facts, _aside),
    Rule("another issue is kept for people", _new_issue, _note_issue),
    Rule("facts for other questions: kept, and this one is asked once more", _tells_other_facts, _once_more),
    Rule("a question back, or that it is wrong: the question stays, once", _asks_back, _explain),
    Rule("passed over, or not known", _is("skip", "unsure", "correction", "question", "frustration"), _skip),
    Rule("the answer", always, _answer),
)
"""What wins over what, while a question on the way to a person is before the user."""
