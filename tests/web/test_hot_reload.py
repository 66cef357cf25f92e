"""Editing an intents file while the assistant runs: a good version is taken up, a bad one never is."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.publishing import Publisher, VersionStore
from bot.authoring.verdict import Verdict, verdict_on
from bot.hot_reload import ActiveVersion, watch_files
from bot.mind import HELP, Mind, build_mind, open_the_encoder
from bot.understanding.articles import DEFAULT as OWN_ARTICLES
from bot.understanding.intents.catalog import DEFAULT as OWN_INTENTS
from handoff.data_files import cache_folder
from handoff.policy.model import Policy
from tests.conftest import TODAY

WAIT_SECONDS = 500
pytestmark = pytest.mark.timeout(3 * WAIT_SECONDS)
NEW = "the purple hexagon does not spin for me"


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """A copy of the intents that may be edited."""
    return Path(shutil.copytree(OWN_INTENTS, tmp_path / "intents"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A copy of the articles that may be edited."""
    return Path(shutil.copytree(OWN_ARTICLES, tmp_path / "kb_articles"))


@pytest.fixture
def started(
    verdict: Verdict, intents: Path, articles: Path, policy: Policy, tmp_path: Path
) -> Callable[[], ActiveVersion]:
    """Starts what is in force, behind the gate as in the running program."""
    encoder, _ = open_the_encoder(os.environ)
    cache = cache_folder(os.environ)
    publisher = Publisher(
        ContentPaths(intents, articles),
        VersionStore(tmp_path / "versions"),
        lambda places: verdict_on(places, encoder, cache),
    )

    def built(places: ContentPaths) -> Mind:
        return build_mind(policy, places.intents, places.articles, encoder, cache, HELP, TODAY)

    def last_good() -> Mind | None:
        kept = publisher.last_good()
        return built(kept) if kept else None

    return lambda: ActiveVersion(lambda: built(publisher.admitted()), last_good=last_good)


@pytest.fixture
def current(started: Callable[[], ActiveVersion], intents: Path, articles: Path) -> Iterator[ActiveVersion]:
    """What is in force, while the folders are watched as in the running program."""
    made, stop = started(), threading.Event()
    watcher = threading.Thread(target=watch_files, args=(made, [intents, articles], stop), daemon=True)
    watcher.start()
    yield made
    assert watcher.is_alive(), "the watcher has ended"
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
    current: ActiveVersion, intents: Path
) -> None:
    before = current.mind().catalog.version
    file = intents / "technical_page_not_loading.yml"

    add_example(file, NEW)

    assert comes_true(lambda: current.mind().catalog.version != before or current.fault)
    assert not current.fault, current.fault
    assert current.assistant().read(NEW).issue == "technical.page_not_loading"

    good = current.mind().catalog.version
    whole = file.read_text(encoding="utf-8")
    tag = whole.replace("title: ", "title: !!python/object/apply:os.system ['x'] # ", 1)
    for broken in (whole[: len(whole) // 2], "", "id: [", whole.replace("title:", "titel:"), tag):
        file.write_text(broken, encoding="utf-8")
        assert comes_true(lambda: current.fault)
        assert current.mind().catalog.version == good
        assert "technical_page_not_loading.yml" in current.fault
        file.write_text(whole, encoding="utf-8")
        assert comes_true(lambda: not current.fault)


def test_a_version_that_fails_its_own_tests_is_not_taken_up(current: ActiveVersion, intents: Path) -> None:
    good = current.mind().catalog.version
    file = intents / "technical_page_not_loading.yml"
    text = file.read_text(encoding="utf-8")

    file.write_text(
        text.replace("  match:\n", "  match:\n    - my prescription share link has expired\n", 1), encoding="utf-8"
    )

    assert comes_true(lambda: "would be read as prescription.share_link" in current.fault)
    assert current.mind().catalog.version == good


def test_what_check_forbids_never_reaches_a_user_not_even_after_a_restart(
    current: ActiveVersion, started: Callable[[], ActiveVersion], intents: Path
) -> None:
    good = current.mind().catalog.version
    file = intents / "prescription_pdf_download.yml"
    text = file.read_text(encoding="utf-8")
    harm = "      Take 400 mg of ibuprofen and send us your password and your card number.\n"
    told: list[object] = []
    current.tell = told.append

    file.write_text(text.replace("    say: |\n", f"    say: |\n{harm}", 1), encoding="utf-8")

    assert comes_true(lambda: "asks for a secret" in current.fault and "medical advice" in current.fault)
    assert comes_true(lambda: told) and current.mind().catalog.version == good
    again = started()
    assert again.mind().catalog.version == good and "asks for a secret" in again.fault
    assert harm.strip() not in again.mind().catalog.intents["prescription.pdf_download"].steps[0].say


def test_no_article_and_no_lost_folder_ends_hot_reload(current: ActiveVersion, intents: Path, articles: Path) -> None:
    page = articles / "security" / "mfa-setup.md"
    whole = page.read_bytes()
    for broken in (whole + b"\nType {{ name in the box.\n", whole + b"caf\xe9\n"):
        page.write_bytes(broken)
        assert comes_true(lambda: "mfa-setup.md" in current.fault)
        page.write_bytes(whole)
        assert comes_true(lambda: not current.fault)

    intents.rename(intents.with_name("elsewhere"))
    assert comes_true(lambda: current.fault)
    intents.with_name("elsewhere").rename(intents)
    assert comes_true(lambda: not current.fault)


def test_whatever_a_file_makes_raise_is_told_and_tried_again() -> None:
    answers = iter([None, RuntimeError("no room"), None])

    def build() -> Mind:
        answer = next(answers)
        if answer:
            raise answer
        return SimpleNamespace(catalog=SimpleNamespace(version="v"))  # type: ignore[return-value]

    current = ActiveVersion(build)
    first = current.mind()

    assert not current.renew()
    assert current.mind() is first and "no room" in current.fault
    current.look_again()
    assert current.fault == "" and current.mind() is not first
