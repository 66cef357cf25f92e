"""Which issue goes first where the likeliest gives way: to a neighbour, to the matter beside anger, to the next where no person is
wanted."""

from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.names import EMERGENCY, FRUSTRATION, PERSON
from bot.understanding.reading import Candidate
from bot.understanding.text.phrases import PHRASES

Candidates = tuple[Candidate, ...]

BESIDE_ANGER = 0.2
"""How likely a matter must be to be offered where the words are angry first of all."""
_NO_PERSON = PHRASES.phrases["no_person"]


def to_neighbours(known: Candidates, catalog: Catalog) -> Candidates:
    """The candidates once the first has given way to a neighbour that is likely too: the two change places."""
    first = known[0]
    for neighbour in catalog.intents[first.issue].gives_way:
        other = next((one for one in known if one.issue == neighbour.to), None)
        if other is not None and other.confidence >= neighbour.likely:
            rest = tuple(one for one in known[1:] if one is not other)
            return (Candidate(other.issue, first.confidence), Candidate(first.issue, other.confidence), *rest)
    return known


def beside_anger(known: Candidates, catalog: Catalog) -> Candidate | None:
    """The matter in angry words that name one too: it is offered, where anger alone would only be heard; nothing grave by that."""
    if known[0].issue != FRUSTRATION:
        return None
    matter = next((one for one in known[1:] if catalog.intents[one.issue].tier is not None), None)
    if matter is None or catalog.intents[matter.issue].is_grave:
        return None
    return matter if matter.confidence >= BESIDE_ANGER else None


def where_refused(text: str, known: Candidates, confidence: float, sure: bool) -> tuple[Candidates, float, bool]:
    """The same without a person where none is wanted: then the next issue comes first, and is not sure."""
    if known[0].issue != PERSON or len(known) == 1 or not _NO_PERSON.is_in(text):
        return known, confidence, sure
    others = sorted(known[1:], key=lambda one: one.issue == EMERGENCY)
    return tuple(others), others[0].confidence, False
