"""A request of its own beside an open one, which stays as it is, with its team."""

from bot.dialogue.reply import Reply


def leave_open(reply: Reply) -> None:
    """What comes next takes nothing of the open request's matter along: neither its facts, which set priority and team, nor what was
    gathered or tried for it."""
    reply.for_ticket, reply.new_signals = False, ()
    known = reply.conversation
    reply.know(previous=known.ticket, ticket=None, beside=None, signals=reply.reading.signals)
    reply.know(**dict.fromkeys(("asked", "also", "gathered", "tried"), ()))
