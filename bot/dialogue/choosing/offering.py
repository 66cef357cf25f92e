"""Issues offered as buttons: which of these is it?"""

from bot.dialogue.button_values import NoneOfThese, TakeUp
from bot.dialogue.conversation import Button
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import EMERGENCY

WHICH = ("which_one", "which_of_these", "which_still")
MOST_OFFERED, UNOFFERED = 3, ("chat.", EMERGENCY)


def offer(reply: Reply, issues: tuple[str, ...]) -> None:
    """Which of these is it? At most three, and a way out."""
    shown = _offerable(reply, issues)[:MOST_OFFERED]
    buttons = [Button.that(reply.script.catalog.title(issue), TakeUp(issue)) for issue in shown]
    buttons.append(reply.button("none_of_these", NoneOfThese()))
    reply.know(state="choosing", choices=tuple(shown), asking=None)
    reply.say(reply.line(reply.longest_unsaid(*WHICH)), buttons=tuple(buttons))


def only_one(reply: Reply, issues: tuple[str, ...]) -> str | None:
    """The issue with steps that alone could be offered of these: no choice is one."""
    shown = _offerable(reply, issues)
    return shown[0] if len(shown) == 1 and reply.intent(shown[0]).route == "answer" else None


def _offerable(reply: Reply, issues: tuple[str, ...]) -> list[str]:
    return [one for one in issues if one in reply.script.catalog.intents and not one.startswith(UNOFFERED)]
