"""What the documents name is there, and what there is they name: files, links, settings, commands, decisions."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from bot.__main__ import app
from bot.authoring.guide_rows import load_rows
from bot.config import Written, load_settings
from handoff.policy.model import Policy
from tests.documents import (
    DOCUMENTS,
    HOME,
    LINK,
    OF_CHANNELS,
    anchors,
    code,
    is_there,
    named,
    paths,
    rows,
    section,
    settings_told,
    spans,
    text_of,
    tree,
)

README, DECISIONS = text_of(HOME / "README.md"), text_of(HOME / "docs" / "decisions.md")
READ = (".py", ".yml", ".md", ".j2", ".html", ".js", ".css", ".json", ".toml", ".txt")
NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
REFERENCE = re.compile(r"(?<!Galaxy )(?<!Tab )(?<![\w-])([OPS][1-9]\d?)(?![\w-])")
ROW = re.compile(r"\brows? ([A-Z]{1,3}\d[\d.]*\d|[A-Z]{1,3}\d)")
OF_OTHERS = {"HTTPS_PROXY", "NAME_FILE"}
"""What is named as one of ours is, and is none."""
COMMAND = re.compile(r"(?:python -m bot|smartmed-bot) ([a-z-]+)(.*)")
OPTION = re.compile(r"--[a-z][a-z-]*")
IN_WORDS = re.compile(r"\b(?:bot|docs|handoff|intents|kb_articles|tests|tools)/[\w/.*-]+\.(?:py|yml|md|j2|npz|json)\b")
EVERYWHERE = {"--intents", "--kb", "--database", "--help"}
"""Options that the README names once, for all commands."""
by_name = pytest.mark.parametrize("document", DOCUMENTS, ids=named)


def commands() -> dict[str, set[str]]:
    """Every command, with its options."""
    found: dict[str, set[str]] = {}
    ahead: list[tuple[str, Any]] = [("", typer.main.get_command(app))]
    while ahead:
        name, command = ahead.pop()
        if not isinstance(command, TyperGroup):
            found[name] = {option for parameter in command.params for option in parameter.opts if option[:2] == "--"}
            continue
        context = command.make_context(name, [], resilient_parsing=True)
        for part in command.commands:
            ahead.append((f"{name} {part}".strip(), command.resolve_command(context, [part])[1]))
    return found


@pytest.fixture(scope="module")
def settings(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every name that the program reads from its environment."""
    written = Written({"STATE_DIR": str(tmp_path_factory.mktemp("state"))})
    load_settings(written, HOME, policy)
    return written.asked


@by_name
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = text_of(document)

    assert [path for path, _ in paths(text) if not is_there(path)] == []
    for path, test in paths(text):
        assert not test or f"def {test}(" in text_of(HOME / path), f"{path}::{test}"


@by_name
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(text_of(document)):
        file, _, anchor = link.partition("#")
        target = document.parent / file if file else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(text_of(target)), link


@by_name
def test_every_setting_that_a_document_names_is_one(document: Path, settings: set[str]) -> None:
    strange = {name for span in spans(text_of(document)) for name in NAME.findall(span)} - settings - OF_OTHERS
    sources = "\n".join(text_of(HOME / path) for path in tree() if path.endswith(".py"))

    assert {name for name in strange if name not in sources} == set()


def test_every_setting_has_a_row_in_the_readme(settings: set[str]) -> None:
    told = [settings_told(document) for document in (HOME / "README.md", *OF_CHANNELS)]

    assert sorted(name for names in told for name in names) == sorted(
        name for name in settings if not name.endswith("_FILE")
    )


def test_every_command_and_each_of_its_options_is_in_the_readme() -> None:
    told: dict[str, set[str]] = {}
    for row in rows(section(README, "## Commands")):
        for span in spans(row[0]):
            words = re.match(r"(?:staff )?[a-z-]+", span)
            assert words
            told.setdefault(words[0], set()).update(OPTION.findall(span))

    assert told == {name: options - EVERYWHERE for name, options in commands().items()}


@by_name
def test_every_command_that_a_document_gives_is_one(document: Path) -> None:
    known = commands()
    for line in code(text_of(document)):
        for name, rest in COMMAND.findall(line):
            told = name if name in known else f"{name} {rest.split()[0]}"
            assert told in known and set(OPTION.findall(rest)) <= known[told], line
        for module in re.findall(r"python -m (tools[\w.]*)", line):
            assert is_there(f"{module.replace('.', '/')}.py"), line
        for target in re.findall(r"\bmake ([a-z]+)", line):
            assert re.search(rf"^{target}:", text_of(HOME / "Makefile"), re.MULTILINE), line


NUMBERED_OTHERWISE = (named(Path(__file__)), "docs/faults.md", "tests/test_faults.py")
"""Files that name faults of lists by numbers that look alike."""


def sources() -> list[str]:
    """Files in which somebody may refer to a decision; voices are what strangers wrote."""
    return [
        path
        for path in tree()
        if path.endswith(READ) and not path.startswith("voices/") and path not in NUMBERED_OTHERWISE
    ]


def test_every_reference_to_a_decision_can_be_looked_up() -> None:
    known = set(re.findall(r"^### (O\d+): .", DECISIONS, re.MULTILINE))
    dangling = [
        (path, found) for path in sources() for found in REFERENCE.findall(text_of(HOME / path)) if found not in known
    ]

    assert dangling == []
    assert {row for row in load_rows() if row.startswith("O")} <= known


def test_every_row_of_the_guide_that_the_code_names_is_one() -> None:
    known = load_rows()
    code_files = [path for path in tree() if path.startswith(("bot/", "handoff/")) and path.endswith((".py", ".yml"))]

    assert [(path, row) for path in code_files for row in ROW.findall(text_of(HOME / path)) if row not in known] == []


def test_every_file_that_a_docstring_or_the_example_of_settings_names_is_there() -> None:
    missing = [hit for hit in IN_WORDS.findall(text_of(HOME / ".env.example")) if not is_there(hit)]
    for path in (path for path in tree() if path.startswith(("bot/", "handoff/")) and path.endswith(".py")):
        texts = [node.value for node in ast.walk(ast.parse(text_of(HOME / path))) if isinstance(node, ast.Constant)]
        hits = {hit for text in texts if isinstance(text, str) for hit in IN_WORDS.findall(text)}
        missing += [f"{hit} in {path}" for hit in hits if not is_there(hit)]

    assert missing == []


def test_each_decision_says_where_it_lives() -> None:
    for decision in re.findall(r"^### (O\d+: .+)$", DECISIONS, re.MULTILINE):
        assert list(paths(section(DECISIONS, f"### {decision}"))), decision


def test_the_readme_names_the_first_and_the_last_decision() -> None:
    numbers = [int(number) for number in re.findall(r"^### O(\d+): ", DECISIONS, re.MULTILINE)]

    assert re.findall(r"\((O\d+ to O\d+)\)", README) == [f"O{min(numbers)} to O{max(numbers)}"]


def test_each_word_of_the_glossary_has_one_meaning() -> None:
    text = text_of(HOME / "docs" / "glossary.md")
    words = [row[0] for row in rows(section(text, "## The matter"))]

    assert words == sorted(set(words))


def test_each_picture_of_the_glossary_stands_in_the_files_that_it_names() -> None:
    text = text_of(HOME / "docs" / "glossary.md")
    for row in rows(section(text, "## Pictures in the code")):
        word = re.split(r"[ ,]", row[0])[0]
        for path, _ in paths(row[0]):
            assert "*" in path or re.search(rf"(?i){word}", path + text_of(HOME / path)), f"{word} in {path}"
