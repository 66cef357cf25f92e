"""Where a name stands in an excerpt: after what announces one, before what only a person does, beside what is hidden."""

import re
from collections.abc import Callable

from bot.understanding.redaction.beside import hide_beside_masks, hide_other_name
from bot.understanding.redaction.line import Line, is_month
from bot.understanding.redaction.secrets import hide_secrets

NAME_LENGTH = 3
_DIGIT = re.compile(r"\d")
_GAP = frozenset(" \n,.:'\"()-")
_AFTER_A_NAME = frozenset({"", ",", ".", "!", "here", "from", "again", "with", "and", "at", "who", "can't", "cant"})


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
        if one in told["titles"] and "," in line.parts[index + 1 : index + 3]:
            continue
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
    return line.sign_after(index) in _AFTER_A_NAME or (after is not None and line.hidden(after))


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


_RULES: tuple[Callable[[Line], None], ...] = (
    hide_secrets, _after_cues, _after_people, _subjects, _in_lower_case, hide_other_name, _sign_off, hide_beside_masks,
    hide_other_name,
)  # fmt: skip
