"""The assistant's approved lines: rendered strictly, each with the place it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from bot.dialogue.conversation import Source
from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).parent
_environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - Markdown, escaped where it is shown


class LineReview(Strict):
    owner: str
    checked: date


class LinesFile(Strict):
    review: LineReview
    lines: dict[str, str]


class LanguageTexts(Strict):
    name: str
    emergency: str
    handed_on: str


class LanguagesFile(Strict):
    review: LineReview
    languages: dict[str, LanguageTexts]


@dataclass(frozen=True)
class Lines:
    """Every approved line of the assistant, by name, and the short texts in other languages."""

    texts: Mapping[str, str]
    languages: Mapping[str, LanguageTexts]
    file: str = "bot/dialogue/lines.yml"
    languages_file: str = "bot/dialogue/languages.yml"

    def line(self, name: str, /, **facts: Any) -> tuple[str, Source]:
        """The line filled with facts, and its source; raises KeyError for no such line and UndefinedError for no such fact."""
        text = self.texts[name]
        return _environment.from_string(text).render(facts).strip(), Source(self.file, name, fingerprint(text))

    def label(self, name: str) -> str:
        """A line that stands on a button."""
        return self.texts[name].strip()

    def in_language(self, code: str, name: str) -> tuple[str, Source] | None:
        """A short text in another language, or None when that language has none."""
        if code not in self.languages:
            return None
        text: str = getattr(self.languages[code], name)
        return text.strip(), Source(self.languages_file, f"{code}.{name}", fingerprint(text))


def fingerprint(text: str) -> str:
    """Twelve characters that change with the text."""
    return sha256(text.encode()).hexdigest()[:12]


def load_lines(folder: Path = HERE) -> Lines:
    """The lines of a folder; raises DataFaults with file and line."""
    root = HERE.parents[1]
    lines = validated(LinesFile, read_yaml(folder / "lines.yml", root))
    languages = validated(LanguagesFile, read_yaml(folder / "languages.yml", root))
    return Lines(lines.lines, languages.languages)
