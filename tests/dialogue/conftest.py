"""Where the tests of the dialogue begin: an empty conversation, and one with a step before the user."""

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Meant
from tests.dialogue.chat import Chat
from tests.dialogue.turns import MFA, reading, turn
from tests.makers import MARIA


@pytest.fixture
def chat(mind: Mind) -> Chat:
    """A new conversation of Maria's."""
    return Chat(mind)


@pytest.fixture
def before_step(mind: Mind) -> Conversation:
    """The first step of the sign-in codes is before Maria."""
    started = turn(mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "answer"), Meant("unclear", 0.1))
    assert started.conversation.step == "time_sync"
    return started.conversation
