"""An answer to another question than the one that is before the user: it goes where it belongs, and the question stays."""

import re

from bot.dialogue.gathering import choices, questions
from bot.dialogue.gathering.answer_checks import TIMES, asked_once, chosen, first_sentence, in_other_words
from bot.dialogue.gathering.choices import Question
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import only_when
from bot.dialogue.hearing.times import time_told
from bot.dialogue.reply import Reply
from bot.understanding.details import day_told
from handoff.ticket import SKIPPED, Gathered

HOW_LONG = re.compile(r"^\w+ (?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)\b", re.IGNORECASE)
"""A stretch of time, and no day."""
FEW = 6
"""So many words at most answer a question that was passed already."""


def answers_another(reply: Reply) -> bool:
    """`remove a patient!!`, to the question after the one of which this is a choice."""
    return _asked_before(reply) is not None


def keep_for_another(reply: Reply) -> None:
    """It stands where it belongs, and the question before the user stays, in other words; a second time it is passed over."""
    question, told = questions.asked_now(reply), _asked_before(reply)
    if question is None or told is None:
        return
    reply.know(gathered=(*(one for one in reply.conversation.gathered if one.id != told.id), told))
    if asked_once(reply):
        handover.ask_otherwise(reply, question, in_other_words(question))
    else:
        handover.answer(reply, SKIPPED)


def _asked_before(reply: Reply) -> Gathered | None:
    """The choice of a question that is answered or passed over already, in a few words that name no choice of this one."""
    now, text = questions.asked_now(reply), reply.message.text
    if now is None or not reply.typed or len(text.split()) > FEW or chosen(reply) is not None:
        return None
    had = {one.id for one in reply.conversation.gathered}
    others = (one for one in questions.all_questions(reply) if one.id in had - {now.id} and one.choices)
    named = ((one, choices.named_in_clause(text, one) or _meant(reply, one)) for one in others)
    return next((Gathered(one.id, one.label, choice) for one, choice in named if choice is not None), None)


def tells_a_day(reply: Reply) -> bool:
    """`today at 3` to a question that wants no time, while another one does."""
    question = questions.asked_now(reply)
    return question is not None and question.id not in TIMES and _wants_the_day(reply) is not None


def _wants_the_day(reply: Reply) -> Question | None:
    """The question still to be asked, or passed over, that a bare day or time of day answers."""
    if not reply.typed or _day_beside(reply) is None:
        return None
    passed = {detail.id for detail in reply.conversation.gathered if detail.value == SKIPPED}
    open_still = (*questions.missing(reply), *(one for one in questions.all_questions(reply) if one.id in passed))
    return next((one for one in open_still if one.id in TIMES and not one.choices), None)


def _day_beside(reply: Reply) -> str | None:
    """The day that is all a message tells; to a list of which it names nothing, also one beside other words."""
    question, text = questions.asked_now(reply), reply.message.text
    listed = question is not None and bool(question.choices) and chosen(reply) is None
    alone = text.strip(" .!") if listed and only_when.is_all(text) else None
    first = first_sentence(text)
    long = first if HOW_LONG.search(first) and only_when.is_all(first) else None
    return day_told(text) or (time_told(text) if listed else None) or alone or long


def keep_the_day(reply: Reply) -> None:
    """It goes where it belongs, and the question before the user stays, in other words; a second time it is passed over."""
    question, other = questions.asked_now(reply), _wants_the_day(reply)
    if question is None or other is None:
        return
    told = Gathered(other.id, other.label, reply.reading.heard.details.get(other.id) or _day_beside(reply) or "")
    kept = (detail for detail in reply.conversation.gathered if detail.id != other.id)
    reply.know(gathered=(*kept, told))
    if asked_once(reply):
        handover.ask_otherwise(reply, question, in_other_words(question))
    else:
        handover.answer(reply, SKIPPED)


def _meant(reply: Reply, question: Question) -> str | None:
    return choices.meant_choice(reply, reply.message.text, question, choices.BESIDE_FACTS)
