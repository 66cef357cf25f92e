"""A mistake in our own words (`a typo on the sign-in page`): it is none of the issues that the page is named in."""

from bot.dialogue.answering import steps
from bot.dialogue.gathering.questions import UNKNOWN
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

REPORTS_TYPO = PHRASES.phrases["reports_typo"]
MINOR = "minor_ui_issue"


def is_reported(reply: Reply) -> bool:
    """It is told, and no issue is sure, or the words tell of a small thing on a page: nothing of ours fails by it."""
    small = not reply.reading.sure or MINOR in reply.reading.signals
    return reply.typed and small and REPORTS_TYPO.is_in(reply.message.text)


def pass_on(reply: Reply) -> None:
    """People put it right, when more urgent things are done."""
    reply.know(signals=tuple(dict.fromkeys([*reply.conversation.signals, MINOR])))
    steps.start(reply, UNKNOWN)
