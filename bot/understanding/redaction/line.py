"""A text in pieces, for excerpts: which words it has, where sentences begin, and what of each piece may be shown."""

import re

from bot.understanding.redaction.allowed import MASK, Allowed
from bot.understanding.redaction.numbers import FAULT_CODE, HARMLESS_NUMBER
from bot.understanding.redaction.patterns import HELP_PAGE

LOUD_FROM, LOUD = 7, 0.8
"""From so many words, of which so great a part has a capital, capitals say nothing."""
ABROAD = 2
"""So many words of other languages, and half as many as English ones, make a text foreign."""
_LATIN = r"0-9A-Za-z_À-ɏ\u0300-\u036fḀ-ỿ"
_MARKS = r"\u0591-\u05c7\u0610-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200c\u200d"
_OTHER = rf"[^\W0-9A-Za-z_À-ɏḀ-ỿ]|[\u0300-\u036f{_MARKS}]"
_TOKEN = re.compile(
    rf"{MASK}|{HELP_PAGE}\b|[{_LATIN}]+(?:[.'’:/-][{_LATIN}]+)*%?|(?:{_OTHER})+(?:['’-](?:{_OTHER})+)*|[^\S\n]|.",
    re.DOTALL,
)
_ENDS = frozenset(".!?\n。！？।")
_ENDS_SOFTLY = frozenset(':;"“«(*•–—-・、，')
JOINS = frozenset({"and", "&", "or", "but", "so", "und", "et", "y", "e"})
_NO_END = frozenset({"dr", "mr", "mrs", "ms", "st", "no", "prof", "jl", "ul", "vs"})


class Line:
    """A text in pieces, and what of each may be shown; `words` are the places of what is no space or sign."""

    def __init__(self, text: str, allowed: Allowed) -> None:
        self.allowed = allowed
        self.parts: list[str] = _TOKEN.findall(text)
        self.lower = [part.lower().replace("’", "'") for part in self.parts]
        self.words = [
            index for index, part in enumerate(self.parts) if part == MASK or part[0].isalnum() or len(part) > 1
        ]
        self.order = {index: place for place, index in enumerate(self.words)}
        self.starts = self._starts()
        written = [
            self.parts[index] for index in self.words if len(self.parts[index]) > 2 and self.parts[index].isalpha()
        ]
        capitals = sum(word[0].isupper() for word in written)
        self.loud = len(written) >= LOUD_FROM and capitals >= LOUD * len(written)
        self.foreign = self._is_foreign()
        self.kept: list[str] = list(self.parts)

    def _starts(self) -> list[int]:
        """2 at the start of a sentence, 1 after a colon, a quote or a dash, else 0, for each piece."""
        found, now, last = [], 2, ""
        for part, lower in zip(self.parts, self.lower, strict=True):
            found.append(now)
            if part in _ENDS:
                now = 0 if part == "." and (last in _NO_END or (len(last) == 1 and last.isalpha())) else 2
            elif part in _ENDS_SOFTLY:
                now = max(now, 1)
            elif not part.isspace():
                now, last = 0, lower
        return found

    def _is_foreign(self) -> bool:
        """True when enough words are known, and known in another language alone."""
        allowed = self.allowed
        words = [self.lower[index] for index in self.words if self.parts[index][0].isalpha()]
        known = sum(word in allowed.words for word in words)
        abroad = sum(word not in allowed.words and allowed.known_abroad(word) for word in words)
        return abroad >= ABROAD and ABROAD * abroad >= known

    def base(self, index: int) -> str:
        """A word in lower case, without a possessive ending."""
        return str(self.lower[index].removesuffix("'s").removesuffix("s'"))

    def hide(self, index: int) -> None:
        """Show a mask in place of a word."""
        self.kept[index] = MASK

    def hidden(self, index: int) -> bool:
        """True when a mask stands there."""
        return self.kept[index] == MASK

    def capital(self, index: int) -> bool:
        """True for a word that begins with a capital, in a text where that says something."""
        return self.parts[index][:1].isupper() and not self.loud

    def following(self, index: int) -> int | None:
        """The place of the next word, with only a space between."""
        near = index + 2
        return near if near < len(self.parts) and self.parts[index + 1] == " " and near in self.order else None

    def preceding(self, index: int) -> int | None:
        """The place of the word before, with only a space between."""
        near = index - 2
        return near if near >= 0 and self.parts[index - 1] == " " and near in self.order else None

    def sign_after(self, index: int) -> str:
        """What stands right after a word, spaces apart: a word, a sign, or "" at the end."""
        return next((part for part in self.lower[index + 1 : index + 3] if part != " "), "")

    def near(self, index: int, names: str, before: int, after: int) -> bool:
        """True when a word of a list stands within so many words."""
        place, told = self.order[index], self.allowed.told[names]
        around = self.words[max(0, place - before) : place] + self.words[place + 1 : place + 1 + after]
        return any(self.lower[other] in told for other in around)


def is_month(line: Line, index: int) -> bool:
    """True for a month that is also a name, after a word that a time follows: `in May`."""
    told = line.allowed.told
    if line.parts[index].lower() not in told["months_that_are_names"]:
        return False
    before, after = line.preceding(index), line.following(index)
    follows = after is not None and line.parts[after][:1].isupper() and line.lower[after] not in line.allowed.screen
    return before is not None and line.lower[before] in told["before_months"] and not follows


def is_harmless_number(line: Line, index: int) -> bool:
    """True for a count, a time or a version, and for the code of an error that is told of."""
    word = line.lower[index]
    if HARMLESS_NUMBER.fullmatch(word):
        return True
    if not FAULT_CODE.fullmatch(word):
        return False
    return line.near(index, "faults", 3, 2) if not word.isdigit() else _after_a_fault(line, index)


def _after_a_fault(line: Line, index: int) -> bool:
    place = line.order[index]
    before = [line.lower[other] for other in line.words[max(0, place - 2) : place]]
    return any(word in line.allowed.told["faults"] - {"code", "codes", "message", "status"} for word in before)
