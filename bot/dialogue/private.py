"""Who typed a password, a one-time code, a card or social security number is told once, with the answer, not to write such things."""

from dataclasses import replace

from bot.dialogue import handover
from bot.dialogue.conversation import Say
from bot.dialogue.reply import Reply
from bot.understanding.redaction.typed_secrets import without_secrets

LINE = "no_secrets"


def warn(reply: Reply) -> None:
    """Put the approved sentence before the answer of this turn; alone where nothing else is said. Danger always goes first: the
    next secret that is typed is warned of then."""
    if not reply.typed or LINE in reply.conversation.unsaid or speaks_of_danger(reply):
        return
    if without_secrets(reply.message.text) == reply.message.text:
        return
    text, source = reply.local(LINE) or reply.line(LINE)
    said = reply.says or reply.then
    if said:
        said[0] = replace(said[0], text=f"{text}\n\n{said[0].text}", sources=(source, *said[0].sources))
    else:
        reply.says.append(Say(text, (source,), reply.conversation.buttons))
    reply.know(unsaid=(*reply.conversation.unsaid, source.id))


def speaks_of_danger(reply: Reply) -> bool:
    """The numbers are said in this turn, or it is asked whether anybody is in danger."""
    asked = reply.conversation.state == "checking"
    request = reply.request or reply.more
    return asked or (request is not None and request.reason == handover.EMERGENCY_REASON)
