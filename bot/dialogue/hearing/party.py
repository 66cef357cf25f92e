"""Whoever is spoken with in a visit: that they are there, wait or are gone tells nothing of picture and sound."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.intents.names import JOIN_VIDEO
from bot.understanding.text.cuts import CLAUSES, LETTERS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

SPEAKS_OF_IT = PHRASES.phrases["speaks_of_a_party"]
OF_IT, CARED_FOR = PHRASES.group("of_a_party"), PHRASES.group("cared_for")
_NAMED = re.compile(r"\bdr [\w']+")
WAITS = re.compile(r"\b(?:wait(?:s|ing)?|attend|esperando|espera|wartet|aspetta(?:ndo)?)\b")
MAY_I = re.compile(r"^\W*(?:(?:so|and|but|ok|okay|well|then)[ ,]+)*(?:should|shall|must|may|can|do) (?:i|we)\b")
BETWEEN = re.compile(r"\b(?:sees?|hears?|talk\w*|speak\w*|sound|picture)\b|(?<!for )(?<!on )(?<!at )\b(?:me|us|each)\b")
"""`they can hear me`, `she sees us`: what is between the two is a result, or none, by itself."""


def is_all(reply: Reply) -> bool:
    """`he is there now`, `she hung up`, `dr lee is waiting`, in a matter of a visit: where the other side is, and nothing else. Not
    where somebody writes for another, whose own place it may be."""
    if not _is_of_a_visit(reply):
        return False
    clauses = [one.strip() for one in CLAUSES.split(plain(reply.message.text)) if one.strip()]
    return bool(clauses) and all(_is_of_it(one) for one in clauses)


def waits(reply: Reply) -> bool:
    """`he says he will wait 5 minutes`: the visit runs now."""
    clauses = (one.strip() for one in CLAUSES.split(plain(reply.message.text)))
    return _is_of_a_visit(reply) and any(SPEAKS_OF_IT.is_in(one) and WAITS.search(one) for one in clauses)


def is_of_staying(reply: Reply) -> bool:
    """`should i just leave`, `do i hang up`, of a visit: no clinical question, however like one it is."""
    asked = MAY_I.match(plain(reply.message.text))
    if asked is None or not reply.typed or reply.conversation.issue != JOIN_VIDEO:
        return False
    return set(telling_words(asked.string[asked.end() :])) <= OF_IT


def _is_of_a_visit(reply: Reply) -> bool:
    known = reply.conversation
    told = {word for words in known.so_far for word in LETTERS.findall(plain(words))}
    return reply.typed and known.issue == JOIN_VIDEO and not told & CARED_FOR


def _is_of_it(clause: str) -> bool:
    rest = _NAMED.sub(" ", clause)
    return SPEAKS_OF_IT.is_in(clause) and set(telling_words(rest)) <= OF_IT and BETWEEN.search(rest) is None
