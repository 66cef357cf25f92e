"""The cards in the teams' channels: true, complete and in the right place, whatever Slack does to them."""

import pytest
from sqlalchemy import select

from bot.actions import staff as staff_actions
from bot.actions.sweep.sweep import sweep
from bot.storage import outbox
from bot.storage.tables import EventRow, MessageRow, OutboxRow
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.channels.slack_cards import a_card, asks, opens
from tests.channels.slack_workspace import ALEX, BO, DM, MARIA, SECURITY, TIER2, TIER3, Workspace, buttons, words_of
from tests.makers import hours


def test_escalating_puts_a_new_card_with_the_other_team_and_the_old_one_says_where_it_went(
    workspace: Workspace,
) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Escalate")
    reasons = {option["value"] for option in form["blocks"][0]["element"]["options"]}
    assert reasons == set(workspace.deps.policy.escalation.to_tier_3)

    for _ in range(3):
        workspace.submits(ALEX, form, reason="bug_confirmed", finding="It fails.")

    (old,), (new,) = workspace.posts(TIER2), workspace.posts(TIER3)
    assert f"<#{TIER3}>" in words_of(old) and not buttons(old)
    assert "Development Team" in words_of(new) and "Take" in buttons(new)
    workspace.types(BO, TIER3, "looking at it", thread_ts=new["ts"])
    workspace.types(BO, TIER2, "still seen in the old thread", thread_ts=old["ts"])
    with workspace.deps.reading.begin() as db:
        assert len([row for row in db.scalars(select(MessageRow)) if row.kind == "note"]) == 3
        assert len([row for row in db.scalars(select(EventRow)) if row.kind == "escalated"]) == 1


@pytest.mark.guide("T2.1", "T3.5", "EC8", "WF2.4")
def test_each_team_has_its_cards_in_its_own_channel_and_the_card_says_that_it_arrived(office: Workspace) -> None:
    def cards() -> list[int]:
        return [len([m for m in office.posts(channel) if buttons(m)]) for channel in (TIER2, TIER3, SECURITY)]

    asks(office)
    assert cards() == [1, 0, 0]
    office.submits(
        ALEX, opens(office, ALEX, office.posts(TIER2)[0], "Escalate"), reason="bug_confirmed", finding="It fails."
    )
    assert cards() == [0, 1, 0]
    office.submits(
        ALEX, opens(office, ALEX, office.posts(TIER3)[0], "Escalate", TIER3), reason="security", finding="It fails."
    )
    assert cards() == [0, 0, 1]
    with office.deps.reading.begin() as db:
        sent = db.scalars(select(OutboxRow).where(OutboxRow.kind == "tier2_card")).all()
    assert sent and {row.state for row in sent} == {"sent"}


def test_a_promise_that_runs_out_is_told_in_the_thread(workspace: Workspace) -> None:
    card = a_card(workspace)
    while sweep(workspace.deps, utc_now() + hours(30)):
        pass
    workspace.delivers(31 * 3600)

    told = [words_of(m) for m in workspace.posts(TIER2, card["ts"])]
    assert any("The time is over" in text and "<!date^" in text for text in told)


def test_a_promise_that_runs_low_is_told_in_the_thread(workspace: Workspace) -> None:
    card = a_card(workspace)
    for passed in range(1, 30):
        while sweep(workspace.deps, utc_now() + hours(passed)):
            pass
    workspace.delivers(31 * 3600)

    told = [words_of(m) for m in workspace.posts(TIER2, card["ts"])]
    assert any("% of the time is used" in text for text in told)


def test_the_card_says_when_an_answer_could_not_be_delivered_and_the_channel_is_alerted(workspace: Workspace) -> None:
    card = a_card(workspace)
    workspace.double.channels[DM]["archived"] = True
    workspace.submits(ALEX, opens(workspace, ALEX, card, "Reply to user"), text="Are you there?")

    card, alert = workspace.posts(TIER2)
    assert "could not be delivered" in words_of(card) and "is_archived" in words_of(alert)
    workspace.double.channels[DM]["archived"] = False
    workspace.delivers(75)
    assert "delivered" in words_of(workspace.posts(TIER2)[0]) and "Are you there?" in words_of(workspace.posts(DM)[-1])
    with workspace.deps.reading.begin() as db:
        assert outbox.dead_letters(db) == []


@pytest.mark.guide("EC8")
def test_a_dead_letter_for_another_channel_is_told_in_the_support_channel(workspace: Workspace) -> None:
    card = a_card(workspace)
    del workspace.double.channels[TIER3]

    workspace.submits(ALEX, opens(workspace, ALEX, card, "Escalate"), reason="bug_confirmed", finding="It fails.")

    assert any("channel_not_found" in words_of(message) for message in workspace.posts(TIER2))


def test_a_broken_channel_gets_no_alarm_about_itself_and_its_card_when_it_is_mended(office: Workspace) -> None:
    gone = office.double.channels.pop(TIER2)
    asks(office)

    with office.deps.reading.begin() as db:
        waiting = {row.kind for row in db.scalars(select(OutboxRow)) if row.state != "sent"}
    assert waiting == {"tier2_card"}
    office.double.channels[TIER2] = gone
    office.delivers(75)
    assert "#1001" in words_of(office.posts(TIER2)[0])


def test_a_card_that_somebody_deleted_is_posted_again(workspace: Workspace) -> None:
    card = a_card(workspace)
    workspace.double.channels[TIER2]["messages"].clear()
    staff_actions.note(
        staff_actions.Command(workspace.deps, 1001, Actor("staff", "zoe", "Zoe"), utc_now()), "into the thread"
    )

    (again,) = workspace.posts(TIER2)
    assert again["ts"] != card["ts"] and len(workspace.posts(TIER2, again["ts"])) == 1
    workspace.double.channels[TIER2]["messages"].clear()
    workspace.presses(ALEX, TIER2, again, buttons(again)["Take"])
    assert len(workspace.posts(TIER2)) == 1


@pytest.mark.parametrize("settings_more", [{"HANDOFF_DETAIL": "minimal"}])
def test_the_minimal_setting_shows_no_word_of_the_user(office: Workspace) -> None:
    card = a_card(office)
    office.types(MARIA, DM, "the strange thing is purple")

    assert "authenticator" not in words_of(card) and "withheld" in words_of(card)
    assert all("purple" not in words_of(m) for m in office.posts(TIER2, card["ts"]))


@pytest.mark.parametrize("words", ["word " * 800, "<" * 3000, "&" * 3900, "**x** " * 600])
def test_the_longest_answers_arrive_whole_or_cut_within_slacks_limits(office: Workspace, words: str) -> None:
    a_card(office)
    staff_actions.reply(
        staff_actions.Command(office.deps, 1001, Actor("staff", "zoe", "Zoe"), utc_now()), words.strip()
    )
    staff_actions.note(
        staff_actions.Command(office.deps, 1001, Actor("staff", "zoe", "Zoe"), utc_now()), words.strip() * 3
    )
    office.delivers()

    assert office.double.refused == []
    with office.deps.reading.begin() as db:
        assert {row.state for row in db.scalars(select(OutboxRow))} == {"sent"}
    card = office.posts(TIER2)[0]
    assert "continued in the console" in words_of(office.posts(TIER2, card["ts"])[-1])
