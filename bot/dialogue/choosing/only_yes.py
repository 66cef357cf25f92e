"""A yes to a list chooses nothing of it: which one is meant is asked, once."""

from bot.dialogue.answering.evidence import BEGINS_WITH_YES
from bot.dialogue.choosing.ordinals import ordinal
from bot.dialogue.reply import Reply
from bot.understanding.replying.bare import bare_answer
from bot.understanding.text.plain import plain, telling_words

TELLING, FEW, LINE = 2, 3, "which_of_these"
"""So many telling words after the yes say which one, and so few words name it by one of its title; and what is asked."""


def begins_with_it(reply: Reply) -> bool:
    """A yes, whatever follows it."""
    text = reply.message.text
    return bare_answer(text) == "helped" or BEGINS_WITH_YES.is_in(text)


def is_all(reply: Reply) -> bool:
    """`yes`, `yes published`, `yes it does that all the time`, while it is asked which of these it is."""
    known = reply.conversation
    if not reply.typed or not begins_with_it(reply) or LINE in known.unsaid:
        return False
    rest = BEGINS_WITH_YES.expression.sub("", plain(reply.message.text)).strip(" .!")
    told = set(telling_words(rest))
    named = {word for issue in known.choices for word in telling_words(plain(reply.script.catalog.title(issue)))}
    names = len(rest.split()) <= FEW and bool(told & named)
    return len(told) < TELLING and not names and ordinal(rest, len(known.choices)) is None


def ask_which(reply: Reply) -> None:
    """The list stays before the user."""
    reply.say(reply.local("ask_issue") or reply.line(LINE), buttons=reply.conversation.buttons)
