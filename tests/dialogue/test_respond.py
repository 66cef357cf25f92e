"""How the assistant talks: one approved step at a time, nothing twice, a person whenever one is wanted."""

from dataclasses import dataclass, field, replace

import pytest

from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.respond import respond
from bot.mind import Mind
from handoff.ticket import SKIPPED, User
from tests.makers import MARIA, NINE


@dataclass
class Chat:
    """A conversation without storage: what was said to it, and what came of it."""

    mind: Mind
    user: User = MARIA
    known: Conversation = field(init=False)
    last: Outcome = field(init=False)

    def __post_init__(self) -> None:
        self.known = Conversation(self.user, "in_app_chat")

    def says(self, words: str) -> str:
        """Type something; the answer as one text."""
        return self._turn(Message(words), words)

    def presses(self, label: str) -> str:
        """Press a live button."""
        value = next(button.value for button in self.known.buttons if button.label == label)
        return self._turn(Message(label, value), "")

    def _turn(self, message: Message, words: str) -> str:
        assistant = self.mind.assistant
        reading = assistant.in_context(self.known, assistant.read(words))
        self.last = respond(self.known, reading, message, assistant.script, NINE)
        self.known = self.last.conversation
        return "\n".join(say.text for say in self.last.says)


@pytest.fixture
def chat(mind: Mind) -> Chat:
    """A new conversation of Maria's."""
    return Chat(mind)


def choosing(chat: Chat) -> None:
    """Which of these is it? is before the user."""
    chat.says("thing is broken")
    if chat.known.state == "waiting":
        chat.presses("Signing in or my account")
    assert chat.known.state == "choosing"


MFA = "the two-step code never works for me"


@pytest.mark.guide("KA3", "CD3", "CD5", "T1.1")
def test_an_answer_is_one_numbered_step_with_its_question_its_buttons_and_its_article(chat: Chat) -> None:
    text = chat.says(MFA)

    assert "1. " in text and "2. " in text and "Date & time" in text and "backup" not in text
    assert text.endswith("Did the fresh code work?")
    assert [button.label for button in chat.known.buttons] == ["Yes", "No", "I don't have that phone"]
    assert chat.last.says[0].page is not None and chat.last.says[0].page[1].endswith("/security/mfa-setup")


def test_no_leads_to_the_next_step_and_yes_to_solved(chat: Chat) -> None:
    chat.says(MFA)

    assert "backup" in chat.presses("No")
    assert "glad" in chat.presses("Yes")
    assert chat.known.state == "solved" and chat.last.says[0].rating == "bot"


@pytest.mark.guide("EA1", "EC1", "EC6")
def test_when_no_step_helps_a_person_gets_the_steps_with_their_outcomes(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("No")
    chat.says("no, still refused")
    chat.says("Android phone")
    chat.says("skip")

    request = chat.last.request
    assert request is not None and request.reason == "not_resolved_by_documentation"
    assert [(tried.step, tried.outcome) for tried in request.tried] == [
        ("time_sync", "did_not_help"),
        ("backup_code", "did_not_help"),
    ]
    assert [(detail.id, detail.value) for detail in request.details] == [
        ("device", "Android phone"),
        ("last_worked", SKIPPED),
    ]


@pytest.mark.guide("CD1")
def test_what_goes_wrong_is_met_with_sympathy_at_every_turn(chat: Chat) -> None:
    said = [chat.says(MFA), chat.presses("No"), chat.presses("No")]

    assert said[0].startswith("I'm sorry your sign-in code is being refused.")
    assert said[1].startswith("I'm sorry that didn't help.")
    assert said[2].startswith("I'm sorry we couldn't settle this together.")


def test_a_step_the_user_says_they_tried_is_never_offered(chat: Chat) -> None:
    text = chat.says("the two-step code never works for me, my phone's clock is set automatically")

    assert "Date & time" not in text and "backup" in text


PDF = "the pdf of my prescription will not open"


def test_a_step_told_as_done_while_another_is_before_the_user_is_noted_and_never_offered(chat: Chat) -> None:
    chat.says(PDF)
    asked = chat.says("i already cleared my cache")
    then = chat.presses("No")

    assert "noted" in asked and "Clear browsing data" not in asked + then
    assert ("clear_cache", "tried_before") in [(tried.step, tried.outcome) for tried in chat.known.tried]


def test_a_fact_for_another_question_is_kept_and_the_question_asked_once_more(chat: Chat) -> None:
    chat.says(PDF)
    chat.presses("No")
    question = chat.presses("No")
    again = chat.says("i use an iphone 12, safari")
    chat.presses("The file is blank")
    while chat.known.state == "gathering":
        chat.says("skip")

    assert "Download" in question and "Download" in again
    told = {detail.id: detail.value for detail in chat.last.request.details} if chat.last.request else {}
    assert told["page_or_feature"] == "The file is blank" and told["device"].lower() == "iphone 12"


def test_the_same_issue_again_later_never_brings_the_same_step_again(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("Yes")
    text = chat.says(MFA)

    assert "Date & time" not in text


@pytest.mark.guide("EA4", "O21")
def test_a_person_is_given_at_any_turn_and_the_issue_is_kept(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("just let me talk to a real person please")
    while chat.known.state == "gathering":
        chat.says("skip")

    assert chat.last.request is not None
    assert (chat.last.request.issue, chat.last.request.reason) == ("account.mfa_not_working", "asked_for_person")


@pytest.mark.guide("O13", "CH4")
@pytest.mark.parametrize("before", [[], [MFA], [MFA, "No"], ["talk to a person"]])
def test_an_emergency_comes_before_everything_in_every_state(chat: Chat, before: list[str]) -> None:
    for words in before:
        chat.says(words)

    text = chat.says("i have chest pain and i can't breathe")

    assert "911" in text and "988" in text and "1-800-SMARTMED" in text and "?" not in text
    assert chat.last.request is not None and chat.last.request.issue == "safety.emergency"
    assert chat.last.request.signals == ("emergency",) or "emergency" in chat.last.request.signals


def test_a_button_of_an_earlier_question_does_nothing_but_say_so(chat: Chat) -> None:
    chat.says(MFA)
    old = chat.known.buttons[1]
    chat.presses("No")
    before = chat.known.step

    text = chat._turn(Message(old.label, old.value), "")

    assert "earlier question" in text and chat.known.step == before


@pytest.mark.guide("EC2")
def test_somebody_who_is_not_signed_in_is_asked_who_they_are_and_others_never(mind: Mind) -> None:
    stranger, known = Chat(mind, User()), Chat(mind)
    for chat in (stranger, known):
        chat.says(MFA)
        chat.says("talk to a person")

    asked = []
    while stranger.known.state == "gathering":
        asked.append(stranger.known.asking)
        stranger.says("skip")
    assert "contact" in asked
    while known.known.state == "gathering":
        assert known.known.asking != "contact"
        known.says("skip")


@pytest.mark.guide("DA1", "DA2", "DA3", "CD2", "CD1")
def test_anger_is_acknowledged_and_apologised_for_before_the_next_step_in_the_same_message(chat: Chat) -> None:
    text = chat.says("this is ridiculous, my authenticator code is refused every single time")

    told = [text.find(words) for words in ("I can see how frustrating this is", "sorry for the trouble", "Date & time")]
    assert -1 < told[0] < told[1] < told[2]


@pytest.mark.guide("DA4")
def test_the_second_angry_turn_is_offered_a_person(chat: Chat) -> None:
    chat.says("this is ridiculous, my authenticator code is refused every single time")
    chat.says("this is ridiculous, i am furious")

    assert {button.value for button in chat.known.buttons} == {"person", "go_on"}


def test_what_was_said_on_the_way_is_not_asked_again(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("talk to a person")
    chat.says("Android phone")
    chat.says("skip")

    asked = chat.known.asked
    assert len(asked) == len(set(asked))


def test_the_same_values_give_the_same_outcome(mind: Mind) -> None:
    first, second = Chat(mind), Chat(mind)
    for chat in (first, second):
        chat.says(MFA)
        chat.says("no")

    assert first.last == second.last


@pytest.mark.guide("O22")
def test_of_two_known_issues_in_one_message_one_is_answered_and_the_other_next(chat: Chat) -> None:
    chat.says("my sign-in code is always refused. Also, the pdf of my prescription won't download.")
    first = chat.known.issue

    told = chat.presses("Yes")

    assert {first, chat.known.issue} == {"account.mfa_not_working", "prescription.pdf_download"}
    assert chat.known.step is not None and "1." in told


@pytest.mark.guide("O22")
def test_the_more_urgent_of_two_issues_decides_the_way_and_the_other_is_on_the_ticket(chat: Chat) -> None:
    chat.says("the pdf of my prescription won't download. Also, somebody hacked my account and changed my e-mail.")

    request = chat.last.request
    assert request is not None and request.issue == "escalate.security"
    assert request.also == ("Prescription PDF won't download or open",)


def test_what_is_denied_is_never_taken_for_the_answer_that_says_it(chat: Chat) -> None:
    chat.says("hello my mother's prescription has the wrong dose on it")
    said = chat.says("she has not taken it")

    assert chat.last.request is None and "911" not in said and chat.known.issue == "prescription.wrong_information"


def test_an_answer_in_other_words_is_understood(chat: Chat) -> None:
    chat.says("forgot my password")
    assert "spam" in chat.says("no email came").lower()


def test_a_step_done_is_heard_in_other_words(chat: Chat) -> None:
    chat.says("it says my email and password do not match")
    chat.says("i already reset my password")
    chat.says("no")

    assert "account.cant_log_in/reset_password" not in chat.known.offered


def test_who_said_what_it_is_about_is_not_asked_for_it(chat: Chat) -> None:
    question = chat.says("please delete all my data under the privacy law")
    assert "Which of these" not in question


def test_never_mind_leaves_it_there_and_nothing_counts_as_solved(chat: Chat) -> None:
    chat.says(MFA)
    text = chat.says("never mind")

    assert "leave it there" in text and chat.known.state == "new" and chat.known.solved == ()


def test_a_bare_no_after_it_was_solved_asks_what_is_needed_and_guesses_nothing(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("Yes")
    assert "What can I help you with" in chat.says("no")


def test_a_no_to_a_question_that_wants_words_passes_it_over(chat: Chat) -> None:
    chat.says("the app keeps crashing since the update")
    chat.says("please let me talk to a person")
    while chat.known.state == "gathering":
        chat.says("nope")

    assert chat.last.request is not None
    assert "nope" not in {detail.value for detail in chat.last.request.details}


def test_a_word_that_chooses_one_of_the_offered_issues_is_understood(chat: Chat) -> None:
    choosing(chat)
    title = chat.mind.catalog.title(chat.known.choices[1])
    chat.says(title.lower())
    assert chat.known.issue is not None and chat.mind.catalog.title(chat.known.issue) == title


def test_what_says_too_little_alone_is_read_together_with_the_words_before(chat: Chat) -> None:
    chat.says("problem")
    chat.says("with my prescription")
    assert "PDF" in chat.says("cannot download it") and chat.known.issue == "prescription.pdf_download"


@pytest.mark.guide("EA4")
def test_who_asks_for_a_person_while_we_ask_gets_one_without_another_question(chat: Chat) -> None:
    chat.says("my account is locked")
    assert chat.known.state == "gathering" and chat.known.asking
    chat.says("just get me a person")
    assert chat.last.request is not None and chat.last.request.issue == "account.locked"


def test_what_a_request_is_about_is_not_asked_of_who_has_said_it(chat: Chat) -> None:
    chat.says("I need a sick note for my employer")
    assert chat.last.request is not None and "sick note" in chat.last.request.summary


@pytest.mark.parametrize("words", ["today", "the weather here is bad", "it is green"])
def test_a_stray_word_to_an_open_ticket_is_kept_for_people_and_not_declined(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.says("just get me a person")
    chat.known = replace(chat.known, ticket=1001)
    assert "added that to your request" in chat.says(words) and chat.last.for_ticket


@pytest.mark.parametrize("words", ["none of these", "something else", "neither"])
def test_who_means_none_of_the_offered_is_asked_for_more_and_given_none_of_them(chat: Chat, words: str) -> None:
    choosing(chat)
    shown = set(chat.known.choices)
    chat.says(words)
    assert chat.known.issue is None or chat.known.state == "gathering"
    assert not shown & set(chat.known.choices) and chat.known.step is None


@pytest.mark.parametrize("words", ["delete my account please", "i want my account gone for good"])
def test_who_wants_the_account_gone_reaches_the_team_for_privacy_at_once(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue == "escalate.privacy"


def test_a_step_of_another_issue_named_in_passing_does_not_stand_on_the_ticket(chat: Chat) -> None:
    chat.says(
        "we installed the app on a new tablet, and the sign-in code goes to her old phone which we no longer have"
    )
    for _ in range(2):
        chat.says("just get me a person")
    assert chat.last.request is not None and chat.last.request.issue == "account.mfa_not_working"
    assert {step.issue for step in chat.last.request.tried} <= {"account.mfa_not_working"}
