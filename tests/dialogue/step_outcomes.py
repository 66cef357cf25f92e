"""What came of the steps of a conversation."""

from handoff.policy.names import StepOutcome
from tests.dialogue.chat import Chat


def outcomes(chat: Chat) -> dict[str, StepOutcome]:
    """By step."""
    return {tried.step: tried.outcome for tried in chat.known.tried}
