"""Who typed a password, a one-time code, a card or social security number is told once, with the answer, not to write such things."""

from dataclasses import replace

from bot.dialogue.conversation import Say
from bot.dialogue.reply import Reply
from bot.understanding.redaction.typed_secrets import without_secrets
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import EMERGENCY_TOLD, SECURITY_BREACH_SUSPECTED

LINE, CARE = "no_secrets", "what_to_do"
GAVE_AWAY = PHRASES.phrases["gave_secret_away"]


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


def repeat_care(reply: Reply) -> None:
    """Who tells the security team's request that a secret was given away, or a link followed, hears once more what to do now."""
    request, said = reply.message.request, reply.says or reply.then
    if (
        request is None
        or request.reason != SECURITY_BREACH_SUSPECTED
        or not request.care
        or not reply.typed
        or not said
    ):
        return
    if CARE in reply.conversation.unsaid or not reply.conversation.in_english or speaks_of_danger(reply):
        return
    if not GAVE_AWAY.is_in(reply.message.text) or reply.conversation.state == "with_staff":
        return
    text, source = reply.line(CARE, care=request.care)
    said[0] = replace(said[0], text=f"{text}\n\n{said[0].text}", sources=(source, *said[0].sources))
    reply.know(unsaid=(*reply.conversation.unsaid, source.id))


def speaks_of_danger(reply: Reply) -> bool:
    """The numbers are said in this turn, or it is asked whether anybody is in danger."""
    asked = reply.conversation.state == "checking"
    request = reply.request or reply.more
    return asked or (request is not None and request.reason == EMERGENCY_TOLD)
