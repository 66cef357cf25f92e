"""The team's channel: the card is true, one of two wins, and only Reply to user reaches the user."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.actions import staff as staff_actions
from bot.storage.tables import MessageRow
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.channels.slack_cards import a_card, opens, the_ticket
from tests.channels.slack_workspace import ALEX, BO, CY, DM, GENERAL, MARIA, TIER2, Workspace, buttons, words_of


def test_taking_a_ticket_shows_its_owner_on_the_same_card(workspace: Workspace) -> None:
    card = a_card(workspace)

    assert workspace.presses(ALEX, TIER2, card, buttons(card)["Take"]).status_code == 200

    (card,) = workspace.posts(TIER2)
    assert "Owner: Alex Morgan" in words_of(card) and "Take" not in buttons(card) and card["updates"] == 1
    assert the_ticket(workspace).owner.id == "alex" and workspace.double.refused == []


def test_of_two_who_press_at_once_one_wins_and_the_other_is_told_who(workspace: Workspace) -> None:
    card = a_card(workspace)
    take = buttons(card)["Take"]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda user: workspace.presses(user, TIER2, card, take), (ALEX, BO)))

    owner = the_ticket(workspace).owner
    loser, winner = (BO, "Alex Morgan") if owner.id == "alex" else (ALEX, "Bo Lind")
    (told,) = workspace.double.ephemerals
    assert told["user"] == loser and winner in told["text"]


def test_somebody_who_is_not_staff_is_politely_refused_and_nobody_else_sees_it(workspace: Workspace) -> None:
    card = a_card(workspace)
    for label in ("Take", "Reply to user", "Resolve"):
        assert workspace.presses(CY, TIER2, card, buttons(card)[label]).status_code == 200
    workspace.types(CY, TIER2, "let me add something", thread_ts=card["ts"])
    form = opens(workspace, ALEX, card, "Reply to user")
    answer = workspace.submits(CY, form, text="hello").json()

    assert [told["user"] for told in workspace.double.ephemerals] == [CY] * 4
    assert answer["response_action"] == "errors" and len(workspace.double.views) == 1
    assert the_ticket(workspace).status == "triaged"


def test_staff_of_the_user_group_may_act_and_a_reply_reaches_the_user_once(workspace: Workspace) -> None:
    card = a_card(workspace)
    form = opens(workspace, BO, card, "Reply to user")

    for _ in range(3):
        assert workspace.submits(BO, form, text="Hello Maria, *please* <try> again & tell us.").status_code == 200

    replies = [m for m in workspace.posts(DM) if "Bo Lind" in words_of(m)]
    assert len(replies) == 1 and "&lt;try&gt; again &amp; tell us" in words_of(replies[0])
    (card,) = workspace.posts(TIER2)
    assert "Owner: Bo Lind" in words_of(card) and "delivered" in words_of(card)
    assert the_ticket(workspace).first_response_at is not None


def test_the_bot_says_once_who_sees_it_when_a_person_has_replied_and_further_messages_are_in_the_thread(
    workspace: Workspace,
) -> None:
    card = a_card(workspace)
    workspace.submits(ALEX, opens(workspace, ALEX, card, "Reply to user"), text="What do you see?")
    before = len(workspace.posts(DM))

    workspace.types(MARIA, DM, "it says please try again later, my email is maria@example.com")
    workspace.types(MARIA, DM, "it says please try again later, my email is maria@example.com")

    (told,) = workspace.posts(DM)[before:]
    assert "can see what you wrote" in words_of(told)
    told = workspace.posts(TIER2, card["ts"])[-1]
    assert "please try again later" in words_of(told) and "maria@example.com" not in words_of(told)


def test_a_reply_in_the_thread_is_a_note_once_and_never_reaches_the_user(workspace: Workspace) -> None:
    card = a_card(workspace)
    before = len(workspace.posts(DM))
    event = workspace.types(ALEX, TIER2, "she called &lt;twice&gt; already", thread_ts=card["ts"])
    for n in range(3):
        workspace.event(event, f"Ev-again-{n}")
    workspace.mentions(ALEX, TIER2, "a note with a mention", thread_ts=card["ts"])

    with workspace.deps.reading.begin() as db:
        notes = [row for row in db.scalars(select(MessageRow)) if row.kind == "note"]
    assert [note.body for note in notes] == ["she called <twice> already", "a note with a mention"]
    assert not any(note.visible_to_user for note in notes)
    assert len(workspace.posts(DM)) == before and workspace.posts(TIER2, card["ts"]) == []


def test_a_note_from_the_console_stands_in_the_thread_as_it_was_typed(workspace: Workspace) -> None:
    card = a_card(workspace)
    staff_actions.note(
        staff_actions.Command(workspace.deps, 1001, Actor("staff", "zoe", "Zoe"), utc_now()), "call <!channel> *now*"
    )

    (note,) = workspace.posts(TIER2, card["ts"])
    assert note["blocks"][1]["text"] == {"type": "plain_text", "text": "call <!channel> *now*", "emoji": False}
    assert "<!" not in note["text"]


def test_asking_for_info_offers_what_was_skipped_and_stops_the_clock(workspace: Workspace) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Ask for info")
    offered = form["blocks"][0]["element"].get("initial_value", "")
    assert offered.startswith("To help you further") and offered.count("\n- ") >= 1

    workspace.submits(ALEX, form, text=offered)

    assert the_ticket(workspace).waiting and "waiting for the user" in words_of(workspace.posts(TIER2)[0])
    workspace.types(MARIA, DM, "it is an iPhone")
    assert not the_ticket(workspace).waiting


def test_a_change_of_priority_moves_the_due_times_and_says_why(workspace: Workspace) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Priority")
    assert form["blocks"][0]["element"]["initial_option"]["value"] == the_ticket(workspace).priority

    workspace.submits(ALEX, form, to="critical", why="The whole clinic waits")

    shown = words_of(workspace.posts(TIER2)[0])
    assert "Priority: Critical (The whole clinic waits)" in shown


def test_a_change_of_priority_needs_a_reason_and_another_priority(workspace: Workspace) -> None:
    form = opens(workspace, ALEX, a_card(workspace), "Priority")
    same = the_ticket(workspace).priority

    blank = workspace.submits(ALEX, form, to="critical", why=" ").json()
    again = workspace.submits(ALEX, form, to=same, why="it hurts").json()

    assert blank["errors"].keys() == {"why"} and "It is already" in again["errors"]["to"]


@pytest.mark.guide("WF3.1", "WF3.2", "WF3.3")
def test_resolving_needs_what_was_done_and_found_and_the_user_is_asked(workspace: Workspace) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Resolve")
    answer = workspace.submits(ALEX, form, done="We set it up again.", findings=" ").json()
    assert answer["errors"].keys() == {"findings"}
    answer = workspace.submits(ALEX, form, done="We set it up again.", findings="Old clock", logs="error 500").json()
    assert answer["errors"].keys() == {"logs"}

    told = {"done": "We set it up again.", "findings": "Old clock", "reproduced": "yes", "known_issue": "yes"}
    told |= {"root_cause": "The phone's clock", "logs": "https://logs.test/1"}
    for _ in range(2):
        workspace.submits(ALEX, form, **told)

    asked = workspace.posts(DM)[-1]
    assert "We set it up again." in words_of(asked) and "Old clock" not in words_of(asked)
    (card,) = workspace.posts(TIER2)
    assert "Status: Resolved" in words_of(card) and set(buttons(card)) == {"Open in console"}
    kept = the_ticket(workspace).resolution
    assert (kept.findings, kept.root_cause, kept.reproduced) == ("Old clock", "The phone's clock", "yes")
    assert kept.logs == "https://logs.test/1" and kept.known_issue
    assert workspace.presses(MARIA, DM, asked, buttons(asked)["Yes"]).status_code == 200
    assert the_ticket(workspace).status == "closed" and "Status: Closed" in words_of(workspace.posts(TIER2)[0])


def test_a_form_that_comes_after_the_ticket_is_over_says_so(office: Workspace) -> None:
    card = a_card(office)
    form = opens(office, BO, card, "Reply to user")
    office.submits(ALEX, opens(office, ALEX, card, "Resolve"), done="Done.", findings="Found.")

    answer = office.submits(BO, form, text="one more thing").json()

    assert answer["errors"] == {"text": "This ticket is already resolved or closed."}
    office.presses(BO, TIER2, card, buttons(card)["Priority"])
    assert "already resolved" in office.double.ephemerals[-1]["text"]


def test_staff_may_ask_for_themselves_in_a_channel_too(office: Workspace) -> None:
    thread = office.mentions(ALEX, GENERAL, "how do I book an appointment?")["ts"]

    assert len(office.posts(GENERAL, thread)) == 2
