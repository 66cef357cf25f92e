"""What a reader would stumble over: an item without words, a question that no button answers, a title that denies itself."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.authoring.wording import Text
from bot.understanding.articles import Library
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from handoff.data_files import Document, Fault

_EMPTY_ITEM = re.compile(r"^(?![ \t]*(?:[-*_][ \t]*){3,}$)[ \t]*(?:\d{1,2}[.)]|[-•*])[ \t]*([^\w\n]*)$", re.MULTILINE)
_IS_ASKED = re.compile(
    r"(?:(?:and|so|then|but|now) )?(?:is|are|was|were|does|do|did|can|could|has|have|will|would)\b(?: \S+){2,}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|,\s+")
_NEGATIVE = re.compile(r"\b(?:no|not|never|nothing|nobody|none|(?<=not )without)\b|\w+n't\b", re.IGNORECASE)
_TO_READER = re.compile(r"\b(?:you|your|yours|we|(?-i:us|Us))\b", re.IGNORECASE)
_OF_THE_TALK = "chat."


def item_faults(texts: Iterable[Text]) -> Iterator[Fault]:
    """Items of a list in which nothing stands."""
    for text in texts:
        for item in _EMPTY_ITEM.finditer(text.text) if text.steps else ():
            line = text.line + text.text.count("\n", 0, item.start()) + (not text.file.endswith(".md"))
            told = f"`{item[0].strip()}` is an item without words: write the step, or take the item out"
            yield Fault(text.file, line, told)


def issue_faults(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Questions and titles of issues that say little or the opposite."""
    for issue, intent in catalog.intents.items():
        document = documents[issue]
        yield from _titles(intent, document)
        for number, step in enumerate(intent.steps):
            closes = any(option.go == "solved" for option in step.options)
            if closes and not any(_IS_ASKED.match(part.strip()) for part in _SENTENCE.split(step.ask)):
                told = f"ask: `{step.ask}` is no question that its buttons answer: ask whether it works now, as in `Does it open now?`"
                yield document.fault(told, "steps", number, "ask")


def _titles(intent: Intent, document: Document) -> Iterator[Fault]:
    title = intent.title.replace("’", "'")
    if len(_NEGATIVE.findall(title)) > 1:
        yield document.fault(f"title: `{intent.title}` denies twice: name what the trouble is", "title")
    spoken = _TO_READER.search(title)
    if spoken and not intent.id.startswith(_OF_THE_TALK):
        told = f"title: `{spoken[0]}` speaks to the reader: a title only names the matter, and stands in letters and on buttons"
        yield document.fault(told, "title")


def named_twice_faults(library: Library) -> Iterator[Fault]:
    """Articles that name one audience twice, as happens when another is written over it."""
    for article in library.articles.values():
        named = list(article.about.audience)
        for one in dict.fromkeys(name for name in named if named.count(name) > 1):
            yield Fault(article.file, 1, f"`audience`: {one} stands here twice: name each of the readers once")
