"""An example teaches its own issue: it is no other's in other order or with a please, means no other issue, and says something."""

import os
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.examples import elsewhere_faults, twin_faults
from bot.authoring.phrases import nothing_said
from bot.authoring.strangers import IssueFiles, Strangers
from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.intents.catalog import Catalog, load_catalog
from handoff.data_files import Fault, cache_folder, read_yaml
from tests.authoring.copies import Edit, a_copy


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    opened, why = open_the_encoder(os.environ)
    assert opened is not None, why
    return opened


TWINS = [
    ("technical_slow_performance", "I have mislaid my password, how do I get a new one please"),
    ("technical_slow_performance", "please how do I get a new one, I have mislaid my password, thanks"),
    ("technical_page_not_loading", "My little notebook with all the passwords went into the wash"),
    ("billing_question", "been away a year, no ideas what the password was"),
]
ELSEWHERE = [
    ("technical_slow_performance", "I don't know the password to get in any more"),
    ("prescription_share_link", "the file with my prescription will not download to my laptop"),
    ("billing_question", "the time of my visit is off by an hour in the app"),
    ("appointment_join_video", "the password reset email never came today"),
    ("doctor_manage_schedule", "please how can I change my password here"),
]
EMPTY = [
    ("technical_error_message", "hi there, hoping you can assist with my situation"),
    ("technical_mobile_app", "you people were recommended to me by my sister"),
]
NO_TWINS = [
    ("prescription_how_to_view", "where do I find my prescription"),
    ("navigation_cant_find_feature", "where do i find my messages"),
    ("account_manage_profile", "how do I change my email address"),
    ("account_cant_verify_email", "how do I confirm my email address"),
]
HONEST = [
    ("account_forgot_password", "my cat walked over the keys and now I can't recall what I chose as password"),
    ("billing_question", "why was I charged twice for one visit in March"),
    ("technical_slow_performance", "each page takes an age to come up since Monday"),
    ("prescription_share_link", "the pharmacist says that the link I sent her opens nothing"),
    ("appointment_join_video", "the video visit is grey and I hear nobody"),
    ("technical_mobile_app", "app shuts by itself as soon as I tap on visits"),
]


def catalog_with(rows: list[tuple[str, str]], root: Path) -> tuple[ContentPaths, Catalog]:
    places = a_copy(root)
    for file, text in rows:
        Edit(f"intents/{file}.yml", "examples:\n", f'examples:\n  - "{text}"\n', "").made(root)
    return places, load_catalog(places.intents)


def meant_elsewhere(rows: list[tuple[str, str]], root: Path, encoder: Encoder) -> list[Fault]:
    places, catalog = catalog_with(rows, root)
    files = {issue: read_yaml(places.intents / Path(file).name, root) for issue, file in catalog.files.items()}
    issues = [file.replace("_", ".", 1) for file, _ in rows]
    return list(elsewhere_faults(IssueFiles(catalog, files), Strangers(encoder, cache_folder(os.environ)), issues))


@pytest.mark.parametrize(("file", "text"), TWINS, ids=lambda told: told[:40])
def test_nearly_the_same_sentence_in_two_issues_is_refused(file: str, text: str, tmp_path: Path) -> None:
    _, catalog = catalog_with([(file, text)], tmp_path)
    assert any(text in fault.message and "keep one" in fault.message for fault in twin_faults(catalog))


def test_another_word_that_tells_something_makes_no_twin(tmp_path: Path) -> None:
    _, catalog = catalog_with(NO_TWINS, tmp_path)
    told = [fault.message for fault in twin_faults(catalog)]
    assert [text for _, text in NO_TWINS if any(f"`{text}` is nearly" in one for one in told)] == []


def test_what_means_another_issue_is_refused(tmp_path: Path, encoder: Encoder) -> None:
    found = meant_elsewhere(ELSEWHERE, tmp_path, encoder)
    assert [text for _, text in ELSEWHERE if not any(f"`{text}` is what" in fault.message for fault in found)] == []


def test_what_says_nothing_of_its_issue_is_refused(tmp_path: Path, encoder: Encoder) -> None:
    found = meant_elsewhere(EMPTY, tmp_path, encoder)
    found += nothing_said(catalog_with(EMPTY, tmp_path / "again")[1])
    assert [text for _, text in EMPTY if not any(f"`{text}`" in fault.message for fault in found)] == []


def test_what_a_careful_lead_adds_passes(tmp_path: Path, encoder: Encoder) -> None:
    assert meant_elsewhere(HONEST, tmp_path, encoder) == []
    _, catalog = catalog_with(HONEST, tmp_path / "again")
    assert [*twin_faults(catalog), *nothing_said(catalog)] == []
