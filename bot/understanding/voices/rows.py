"""voices/: what strangers wrote, each with who wrote it. It teaches; the intents files say what is answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from bot.understanding.intents.intent_file import IntentId, Name, Role
from handoff.data_files import DataFaults, Fault, Strict, read_yaml, shown, validated

HERE = Path(__file__).resolve().parents[3]
DEFAULT = HERE / "voices"
RIGHT = "none"
"""What is said of a text with which nothing is wrong."""


Wrong = Literal["secret", "promise", "blame", "clinical", "unsafe", "none"]


class Voice(Strict):
    """One message of a writer, with the issue that two readers gave it."""

    text: str
    label: IntentId
    writer: str
    lang: str = "en"


class Alarm(Strict):
    """One message of a writer: may somebody be in danger?"""

    text: str
    danger: bool
    writer: str
    lang: str = "en"


class Told(Strict):
    """One message of a writer, and the facts of handoff/guide/priorities.yml that its words state."""

    text: str
    signals: tuple[Name, ...]
    writer: str
    lang: str = "en"


class Worded(Strict):
    """One text as support might write it, and what is wrong with it: `none` where nothing is."""

    text: str
    wrong: Wrong
    writer: str
    lang: str = "en"


class Done(Strict):
    """One first message of a writer, and the steps of its issue that its words say were done already."""

    text: str
    issue: IntentId
    steps: tuple[Name, ...]
    writer: str
    lang: str = "en"


class Answered(Strict):
    """What a writer typed while a step was before them, and what they meant: an act, or the label of a button."""

    issue: IntentId
    step: Name
    reply: str
    act: str
    button: str | None = None
    role: Role = "patient"
    writer: str
    lang: str = "en"


class Aside(Strict):
    """What a writer asked about the step before them, and the answer of the issue's `glossary` that two readers found for it, named by
    its first question; null where none of them answers it."""

    issue: IntentId
    step: Name
    ask: str
    answer: str | None
    writer: str
    lang: str = "en"


class Asked(Strict):
    """What a writer typed to another question of ours, or while a request was open (`kind`), and what they meant."""

    kind: Literal["gather", "choose", "safety", "resolved", "waiting", "ended"]
    reply: str
    act: str
    writer: str
    lang: str = "en"


class Writer(Strict):
    """Whose voice it is; `learnt: false` keeps all that they wrote for measuring. `judged: urgent`: of the facts in what they
    wrote only those that make a request urgent were judged; of the others it says nothing."""

    voice: str
    learnt: bool = True
    judged: Literal["all", "urgent"] = "all"


class WritersFile(Strict):
    writers: dict[str, Writer]


Part = Literal["learnt", "held_out"]
Row = TypeVar("Row", Voice, Alarm, Told, Done, Answered, Aside, Asked, Worded)


@dataclass(frozen=True)
class Voices:
    """All that strangers wrote, of the writers who are learnt from or of those who never are."""

    messages: tuple[Voice, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    signals: tuple[Told, ...] = ()
    done: tuple[Done, ...] = ()
    replies: tuple[Answered, ...] = ()
    answers: tuple[Asked, ...] = ()
    asides: tuple[Aside, ...] = ()
    wording: tuple[Worded, ...] = ()
    """What support might write, right and wrong; for the gate."""
    half_judged: frozenset[str] = frozenset()
    """Writers in whose words only urgent facts were judged."""

    @property
    def urgent(self) -> frozenset[str]:
        """The facts that were judged in everybody's words; all of them where nobody's were half judged."""
        told = [one for one in self.signals if one.writer in self.half_judged or not self.half_judged]
        return frozenset(name for one in told for name in one.signals)


def version_of(paths: Sequence[Path]) -> str:
    """Changes with every letter of these files."""
    return sha256(b"\n".join(path.read_bytes() for path in paths)).hexdigest()[:24]


def teaches_words(folder: Path) -> list[Path]:
    """The files whose rows teach the models over words."""
    others = ("danger.jsonl", "answers.jsonl", "signals.jsonl", "tried.jsonl", "writers.yml")
    rows = [path for part in ("messages", "replies") for path in sorted((folder / part).glob("*.jsonl"))]
    return rows + [path for name in others if (path := folder / name).is_file()]


def load_voices(folder: Path = DEFAULT, part: Part = "learnt") -> Voices:
    """The voices of a folder, or none where there is none; raises DataFaults with file and line."""
    if not folder.is_dir():
        return Voices()
    return _loaded(folder.resolve(), part)


@lru_cache(maxsize=2)
def _loaded(folder: Path, part: Part) -> Voices:
    writers = validated(WritersFile, read_yaml(folder / "writers.yml", folder.parent)).writers
    faults: list[Fault] = []

    def rows(kind: type[Row], *paths: Path) -> tuple[Row, ...]:
        return tuple(row for path in paths for row in _rows(kind, path, writers, part, faults))

    found = Voices(
        messages=rows(Voice, *sorted(folder.glob("messages/*.jsonl"))),
        alarms=rows(Alarm, folder / "danger.jsonl"),
        signals=rows(Told, folder / "signals.jsonl"),
        done=rows(Done, folder / "tried.jsonl"),
        replies=rows(Answered, *sorted(folder.glob("replies/*.jsonl"))),
        answers=rows(Asked, folder / "answers.jsonl"),
        asides=rows(Aside, *folder.glob("asides.jsonl")),
        wording=rows(Worded, *folder.glob("wording.jsonl")),
        half_judged=frozenset(name for name, one in writers.items() if one.judged == "urgent"),
    )
    if faults:
        raise DataFaults(faults)
    return found


def _rows(kind: type[Row], path: Path, writers: dict[str, Writer], part: Part, faults: list[Fault]) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = kind.model_validate_json(line)
        except ValidationError as error:
            faults.append(
                Fault(shown(path, path.parents[1]), number, f"not a row of this file: {error.errors()[0]['msg']}")
            )
            continue
        if row.writer not in writers:
            message = f"`{row.writer}` is not in voices/writers.yml: say there whose voice it is"
            faults.append(Fault(shown(path, path.parents[1]), number, message))
        elif writers[row.writer].learnt == (part == "learnt"):
            yield row
