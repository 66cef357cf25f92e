"""Text that may leave the store. It is made of approved texts, excerpts, numbers, times, and names of our own people: a card, a
note or a letter to staff is filled with nothing else, so that a user's words have no way in (decision O20)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar, Union

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Self = TypeVar("Self", bound="Safe")


class Safe(str):
    """Text that may be shown outside the store. It cannot be made from a plain string: only the makers below make it."""

    __slots__ = ()

    def __new__(cls, *_: object) -> "Safe":
        raise TypeError(f"{cls.__name__} is not made from text: use a maker of handoff.safe")

    @classmethod
    def _made(cls: type[Self], text: str) -> Self:
        return str.__new__(cls, text)

    @classmethod
    def of_staff(cls, name: str) -> "Safe":
        """The name of one of our own people, from the list of staff or of contacts; for handoff.ticket and handoff.on_call alone."""
        return Safe._made(" ".join(name.split()))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """A stored or approved text read back: only our own models of data files and tickets have such fields."""
        return core_schema.no_info_after_validator_function(
            cls._made, core_schema.str_schema(), serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


class Approved(Safe):
    """A text of the guide's data files: its models alone make it."""

    __slots__ = ()


class Excerpt(Safe):
    """Words of a user that may leave the store: made by bot.understanding.privacy."""

    __slots__ = ()

    def __new__(cls, text: str = "") -> "Excerpt":
        return cls._made(text)


Value = Union[  # noqa: UP007 - a type that names itself
    Safe, bool, int, Sequence["Value"], Mapping[str, "Value"]
]
"""What a text for our own people may be filled with."""
NOTHING = Excerpt()


def number(amount: int) -> Safe:
    """A number of ours."""
    return Safe._made(f"{int(amount)}")


def moment(at: datetime, written: Callable[[datetime], str]) -> Safe:
    """A moment, as the channel writes it."""
    return Safe._made(written(at))


def day(on: date) -> Safe:
    """A day: Nov 24, 2026."""
    return Safe._made(f"{on:%b} {on.day}, {on.year}")


def address(base: str, *path: str | int) -> Safe:
    """An address of our own pages; `base` is a setting."""
    return Safe._made("/".join([base, *(str(part) for part in path)]))


def joined(parts: Iterable[Safe], between: str = ", ") -> Safe:
    """Several of them, with a mark of ours between."""
    return Safe._made(between.join(parts))


def filled(text: Approved, **facts: Safe | int) -> Safe:
    """An approved text with its facts."""
    return Safe._made(text.format(**facts))


def rendered(text: str, values: Mapping[str, Value]) -> Safe:
    """What a template of ours gave for these values; raises TypeError unless each of them is safe."""
    must_be_safe(values)
    return Safe._made(text)


def of_page(text: str) -> Safe:
    """A title, a name or a day of an article of the help center, which a merge approves; for bot.actions.articles alone."""
    return Safe._made(text)


def of_report(text: str) -> Safe:
    """The weekly report: figures, titles, words of clusters and what leads wrote on their list, both as
    excerpts; for handoff.report.text alone."""
    return Safe._made(text)


def of_machinery(text: str) -> Safe:
    """What our own machinery says of itself, and the gate of the data files: names of errors, counts, places and words in files
    that people on the team wrote; for bot.actions.ops_alerts and bot.actions.edit_alerts alone."""
    return Safe._made(text)


def cut(text: Safe, size: int, ending: str) -> Safe:
    """At most so many characters."""
    return text if len(text) <= size else Safe._made(text[: size - len(ending)] + ending)


def must_be_safe(value: Value) -> None:
    """Raises TypeError for a plain string anywhere inside."""
    if isinstance(value, Mapping):
        for inner in value.values():
            must_be_safe(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            must_be_safe(inner)
    elif not isinstance(value, Safe | bool | int):
        raise TypeError(f"{type(value).__name__} is no value for a text that leaves the store")


@dataclass(frozen=True)
class Showing:
    """What of a ticket may be shown outside the store, as the operator has set it."""

    excerpt: Callable[[str], Excerpt]
    is_approved: Callable[[str], bool]
    """True for a title, a label or a rule that stands in the files in force."""
    words: bool = True
    """False with HANDOFF_DETAIL=minimal, and for teams that withhold words: nothing of what anybody wrote."""
    names: bool = False
    """True with HANDOFF_NAMES=on: the user's name and id."""

    def without_words(self) -> "Showing":
        """The same, for a team that withholds them."""
        return replace(self, words=False)

    def said(self, text: str) -> Safe:
        """What somebody wrote, as an excerpt; nothing where words are withheld."""
        return self.excerpt(text) if self.words else NOTHING

    def title(self, text: str) -> Safe:
        """A title, a label or a rule: as it is when it is one of ours, else as what somebody wrote."""
        return Safe._made(text) if self.is_approved(text) else self.said(text)

    def name(self, text: str) -> Safe:
        """A user's name or id, where the operator wants it shown; else nothing."""
        return Safe._made(" ".join(text.split())) if self.names else NOTHING
