"""Long polite letters: the matter is found or offered, its facts are kept, and the request is called by it and not by the greeting."""

import pytest

from tests.dialogue.chat import Chat

GREETING = (
    "Dear support team, I hope this message finds you well. My name is Margaret Ellis and I have been a patient of Dr. Kim for about "
    "eleven years now, first in the old building on Elm Street and later with your application, which my grandson kindly set up for "
    "me. In general I find it a pleasant thing and I appreciate how friendly everybody has been to me. "
    "Let me come to the reason for my letter. "
)
THANKS = (
    " I would be most grateful for your advice whenever you find a moment, and I do not want to be a bother to anybody. Thank you so "
    "much in advance for your patience, and have a lovely day. Kind regards, Margaret Ellis"
)
MATTERS = {
    "prescription.pdf_download": "Whenever I open my prescription on my iPad and press on the button to download it as a PDF, nothing "
    "happens at all, and no document appears.",
    "billing.question": "On my bank statement I found two payments of 45 dollars for the visit with Dr. Patel on June 3, although "
    "there was only one visit.",
    "appointment.cant_reschedule": "We would like to move my visit from Thursday at 4 pm to the following week, but the button for "
    "it is grey and cannot be pressed.",
    "account.mfa_not_working": "My old telephone fell into the sink, and the little program that made the six numbers for signing in "
    "was on it, so that I cannot give SmartMed the numbers it asks for.",
    "escalate.privacy": "I saw under my documents this morning, on my laptop, the laboratory results of a gentleman whose name I do "
    "not know.",
}


def letter(issue: str) -> str:
    """A whole letter, with the matter in its midst."""
    return f"{GREETING}{MATTERS[issue]}{THANKS}"


@pytest.mark.parametrize("issue", MATTERS)
def test_the_matter_of_a_letter_is_found_or_offered(chat: Chat, issue: str) -> None:
    assert len(letter(issue).split()) >= 120
    chat.says(letter(issue))
    assert issue in (chat.known.issue, *chat.known.choices)


@pytest.mark.parametrize(
    ("issue", "facts"),
    [
        ("prescription.pdf_download", {"device": "iPad"}),
        ("billing.question", {"amount": "45 dollars", "appointment_date": "June 3"}),
        ("appointment.cant_reschedule", {"appointment_date": "Thursday at 4 pm"}),
    ],
)
def test_the_facts_of_a_letter_are_kept(chat: Chat, issue: str, facts: dict[str, str]) -> None:
    chat.says(letter(issue))
    assert facts.items() <= dict(chat.known.known).items()


def test_what_a_letter_tells_is_not_asked(chat: Chat) -> None:
    chat.says(letter("billing.question"))
    told = {detail.id for detail in chat.known.gathered}
    assert {"amount", "appointment_date", "where_charged"} <= told and chat.known.asking is None


@pytest.mark.parametrize(("issue", "words"), [("billing.question", "payments"), ("escalate.privacy", "documents")])
def test_a_request_is_called_by_the_matter_and_not_by_the_greeting(chat: Chat, issue: str, words: str) -> None:
    chat.says(letter(issue))
    assert chat.last.request is not None
    assert "Dear support" not in chat.last.request.summary and words in chat.last.request.summary
