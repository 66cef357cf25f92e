"""Where a name stands in an excerpt: after what announces one, before what only a person does, beside what is hidden."""

import re
from collections.abc import Callable, Iterator

from bot.understanding.privacy_allowed import MASK, Allowed
from bot.understanding.privacy_numbers import FAULT_CODE, HARMLESS_NUMBER
from bot.understanding.privacy_patterns import HELP_PAGE

NAME_LENGTH = 3
NEAR = 3
LOUD_FROM, LOUD = 5, 0.7
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
_DIGIT = re.compile(r"\d")
_ENDS = frozenset(".!?\n。！？।")
_ENDS_SOFTLY = frozenset(':;"“«(*•–—-・、，')
_NO_END = frozenset({"dr", "mr", "mrs", "ms", "st", "no", "prof", "jl", "ul", "vs"})
_GAP = frozenset(" \n,.:'\"()-")
_BETWEEN = frozenset(" .-',/")
_HOUSE = re.compile(r"(?:[A-Z]-?)?\d{1,5}[A-Za-z]?|\d{1,4}[/-]\d{1,4}|\d{1,3}[º°ª]")
_PARTICLES = frozenset({
    "van", "den", "der", "de", "la", "le", "do", "bin", "pan", "da", "dos", "das", "di", "del", "della", "du", "te", "ten",
    "ter", "von", "zu", "mac", "mc", "wa", "ap", "al", "el", "st", "binti", "bint", "ibn", "abu", "und", "y", "e",
})  # fmt: skip
_CLAUSE = frozenset(',.;:!?。，、؟)"”—–')
_QUIET = frozenset(";,\"'“‘(*")
_JOINS = frozenset({"and", "&", "or", "but", "so", "und", "et", "y", "e"})


class Line:
    """A text in pieces, and what of each may be shown; `words` are the places of what is no space or sign."""

    def __init__(self, text: str, allowed: Allowed) -> None:
        self.allowed = allowed
        self.parts = _TOKEN.findall(text)
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
        return self.lower[index].removesuffix("'s").removesuffix("s'")

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


def hide_names(line: Line) -> None:
    """Hide what can be a name where one stands."""
    for rule in _RULES:
        rule(line)


def _after_cues(line: Line) -> None:
    """Hide what stands where a name or a person's number is announced."""
    told = line.allowed.told
    names, perhaps, numbers = told["name_follows"], told["name_may_follow"], told["id_follows"]
    places = [index for index in line.words if line.parts[index] not in _GAP]
    two = three = ""
    for at, index in enumerate(places):
        one = line.lower[index]
        three, two = f"{two} {one}", f"{line.lower[places[at - 1]]} {one}" if at else one
        following = places[at + 1 : at + 1 + NAME_LENGTH]
        if one in names or two in names or three in names:
            _hide_name(line, following, sure=True)
        elif one in perhaps or two in perhaps or three in perhaps:
            _hide_name(line, following, sure=False)
        if one in numbers:
            _hide_number(line, following[:2])


def _hide_number(line: Line, following: list[int]) -> None:
    for place, index in enumerate(following):
        part = line.parts[index]
        if line.lower[index] in line.allowed.told["faults"] or line.starts[index] > 1:
            return
        letter = not place and len(part) == 1 and part.isupper() and part != "I"
        if letter or (_DIGIT.search(part) and not part.endswith("%")):
            line.hide(index)


def _hide_name(line: Line, following: list[int], *, sure: bool) -> None:
    """Hide the words of a name: those that can be names, while they follow each other."""
    allowed = line.allowed
    for index in following:
        part, word = line.parts[index], line.base(index)
        if line.starts[index] > 1 and "\n" not in line.parts[index - 2 : index]:
            return
        capital = part[:1].isupper() and word not in {"i", "i'm"} and not (line.loud and word in allowed.screen)
        if sure:
            a_name = capital or (word in allowed.names and word not in allowed.screen)
        elif line.capital(index):
            a_name = word in allowed.names and not is_month(line, index)
        else:
            a_name = word in allowed.given and _stands_alone(line, index)
        if not (a_name or line.hidden(index)):
            return
        line.hide(index)


def _stands_alone(line: Line, index: int) -> bool:
    """True when nothing, or a comma, a full stop, a hidden word, `here` or `from` follows: `this is rose, ...`."""
    after = line.following(index)
    return line.sign_after(index) in {"", ",", ".", "!", "here", "from", "again"} or (
        after is not None and line.hidden(after)
    )


def is_month(line: Line, index: int) -> bool:
    """True for a month that is also a name, after a word that a time follows: `in May`."""
    told = line.allowed.told
    if line.parts[index].lower() not in told["months_that_are_names"]:
        return False
    before, after = line.preceding(index), line.following(index)
    follows = after is not None and line.parts[after][:1].isupper() and line.lower[after] not in line.allowed.screen
    return before is not None and line.lower[before] in told["before_months"] and not follows


def _after_people(line: Line) -> None:
    """Hide what a person is called after the word for who that is: `my son jay`, `nurse joy`."""
    allowed = line.allowed
    for index in line.words:
        if line.lower[index] not in allowed.told["people"]:
            continue
        after = line.following(index)
        while after is not None and (line.base(after) in allowed.given or _is_surname(line, after)):
            if not line.capital(after) and line.lower[after] in {"will", "may"} and not _is_subject(line, after):
                break
            line.hide(after)
            after = line.following(after)


def _is_surname(line: Line, index: int) -> bool:
    return line.capital(index) and line.base(index) in line.allowed.names and not is_month(line, index)


def _is_subject(line: Line, index: int) -> bool:
    """True when what follows tells what a person does, or the word stands apart."""
    after = line.following(index)
    if after is None:
        return line.sign_after(index) in {"", ",", ":", ".", "!", "?", "-", "–", "—", "(", "&", ";"}
    word = line.lower[after]
    return (
        line.hidden(after) or word in line.allowed.told["verbs_of_a_person"] or (len(word) > 4 and word.endswith("ed"))
    )


def _subjects(line: Line) -> None:
    """Hide a word with a capital that begins a sentence and does there what a person does: `Hope says`, `Mark's code`."""
    allowed, told = line.allowed, line.allowed.told
    for index in line.words:
        part, word = line.parts[index], line.base(index)
        if not part[:1].isupper() or line.hidden(index):
            continue
        if word in allowed.given:
            after = line.following(index)
            beside = after is not None and line.lower[after] == "the" and word not in told["names_that_are_verbs"]
            owns = line.lower[index] != word and word != "may"
            if (
                owns
                or line.lower[index].endswith("'s")
                or (line.starts[index] and (beside or _is_subject(line, index)))
            ):
                line.hide(index)
        elif line.starts[index] and word in allowed.names and word not in allowed.screen:
            after = line.following(index)
            if after is not None and line.lower[after] in told["only_people"]:
                line.hide(index)


def _in_lower_case(line: Line) -> None:
    """Hide a name without a capital: `joy said`, `hope's code`, `pat and i`, `can rose see it`."""
    allowed, told = line.allowed, line.allowed.told
    for index in line.words:
        word = line.base(index)
        if word not in allowed.given or line.hidden(index) or line.parts[index][:1].isupper():
            continue
        before, after = line.preceding(index), line.following(index)
        previous = line.lower[before] if before is not None else ""
        following = line.lower[after] if after is not None else ""
        if line.lower[index] != word:
            a_name = line.lower[index].endswith("'s") and previous not in told["before_things"] and bool(following)
        elif following in {"and", "&"}:
            beyond = line.following(after) if after is not None else None
            a_name = beyond is not None and line.lower[beyond] in {"i", "me"}
        elif previous in told["before_a_person"] or (following == "here" and line.starts[index] > 1):
            a_name = word not in told["names_that_are_verbs"]
        elif previous in told["questions"]:
            a_name = word not in {"will", "may"} and (following in told["what_people_do"])
        else:
            a_name = (
                following in told["only_people"]
                and previous not in told["before_things"]
                and word not in {"will", "may"}
            )
        if a_name:
            line.hide(index)


def _sign_off(line: Line) -> None:
    """Hide the name under a letter: the last one to three words, each with a capital or known as a name."""
    last: list[int] = []
    for index in reversed(line.words):
        if len(last) == NAME_LENGTH + 1:
            return
        last.append(index)
        if line.starts[index] and (line.starts[index] == 2 or _is_dash_before(line, index)):
            break
    if not last or any(line.base(index) in line.allowed.brands for index in last):
        return
    words = [line.base(index) for index in last]
    names = [
        word in line.allowed.given or (line.capital(index) and word in line.allowed.names)
        for word, index in zip(words, last, strict=True)
    ]
    if any(names) and all(
        name or line.hidden(index) or line.capital(index) for name, index in zip(names, last, strict=True)
    ):
        for index in last:
            line.hide(index)


def _is_dash_before(line: Line, index: int) -> bool:
    return any(part in "-–—" for part in line.parts[max(0, index - 2) : index])


def _beside_masks(line: Line) -> None:
    """Hide what belongs to a hidden neighbour: initials, house numbers, the rest of a name or of an address."""
    for index in (*line.words, *reversed(line.words)):
        if (
            line.hidden(index)
            or MASK not in line.kept[max(0, index - 3) : index + 4]
            or not line.parts[index][0].isalnum()
        ):
            continue
        before, after = _hidden_beside(line, index, -1), _hidden_beside(line, index, 1)
        if (before or after) and _belongs(line, index, before, after):
            line.hide(index)


def _belongs(line: Line, index: int, before: str, after: str) -> bool:
    """True for a word that goes with what is hidden before or after it."""
    allowed, part, word = line.allowed, line.parts[index], line.base(index)
    one, other = line.preceding(index), line.following(index)
    touches_before = one is not None and line.hidden(one)
    touches_after = other is not None and line.hidden(other) and (part.islower() or not after[:1].islower())
    if word in allowed.told["name_follows"] or line.near(index, "faults", 2, 0):
        return False
    if _DIGIT.search(part):
        coded = after[:1].isupper() or bool(_DIGIT.search(after)) or after == MASK
        grown = line.hidden(max(0, index - 1)) or line.hidden(min(len(line.parts) - 1, index + 1))
        return grown or (bool(_HOUSE.fullmatch(part)) and (bool(before) or coded))
    if word in _PARTICLES and not part.isupper():
        return _between_names(line, index)
    if len(part) == 1:
        return (part.isupper() and part != "I") or line.parts[index + 1 : index + 2] == ["."]
    if word in allowed.brands or is_month(line, index):
        return touches_before and touches_after and before[0].isupper() and line.capital(index)
    if word in allowed.screen:
        return (
            line.capital(index) and not part.isupper() and line.starts[index] < 2 and (touches_before or touches_after)
        )
    if part.isupper() and len(part) == 2:
        return bool(before)
    if line.capital(index) and not part.isupper():
        if line.starts[index] > 1:
            return word in allowed.names and touches_after
        return touches_before or touches_after or not (line.foreign and allowed.known_abroad(part))
    if not before:
        return word in allowed.given - allowed.told["names_that_are_verbs"] and line.starts[index] > 1 and touches_after
    return word in allowed.names and (before.islower() or word in allowed.given or line.loud)


def _between_names(line: Line, index: int) -> bool:
    """True for `de la` between hidden words."""
    before, after = line.preceding(index), line.following(index)
    while before is not None and line.lower[before] in _PARTICLES and not line.hidden(before):
        before = line.preceding(before)
    while after is not None and line.lower[after] in _PARTICLES and not line.hidden(after):
        after = line.following(after)
    return before is not None and after is not None and line.hidden(before) and line.hidden(after)


def _hidden_beside(line: Line, index: int, step: int) -> str:
    """What was hidden next to a place on that side, with at most a space and a point or so between; "" for nothing."""
    for place in range(index + step, index + 4 * step, step):
        if not 0 <= place < len(line.kept):
            return ""
        if line.hidden(place):
            return line.parts[place]
        if line.kept[place] not in _BETWEEN:
            return ""
    return ""


def _with_and(line: Line) -> None:
    """Hide a name beside another one: `Rich and Poppy`, `Joy & Rose`."""
    for index in line.words:
        if line.lower[index] not in _JOINS:
            continue
        before, after = line.preceding(index), line.following(index)
        if before is None or after is None:
            continue
        for one, other in ((before, after), (after, before)):
            if (
                line.hidden(one)
                and line.parts[one][:1].isupper()
                and line.capital(other)
                and line.base(other) in line.allowed.given
            ):
                line.hide(other)


def _secrets(line: Line) -> None:
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
            if word in _CLAUSE or word in told["never_secret"] or word in _JOINS or said > NAME_LENGTH:
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


_RULES: tuple[Callable[[Line], None], ...] = (
    _secrets, _after_cues, _after_people, _subjects, _in_lower_case, _with_and, _sign_off, _beside_masks, _with_and,
)  # fmt: skip


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
