"""How well strangers are understood who were never learnt from: by writer, as a user would have met it, and what to do next."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Step
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.reader import Reader
from bot.understanding.reading import DANGEROUS, Reading
from bot.understanding.replying.replies import ReplyReader
from bot.understanding.voices.rows import Alarm, Answered, Voice, Voices

TEMPLATES = Path(__file__).parent / "templates"
MOST_TO_DO, AT_ONCE = 5, 100
_environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
Told = Callable[[str, float], None]


@dataclass(frozen=True)
class Score:
    """How one writer's messages were read; every figure is a number of messages."""

    writer: str
    messages: int
    right: int
    answered: int
    offered: int
    people: int
    wrong: int
    """Given the steps of another issue."""


@dataclass(frozen=True)
class DangerScore:
    """What became of messages of danger, and of those that only sound like it."""

    dangerous: int
    shown: int
    harmless: int
    alarmed: int
    asked: int


@dataclass(frozen=True)
class Misread:
    """A message that was taken for another issue."""

    message: Voice
    taken_for: str
    confidence: float


@dataclass(frozen=True)
class Evaluation:
    """Everything that was measured, and the five things to do next."""

    scores: tuple[Score, ...]
    danger: DangerScore
    replies: int
    replies_right: int
    solved_by_mistake: int
    misread: tuple[Misread, ...]
    to_do: tuple[str, ...] = field(default=())

    @property
    def accuracy(self) -> float:
        """The share of messages whose issue was right."""
        return sum(score.right for score in self.scores) / max(1, sum(score.messages for score in self.scores))


def evaluate(reader: Reader, replies: ReplyReader, kept: Voices, told: Told | None = None) -> Evaluation:
    """Read everything that the kept writers wrote, as if it came today."""
    say = told or (lambda _what, _part: None)
    readings = _readings(reader, [message.text for message in kept.messages], lambda part: say("messages", 0.7 * part))
    read = list(zip(kept.messages, readings, strict=True))
    say("danger", 0.75)
    danger = _danger(reader, kept.alarms)
    say("replies", 0.85)
    right, mistaken = _replies(reader.catalog, replies, kept.replies)
    misread = tuple(
        Misread(message, reading.issue, reading.confidence)
        for message, reading in read
        if not _is_right(message, reading)
    )
    scores = tuple(
        _score(writer, [(m, r) for m, r in read if m.writer == writer])
        for writer in sorted({message.writer for message, _ in read})
    )
    say("done", 1.0)
    grave = [*_unseen(reader.catalog, danger), *_closed_too_soon(reader.catalog, mistaken)]
    to_do = (*grave, *_confused(reader.catalog, misread))[:MOST_TO_DO]
    return Evaluation(scores, danger, len(kept.replies), right, mistaken.total(), misread, to_do)


def _readings(reader: Reader, texts: Sequence[str], say: Callable[[float], None]) -> Iterator[Reading]:
    """Many messages, some at a time: quicker than one by one, in little memory."""
    for start in range(0, len(texts), AT_ONCE):
        say(start / len(texts))
        yield from reader.read_many(texts[start : start + AT_ONCE])


def _is_right(message: Voice, reading: Reading) -> bool:
    shown = reading.decision in DANGEROUS
    return reading.issue == message.label or (message.label == EMERGENCY and shown)


def _score(writer: str, read: Sequence[tuple[Voice, Reading]]) -> Score:
    def offers(message: Voice, reading: Reading) -> bool:
        return reading.decision == "choose" and message.label in [one.issue for one in reading.candidates[:3]]

    return Score(
        writer=writer,
        messages=len(read),
        right=sum(_is_right(m, r) for m, r in read),
        answered=sum(r.decision == "answer" and r.issue == m.label for m, r in read),
        offered=sum(offers(m, r) for m, r in read),
        people=sum(r.decision in ("handoff", "emergency") for _, r in read),
        wrong=sum(r.decision == "answer" and r.issue != m.label for m, r in read),
    )


def _danger(reader: Reader, alarms: Sequence[Alarm]) -> DangerScore:
    found: Counter[tuple[bool, str]] = Counter(
        (one.danger, reading.decision)
        for one, reading in zip(alarms, _readings(reader, [a.text for a in alarms], lambda _: None), strict=True)
    )

    def count(dangerous: bool, *decisions: str) -> int:
        return sum(found[dangerous, decision] for decision in decisions)

    every = sum(number for (dangerous, _), number in found.items() if dangerous)
    return DangerScore(
        dangerous=every,
        shown=count(True, "emergency", "safety_check"),
        harmless=len(alarms) - every,
        alarmed=count(False, "emergency"),
        asked=count(False, "safety_check"),
    )


def _replies(catalog: Catalog, reader: ReplyReader, rows: Sequence[Answered]) -> tuple[int, Counter[tuple[str, str]]]:
    """How many replies have the effect that was meant, and how many at each step were taken for solved that were not."""
    right, mistaken = 0, Counter[tuple[str, str]]()
    for row in rows:
        intent = catalog.intents.get(row.issue)
        step = next((one for one in intent.steps if one.id == row.step), None) if intent else None
        if intent is None or step is None:
            continue
        meant = reader.to_step(row.reply, intent, step)
        right += _effect(step, meant.act, meant.button) == _effect(step, row.act, row.button)
        mistaken[row.issue, row.step] += meant.act == "helped" and row.act != "helped"
    return right, mistaken


def _effect(step: Step, act: str, button: str | None) -> tuple[str, str | None]:
    """What a reply does: a button that leads to where "it did not help" leads does the same."""
    return ("not_helped", None) if button == step.onward.label else (act, button)


def _unseen(catalog: Catalog, danger: DangerScore) -> Iterator[str]:
    """Danger that was not seen: before all else, because it costs most."""
    missed = danger.dangerous - danger.shown
    if missed:
        yield (
            f"{missed} × the numbers were not shown, of {danger.dangerous} messages of danger: add what people of yours wrote in "
            f"danger to {catalog.files[EMERGENCY]}, and tell the developers, who teach danger from many voices"
        )


def _closed_too_soon(catalog: Catalog, mistaken: Counter[tuple[str, str]]) -> Iterator[str]:
    """Replies by which nobody's trouble was over, and where most of them are."""
    if mistaken.total():
        (issue, step), most = mistaken.most_common(1)[0]
        yield (
            f"{mistaken.total()} × a reply was taken for solved by mistake, {most} × at the step `{step}`: look in "
            f"{catalog.files[issue]} whether its question asks for the result, and not for what was done"
        )


def _confused(catalog: Catalog, misread: Sequence[Misread]) -> Iterator[str]:
    """The confusions that cost most, each as something to do in a file."""
    found = Counter((one.message.label, one.taken_for) for one in misread)
    for (meant, taken_for), count in found.most_common(MOST_TO_DO):
        if meant in catalog.intents and taken_for in catalog.intents:
            yield (
                f"{count} × {catalog.title(meant)} was taken for {catalog.title(taken_for)}: "
                f"add examples of yours to {catalog.files[meant]} that say what tells the two apart"
            )


def shown(found: Evaluation, against: Evaluation | None = None) -> str:
    """The figures in plain words, and beside those of the version in force where there is one to compare with."""
    lines = [
        f"Of {sum(s.messages for s in found.scores)} messages of writers never learnt from, {found.accuracy:.1%} are understood."
    ]
    if against is not None:
        lines.append(f"In force now: {against.accuracy:.1%} (this version {found.accuracy - against.accuracy:+.1%}).")
    for score in found.scores:
        lines.append(
            f"  {score.writer:5} {score.messages:4} messages: right {score.right / max(1, score.messages):.1%}, "
            f"answered {score.answered}, offered {score.offered}, to people {score.people}, another issue's steps {score.wrong}"
        )
    danger = found.danger
    lines.append(
        f"Danger: {danger.shown} of {danger.dangerous} shown the numbers; of {danger.harmless} harmless ones "
        f"{danger.alarmed} alarmed, {danger.asked} asked."
    )
    lines.append(
        f"Replies to steps: {found.replies_right} of {found.replies} read as meant, "
        f"{found.solved_by_mistake} taken for solved by mistake."
    )
    lines.append("What to do next:")
    lines += [f"  {number}. {one}" for number, one in enumerate(found.to_do, start=1)] or ["  nothing stands out"]
    return "\n".join(lines)


def page(found: Evaluation) -> str:
    """The same as a page, with every message that was misread."""
    return _environment.get_template("evaluation.html.j2").render(found=found)
