"""A message that comes in pieces: listened to until it tells something."""

from bot.dialogue.hearing import vague
from bot.dialogue.reply import Reply
from bot.understanding.text.plain import plain, telling_words, tells_something

SIGNS = frozenset("?!.,;:-…¿¡？！。 ")
PLAINLY = 0.8
"""From which chance on a few words tell what they are about, whole or not."""
LOOKS_AGAIN = ("new", "waiting", "solved", "choosing", "answering", "with_support")
"""Where signs alone are answered by what is before the user."""
LISTENS, MOST_PIECES = ("listening", "listening_on", "listening_still"), 5
"""What is said to a piece of a message, in turn, and how often in a row."""


def says_nothing_yet(reply: Reply) -> bool:
    """A piece of a message in which nothing is told yet: `its about`, `my dr`; listened to only so often."""
    known, words = reply.conversation, telling_words(plain(reply.message.text))
    heard = sum(name in LISTENS for name in known.unsaid)
    only = all(vague.is_piece(earlier) for earlier in known.words) and vague.only_area(reply.message.text) is None
    plainly = reply.reading.sure and reply.reading.candidates[0].confidence >= PLAINLY
    piece = vague.is_piece(reply.message.text) and only and not plainly and heard < MOST_PIECES
    return reply.typed and (piece or (known.unclear > 0 and not words and not heard))


def tells_nothing(reply: Reply) -> bool:
    """`i dont know what to do`: no issue is guessed of it."""
    return reply.typed and not tells_something(reply.reading.text)


def only_fails(reply: Reply) -> bool:
    """`it does not work`, `its about the thing`: no issue is guessed of that either."""
    text = reply.reading.text
    return reply.typed and reply.conversation.issue is None and (vague.only_fails(text) or vague.only_a_button(text))


def only_signs(reply: Reply) -> bool:
    """`?`, `...`, with nothing but a step, a choice or nothing at all before the user: no reading can tell anything of it."""
    known, text = reply.conversation, reply.message.text.strip()
    return reply.typed and known.state in LOOKS_AGAIN and {*text} <= SIGNS


def listen(reply: Reply) -> None:
    """Nobody is handed over for writing in pieces."""
    reply.know(state="waiting" if reply.conversation.ticket is None else reply.conversation.state, choices=())
    reply.say(reply.line(reply.longest_unsaid(*LISTENS)), buttons=(reply.person_button(),))
