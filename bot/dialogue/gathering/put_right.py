"""What is told fills the fields of a request: what was passed over, and what is put right, before it is opened and after."""

from dataclasses import replace

from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing.contrast import contrast_in
from bot.dialogue.reply import Reply
from bot.understanding.details import day_in, day_told
from bot.understanding.text.phrases import PHRASES
from handoff.ticket import SKIPPED, Gathered

CORRECTS = PHRASES.phrases["corrects"]
LONGEST_FACT = 60
"""What is put right within a value is a fact and no story."""


def keep(reply: Reply) -> bool:
    """Facts that were heard answer what was passed over, and replace what they put right; True when a field changed."""
    before = reply.conversation.gathered
    reply.know(gathered=_right(reply))
    questions.keep_what_was_heard(reply)
    return reply.put_right or reply.conversation.gathered != before


def is_said(reply: Reply) -> bool:
    """A field that was filled before is put right by these words."""
    return reply.typed and (reply.put_right or _right(reply) != reply.conversation.gathered)


def note(reply: Reply) -> None:
    """It is in its field, and the question before the user stays."""
    question = questions.asked_now(reply)
    reply.know(gathered=_right(reply))
    if question is not None:
        handover.ask_otherwise(reply, question, answer_checks.in_other_words(question))


def take(reply: Reply) -> None:
    """Both were named: what is meant stands where the other stood, `54 dollars` for `45 dollars`."""
    named, known, heard = contrast_in(reply.message.text), reply.conversation, reply.reading.heard.details
    if named is None or not reply.typed:
        return
    fields = []
    for one in known.gathered:
        fits = len(one.value) <= LONGEST_FACT and named.in_place(one.value) != one.value
        fields.append(replace(one, value=heard.get(one.id) or named.in_place(one.value)) if fits else one)
    facts = {name: named.in_place(value) for name, value in known.known.items()}
    reply.put_right = tuple(fields) != known.gathered
    reply.know(gathered=tuple(fields), known=facts)


def _right(reply: Reply) -> tuple[Gathered, ...]:
    told = reply.conversation.gathered
    if reply.put_right or not CORRECTS.is_in(reply.message.text):
        return told
    return tuple(_put_right(reply, one) for one in told)


def _put_right(reply: Reply, told: Gathered) -> Gathered:
    """The fact heard under the same name; or the day, where one is told and one time only was told before."""
    heard, text = reply.reading.heard.details, reply.message.text
    if told.id in heard:
        return replace(told, value=heard[told.id])
    times = [one.id for one in reply.conversation.gathered if one.id in answer_checks.TIMES and one.value != SKIPPED]
    of_time = times == [told.id] and not heard.keys() & answer_checks.TIMES and answer_checks.TELLS_TIME.is_in(text)
    day = None if contrast_in(text) else day_told(text) or day_in(text)
    return replace(told, value=day or text.strip()) if of_time and not heard else told
