"""The weekly report that leaves the store for Slack and mail holds nothing that tells who somebody is, whoever wrote it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions import articles, report
from bot.actions.deps import Caller, Deps
from bot.mind import Mind
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.tables import OutboxRow
from handoff.policy.model import Policy
from handoff.report.figures import Cluster
from tests.actions.simulated_month import END
from tests.channels.test_nothing_leaks import PLANTED, desk_of, leaks
from tests.makers import ALEX, NINE, minutes

TOLD = ["Call Zulynri Kowalczyk back at (415) 555-7574, MRN 84733921", *(f"Call back: {one}" for one in PLANTED[::4])]
SHARED = "qwertzig"


@pytest.fixture
def here(sqlite: str, policy: Policy, mind: Mind) -> Iterator[Deps]:
    """On SQLite alone: it is a matter of texts."""
    engine = open_database(sqlite)
    yield Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    engine.dispose()


@pytest.fixture(autouse=True)
def not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each week three messages were not understood, and had a word in common."""
    counted, alike = report.figures_of, (Cluster("account.locked", 3, (SHARED,)),)
    monkeypatch.setattr(report, "figures_of", lambda *given: replace(counted(*given), clusters=alike))


def sent(deps: Deps) -> list[str]:
    """The report of the week as it left: leads wrote on their list, and had a release looked through."""
    for words in TOLD:
        report.add_item(Caller(deps, ALEX, NINE), words)
    for number, words in enumerate(TOLD):
        articles.release(
            deps, f"2.{number} for {words[-30:]}", [words, f"Backup codes can be downloaded. {words}"], NINE
        )
    report.make_last(deps, END + minutes(1))
    with deps.reading.begin() as db:
        rows = db.scalars(select(OutboxRow).where(OutboxRow.kind.in_(("text", "letter")))).all()
        return [json.dumps(row.payload, ensure_ascii=False) for row in rows]


def test_with_minimal_no_word_of_anybody_leaves_in_the_report(here: Deps, policy: Policy, tmp_path: Path) -> None:
    told = sent(desk_of(here, policy, tmp_path, HANDOFF_DETAIL="minimal"))

    assert len(told) == 3 and all("see the report in the console" in one for one in told)
    assert not [(one, planted) for one in told for planted in PLANTED[::4] if leaks(planted, one)]
    assert not any(SHARED in one or "Call" in one or "Backup codes can" in one for one in told)


def test_by_default_what_leads_wrote_leaves_as_an_excerpt(here: Deps, policy: Policy, tmp_path: Path) -> None:
    told = sent(desk_of(here, policy, tmp_path))

    assert not [(one, planted) for one in told for planted in PLANTED[::4] if leaks(planted, one)]
    assert all("Kowalczyk" not in one and "84733921" not in one and "555-7574" not in one for one in told)
    assert all(SHARED in one and "Call" in one and "Backup codes can be downloaded" in one for one in told)


def test_the_console_shows_all_of_it(here: Deps, policy: Policy, tmp_path: Path) -> None:
    deps = desk_of(here, policy, tmp_path, HANDOFF_DETAIL="minimal")
    sent(deps)

    assert {one.text for one in report.open_items(deps)} >= set(TOLD)
