"""In another language whether to close is asked only after words that say it is well, or over: which one, since when and what was tried
sound alike to what was learnt."""

from bot.dialogue.hearing import noes, said_of_request, unspoken_language
from bot.dialogue.reply import Reply
from bot.understanding.reading import Act
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES

THANKS, SAYS_YES = PHRASES.phrases["says_thanks"], PHRASES.phrases["says_yes"]
THAT_IT_WORKS, THAT_IT_IS_OVER = "close_ask", "close_ask_over"
"""The questions whether to close, in the words of what was told."""


def tells_no_end(reply: Reply) -> bool:
    """Words in another language that say neither that it is well nor that it is over."""
    return unspoken_language.holds(reply) and not tells_end(reply)


def tells_end(reply: Reply) -> bool:
    """That it is well, or over."""
    return is_over(reply) or is_well(reply)


def is_well(reply: Reply) -> bool:
    """`jetzt geht es wieder`; not where anything is denied or asked."""
    return _tells(reply, "helped") and not noes.has_negation(reply.message.text)


def is_over(reply: Reply) -> bool:
    """`można zamknąć`, `ya no hace falta`: over, or well in the words of a denial."""
    denied = _tells(reply, "helped") and noes.has_negation(reply.message.text)
    return denied or _tells(reply, "close")


def _tells(reply: Reply, end: Act) -> bool:
    asks = reply.message.text.strip().endswith(QUESTION_MARKS)
    return unspoken_language.holds(reply) and not asks and said_of_request.end_told(reply) == end


def says_no_yes(reply: Reply) -> bool:
    """Anything in another language but to close it (`ciérrelo por favor`): no yes to whether it shall be closed."""
    return unspoken_language.holds(reply) and not (is_over(reply) and SAYS_YES.is_in(reply.message.text))


def question(reply: Reply) -> str:
    """The line that asks whether to close."""
    return THAT_IT_IS_OVER if is_over(reply) else THAT_IT_WORKS


def only_thanks(text: str) -> bool:
    """`obrigado`, `ok danke`: a thank-you is no yes to whether a request shall be closed."""
    return THANKS.is_in(text) and not SAYS_YES.is_in(text)
