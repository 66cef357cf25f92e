"""In which language somebody asks to be answered: `in italiano per favore`."""

from bot.understanding.text.cuts import CLAUSES
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

ASKS = PHRASES.phrases["asks_for_language"]


def asked_for(text: str) -> str | None:
    """The code of the language that all of these words ask for."""
    found = ASKS.expression.search(plain(text))
    return found.lastgroup if found is not None else None


def is_asked_besides(text: str) -> bool:
    """A clause of these words asks for one: who cannot read a step has not tried it."""
    return any(asked_for(clause) is not None for clause in CLAUSES.split(text))
