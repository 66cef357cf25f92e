"""A calm question is answered first and calls nobody; who has nothing to add is asked no more; a title says what it is about."""

import pytest

from tests.dialogue.chat import Chat

WHO_SEES = (
    "who can see my notes?",
    "who can read my messages to the doctor",
    "can my employer see my visits",
    "do you share my data with insurance companies",
    "does the receptionist see my diagnosis",
)


@pytest.mark.parametrize("words", WHO_SEES)
def test_who_asks_who_sees_their_data_is_answered_and_nobody_is_called(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert "your clinic can tell you" in said
    assert chat.last.request is None and chat.known.state == "choosing"


@pytest.mark.parametrize("words", ["yes please", "somebody at work has read them!", "please pass it on"])
def test_the_team_gets_it_where_that_is_wanted_or_something_has_happened(chat: Chat, words: str) -> None:
    chat.says(WHO_SEES[0])
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.team == "security"
    assert chat.known.asking != "privacy_kind"


@pytest.mark.parametrize("words", ["no", "no thanks", "ok thank you"])
def test_who_only_wanted_to_know_is_let_go(chat: Chat, words: str) -> None:
    chat.says(WHO_SEES[0])
    chat.says(words)
    assert chat.last.request is None and chat.known.state in ("new", "waiting")


@pytest.mark.parametrize(
    "words",
    [
        "why can my boss see my visits",
        "my ex wife can see our sons notes though the court said no",
        "my mum can still see my records and I turned 18",
        "who has looked at my records? I want a list",
    ],
)
def test_what_has_happened_goes_to_the_team_at_once(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.team == "security"


@pytest.mark.parametrize("words", ["so who do I ask then?", "who am I supposed to ask", "but who can tell me"])
def test_who_may_be_asked_a_clinical_question_is_told(chat: Chat, words: str) -> None:
    chat.says("can I take ibuprofen with my blood pressure pills?")
    said = chat.says(words)
    assert "the doctor who treats you" in said and "pharmacist" in said and "911" in said
    assert "can't answer" not in said


@pytest.mark.parametrize("words", ["no thats all", "nope nothing else thx", "that's it, thanks"])
def test_who_has_nothing_to_add_is_asked_no_more_and_hears_who_has_it(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking)
    chat.says(words)
    assert chat.known.state == "with_support" and chat.known.asking is None
    again = chat.says("no that's all")
    assert "#1001" in again and "added" not in again and not chat.last.for_ticket


def test_nothing_more_is_heard_in_spanish(chat: Chat) -> None:
    chat.says("hola, no puedo entrar en mi cuenta")
    chat.opens()
    assert chat.says("no, eso es todo").startswith("De nada") and not chat.last.for_ticket


@pytest.mark.parametrize("words", ["no that's all wrong", "nothing else works"])
def test_what_only_begins_like_it_is_no_end(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()
    chat.says(words)
    assert chat.last.for_ticket


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Dr Patel never replies, i sent three messages", "A doctor or clinic that does not answer"),
        ("my doctor does not answer my messages", "A doctor or clinic that does not answer"),
    ],
)
def test_a_title_is_made_of_approved_pieces_and_no_private_word(chat: Chat, words: str, title: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.title == title
    assert "Patel" not in chat.last.request.title


def test_a_skip_chooses_nothing_of_which_it_is(chat: Chat) -> None:
    chat.says("how do i cancel the newsletter you sent about diabetes classes at the clinic downtown")
    if chat.known.state == "choosing":
        chat.says("skip")
        assert chat.last.request is None


def test_ok_to_the_offer_passes_the_question_on(chat: Chat) -> None:
    chat.says("who can see my notes?")
    chat.says("ok")
    assert chat.last.request is not None and chat.last.request.issue == "escalate.privacy"
