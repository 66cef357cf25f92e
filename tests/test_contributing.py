"""CONTRIBUTING: each list of files to touch names what is there, and leaves out nothing that an example of its kind touches."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import PurePosixPath
from typing import get_args

import pytest

from bot.authoring.schema import intents_schema
from bot.authoring.texts import NOT_READ
from bot.dialogue.lines import load_lines
from bot.languages.loading import load_languages
from bot.understanding.text.language import language_of
from handoff import sla
from handoff.data_files import read_yaml
from handoff.policy.limits import NEEDED
from handoff.policy.model import Policy
from handoff.policy.names import ReportPartName
from handoff.report.table import FIGURES
from tests.documents import HOME, matches, paths, section, text_of, tree
from tests.makers import NINE, a_ticket

CONTRIBUTING = text_of(HOME / "CONTRIBUTING.md")
LISTS = re.findall(r"^### (.+)$", section(CONTRIBUTING, "## Files to touch"), re.MULTILINE)
EXAMPLES = [
    ("A field of the intents file", r"\bsay_for\b"),
    ("A field of the intents file", r"\bgives_way\b"),
    ("A field of the intents file", r"\bunlike\b"),
    ("A clock", r"\btier_target\b"),
    ("A clock", r"\bchannel_response\b"),
    ("A kind of event", r"\bHandedBack\b"),
    ("A kind of event", r"\bLetterSent\b"),
    ("A kind of event", r"\bMailNotAnswered\b"),
    ("A part of the weekly report", r"\bclusters\b"),
    ("A part of the weekly report", r"Escalation summary|\bescalations\b"),
    ("A message that goes out", r"\bIncidentUpdate\b"),
    ("A message that goes out", r"\bAnswerWaiting\b"),
    ("A setting", r"\bMAIL_AUTHSERV_ID\b"),
    ("A setting", r"\bTRUSTED_PROXIES\b"),
    ("A second language of the console", r"\bCONSOLE_LANGUAGE\b|\bload_language\b|console_messages|read_po"),
]
"""A list, and words by which every file that one of its kind touches is known."""
CONTENT = ("intents/", "voices/", "docs/", "handoff/guide/checklist.yml", "CHANGELOG.md")
"""What holds texts or rows about such a thing, and takes no part in it."""


@cache
def listed(heading: str) -> tuple[str, ...]:
    """The paths that a list names."""
    return tuple(path for path, _ in paths(section(CONTRIBUTING, f"### {heading}")))


def touched(words: str) -> set[str]:
    """The files of the program, and the documents, in which these words stand."""
    kinds = (".py", ".yml", ".j2", ".html", ".md", ".example")
    files = [path for path in tree() if path.endswith(kinds) and not path.startswith(("tests/", *CONTENT))]
    return {path for path in files if re.search(words, text_of(HOME / path))} - {"CONTRIBUTING.md"}


def covers(known: str, path: str) -> bool:
    """True when a path of a list means this file, or a folder that it lies in."""
    return any(matches(part.as_posix(), known) for part in (PurePosixPath(path), *PurePosixPath(path).parents))


@pytest.mark.parametrize("heading", LISTS)
def test_a_list_names_files_and_a_test(heading: str) -> None:
    assert len(listed(heading)) >= 4
    assert any(path.startswith("tests/") for path in listed(heading))


@pytest.mark.parametrize(("heading", "words"), EXAMPLES)
def test_a_list_holds_every_file_that_an_example_of_its_kind_touches(heading: str, words: str) -> None:
    found = touched(words)

    assert found
    assert {path for path in found if not any(covers(known, path) for known in listed(heading))} == set()


def test_what_nobody_reads_of_an_intents_file_is_a_field_of_it_or_of_the_guide() -> None:
    schema = json.dumps(intents_schema())
    models = [path for path in tree() if re.fullmatch(r"handoff/policy/\w+\.py", path)]
    files = [path for path in tree() if re.fullmatch(r"handoff/guide/.*\.yml", path)]
    guide = "\n".join(text_of(HOME / path) for path in (*models, *files))

    assert models
    assert files
    assert {name for name in NOT_READ if f'"{name}"' not in schema and not re.search(rf"\b{name}:", guide)} == set()


def test_a_clock_has_its_name_in_every_place_of_the_list(policy: Policy) -> None:
    owed = NINE + timedelta(hours=1)
    ticket = replace(
        a_ticket(policy), next_update_at=NINE + timedelta(hours=4), first_response_at=NINE, owed_since=owed
    )
    kinds = {clock.kind for clock in sla.clocks(policy, ticket)}
    console = read_yaml(HOME / "bot" / "web" / "console_words.yml", HOME).data["words"]["clocks"]

    assert kinds == set(policy.words.clocks) == set(console) == set(NEEDED["words", "clocks"].split())
    assert set(policy.lifecycle.waiting_pauses) < kinds


def test_a_part_of_the_report_has_its_name_in_every_place_of_the_list(policy: Policy) -> None:
    pages = {path.stem for path in (HOME / "bot" / "web" / "templates" / "console" / "report").glob("*.html")}
    letter = text_of(HOME / "handoff" / "templates" / "weekly_report.j2")

    names = set(get_args(ReportPartName))
    assert names == set(policy.metrics.weekly_report) == set(FIGURES) == pages
    assert re.findall(r'part\.name == "(\w+)"', letter) == list(policy.metrics.weekly_report)


def test_a_language_is_in_every_place_of_the_list() -> None:
    languages = set(load_lines().languages)
    told = text_of(HOME / "tests" / "understanding" / "languages.txt").splitlines()
    voices = text_of(HOME / "voices" / "danger.jsonl")
    shown = {code for code, language in load_languages().items() if language.shown}

    for code in languages:
        assert any(line.startswith(f"{code}\t") for line in told), code
        assert f'"lang": "{code}"' in voices, code
        assert code in shown, code
    assert {language_of(line.partition("\t")[2]) for line in told if line[:2] in languages} == languages


def test_every_page_of_the_console_is_taken_in_by_the_application() -> None:
    app = text_of(HOME / "bot" / "web" / "app.py")
    modules = (HOME / "bot" / "web" / "console").glob("*.py")
    pages = [module.stem for module in modules if 'prefix="/console' in text_of(module)]

    assert len(pages) > 5
    for page in pages:
        assert re.search(rf"^    {page},$", app, re.MULTILINE), page
