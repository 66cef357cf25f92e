"""What is told of an open request fills its fields: what was passed over, and what is put right."""

from dataclasses import replace

from bot.dialogue import answer_checks, questions
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from handoff.ticket import SKIPPED, Gathered

CORRECTS = PHRASES.phrases["corrects"]


def keep(reply: Reply) -> bool:
    """Facts that were heard answer what was passed over, and replace what they put right; True when a field changed."""
    before = reply.conversation.gathered
    if CORRECTS.is_in(reply.message.text):
        reply.know(gathered=tuple(_put_right(reply, one) for one in before))
    questions.keep_what_was_heard(reply)
    return reply.conversation.gathered != before


def _put_right(reply: Reply, told: Gathered) -> Gathered:
    """The fact heard under the same name; or the words, where they tell a time and one time only was told before."""
    heard = reply.reading.heard.details
    if told.id in heard:
        return replace(told, value=heard[told.id])
    times = [one.id for one in reply.conversation.gathered if one.id in answer_checks.TIMES and one.value != SKIPPED]
    of_time = (
        times == [told.id]
        and not heard.keys() & answer_checks.TIMES
        and answer_checks.TELLS_TIME.is_in(reply.message.text)
    )
    return replace(told, value=reply.message.text.strip()) if of_time and not heard else told
