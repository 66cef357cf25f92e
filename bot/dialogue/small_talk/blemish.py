"""A mistake in our own words (`a typo on the sign-in page`), or text that a screen cuts off: it is no issue that is named with it."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import MEDICAL, UNKNOWN
from bot.understanding.text.phrases import PHRASES
from handoff.events import IssueRaised
from handoff.policy.names import NOT_IN_KNOWN_ISSUES

REPORTS_TYPO, CUT_OFF = PHRASES.phrases["reports_typo"], PHRASES.phrases["text_cut_off"]
MINOR = "minor_ui_issue"


def is_reported(reply: Reply) -> bool:
    """It is told, and no issue is sure, or the words tell of a small thing on a page: nothing of ours fails by it."""
    small = not reply.reading.sure or MINOR in reply.reading.signals
    return reply.typed and small and REPORTS_TYPO.is_in(reply.message.text)


def pass_on(reply: Reply) -> None:
    """People put it right, when more urgent things are done."""
    reply.add_signals(MINOR)
    steps.start(reply, UNKNOWN)


def is_cut_off(reply: Reply) -> bool:
    """`the end of each line is cut off`: nothing is lost, and it is no matter of which page it is; before people have anything."""
    known = reply.conversation
    begun = known.ticket is not None or known.state == "gathering"
    return reply.typed and not begun and CUT_OFF.is_in(reply.message.text)


def pass_on_cut_off(reply: Reply) -> None:
    """What may show the whole text, whom to ask for what a medicine's says, and people; a clinical question beside it is declined."""
    steps.leave_step(reply)
    if reply.reading.issue == MEDICAL:
        reply.lead.append(reply.text_of(reply.intent(MEDICAL), "answer", reply.intent(MEDICAL).answer))
    reply.know(issue=UNKNOWN, step=None, choices=(), signals=(MINOR,))
    reply.happened(IssueRaised(UNKNOWN))
    handover.begin(reply, NOT_IN_KNOWN_ISSUES, opening=reply.line("text_cut_off"))
