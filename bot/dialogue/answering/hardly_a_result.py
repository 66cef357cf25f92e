"""What looks like a success and is none: a question, only where the other side of a visit is, or a number that nobody wanted."""

import re
from collections.abc import Iterable

from bot.dialogue.hearing import party
from bot.dialogue.reply import Reply
from bot.understanding.text.cuts import AFTER_MARK
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

SHOWS = PHRASES.group("shows")
_NUMBER = re.compile(r"\d+(?:[:.]\d+)?")
WONDERS, BOTH = re.compile(r"\?\W*(?:lol|haha|lmao)?\W*$"), 2
"""How a clause ends that asks, and how many numbers are told where one is wrong and one is right."""


def is_told(reply: Reply) -> bool:
    """All of it is read as a success, and nothing in it is one."""
    return is_wondered(reply) or party.is_all(reply)


def is_wondered(reply: Reply) -> bool:
    """`it opens now??`: the only words that would be a result are asked; `it's in! how come?` tells one first."""
    clauses = [one for one in AFTER_MARK.split(reply.message.text) if telling_words(plain(one))]
    told = [one for one in clauses if not WONDERS.search(one)]
    if len(told) == len(clauses):
        return False
    step = reply.intent().step(reply.conversation.step or "")
    return all(reply.script.replies.to_step(one, reply.intent(), step).act != "helped" for one in told)


def shows_another_number(reply: Reply) -> bool:
    """`now it says 10`, where eight was shown and nine is right: neither of the two."""
    said = plain(reply.message.text)
    numbers = _numbers([said])
    only = set(telling_words(_NUMBER.sub(" ", said))) <= SHOWS
    told = _numbers(reply.conversation.words[:-1])
    return reply.typed and bool(numbers) and only and len(told) >= BOTH and numbers.isdisjoint(told)


def _numbers(texts: Iterable[str]) -> set[str]:
    """As they are told, a full hour by its number alone."""
    return {one.removesuffix(":00") for text in texts for one in _NUMBER.findall(plain(text))}
