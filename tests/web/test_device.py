"""What the browser says it is goes on a ticket only when the user presses its button."""

import pytest

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, Received, receive
from bot.storage import conversations, tickets
from bot.web.chat.device import device_of
from tests.makers import MARIA, NINE

FAMILIES = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome on Windows"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Safari/604.1", "Chrome on iPhone"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko Firefox/127.0", "Firefox on Mac"),
    (
        "Mozilla/5.0 (Linux; Android 14; SM-A546B) SamsungBrowser/25.0 Chrome/121 Safari/537.36",
        "Samsung Internet on Android",
    ),
    ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36", "Chrome on ChromeOS"),
    ("curl/8.5.0", ""),
    ("", ""),
    ("<script>alert(1)</script>" * 1000, ""),
]


@pytest.mark.parametrize(("said", "means"), FAMILIES)
def test_a_browser_is_told_in_two_words_from_a_list_and_nothing_else_is(said: str, means: str) -> None:
    assert device_of(said).endswith(means) and (means or not device_of(said))


def says(deps: Deps, text: str = "", pressed: str | None = None) -> Received:
    incoming = Incoming(MARIA, "in_app_chat", text, pressed, device="Chrome on Windows")
    return receive(deps, incoming, NINE)


def labels(received: Received) -> dict[str, str]:
    return {button["label"]: button["value"] for button in received.answers[-1].buttons}


def to_the_question(deps: Deps) -> Received:
    says(deps, "an error came up when I saved my diary")
    says(deps, "it says SM-204")
    return says(deps, "the health diary")


def detail(deps: Deps, received: Received) -> str:
    with deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, received.conversation.ticket_number))
    return next((told.value for told in ticket.request.details if told.id == "browser"), "")


@pytest.mark.guide("EC5")
def test_the_browser_in_use_is_offered_as_an_answer_and_goes_on_the_ticket_when_it_is_pressed(deps: Deps) -> None:
    asked = to_the_question(deps)
    assert "Chrome on Windows (what I use now)" in labels(asked)
    says(deps, pressed=labels(asked)["Chrome on Windows (what I use now)"])
    last = says(deps, "skip")

    assert detail(deps, last) == "Chrome on Windows (what I use now)"


@pytest.mark.guide("EC5")
def test_without_the_press_nothing_of_it_is_kept_anywhere(deps: Deps) -> None:
    to_the_question(deps)
    says(deps, "Firefox")
    last = says(deps, "skip")

    assert detail(deps, last) == "Firefox"
    with deps.reading.begin() as db:
        memory = conversations.memory_of(conversations.by_public_id(db, last.conversation.public_id))
    assert "Windows" not in str(memory)
