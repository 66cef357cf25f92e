"""A reply that tells what came of the step and something else: the result is taken, and the rest is led on with."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.dialogue.step_outcomes import outcomes
from tests.makers import MARIA

PDF, CANCEL, MOVE, PASSWORD = (
    "my prescription pdf does not download",
    "i want to cancel my visit",
    "i need to reschedule my visit",
    "i forgot my password",
)
QUEUE = "the patient queue shows a patient i finished on monday"
GLAD, SORRY, UNSURE = "glad that helped", "sorry that didn't help", "how it went"
SCHEDULE = "doctor.manage_schedule"


@pytest.mark.parametrize(
    ("first", "words", "next_one"),
    [
        (
            PDF,
            "YES finally it opened thank you. but the dose says 50mg and dr ahmed told me 25",
            "prescription.wrong_information",
        ),
        (PDF, "yes it opened now but it's the wrong strength", "prescription.wrong_information"),
        (PASSWORD, "yes works. next: update phone number", "account.manage_profile"),
        (PASSWORD, "yes. next question: change insurance", "account.manage_profile"),
        (PASSWORD, "password done, where's my photo", "account.manage_profile"),
        (PASSWORD, "got in with a reset, now how do i change my address", "account.manage_profile"),
        (PASSWORD, "im already in lol. the INSURANCE, where do i change it", "account.manage_profile"),
        (
            "how do i sign up",
            "ok did forgot password and got in. her old insurance is on it tho, how do i change that to mine",
            "account.manage_profile",
        ),
        (CANCEL, "cancelled. how do i book a new one", "appointment.how_to_book"),
    ],
)
def test_a_matter_behind_a_result_begins(chat: Chat, first: str, words: str, next_one: str) -> None:
    chat.says(first)
    before = chat.known.issue
    said = chat.says(words)
    assert GLAD in said and chat.known.solved == (before,)
    assert chat.known.issue == next_one and chat.known.state == "answering"


def test_the_new_matter_is_told_by_the_words_behind_the_result(chat: Chat) -> None:
    chat.says(PDF)
    chat.says("YES finally it opened thank you. but the dose says 50mg and dr ahmed told me 25")
    assert chat.known.words == ("but the dose says 50mg and dr ahmed told me 25",)


def test_a_matter_for_people_is_asked_about(chat: Chat) -> None:
    chat.says(PASSWORD)
    said = chat.says("done, in. also my invoice is wrong")
    assert GLAD in said and "A charge, invoice or refund" in said


@pytest.mark.parametrize(
    ("first", "words", "answer"),
    [
        (CANCEL, "cancelled. will they charge me tho?", "depends on the clinic"),
        (CANCEL, "ok cancelled, is there a fee?", "depends on the clinic"),
        (CANCEL, "it's gone now, who tells the doctor?", "I don't have an answer to that"),
        (MOVE, "done, moved to the 15th. is there any copay for moving", "depends on the clinic"),
        (MOVE, "moved it, is there a fee?", "depends on the clinic"),
        (MOVE, "ok it's on the 15th now, do i get a new link", "I don't have an answer to that"),
    ],
)
def test_a_question_behind_a_result_is_answered_once_it_is_solved(
    chat: Chat, first: str, words: str, answer: str
) -> None:
    chat.says(first)
    said = chat.says(words)
    assert GLAD in said and answer in said
    assert chat.known.state == "solved" and chat.known.issue is None


@pytest.mark.parametrize(
    "words",
    [
        "yep marked as seen, gone. back to the vacation block - tz and week are right, still SCH-221",
        "queue done, back to the vacation",
        "sorted, but the time off still wont save",
    ],
)
def test_what_waited_its_turn_is_gone_back_to(chat: Chat, words: str) -> None:
    chat.says(QUEUE)
    chat.goes_on(also=(SCHEDULE,))
    said = chat.says(words)
    assert GLAD in said and chat.known.issue == SCHEDULE


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (PDF, "yes it opened, but now it closes again"),
        (PDF, "yes it opened but the page is blank"),
        (PDF, "it opened. is it supposed to be empty?"),
        (PDF, "downloaded ok, still doesn't show the refills"),
        (PDF, "it opened in chrome. safari still nothing"),
        (PDF, "yes i pressed it. where is the file?"),
        (CANCEL, "done. nothing happens"),
        (QUEUE, "sorted, but it still shows him on the tablet"),
        ("how do i update my profile", "phone worked, name is greyed out"),
    ],
)
def test_what_is_told_against_the_result_solves_nothing(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    assert GLAD not in chat.says(words)
    assert not chat.known.solved


@pytest.mark.parametrize(
    "words",
    ["save gives me 'conflict SCH-221', 3 pts are booked on the 29th", "saving fails, error BK-77. its the 24th"],
)
def test_an_error_after_the_step_is_that_it_did_not_help(mind: Mind, words: str) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    chat.says("I need to block off Dec 24 to Jan 2 for vacation, how")
    assert UNSURE not in chat.says(words)
    assert chat.known.issue == SCHEDULE and outcomes(chat)["block_time"] == "did_not_help"


@pytest.mark.parametrize(
    "words",
    [
        "did that, the link just opens a white page nothing on it. and btw i have a visit with dr Okafor at 4 today",
        "reset page stays white when i tap it",
        "clicked the link and nothing loads",
    ],
)
def test_a_white_page_behind_the_link_stays_with_signing_in(chat: Chat, words: str) -> None:
    chat.says("hi i cant log in, keeps saying wrong pasword")
    chat.says("yes the email is right i checked. been like this since last nite on my ipad")
    chat.says(words)
    assert chat.known.issue == "account.cant_log_in" and outcomes(chat)["reset_password"] == "did_not_help"


def test_a_failure_and_another_matter_are_both_heard(chat: Chat) -> None:
    chat.says("trying to download my prescription pdf, nothing happens when i tap it. samsung, chrome")
    said = chat.says(
        "that was in firefox too same thing, tapped download 10 times. also where do i see if the pharmacy got it electronically"
    )
    assert SORRY in said and chat.known.step == "clear_cache"
    assert chat.known.also == ("prescription.how_to_view",)


@pytest.mark.parametrize(
    "words", ["ok wait, my prescription is missing too", "hm. the two-step code never reaches my phone either"]
)
def test_another_matter_that_fails_is_no_result(chat: Chat, words: str) -> None:
    chat.says("how do i change my phone number")
    chat.says(words)
    assert outcomes(chat).get("edit") != "did_not_help"


def test_who_sent_it_and_to_the_wrong_patient_did_send_it(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    chat.says("how do i send a script to a pharmacy from the visit screen? first week on here")
    chat.says(
        "yes sent. oh crap i sent it to the wrong patient, Jim Doyle instead of James Doyle. how do i pull it back"
    )
    assert chat.known.issue == "prescription.wrong_information" and outcomes(chat)["write_and_send"] == "helped"


def test_a_result_told_before_danger_is_kept(chat: Chat) -> None:
    chat.says("The video visit is in ten minutes and there is no picture of the doctor, I only hear him.")
    step = chat.known.step or ""
    chat.says("I left and came back and now he is there! While I have you, I took my heart pill twice, is that bad")
    assert outcomes(chat)[step] == "helped"


@pytest.mark.parametrize(
    "words",
    [
        "YES finally it opened thank you. but the dose says 50mg and dr ahmed told me 25",
        "it works now. how do i change my phone number",
    ],
)
def test_beside_a_request_that_works_now_the_other_matter_begins(chat: Chat, words: str) -> None:
    chat.says(PDF)
    chat.presses("No")
    chat.presses("No")
    while chat.known.state == "gathering":
        chat.says("skip")
    chat.opens()
    said = chat.says(words)
    assert "added that to your request" in said
    assert chat.known.state == "answering" and chat.known.issue != "prescription.pdf_download"
    assert chat.known.beside == 1001


def test_that_it_works_now_and_no_other_matter_asks_whether_to_close(chat: Chat) -> None:
    chat.says(PDF)
    chat.presses("No")
    chat.presses("No")
    while chat.known.state == "gathering":
        chat.says("skip")
    chat.opens()
    assert "Shall I close" in chat.says("it opened now, thanks a lot. have a nice day")


def test_a_question_where_something_is_says_that_it_was_not_found(chat: Chat) -> None:
    chat.says("my appointment shows 3 pm but the secretary says 2 pm, which one is true")
    chat.says("where is this time zone? i not see any in profile")
    assert outcomes(chat)["time_zone"] == "not_possible"


def test_what_a_button_of_the_step_leads_to_is_not_put_behind_the_next_step(chat: Chat) -> None:
    chat.says("cant book. i press confirm and a red box says slot no longer available")
    chat.says("not in my appointments. oh and there IS a 40 dollar hold on my card from yesterday")
    assert chat.known.issue == "billing.question" and "did_not_help" in outcomes(chat).values()


@pytest.mark.parametrize(
    "words", ["yes link came. how do i set the new password?", "yes the mail came. where do i type the code?"]
)
def test_how_to_go_on_with_what_came_solves_nothing(chat: Chat, words: str) -> None:
    chat.says(PASSWORD)
    assert GLAD not in chat.says(words)
    assert chat.known.issue == "account.forgot_password" and chat.known.state == "answering"
