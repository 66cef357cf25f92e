"""What was solved or closed is back: its issue again, with all that is known of it; people, once its steps were used."""

from bot.dialogue import ended, steps
from bot.dialogue.ending import DENIES
from bot.dialogue.reply import Reply
from bot.understanding.replying.replies import is_bare
from handoff.events import IssueRaised

SURE, NOTHING_BEFORE = 0.6, ("solved", "new", "waiting")
"""From which chance on words say that it is not well; and where nothing of ours is before the user."""
OPENS = ("answer", "handoff")


def is_back(reply: Reply) -> bool:
    """`it broke again`, `same problem again`, with nothing else before the user, and of no other issue."""
    known, reading, text = reply.conversation, reply.reading, reply.message.text
    last = known.ended
    if last is None or last.issue not in reply.script.catalog.intents or known.ticket is not None:
        return False
    if known.state not in NOTHING_BEFORE or not reply.typed or is_bare(text):
        return False
    if reading.sure and (reading.decision not in OPENS or reading.issue != last.issue):
        return False
    replies = reply.script.replies
    told, ending = replies.to_question(text, "ended"), replies.to_ending(text)
    denied = ending.act in DENIES and ending.chance >= SURE
    return denied or (told.act == "no" and told.chance >= SURE and ending.act not in ("later", "question"))


def take_up(reply: Reply) -> None:
    """A step that is left, or people; nothing that was told is asked again."""
    last = reply.conversation.ended
    if last is None:
        return
    ended.restore(reply)
    reply.know(issue=last.issue, closed=None, gathered=last.gathered, asked=())
    reply.know(tried=tuple(dict.fromkeys([*last.tried, *reply.conversation.tried])))
    reply.happened(IssueRaised(last.issue))
    intent = reply.intent(last.issue)
    left = steps.unseen(reply, intent, intent.steps[0].id) if intent.steps else ""
    if any(step.id == left for step in intent.steps):
        reply.open_with("back_again")
    steps.start(reply, last.issue)
