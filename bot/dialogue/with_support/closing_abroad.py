"""In another language whether to close is asked only after words that say it is well, or over: which one, since when and what was tried
sound alike to what was learnt."""

import re

from bot.dialogue.hearing import noes, unspoken_language
from bot.dialogue.reply import Reply
from bot.understanding.text.cuts import CLAUSES_APART, QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES, Phrase
from bot.understanding.text.plain import plain

WELL, OVER = PHRASES.phrases["works_abroad"], PHRASES.phrases["over_abroad"]
THANKS, SAYS_YES = PHRASES.phrases["says_thanks"], PHRASES.phrases["says_yes"]
THAT_IT_WORKS, THAT_IT_IS_OVER = "close_ask", "close_ask_over"
"""The questions whether to close, in the words of what was told."""
BESIDE, WORD = PHRASES.group("beside_an_end"), re.compile(r"[^\s\d.,;:!?#'’\"。！？，、؟،।-]+")
"""All that may stand beside such words: with any other one they may be of anything (`la app se cierra sola`)."""


def tells_no_end(reply: Reply) -> bool:
    """Words in another language that say neither that it is well nor that it is over."""
    return unspoken_language.holds(reply) and not (is_over(reply) or is_well(reply))


def is_well(reply: Reply) -> bool:
    """`jetzt geht es wieder`; not where anything is denied or asked."""
    text = reply.message.text
    told = _is_all(text, WELL) and not noes.has_negation(text) and not text.strip().endswith(QUESTION_MARKS)
    return unspoken_language.holds(reply) and reply.typed and told


def is_over(reply: Reply) -> bool:
    """`ya no hace falta`, `można zamknąć`; also with why behind it (`hat sich erledigt, es kam zurück`)."""
    text = reply.message.text
    first, *_ = CLAUSES_APART.split(plain(text))
    told = _is_only_over(text) or _is_only_over(first)
    return unspoken_language.holds(reply) and reply.typed and told and not text.strip().endswith(QUESTION_MARKS)


def says_no_yes(reply: Reply) -> bool:
    """Anything in another language but to close it (`ciérrelo por favor`): no yes to whether it shall be closed."""
    return unspoken_language.holds(reply) and not (
        _is_only_over(reply.message.text) and SAYS_YES.is_in(reply.message.text)
    )


def _is_only_over(text: str) -> bool:
    return OVER.is_in(text) and _is_all(text, OVER, WELL)


def _is_all(text: str, *sought: Phrase) -> bool:
    """Some of it is told, and nothing else but thanks and whose request it is."""
    left = plain(text)
    for one in sought:
        left = one.expression.sub(" ", left)
    return left != plain(text) and BESIDE.issuperset(WORD.findall(left))


def question(reply: Reply) -> str:
    """The line that asks whether to close."""
    return THAT_IT_IS_OVER if is_over(reply) else THAT_IT_WORKS


def only_thanks(text: str) -> bool:
    """`obrigado`, `ok danke`: a thank-you is no yes to whether a request shall be closed."""
    return THANKS.is_in(text) and not SAYS_YES.is_in(text)
