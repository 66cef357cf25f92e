"""Where everything lies that people edit, and one word for the state of all of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bot.channel_files import of_channels
from handoff.data_files import DataFaults, read_yaml

ROOT = Path(__file__).resolve().parents[2]
BOT, HANDOFF = ROOT / "bot", ROOT / "handoff"
KINDS = frozenset((".yml", ".yaml", ".md", ".j2", ".json", ".html", ".txt", ".po"))
CODE = ("authoring", "understanding", "dialogue", "languages")
OF_CODE = (".py", ".pyc")


@dataclass(frozen=True)
class ContentPaths:
    """The folders and files of one state of the product. What is ours by default can lie elsewhere, as a copy does."""

    intents: Path = ROOT / "intents"
    articles: Path = ROOT / "kb_articles"
    guide: Path = HANDOFF / "guide"
    templates: Path = HANDOFF / "templates"
    rules: Path = BOT / "understanding" / "rules"
    lines: Path = BOT / "dialogue"
    channels: Path = BOT / "channels"
    web: Path = BOT / "web"
    simulated: Path = BOT / "simulation" / "scenario.yml"
    troubles: Path = BOT / "actions" / "ops_alerts.yml"
    """What is said of every way that stands still; what a channel brings of its own stands in its `alerts.yml`."""
    limits: Path = BOT / "actions" / "message_limits.yml"
    documents: Path = ROOT / "docs"
    languages: Path = BOT / "languages"

    def files(self) -> Iterator[Path]:
        """Every file that can change what a person reads or what is understood, in a fixed order."""
        for folder in (self.intents, self.guide, self.templates, self.rules, self.lines, self.languages):
            yield from _in(folder, "*")
        yield from _in(self.articles, "**/*")
        for folder in (self.channels, self.web):
            yield from _in(folder, "**/*")
        yield from (self.simulated, self.troubles, self.limits)
        yield from self.checklists()

    def alerts(self) -> Iterator[tuple[Path, Path]]:
        """The files about what stands still, ours and those of the channels, and the folder that each name is told from."""
        yield self.troubles, self.troubles.parents[2]
        yield from ((path, self.channels.parents[1]) for path in of_channels("alerts.yml", self.channels))

    def catalogs(self) -> Iterator[tuple[Path, Path]]:
        """What the console says in other languages, likewise."""
        place = "locale/*/LC_MESSAGES/*.po"
        yield from ((path, self.web.parents[1]) for path in sorted(self.web.glob(place)))
        yield from ((path, self.channels.parents[1]) for path in of_channels(place, self.channels))

    def checklists(self) -> list[Path]:
        """The documents that staff are shown on a ticket: those that tiers.yml names."""
        try:
            tiers = read_yaml((self.guide / "tiers.yml").resolve(), self.guide.resolve().parents[1])
        except DataFaults:
            return []
        named = {str(name) for team in tiers.table("teams") if (name := tiers.at("teams", team, "checklist"))}
        return [self.documents / f"{name}.md" for name in sorted(named)]

    def path_of(self, file: str) -> Path:
        """Where a file lies that is named as in the repository, in a copy too."""
        homes = {
            "intents/": self.intents,
            "kb_articles/": self.articles,
            "handoff/guide/": self.guide,
            "handoff/templates/": self.templates,
            "bot/dialogue/": self.lines,
            "bot/languages/": self.languages,
            "bot/channels/": self.channels,
            "bot/web/": self.web,
            "docs/": self.documents,
        }
        home = next(home for home in homes if file.startswith(home))
        return homes[home] / file.removeprefix(home)

    def fingerprint(self) -> str:
        """A word that changes with any byte of any file, and with the code that judges and reads them."""
        whole = sha256(_code().encode())
        for path in self.files():
            whole.update(f"\n{path.parent.name}/{path.name}\n".encode())
            whole.update(path.read_bytes() if path.is_file() else b"")
        return whole.hexdigest()[:24]

    def meaning(self, told: bytes) -> str:
        """A word that stays while only wording changes: for what `told` says of the intents, and every other file that decides
        what is understood and done."""
        whole = sha256(_code().encode() + told)
        for folder in (self.guide, self.rules, self.lines, self.languages):
            for path in _in(folder, "*"):
                whole.update(path.name.encode() + path.read_bytes())
        return whole.hexdigest()[:24]

    def ground(self) -> str:
        """A word that stays while only intents files change: for the guide, the names on screens, and the code that judges."""
        glossary = self.articles / "glossary.yml"
        whole = sha256(_code().encode() + (glossary.read_bytes() if glossary.is_file() else b""))
        for path in _in(self.guide, "*"):
            whole.update(path.name.encode() + path.read_bytes())
        return whole.hexdigest()[:24]

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """A cheap sign of change of what is taken up while the bot runs: names, times and sizes."""
        found = []
        for path in (
            *_in(self.intents, "*"),
            *_in(self.articles, "**/*"),
            *_in(self.rules, "*"),
            *_in(self.lines, "*"),
            *_in(self.languages, "*"),
            *_in(self.templates, "*"),
        ):
            try:
                facts = path.stat()
            except OSError:
                continue
            found.append((str(path), facts.st_mtime_ns, facts.st_size))
        return tuple(found)


def stamp_of(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Names, times and sizes of everything under the folders but code: a change that no event told of is seen too."""
    found = {}
    for folder in folders:
        for path in (path for path in folder.rglob("*") if path.suffix not in OF_CODE):
            try:
                facts = path.stat()
            except OSError:
                continue
            found[str(path)] = (facts.st_mtime_ns, facts.st_size)
    return found


def _in(folder: Path, pattern: str) -> list[Path]:
    return sorted(
        path for path in folder.glob(pattern) if path.suffix in KINDS and not path.name.startswith((".", "#", "~"))
    )


@cache
def _code() -> str:
    """A word for what judges and reads, and for what the reader was taught."""
    paths = [path for part in CODE for path in sorted((BOT / part).rglob("*.py"))]
    paths += [*sorted(HANDOFF.rglob("*.py")), *sorted((BOT / "authoring").glob("*.yml")), BOT / "mind.py"]
    paths += [*sorted((BOT / "understanding").rglob("*.npz")), *sorted((ROOT / "voices").rglob("*.jsonl"))]
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
