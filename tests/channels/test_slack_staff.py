"""Who may work on tickets in Slack: the team's channel, narrowed by a list or a group (decision O26)."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import delete, select

from bot.actions import ops_alerts, staff
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.directory import SlackDirectory
from bot.storage.tables import StaffRow, TicketRow
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.channels.slack_double import TOKEN
from tests.channels.slack_workspace import ALEX, BO, CY, DM, GUEST, MARIA, SECURITY, TIER2, Workspace, buttons
from tests.channels.test_slack_changes import with_ticket
from tests.channels.test_slack_intake import ISSUE, said

OUT_OF_THE_BOX = pytest.mark.parametrize("settings_more", [{"SLACK_STAFF_GROUP": ""}])


@pytest.fixture
def unlisted(office: Workspace) -> Workspace:
    """Nobody is on our list of staff."""
    with office.deps.sessions.begin() as db:
        db.execute(delete(StaffRow))
    return office


def takes(office: Workspace, user: str, card: dict[str, object]) -> str | None:
    """Somebody presses Take; who has the ticket then."""
    assert office.presses(user, TIER2, card, buttons(card)["Take"]).status_code == 200
    with office.deps.reading.begin() as db:
        return db.scalars(select(TicketRow.owner_id)).one()


@OUT_OF_THE_BOX
def test_out_of_the_box_whoever_is_in_the_channel_works_on_its_tickets_and_nobody_else(unlisted: Workspace) -> None:
    _, card = with_ticket(unlisted)

    assert takes(unlisted, MARIA, card) is None and takes(unlisted, GUEST, card) is None
    assert (takes(unlisted, CY, card) or "").endswith(CY)
    unlisted.presses(CY, TIER2, card, buttons(card)["Reply to user"])
    assert unlisted.submits(CY, unlisted.view(), text="Here I am.").status_code == 200
    unlisted.types(CY, TIER2, "a note", thread_ts=card["ts"])
    assert said(unlisted, "staff") == ["Here I am.", "a note"]


def test_a_group_narrows_it(unlisted: Workspace) -> None:
    _, card = with_ticket(unlisted)

    assert takes(unlisted, CY, card) is None
    assert (takes(unlisted, BO, card) or "").endswith(BO)


@OUT_OF_THE_BOX
def test_a_list_narrows_it(office: Workspace) -> None:
    _, card = with_ticket(office)

    assert takes(office, CY, card) is None and takes(office, ALEX, card) == "alex"


NOT_TOLD = pytest.mark.parametrize(
    "settings_more", [{"SLACK_STAFF_GROUP": "S0NOBODY"}, {"SLACK_STAFF_GROUP": "S0EMPTY"}]
)


@NOT_TOLD
def test_a_group_that_is_set_and_empty_or_not_there_lets_nobody_in_but_who_is_listed(office: Workspace) -> None:
    office.double.groups["S0EMPTY"] = []
    _, card = with_ticket(office)

    assert takes(office, CY, card) is None and takes(office, BO, card) is None
    assert takes(office, ALEX, card) == "alex"


def test_a_group_that_slack_refuses_to_tell_lets_nobody_in(unlisted: Workspace) -> None:
    _, card = with_ticket(unlisted)
    unlisted.double.fail("usergroups.users.list", "missing_scope")

    assert takes(unlisted, CY, card) is None


@NOT_TOLD
def test_that_a_group_lets_nobody_in_is_told_until_it_does(office: Workspace) -> None:
    office.double.groups["S0EMPTY"] = []
    office.channel.poll(utc_now())
    with office.deps.reading.begin() as db:
        (told,) = ops_alerts.facts(db)["put_off"]
    assert told.startswith("slack_staff_group:0")

    office.double.groups.update({group: [BO] for group in ("S0EMPTY", "S0NOBODY")})
    SlackChannel(office.settings, office.deps, utc_now).poll(utc_now() + timedelta(minutes=2))
    with office.deps.reading.begin() as db:
        assert ops_alerts.facts(db)["put_off"] == []


@OUT_OF_THE_BOX
def test_without_the_permission_to_ask_who_is_in_the_channel_pressing_there_is_enough(unlisted: Workspace) -> None:
    _, card = with_ticket(unlisted)
    unlisted.double.fail("conversations.members", "missing_scope")

    assert (takes(unlisted, CY, card) or "").endswith(CY)
    unlisted.presses(CY, TIER2, card, buttons(card)["Reply to user"])
    assert unlisted.submits(CY, unlisted.view(), text="Here I am.").status_code == 200
    unlisted.types(CY, TIER2, "a note", thread_ts=card["ts"])
    assert said(unlisted, "staff") == ["Here I am.", "a note"]


@OUT_OF_THE_BOX
@pytest.mark.parametrize("refused", ["missing_scope", "channel_not_found"])
def test_where_slack_names_nobody_a_press_elsewhere_or_on_what_is_confined_is_nobodys(
    unlisted: Workspace, refused: str
) -> None:
    people = SlackDirectory(unlisted.settings, unlisted.deps.reading, WebClient(TOKEN, base_url=unlisted.double.api))
    unlisted.double.fail("conversations.members", *[refused] * 9)

    told = {
        team: [people.staff(CY, team, pressed) is not None for pressed in (TIER2, SECURITY, "C0OTHER", "")]
        for team in ("support", "security")
    }

    assert told == {"support": [True, False, False, False], "security": [False] * 4}


@OUT_OF_THE_BOX
def test_an_old_card_whose_ticket_went_to_security_takes_no_press_where_slack_names_nobody(unlisted: Workspace) -> None:
    _, card = with_ticket(unlisted)
    with unlisted.deps.reading.begin() as db:
        number = db.scalars(select(TicketRow.number)).one()
    staff.escalate(staff.Command(unlisted.deps, number, Actor("staff", "alex", "Alex Morgan"), utc_now()), "security")
    unlisted.double.fail("conversations.members", *["channel_not_found"] * 9)

    assert takes(unlisted, CY, card) is None


@OUT_OF_THE_BOX
def test_programs_and_people_of_other_workspaces_in_the_channel_are_no_staff(unlisted: Workspace) -> None:
    for user, mark in (("U0APP", {"is_bot": True}), ("U0FAR", {"team_id": "T0OTHER"}), ("U0OLD", {"deleted": True})):
        unlisted.double.person(user, "Not Staff", **mark)
        unlisted.double.channels[TIER2]["members"].add(user)
    unlisted.double.channels[TIER2]["members"].add("U0UNKNOWN")
    _, card = with_ticket(unlisted)

    assert [takes(unlisted, user, card) for user in ("U0APP", "U0FAR", "U0OLD", "U0UNKNOWN")] == [None] * 4


def test_somebody_whom_slack_cannot_name_is_served_as_a_guest_would_be(office: Workspace) -> None:
    office.double.channel("DU0UNKNOWN", "U0UNKNOWN")
    office.types("U0UNKNOWN", "DU0UNKNOWN", ISSUE)
    office.commands("U0UNKNOWN", "help")

    (told,) = office.posts("DU0UNKNOWN")
    assert "911" in str(told["blocks"]) and said(office) == []


@pytest.mark.parametrize("settings_more", [{"SLACK_GUESTS": "on"}])
@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible", "missing_scope"])
def test_where_guests_are_let_in_they_are_answered_without_a_name(office: Workspace, code: str) -> None:
    office.double.fail("users.info", *[code] * 4)
    office.types(MARIA, DM, ISSUE)

    assert said(office) == [ISSUE] and len(office.posts(DM)) == 2


def security_card(office: Workspace) -> dict[str, object]:
    """The card of a ticket for the security team."""
    office.types(MARIA, DM, "someone logged into my account from Russia and changed my email")
    (card,) = [post for post in office.posts(SECURITY) if "Take" in buttons(post)]
    return card


def takes_there(office: Workspace, user: str) -> str | None:
    """Somebody presses Take in the channel of the security team; who has its ticket then."""
    card = security_card(office)
    assert office.presses(user, SECURITY, card, buttons(card)["Take"]).status_code == 200
    with office.deps.reading.begin() as db:
        return db.scalars(select(TicketRow.owner_id)).one()


def test_who_is_listed_in_a_role_that_sees_no_security_ticket_takes_none_unless_they_are_of_its_channel(
    office: Workspace,
) -> None:
    office.double.channels[SECURITY]["members"].discard(ALEX)

    assert takes_there(office, ALEX) is None


@pytest.mark.parametrize("role", ["security", "lead", "admin"])
def test_who_is_listed_in_a_role_that_sees_it_takes_it_wherever_they_are(office: Workspace, role: str) -> None:
    office.double.channels[SECURITY]["members"].discard(ALEX)
    with office.deps.sessions.begin() as db:
        db.get_one(StaffRow, "alex").role = role

    assert takes_there(office, ALEX) == "alex"


def test_whoever_is_of_the_channel_of_the_security_team_takes_its_tickets(office: Workspace) -> None:
    office.double.channels[SECURITY]["members"].add(ALEX)

    assert takes_there(office, ALEX) == "alex"
