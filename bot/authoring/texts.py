"""Every text that a person can read, from every file, with its place and who reads it."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.authoring.audience import FOR_STAFF, channel_texts, readers_of
from bot.authoring.content_paths import ContentPaths
from bot.authoring.who_reads import GUIDE_FOR_USERS, PAGES_FOR_USERS, TEMPLATES_FOR_STAFF
from bot.authoring.wording import Reader, Text
from handoff.data_files import DataFaults, Fault, read_yaml, shown, yaml_files
from handoff.yaml_text import Place

NOT_READ = frozenset((
    "id", "guide", "rows", "tier", "route", "priority", "team", "reason", "flags", "kb", "review", "examples", "unlike",
    "keywords", "signals", "tests", "tried", "gather", "go", "signal", "row", "when", "counted_in", "response",
    "target", "every", "owner", "says", "asks", "lowers", "unit", "channel_setting", "checklist", "by_staff", "roles",
))  # fmt: skip
"""Fields of an intents file and of the guide that nobody is shown; whatever is not named here is read by people."""
NOT_READ_IN_THE_GUIDE = NOT_READ - {"gather", "signals", "reason", "guide"}
NOT_SAID = frozenset(("review", "owner", "line", "shown", "told_by"))
"""What nobody reads of a language."""
REACHED_BY = frozenset(("email", "slack", "phone"))
"""How our own people are reached, wherever that is: no text of contacts.yml."""
WEB_TEXTS = ("words.yml", "console_words.yml", "static/widget/words.json")
GUIDE_RULES = ("communication", "checklist")
"""Files of the guide that hold rules and sentences to try them on, and no text."""
ADDRESS = "support_email"
"""Is compared with channels.yml, and stands in sentences about false messages that are forwarded there."""
MOST_KEPT = 1000
"""So many files are at hand with their texts: four states of all of them."""
HEAD = re.compile(r"\A\{# (review: .*?) #\}\n")
"""What a letter begins with."""
_SLOT = re.compile(r"\{\{ *(\w+) *\}\}")
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
_LINKED = re.compile(r"""(?<=[="'])[a-z]+:[^"'\s>]+|(?:\b[a-z][a-z+.-]*:)?//[^\s"'<>),;]+""", re.IGNORECASE)
"""Where a tag leads: what a link of it says, and every address in whatever attribute, with or without quotes."""
_SAID = re.compile(r"""\b(?:alt|aria-label|data-ask|placeholder|title)\s*=\s*"((?:\{\{.*?\}\}|[^"])*)""", re.IGNORECASE)
"""Attributes that a person hears, sees, or sends."""


def every_text(places: ContentPaths) -> tuple[list[Text], list[Fault]]:
    """All of them, and the faults of files that cannot be read."""
    found: list[Text] = []
    faults: list[Fault] = []
    tops: dict[Path, Path] = {}
    text_readers = (_intents, _articles, _glossary, _lines, _guide, _channel_words, _web_words, _troubles, _templates)
    for read in (*text_readers, _checklists):
        for path, root, give in read(places):
            try:
                top = tops[root] if root in tops else tops.setdefault(root, root.resolve())
                found += _at_hand((read.__name__, shown(path.resolve(), top), _names_in(give)), path, root, give)
            except DataFaults as error:
                faults += error.faults
    return found, faults


Give = tuple[Path, Path, Callable[[Path, Path], list[Text]]]
"""A file, the folder that its name is told from, and what reads it."""
Names = tuple[tuple[str, str], ...]
"""What the glossary fills articles with."""
_KEPT: dict[tuple[tuple[str, str, Names], bytes], list[Text]] = {}
"""What files gave, by their kind, name, filling and bytes: after an edit all others give what they gave before."""


def _names_in(give: Callable[[Path, Path], list[Text]]) -> Names:
    """What a reader of articles fills them with; nothing for any other."""
    return give.keywords.get("names", ()) if isinstance(give, partial) else ()


def _at_hand(
    named: tuple[str, str, Names], path: Path, root: Path, give: Callable[[Path, Path], list[Text]]
) -> list[Text]:
    try:
        key = (named, path.read_bytes())
    except OSError:
        return give(path, root)
    if key in _KEPT:
        return _KEPT[key]
    given = give(path, root)
    if path.read_bytes() == key[1]:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = given
    return given


def intent_texts(folder: Path) -> list[Text]:
    """What people read of the intents files alone; raises DataFaults."""
    return [text for path in yaml_files(folder) for text in _of_intent(path, folder.parent)]


def _of_intent(path: Path, root: Path) -> list[Text]:
    return _leaves(path, root, lambda _: "user", steps=True)


def _intents(places: ContentPaths) -> Iterator[Give]:
    for path in yaml_files(places.intents):
        yield path, places.intents.parent, _of_intent


def _guide(places: ContentPaths) -> Iterator[Give]:
    for path in yaml_files(places.guide):
        if path.stem in GUIDE_RULES:
            continue
        users = GUIDE_FOR_USERS.get(path.stem, lambda _: False)
        not_read = NOT_READ_IN_THE_GUIDE | (REACHED_BY if path.stem == "contacts" else frozenset())
        yield path, places.guide.parents[1], partial(_leaves, reader=partial(_who, users), not_read=not_read)


def _who(users: Callable[[Place], bool], place: Place) -> Reader:
    return "user" if users(place) else "staff"


def _lines(places: ContentPaths) -> Iterator[Give]:
    root = places.lines.parents[1]
    yield places.lines / "lines.yml", root, partial(_leaves, reader=lambda _: "user", steps=True)
    for path in yaml_files(places.languages):
        yield (
            path,
            places.languages.parents[1],
            partial(_leaves, reader=lambda _: "user", foreign=True, not_read=NOT_SAID),
        )


def _channel_words(places: ContentPaths) -> Iterator[Give]:
    for path in channel_texts(places):
        yield path, places.channels.parents[1], _of_channel


def _of_channel(path: Path, root: Path) -> list[Text]:
    readers = readers_of(read_yaml(path.resolve(), root.resolve()))
    return _leaves(path, root, readers, not_read=NOT_READ | {FOR_STAFF})


def text_files(places: ContentPaths) -> Iterator[tuple[Path, Path]]:
    """Every file of texts that begins with a review, and the folder that its name is told from; letters begin with theirs in a
    comment."""
    issues, code = places.intents.parent, places.rules.parents[2]
    yield from ((path, issues) for path in yaml_files(places.intents))
    yield from ((path, code) for path in yaml_files(places.rules))
    yield from ((places.guide / f"{name}.yml", places.guide.parents[1]) for name in GUIDE_FOR_USERS)
    yield places.lines / "lines.yml", places.lines.parents[1]
    yield from ((path, places.languages.parents[1]) for path in yaml_files(places.languages))
    yield from ((path, places.channels.parents[1]) for path in channel_texts(places))
    yield from ((places.web / name, places.web.parents[1]) for name in WEB_TEXTS)
    yield from places.alerts()


def _troubles(places: ContentPaths) -> Iterator[Give]:
    for path, root in places.alerts():
        yield path, root, partial(_leaves, reader=lambda _: "staff")


def _web_words(places: ContentPaths) -> Iterator[Give]:
    root = places.web.parents[1]
    yield places.web / "words.yml", root, partial(_leaves, reader=lambda _: "user")
    yield places.web / "console_words.yml", root, partial(_leaves, reader=lambda _: "staff")
    yield places.web / "static" / "widget" / "words.json", root, _from_json
    for path, top in places.catalogs():
        yield path, top, _catalog


def _templates(places: ContentPaths) -> Iterator[Give]:
    for path in sorted(places.templates.glob("*.j2")):
        reader: Reader = "staff" if path.stem in TEMPLATES_FOR_STAFF else "user"
        yield path, places.templates.parents[1], partial(_whole, reader=reader)
    for folder in (places.channels, places.web):
        for path in sorted(folder.glob("**/*.html")):
            audience: Reader = "user" if path.stem in PAGES_FOR_USERS else "staff"
            yield path, folder.parents[1], partial(_page, reader=audience)


def _articles(places: ContentPaths) -> Iterator[Give]:
    names = _names_of(places)
    for path in sorted(places.articles.glob("*/*.md")):
        yield path, places.articles.parent, partial(_whole, reader="user", steps=True, names=names)


def _names_of(places: ContentPaths) -> Names:
    """The names of the glossary, as articles show them; what cannot be read is told elsewhere."""
    try:
        rows = read_yaml(places.articles / "glossary.yml", places.articles.parent).table()
    except DataFaults:
        return ()
    known = ((str(key), row) for key, row in rows.items() if key != ADDRESS)
    return tuple((key, str(row.get("text"))) for key, row in known if isinstance(row, dict))


def _glossary(places: ContentPaths) -> Iterator[Give]:
    not_read = frozenset(("where",))
    yield (
        places.articles / "glossary.yml",
        places.articles.parent,
        partial(_leaves, reader=lambda _: "user", not_read=not_read),
    )


def _checklists(places: ContentPaths) -> Iterator[Give]:
    for path in places.checklists():
        yield path, places.documents.parent, partial(_whole, reader="staff")


def _leaves(
    path: Path,
    root: Path,
    reader: Callable[[Place], Reader],
    *,
    steps: bool = False,
    foreign: bool = False,
    not_read: frozenset[str] = NOT_READ,
) -> list[Text]:
    document = read_yaml(path.resolve(), root.resolve())
    source = tuple(path.read_text(encoding="utf-8").splitlines())
    found = []
    for place, text in document.strings:
        if not not_read.isdisjoint(place):
            continue
        told = steps and place[-1] not in ("title", "label") and "options" not in place and "choices" not in place
        line = document.line(*place)
        found.append(Text(document.file, line, text, reader(place), told, foreign, source))
    return found


def _from_json(path: Path, root: Path) -> list[Text]:
    file, text = shown(path.resolve(), root.resolve()), readable(path, root)
    try:
        words = json.loads(text)
    except ValueError as error:
        raise DataFaults(
            [Fault(file, getattr(error, "lineno", 1), "not valid JSON: look for a comma or a quote")]
        ) from error
    source = tuple(text.splitlines())
    lines = {key: next((n for n, row in enumerate(source, 1) if f'"{key}"' in row), 1) for key in words}
    return [Text(file, lines[key], value, source=source) for key, value in words.items() if isinstance(value, str)]


def readable(path: Path, root: Path) -> str:
    """The text of a file; raises DataFaults for one that is not UTF-8 or cannot be read."""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, told = raw[: error.start].count(b"\n") + 1, "a letter here is not UTF-8: save the file as UTF-8"
        raise DataFaults([Fault(shown(path.resolve(), root.resolve()), line, told)]) from error
    except OSError as error:
        told = f"cannot be read: {error.strerror}"
        raise DataFaults([Fault(shown(path.resolve(), root.resolve()), 1, told)]) from error


def _catalog(path: Path, root: Path) -> list[Text]:
    """What a catalog makes of the console's words in another language."""
    file, written = shown(path.resolve(), root.resolve()), readable(path, root)
    try:
        messages = read_po(StringIO(written), locale=path.parts[-3], abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise DataFaults([Fault(file, getattr(error, "lineno", None) or 1, f"not a catalog: {error}")]) from error
    source = tuple(written.splitlines())
    told = ((one.lineno or 1, one.string) for one in messages if one.id and one.string)
    each = ((line, one) for line, text in told for one in ((text,) if isinstance(text, str) else text))
    return [Text(file, line, _bare(text), "staff", source=source) for line, text in each]


def _whole(path: Path, root: Path, reader: Reader, *, steps: bool = False, names: Names = ()) -> list[Text]:
    text = _filled(readable(path, root), names)
    body = re.sub(r"\A---\n.*?\n---\n", lambda front: "\n" * front[0].count("\n"), text, count=1, flags=re.DOTALL)
    body = HEAD.sub("\n", body)
    front = re.match(r"\A---\n(.*?)\n---\n", text, re.DOTALL)
    file, source = shown(path.resolve(), root.resolve()), tuple(text.splitlines())
    found = [Text(file, 1, body, reader, steps, source=source)]
    if front:
        told = re.findall(r"^(?:title|summary): *(.*)$", front[1], re.MULTILINE)
        found += [Text(file, 1, one, reader, source=source) for one in told]
    return found


def _filled(text: str, names: Names) -> str:
    """An article as it is read: the names of the glossary in their places."""
    known = dict(names)
    return _SLOT.sub(lambda slot: known.get(slot[1], slot[0]), text) if known else text


def _page(path: Path, root: Path, reader: Reader) -> list[Text]:
    raw = readable(path, root)
    visible = _TAG.sub(lambda cut: "\n" * cut[0].count("\n"), raw)
    return [Text(shown(path.resolve(), root.resolve()), 1, _bare(visible), reader, source=tuple(raw.splitlines()))]


def _bare(marked_up: str) -> str:
    return _MARKUP.sub(lambda tag: f" {' '.join([*_LINKED.findall(tag[0]), *_SAID.findall(tag[0])])} ", marked_up)
