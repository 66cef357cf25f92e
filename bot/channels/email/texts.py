"""The approved texts of e-mail, read from texts.yml and checked at the start."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

from handoff.text_files import ChannelTexts, load_texts

HERE = Path(__file__).parent
_environment = Environment(
    loader=DictLoader({path.name: path.read_text(encoding="utf-8") for path in (HERE / "templates").glob("*.html")}),
    undefined=StrictUndefined,
    autoescape=select_autoescape(default=True, default_for_string=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


class Words(ChannelTexts):
    """Everything approved for e-mail and for the page behind its links."""

    texts: dict[str, str]
    pages: dict[str, str]


@cache
def load_email_words(path: Path = HERE / "texts.yml") -> Words:
    """The words of e-mail; raises DataFaults with file and line."""
    return load_texts(Words, path, HERE.parents[2])


def fill_html(template: str, facts: Mapping[str, object]) -> str:
    """A template of ours with these facts, everything escaped."""
    return _environment.get_template(template).render(facts)
