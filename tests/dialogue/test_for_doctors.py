"""What a doctor tells of all their patients is heard as what it is."""

from dataclasses import replace

from bot.dialogue.conversation import Conversation
from tests.dialogue.chat import Chat


def test_a_doctor_none_of_whose_patients_sees_times_gets_people_at_once(chat: Chat) -> None:
    chat.known = Conversation(replace(chat.user, role="doctor"), "in_app_chat")
    said = chat.says("all my patients tell me they see no free times with me since this morning")

    assert "multiple_users_affected" in chat.known.signals and chat.known.step is None
    assert "were you looking for" not in said
