"""A conversation without storage: what is said to it, and what comes of it."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.respond import respond
from bot.mind import Mind
from handoff.facts import OpenRequest
from handoff.ticket import User
from tests.makers import MARIA, NINE

MFA = "the two-step code never works for me"


@dataclass
class Chat:
    """A conversation without storage: what was said to it, and what came of it."""

    mind: Mind
    user: User = MARIA
    known: Conversation = field(init=False)
    last: Outcome = field(init=False)
    request: OpenRequest | None = None
    others: tuple[OpenRequest, ...] = ()

    def __post_init__(self) -> None:
        self.known = Conversation(self.user, "in_app_chat")

    def says(self, words: str) -> str:
        """Type something; the answer as one text."""
        return self._turn(Message(words), words)

    def presses(self, label: str) -> str:
        """Press a live button."""
        value = next(button.value for button in self.known.buttons if button.label == label)
        return self._turn(Message(label, value), "")

    def opens(self) -> None:
        """The request that was made is with people: no question is before the user any more."""
        made = self.last.request
        assert made is not None
        self.request = OpenRequest(1001, made.issue, made.reason, "Triaged", "soon")
        self.known = replace(self.known, ticket=1001, state="with_support", asking=None, buttons=())

    def goes_on(self, **changes: Any) -> None:
        """The conversation goes on with this changed, as if it had come so far."""
        self.known = replace(self.known, **changes)

    def is_asked(self, issue: str, question: str) -> None:
        """This question on the way to a person is before the user."""
        self.goes_on(issue=issue, state="gathering", step=None, asking=question, reason="not_in_known_issues")

    def _turn(self, message: Message, words: str) -> str:
        assistant = self.mind.assistant
        reading = assistant.in_context(self.known, assistant.read(words))
        self.last = respond(
            self.known, reading, replace(message, request=self.request, others=self.others), assistant.script, NINE
        )
        self.known = self.last.conversation
        return "\n".join(say.text for say in (*self.last.says, *self.last.then))
