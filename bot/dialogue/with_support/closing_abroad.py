"""In another language whether to close is asked only after words that say it is well, or over: which one, since when and what was tried
sound alike to what was learnt."""

from bot.dialogue.hearing import noes, unspoken_language
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

WELL, OVER = PHRASES.phrases["works_abroad"], PHRASES.phrases["over_abroad"]
THANKS, SAYS_YES = PHRASES.phrases["says_thanks"], PHRASES.phrases["says_yes"]
THAT_IT_WORKS, THAT_IT_IS_OVER = "close_ask", "close_ask_over"
"""The questions whether to close, in the words of what was told."""
MARKS = ("?", "？", "؟")


def tells_no_end(reply: Reply) -> bool:
    """Words in another language that say neither that it is well nor that it is over."""
    return unspoken_language.holds(reply) and not (is_over(reply) or is_well(reply))


def is_well(reply: Reply) -> bool:
    """`jetzt geht es wieder`; not where anything is denied or asked."""
    text = reply.message.text
    told = WELL.is_in(text) and not noes.has_negation(text) and not text.strip().endswith(MARKS)
    return unspoken_language.holds(reply) and reply.typed and told


def is_over(reply: Reply) -> bool:
    """`ya no hace falta`, `można zamknąć`."""
    return unspoken_language.holds(reply) and reply.typed and OVER.is_in(reply.message.text)


def question(reply: Reply) -> str:
    """The line that asks whether to close."""
    return THAT_IT_IS_OVER if is_over(reply) else THAT_IT_WORKS


def only_thanks(text: str) -> bool:
    """`obrigado`, `ok danke`: a thank-you is no yes to whether a request shall be closed."""
    return THANKS.is_in(text) and not SAYS_YES.is_in(text)
