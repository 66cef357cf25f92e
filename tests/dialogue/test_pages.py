"""Whoever has an issue is sent to the page of the help center that the guide names for it."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

SENT = {
    "account.registration": ["getting-started/registration"],
    "account.cant_log_in": ["getting-started/first-login"],
    "navigation.cant_find_feature": ["getting-started/first-login"],
    "account.manage_profile": ["patients/managing-profile", "getting-started/profile-setup"],
    "appointment.how_to_book": ["patients/booking-appointments"],
    "prescription.cant_view": ["patients/viewing-prescriptions"],
    "doctor.manage_schedule": ["doctors/managing-schedule"],
    "doctor.queue_management": ["doctors/queue-management"],
    "doctor.create_prescription": ["doctors/creating-prescriptions"],
    "account.enable_mfa": ["security/mfa-setup"],
    "account.mfa_not_working": ["security/mfa-setup"],
    "account.forgot_password": ["security/password-management"],
    "account.locked": ["security/account-security"],
    "technical.error_message": ["troubleshooting/common-errors"],
    "technical.page_not_loading": ["troubleshooting/browser-issues"],
    "technical.mobile_app": ["troubleshooting/mobile-issues"],
}
"""The guide's pages, and an issue that leads to each; every page of the guide is in it."""


@pytest.mark.guide("T1.8", "T1.9", "T1.10", "T1.11", "O8")
@pytest.mark.guide(
    "KS1", "KS2", "KS3", "KS4", "KS5", "KS6", "KS7", "KS8", "KS9", "KS10", "KS11", "KS12", "KS13", "KS14"
)
@pytest.mark.guide("KS15")
@pytest.mark.parametrize("issue", SENT)
def test_an_issue_sends_people_to_its_page(mind: Mind, issue: str) -> None:
    walk = mind.catalog.intents[issue].tests.walks[0]
    chat = Chat(mind, replace(MARIA, role=walk.role))
    chat.says(walk.turns[0].user)
    shown = chat.last.says[0].page
    for words in ("let me talk to a person", *["skip"] * 8):
        if chat.last.request is None:
            chat.says(words)

    assert chat.last.request is not None
    on_ticket = [address for _, address in chat.last.request.pages]
    assert on_ticket == [f"https://help.smartmed.com/{page}" for page in SENT[issue]]
    assert shown is None or shown[1] == on_ticket[0]
