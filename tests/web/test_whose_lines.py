"""A line of a conversation, and its file, are part of one ticket: whoever may not see that ticket reads neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, permutations

import httpx2
import pytest

from tests.web.conftest import Server
from tests.web.test_news import row_of
from tests.web.test_queue import form_of

HACKED = "somebody hacked my account and changed my address"
ASKED = "our compliance officer asks for your security questionnaire answers"
STAFF = {"agent": "Alex Morgan", "security": "Rosa Diaz", "compliance": "Cem Kaya", "lead": "Kim Reed"}
SEEN_BY = {"support": set(STAFF), "security": {"security", "lead"}, "compliance": {"compliance", "lead"}}
FIRST = {"support": "my prescription pdf will not download", "security": HACKED, "compliance": ASKED}
_ids = count(1)


class Chat:
    """Maria's chat, as the widget speaks to us."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client
        self.place = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}"

    def says(self, words: str) -> None:
        """Maria types something."""
        sent = self.client.post(f"{self.place}/messages", json={"client_id": f"c-{next(_ids)}", "text": words})
        assert sent.status_code in (200, 201), sent.text

    def sends(self, name: str) -> str:
        """Maria sends a file; its id."""
        sent = self.client.post(f"{self.place}/attachments", files={"file": (name, name.encode())})
        assert sent.status_code == 201, sent.text
        return str(sent.json()["attachment"]["url"].rpartition("/")[2].partition("?")[0])

    def ticket(self) -> int | None:
        """The number of the request that is spoken of."""
        told = self.client.post("/api/v1/conversations").json()["ticket"]
        return told["number"] if told else None

    def raises(self, team: str, known: set[int]) -> tuple[int, str]:
        """A new matter for this team, and a file; its ticket, and the file."""
        self.says(FIRST[team])
        file = self.sends(f"{team}.txt")
        if team == "support":
            self.says("please let me talk to a person")
        for _ in range(8):
            number = self.ticket()
            if number is not None and number not in known:
                return number, file
            self.says("skip")
        raise AssertionError(team)


@contextmanager
def signed_in(server: Server, role: str) -> Iterator[httpx2.Client]:
    """The browser of a member of staff."""
    with httpx2.Client(base_url=server.base, timeout=30) as client:
        server.sign_in(client, STAFF[role], role)
        yield client


def resolves(staff: httpx2.Client, number: int) -> None:
    """This person resolves a ticket."""
    form = form_of(staff.get(f"/console/tickets/{number}").text, "resolve")
    done = {**form, "done": "It is settled.", "findings": "As it should be."}
    assert staff.post(f"/console/tickets/{number}/resolve", data=done).status_code == 303


@pytest.mark.parametrize("order", list(permutations(SEEN_BY)), ids="-".join)
def test_words_and_files_of_a_confined_ticket_are_read_by_its_team_and_leads_alone(
    sqlite_server: Server, order: tuple[str, ...]
) -> None:
    with sqlite_server.client() as client:
        chat, opened, files = Chat(client), dict[str, int](), dict[str, str]()
        for team in order:
            opened[team], files[team] = chat.raises(team, set(opened.values()))
            with signed_in(sqlite_server, "lead") as kim:
                resolves(kim, opened[team])

    for role in STAFF:
        with signed_in(sqlite_server, role) as staff:
            may = {team for team, roles in SEEN_BY.items() if role in roles}
            pages = {team: staff.get(f"/console/tickets/{number}") for team, number in opened.items()}
            assert {team for team, page in pages.items() if page.status_code == 200} == may
            read = "".join(page.text for page in pages.values() if page.status_code == 200)
            for team in SEEN_BY:
                assert (FIRST[team] in read, f"{team}.txt" in read) == (team in may, team in may), (role, team)
                got = staff.get(f"/console/files/{files[team]}")
                assert got.status_code == (200 if team in may else 404), (role, team)
    for nobody in (httpx2.Client(base_url=sqlite_server.base), sqlite_server.client()):
        with nobody:
            assert all(nobody.get(f"/console/files/{file}").status_code in (303, 401, 403) for file in files.values())


def test_what_is_written_to_a_confined_team_later_is_no_news_and_no_answer_for_others(sqlite_server: Server) -> None:
    with sqlite_server.client() as client, signed_in(sqlite_server, "agent") as alex:
        chat = Chat(client)
        own, _ = chat.raises("support", set())
        resolves(alex, own)
        confined, _ = chat.raises("security", {own})
        page = alex.get(f"/console/tickets/{own}").text
        alex.post(f"/console/tickets/{own}/reopen", data=form_of(page, "reopen"))
        alex.get(f"/console/tickets/{own}")
        before = row_of(alex, own)
        chat.says("he also wrote to my bank, Quixmark")
        with signed_in(sqlite_server, "security") as rosa:
            form = form_of(rosa.get(f"/console/tickets/{confined}").text, "reply")
            assert rosa.post(f"/console/tickets/{confined}/reply", data={**form, "text": "Klaxmot"}).status_code == 303
        page = alex.get(f"/console/tickets/{own}").text
        answered = alex.post(f"/console/tickets/{own}/reply", data={**form_of(page, "reply"), "text": "Try a new one."})

        assert "new message" not in before and row_of(alex, own).count("new message") == 0
        assert "Quixmark" not in page and "Klaxmot" not in page and "belongs to a request of another team" in page
        assert answered.status_code == 303
        assert "Try a new one." in alex.get(f"/console/tickets/{own}").text


def test_a_file_that_was_sent_just_before_words_of_another_matter_goes_with_them(sqlite_server: Server) -> None:
    with sqlite_server.client() as client, signed_in(sqlite_server, "agent") as alex:
        chat = Chat(client)
        own, known = chat.raises("support", set())
        file = chat.sends("passport.txt")
        chat.says("under the GDPR I want you to erase all the data that you keep about me")

        assert chat.ticket() != own
        assert [alex.get(f"/console/files/{one}").status_code for one in (known, file)] == [200, 404]
        page = alex.get(f"/console/tickets/{own}").text
        assert "passport.txt" not in page and "GDPR" not in page and "support.txt" in page
