"""Names that one file uses and another holds: issues, pages, rows, signals."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from bot.authoring.content_paths import BOT, HANDOFF, ContentPaths
from bot.authoring.texts import readable
from bot.understanding.articles import Article, Library, anchor_of
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from handoff.data_files import DataFaults, Document, Fault, read_yaml, shown, yaml_files
from handoff.policy.model import Policy

CODE = ("actions", "channels", "dialogue", "understanding", "web")
_ISSUE = re.compile(r"[\"']([a-z]+\.[a-z_]+)[\"']")
MOST_KEPT = 60
"""So many articles are at hand as they were looked at: four states of all of them."""
ALWAYS = frozenset(("safety", "chat", "escalate"))
"""Kinds of issues that there must be, whatever files are left."""
FOR_STAFF = "doctor."
"""Issues that only doctors and staff have; all others patients have too."""
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]*)")
_TYPOGRAPHIC = re.compile(r"^[“”„‘’«»].*[“”‘’«»]$")


def reference_faults(
    places: ContentPaths,
    policy: Policy,
    catalog: Catalog,
    documents: Mapping[str, Document],
    library: Library,
) -> Iterator[Fault]:
    """Every name that leads nowhere."""
    for issue, intent in catalog.intents.items():
        yield from intent_names(intent, documents[issue], policy)
        yield from _pages(intent, documents[issue], library)
        for index, other in enumerate(intent.covers):
            if other == issue or not _is_there(other, catalog):
                yield documents[issue].fault(f"`{other}` is no other issue", "covers", index)
            elif other in catalog.intents and catalog.intents[other].is_grave:
                told = f"`{other}` is grave: no other issue answers in its place"
                yield documents[issue].fault(told, "covers", index)
    yield from _ways_to_answer(places, policy, catalog, documents)
    yield from _listed(places.guide / "outage.yml", places.guide.parents[1], catalog, ("issues",))
    yield from _simulated(places, catalog)
    for article in library.articles.values():
        yield from _article(places, article, catalog, library)
        yield from _audience(policy, article)


def intent_names(intent: Intent, document: Document, policy: Policy) -> Iterator[Fault]:
    """Names of the guide that an intents file uses and the guide does not know."""
    signals = policy.priorities.signals
    for index, rule in enumerate(intent.signals):
        if rule.signal not in signals:
            yield document.fault(f"signal `{rule.signal}` is not in handoff/guide/priorities.yml", "signals", index)
        if rule.unless_nearer and rule.unless_nearer not in {
            other.signal for other in intent.signals if other is not rule
        }:
            message = f"`{rule.unless_nearer}` is not another signal of this file"
            yield document.fault(message, "signals", index, "unless_nearer")
    for index, step in enumerate(intent.steps):
        for number, option in enumerate(step.options):
            place = ("steps", index, "options", number)
            if option.signal and option.signal not in signals:
                yield document.fault(f"signal `{option.signal}` is not in handoff/guide/priorities.yml", *place)
            if _TYPOGRAPHIC.match(option.label):
                yield document.fault(f'{option.label} would be shown with its quotes: write them as ""', *place)
    for index, page in enumerate(intent.kb):
        if page.partition("#")[0] not in policy.knowledge_base.pages():
            yield document.fault(f"`{page}` is no page of the knowledge base", "kb", index)
    if intent.reason and intent.reason not in policy.escalation.to_tier_2:
        yield document.fault(f"reason `{intent.reason}` is not in handoff/guide/escalation.yml", "reason")
    known = {row.id for row in policy.escalation.gather}
    for index, name in enumerate(intent.gather):
        if name not in known:
            yield document.fault(f"`{name}` is no question of handoff/guide/escalation.yml", "gather", index)
    for index, row in enumerate(intent.rows):
        if row not in _rows_of_the_guide():
            yield document.fault(f"`{row}` is no row of handoff/guide/checklist.yml", "rows", index)


@cache
def _rows_of_the_guide() -> frozenset[str]:
    found: set[str] = set()
    ahead = [read_yaml(HANDOFF / "guide" / "checklist.yml", HANDOFF.parent).data]
    while ahead:
        part = ahead.pop()
        if isinstance(part, dict):
            found |= {str(key) for key in part}
            ahead += part.values()
    return frozenset(found)


def _pages(intent: Intent, document: Document, library: Library) -> Iterator[Fault]:
    for index, page in enumerate(intent.kb):
        name, _, anchor = page.partition("#")
        article = library.articles.get(name)
        if article and anchor and anchor not in {section.anchor for section in article.sections}:
            yield document.fault(f"`{name}` has no section `#{anchor}`", "kb", index)
        if article and intent.id not in article.about.issues:
            told = f"`{name}` does not name {intent.id} under its `issues`: link the page that is about it, or add it there"
            yield document.fault(told, "kb", index)
        if article and "patient" not in article.about.audience and not intent.id.startswith(FOR_STAFF):
            told = f"`{name}` is for {' and '.join(article.about.audience)}, and patients have this issue: link a page for them"
            yield document.fault(told, "kb", index)


def _ways_to_answer(
    places: ContentPaths, policy: Policy, catalog: Catalog, documents: Mapping[str, Document]
) -> Iterator[Fault]:
    """The choices of the question how to be answered, and what reach.yml makes of them: each means something, one means the chat."""
    wish = policy.reach.wish
    known = (*wish.by_email, *wish.by_phone)
    asked = 0
    for issue, intent in catalog.intents.items():
        for number, detail in enumerate(intent.details):
            if detail.id != wish.detail:
                continue
            asked += 1
            place = ("details", number, "choices")
            for way in known:
                if way not in detail.choices:
                    told = f"`{way}` of handoff/guide/reach.yml is no choice here: put it back, or change it there too"
                    yield documents[issue].fault(told, *place)
            for choice in [choice for choice in detail.choices if choice not in known][1:]:
                told = (
                    f"`{choice}` is no way to answer that handoff/guide/reach.yml knows: take it out, or add it there"
                )
                yield documents[issue].fault(told, *place, detail.choices.index(choice))
    if not asked:
        reach = read_yaml(places.guide / "reach.yml", places.guide.parents[1])
        yield reach.fault(f"detail: `{wish.detail}` is a question of no issue", "wish", "detail")


@cache
def ids_in_code() -> Mapping[str, str]:
    """What in the code looks like an issue, and where."""
    found: dict[str, str] = {}
    for path in [*(path for part in CODE for path in sorted((BOT / part).rglob("*.py"))), BOT / "mind.py"]:
        for issue in _ISSUE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(issue, shown(path, BOT.parent))
    return found


def needed_by_code(places: ContentPaths) -> Iterator[Fault]:
    """Issues that the code names and that have no file any more; a file is named after its issue."""
    folder = places.intents.resolve()
    kinds = {path.stem.partition("_")[0] for path in yaml_files(folder)} | ALWAYS
    for issue, file in ids_in_code().items():
        if issue.partition(".")[0] not in kinds:
            continue
        name = f"{issue.replace('.', '_')}.yml"
        if not (folder / name).is_file():
            told = f"`{issue}` cannot be retired or renamed, the assistant answers by it ({file}): put its file back"
            yield Fault(f"{shown(folder, folder.parent)}/{name}", 1, told)


def _is_there(issue: str, catalog: Catalog) -> bool:
    """Whether there is such an issue; of one that the code needs, `needed_by_code` tells once that it is gone."""
    return issue in catalog.intents or issue in ids_in_code()


def _listed(path: Path, root: Path, catalog: Catalog, place: tuple[str, ...]) -> Iterator[Fault]:
    """A list of issues in a file."""
    document = read_yaml(path, root)
    for key, issue in [*enumerate(document.entries(*place)), *((name, name) for name in document.table(*place))]:
        if not _is_there(str(issue), catalog):
            yield document.fault(f"`{issue}` is no issue of the catalogue", *place, key)


def _simulated(places: ContentPaths, catalog: Catalog) -> Iterator[Fault]:
    root = places.simulated.resolve().parents[3]
    yield from _listed(places.simulated, root, catalog, ("weights",))
    document = read_yaml(places.simulated, root)
    issue = document.at("outage", "issue")
    if not _is_there(str(issue), catalog):
        yield document.fault(f"`{issue}` is no issue of the catalogue", "outage", "issue")


def _article(places: ContentPaths, article: Article, catalog: Catalog, library: Library) -> Iterator[Fault]:
    text = readable(places.articles / f"{article.page}.md", places.articles.parent)
    rows = text.splitlines()

    def at(words: str, message: str) -> Fault:
        return Fault(article.file, next((n for n, row in enumerate(rows, 1) if words in row), 1), message)

    for issue in article.about.issues:
        if not _is_there(issue, catalog):
            yield at(issue, f"`{issue}` is no issue of the catalogue")
    if article.about.review_due <= article.about.reviewed:
        yield at("review_due", "the review is due before the article was reviewed")
    anchors = [anchor_of(heading[3:].strip()) for heading in article.body.splitlines() if heading.startswith("## ")]
    for heading in (row for row in article.body.splitlines() if row.startswith("## ")):
        anchor = anchor_of(heading[3:].strip())
        if not anchor:
            yield at(heading, "this heading has no letter that an address can hold: write it in English")
        elif anchors.count(anchor) > 1:
            yield at(heading, "two headings of this page are the same: a link could only reach the first")
    for picture, target in _LINK.findall(text):
        told = _broken(article, picture, target, library)
        if told:
            yield at(target, told)


def _audience(policy: Policy, article: Article) -> Iterator[Fault]:
    """An article is for whom its section is: patients among them, unless the guide keeps the section for others."""
    section = article.page.partition("/")[0]
    kept_for = policy.knowledge_base.only_for.get(section)
    if kept_for is not None and not set(article.about.audience) <= set(kept_for):
        yield Fault(article.file, 1, f"`audience`: pages of {section} are for {' and '.join(kept_for)} alone")
    if kept_for is None and "patient" not in article.about.audience:
        yield Fault(article.file, 1, f"`audience`: pages of {section} are for patients too")


def _broken(article: Article, picture: str, target: str, library: Library) -> str | None:
    if picture:
        return "pictures are not shown in articles: say it in words"
    if ":" in target or target.startswith("{"):
        return None
    page, _, anchor = target.partition("#")
    if page.endswith(".md"):
        return f"`{target}`: write the link without .md"
    parts = [*article.page.split("/")[:-1], *page.split("/")] if page else article.page.split("/")
    path: list[str] = []
    for part in parts:
        if part == "..":
            path = path[:-1]
        elif part not in ("", "."):
            path.append(part)
    found = library.articles.get("/".join(path))
    if found is None:
        return f"`{target}` leads to no page of the help center"
    if anchor and anchor not in {section.anchor for section in found.sections}:
        return f"`{target}` leads to no section of that page"
    return None


def article_files(places: ContentPaths) -> Iterator[Fault]:
    """Articles that cannot even be read: another encoding, an opened {{ in the text."""
    root = places.articles.parent
    for path in sorted(places.articles.glob("*/*.md")):
        try:
            opened = _opened(readable(path, root))
        except DataFaults as error:
            yield from error.faults
            continue
        if opened is not None:
            told = "{{ name }} stands for a name of the glossary; {{, {% and {# mean nothing else here"
            yield Fault(shown(path.resolve(), root.resolve()), opened[0], f"{told} ({opened[1]})")


@lru_cache(maxsize=MOST_KEPT)
def _opened(text: str) -> tuple[int, str] | None:
    """The line of an article at which it cannot be filled, and why; None for one that can."""
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        return error.lineno, error.message or ""
    return None


_UNREAD = re.compile(r"^\s*#\s*From ticket #\d+", re.MULTILINE)


def unread_words(folder: Path) -> Iterator[Fault]:
    """What was taken over from a ticket and nobody has made plain yet; its comment says so, and goes when that is done."""
    root = folder.resolve().parent
    for path in yaml_files(folder.resolve()):
        for number, row in enumerate(readable(path, root).splitlines(), 1):
            if _UNREAD.match(row):
                told = "this is as it was written on a ticket: make it plain, then take the comment away"
                yield Fault(shown(path, root), number, told)


def file_names(places: ContentPaths) -> Iterator[Fault]:
    """Files that would never be read, and nobody would know."""
    folder = places.intents.resolve()
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yaml" and not path.name.startswith("."):
            yield Fault(shown(path, folder.parent), 1, f"this file is not read: call it {path.stem}.yml")
