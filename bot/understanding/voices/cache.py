"""The models that strangers' voices teach, kept: from the cache when no row and no code changed, else learnt."""

import pickle
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from bot.understanding.voices.models import VoiceModels
from bot.understanding.voices.rows import load_voices, version_of
from handoff.kept import keep

HERE = Path(__file__).parent
BESIDE = ("matching/bases.py", "matching/tfidf.py", "text/plain.py")
CODE = (*sorted(HERE.glob("*.py")), *(HERE.parent / path for path in BESIDE))


ROOT = HERE.parents[2]


def cached_voices(folder: Path, cache: Path | None) -> VoiceModels | None:
    """The models of a folder of voices; None where there is no such folder. Raises DataFaults. What is not kept yet is learnt
    in a process of its own, which takes a gigabyte of memory and gives it back."""
    if not folder.is_dir():
        return None
    name = _name(folder)
    if cache is None:
        return _learn(folder, name)
    kept = cache / f"voices-{name}.pickle"
    if not kept.exists():
        command = [sys.executable, "-m", "bot.understanding.voices.cache", str(folder.resolve()), str(kept.resolve())]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603 - our own program
    if not kept.exists():  # it failed there: here its faults are raised
        keep(kept, pickle.dumps(_learn(folder, name)))
    with kept.open("rb") as file:  # from the file itself: its bytes would lie in memory a second time
        models: VoiceModels = pickle.load(file)  # noqa: S301 - our own cache, keyed by content
    return models


def _name(folder: Path) -> str:
    """Changes with every row, and with the code and library that learn."""
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    return sha256("\n".join((version_of(folder), version("scikit-learn"), code)).encode()).hexdigest()[:24]


def _learn(folder: Path, name: str) -> VoiceModels:
    # only now: the learning library takes a second to load, and a process that finds its models never needs it
    from bot.understanding.voices.training import learnt  # noqa: PLC0415

    return learnt(load_voices(folder), name)


if __name__ == "__main__":
    asked, found = Path(sys.argv[1]), Path(sys.argv[2])
    keep(found, pickle.dumps(_learn(asked, _name(asked))))
