"""Details of the account are to be changed by somebody who does not get in: the steps for that begin with signing in."""

import re

from bot.dialogue.answering import another_issue, no_result, steps
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import matter
from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Option
from bot.understanding.intents.names import (
    CANT_LOG_IN,
    CANT_VERIFY_EMAIL,
    FIRST_LOGIN,
    FORGOT_PASSWORD,
    LOCKED,
    MANAGE_PROFILE,
    REGISTRATION,
)
from bot.understanding.text.plain import plain
from handoff.policy.names import ACCOUNT_ACCESS_NEEDED, NOT_RESOLVED_BY_DOCUMENTATION

OF_ADDRESS = (CANT_VERIFY_EMAIL, REGISTRATION)
GETTING_IN = (*OF_ADDRESS, CANT_LOG_IN, FIRST_LOGIN, FORGOT_PASSWORD, LOCKED)
"""Issues of who is not signed in, or cannot be; in the first two the address is what is looked at."""
ADDRESS = re.compile(r"\b(?:e-?mails?|mail|address)\b")


def wants_details_changed(reply: Reply) -> bool:
    """`I wrote it wrong, how to change`, while a confirmation does not come: of the profile, and not of what is looked at."""
    about = [reply.reading.issue, *(one.issue for one in reply.reading.matter[:1])]
    if reply.conversation.issue not in GETTING_IN or MANAGE_PROFILE not in about:
        return False
    named = reply.reading.issue == MANAGE_PROFILE and another_issue.is_named(reply)
    return named or (about[-1] == MANAGE_PROFILE and matter.is_another(reply))


def help_without(reply: Reply) -> None:
    """The address by which they would get in is for people: by the button that says so, whichever step has it. All else comes once
    they are in."""
    if reply.conversation.issue not in OF_ADDRESS and not ADDRESS.search(plain(reply.message.text)):
        reply.note_also(MANAGE_PROFILE)
        no_result.note(reply)
    elif (option := _says_so(reply)) is not None:
        steps.choose_option(reply, option, "not_possible")
    else:
        handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION)


def _says_so(reply: Reply) -> Option | None:
    options = (option for step in reply.intent().steps for option in step.options)
    return next(
        (one for one in options if one.signal == ACCOUNT_ACCESS_NEEDED and one.go == "handoff" and one.cannot), None
    )
