"""How far a request is: asked, and told as the clocks say it."""

from bot.dialogue.hearing import said_of_request, unspoken_language, visit_now
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import which_request
from bot.understanding.intents.names import STATUS
from bot.understanding.text.phrases import PHRASES

SURE, SURE_ABROAD = 0.5, 0.7
"""The issue of such words; from which chance on words by themselves ask how far it is."""
LIKE_HERE = 0.7
"""How like in English, where more is heard in other ways."""
ASKS_NUMBER = PHRASES.phrases["asks_number"]
ASKS_HOW_LONG, ASKS_NEXT = PHRASES.phrases["asks_how_long"], PHRASES.phrases["asks_what_next"]
TELLS_STATUS = ("status", "status_again", "status_once_more")
"""How far it is, in the words of the first time, the second and the third."""


def _asks(issue: str, act: str, reply: Reply) -> bool:
    reading = reply.reading
    if unspoken_language.holds(reply) and said_of_request.is_only_told(reply):
        return False
    enough = SURE if reply.conversation.in_english else SURE_ABROAD
    return (reading.issue == issue and reading.sure) or (reply.meant.act == act and reply.meant.chance >= enough)


def asks_status(reply: Reply) -> bool:
    """How far it is, or its number."""
    told = asks_number(reply) or visit_now.asks_in_time(reply) or which_request.only_names_one(reply)
    return told or _asks(STATUS, "status", reply) or asks_how_long(reply) or _asks_in_other_words(reply)


def _asks_in_other_words(reply: Reply) -> bool:
    """`ile to potrwa`, `sigo esperando`, in whatever language, of a request that people have."""
    if reply.message.request is None or reply.reading.decision == "decline":
        return False
    return said_of_request.does(reply, "status", LIKE_HERE if reply.conversation.in_english else said_of_request.LIKE)


def asks_number(reply: Reply) -> bool:
    """Its number."""
    return reply.typed and reply.message.request is not None and ASKS_NUMBER.is_in(reply.message.text)


def asks_how_long(reply: Reply) -> bool:
    """`how long will it take?`, `what happens next`, of a request that people have."""
    return reply.typed and reply.message.request is not None and asks_what_comes(reply.message.text)


def asks_what_comes(text: str) -> bool:
    """How long it takes, what comes next, or who gets back to them."""
    return ASKS_HOW_LONG.is_in(text) or ASKS_NEXT.is_in(text)


def tell_status(reply: Reply) -> None:
    """Number, state, who has it, and when the next word is due, as the clocks say it; asked again, in other words; all of them
    where it is not clear of which it is asked; the phone line for who is pressed."""
    if which_request.is_unclear(reply):
        which_request.tell_all(reply)
        return
    told = reply.with_our_team() or state_of(reply)
    reply.say(*((told, reply.phone()) if visit_now.asks_in_time(reply) else (told,)))


def state_of(reply: Reply) -> Part:
    """The true state of the open request, in words that were not said lately."""
    request = reply.message.request
    if request is None:
        return reply.line("status_none")
    first = "status_late" if request.late else "status"
    name = "status_number" if asks_number(reply) else reply.longest_unsaid(first, *TELLS_STATUS[1:])
    told = {"state": request.state, "owner": request.owner, "away": request.away}
    return reply.line(name, number=request.number, due=request.due, **told)
