"""What is kept of an issue that ends: solved, or its request closed; and how it is remembered when it comes back."""

from bot.dialogue.conversation import Ended
from bot.dialogue.hearing.times import time_told
from bot.dialogue.reply import Reply


def keep(reply: Reply, issue: str) -> None:
    """What is known of an issue that ends now, in case it comes back; of the words that ended it, what tells a fact or a time."""
    known = reply.conversation
    tells_more = bool(reply.reading.heard.details) or time_told(reply.message.text) is not None
    told = tuple(words for words in known.words if tells_more or words != reply.message.text)
    last = Ended(
        issue=issue,
        words=told,
        signals=known.signals,
        gathered=known.gathered,
        tried=known.tried,
        known=dict(known.known),
    )
    reply.know(ended=last)


def restore(reply: Reply) -> None:
    """What was told of the issue that has come back, before the words that say so."""
    known, last = reply.conversation, reply.conversation.ended
    if last is None:
        return
    words = tuple(dict.fromkeys([*last.words, reply.message.text]))
    reply.know(
        words=words,
        so_far=words,
        known={**last.known, **known.known},
        signals=tuple(dict.fromkeys([*last.signals, *known.signals])),
        solved=tuple(issue for issue in known.solved if issue != last.issue),
        ended=None,
    )
