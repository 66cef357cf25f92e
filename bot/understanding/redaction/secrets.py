"""What stands after `the password is`, and the digits after `the code is`."""

import re
from collections.abc import Iterator

from bot.understanding.redaction.line import JOINS, Line, is_harmless_number

MOST_WORDS, NEAR = 4, 4
"""So many words of a secret are hidden; so many words after its name a coded word is the secret, with no word that links."""
PIN_DIGITS, CODE_DIGITS = range(4, 9), range(6, 9)
"""A code of fewer digits is most often that of a fault."""
_CLAUSE = frozenset(',.;:!?。，、؟)"”—–')
_QUIET = frozenset(";,\"'“‘(*")
_ADDRESS = re.compile(r"@[\w-]+\.\w|/")
_OPENS = frozenset(":\"'“‘(=*-")


def hide_secrets(line: Line) -> None:
    """Hide what stands after `the password is`, with the signs in it."""
    for index in _named(line, "secrets"):
        for value in (*_value(line, index), *_coded(line, index)):
            _hide_whole(line, value)


def hide_codes(line: Line) -> None:
    """Hide the digits that stand after `the code is`, but for the code of a fault, a place or a discount."""
    told = line.allowed.told
    for index in _named(line, "codes"):
        before = line.preceding(index)
        word = line.lower[before] if before is not None else ""
        if word in told["other_codes"] or word in told["faults"] or line.near(index, "faults", 0, 1):
            continue
        for value in _digits(line, index):
            line.hide(value)


def _named(line: Line, names: str) -> Iterator[int]:
    """Where a word of a list stands, or the last of several that are one name."""
    told = line.allowed.told[names]
    for place, index in enumerate(line.words):
        said = [line.lower[one] for one in line.words[max(0, place - 2) : place + 1]]
        if any(" ".join(said[start:]) in told for start in range(len(said))):
            yield index


def _hide_whole(line: Line, index: int) -> None:
    """Hide everything up to the next spaces, but for the signs that end a clause."""
    for place in _whole(line, index):
        line.hide(place)


def _whole(line: Line, index: int) -> range:
    """The pieces up to the next spaces, but for the signs that end a clause."""
    first = last = index
    while first and not line.parts[first - 1].isspace():
        first -= 1
    while last + 1 < len(line.parts) and not line.parts[last + 1].isspace():
        last += 1
    while last > index and line.parts[last] in _CLAUSE:
        last -= 1
    return range(first, last + 1)


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


def _coded(line: Line, index: int) -> Iterator[int]:
    """A word of letters and digits, or of four digits and more, in the same clause soon after the name: `password hunter2`."""
    for place in _words_after(line, index):
        part = line.parts[place]
        mixed = any(map(str.isdigit, part)) and any(map(str.isalpha, part))
        if not (mixed or (part.isdecimal() and len(part) in PIN_DIGITS)) or is_harmless_number(line, place):
            continue
        if not _ADDRESS.search("".join(line.parts[one] for one in _whole(line, place))):
            yield place
        return


def _digits(line: Line, index: int) -> Iterator[int]:
    """The first digits of the same clause soon after the name, in one piece or in two: `482 913`."""
    found = [place for place in _words_after(line, index) if line.parts[place].replace("-", "").isdecimal()]
    run = found[:1]
    for place in found[1:]:
        if run and line.preceding(place) == run[-1]:
            run.append(place)
    if sum(letter.isdigit() for place in run for letter in line.parts[place]) in CODE_DIGITS:
        yield from run


def _words_after(line: Line, index: int) -> Iterator[int]:
    """The next words of the same clause, up to a word that joins another."""
    words = 0
    for place in range(index + 1, len(line.parts)):
        part = line.lower[place]
        if part.isspace() or part in _OPENS:
            continue
        if part in _CLAUSE or part in JOINS or words == NEAR:
            return
        words += 1
        yield place
