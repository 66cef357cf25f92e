"""The approved texts of Teams, read from texts.yml and checked at the start."""

import re
from functools import cache
from pathlib import Path

from handoff.text_files import ChannelTexts, load_texts

HERE = Path(__file__).parent
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


class Words(ChannelTexts):
    """Everything approved for Teams."""

    texts: dict[str, str]

    def text(self, name: str, /, **facts: object) -> str:
        """A text as Markdown, its facts shown as they are; raises KeyError for no such text or fact."""
        shown = {key: _MARKDOWN.sub(r"\\\1", str(fact)) for key, fact in facts.items()}
        return self.texts[name].strip().format(**shown)


@cache
def load_words(path: Path = HERE / "texts.yml") -> Words:
    """The words of Teams; raises DataFaults with file and line."""
    return load_texts(Words, path, HERE.parents[2])
