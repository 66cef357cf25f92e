"""What texts are filled with: slots that nothing fills, slots that a letter must have, and letters that the code sends."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from bot.authoring.audience import channel_texts
from bot.authoring.content_paths import BOT, HANDOFF, ContentPaths
from bot.authoring.texts import HEAD, readable
from bot.dialogue.lines import GIVEN, NEEDED
from bot.languages.loading import language_documents, said_in
from handoff.data_files import Fault, read_yaml, shown

CARRIES: Mapping[str, tuple[str, str]] = {
    "action_item": ("", ""),
    "answer_waiting": ("", "link"),
    "answers_due": ("", "titles address"),
    "article_overdue": ("", "title page due address"),
    "clock_told": ("number clock", "number clock due url"),
    "edit_refused": ("count", "fault address"),
    "edit_waits": ("", "address"),
    "emergency_opened": ("number emergency_number", "number expected_response emergency_number care"),
    "escalation_notice": ("number", "timeframe status next_update care away"),
    "initial_response": ("number", "number summary priority expected_response care away"),
    "next_update": ("number", "update next_update care away"),
    "page": ("number priority", "number priority first_due resolution_due url"),
    "promise_moved": ("number", "number priority expected_response care away"),
    "reopened": ("number", "number status next_update care away"),
    "resolution_response": ("number", "solved resolution instructions answers afterwards"),
    "staff_reply": ("number", "text"),
    "ticket_opened": ("number", "number summary priority expected_response status route care away"),
    "tier2_card": ("number", "priority first_due resolution_due user reason url"),
    "trouble": ("subject", "text url"),
    "weekly_report": ("week", "week until"),
}
"""The letters that the code sends, and what each must tell: in its subject, and below it."""
TO_A_USER = (
    "afterwards answers away care description emergency_number expected_response meanwhile name next_update number pages "
    "phone pressing priority priority_means route solved status subject summary text timeframe update"
)
"""What each letter about a request is given."""
GIVEN_TO_LETTERS: Mapping[str, str] = {
    "answer_waiting": "answers care link next_update no_news",
    "answers_due": "address count more titles",
    "article_overdue": "address due needed page tickets title",
    "clock_told": "clock due first_due name number over percent priority remind resolution_due team title url",
    "edit_refused": "address count faults more",
    "edit_waits": "address",
    "emergency_opened": TO_A_USER,
    "escalation_notice": TO_A_USER,
    "initial_response": TO_A_USER,
    "next_update": TO_A_USER,
    "page": "first_due name number priority remind resolution_due round team title url",
    "promise_moved": TO_A_USER,
    "reopened": TO_A_USER,
    "resolution_response": f"{TO_A_USER} instructions resolution",
    "staff_reply": TO_A_USER,
    "ticket_opened": TO_A_USER,
    "tier2_card": (
        "also answer_by called checklist details first_due flags nothing_asked number owner priority reason remind "
        "resolution_due rule status team tier title tried url user waiting withheld words"
    ),
    "trouble": "name subject text ticket url",
}
"""The slots that are filled in a letter, each time; a letter that asks for another would never go. Parts of the report have their
own. What the tests send is held against this (`tests/letters.py`)."""
LINES_CARRY: Mapping[str, str] = {
    "greeting": "emergency_number",
    "greeting_by_letter": "emergency_number",
    "incident_greeting": "title",
    "incident_of": "title",
    "incident_over": "title",
    "phone_now": "phone",
    "added_to_ticket": "number",
    "ticket_open": "number",
    "all_noted": "number",
    "no_more_questions": "number",
    "person_on_the_way": "number due",
    "person_sees": "due",
    "marked_cannot_wait": "number",
    "phone_urgent": "phone",
    "status": "number state due away",
    "status_again": "number state due",
    "status_late": "number state due away",
    "status_number": "number due",
    "status_once_more": "number due",
    "what_to_do": "care",
    "closed_by_user": "number",
    "close_ask": "number",
    "taken_back_ask": "number",
    "close_kept": "number",
    "contact_short": "hours phone email email_wait",
    "too_long": "limit",
    "file_refused": "limit",
}
"""Lines that say a fact, and which: without it they would be a promise without a day, or name no ticket."""
IN_SUBJECT = frozenset("number emergency_number priority subject title percent over clock count running week".split())
"""What may stand in a subject, which others see on a locked screen: nothing that a user wrote, and no answer."""
TRANSLATORS = frozenset(("gettext", "ngettext"))
"""What `{% trans %}` becomes."""
NO_SUBJECT = frozenset(("action_item", "answers_due", "article_overdue"))
"""What is no mail: its first line is said like the others."""
SUBJECT = "Subject: "
_PARSER = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
MOST_KEPT = 1000
"""So many texts are at hand with what they ask for: nearly all stood there before the last edit too."""
FILTERS = frozenset("capitalize default format join length lower round trim upper".split())
RECORDS = frozenset(("loop", "r"))
"""Slots that have parts of their own, by name, besides what a loop goes through."""


def slot_faults(places: ContentPaths) -> Iterator[Fault]:
    """Slots that nothing fills, and lines and letters that the code asks for and the files do not hold."""
    yield from _lines(places)
    folder = places.templates.resolve()
    for name in sorted(CARRIES):
        if not (folder / f"{name}.j2").is_file():
            file = f"{shown(folder, folder.parents[1])}/{name}.j2"
            yield Fault(file, 1, "this letter is sent: it cannot be taken away or renamed")
    for path in sorted(folder.glob("*.j2")):
        yield from _letter(path, folder.parents[1])
    for path in channel_texts(places):
        yield from _braces(path, places.channels.parents[1])


def _letter(path: Path, root: Path) -> Iterator[Fault]:
    file, text = shown(path, root), readable(path, root)
    if not HEAD.sub("", text).strip():
        yield Fault(file, 1, "this letter is empty: write it, or take the last version back")
        return
    filled = GIVEN_TO_LETTERS.get(path.stem)
    faults = list(_jinja(text, file, 1, None if filled is None else {*filled.split(), *TRANSLATORS, *RECORDS}))
    yield from faults
    if faults or path.stem not in CARRIES:
        return
    subject, _, body = HEAD.sub("", text).strip().partition("\n")
    if path.stem in NO_SUBJECT:
        subject, body = "", HEAD.sub("", text)
    elif not subject.startswith(SUBJECT):
        yield Fault(file, 1, f"the first line of this letter must begin with `{SUBJECT.strip()}`")
    for part, where, needed in zip((subject, body), ("its first line", "its body"), CARRIES[path.stem], strict=True):
        try:
            said = _said(part)
        except TemplateSyntaxError:
            yield Fault(file, 1, "the first line must be whole: what begins in it, must end in it")
            return
        for slot in sorted(said - IN_SUBJECT - TRANSLATORS) if part is subject and subject else ():
            told = f"`{{{{ {slot} }}}}` cannot stand in a subject, where others may read it: say it below"
            yield Fault(file, 1, told)
        for slot in (slot for slot in needed.split() if slot not in said):
            yield Fault(file, 1, f"{where} must tell the reader `{{{{ {slot} }}}}`")


@lru_cache(maxsize=MOST_KEPT)
def _said(text: str) -> frozenset[str]:
    """The slots whose values are written out, and are not only asked about."""
    outputs = _PARSER.parse(text).find_all(nodes.Output)
    return frozenset(one.name for output in outputs for one in output.find_all(nodes.Name))


def _lines(places: ContentPaths) -> Iterator[Fault]:
    root = places.lines.resolve().parents[1]
    document = read_yaml(places.lines.resolve() / "lines.yml", root)
    lines = document.table("lines")
    for name in sorted(NEEDED - set(lines)):
        yield document.fault(f"the line `{name}` is needed", "lines")
    for key, text in lines.items():
        given = GIVEN.get(str(key), frozenset[str]()) if key in NEEDED else None
        found = list(_jinja(str(text), document.file, document.line("lines", key), given))
        yield from found
        for slot in () if found else LINES_CARRY.get(str(key), "").split():
            if slot not in _said(str(text)):
                yield document.fault(f"{key}: it must tell the reader `{{{{ {slot} }}}}`", "lines", key)
    for document in language_documents(places.languages).values():
        for place, text in said_in(document):
            yield from _jinja(text, document.file, document.line(*place))


@lru_cache(maxsize=MOST_KEPT)
def _asked_for(text: str) -> tuple[tuple[tuple[int, str], ...], frozenset[str]]:
    """What in a template goes beyond slots, with its line, and the names that it asks for; raises TemplateSyntaxError."""
    tree = _PARSER.parse(text)
    beyond = tuple(_beyond_slots(tree))
    return beyond, frozenset() if beyond else frozenset(meta.find_undeclared_variables(tree))


def _jinja(text: str, file: str, line: int, given: Set[str] | None = None) -> Iterator[Fault]:
    try:
        beyond, asked_for = _asked_for(text)
    except TemplateSyntaxError as error:
        yield Fault(file, line + error.lineno - 1, f"not a valid template: {error.message}")
        return
    yield from (Fault(file, line + at - 1, told) for at, told in beyond)
    known = _names_in_code()
    for name in sorted(asked_for - (known if given is None else given)):
        at = next((n for n, row in enumerate(text.splitlines()) if name in row), 0)
        told = f"nothing is ever called `{name}`: see the other texts for the names that can stand here"
        if name in known:
            told = f"`{name}` is not filled in here: {', '.join(sorted(given or ())) or 'nothing'} is, say the rest in words"
        yield Fault(file, line + at, told)


def _beyond_slots(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What would fail when it is filled, or would show what is no fact: lines, and what is told there."""
    for loaded in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        yield loaded.lineno, "another file cannot be taken in here: write it out"
    for call in (one for one in tree.find_all(nodes.Call) if not _is_counted(one)):
        yield call.lineno, "nothing can be called here: a slot stands for its value alone"
    for used in tree.find_all(nodes.Filter):
        if used.name not in FILTERS:
            yield used.lineno, f"`|{used.name}` cannot stand here; what can: {', '.join(sorted(FILTERS))}"
    loops = [name for loop in tree.find_all(nodes.For) for name in _names(loop.target)]
    parts: list[nodes.Getattr | nodes.Getitem] = [*tree.find_all(nodes.Getattr), *tree.find_all(nodes.Getitem)]
    for part in parts:
        word = part.attr if isinstance(part, nodes.Getattr) else getattr(part.arg, "value", "")
        root = next(inner for inner in _inwards(part) if not isinstance(inner, nodes.Getattr | nodes.Getitem))
        name = root.name if isinstance(root, nodes.Name) else ""
        if name not in {*loops, *RECORDS} or not isinstance(word, str) or word[:1] in ("", "_"):
            yield part.lineno, f"`{name}.{word}` is no slot: `{name}` has no parts that can be shown"


def _is_counted(call: nodes.Call) -> bool:
    """True for what `{% pluralize %}` becomes."""
    return isinstance(call.node, nodes.Name) and call.node.name in ("gettext", "ngettext")


def _inwards(part: nodes.Getattr | nodes.Getitem) -> Iterator[nodes.Node]:
    inner: nodes.Node = part
    while isinstance(inner, nodes.Getattr | nodes.Getitem):
        inner = inner.node
        yield inner


def _names(target: nodes.Node) -> Iterator[str]:
    found = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
    yield from (one.name for one in found)


def _braces(path: Path, root: Path) -> Iterator[Fault]:
    document = read_yaml(path, root)
    for group in document.table():
        if group not in ("texts", "pages", "problems"):
            continue
        for name, text in document.table(group).items():
            try:
                slots = {field for _, field, _, _ in Formatter().parse(str(text)) if field is not None}
            except ValueError as error:
                yield document.fault(f"a brace is not closed: {error}", group, name)
                continue
            for slot in sorted(slots - _names_in_code()):
                yield document.fault(f"nothing is ever called `{slot}`", group, name)


@cache
def _names_in_code() -> frozenset[str]:
    """Every name that the code gives a text: keys, keyword arguments, fields."""
    paths = [path for base in (BOT, HANDOFF) for path in base.rglob("*.py") if "authoring" not in path.parts]
    named = re.compile(r"[\"'](\w+)[\"']|\b(\w+)=")
    found = (hit for path in paths for hit in named.findall(path.read_text(encoding="utf-8")))
    words = (word for hit in found for word in hit if word)
    return frozenset(words) | {"loop", "r"}
