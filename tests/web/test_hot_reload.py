"""Editing an intents file while the assistant runs: a good version is taken up, a bad one never is."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.mind import HELP, OWN_ARTICLES, OWN_INTENTS, Mind, build_mind, open_the_encoder
from bot.wiring import Current
from bot.worker import watch_files
from handoff.policy import Policy
from tests.conftest import TODAY

WAIT_SECONDS = 60
NEW = "the purple hexagon does not spin for me"


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """A copy of the intents that may be edited."""
    return Path(shutil.copytree(OWN_INTENTS, tmp_path / "intents"))


@pytest.fixture
def current(intents: Path, policy: Policy, tmp_path: Path) -> Iterator[Current]:
    """What is in force, while the folder is watched as in the running program."""
    encoder, _ = open_the_encoder(os.environ)

    def build() -> Mind:
        return build_mind(policy, intents, OWN_ARTICLES, encoder, tmp_path / "cache", HELP, TODAY)

    made, stop = Current(build), threading.Event()
    watcher = threading.Thread(target=watch_files, args=(made, [intents], stop), daemon=True)
    watcher.start()
    yield made
    stop.set()
    watcher.join(timeout=10)


def comes_true(question: object) -> bool:
    """Ask until it is true, for a while."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        if question():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def add_example(file: Path, sentence: str) -> None:
    """A lead writes one more example."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("examples:\n", f"examples:\n  - {sentence}\n", 1), encoding="utf-8")


def test_an_edited_file_is_taken_up_and_a_broken_one_leaves_the_last_good_version(
    current: Current, intents: Path
) -> None:
    before = current.mind().catalog.version
    file = intents / "technical_page_not_loading.yml"

    add_example(file, NEW)

    assert comes_true(lambda: current.mind().catalog.version != before)
    assert current.assistant().read(NEW).issue == "technical.page_not_loading"

    good = current.mind().catalog.version
    whole = file.read_text(encoding="utf-8")
    for broken in (whole[: len(whole) // 2], "", "id: [", whole.replace("route", "rout").replace("title:", "titel:")):
        file.write_text(broken, encoding="utf-8")
        assert comes_true(lambda: current.fault)
        assert current.mind().catalog.version == good
        assert "technical_page_not_loading.yml" in current.fault
        file.write_text(whole, encoding="utf-8")
        assert comes_true(lambda: not current.fault)


def test_a_version_that_fails_its_own_tests_is_not_taken_up(current: Current, intents: Path) -> None:
    good = current.mind().catalog.version
    file = intents / "technical_page_not_loading.yml"
    text = file.read_text(encoding="utf-8")

    file.write_text(
        text.replace("  match:\n", "  match:\n    - my prescription share link has expired\n", 1), encoding="utf-8"
    )

    assert comes_true(lambda: "would be read as prescription.share_link" in current.fault)
    assert current.mind().catalog.version == good
