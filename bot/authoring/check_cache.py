"""What was looked through and found without fault, so that an edit is charged only for what it changed."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from handoff.data_files import Fault
from handoff.kept import keep

MOST = 4000
"""So many of the newest are known by kind: the parts of some twenty states of the files."""
Look = Callable[[Collection[str]], Iterator[Fault]]
"""Looks through the parts that are named."""


@dataclass(frozen=True)
class KnownGood:
    """Kept by content in the cache; without a cache everything is looked through each time."""

    cache: Path | None

    def faults(self, kind: str, parts: Mapping[str, object], look: Look) -> Iterator[Fault]:
        """The faults of the parts that were not found good before as they are now. What is told of a part must follow from its value
        here and from nothing else."""
        known = self._known(kind)
        words = {name: sha256(repr((name, value)).encode()).hexdigest()[:24] for name, value in parts.items()}
        fresh = [name for name, word in words.items() if word not in known]
        if not fresh:
            return
        found = list(look(fresh))
        yield from found
        if self.cache is not None and not found:
            newest = [*(word for word in known if word not in words.values()), *words.values()][-MOST:]
            keep(self._place(kind, self.cache), json.dumps(newest).encode())

    def _known(self, kind: str) -> dict[str, None]:
        try:
            return dict.fromkeys(json.loads(self._place(kind, self.cache).read_bytes())) if self.cache else {}
        except (OSError, ValueError):
            return {}

    @staticmethod
    def _place(kind: str, cache: Path) -> Path:
        return cache / f"good-{kind}.json"
