"""Somebody asks to be answered in a language: `in italiano per favore`; what is said from then on is in it, in its short texts."""

from bot.dialogue.conversation import LOOKED_AT
from bot.dialogue.handing_over import in_another_language
from bot.dialogue.hearing.language_wish import asked_for
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import request_status

ENGLISH = "en"


def is_asked(reply: Reply) -> bool:
    """All that is said; a person who is answering reads it."""
    return reply.typed and reply.conversation.state != "with_staff" and asked_for(reply.message.text) is not None


def answer(reply: Reply) -> None:
    """How far the request is, people for what was begun, or what it is about; in that language."""
    known = reply.conversation
    if known.ticket is not None:
        told, question = reply.with_our_team() or request_status.state_of(reply), reply.local("question")
        reply.say(told, *((question,) if question is not None else ()))
    elif known.language != ENGLISH and known.state in LOOKED_AT and known.issue is not None:
        in_another_language.to_people(reply, known.issue)
    else:
        reply.know(state="waiting", choices=(), unclear=0 if known.language == ENGLISH else 1)
        reply.say(reply.local("ask_issue") or reply.line("ask_issue"))
