"""They had their request closed, and say at once that it stays: it is with people again, under its number, with all that was told;
and whether it is closed."""

import re

from bot.dialogue.answering import ended
from bot.dialogue.hearing import noes, unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import closing, closing_abroad
from bot.understanding.intents.names import CLOSE_REQUEST, THANKS
from bot.understanding.reading import DANGEROUS, NO_HELP, OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

HOLDS_BACK, WORDS = PHRASES.group("holds_back"), re.compile(r"[^\W\d_]+|[^\W\d_ ]+")
ASKS_IF_CLOSED = PHRASES.phrases["asks_if_closed"]
NOTHING_MORE = PHRASES.phrases["nothing_more"]
FEW, BEGINS = 4, 4
"""So many words hold something back and tell nothing else (`wait, it is still broken` does); among so many stands the word for it."""
JUST_CLOSED = ("closed_by_user", "closed")
A_SENTENCE, SURE, OPENS = 5, 0.7, (*OPENS_MATTER, *DANGEROUS)
"""So many letters protest at least, in whatever script; from which chance on words deny that it is well; and what is another matter."""


def is_said(reply: Reply) -> bool:
    """`no wait dont`, `keep it open please`, in whatever language, to the word that it is closed."""
    known, text = reply.conversation, reply.message.text
    just = known.unsaid[-1:] != () and known.unsaid[-1].rpartition(".")[2] in JUST_CLOSED
    if not just or known.previous is None or known.ticket is not None or known.closed is None or not reply.typed:
        return False
    return closing.STAYS_OPEN.is_in(text) or _holds_back(text) or _protests_abroad(reply)


def _protests_abroad(reply: Reply) -> bool:
    """`pero no está arreglado`: in another language denied, or the same matter once more, and no leave."""
    known, reading, text = reply.conversation, reply.reading, reply.message.text
    if not unspoken_language.holds(reply) or len(text) < A_SENTENCE or _takes_leave(reply):
        return False
    of_ours = reading.sure and reading.decision in OPENS
    if of_ours and reading.issue != known.closed:
        return False
    return of_ours or noes.has_negation(text) or (reply.meant.act in NO_HELP and reply.meant.chance >= SURE)


def _takes_leave(reply: Reply) -> bool:
    """Thanks, nothing more, or that it is over or well: `no, nada más`, `kein Problem`."""
    text = reply.message.text
    said = (
        closing_abroad.THANKS.is_in(text) or NOTHING_MORE.is_in(text) or reply.reading.issue in (THANKS, CLOSE_REQUEST)
    )
    return said or closing_abroad.is_over(reply) or closing_abroad.is_well(reply)


def _holds_back(text: str) -> bool:
    said = plain(text)
    words = WORDS.findall(said)
    begins = any(word in HOLDS_BACK for word in words[:BEGINS])
    return len(words) <= FEW and (begins or any(said.startswith(one) for one in HOLDS_BACK if not one.isascii()))


def take(reply: Reply) -> None:
    """Nothing is asked again, and nothing that stands there is lost."""
    known = reply.conversation
    number, issue, last = known.previous, known.closed, known.ended
    ended.restore(reply)
    reply.know(ticket=number, previous=None, closed=None, issue=issue, state="with_support")
    if last is not None:
        reply.know(gathered=last.gathered, tried=last.tried, words=last.words, so_far=last.words)
    reply.closing_taken_back = True
    reply.say(reply.local("added", number=number) or reply.line("stays_open", number=number))


def asks_if_closed(reply: Reply) -> bool:
    """`when was it closed?`, of the request that they had closed last, with nothing begun since."""
    known = reply.conversation
    closed = known.closed is not None and known.previous is not None and known.state == "solved"
    return closed and reply.typed and ASKS_IF_CLOSED.is_in(reply.message.text)


def tell_that_closed(reply: Reply) -> None:
    """That it is, by its number; nothing is opened."""
    number = reply.conversation.previous
    reply.say(reply.local("closed", number=number) or reply.line("is_closed", number=number))
