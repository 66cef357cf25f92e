"""What people would see amiss though every word is allowed: twins among buttons and titles, raw names, letters nobody sees."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape

from bot.authoring.audience import channel_texts
from bot.authoring.content_paths import ContentPaths
from bot.authoring.wording import Text
from bot.languages.loading import language_documents, said_in
from bot.understanding.articles import Library
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from bot.understanding.text.asks_secret import UNSEEN
from bot.understanding.text.cuts import SOME_WORD
from handoff.data_files import Document, Fault, read_yaml, shown
from handoff.policy.model import Policy
from handoff.yaml_text import Place

LABELS = frozenset(
    """also_no also_yes area_account area_appointment area_prescription area_technical book_instead close_no close_yes
    danger_no danger_yes keep_going none_of_these skip talk_to_person works_no works_yes""".split()
)
"""Lines that stand on buttons, as they are written: nothing is filled in there."""
TOGETHER = (
    ("none_of_these", "talk_to_person", "area_account", "area_appointment", "area_prescription", "area_technical"),
    ("keep_going", "talk_to_person", "book_instead", "skip"),
)
"""Buttons besides Yes and No that can stand under one question."""
MOST_KEPT = 400
"""So many files are at hand as they were looked at."""
JOINS_LETTERS = "\u200c\u200d"
"""What some scripts need between letters."""
FILLED = frozenset(("phone", "email", "email_wait", "chat_wait", "help_center", "hours", "emergency_number"))
"""Facts that the answer of an issue with `route: facts` is filled with."""
LONGEST_LINE = 700
_RAW = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|\{\w*\}")
_SLOT = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_WORDY = ("title", "ask", "say", "say_for", "always", "answer", "owner", "guide")
"""Fields that hold at least one word; on a button a number does too."""


def long_faults(texts: Iterable[Text]) -> Iterator[Fault]:
    """Short texts that grew too long to be read at a glance; issues and articles have limits of their own."""
    for text in texts:
        if (
            text.file.endswith((".yml", ".json"))
            and not text.file.startswith("intents/")
            and len(text.text) > LONGEST_LINE
        ):
            told = f"this text has {len(text.text)} characters, and {LONGEST_LINE} at most are read: shorten it"
            yield Fault(text.file, text.line, told)


def issue_faults(
    places: ContentPaths, policy: Policy, catalog: Catalog, files: Mapping[str, Document]
) -> Iterator[Fault]:
    """What people would see amiss of an issue: buttons, titles, texts without a word, names that nothing fills."""
    titles: dict[str, str] = {}
    for issue, intent in catalog.intents.items():
        document = files[issue]
        yield from _flags(intent, document, policy)
        yield from _twins(intent, document, places)
        yield from _wordless(document)
        yield from _raw(intent, document)
        twin = titles.setdefault(_plainly(intent.title), issue)
        if twin != issue:
            told = (
                f"title: `{intent.title}` is the title of {twin} too: people could not tell them apart, give it another"
            )
            yield document.fault(told, "title")


def file_faults(places: ContentPaths) -> Iterator[Fault]:
    """The same of every other file, and what can be told of any file without understanding it."""
    yield from _unseen(places)
    yield from _lines(places)
    yield from _flags_of_the_guide(places)


def _flags(intent: Intent, document: Document, policy: Policy) -> Iterator[Fault]:
    known = policy.words.flags
    for index, flag in enumerate(intent.flags):
        if flag not in known:
            told = f"flags: `{flag}` is not in handoff/guide/words.yml: take one of {', '.join(sorted(known))}"
            yield document.fault(told, "flags", index)


def _flags_of_the_guide(places: ContentPaths) -> Iterator[Fault]:
    root = places.guide.resolve().parents[1]
    known = read_yaml(places.guide / "words.yml", root).table("flags")
    facts = read_yaml(places.guide / "priorities.yml", root)
    for name in facts.table("signals"):
        for flag in facts.entries("signals", name, "flags"):
            if flag not in known:
                told = f"flags: `{flag}` is not in handoff/guide/words.yml: take one of {', '.join(sorted(map(str, known)))}"
                yield facts.fault(told, "signals", name, "flags")


def _twins(intent: Intent, document: Document, places: ContentPaths) -> Iterator[Fault]:
    """Buttons that say the same, or what a button of every question says already."""
    own = read_yaml(places.lines / "lines.yml", places.lines.resolve().parents[1])
    taken = {_plainly(str(own.at("lines", name))): name for name in ("skip", "talk_to_person", "none_of_these")}
    rows = [
        (("steps", n, "options"), "label", [option.label for option in step.options])
        for n, step in enumerate(intent.steps)
    ]
    rows += [(("details", n, "choices"), "choices", list(detail.choices)) for n, detail in enumerate(intent.details)]
    for place, field, labels in rows:
        seen: set[str] = set()
        for number, label in enumerate(labels):
            plain = _plainly(label)
            if not plain:
                yield document.fault(f"{field}: `{label}` has no word: say what pressing it means", *place, number)
            elif plain in seen:
                told = f"{field}: `{label}` stands here twice: each button under a question says something else"
                yield document.fault(told, *place, number)
            elif plain in taken:
                told = f"{field}: `{label}` is a button of the assistant's own ({taken[plain]}): take it out"
                yield document.fault(told, *place, number)
            seen.add(plain)


def _wordless(document: Document) -> Iterator[Fault]:
    for place, text in document.strings:
        field = next((part for part in reversed(place) if part in _WORDY), None)
        if field and "tests" not in place and not SOME_WORD.search(_SLOT.sub("", text)):
            yield document.fault(f"{field}: `{text}` has no word: write what people are to read here", *place)


def _raw(intent: Intent, document: Document) -> Iterator[Fault]:
    for place, text in document.strings:
        if not {"examples", "unlike", "tests", "signals", "tried", "says", "asks"}.isdisjoint(place):
            continue
        bare = _SLOT.sub(_filled, text) if place == ("answer",) and intent.route == "facts" else text
        if hit := _RAW.search(bare):
            raw = bare[hit.start() :].split("\n")[0][:30]
            told = f"{place[-1]}: `{raw}` would be shown as it stands: nothing is filled in here, say it in words"
            above = bare[: hit.start()].count("\n")
            yield Fault(document.file, document.line(*place) + above + bool(above), told)


def _filled(slot: re.Match[str]) -> str:
    return "" if slot[1] in FILLED else slot[0]


def _lines(places: ContentPaths) -> Iterator[Fault]:
    root = places.lines.resolve().parents[1]
    lines = read_yaml(places.lines / "lines.yml", root)
    yield from _opposites(lines, ("lines",))
    for name in sorted(LABELS):
        yield from _on_button(lines, ("lines", name))
    for group in TOGETHER:
        yield from _same(lines, [("lines", name) for name in group])
    for key, text in lines.table("lines").items():
        if not SOME_WORD.search(str(text)):
            yield lines.fault(f"{key}: `{text}` has no word: write what people are to read here", "lines", key)
    for local in language_documents(places.languages).values():
        yield from _opposites(local, ("said",))
        for place, text in said_in(local):
            if not re.search(r"[^\W\d_]", text):
                yield local.fault(f"{place[-1]}: `{text}` has no word: write what people are to read here", *place)
            if place[-1] in LABELS:
                yield from _on_button(local, place)
    yield from _same(read_yaml(places.guide / "words.yml", places.guide.resolve().parents[1]), _YES_NO)
    yield from _raw_words(places)


_YES_NO: list[Place] = [("buttons", "yes"), ("buttons", "no")]


def _raw_words(places: ContentPaths) -> Iterator[Fault]:
    """Texts of channels and pages are filled by {name}: what stands in two braces is shown with one."""
    paths = [(path, places.channels) for path in channel_texts(places)]
    paths += [(places.web / name, places.web) for name in ("words.yml", "console_words.yml")]
    paths += [(path, places.guide) for path in (places.guide / "words.yml", places.guide / "escalation.yml")]
    for path, folder in paths:
        document = read_yaml(path, folder.resolve().parents[1])
        for place, text in document.strings:
            if re.search(r"\{\{|\{%|\{#", text):
                told = f"{place[-1]}: two braces would be shown as they stand: one is meant, as in {{name}}"
                yield document.fault(told, *place)


def _on_button(document: Document, place: Place) -> Iterator[Fault]:
    text = str(document.at(*place) or "")
    if _RAW.search(text):
        yield document.fault(f"{place[-1]}: `{text.strip()}` stands on a button, where nothing is filled in", *place)


def _opposites(document: Document, table: Place) -> Iterator[Fault]:
    for name in document.table(*table):
        if str(name).endswith("_yes"):
            yield from _same(document, [(*table, name), (*table, f"{str(name)[:-4]}_no")])


def _same(document: Document, group: list[Place]) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for place in group:
        text = str(document.at(*place) or "").strip()
        twin = seen.setdefault(_plainly(text), place)
        if twin is not place and document.at(*place) is not None:
            told = f"{place[-1]}: `{text}` is what {twin[-1]} says: nobody could tell the two buttons apart"
            yield document.fault(told, *place)


def _unseen(places: ContentPaths) -> Iterator[Fault]:
    """Letters that nobody sees, or that turn the direction of what follows; also when written as \\u202e or &#8238;."""
    root = places.intents.resolve().parent
    for path in places.files():
        file = shown(path.resolve(), root)
        try:
            text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
        except (OSError, UnicodeDecodeError):
            continue
        for number, letter in _unseen_letters(text, JOINS_LETTERS if path.parent == places.languages else ""):
            told = f"a letter that nobody sees stands in this line (U+{ord(letter):04X}): type the line anew"
            yield Fault(file, number, told)


@lru_cache(maxsize=MOST_KEPT)
def _unseen_letters(text: str, but: str) -> tuple[tuple[int, str], ...]:
    """The lines of a file in which a letter stands that nobody sees, and the first of each; none of `but`."""
    left_out, found = dict.fromkeys(map(ord, but)), []
    for number, row in enumerate(text.splitlines(), 1):
        shown_as = re.sub(r"\\[uU]([0-9a-fA-F]{4,8})|\\x([0-9a-fA-F]{2})", _meant, unescape(row)).translate(left_out)
        if hit := UNSEEN.search(shown_as):
            found.append((number, hit[0]))
    return tuple(found)


def _meant(escaped: re.Match[str]) -> str:
    number = int(escaped[1] or escaped[2], 16)
    return chr(number) if number < 0x110000 else ""


def article_faults(library: Library) -> Iterator[Fault]:
    """The heads of articles, which are shown as they are written."""
    for article in library.articles.values():
        if not SOME_WORD.search(article.about.owner):
            yield Fault(article.file, 1, "`owner`: nobody is named: write who answers for this article")
        for field in ("title", "summary"):
            text = getattr(article.about, field)
            if _RAW.search(text):
                yield Fault(article.file, 1, f"`{field}`: nothing is filled in here: write the name out")
            if not SOME_WORD.search(text):
                yield Fault(article.file, 1, f"`{field}` has no word: write what people are to read here")


def _plainly(text: str) -> str:
    """The words of a label alone: `Yes!` and `yes` are one button."""
    return " ".join(re.findall(r"\w+", UNSEEN.sub("", text).casefold()))
