"""The approved texts and forms of Slack, read from texts.yml and checked at the start."""

import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from handoff.data_files import Strict
from handoff.text_files import ChannelTexts, load_texts

HERE = Path(__file__).parent
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


class Input(Strict):
    """One question of a form: several lines, one line, a choice, or a box to tick."""

    id: str
    label: str = Field(max_length=48)
    kind: Literal["text", "line", "choice", "tick"]
    required: bool = False
    hint: str = Field("", max_length=150)
    options: dict[str, str] = Field(default_factory=dict)


class Form(Strict):
    """A form in a window of its own."""

    title: str = Field(max_length=24)
    submit: str = Field(max_length=24)
    close: str = Field(max_length=24)
    inputs: tuple[Input, ...]


class Words(ChannelTexts):
    """Everything approved for Slack."""

    texts: dict[str, str]
    problems: dict[str, str]
    forms: dict[str, Form]

    def text(self, name: str, /, **facts: object) -> str:
        """A text as Markdown, its facts shown as they are; raises KeyError for no such text or fact."""
        return self.texts[name].strip().format(**{key: literal(str(fact)) for key, fact in facts.items()})

    def problem(self, code: str, /, **facts: object) -> str:
        """Why something cannot be done; every code has a sentence."""
        return self.problems.get(code, self.problems["not_possible"]).format(**facts)


def literal(text: str) -> str:
    """A fact inside Markdown that means nothing but itself."""
    return _MARKDOWN.sub(r"\\\1", text)


def load_words(path: Path = HERE / "texts.yml") -> Words:
    """The words of Slack; raises DataFaults with file and line."""
    return load_texts(Words, path, HERE.parents[2])
