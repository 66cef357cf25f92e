"""A request that people have is closed by plain words or a yes to the question, and by nothing else."""

import pytest

from tests.dialogue.chat import Chat

CLOSED, SHALL_I = "closed your request", "Shall I close"
PLAINLY = (
    "close my request",
    "please close it",
    "it works now, i deleted it. close the request",
    "nie, już nie trzeba, zamknijcie",
    "fermez ma demande",
    "schließen Sie bitte die Anfrage",
    "请关闭工单",
)
ONLY_LIKELY = ("done", "done, thanks", "fixed", "resolved", "no longer needed")


def with_people(chat: Chat, told: str = "my bill is wrong") -> None:
    """A request of this matter waits, and nothing is asked."""
    chat.says(told)
    while chat.known.state == "gathering":
        chat.says("skip")
    chat.opens()


@pytest.mark.parametrize("words", PLAINLY)
def test_said_plainly_it_is_closed_at_once_in_every_language(chat: Chat, words: str) -> None:
    with_people(chat)
    chat.says(words)
    assert chat.last.withdrawn


@pytest.mark.parametrize("words", ONLY_LIKELY)
def test_what_is_only_likely_is_asked_about(chat: Chat, words: str) -> None:
    with_people(chat)
    assert SHALL_I in chat.says(words)
    assert not chat.last.withdrawn
    chat.says("yes")
    assert chat.last.withdrawn


@pytest.mark.parametrize("words", ["done", "all sorted"])
def test_done_just_after_something_else_ended_is_about_that(chat: Chat, words: str) -> None:
    with_people(chat)
    chat.says("where do i change my address")
    chat.presses("Yes")
    said = chat.says(words)
    assert SHALL_I not in said and CLOSED not in said and chat.known.ticket is not None


def test_said_plainly_amid_other_steps_both_end_and_nothing_is_asked(chat: Chat) -> None:
    with_people(chat)
    chat.says("where do i change my address")
    said = chat.says("it works now, i changed it. close the request")
    assert CLOSED in said and SHALL_I not in said and chat.last.withdrawn


@pytest.mark.parametrize("told", ["my wife died and you keep sending her appointment reminders", "my bill is wrong"])
@pytest.mark.parametrize("words", ["just stop it please", "please just stop them", "stop them", "stop sending these"])
def test_what_is_done_to_somebody_and_shall_stop_is_added(chat: Chat, told: str, words: str) -> None:
    with_people(chat, told)
    said = chat.says(words)
    assert SHALL_I not in said and not chat.last.withdrawn and chat.known.ticket is not None


KEPT = (
    "no leave it open, half are missing",
    "leave it open",
    "no, i still need it at the pc",
    "yes but half are missing",
    "nein offen lassen, ich brauch es am pc",
    "no, la necesito en el ordenador",
)


@pytest.mark.parametrize("words", KEPT)
def test_whoever_says_no_to_closing_keeps_it_open(chat: Chat, words: str) -> None:
    with_people(chat)
    assert SHALL_I in chat.says("done")
    said = chat.says(words)
    assert not chat.last.withdrawn and SHALL_I not in said and chat.known.ticket is not None


@pytest.mark.parametrize(
    "words", ["ok", "sure, go ahead", "好的", "是的，关闭", "haan band kar do", "in ordnung", "opo sige"]
)
def test_whoever_agrees_to_closing_closes_it_in_every_language(chat: Chat, words: str) -> None:
    with_people(chat)
    assert SHALL_I in chat.says("done")
    chat.says(words)
    assert chat.last.withdrawn


def _white_page_with_people(chat: Chat) -> None:
    chat.says("the page stays white in chrome and in firefox on my pc")
    with_people(chat, "i want a person")


@pytest.mark.parametrize(
    "words",
    ["auf dem handy geht es übrigens", "en el móvil sí funciona", "on my phone it works", "it works on the ipad"],
)
def test_what_works_on_another_device_ends_nothing(chat: Chat, words: str) -> None:
    _white_page_with_people(chat)
    said = chat.says(words)
    assert SHALL_I not in said and chat.known.buttons == () and not chat.last.withdrawn


def test_what_works_since_now_is_asked_about_on_whatever_device(chat: Chat) -> None:
    _white_page_with_people(chat)
    assert SHALL_I in chat.says("it works on my phone now")


@pytest.mark.parametrize("words", ["when was it closed, just to be sure", "is it closed?", "did you close it"])
def test_whether_it_is_closed_is_told_and_opens_nothing(chat: Chat, words: str) -> None:
    with_people(chat)
    chat.says("close it")
    chat.request = None
    said = chat.says(words)
    assert "#1001 is closed, as you asked" in said and chat.last.request is None


@pytest.mark.parametrize(
    "words",
    [
        "ya no se cierra la app, solo queda lo del cobro",
        "the app is fine now, only the charge is left",
        "never mind i missed it. please unlock it anyway",
    ],
)
def test_what_is_left_is_not_offered_to_be_closed(chat: Chat, words: str) -> None:
    with_people(chat)
    assert SHALL_I not in chat.says(words) and not chat.known.buttons


def test_another_one_is_closed_too_in_plain_words(chat: Chat) -> None:
    with_people(chat)
    chat.says("i didn't ask for a new request. close that too")
    assert chat.last.withdrawn
