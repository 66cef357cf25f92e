"""What stands after `the password is`."""

from collections.abc import Iterator

from bot.understanding.redaction.line import JOINS, Line

MOST_WORDS = 4
"""So many words of a secret are hidden."""
_CLAUSE = frozenset(',.;:!?。，、؟)"”—–')
_QUIET = frozenset(";,\"'“‘(*")


def hide_secrets(line: Line) -> None:
    """Hide what stands after `the password is`, with the signs in it."""
    told = line.allowed.told
    for place, index in enumerate(line.words):
        before = line.lower[line.words[place - 1]] if place else ""
        if line.lower[index] in told["secrets"] or f"{before} {line.lower[index]}" in told["secrets"]:
            for value in _value(line, index):
                _hide_whole(line, value)


def _hide_whole(line: Line, index: int) -> None:
    """Hide everything up to the next spaces, but for the signs that end a clause."""
    first = last = index
    while first and not line.parts[first - 1].isspace():
        first -= 1
    while last + 1 < len(line.parts) and not line.parts[last + 1].isspace():
        last += 1
    while last > index and line.parts[last] in _CLAUSE:
        last -= 1
    for place in range(first, last + 1):
        line.hide(place)


def _value(line: Line, index: int) -> Iterator[int]:
    """The words of a secret that is named: up to four after a word that links, until the clause ends."""
    told, linked, said = line.allowed.told, False, 0
    for place in range(index + 1, min(index + 24, len(line.parts))):
        word = line.lower[place]
        if word.isspace() or (said and line.hidden(place)):
            continue
        if said:
            ends = word in told["never_secret"] and word not in {"the", "of"}
            if word in _CLAUSE or ends or word in JOINS or said == MOST_WORDS:
                return
        elif word in told["links_to_secrets"]:
            linked = True
            continue
        elif word in told["before_secrets"] or word in _QUIET:
            continue
        elif not linked or word in _CLAUSE or word in told["never_secret"] or word.endswith(("ed", "ing", "n't")):
            return
        known = line.hidden(place)
        said += 1
        yield place
        if known:
            return
