"""What is true of every answer: its headers, HEAD, words for people, and whom it is for."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
import structlog
from pydantic import BaseModel

from bot.logs import LibraryLines, trail, without_words
from tests.makers import MARIA
from tests.web.conftest import Server
from tests.web.test_queue import tickets_of

HTML = {"Accept": "text/html"}
EVERY = ("content-security-policy", "x-content-type-options", "permissions-policy", "cross-origin-opener-policy")


@pytest.fixture
def anybody(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Somebody without an identity."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as client:
        yield client


def test_every_kind_of_answer_carries_the_headers_and_allows_no_inline_style(anybody: httpx2.Client) -> None:
    other = {"Origin": "https://x.test", "Access-Control-Request-Method": "POST"}
    answers = [
        *(
            anybody.get(path)
            for path in ("/", "/help", "/widget.js", "/static/widget.css", "/nothing", "/healthz", "/metrics")
        ),
        *(anybody.get(path, headers=HTML) for path in ("/nothing", "/console", "/console/nothing")),
        anybody.post("/api/v1/conversations", content=b"x" * 70_000),
        anybody.options("/api/v1/conversations", headers=other),
        anybody.request("PUT", "/help"),
        anybody.post("/api/v1/sessions", content=b"", headers={}),
    ]
    assert all(all(name in answer.headers for name in EVERY) for answer in answers)
    assert not any("unsafe-inline" in answer.headers["content-security-policy"] for answer in answers)


def test_only_what_an_embedded_chat_needs_is_open_to_other_sites(anybody: httpx2.Client) -> None:
    def is_open(path: str) -> bool:
        return "access-control-allow-origin" in anybody.get(path, headers={"Origin": "https://x.test"}).headers

    assert all(is_open(path) for path in ("/api/v1/conversations", "/widget.js", "/static/widget.css"))
    assert not any(is_open(path) for path in ("/", "/help", "/console/sign-in", "/metrics", "/readyz", "/demo/sign-in"))


@pytest.mark.parametrize(
    "path", ["/", "/help", "/help/security/mfa-setup", "/console/sign-in", "/widget.js", "/nothing"]
)
def test_head_is_answered_like_get_without_a_body(anybody: httpx2.Client, path: str) -> None:
    head, get = anybody.head(path), anybody.get(path)

    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_head_of_a_stream_ends(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
        assert client.head(f"/api/v1/conversations/{conversation}/events").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/help/no/page", "/console/nothing", "/help/nothing/at/all", "/votes/x"])
def test_a_person_who_comes_to_a_page_that_is_not_there_reads_words(anybody: httpx2.Client, path: str) -> None:
    answer = anybody.get(path, headers=HTML)

    assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text and '{"' not in answer.text


def test_programs_get_problem_details_and_what_browsers_ask_by_themselves_is_there(anybody: httpx2.Client) -> None:
    assert anybody.get("/nothing").headers["content-type"] == "application/problem+json"
    assert anybody.get("/api/v1/nothing", headers=HTML).headers["content-type"] == "application/problem+json"
    assert [anybody.get(path).status_code for path in ("/favicon.ico", "/robots.txt")] == [200, 200]


def test_every_call_of_the_api_is_described_with_the_answers_that_refuse_it(anybody: httpx2.Client) -> None:
    described = anybody.get("/openapi.json").json()["paths"]
    refusals = [
        (anybody.get("/api/v1/conversations"), "/api/v1/conversations", "get"),
        (anybody.get("/api/v1/attachments/none"), "/api/v1/attachments/{public_id}", "get"),
    ]

    calls = [call for path, calls in described.items() if path.startswith("/api/") for call in calls.values()]
    assert calls and all({"401", "404", "409", "413", "422", "429", "503"} <= set(call["responses"]) for call in calls)
    for answer, path, method in refusals:
        told = described[path][method]["responses"][str(answer.status_code)]["content"]
        kind = answer.headers["content-type"].partition(";")[0]
        assert set(told[kind]["schema"]["required"]) <= set(answer.json())


def test_a_form_that_is_too_long_is_told_in_words(sqlite_server: Server, anybody: httpx2.Client) -> None:
    tickets_of(sqlite_server, 1)
    sqlite_server.sign_in(anybody)
    answer = anybody.post("/console/tickets/5001/note", data={"text": "x" * 4001, "form": "x"}, headers=HTML)

    assert answer.status_code == 422 and "<h1>" in answer.text


def test_wide_digits_and_marks_above_are_no_numbers(sqlite_server: Server, anybody: httpx2.Client) -> None:
    sqlite_server.sign_in(anybody)
    for week in ("２０２６-W01", "²⁰²⁶-W01"):
        assert anybody.get("/console/reports/report.csv", params={"week": week}).status_code == 404
    assert anybody.get("/console", params={"find": "５００１"}).status_code == 200
    with sqlite_server.client() as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
        headers = {"Last-Event-ID": "²".encode("latin-1")}
        with client.stream("GET", f"/api/v1/conversations/{conversation}/events", headers=headers) as stream:
            assert stream.status_code == 200


def test_a_file_is_for_its_owner_and_for_staff_who_may_see_the_ticket(
    sqlite_server: Server, anybody: httpx2.Client
) -> None:
    with sqlite_server.client() as client, sqlite_server.client(replace(MARIA, id="u-other")) as other:
        conversation = client.post("/api/v1/conversations").json()["id"]
        sent = client.post(
            f"/api/v1/conversations/{conversation}/attachments", files={"file": ("Ärger 1.txt", b"some words")}
        )
        url = sent.json()["attachment"]["url"]
        assert (
            client.get(url).content == b"some words"
            and "%C3%84rger%201.txt" in client.get(url).headers["content-disposition"]
        )
        assert (other.get(url).status_code, anybody.get(url).status_code) == (404, 401)
    staff = f"/console/files/{url.rpartition('/')[2]}"
    assert anybody.get(staff).status_code == 303
    sqlite_server.sign_in(anybody, "Alex Morgan", "agent")
    assert anybody.get(staff).status_code == 404
    with sqlite_server.deps.reading.begin() as db:
        from bot.storage import conversations

        row = conversations.by_public_id(db, conversation)
    tickets_of(sqlite_server, 1, conversation=row.id)
    assert anybody.get(staff).content == b"some words"
    tickets_of(sqlite_server, 1, team="security", first=6001, conversation=row.id)
    assert anybody.get(staff).status_code == 404  # part of no ticket, and one of them is not for them


class Memory(BaseModel):
    """Something that a library checks."""

    count: int


def raised() -> BaseException:
    """An error whose words are a user's."""
    try:
        try:
            Memory(count="PHIMARK7782 my HIV test")  # type: ignore[arg-type]
        except ValueError as error:
            raise RuntimeError("PHIMARK7783") from error
    except RuntimeError as error:
        return error


def test_what_a_user_wrote_never_reaches_the_log_through_an_error() -> None:
    told = structlog.processors.JSONRenderer()(
        None, "error", without_words(None, "error", {"event": "x", "exc_info": raised()})
    )
    record = logging.LogRecord("pydantic", 40, __file__, 1, "said %s", ("PHIMARK7784",), (None, raised(), None))  # type: ignore[arg-type]
    plain = logging.LogRecord("somelibrary", 30, __file__, 1, "said %s", ("PHIMARK7784",), None)
    lines = [str(told), LibraryLines().format(record), LibraryLines().format(plain)]

    assert not any("PHIMARK" in line or "HIV" in line for line in lines)
    assert all(json.loads(line)["event"] for line in lines) and any("ValidationError" in one for one in trail(raised()))
    assert "test_edges.py" in lines[0]
