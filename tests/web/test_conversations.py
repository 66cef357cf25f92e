"""Five whole conversations of people who type instead of pressing, at the width of a phone. SCREENSHOTS keeps a picture of each."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Server
from tests.web.test_whole_walk import last, open_chat, shot, write

pytestmark = pytest.mark.browser
PHONE_WIDE_AND_LONG = {"width": 390, "height": 2500}

CONVERSATIONS = {
    "solved-in-passing": [
        ("Good morning, my authenticator keeps telling me the code is wrong", "Date & time"),
        ("where do I find date and time on my phone?", "The phone's own settings"),
        ("that was it, the code was taken and I am in now, thank you", "glad that helped"),
    ],
    "handed-over": [
        ("the pdf of my prescription is blank again", "different browser"),
        ("Edge, same empty sheet", "next thing"),
        ("still nothing. it's the one from Tuesday, Dr. Wu. hand it on mate", "pass this to a person"),
        ("just send it, I've said all I know", "Request #1001"),
        ("any news?", "You'll hear from us by"),
    ],
    "danger-in-the-middle": [
        ("where can I see my prescription", "Prescriptions"),
        ("my chest hurts and I can't breathe", "911"),
    ],
    "in-spanish": [
        ("hola, no puedo abrir mi receta, la página se queda en blanco", "Hemos recibido su mensaje"),
        ("uso Chrome en el portátil", "lo he añadido"),
        ("ya funciona, muchas gracias", "Cierro su solicitud"),
        ("sí", "he cerrado su solicitud"),
    ],
    "somebody-else-was-in": [
        ("somebody signed in to my account last night and it was not me", "Request #1001"),
        ("what happens now?", "You'll hear from us by"),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_whole_conversation_typed_on_a_phone_comes_to_its_end(sqlite_server: Server, page: Page, name: str) -> None:
    page.set_viewport_size(PHONE_WIDE_AND_LONG)
    open_chat(page, sqlite_server)
    for said, answered in CONVERSATIONS[name]:
        before = page.get_by_test_id("message-text").count()
        write(page, said)
        expect(page.get_by_test_id("message-text")).not_to_have_count(before)
        expect(page.get_by_test_id("message-text").filter(has_text=answered).last).to_be_visible()
    shot(page, name)
    assert last(page).is_visible()
