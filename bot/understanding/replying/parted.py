"""A reply to a step that tells what came of it in one clause, and something else in the others: `cancelled. will they charge me?`"""

import re
from collections.abc import Callable, Sequence

from bot.understanding.reading import NO_HELP, Meant, Parted
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES

CUT = re.compile(r"(?<=[.,;!?\n])\s+|\s+[-–—]+\s+|\s+(?=but\b)", re.IGNORECASE)
MOST, TELLS = 8, 2
"""Longer replies are a story, of which no single clause tells what came of it; and so many words tell something else."""
SURELY, SURELY_FAILS, ENDS_IT = 0.97, 0.9, 0.7
"""From which chance on a clause tells by itself that the step helped; that it did not; and that a matter is over (`queue done`), where
it says nothing of the step."""
NEUTRAL = ("unclear", "details")
"""What stands beside a result and decides nothing: `done`, `on my phone`."""
ONLY_DONE = PHRASES.phrases["only_done"]
Means = Callable[[str], Meant]


def parted(text: str, to_step: Means, to_ending: Means) -> Parted | None:
    """What the first clause that decides anything says of the step, and what stands behind it; None where none decides, or where a
    later one tells that it helped after all."""
    pieces = _pieces(text)
    if not 1 < len(pieces) <= MOST:
        return None
    told = [_of_clause(one, to_step, to_ending) for _, one in pieces]
    first = _first_that_decides(told)
    if first is None or not _is_result(told[first], pieces[first][1]):
        return None
    if told[first].act in NO_HELP and any(one.act == "helped" for one in told[first:]):
        return None  # `it was greyed out at first, then it saved`
    at = next((place for place in range(first + 1, len(pieces)) if not _says_so_too(told[place], told[first])), None)
    rest = text[pieces[at][0] :].strip() if at is not None else ""
    if len(rest.split()) < TELLS:
        return Parted(told[first], pieces[first][1])
    return Parted(told[first], pieces[first][1], rest, to_step(rest))


def _of_clause(clause: str, to_step: Means, to_ending: Means) -> Meant:
    """What it does to the step; that a matter is over, where it names that and tells nothing of the step."""
    meant = to_step(clause)
    if meant.act != "unclear" or ONLY_DONE.is_in(clause):
        return meant
    ending = to_ending(clause)
    return Meant("helped", SURELY) if ending.act == "helped" and ending.chance >= ENDS_IT else meant


def _pieces(text: str) -> list[tuple[int, str]]:
    """Each clause with the place where it begins; a yes or no is no clause before a comma."""
    begins = [0, *(found.end() for found in CUT.finditer(text))]
    begins = [at for place, at in enumerate(begins) if place == 0 or not _only_leads(text[begins[place - 1] : at])]
    cut = zip(begins, [*begins[1:], len(text)], strict=True)
    return [(at, text[at:end].strip()) for at, end in cut if text[at:end].strip(" .,;!?-–—")]


def _only_leads(piece: str) -> bool:
    return is_bare(piece) and piece.rstrip().endswith(",")


def _first_that_decides(told: Sequence[Meant]) -> int | None:
    """A question decides nothing where the next clause says that what is asked for is not there: `where is it? i see none`."""
    deciding = [place for place, one in enumerate(told) if one.act not in NEUTRAL]
    asks_first = len(deciding) > 1 and told[deciding[0]].act == "question" and told[deciding[1]].act in NO_HELP
    return deciding[1] if asks_first else next(iter(deciding), None)


def _is_result(told: Meant, piece: str) -> bool:
    """A question tells no result."""
    surely = SURELY if told.act == "helped" else SURELY_FAILS
    return told.act in ("helped", *NO_HELP) and told.chance >= surely and not piece.endswith(QUESTION_MARKS)


def _says_so_too(told: Meant, first: Meant) -> bool:
    """More of the same result; beside a failure also what decides nothing."""
    return told.act == first.act or (first.act in NO_HELP and told.act in (*NEUTRAL, *NO_HELP))
