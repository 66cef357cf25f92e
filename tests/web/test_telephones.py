"""Who is told to call can call: the numbers of our texts are links that a phone dials."""

import pytest

from bot.web.markdown import as_html
from handoff.policy.loading import load_policy
from handoff.telephones import to_call
from tests.web.conftest import Server
from tests.web.test_chat_api import opened

CALLED = [
    ("Call **911** now.", ["911"]),
    ("Call or text 988, or call 911 (in the US).", ["988", "911"]),
    ("By phone (1-800-SMARTMED).", ["180076278633"]),
    ("**If anybody may be in danger, call 911**", ["911"]),
]
NOT_CALLED = ["Error 9110", "code A-911", "911-2", "https://help.smartmed.com/911", "911@example.org", "room 3/911"]


@pytest.mark.parametrize(("text", "dialled"), CALLED)
def test_numbers_to_call_are_links(text: str, dialled: list[str]) -> None:
    html = as_html(text, to_call(load_policy()))

    assert [part.partition('"')[0] for part in html.split('href="tel:')[1:]] == dialled


@pytest.mark.parametrize("text", NOT_CALLED)
def test_what_only_holds_such_digits_is_no_link(text: str) -> None:
    assert "tel:" not in as_html(text, to_call(load_policy()))


def test_a_link_that_is_one_already_stays_as_it_is() -> None:
    assert as_html("[call us](tel:911)", ("911",)).count("tel:911") == 1


def test_who_is_in_danger_is_shown_numbers_that_can_be_dialled(server: Server) -> None:
    with server.client() as client:
        conversation = opened(client)
        client.post(
            f"/api/v1/conversations/{conversation}/messages",
            json={"client_id": "a", "text": "my chest hurts and I can't breathe"},
        )
        lines = client.get(f"/api/v1/conversations/{conversation}/messages").json()

    told = "".join(line["html"] or "" for line in lines)
    assert all(f'href="tel:{number}"' in told for number in ("911", "988"))
