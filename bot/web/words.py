"""The approved words of the web: what it answers with when something cannot be done, and what the console's pages say."""

from collections.abc import Mapping
from pathlib import Path

from bot.web.language import ENGLISH, Language
from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).parent


class _Answers(Strict):
    words: dict[str, str]


class _OfConsole(Strict):
    words: dict[str, dict[str, str]]


def load_words() -> Mapping[str, str]:
    """The words for users; raises DataFaults with file and line."""
    return validated(_Answers, read_yaml(HERE / "words.yml", HERE.parents[1])).words


def load_console_words(language: Language = ENGLISH) -> Mapping[str, Mapping[str, str]]:
    """The words for staff, by what they are about; raises DataFaults with file and line."""
    return language.table(validated(_OfConsole, read_yaml(HERE / "console_words.yml", HERE.parents[1])).words)
