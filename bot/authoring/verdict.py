"""What the gate says of the files as they are, kept by their bytes: asked again, it is not worked out again."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from bot.authoring import reviews
from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import Told, faults_of
from bot.understanding.encoding.encoder import Encoder
from handoff.data_files import Fault
from handoff.kept import keep, recall


@dataclass(frozen=True)
class Verdict:
    """What the gate says of one state of the files."""

    fingerprint: str
    faults: tuple[Fault, ...]

    @property
    def passes(self) -> bool:
        """True when all of it may go live."""
        return not self.faults


def verdict_on(
    places: ContentPaths,
    encoder: Encoder | None,
    cache: Path | None,
    told: Told | None = None,
    today: date | None = None,
) -> Verdict:
    """The verdict on the files as they are; one that was given before on the very same bytes is taken from the cache, unless
    it hangs on the day."""
    name = encoder.name if encoder else ""
    known = known_verdict(places, name, cache)
    if known is not None:
        return known
    fingerprint = places.fingerprint()
    found = tuple(faults_of(places, encoder, cache, told))
    found = (*found, *reviews.future_faults(places, today or datetime.now(UTC).date()))
    lasting = not any(reviews.FUTURE in fault.message for fault in found)
    if cache and lasting and places.fingerprint() == fingerprint:
        keep(_place(cache, fingerprint, name), json.dumps([asdict(fault) for fault in found]).encode())
    return Verdict(fingerprint, found)


def known_verdict(places: ContentPaths, encoder: str, cache: Path | None) -> Verdict | None:
    """A verdict that was given before on the very same bytes, by the very same reader."""
    fingerprint = places.fingerprint()
    kept = _place(cache, fingerprint, encoder) if cache else None
    if kept is None or (content := recall(kept)) is None:
        return None
    rows = json.loads(content)
    return Verdict(fingerprint, tuple(Fault(**row) for row in rows))


def _place(cache: Path, fingerprint: str, encoder: str) -> Path:
    return cache / f"verdict-{fingerprint}-{sha256(encoder.encode()).hexdigest()[:8]}.json"
