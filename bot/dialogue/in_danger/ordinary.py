"""The ordinary matter that is told with an emergency, or after it: it stands on the request, and is told honestly as not done yet."""

from bot.dialogue.hearing import unspoken_language
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import beside, request_status, taken
from bot.understanding.intents.names import WRONG_INFORMATION
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import URGENT

ASKS = PHRASES.phrases["asks"]
HINTED, LIKELY = 0.1, 0.4
"""How likely a matter that was told with the alarm is by words that name it again, and one that was not told before."""


def named(reply: Reply) -> str | None:
    """The matter that the words are about: one that was told with the alarm, or surely another."""
    reading, known = reply.reading, reply.conversation
    likely = {one.issue: one.confidence for one in reading.candidates}
    told = max(known.also, key=lambda issue: likely.get(issue, 0.0), default=None)
    if told is not None and likely.get(told, 0.0) >= HINTED:
        return told
    another = beside.is_new(reply) and reply.intent(reading.issue).tier is not None
    return reading.issue if another and reading.candidates[0].confidence >= LIKELY else None


def told(reply: Reply) -> tuple[Part, ...]:
    """That it is not done yet, and that people see to it; what was not told before is on the request from now on."""
    known, issue = reply.conversation, named(reply)
    if issue is None:
        return ()
    if issue not in known.also:
        reply.know(also=(*known.also, issue))
        taken.keep_more(reply)
    number, title = known.ticket, reply.script.catalog.title(issue)
    if (own := reply.local("not_done_yet", number=number)) is not None:
        return (own,)
    careful = (reply.line("take_no_more"),) if issue == WRONG_INFORMATION else ()
    return (reply.line("not_done_yet", number=number, title=title), *careful)


def is_asked(reply: Reply) -> bool:
    """Whether it is done, asked of an emergency that goes well by now; where no steps can be given, whatever is told of it."""
    issue = named(reply) if taken.is_emergency(reply) else None
    if issue is None:
        return False
    intent, text = reply.intent(issue), reply.message.text
    asks = reply.meant.act == "status" or text.rstrip().endswith(QUESTION_MARKS) or ASKS.is_in(text)
    for_people = intent.route != "answer" or intent.priority in URGENT or issue == WRONG_INFORMATION
    no_steps = for_people or unspoken_language.holds(reply)
    return no_steps or (asks and issue in (*reply.conversation.also, reply.conversation.issue))


def tell(reply: Reply) -> None:
    """That it is not done yet; asked again, how far the request is."""
    if reply.conversation.unsaid[-1:] != () and reply.conversation.unsaid[-1].endswith(
        ("not_done_yet", "take_no_more")
    ):
        request_status.tell_status(reply)
    else:
        reply.say(*told(reply))
