"""Files of texts that people read: each says who answers for it and when somebody last read it, and all are read in one way."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from handoff.data_files import Strict, read_yaml, validated


class Review(Strict):
    """Who answers for the text, and when it was last checked."""

    owner: str
    """Who answers for the texts of this file."""
    checked: date
    """The day on which somebody last read all of it and found it right."""


class TextFile(Strict):
    """What every such file holds."""

    review: Review


class ChannelTexts(TextFile):
    """What the texts of a channel hold besides."""

    for_staff: tuple[str, ...] = ()
    """What only staff read: a table, or a text with its table before it (`texts.card_line`, `texts.card_*`). Users read the rest."""


File = TypeVar("File", bound=TextFile)


def load_texts(file: type[File], path: Path, root: Path) -> File:
    """The texts of a file (YAML, or JSON, which is YAML too); raises DataFaults with its name below `root` and the line."""
    return validated(file, read_yaml(path.resolve(), root.resolve()))
