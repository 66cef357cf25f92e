"""The models that strangers' voices teach, kept: those of the voices in the tree lie beside them, others in the cache; else learnt."""

import subprocess
import sys
from pathlib import Path

from bot.understanding.voices.models import VoiceModels
from bot.understanding.voices.rows import DEFAULT, load_voices, teaches_words, version_of
from bot.understanding.voices.word_file import as_bytes, version_in, words_of
from handoff.kept import keep, recall

HERE = Path(__file__).parent
WORDS = HERE / "words.npz"
"""What the voices of the tree teach; made anew by `python -m bot.understanding.voices.cache`."""
LEARNS = (
    HERE / "training.py",
    HERE / "lessons.py",
    *(HERE.parent / "matching" / name for name in ("bases.py", "tfidf.py")),
)
ROOT = HERE.parents[2]


def cached_voices(folder: Path, cache: Path | None) -> VoiceModels | None:
    """The models of a folder of voices; None where there is no such folder. Raises DataFaults. What is not kept yet is learnt
    in a process of its own, which takes a gigabyte of memory and gives it back."""
    if not folder.is_dir():
        return None
    version = version_in_force(folder)
    if version_in(WORDS) == version:
        return words_of(WORDS, version)
    if cache is None:
        return _learn(folder, version)
    kept = cache / f"voices-{version}.npz"
    if recall(kept) is None:
        command = [sys.executable, "-m", "bot.understanding.voices.cache", str(folder.resolve()), str(kept.resolve())]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603 - our own program
    if not kept.exists():  # it failed there: here its faults are raised
        return _learn(folder, version)
    return words_of(kept, version)


def version_in_force(folder: Path) -> str:
    """Changes with every row that teaches words, and with the code that learns."""
    return version_of([*teaches_words(folder), *LEARNS])


def _learn(folder: Path, version: str) -> VoiceModels:
    # only now: the learning library takes a second to load, and a process that finds its models never needs it
    from bot.understanding.voices.training import learnt  # noqa: PLC0415

    return learnt(load_voices(folder), version)


if __name__ == "__main__":
    asked, found = (Path(sys.argv[1]), Path(sys.argv[2])) if len(sys.argv) > 1 else (DEFAULT, WORDS)
    keep(found, as_bytes(_learn(asked, version_in_force(asked))))
