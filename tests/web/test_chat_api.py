"""The chat API as an app uses it: idempotent, private, friendly when something is wrong."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.web.identity import sign_identity
from bot.wiring import utc_now
from handoff.ticket import User
from tests.makers import MARIA, a_picture
from tests.waiting import until
from tests.web.conftest import Server

MFA = "the two-step code never works for me"


def opened(client) -> str:
    """The id of the caller's conversation."""
    return client.post("/api/v1/conversations").json()["id"]


def test_a_message_is_stored_once_and_answered(server: Server) -> None:
    with server.client() as client:
        conversation = opened(client)
        sent = client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": MFA})
        again = client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": MFA})
        other = client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": "x"})
        lines = client.get(f"/api/v1/conversations/{conversation}/messages?after=0").json()

    assert (sent.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert sent.json() == again.json()
    assert [line["from"] for line in lines] == ["bot", "user", "bot"]
    assert lines[-1]["buttons"][0]["label"] == "Yes" and lines[-1]["source"]["url"].endswith("/security/mfa-setup")


def test_a_button_is_pressed_by_its_value(server: Server) -> None:
    with server.client() as client:
        conversation = opened(client)
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": MFA})
        button = client.get(f"/api/v1/conversations/{conversation}/messages").json()[-1]["buttons"][1]
        sent = client.post(
            f"/api/v1/conversations/{conversation}/actions", json={"client_id": "b", "value": button["value"]}
        )
        last = client.get(f"/api/v1/conversations/{conversation}/messages").json()[-1]

    assert sent.json()["text"] == "No" and "backup" in last["text"]


def test_somebody_elses_conversation_is_not_there(sqlite_server: Server) -> None:
    with sqlite_server.client() as client, sqlite_server.client(replace(MARIA, id="u-other")) as other:
        conversation = opened(client)
        base = f"/api/v1/conversations/{conversation}"
        answers = [
            other.get(f"{base}/messages"),
            other.get(f"{base}/events"),
            other.post(f"{base}/messages", json={"client_id": "a", "text": "hi"}),
            other.post(f"{base}/actions", json={"client_id": "a", "value": "person"}),
            other.post(f"{base}/rating", json={"helpful": True}),
            other.post(f"{base}/attachments", files={"file": ("a.txt", b"hello")}),
        ]
        listed = other.get("/api/v1/conversations").json()

    assert [answer.status_code for answer in answers] == [404] * 6
    assert listed == []


@pytest.mark.parametrize(
    "token",
    [
        "-",
        "nonsense",
        sign_identity(MARIA, "another secret that is long enough", utc_now()),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LW1hcmlhIiwiZXhwIjo5OTk5OTk5OTk5fQ.",
    ],
)
def test_an_identity_that_cannot_be_trusted_is_refused(sqlite_server: Server, token: str) -> None:
    with sqlite_server.client() as client:
        answer = client.post("/api/v1/conversations", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401 and answer.headers["content-type"] == "application/problem+json"


def test_an_identity_that_is_out_of_date_is_refused(sqlite_server: Server) -> None:
    secret = sqlite_server.runtime.settings.chat_jwt_secret
    old = sign_identity(MARIA, secret, utc_now() - timedelta(days=2))
    with sqlite_server.client() as client:
        assert client.get("/api/v1/conversations", headers={"Authorization": f"Bearer {old}"}).status_code == 401


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", 422),
        ("   \n ", 422),
        ("x" * 4000, 201),
        ("x" * 4001, 422),
        ("<script>alert(1)</script>", 201),
        ("{{ 7*7 }} {% raw %}", 201),
        ("'; DROP TABLE messages; --", 201),
        ("\u202eright to left", 201),
        ("مرحبا كيف حالك", 201),
        ("null byte \x00 and bell \x07", 201),
        ("🧑‍⚕️" * 50, 201),
    ],
)
def test_any_text_is_taken_as_text_or_refused_with_a_friendly_word(
    sqlite_server: Server, text: str, status: int
) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        answer = client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": text})

    assert answer.status_code == status
    if status == 201:
        assert answer.json()["text"].replace("\x00", "") == text.replace("\x00", "").replace("\x07", "")
    else:
        assert "Traceback" not in answer.text and len(answer.json()["detail"]) > 20


def test_a_lone_surrogate_is_never_an_error_of_ours(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        body = b'{"client_id": "a", "text": "broken \\ud800 half"}'
        answer = client.post(
            f"/api/v1/conversations/{conversation}/messages", content=body, headers={"Content-Type": "application/json"}
        )

    assert answer.status_code == 201 and answer.json()["text"] == "broken \ufffd half"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"client_id": 1}', b'{"client_id": "a b", "text": "x"}', b"\xff\xfe"]
)
def test_a_body_that_is_not_what_was_asked_for_is_422(sqlite_server: Server, body: bytes) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        answer = client.post(
            f"/api/v1/conversations/{conversation}/messages", content=body, headers={"Content-Type": "application/json"}
        )

    assert answer.status_code in (400, 422) and "detail" in answer.json()


def test_a_body_over_64_kib_is_413(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        path = f"/api/v1/conversations/{conversation}/messages"
        told = client.post(path, json={"client_id": "a", "text": "x" * 70_000})
        untold = client.post(
            path, content=(b"x" * 1000 for _ in range(100)), headers={"Content-Type": "application/json"}
        )

    assert (told.status_code, untold.status_code) == (413, 413)


def events_of(server: Server, conversation: str, until_number: int, last: str = "", seconds: float = 10) -> list[dict]:
    """What the stream says until a message number is seen."""
    seen: list[dict] = []
    headers = {"Last-Event-ID": last} if last else {}
    with (
        server.client() as client,
        client.stream("GET", f"/api/v1/conversations/{conversation}/events", headers=headers) as stream,
    ):
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line[7:]
            if line.startswith("data: ") and kind == "message":
                seen.append(json.loads(line[6:]))
                if seen[-1]["number"] >= until_number:
                    return seen
    return seen


def test_the_stream_resumes_after_the_last_event_and_hears_what_comes_later(server: Server) -> None:
    with server.client() as client:
        conversation = opened(client)
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": MFA})
        got: list[dict] = []
        reading = threading.Thread(target=lambda: got.extend(events_of(server, conversation, 5, last="1")), daemon=True)
        reading.start()
        until(lambda: client.get(f"/api/v1/conversations/{conversation}/messages?after=2").json())
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "b", "text": "no"})
        reading.join(timeout=120)

    assert [message["number"] for message in got] == [2, 3, 4, 5]


@pytest.mark.guide("EC4")
def test_a_picture_is_kept_and_given_back_as_a_download(sqlite_server: Server) -> None:
    png = a_picture()
    with sqlite_server.client() as client:
        conversation = opened(client)
        sent = client.post(f"/api/v1/conversations/{conversation}/attachments", files={"file": ("../screen.png", png)})
        file = sent.json()["attachment"]
        back = client.get(file["url"])

    assert sent.status_code == 201 and file["type"] == "image/png" and "/" not in file["name"]
    assert Image.open(BytesIO(back.content)).size == (40, 30)
    assert (
        back.headers["content-disposition"].startswith("attachment")
        and "screen.png" in back.headers["content-disposition"]
    )
    assert back.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>alert(1)</script>", b"MZ" + b"\x00" * 200, b"PK\x03\x04" + b"\x00" * 200, b"<svg onload=1>"],
)
def test_a_file_of_another_kind_is_refused_whatever_it_is_called(sqlite_server: Server, content: bytes) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        answer = client.post(f"/api/v1/conversations/{conversation}/attachments", files={"file": ("nice.png", content)})

    assert answer.status_code == 422


def test_an_anonymous_visitor_may_chat_where_the_operator_allows_it(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        token = client.post("/api/v1/sessions").json()["token"]
        answer = client.post("/api/v1/conversations", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200


@pytest.mark.guide("CX3")
def test_every_answer_carries_the_security_headers_and_no_error_names_a_path(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        for path in (
            "/",
            "/help",
            "/nothing/here",
            "/api/v1/conversations",
            "/console/sign-in",
            "/widget.js",
            "/healthz",
        ):
            answer = client.get(path)
            assert "frame-ancestors" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "Traceback" not in answer.text and ".py" not in answer.text


def test_readiness_tells_of_database_worker_and_encoder(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["database"], answer.json()["worker"]) == ("ok", "ok") and "encoder" in answer.json()


def test_metrics_count_by_route_and_never_by_a_users_id(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        client.get(f"/api/v1/conversations/{conversation}/messages")
        text = client.get("/metrics").text

    assert "/api/v1/conversations/{public_id}/messages" in text and conversation not in text


def test_two_people_talk_at_once_and_each_reads_their_own(server: Server) -> None:
    people = [User(f"u-{n}", f"Person {n}", verified=True) for n in range(6)]

    def talk(user: User) -> None:
        with server.client(user) as client:
            conversation = opened(client)
            for turn in range(4):
                text = f"message {turn} of {user.id}"
                client.post(
                    f"/api/v1/conversations/{conversation}/messages", json={"client_id": f"c{turn}", "text": text}
                )

    threads = [threading.Thread(target=talk, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for user in people:
        with server.client(user) as client:
            lines = client.get(f"/api/v1/conversations/{opened(client)}/messages").json()
        said = [line["text"] for line in lines if line["from"] == "user"]
        assert said == [f"message {turn} of {user.id}" for turn in range(4)]
        assert [line["number"] for line in lines] == sorted(line["number"] for line in lines)
