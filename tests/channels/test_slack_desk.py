"""The team's channel: the card is true, one of two wins, and only Reply to user reaches the user."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.actions import staff as deeds
from bot.actions.clocks import sweep
from bot.storage import outbox, tickets
from bot.storage.tables import EventRow, MessageRow, OutboxRow
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.channels.conftest import ALEX, BO, CY, GENERAL, MARIA, SECURITY, TIER2, TIER3, Workspace, buttons, words_of
from tests.makers import hours

DM = f"D{MARIA}"


def a_card(workspace: Workspace) -> dict:
    """A ticket of Maria's, as its card."""
    asks(workspace)
    return workspace.posts(TIER2)[0]


def asks(workspace: Workspace) -> None:
    """Maria asks for a person and skips every question."""
    workspace.types(MARIA, DM, "my authenticator code is refused")
    workspace.types(MARIA, DM, "please let me talk to a person")
    for _ in range(8):
        last = workspace.posts(DM)[-1]
        if "Skip" not in buttons(last):
            break
        workspace.presses(MARIA, DM, last, buttons(last)["Skip"])


def opens(workspace: Workspace, user: str, card: dict, label: str, channel: str = TIER2) -> dict:
    """Somebody presses a button that opens a form, once more where a busy machine let Slack's three seconds pass; the form."""
    before = len(workspace.double.views)
    for _ in range(2):
        assert workspace.presses(user, channel, card, buttons(card)[label]).status_code == 200
        if len(workspace.double.views) > before:
            break
    return workspace.view()


def the_ticket(workspace: Workspace, number: int = 1001):
    """The ticket as it is."""
    with workspace.deps.reading.begin() as db:
        return tickets.ticket_of(tickets.get(db, number))


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


def test_the_bot_is_silent_once_a_person_has_replied_and_further_messages_are_in_the_thread(
    workspace: Workspace,
) -> None:
    card = a_card(workspace)
    workspace.submits(ALEX, opens(workspace, ALEX, card, "Reply to user"), text="What do you see?")
    before = len(workspace.posts(DM))

    workspace.types(MARIA, DM, "it says please try again later, my email is maria@example.com")

    assert len(workspace.posts(DM)) == before
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
    deeds.note(workspace.deps, 1001, "call <!channel> *now*", Actor("staff", "zoe", "Zoe"), utc_now())

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


def test_escalating_puts_a_new_card_with_the_other_team_and_the_old_one_says_where_it_went(
    workspace: Workspace,
) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Escalate")
    reasons = {option["value"] for option in form["blocks"][0]["element"]["options"]}
    assert reasons == set(workspace.deps.policy.escalation.to_tier_3)

    for _ in range(3):
        workspace.submits(ALEX, form, reason="bug_confirmed")

    (old,), (new,) = workspace.posts(TIER2), workspace.posts(TIER3)
    assert f"<#{TIER3}>" in words_of(old) and not buttons(old)
    assert "Development Team" in words_of(new) and "Take" in buttons(new)
    workspace.types(BO, TIER3, "looking at it", thread_ts=new["ts"])
    workspace.types(BO, TIER2, "still seen in the old thread", thread_ts=old["ts"])
    with workspace.deps.reading.begin() as db:
        assert len([row for row in db.scalars(select(MessageRow)) if row.kind == "note"]) == 2
        assert len([row for row in db.scalars(select(EventRow)) if row.kind == "escalated"]) == 1


@pytest.mark.guide("T2.1", "T3.5", "EC8", "WF2.4")
def test_each_team_has_its_cards_in_its_own_channel_and_the_card_says_that_it_arrived(office: Workspace) -> None:
    def cards() -> list[int]:
        return [len([m for m in office.posts(channel) if buttons(m)]) for channel in (TIER2, TIER3, SECURITY)]

    asks(office)
    assert cards() == [1, 0, 0]
    office.submits(ALEX, opens(office, ALEX, office.posts(TIER2)[0], "Escalate"), reason="bug_confirmed")
    assert cards() == [0, 1, 0]
    office.submits(ALEX, opens(office, ALEX, office.posts(TIER3)[0], "Escalate", TIER3), reason="security")
    assert cards() == [0, 0, 1]
    with office.deps.reading.begin() as db:
        sent = db.scalars(select(OutboxRow).where(OutboxRow.kind == "tier2_card")).all()
    assert sent and {row.state for row in sent} == {"sent"}


@pytest.mark.guide("WF3.1", "WF3.2", "WF3.3")
def test_resolving_needs_what_was_done_and_found_and_the_user_is_asked(workspace: Workspace) -> None:
    card = a_card(workspace)
    form = opens(workspace, ALEX, card, "Resolve")
    answer = workspace.submits(ALEX, form, done="We set it up again.", findings=" ").json()
    assert answer["errors"].keys() == {"findings"}

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


def test_a_promise_that_runs_out_is_told_in_the_thread(workspace: Workspace) -> None:
    card = a_card(workspace)
    while sweep(workspace.deps, utc_now() + hours(30)):
        pass
    workspace.delivers(31 * 3600)

    told = [words_of(m) for m in workspace.posts(TIER2, card["ts"])]
    assert any("The time is over" in text and "<!date^" in text for text in told)
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

    workspace.submits(ALEX, opens(workspace, ALEX, card, "Escalate"), reason="bug_confirmed")

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
    deeds.note(workspace.deps, 1001, "into the thread", Actor("staff", "zoe", "Zoe"), utc_now())

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


def test_staff_may_ask_for_themselves_in_a_channel_too(office: Workspace) -> None:
    thread = office.mentions(ALEX, GENERAL, "how do I book an appointment?")["ts"]

    assert len(office.posts(GENERAL, thread)) == 2


@pytest.mark.parametrize("words", ["word " * 800, "<" * 3000, "&" * 3900, "**x** " * 600])
def test_the_longest_answers_arrive_whole_or_cut_within_slacks_limits(office: Workspace, words: str) -> None:
    a_card(office)
    deeds.reply(office.deps, 1001, words.strip(), Actor("staff", "zoe", "Zoe"), utc_now())
    deeds.note(office.deps, 1001, words.strip() * 3, Actor("staff", "zoe", "Zoe"), utc_now())
    office.delivers()

    assert office.double.refused == []
    with office.deps.reading.begin() as db:
        assert {row.state for row in db.scalars(select(OutboxRow))} == {"sent"}
    card = office.posts(TIER2)[0]
    assert "continued in the console" in words_of(office.posts(TIER2, card["ts"])[-1])
