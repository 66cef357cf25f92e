"""The console's sign-in: spent by a button, kept alive by a person, ended from the server."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import httpx2
import pytest
from fastapi import Request
from sqlalchemy import update
from typer.testing import CliRunner

from bot.__main__ import app
from bot.storage import people, sign_ins
from bot.storage.tables import SignInRow
from bot.web.templating import render
from bot.web.words import load_console_words
from bot.wiring import utc_now
from tests.web.conftest import Server

QUEUE = "/console"


@pytest.fixture
def desk(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """A browser in which Alex, an agent, has signed in."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as client:
        assert sqlite_server.sign_in(client, "Alex Morgan", "agent").status_code == 200
        yield client


def is_in(client: httpx2.Client, **headers: str) -> bool:
    """Whether the queue is shown, and not the way to the sign-in page."""
    return client.get(QUEUE, headers=headers).status_code == 200


def set_back(server: Server, **times: timedelta) -> None:
    """Let the sign-in be as old as this."""
    with server.deps.sessions.begin() as db:
        db.execute(update(SignInRow).values({name: utc_now() - ago for name, ago in times.items()}))


def test_looking_at_a_link_spends_nothing_and_its_button_works_once(sqlite_server: Server) -> None:
    link = sqlite_server.staff_link()
    word = {"word": link.partition("word=")[2]}
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        looked = [client.get(link) for _ in range(3)]
        pressed = [client.post("/console/sign-in", data=word).status_code for _ in range(2)]

    assert all(answer.status_code == 200 and "set-cookie" not in answer.headers for answer in looked)
    assert pressed == [303, 401]


def test_another_site_cannot_sign_somebody_in(sqlite_server: Server) -> None:
    word = {"word": sqlite_server.staff_link().partition("word=")[2]}
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        foreign = client.post("/console/sign-in", data=word, headers={"Origin": "https://evil.test"})
        own = client.post("/console/sign-in", data=word)

    assert (foreign.status_code, own.status_code) == (403, 303)


def test_wrong_links_are_tried_a_few_times_only(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        tries = [client.post("/console/sign-in", data={"word": f"guess{n}"}) for n in range(7)]

    assert [answer.status_code for answer in tries] == [401] * 5 + [429] * 2
    assert int(tries[-1].headers["retry-after"]) > 0


def test_after_signing_out_the_old_cookie_opens_nothing(desk: httpx2.Client) -> None:
    word = desk.get(QUEUE).text.partition('name="form" value="')[2].partition('"')[0]
    cookies = dict(desk.cookies)
    assert desk.post("/console/sign-out", data={"form": word}).status_code == 303

    with httpx2.Client(base_url=desk.base_url, cookies=cookies) as thief:
        assert not is_in(thief)


def test_who_is_removed_is_out_at_the_next_request(desk: httpx2.Client, sqlite_server: Server) -> None:
    assert is_in(desk)
    with sqlite_server.deps.sessions.begin() as db:
        people.remove(db, "alex")

    assert not is_in(desk)


def test_another_role_ends_the_sign_ins_and_holds_from_the_next_one_on(
    desk: httpx2.Client, sqlite_server: Server
) -> None:
    sqlite_server.staff_link("Alex Morgan", "lead")
    assert not is_in(desk)
    sqlite_server.sign_in(desk, "Alex Morgan", "agent")

    with sqlite_server.deps.reading.begin() as db:
        assert [row.role for row in people.everybody(db)] == ["agent"]
    assert is_in(desk)


def test_a_role_changed_in_the_table_itself_ends_the_sign_in_too(desk: httpx2.Client, sqlite_server: Server) -> None:
    from sqlalchemy import text

    with sqlite_server.deps.sessions.begin() as db:
        db.execute(text("UPDATE staff SET role = 'admin'"))

    assert not is_in(desk)


def test_a_page_left_alone_for_a_quarter_of_an_hour_is_signed_out_whatever_it_fetches(
    desk: httpx2.Client, sqlite_server: Server
) -> None:
    set_back(sqlite_server, active_at=timedelta(minutes=14))
    assert is_in(desk, **{"X-By-Itself": "1"}) and is_in(desk, **{"Sec-Fetch-Mode": "cors"})
    set_back(sqlite_server, active_at=timedelta(minutes=15, seconds=1))
    assert not is_in(desk)


def test_what_a_person_does_keeps_them_signed_in_but_not_beyond_twelve_hours(
    desk: httpx2.Client, sqlite_server: Server
) -> None:
    for _ in range(2):
        set_back(sqlite_server, active_at=timedelta(minutes=14))
        assert desk.post("/console/here").status_code == 204
        with sqlite_server.deps.reading.begin() as db:
            assert utc_now() - db.query(SignInRow).one().active_at < timedelta(minutes=1)
    set_back(sqlite_server, begun_at=sign_ins.LONGEST + timedelta(seconds=1))
    assert not is_in(desk)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sign-in", "zoe", "--name", "Zoe", "--role", "superboss"], "agent, lead, security, compliance or admin"),
        (["sign-in", "zoe"], "give --name and --role"),
        (["staff", "set", "zoe", "--role", "Admin"], "is no role"),
        (["staff", "remove", "nobody"], "Nobody has the id"),
    ],
)
def test_a_wrong_role_or_person_is_refused_with_a_clear_line(
    sqlite_server: Server, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    settings = sqlite_server.runtime.settings
    for name, value in {"SECRET_KEY": settings.secret_key, "STATE_DIR": str(settings.state_dir)}.items():
        monkeypatch.setenv(name, value)

    result = CliRunner().invoke(app, [*words, "--database", settings.database_url])

    assert result.exit_code == 2 and told in result.output and len(result.output.strip().splitlines()) == 1


def test_over_https_the_cookie_is_taken_from_this_host_alone() -> None:
    from dataclasses import dataclass
    from types import SimpleNamespace

    from bot.web.console.sign_in import cookie

    @dataclass
    class Given:
        settings: object

    assert cookie(Given(SimpleNamespace(base_url="https://x.test"))) == "__Host-smartmed_staff"  # type: ignore[arg-type]


@pytest.mark.parametrize("demo", [True, False])
def test_who_is_signed_out_is_told_whom_to_ask_and_a_command_only_in_the_demo(demo: bool) -> None:
    settings = SimpleNamespace(demo=demo, console_language="en")
    services = SimpleNamespace(console_words=load_console_words(), settings=settings)
    asked = SimpleNamespace(
        app=SimpleNamespace(state=SimpleNamespace(services=services)), url=SimpleNamespace(path="/console/sign-in")
    )

    shown = render(cast(Request, asked), "console/signed_out.html", {"expired": True, "back": "/console"}).body.decode()

    assert "Ask your lead for a new sign-in link." in shown and ("python -m bot" in shown) is demo


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/console/tickets/5001", "/console/tickets/5001"),
        ("/console?view=over&at=2", "/console?view=over&at=2"),
        ("/console/reports?week=2026-W47", "/console/reports?week=2026-W47"),
        ("/console", "/console"),
        ("/console/tickets/5001?next=https://evil.test", "/console"),
        ("/console//evil.test", "/console"),
    ],
)
def test_after_signing_in_one_is_on_the_page_that_was_wanted(sqlite_server: Server, wanted: str, led_to: str) -> None:
    html = {"Accept": "text/html"}
    word = {"word": sqlite_server.staff_link().partition("word=")[2]}
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        client.get(wanted, headers=html)
        client.get("/console/events", headers={"Accept": "text/event-stream"})
        client.get("/console", headers=html)

        assert client.post("/console/sign-in", data=word).headers["location"] == led_to


def test_a_form_that_came_too_late_leads_back_to_its_ticket(sqlite_server: Server) -> None:
    word = {"word": sqlite_server.staff_link().partition("word=")[2]}
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        client.post("/console/tickets/5001/reply", data={"text": "Hello"}, headers={"Accept": "text/html"})

        assert client.post("/console/sign-in", data=word).headers["location"] == "/console/tickets/5001"


@pytest.mark.parametrize(
    "kept", ["https://evil.test", "//evil.test", "/console/../evil", "/console\\evil", "/help", "/console/sign-out"]
)
def test_what_is_kept_and_is_no_address_of_ours_leads_nowhere(sqlite_server: Server, kept: str) -> None:
    word = {"word": sqlite_server.staff_link().partition("word=")[2]}
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        answer = client.post("/console/sign-in", data=word, headers={"Cookie": f'smartmed_staff_back="{kept}"'})

        assert answer.headers["location"] == "/console"
