"""A state that is told, another's deed, or a deed alone is no success: nothing ends by it."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

GLAD = "I'm glad that helped"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("no sound in my visit, doctor is talking but i hear nothing", "he is there now"),
        ("video visit starting now but my camera is black", "she's already in there"),
        ("cant hear the doctor in video", "the nurse is there now"),
        ("cant hear the doctor in video", "oh he is back in the call"),
        ("zoom thing with my therapist, i see her but she cant hear me", "she's waving at me"),
        ("no sound when a message comes from my doctor, i only see it if i open the app", "yes that's on"),
        ("the app keeps closing on me", "it opens now??"),
        ("the app keeps closing on me", "restart did, 2 times"),
        ("page wont load", "refresh done twice"),
    ],
)
def test_where_somebody_is_what_is_asked_and_what_was_done_is_no_success(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    step = chat.known.step
    assert GLAD not in chat.says(words)
    assert (chat.known.state, chat.known.step) == ("answering", step)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("cant hear the doctor in video", "she's here and can hear me now"),
        ("cant hear the doctor in video", "he sees us, all good"),
        ("my mum cant get into her video visit", "she's in now"),
        ("the app keeps closing on me", "it's open now! what was it?"),
        ("the app keeps closing on me", "update did, and it works"),
    ],
)
def test_a_result_beside_it_ends_it(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    assert GLAD in chat.says(words)


@pytest.mark.parametrize("words", ["he say he will wait 5 minute", "dr is waiting", "the doctor is waiting for me"])
def test_who_waits_in_a_visit_is_why_people_must_come_at_once(chat: Chat, words: str) -> None:
    chat.says("no sound in my visit, doctor is talking but i hear nothing")
    chat.says(words)
    assert chat.last.request is not None and "visit_soon" in chat.known.signals


@pytest.mark.parametrize("words", ["now it says 10?? lol", "now it says 10", "no its 10 now"])
def test_a_time_that_nobody_wanted_did_not_help(chat: Chat, words: str) -> None:
    chat.says("My appt shows 8am but my doc's office says 9. I just moved to Denver from LA")
    assert GLAD not in chat.says(words)
    assert chat.known.step == "move_visit"
    assert GLAD in chat.says("wait no its 9 now. thx")


def test_that_the_step_was_done_twice_is_asked_about(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="staff"))
    chat.says("pt list not moving since i marked mr osei as seen, still says hes waiting")
    assert GLAD not in chat.says("yes refresh did 2x")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Bonjour j'ai ma téléconsultation à 14h, je la vois mais elle ne m'entend pas", "c'est maintenant hein, elle attend"),
        ("ich komme nicht in meine videosprechstunde", "jetzt ist der termin, sie wartet schon"),
        ("no puedo reservar, da error al confirmar", "ya está bien de esto eh, ahora qué hago"),
    ],
)  # fmt: skip
def test_that_it_is_now_or_a_question_offers_no_end_in_any_language(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    chat.opens()
    chat.says(words)
    assert not [button for button in chat.known.buttons if button.value.startswith("close:")]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("ich komme nicht in meine videosprechstunde", "danke, jetzt geht es"),
        ("no puedo reservar, da error al confirmar", "ya pude, gracias, ahora sí funciona"),
    ],
)
def test_good_news_offers_the_end_in_any_language(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    chat.opens()
    chat.says(words)
    assert [button for button in chat.known.buttons if button.value.startswith("close:")]


@pytest.mark.parametrize(
    ("trouble", "answer", "again"),
    [
        (
            "CHECK IN button is gone since yesterdays update, Tracy still has it",
            "same role. still missing",
            "CHECK IN. check in button!!",
        ),
        ("the refunds button has disappeared", "my role is right, still missing", "the refunds button"),
        ("my video visit has no sound", "no", "sound. the sound of the video!"),
    ],
)
def test_who_only_names_the_trouble_again_has_no_result(chat: Chat, trouble: str, answer: str, again: str) -> None:
    chat.says(trouble)
    chat.says(answer)
    assert "glad that helped" not in chat.says(again)
    assert chat.known.ended != "solved"


def test_that_it_works_now_is_a_result_in_whatever_words_the_trouble_was_told(chat: Chat) -> None:
    chat.says("the check in button does not work")
    assert "glad that helped" in chat.says("the check in button works now, thanks")
