"""Who asks in a step when somebody answers hears the truth: nobody has it yet, and a person can take over."""

from tests.dialogue.chat import Chat


def test_when_will_somebody_answer_is_told_honestly_with_a_person_beside_it(chat: Chat) -> None:
    chat.says("I forgot my password")
    said = chat.says("when will somebody answer?")

    assert "Nobody on our team has this yet" in said
    assert any(button.value == "person" or "person" in button.label for button in chat.known.buttons)
