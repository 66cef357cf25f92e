"""Whatever staff do with a ticket, its status is true at once: on its page, in the queue, and in the chat of its user."""

import httpx2

from tests.web.conftest import Server
from tests.web.test_queue import form_of

PAGE = "/console/tickets/1001"
WAITS, OWNED, WORKED_ON = ("Waiting for a person",) * 2, ("Has an owner", "Assigned"), ("In progress", "In Progress")
RESOLVED = ("Resolved", "Resolved")
ACTIONS: list[tuple[str, dict[str, str], tuple[str, str]]] = [
    ("acknowledge", {}, WAITS),
    ("review", {}, WAITS),
    ("note", {"text": "Looked at the sign-ins."}, WAITS),
    ("take", {}, OWNED),
    ("let-go", {}, WAITS),
    ("take", {}, OWNED),
    ("hand-back", {"back": "It was her own holiday."}, WAITS),
    ("assign", {"colleague": "ben"}, OWNED),
    ("take-over", {}, OWNED),
    ("reply", {"text": "We are looking at it."}, WORKED_ON),
    ("priority", {"to": "high", "why": "nothing was taken"}, WORKED_ON),
    ("let-go", {}, WAITS),
    ("reply", {"text": "When was it?", "ask": "1"}, WORKED_ON),
    ("assign", {"colleague": "ben"}, OWNED),
    ("escalate", {"reason": "bug_confirmed"}, WAITS),
    ("resolve", {"done": "We ended the sign-in.", "findings": "An old phone."}, RESOLVED),
    ("reopen", {}, WORKED_ON),
    ("let-go", {}, WAITS),
]


def own_request(chat: httpx2.Client) -> dict[str, object]:
    """The head of the chat of its user."""
    return chat.post("/api/v1/conversations").json()["ticket"]


def test_after_each_deed_of_staff_page_queue_and_chat_say_how_it_stands(sqlite_server: Server) -> None:
    sqlite_server.staff_link("Ben Lind", "admin")
    with sqlite_server.client() as chat, httpx2.Client(base_url=sqlite_server.base, timeout=30) as desk:
        place = f"/api/v1/conversations/{chat.post('/api/v1/conversations').json()['id']}/messages"
        chat.post(place, json={"client_id": "1", "text": "someone hacked my account"})
        sqlite_server.sign_in(desk)
        for number, (action, fields, (to_staff, to_user)) in enumerate(ACTIONS):
            form = form_of(desk.get(PAGE).text, "note")
            answer = desk.post(f"{PAGE}/{action}", data={**form, **fields})
            page, queue = desk.get(PAGE).text, desk.get("/console").text + desk.get("/console?view=over").text
            row = queue.partition(f'role="row" href="{PAGE}"')[2].partition("</a>")[0]
            at = f"after {action}, number {number}"

            assert answer.status_code == 303, at
            assert f'data-testid="status">{to_staff}<' in page, at
            assert to_staff in row, at
            assert own_request(chat)["status_text"] == to_user, at
            assert ("Nobody yet" in page) == (to_staff == WAITS[0]), at


def test_who_writes_when_nobody_has_the_request_any_more_is_answered_by_the_assistant(sqlite_server: Server) -> None:
    with sqlite_server.client() as chat, httpx2.Client(base_url=sqlite_server.base, timeout=30) as desk:
        here = f"/api/v1/conversations/{chat.post('/api/v1/conversations').json()['id']}"
        chat.post(f"{here}/messages", json={"client_id": "1", "text": "someone hacked my account"})
        sqlite_server.sign_in(desk)
        for action, fields in (("reply", {"text": "We are looking at it."}), ("let-go", {})):
            desk.post(f"{PAGE}/{action}", data={**form_of(desk.get(PAGE).text, "note"), **fields})
        before = len(chat.get(f"{here}/messages").json())
        chat.post(f"{here}/messages", json={"client_id": "2", "text": "what is happening with my request?"})
        said = chat.get(f"{here}/messages").json()[before:]

    assert [line["from"] for line in said][-1] == "bot"
