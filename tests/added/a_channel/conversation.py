"""With the channel of a_channel.yml: from a first message over a real wire to a ticket, and our people's answer back into the chat."""

from sqlalchemy import select

from bot.actions import alert_words, staff
from bot.storage import tickets
from bot.storage.tables import ConversationRow, MessageRow, RatingRow
from bot.wiring import utc_now
from handoff.policy.model import Policy
from tests.added.a_channel.double import BOT, CHAT, THREAD, Client, TeamsDouble
from tests.makers import ALEX
from tests.waiting import until
from tests.web.conftest import Server

CANNOT_LOG_IN = "I cannot log in, my password is wrong"


def ticket_of(server: Server) -> int | None:
    """The number of the only ticket."""
    with server.deps.reading.begin() as db:
        return next(iter(tickets.open_numbers(db)), None)


def lines(server: Server) -> list[str]:
    """What the user has said, as it is on record."""
    with server.deps.reading.begin() as db:
        return [str(line.body) for line in db.scalars(select(MessageRow).where(MessageRow.by_user))]


def test_a_person_is_answered_gets_a_ticket_and_hears_from_our_staff(teams: Client, server: Server) -> None:
    assert "SmartMed" in teams.says(CANNOT_LOG_IN)[0]
    for text in ("I want to talk to a person", *["skip"] * 6):
        if ticket_of(server) is None:
            teams.says(text)
    number = ticket_of(server)
    assert number is not None
    until(lambda: f"#{number}" in " ".join(teams.double.said()))

    staff.reply(staff.Command(server.deps, number, ALEX, utc_now()), "I have set you a new password.")

    until(lambda: "I have set you a new password." in teams.double.said()[-1])
    assert ALEX.name in teams.double.said()[-1]
    assert teams.send(teams.double.activity("Thank you")) == 200 and lines(server)[-1] == "Thank you"


def test_a_button_of_a_card_is_an_answer_and_counts_once(teams: Client, server: Server) -> None:
    teams.says(CANNOT_LOG_IN)
    until(lambda: teams.double.buttons())
    label, gives = next(iter(teams.double.buttons().items()))
    pressed = teams.double.activity(value=gives, replyToId="out-2")

    teams.does(pressed)
    again = {**pressed, "id": "in-again"}
    assert teams.send(again) == 200

    assert lines(server) == [CANNOT_LOG_IN, label]


def test_a_thread_in_which_we_are_named_is_a_conversation_of_its_own(teams: Client, server: Server) -> None:
    mention = {"type": "mention", "text": "<at>SmartMed</at>", "mentioned": BOT}
    teams.says(CANNOT_LOG_IN)
    teams.says("<at>SmartMed</at> my bill is wrong &amp; late", THREAD, entities=[mention])

    assert lines(server) == [CANNOT_LOG_IN, "my bill is wrong & late"]
    with server.deps.reading.begin() as db:
        assert len(db.scalars(select(ConversationRow)).all()) == 2
    assert teams.double.said(THREAD) and teams.double.said(CHAT)


def test_what_is_changed_or_deleted_in_teams_is_so_in_the_record(teams: Client, server: Server) -> None:
    first = teams.begins("my code nevr works")
    told = teams.does({**first, "type": "messageUpdate", "text": "my code never works"})
    assert lines(server) == ["my code never works"] and "change" in told[-1]

    teams.does({**first, "type": "messageDelete", "text": ""})

    assert lines(server) == ["(deleted by the user)"]


def test_an_emergency_in_a_change_is_answered_as_one(teams: Client, policy: Policy) -> None:
    first = teams.begins(CANNOT_LOG_IN)

    answers = teams.does({**first, "type": "messageUpdate", "text": "I have chest pain and cannot breathe"})
    assert policy.words.emergency_number in answers[0]


def test_what_could_not_be_sent_is_sent_later_once_and_in_its_order(
    teams: Client, double: TeamsDouble, server: Server
) -> None:
    double.refusals += [(503, {}), (429, {"retry-after": "1"}), (503, {})]

    teams.says(CANNOT_LOG_IN)
    until(lambda: double.buttons())

    with server.deps.reading.begin() as db:
        shown = select(MessageRow.body).where(MessageRow.said_by == "bot").order_by(MessageRow.number)
        assert [text.split("\n\nMore: ")[0] for text in double.said()] == [str(body) for body in db.scalars(shown)]


def test_a_token_that_is_taken_back_is_asked_for_anew(teams: Client, double: TeamsDouble) -> None:
    teams.begins(CANNOT_LOG_IN)
    double.refusals.append((401, {}))

    assert teams.says("it is still wrong") and double.signed_in >= 2


def test_a_vote_is_kept(teams: Client, server: Server) -> None:
    teams.begins(CANNOT_LOG_IN)
    with server.deps.reading.begin() as db:
        talk = db.scalars(select(ConversationRow.public_id)).one()
    teams.does(teams.double.activity(value={"vote": "yes", "conversation": talk}, replyToId="out-1"))

    with server.deps.reading.begin() as db:
        assert db.scalars(select(RatingRow.helpful)).all() == [True]


def test_our_people_read_in_its_own_words_what_stands_still() -> None:
    assert alert_words.way("teams") == "Messages to users in Teams"
    assert "TEAMS_APP_PASSWORD" in alert_words.what_to_do("http_401", "teams")
    assert "PAGER_WEBHOOK_SECRET" in alert_words.what_to_do("http_401", "webhook")
    assert "TEAMS_APP_PASSWORD" in alert_words.of_part("teams", "http_401", channel="teams")
    assert "Teams cannot be reached" in alert_words.of_part("teams", "ConnectError", channel="teams", unreached=True)
