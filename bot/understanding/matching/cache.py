"""A trained matcher, kept: from the cache when nothing changed, quickly when little changed, else from nothing."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.encoding.encoder import Encoder
from bot.understanding.matching.bases import Scores
from bot.understanding.matching.matcher import Calibration, Matcher
from bot.understanding.reading import Phrase
from bot.understanding.text.spelling import WRITTEN, as_read
from handoff.kept import keep, recall

TEXT = Path(__file__).parents[1] / "text"
CODE = (*sorted(Path(__file__).parent.glob("*.py")), TEXT / "plain.py", TEXT / "spelling.py", WRITTEN)
MOST_KEPT = 20_000
"""So many texts are kept that the last version did not have."""


def cached_matcher(
    phrases: Sequence[Phrase],
    encoder: Encoder | None,
    cache: Path | None,
    *,
    keywords: Mapping[str, Sequence[str]] | None = None,
) -> Matcher:
    """A matcher for these phrases and these keywords of several words; nothing is kept where `cache` is None."""
    written = {phrase.label: phrase.file for phrase in phrases}
    named = [
        Phrase(word, issue, written.get(issue, ""))
        for issue, words in (keywords or {}).items()
        for word in words
        if " " in word
    ]
    whole = [*phrases, *named]
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        kept = cache / f"matcher-{version_of(whole, encoder)}.pickle"
        if (content := recall(kept)) is not None:
            matcher: Matcher = pickle.loads(content)  # noqa: S301 - our own cache, keyed by content
            return replace(matcher, encoder=encoder)
    # only now: the learning library takes a second to load, and a process that finds its matcher never needs it
    from bot.understanding.matching.training import train  # noqa: PLC0415

    if cache is None:
        return train(whole, encoder)
    told: dict[str, Any] = {"calibration": _earlier(whole, encoder, cache)}
    if encoder is not None:
        told["vectors"] = cached_vectors([as_read(phrase.text) for phrase in whole], encoder, cache)
    matcher = train(whole, encoder, **told)
    keep(kept, pickle.dumps(replace(matcher, encoder=None)))
    keep(cache / f"calibration-{_family(encoder)}.pickle", pickle.dumps((_contents(whole), matcher.calibration)))
    return matcher


def version_of(phrases: Sequence[Phrase], encoder: Encoder | None) -> str:
    """Changes with every phrase, with the encoder, and with the code and libraries that train."""
    code = b"".join(path.read_bytes() for path in CODE).hex()
    parts = [f"{p.label}\t{p.text}\t{p.file}\t{p.line}" for p in phrases]
    parts += [encoder.name if encoder else "no encoder", version("scikit-learn"), np.__version__, code]
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _contents(phrases: Sequence[Phrase]) -> frozenset[tuple[str, str]]:
    return frozenset((phrase.label, phrase.text) for phrase in phrases)


def _family(encoder: Encoder | None) -> str:
    return version_of([], encoder)


def _earlier(phrases: Sequence[Phrase], encoder: Encoder | None, cache: Path) -> Calibration | None:
    """The last calibration, when at most one phrase in fifty is another now: it would come out the same."""
    content = recall(cache / f"calibration-{_family(encoder)}.pickle")
    if content is None:
        return None
    before, calibration = pickle.loads(content)  # noqa: S301 - our own cache
    now = _contents(phrases)
    same_issues = {label for label, _ in before} == {label for label, _ in now}
    return calibration if same_issues and len(before ^ now) * 50 <= len(now) else None


def cached_vectors(texts: Sequence[str], encoder: Encoder, cache: Path | None) -> Scores:
    """A vector per text; those of texts that were seen before come from the cache, where there is one."""
    if cache is None:
        return encoder.encode(texts)
    path = cache / f"sentences-{sha256(encoder.name.encode()).hexdigest()[:12]}.pickle"
    content = recall(path)
    known: dict[str, Scores] = {} if content is None else pickle.loads(content)  # noqa: S301 - our own cache
    fresh = sorted({text for text in texts if text not in known})
    if fresh:
        known |= dict(zip(fresh, encoder.encode(fresh), strict=True))
        used = set(texts)
        kept = {text: row for text, row in known.items() if text in used or len(known) < MOST_KEPT}
        keep(path, pickle.dumps(kept))
    return np.stack([known[text] for text in texts])
