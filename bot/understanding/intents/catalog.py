"""intents/*.yml -> one frozen Catalog; every fault of every file at once, with its line."""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Phrase
from handoff.data_files import DataFaults, Document, Fault, read_yaml, shown, validated, yaml_files
from handoff.kept import keep, recall

HERE = Path(__file__).resolve().parents[3]
DEFAULT = HERE / "intents"
Entry = tuple[Intent, str, str, tuple[Phrase, ...]]
"""An issue, its file, the word for its content, and its examples."""
MADE_BY = (Path(__file__), Path(__file__).with_name("intent_file.py"))
"""The code that a kept file was read by; another version of it reads anew."""


@dataclass(frozen=True)
class Catalog:
    """Every known issue, by id, in one version."""

    intents: Mapping[str, Intent]
    files: Mapping[str, str]
    hashes: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    version: str

    def title(self, issue: str) -> str:
        """What people call the issue; the words of its id for one that is not in the catalogue any more."""
        known = self.intents.get(issue)
        return known.title if known else issue.rpartition(".")[2].replace("_", " ").capitalize()


def load_catalog(folder: Path = DEFAULT, cache: Path | None = None, told_elsewhere: Iterable[str] = ()) -> Catalog:
    """The issues of a folder; raises DataFaults with every fault. `cache` keeps parsed files, keyed by their content. Who tells of
    some issues that they are gone names them in `told_elsewhere`."""
    root = folder.resolve().parent
    parsed: dict[str, Entry] = {}
    faults: list[Fault] = []
    paths = list(yaml_files(folder))
    if not paths:
        raise DataFaults([Fault(shown(folder, root), 1, "no intents here: the folder holds no .yml file")])
    for path in paths:
        try:
            entry = _read(path.resolve(), root, cache)
        except DataFaults as error:
            faults += error.faults
            continue
        intent, file = entry[0], entry[1]
        if intent.id in parsed:
            faults.append(Fault(file, 1, f"`{intent.id}` is also in {parsed[intent.id][1]}: keep one file per issue"))
        parsed[intent.id] = entry
    faults += _dangling(parsed, {*(path.stem.replace("_", ".", 1) for path in paths), *told_elsewhere})
    catalog = _catalog_of(parsed)
    if faults:
        raise DataFaults(faults, catalog)
    return catalog


def _catalog_of(parsed: Mapping[str, Entry]) -> Catalog:
    hashes = {issue: entry[2] for issue, entry in sorted(parsed.items())}
    version = sha256("\n".join(f"{issue} {digest}" for issue, digest in hashes.items()).encode()).hexdigest()[:16]
    return Catalog(
        intents={issue: entry[0] for issue, entry in sorted(parsed.items())},
        files={issue: entry[1] for issue, entry in parsed.items()},
        hashes={issue: digest[:12] for issue, digest in hashes.items()},
        phrases=tuple(phrase for _, entry in sorted(parsed.items()) for phrase in entry[3]),
        version=version,
    )


def _read(path: Path, root: Path, cache: Path | None) -> Entry:
    file = shown(path, root)
    try:
        digest = sha256(b"".join(source.read_bytes() for source in (path, *MADE_BY))).hexdigest()
    except OSError as error:
        raise DataFaults([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error
    kept = cache / f"intent-{digest[:32]}.pickle" if cache else None
    if kept and (content := recall(kept)) is not None:
        intent, lines = pickle.loads(content)  # noqa: S301 - our own cache, keyed by content
    else:
        document = read_yaml(path, root)
        intent = validated(Intent, document)
        faults = own_faults(intent, document)
        if faults:
            raise DataFaults(faults)
        lines = [document.line("examples", index) for index in range(len(intent.examples))]
        if kept:
            keep(kept, pickle.dumps((intent, lines)))
    phrases = tuple(Phrase(text, intent.id, file, line) for text, line in zip(intent.examples, lines, strict=True))
    return intent, file, digest, phrases


def own_faults(intent: Intent, document: Document) -> list[Fault]:
    """What is wrong inside one file that its schema cannot say: names, ways that lead nowhere, steps nobody reaches."""
    faults = []
    if Path(document.file).stem != intent.id.replace(".", "_"):
        faults.append(
            document.fault(f"the file of `{intent.id}` must be called {intent.id.replace('.', '_')}.yml", "id")
        )
    if intent.tier == 1 and (not intent.steps or not intent.kb):
        faults.append(document.fault("a tier 1 issue needs steps and a page of the knowledge base (`kb`)", "tier"))
    steps = {step.id: step for step in intent.steps}
    if len(steps) < len(intent.steps):
        faults.append(document.fault("two steps have the same id", "steps"))
    reached: set[str] = set()
    ahead = [intent.steps[0].id] if intent.steps else []
    while ahead:
        name = ahead.pop()
        if name in reached or name not in steps:
            continue
        reached.add(name)
        ahead += [option.go for option in steps[name].options]
    for index, step in enumerate(intent.steps):
        if step.id not in reached:
            faults.append(document.fault(f"no option leads to step `{step.id}`", "steps", index))
        for number, option in enumerate(step.options):
            if option.go not in steps and option.go not in ("solved", "handoff", "emergency") and "." not in option.go:
                faults.append(document.fault(f"`go: {option.go}` is no step", "steps", index, "options", number))
    return faults


def _dangling(parsed: Mapping[str, Entry], known: set[str]) -> list[Fault]:
    """Options and tests that name an issue which does not exist, not even in a file with faults of its own."""
    faults = []
    for intent, file, _, _ in parsed.values():
        named = [option.go for step in intent.steps for option in step.options if "." in option.go]
        named += [miss.expect for miss in intent.tests.near_miss if miss.expect]
        named += [neighbour.to for neighbour in intent.gives_way]
        faults += [Fault(file, 1, f"`{name}` is no issue of the catalogue") for name in named if name not in known]
    return faults
