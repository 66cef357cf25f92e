"""Facts for which the issue has no question stand on the request, and nothing that is of another matter."""

import pytest

from tests.dialogue.chat import Chat


def on_request(chat: Chat) -> dict[str, str]:
    """The details of the request that was made, by id."""
    for _ in range(8):
        if chat.last.request is None:
            chat.says("skip")
    assert chat.last.request is not None
    return {detail.id: detail.value for detail in chat.last.request.details}


@pytest.mark.parametrize(
    ("first", "facts"),
    [
        (
            "I forgot my password and no mail comes, I use a Samsung A54 with Chrome 119, app version 4.2.1",
            {"device": "Samsung A54", "browser": "Chrome 119", "app_version": "4.2.1"},
        ),
        (
            "I want a person: my video visit with Dr Lee will not start in Chrome on Windows 11, error CAM-403",
            {"browser": "Chrome", "operating_system": "Windows 11", "error_code": "CAM-403", "doctor_name": "Lee"},
        ),
        ("I was charged $45 twice, Firefox showed me the bill", {"browser": "Firefox", "amount": "$45"}),
    ],
)
def test_what_was_told_stands_on_the_request_though_nothing_asks_for_it(
    chat: Chat, first: str, facts: dict[str, str]
) -> None:
    chat.says(first)
    if chat.known.state != "gathering":
        chat.says("I want to talk to a person")
    assert facts.items() <= on_request(chat).items()


def test_a_fact_of_a_matter_that_was_solved_is_none_of_the_next_request(chat: Chat) -> None:
    chat.says("the app crashes on my Samsung A54")
    chat.says("it works now, thank you")
    chat.says("I was charged twice for one visit")
    assert "device" not in on_request(chat)


def test_an_emergency_holds_no_browser(chat: Chat) -> None:
    chat.says("my father has chest pain and cannot breathe, I am on Chrome")
    assert "browser" not in on_request(chat)
