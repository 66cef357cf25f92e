"""A reply is read beside the step it answers: acts, buttons, and a yes or no that stands alone."""

import pytest

from bot.mind import Mind
from bot.understanding.replying.bare import is_bare


def meant(mind: Mind, issue: str, step: str, text: str) -> tuple[str, str | None]:
    """What a reply to a step does, and the button that is meant."""
    intent = mind.catalog.intents[issue]
    found = mind.assistant.script.replies.to_step(text, intent, intent.step(step))
    return found.act, found.button


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Did it. NO.", "not_helped"),
        ("yes", "helped"),
        ("Tried it. Yes!", "helped"),
        ("there's a spinner and then the same red box again", "not_helped"),
        ("it has let me in, thank you so much", "helped"),
        ("which buttons do you mean?", "question"),
        ("get somebody to ring me about this please", "person"),
    ],
)
def test_a_typed_reply_does_what_it_says(mind: Mind, text: str, act: str) -> None:
    assert meant(mind, "account.mfa_not_working", "time_sync", text)[0] == act


def test_the_same_words_mean_another_button_beside_another_step(mind: Mind) -> None:
    lost = "i don't have that phone any more"
    assert meant(mind, "account.mfa_not_working", "time_sync", lost)[0] == "button"
    assert (
        meant(mind, "appointment.how_to_book", "book_visit", "there's not one free time shown")[1]
        == "No times are shown"
    )


def test_only_a_yes_or_no_alone_is_bare() -> None:
    assert is_bare("NO.") and not is_bare("Did it. NO.")


def test_what_a_screen_says_in_quotes_is_no_wish_for_people(mind: Mind) -> None:
    wants = mind.assistant.script.replies.wants_people
    assert not wants("It says 'Account locked. Contact support'")
    assert not wants('there is a red box: "Locked. Please contact support."')
    assert wants("It says locked. Get somebody to ring me.")
