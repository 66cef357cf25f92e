"""Approved answers are to be read again every month: a task, a letter to the lead, and a list in the console."""

from dataclasses import replace
from datetime import date

import pytest

from bot.actions import answer_reviews
from bot.actions.deps import Deps
from bot.channels.email.outgoing import EmailSender
from bot.mind import Mind
from tests.actions.test_articles import tasks, told
from tests.makers import NINE, days

PDF = "prescription.pdf_download"


def read_on(mind: Mind, deps: Deps, day: date, *but: str) -> Deps:
    """All files were read on this day, but for those of some issues, which were read in June."""
    script = mind.assistant.script

    def read(issue: str) -> object:
        intent = script.catalog.intents[issue]
        checked = date(2026, 6, 1) if issue in but else day
        return intent.model_copy(update={"review": intent.review.model_copy(update={"checked": checked})})

    catalog = replace(script.catalog, intents={issue: read(issue) for issue in script.catalog.intents})
    assistant = replace(mind.assistant, script=replace(script, catalog=catalog))
    lead = deps.policy.contacts.contacts["support_lead"].model_copy(update={"email": "lead@smartmed.test"})
    known = deps.policy.contacts.contacts | {"support_lead": lead}
    contacts = deps.policy.contacts.model_copy(update={"contacts": known})
    policy = deps.policy.model_copy(update={"contacts": contacts})
    ways = {"senders": {"email": EmailSender}, "team_channels": {"support": "C1"}}
    return replace(deps, policy=policy, assistant=lambda: assistant, **ways)


@pytest.mark.guide("KM1")
def test_an_answer_that_nobody_read_for_a_month_is_told_to_the_lead_once_and_is_done_when_it_was_read(
    deps: Deps, mind: Mind
) -> None:
    old = read_on(mind, deps, NINE.date(), PDF)

    assert [answer_reviews.ask_to_read(old, NINE + days(n)) for n in (0, 1, 29)] == [1, 0, 0]
    (item,) = [row for row in told(deps) if row.channel == "email"]
    assert item.payload["to"]["address"] == "lead@smartmed.test"
    assert "PDF" in str(item.payload) and "1 answer" in str(item.payload)
    assert tasks(deps) == ["answers"]
    assert answer_reviews.ask_to_read(read_on(mind, deps, NINE.date()), NINE + days(29)) == 0
    assert tasks(deps) == []


def test_many_answers_that_are_due_on_one_day_are_one_task_and_one_letter(deps: Deps, mind: Mind) -> None:
    all_old = read_on(mind, deps, NINE.date())

    count = answer_reviews.ask_to_read(all_old, NINE + days(30))

    assert count == len(mind.catalog.intents) and tasks(deps) == ["answers"]
    (letter,) = [str(row.payload) for row in told(deps) if row.channel == "email"]
    assert f"{count} answers" in letter and f"and {count - answer_reviews.MOST_NAMED} more" in letter
    assert len(answer_reviews.to_read(all_old, NINE + days(29))) == 0
