"""A ticket's fields hold only what was said, where it belongs, and what was told is not asked again."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat


def told(chat: Chat) -> dict[str, str]:
    """The fields, by id."""
    return {detail.id: detail.value for detail in chat.known.gathered}


@pytest.mark.parametrize(
    ("first", "field"),
    [
        ("all that I had saved here has vanished", "what_is_missing"),
        ("gdpr request", "privacy_kind"),
    ],
)
@pytest.mark.parametrize("answers", [("yes", "yes"), ("no",), ("yes", "no")])
def test_a_bare_yes_or_no_chooses_nothing_of_a_list(
    chat: Chat, first: str, field: str, answers: tuple[str, ...]
) -> None:
    chat.says(first)
    for words in answers:
        chat.says(words)
    assert told(chat)[field] == SKIPPED


def test_a_yes_to_a_list_asks_once_which(chat: Chat) -> None:
    chat.says("all that I had saved here has vanished")
    assert "Which of these fits best?" in chat.says("yes")
    chat.says("Notes or records")
    assert told(chat)["what_is_missing"] == "Notes or records"


@pytest.mark.parametrize(
    ("words", "field", "choice"),
    [
        ("I can see someone else's data in my account", "privacy_kind", "I see someone else's data"),
        ("my visits from last year are gone", "what_is_missing", "Appointments or visits"),
        ("all my visit notes from last year have vanished", "what_is_missing", "Notes or records"),
    ],
)
def test_a_choice_that_was_said_is_not_asked(chat: Chat, words: str, field: str, choice: str) -> None:
    chat.says(words)
    assert told(chat)[field] == choice and chat.known.asking not in (None, field)


@pytest.mark.parametrize("words", ["Someone else could see my data", "I do not see someone else's data"])
def test_words_in_another_order_or_denied_are_no_choice(chat: Chat, words: str) -> None:
    chat.goes_on(state="gathering", issue="escalate.privacy", asking="page_or_feature", words=(words,))
    chat.says("skip")
    assert told(chat).get("privacy_kind") != "I see someone else's data"


@pytest.mark.parametrize("words", ["I have a problem", "it's broken", "dunno", "my lab results never arrived"])
def test_the_day_of_a_visit_is_asked_only_where_a_visit_was_named(chat: Chat, words: str) -> None:
    chat.goes_on(state="gathering", issue="escalate.unknown_issue", reason="not_understood", words=(words,))
    chat.goes_on(asking="description", asked=("description",))
    chat.says("skip")
    assert chat.last.request is not None and "appointment_date" not in told(chat)


def test_the_day_is_asked_where_a_visit_was_named(chat: Chat) -> None:
    chat.goes_on(
        state="gathering", issue="escalate.unknown_issue", reason="not_understood", words=("my visit, you know",)
    )
    chat.goes_on(asking="description", asked=("description",))
    chat.says("skip")
    assert chat.known.asking == "appointment_date"


@pytest.mark.parametrize("words", ["her name and birthday", "my last name", "the first name is wrong"])
def test_a_field_for_a_time_takes_only_what_tells_one(chat: Chat, words: str) -> None:
    chat.says("I can see another patient's lab results in my account")
    chat.says("I see someone else's data")
    chat.says(words)
    chat.says(words)
    assert told(chat).get("when_started") in (None, SKIPPED)


def test_since_when_is_never_taken_from_words_that_tell_no_time(chat: Chat) -> None:
    for words in ("everything takes forever to load", "no", "no"):
        chat.says(words)
    assert told(chat).get("when_started") in (None, SKIPPED)


@pytest.mark.parametrize(
    ("first", "answers", "fields"),
    [
        (
            "You people charged me twice for one visit",
            ("June 3, 45 dollars both times",),
            {"appointment_date": "June 3", "amount": "45 dollars"},
        ),
        ("i was charged twice on june 3", (), {"appointment_date": "june 3"}),
        ("need to reschedule", ("it's not working", "no it's today at 4"), {"appointment_date": "today at 4"}),
    ],
)
def test_a_day_told_with_other_things_is_not_asked_again(
    chat: Chat, first: str, answers: tuple[str, ...], fields: dict[str, str]
) -> None:
    chat.says(first)
    for words in answers:
        chat.says(words)
    if chat.known.state == "answering":
        chat.says("i cant reach them")
    assert fields.items() <= told(chat).items()
    assert chat.known.asking != "appointment_date"


def test_a_day_alone_is_half_an_answer_where_the_time_is_wanted_too(chat: Chat) -> None:
    for words in ("kindly drop me from the doctor's list on Tuesday, I'm well again", "no", "no"):
        chat.says(words)
    assert chat.known.asking == "appointment_date"


@pytest.mark.parametrize(
    "words", ["i was charged for a wrong thing since june", "i was charged twice, and it goes on from the 3rd"]
)
def test_since_when_is_no_day_of_a_visit(chat: Chat, words: str) -> None:
    chat.says(words)
    assert "appointment_date" not in told(chat)


@pytest.mark.parametrize(
    "words", ["don't ask me more questions", "stop asking", "no more questions please", "enough with the questions"]
)
def test_who_wants_no_more_questions_is_handed_over_with_what_is_there(chat: Chat, words: str) -> None:
    chat.says("i was charged twice")
    chat.says("june 3")
    chat.says(words)
    assert chat.last.request is not None and chat.known.asking is None
    assert told(chat)["appointment_date"] == "june 3"


@pytest.mark.parametrize(
    ("words", "matter"),
    [("talk to a person about my bill", "my bill"), ("i need a human for help with my login", "my login")],
)
def test_what_a_person_is_wanted_for_is_not_asked_again(chat: Chat, words: str, matter: str) -> None:
    chat.says(words)
    if chat.known.issue == "escalate.human":
        assert told(chat)["description"] == matter and chat.known.asking != "description"


@pytest.mark.parametrize("words", ["delete my account please", "i want all my data deleted"])
def test_who_wants_data_deleted_is_not_asked_where_something_was_seen(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.asking not in ("page_or_feature", "when_started")


def test_nothing_is_called_tried_together_where_nothing_was(chat: Chat) -> None:
    said = chat.says("my new prescription says 20 mg but doctor told me 10")
    assert "settle this together" not in said and chat.known.issue == "prescription.wrong_information"


def test_what_is_missing_is_asked_by_its_name(chat: Chat) -> None:
    for words in ("cant verify my email", "no", "no"):
        chat.says(words)
    said = chat.says("still nothing after 20 min")
    assert "A name is enough" not in said and "**Mail provider**" in said


@pytest.mark.parametrize("words", ["i dont know", "i have no idea", "no idea", "not sure"])
def test_not_knowing_is_no_other_matter_while_a_request_is_open(chat: Chat, words: str) -> None:
    chat.says("my refill was never sent to the pharmacy")
    chat.opens()
    chat.says(words)
    assert chat.known.state == "with_support" and chat.known.step is None
    chat.says("the CVS on main street")
    assert chat.known.state == "with_support" and chat.known.step is None


def with_a_refund(chat: Chat) -> None:
    """A request for a refund is open, with all that was asked."""
    for words in ("i want a refund for the cancelled visit", "November 20", "60 dollars", "My bank or card statement"):
        chat.says(words)
    chat.opens()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("it was the 21st actually, not the 20th", "appointment_date", "November 21st"),
        ("sorry, it was 65 dollars", "amount", "65 dollars"),
    ],
)
def test_a_correction_reaches_the_fields_of_the_open_request(chat: Chat, words: str, field: str, value: str) -> None:
    with_a_refund(chat)
    chat.says(words)
    assert told(chat)[field] == value
    assert chat.last.more is not None and value in {detail.value for detail in chat.last.more.details}


def test_an_addition_corrects_nothing(chat: Chat) -> None:
    with_a_refund(chat)
    chat.says("and 40 dollars more on the 22nd")
    assert (told(chat)["appointment_date"], told(chat)["amount"]) == ("November 20", "60 dollars")


def test_a_request_after_a_closed_one_is_told_by_the_new_words(chat: Chat) -> None:
    with_a_refund(chat)
    chat.says("it was the 21st actually, not the 20th")
    chat.says("close it please, bank fixed it")
    if chat.known.state != "solved":
        chat.presses("Yes, close it")
    chat.says("actually not, it's charged again")
    assert chat.last.request is not None and chat.last.request.summary.startswith("actually not, it's charged again")
    assert "November 20" not in {detail.value for detail in chat.last.request.details}


def test_a_matter_that_nobody_can_name_is_told_by_all_that_was_said(chat: Chat) -> None:
    chat.says("the letter with the yellow paper never came to me")
    chat.says("I looked in the spam thing too, nothing there")
    for _ in range(6):
        if chat.last.request is None:
            chat.says("it is hard to say, none of these")
    assert chat.last.request is not None
    assert not chat.last.request.summary.startswith("I looked in the spam")


def test_what_the_screen_said_in_the_first_words_is_not_asked_again(chat: Chat) -> None:
    chat.says("i keep getting something went wrong code 503")
    assert chat.known.asking != "error_message"
    assert told(chat)["error_message"] == "something went wrong"
    chat.says("when i tap save on the intake form")
    assert "(skipped)" not in told(chat).values()


@pytest.mark.parametrize(("words", "choice"), [("name", "Name or date of birth"), ("the insurance", "Insurance")])
def test_a_choice_is_named_by_a_word_of_it(chat: Chat, words: str, choice: str) -> None:
    chat.says("i want to change my details")
    chat.is_asked("account.manage_profile", "what_to_change")
    chat.says(words)
    assert choice in told(chat).values()


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("the address", "Phone or address"),
        ("my e-mail address", "E-mail"),
        ("email", "E-mail"),
        ("home address", "Phone or address"),
    ],
)
def test_an_address_is_where_one_lives_unless_mail_is_named(chat: Chat, words: str, choice: str) -> None:
    chat.says("i want to change my details")
    chat.is_asked("account.manage_profile", "what_to_change")
    chat.says(words)
    assert choice in told(chat).values()


@pytest.mark.parametrize("words", ["not the name", "not the photo"])
def test_a_denial_names_no_choice(chat: Chat, words: str) -> None:
    chat.says("i want to change my details")
    chat.is_asked("account.manage_profile", "what_to_change")
    chat.says(words)
    assert not {"Name or date of birth", "Phone or address", "E-mail"} & set(told(chat).values())


def test_who_says_that_it_is_no_more_than_an_itch_is_not_taken_leave_of(chat: Chat) -> None:
    chat.says("got a rash from the new cream, how do I message my doctor")
    assert "You're welcome" not in chat.says("no just itchy")


def test_a_request_is_called_by_the_matter_and_not_by_the_anger_before_it(chat: Chat) -> None:
    chat.says("this is RIDICULOUS third day now")
    chat.says("cant get into my account")
    chat.says("just get me a person")
    while chat.last.request is None:
        chat.presses("Skip")
    assert chat.last.request.summary == "cant get into my account"


def test_what_was_looked_through_is_no_answer_to_who_is_affected(chat: Chat) -> None:
    chat.is_asked("escalate.data_loss", "how_many_affected")
    chat.goes_on(asked=("how_many_affected",))
    chat.says("no filter, all years selected")
    assert not any(one.id == "how_many_affected" for one in chat.known.gathered)
    chat.says("just mine my sisters are fine")
    told = chat.last.request.details if chat.last.request else chat.known.gathered
    assert {one.id: one.value for one in told}["how_many_affected"] == "Only me"


def test_since_when_is_no_answer_to_what_does_not_work(chat: Chat) -> None:
    chat.is_asked("escalate.outage", "page_or_feature")
    chat.goes_on(asked=("page_or_feature",))
    chat.says("since about 8 ish")
    told = {one.id: one.value for one in chat.known.gathered}
    assert "page_or_feature" not in told and told.get("when_started") == "since about 8 ish"
