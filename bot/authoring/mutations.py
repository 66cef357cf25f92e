"""What is taken away of each row of the guide, to weigh the tests that name it (handoff/guide/mutations.yml)."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated

FILE = "handoff/guide/mutations.yml"


class Place(Strict):
    """A text that stands once in a file, and what stands there instead."""

    file: str
    take: Annotated[str, Field(min_length=1)]
    put: str

    def changed(self, root: Path) -> str:
        """The file's text with the change."""
        return (root / self.file).read_text(encoding="utf-8").replace(self.take, self.put)


class Mutation(Place):
    """One change that the row's tests must notice by itself; `also` is changed with it, where a rule stands twice."""

    also: tuple[Place, ...] = ()

    def places(self) -> tuple[Place, ...]:
        """Everything that is changed."""
        return (self, *self.also)


class Mutations(Strict):
    """Row -> what is taken away of it, each by itself."""

    rows: dict[str, Annotated[tuple[Mutation, ...], Field(min_length=1)]]


def load_mutations(rows: Collection[str], root: Path) -> Mapping[str, tuple[Mutation, ...]]:
    """The mutations of a working copy; raises DataFaults for a row that is none, and for a text that is not there exactly once."""
    document = read_yaml(root / FILE, root)
    found = validated(Mutations, document).rows
    faults = list(_faults(document, found, rows, root))
    if faults:
        raise DataFaults(faults)
    return found


def _faults(
    document: Document, found: Mapping[str, tuple[Mutation, ...]], rows: Collection[str], root: Path
) -> Iterator[Fault]:
    for row, mutations in found.items():
        if row not in rows:
            yield document.fault(f"`{row}` is no row of the guide", "rows", row)
        for number, mutation in enumerate(mutations):
            for place in mutation.places():
                told = _wrong(place, root)
                if told:
                    yield document.fault(told, "rows", row, number)


def _wrong(place: Place, root: Path) -> str | None:
    path = root / place.file
    if not path.is_file():
        return f"there is no file `{place.file}`"
    if place.take == place.put:
        return f"`{place.take}` is changed to itself"
    times = path.read_text(encoding="utf-8").count(place.take)
    return None if times == 1 else f"`{place.take}` stands {times} times in {place.file}, not once"
