"""What the first words told is on the request and is not asked."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat


def fields(chat: Chat) -> dict[str, str]:
    """The fields, by id, without those that were passed over."""
    return {detail.id: detail.value for detail in chat.known.gathered if detail.value != SKIPPED}


@pytest.mark.parametrize(
    "words", ["I wish there was dark mode", "it would be great if i could export my visits to my calendar"]
)
def test_a_wish_that_names_what_is_wished_for_is_not_asked_for(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue == "escalate.feature_request"
    assert fields(chat)["feature_idea"] == words and chat.known.asking != "feature_idea"


def test_a_wish_that_names_nothing_is_asked_for(chat: Chat) -> None:
    chat.says("I'd like to propose a new feature")
    assert "feature_idea" not in fields(chat)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("send me a copy of all my data please", "A copy of my data"),
        ("please delete my data under GDPR", "Deleting my data"),
    ],
)
def test_the_kind_of_a_privacy_request_is_taken_from_it(chat: Chat, words: str, kind: str) -> None:
    chat.says(words)
    assert fields(chat).get("privacy_kind") == kind and chat.known.asking != "privacy_kind"


def test_where_a_charge_is_seen_is_taken_from_the_first_words(chat: Chat) -> None:
    chat.says("i was charged 45 dollars twice on june 3, i see it on my bank statement")
    assert fields(chat)["where_charged"] == "My bank or card statement"
    assert chat.known.asking is None


def test_since_when_told_nobody_is_asked_for_the_day_of_a_visit(chat: Chat) -> None:
    chat.says("my lab results never came since this morning")
    assert chat.known.asking != "appointment_date"


def test_a_device_told_turns_ago_is_on_the_request_and_not_asked(chat: Chat) -> None:
    for words in ("I'm on my ipad", "the app keeps closing since this morning", "no", "no"):
        chat.says(words)
    told = fields(chat)
    assert told["device"] == "ipad" and chat.known.asking not in ("device", "when_started")


@pytest.mark.parametrize(
    "words",
    [
        "the dose on my prescription is wrong, it says 50 mg and the doctor told me 5 mg",
        "my prescription has a wrong dose on it, i already called the doctor's office and nobody answers",
        "the dose on my prescription is wrong and I told my doctor, the prescription is still wrong",
    ],
)
def test_not_to_take_a_wrong_medicine_is_said_whatever_was_done_already(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert chat.known.issue == "prescription.wrong_information"
    assert "not take it" in said or "nobody takes it" in said


def test_what_somebody_was_told_by_their_doctor_is_no_call_to_the_doctor(chat: Chat) -> None:
    chat.says("the dose on my prescription is wrong, it says 50 mg and the doctor told me 5 mg")
    assert chat.known.step == "contact_doctor" and not chat.known.tried


@pytest.mark.parametrize(
    ("said", "not_offered"),
    [
        (("the app keeps closing, I updated it and restarted my phone yesterday",), "newest version"),
        (("app crashes on my phone", "I reinstalled it already", "no"), "fresh copy"),
        (("confirmation mail never came, I checked spam and pressed resend twice",), "Resend email"),
        (("prescription page is blank, I cleared the cache yesterday",), "clear the cache"),
    ],
)
def test_a_step_told_as_done_in_short_words_is_not_offered(chat: Chat, said: tuple[str, ...], not_offered: str) -> None:
    chat.says(said[0])
    for words in said[1:]:
        assert not_offered not in chat.says(words)
    assert not_offered not in "\n".join(say.text for say in (*chat.last.says, *chat.last.then))


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("confirmation mail never came, I have not checked spam", "check_spam"),
        ("confirmation mail never came, shall I press resend?", "resend"),
        ("the app keeps closing, how do I restart my phone?", "update_app"),
    ],
)
def test_what_is_denied_or_asked_about_is_not_done(chat: Chat, words: str, step: str) -> None:
    chat.says(words)
    assert step not in {tried.step for tried in chat.known.tried}


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("roughly two hours ago, i saw a mail about it", "roughly two hours ago"),
        ("40 minutes ago. there was a message from pay@smartmed-help.co", "40 minutes ago"),
        ("it must have been 3 days ago, my wife saw it first on the old address", "3 days ago"),
    ],
)
def test_a_time_told_beside_other_words_answers_when_it_was(chat: Chat, words: str, since: str) -> None:
    chat.says("hackers got into my account and changed my mail")
    assert chat.known.asking == "when_started"
    chat.says(words)
    assert since in fields(chat)["when_started"] and chat.known.asking != "when_started"


def test_a_time_told_with_an_attack_is_not_asked(chat: Chat) -> None:
    chat.says("my account was hacked 25 minutes ago, somebody is in it")
    assert fields(chat)["when_started"] == "25 minutes ago" and chat.known.asking != "when_started"


@pytest.mark.parametrize("words", ["no, i told you, i can't", "no i can't get in at all", "no, nothing works"])
def test_a_no_with_more_words_is_the_no_of_the_question(chat: Chat, words: str) -> None:
    chat.says("my account was hacked 25 minutes ago, somebody is in it")
    assert chat.known.asking == "still_has_access"
    chat.says(words)
    assert fields(chat)["still_has_access"] == "No"


def test_a_time_said_again_is_no_device(chat: Chat) -> None:
    chat.says("my account was hacked 25 minutes ago, somebody is in it")
    chat.says("no")
    assert chat.known.asking == "device"
    chat.says("25 minutes ago i said")
    chat.says("25 minutes ago, as i said")
    assert "device" not in fields(chat)


def test_a_week_told_beside_an_address_is_the_time_that_would_suit(chat: Chat) -> None:
    chat.says("I need to move my visit with Dr. Olsen on Friday to another day")
    chat.says("no")
    chat.says("they do not answer, i called three times")
    assert chat.known.asking == "new_time"
    chat.says("the week of the 14th, any afternoon. mail me at k.moss@example.com")
    assert fields(chat)["new_time"] == "the week of the 14th, any afternoon"


def test_a_day_on_which_it_was_fine_is_no_day_of_a_visit_and_the_day_told_later_is(chat: Chat) -> None:
    for words in ("my prescription opens as a blank page", "and yesterday it was fine", "still blank", "still blank"):
        chat.says(words)
    chat.says("Dr. Orlov, 21 November")
    assert (fields(chat)["appointment_date"], fields(chat)["doctor_name"]) == ("21 November", "Orlov")


def test_a_time_told_in_words_that_were_taken_for_an_end_is_not_lost(chat: Chat) -> None:
    for words in ("my booking with Dr Stein failed, it said something went wrong", "no, same again"):
        chat.says(words)
    chat.says("Thursday 9:45 was the one i wanted")
    chat.says("NO it is not booked")
    assert fields(chat)["appointment_date"] == "Thursday 9:45" and chat.known.asking != "appointment_date"


def test_who_else_sees_it_is_not_guessed_of_words_that_share_nothing_with_the_choice(chat: Chat) -> None:
    chat.says("A patient on the phone says there are no free times for Dr. Hale before March")
    chat.says("nobody sees any, we checked it with a test patient too")
    assert not {"how_many_affected", "device"} & fields(chat).keys()


def test_when_and_with_what_it_fails_stand_in_the_users_own_words(chat: Chat) -> None:
    for words in ("nothing works on this site", "firefox", "also white in chrome"):
        chat.says(words)
    chat.says("I want to talk to a person please")
    while chat.known.asking not in (None, "when_started"):
        chat.says("skip")
    chat.says("since this morning")
    told = fields(chat)
    assert told["when_started"] == "this morning" and told["browser"] == "firefox, chrome"
    assert "page_or_feature" not in told


def test_a_strangers_data_is_no_wish_to_delete_ones_own_and_an_address_is_no_summary(chat: Chat) -> None:
    chat.says("I opened my visit notes and there are notes of a Mrs. Dora Finch in them")
    while chat.known.asking is not None:
        chat.says("skip")
    chat.says("can you just delete it from my account")
    assert chat.says("ok. my mail is t.brand@example.com if needed") != ""
    assert "privacy_kind" not in fields(chat) and chat.last.more is None


def test_of_two_dates_the_one_told_later_is_the_one_that_is_meant(chat: Chat) -> None:
    chat.says("how do I block off the 11th of January so that nobody can book me?")
    chat.says("I blocked it, but the 12th still shows as open")
    chat.says("I want to talk to a person please")
    assert fields(chat)["appointment_date"] == "12th"


@pytest.mark.parametrize(
    ("issue", "told", "question", "value"),
    [
        (
            "appointment.cant_reschedule",
            "please prepone my appointment from 14th to 11th, the app won't let me",
            "new_time",
            "11th",
        ),
        (
            "appointment.cant_reschedule",
            "move my visit from the 3rd to the 5th, it is greyed out",
            "appointment_date",
            "3rd",
        ),
        (
            "appointment.cant_reschedule",
            "i have to change it to thursday afternoon instead",
            "new_time",
            "thursday afternoon",
        ),
        ("escalate.security", "they changed my email, i can still log in on my computer", "still_has_access", "Yes"),
        ("escalate.security", "someone used my account and i cant get in anymore", "still_has_access", "No"),
        ("escalate.privacy", "i opened my results and its some guy called Harold", "page_or_feature", "results"),
        (
            "account.locked",
            "It's telling me ive had too many goes",
            "lock_message",
            "It's telling me ive had too many goes",
        ),
    ],
)
def test_what_was_told_in_another_form_is_not_asked(
    chat: Chat, issue: str, told: str, question: str, value: str
) -> None:
    chat.goes_on(words=(told,), so_far=(told,))
    chat.is_asked(issue, "")
    chat.says("dr lee")
    assert fields(chat).get(question) == value


def test_a_card_of_whatever_bank_is_where_a_charge_is_seen(chat: Chat) -> None:
    chat.is_asked("billing.question", "where_charged")
    chat.says("It's on my Chase card")
    assert fields(chat)["where_charged"] == "My bank or card statement"


def test_the_day_to_which_a_visit_is_moved_is_not_the_day_of_the_visit(chat: Chat) -> None:
    chat.says("need to move my visit to thursday, i dont see reschedule anywhere")
    chat.is_asked("appointment.cant_reschedule", "doctor_name")
    chat.says("Dr Lee")
    assert fields(chat)["new_time"] == "thursday" and fields(chat).get("appointment_date") != "thursday"
