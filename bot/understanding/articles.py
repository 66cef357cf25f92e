"""kb_articles/*/*.md -> the help center's articles, and the search over their sections."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from jinja2 import Environment, StrictUndefined, UndefinedError
from pydantic import Field
from scipy.sparse import csr_matrix

from bot.understanding.intents.catalog import HERE
from bot.understanding.matching.tfidf import Tfidf, word_pairs
from bot.understanding.text.plain import plain, telling_words
from handoff.data_files import DataFaults, Fault, Strict, parse_yaml, read_yaml, shown, validated
from handoff.policy.texts import KnowledgeBase

DEFAULT = HERE / "kb_articles"
FEWEST_WORDS, MOST_WORDS = 250, 600
MOST_KEPT = 60
"""So many articles are at hand as they were read: four states of all of them."""
Names = tuple[tuple[str, str], ...]
"""What the glossary calls things, by the word for each."""
LAST_SECTION = "Still stuck?"
ENOUGH_LIKE = 0.18
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - Markdown, cleaned where it is shown


class FrontMatter(Strict):
    """Who answers for an article, for whom it is, and until when it may be shown."""

    title: str
    owner: str
    reviewed: date
    review_due: date
    audience: Annotated[tuple[Literal["patient", "doctor", "staff"], ...], Field(min_length=1)]
    issues: tuple[str, ...]
    summary: str


class GlossaryEntry(Strict):
    """A name of SmartMed's own screens, and where it is used."""

    text: str
    where: str = ""


class Glossary(Strict):
    entries: dict[str, GlossaryEntry]


@dataclass(frozen=True)
class Section:
    """A part of an article that can be linked to."""

    page: str
    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Article:
    """One page of the help center, with the names of the glossary filled in."""

    page: str
    file: str
    about: FrontMatter
    body: str
    sections: tuple[Section, ...]
    hash: str

    def served(self, today: date) -> bool:
        """False once the review date has passed: it is then no longer shown."""
        return today <= self.about.review_due

    def as_reviewed(self, day: date) -> "Article":
        """The article when somebody has signed it off on that day: good from then on for as long as its file gives it."""
        if day <= self.about.reviewed:
            return self
        dates = {"reviewed": day, "review_due": day + (self.about.review_due - self.about.reviewed)}
        return replace(self, about=self.about.model_copy(update=dates))


@dataclass(frozen=True)
class Found:
    """A section that may help, and how alike it is to the question (0 to 1)."""

    section: Section
    title: str
    likeness: float


class Library:
    """All articles, and the search over their sections."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self.articles = articles
        self._sections = [s for article in articles.values() for s in article.sections if s.heading != LAST_SECTION]
        texts = [plain(f"{articles[s.page].about.title} {s.heading} {s.heading} {s.text}") for s in self._sections]
        self._words, self._matrix = _learnt(tuple(texts))

    def as_reviewed(self, on: Mapping[str, date]) -> "Library":
        """The same articles, those counted as reviewed that were signed off since their file was written."""
        reviewed = copy(self)
        reviewed.articles = {page: one.as_reviewed(on.get(page, date.min)) for page, one in self.articles.items()}
        return reviewed

    def served(self, today: date) -> list[Article]:
        """The articles that may be shown on this day, in the guide's order."""
        return [article for article in self.articles.values() if article.served(today)]

    def search(self, text: str, today: date, role: str = "patient", most: int = 3) -> list[Found]:
        """Sections that may help, best first; only for this role, and only what is still within its review date."""

        def may_be_shown(found: Found) -> bool:
            article = self.articles[found.section.page]
            return role in article.about.audience and article.served(today)

        return list(islice(filter(may_be_shown, self._alike(text)), most))

    def about(self, text: str) -> list[str]:
        """Pages with a section on this, the most alike first; for people who look after them, so dates do not count."""
        return list(dict.fromkeys(found.section.page for found in self._alike(text)))

    def _alike(self, text: str) -> Iterator[Found]:
        scores = (self._matrix @ self._words.matrix([plain(text)]).T).toarray().ravel()
        for index in scores.argsort()[::-1]:
            if scores[index] < ENOUGH_LIKE:
                return
            section = self._sections[index]
            yield Found(section, self.articles[section.page].about.title, float(scores[index]))


@lru_cache(maxsize=2)
def _learnt(texts: tuple[str, ...]) -> tuple[Tfidf, csr_matrix]:
    """The words of sections and their matrix: the same as before wherever no article was edited."""
    return Tfidf.learnt(texts, telling_pairs)


def telling_pairs(text: str) -> list[str]:
    """The words that tell something, and each two of them side by side."""
    return word_pairs(" ".join(telling_words(text)))


def anchor_of(heading: str) -> str:
    """The address of a heading inside its page."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def load_library(rules: KnowledgeBase, folder: Path = DEFAULT) -> Library:
    """Every article of the guide's tree; raises DataFaults with every fault and its line."""
    root = folder.resolve().parent
    faults: list[Fault] = []
    articles: dict[str, Article] = {}
    names = tuple(_glossary(folder, root).items())
    known = set(rules.pages())
    for path in sorted(folder.glob("*/*.md")):
        page = path.relative_to(folder).with_suffix("").as_posix()
        file = shown(path.resolve(), root)
        if page not in known:
            faults.append(Fault(file, 1, "this page is not in the guide's tree (handoff/guide/knowledge_base.yml)"))
            continue
        try:
            articles[page] = _read(path.read_text(encoding="utf-8"), page, file, names)
        except DataFaults as error:
            faults += error.faults
    missing = [page for page in rules.pages() if page not in articles and not any(page in f.file for f in faults)]
    faults += [
        Fault(f"{shown(folder.resolve(), root)}/{page}.md", 1, "this page of the guide is missing") for page in missing
    ]
    library = Library({page: articles[page] for page in rules.pages() if page in articles})
    if faults:
        raise DataFaults(faults, library)
    return library


def _glossary(folder: Path, root: Path) -> dict[str, str]:
    document = read_yaml(folder.resolve() / "glossary.yml", root)
    glossary = validated(Glossary, type(document)(document.file, {"entries": document.data}, document.lines))
    return {key: entry.text for key, entry in glossary.entries.items()}


@lru_cache(maxsize=MOST_KEPT)
def _read(text: str, page: str, file: str, names: Names) -> Article:
    front = FRONT.match(text)
    if front is None:
        raise DataFaults([Fault(file, 1, "the page must begin with its front matter between two lines of ---")])
    about = validated(FrontMatter, parse_yaml(front[1], file, first_line=2))
    first = front[0].count("\n") + 1
    raw = text[front.end() :]
    try:
        body = _environment.from_string(raw).render(dict(names))
    except UndefinedError as error:
        raise DataFaults([Fault(file, first, f"a name of the glossary is missing: {error.message}")]) from error
    faults = []
    words = len(body.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        faults.append(Fault(file, first, f"{words} words: an article has {FEWEST_WORDS} to {MOST_WORDS}"))
    if LAST_SECTION not in _HEADING.findall(body):
        faults.append(Fault(file, first, f"the last section `## {LAST_SECTION}` is missing"))
    if faults:
        raise DataFaults(faults)
    return Article(page, file, about, body, tuple(_sections(page, about, body)), sha256(text.encode()).hexdigest()[:12])


def _sections(page: str, about: FrontMatter, body: str) -> list[Section]:
    heads = list(_HEADING.finditer(body))
    start = heads[0].start() if heads else len(body)
    sections = [Section(page, "", about.title, f"{about.summary} {body[:start]}")]
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(body)
        sections.append(Section(page, anchor_of(head[1]), head[1], body[head.end() : end]))
    return sections
