"""The approved words of the web: what it answers with when something cannot be done, and what the console's pages say."""

from collections.abc import Mapping
from pathlib import Path

from bot.web.language import ENGLISH, Language
from handoff.text_files import TextFile, load_texts

HERE = Path(__file__).parent


class _Answers(TextFile):
    words: dict[str, str]


class _OfConsole(TextFile):
    words: dict[str, dict[str, str]]


def load_words() -> Mapping[str, str]:
    """The words for users; raises DataFaults with file and line."""
    return load_texts(_Answers, HERE / "words.yml", HERE.parents[1]).words


def load_console_words(language: Language = ENGLISH) -> Mapping[str, Mapping[str, str]]:
    """The words for staff, by what they are about; raises DataFaults with file and line."""
    return language.table(load_texts(_OfConsole, HERE / "console_words.yml", HERE.parents[1]).words)
