"""What is told fills the fields of a request: what was passed over, and what is put right, before it is opened and after."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import correction
from bot.dialogue.hearing.contrast import contrast_in
from bot.dialogue.hearing.times import SENTENCE, TELLS_TIME, as_time
from bot.dialogue.reply import Reply
from bot.understanding.text.plain import plain
from handoff.ticket import SKIPPED, Gathered

LONGEST_FACT, FEW = 60, 8
"""What is put right within a value is a fact and no story; and so many words tell nothing of a step beside it."""


def keep(reply: Reply) -> bool:
    """Facts that were heard answer what was passed over, and replace what they put right; True when a field changed."""
    before = reply.conversation.gathered
    reply.know(gathered=_right(reply))
    questions.keep_what_was_heard(reply)
    return reply.put_right or reply.conversation.gathered != before


def is_said(reply: Reply) -> bool:
    """A field that was filled before is put right by these words."""
    return reply.typed and (reply.put_right or _right(reply) != reply.conversation.gathered)


def is_alone(reply: Reply) -> bool:
    """The same, and it is not told beside it that a step helped."""
    few = len(reply.message.text.split()) <= FEW and reply.meant.act != "helped"
    alone = reply.put_right and (few or reply.meant.act == "details")
    return reply.typed and (alone or correction.exchanges(reply.message.text))


def note(reply: Reply) -> None:
    """It is in its field, and the question before the user stays."""
    question = questions.asked_now(reply)
    reply.know(gathered=_right(reply))
    if question is not None:
        handover.ask_otherwise(reply, question, answer_checks.in_other_words(question))


def take(reply: Reply, before: Conversation) -> None:
    """What is meant stands where the other stood, `54 dollars` for `45 dollars`; of two that were exchanged, each for the other."""
    known, heard, text = reply.conversation, reply.reading.heard.details, reply.message.text
    marked = reply.typed and correction.is_marked(text)
    right = (correction.righted(text, before.so_far) if reply.typed else None) or str
    fields = tuple(_as_meant(one, right, heard, marked) for one in known.gathered)
    anew = heard if correction.exchanges(text) else {}  # told in its right place already
    facts = {name: value if name in anew else _short(right, value) for name, value in known.known.items()}
    again = marked and any(before.known.get(name, told) != told for name, told in heard.items())
    reply.put_right = again or fields != known.gathered or facts != known.known
    reply.know(gathered=fields, known=facts)
    if (
        reply.put_right and known.state == "gathering"
    ):  # an answer is in its field; what puts the matter right belongs to it
        reply.know(words=(*known.words, text))


def _as_meant(told: Gathered, right: Callable[[str], str], heard: Mapping[str, str], marked: bool) -> Gathered:
    """The fact heard under the same name, where something is said to be put right; else the value with what is meant in it."""
    meant = _short(right, told.value)
    again = heard.get(told.id) if marked or meant != told.value else None
    return replace(told, value=again or meant)


def _short(right: Callable[[str], str], value: str) -> str:
    """A story is no value."""
    return right(value) if len(value) <= LONGEST_FACT else value


def _right(reply: Reply) -> tuple[Gathered, ...]:
    told = reply.conversation.gathered
    if reply.put_right or not correction.is_marked(reply.message.text):
        return told
    return tuple(_put_right(reply, one) for one in told)


def _put_right(reply: Reply, told: Gathered) -> Gathered:
    """The day, where one is told and one time only was told before."""
    heard, text = reply.reading.heard.details, reply.message.text
    times = [one.id for one in reply.conversation.gathered if one.id in answer_checks.TIMES and one.value != SKIPPED]
    if heard or times != [told.id] or not TELLS_TIME.is_in(text):
        return told
    said = ". ".join(one for one in SENTENCE.split(text) if correction.is_marked(one))
    day = None if contrast_in(text) else as_time(said, told.id)
    poorer = day is not None and f" {plain(day)} " in f" {plain(told.value)} "
    # `the update yesterday`, then `I mean: the update is done`
    return replace(told, value=told.value if poorer else day or told.value)
