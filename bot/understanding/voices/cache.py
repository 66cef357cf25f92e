"""The models that strangers' voices teach, kept: from the cache when no row and no code changed, else learnt."""

import pickle
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from bot.understanding.voices.models import VoiceModels
from bot.understanding.voices.rows import load_voices, version_of
from handoff.kept import keep

HERE = Path(__file__).parent
BESIDE = ("matching/bases.py", "matching/tfidf.py", "text/plain.py")
CODE = (*sorted(HERE.glob("*.py")), *(HERE.parent / path for path in BESIDE))


def cached_voices(folder: Path, cache: Path | None) -> VoiceModels | None:
    """The models of a folder of voices; None where there is no such folder. Raises DataFaults."""
    if not folder.is_dir():
        return None
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    parts = (version_of(folder), version("scikit-learn"), code)
    name = sha256("\n".join(parts).encode()).hexdigest()[:24]
    kept = cache / f"voices-{name}.pickle" if cache else None
    if kept and kept.exists():
        with kept.open("rb") as file:  # from the file itself: its bytes would lie in memory a second time
            models: VoiceModels = pickle.load(file)  # noqa: S301 - our own cache, keyed by content
        return models
    # only now: the learning library takes a second to load, and a process that finds its models never needs it
    from bot.understanding.voices.training import learnt  # noqa: PLC0415

    models = learnt(load_voices(folder), name)
    if kept:
        keep(kept, pickle.dumps(models))
    return models
