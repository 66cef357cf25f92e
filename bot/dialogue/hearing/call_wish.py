"""The wish to be called, in whatever language: told by what others say who wish it, with the number and the hours as they stand beside
it (`rappelez-moi au 06 12 …, le matin`)."""

import re

from bot.dialogue.hearing import noes, said_of_request
from bot.dialogue.reply import Reply
from bot.understanding.details import calls_others, number_told
from bot.understanding.intents.names import PERSON
from bot.understanding.reading import DANGEROUS
from bot.understanding.text.cuts import CLAUSES_OF_ANY, QUESTION_MARKS
from bot.understanding.text.plain import plain, telling_words

BY_PHONE, WISH, PHONE = "phone", "contact_wish", "contact_phone"
LIKE, WITH_NUMBER = 0.58, 0.5
"""How like such a wish a clause must be; and where a number to call stands with it."""
HOURS, FEW = 2, 6
"""So many words after a number, or one with a figure, may tell when; no more than so many do."""
_REST = re.compile(r"^[ ,]*(?:[^.!?\n。！？؟।]|\.(?=\d))*")


def is_told(reply: Reply) -> bool:
    """A person shall call: wished for, or a person is asked for with a number; a call that is refused or asked about is none."""
    text = reply.message.text
    if not reply.typed or reply.reading.decision in DANGEROUS:
        return False
    number = number_told(text)
    like = LIKE if number is None else WITH_NUMBER
    if any(_wishes(reply, one, like) for one in (text, *_clauses(text))):
        return not said_of_request.asks_to_close(reply)
    asked = text.strip().endswith(QUESTION_MARKS)
    wanted = number is not None and not asked and not calls_others(text)
    return wanted and (_wants_person(reply) or _is_all(text, number or ""))


def _clauses(text: str) -> tuple[str, ...]:
    found = tuple(one for one in CLAUSES_OF_ANY.split(text) if one.strip())
    return found if len(found) > 1 else ()


def _wishes(reply: Reply, clause: str, like: float) -> bool:
    meant = reply.script.replies.of_request(clause)
    return meant.act == "contact" and meant.chance >= like and not (calls_others(clause) or noes.has_negation(clause))


def _wants_person(reply: Reply) -> bool:
    return reply.reading.sure and reply.reading.issue == PERSON


def _is_all(text: str, number: str) -> bool:
    return not telling_words(plain(text.replace(number, " ")))


def told(reply: Reply) -> dict[str, str]:
    """The facts of such a wish: that it is by phone, and the number with the hours that stand beside it; a number that was told before
    stays."""
    if not (reply.conversation.ticket is not None or not reply.conversation.in_english) or not is_told(reply):
        return {}
    number = number_told(reply.message.text)
    return {WISH: BY_PHONE} if number is None else {WISH: BY_PHONE, PHONE: _with_hours(reply, number)}


def _with_hours(reply: Reply, number: str) -> str:
    """`809-555-0142, despues de las 5`; also where the hours stand before it; the wish itself is no hours."""
    text = reply.message.text
    start = text.index(number)
    rest = _REST.match(text[start + len(number) :])
    after = rest[0].rstrip(" ,") if rest else ""
    if _tells_hours(after) and not _wishes(reply, after, WITH_NUMBER):
        return number + after
    before = next((one.strip() for one in CLAUSES_OF_ANY.split(text[:start]) if _has_figure(one) and _few(one)), "")
    return f"{number}, {before}" if before else number


def _tells_hours(words: str) -> bool:
    return _few(words) and (_has_figure(words) or len(words.split()) >= HOURS)


def _few(words: str) -> bool:
    return len(words.split()) <= FEW


def _has_figure(words: str) -> bool:
    return any(one.isdigit() for one in words)
