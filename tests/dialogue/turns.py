"""Single turns for tests: the reading and the meaning of the reply are given, the outcome is asked."""

from dataclasses import dataclass, replace

from bot.dialogue import respond
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.script import Script
from bot.mind import Mind
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Candidate, Decision, Heard, Meant, Reading
from bot.understanding.replying.replies import ReplyReader
from tests.makers import NINE

MFA = "account.mfa_not_working"
PDF = "prescription.pdf_download"


@dataclass(frozen=True)
class Given:
    """A reader of replies that has read what the test says."""

    meant: Meant
    asides: ReplyReader | None = None
    """Reads questions about a step as they are read; none is answered without it."""

    def to_step(self, *_: object) -> Meant:
        return self.meant

    def to_question(self, *_: object) -> Meant:
        return self.meant

    def to_ending(self, *_: object) -> Meant:
        return self.meant

    def answer_to(self, text: str, intent: Intent, step: str) -> int | None:
        return self.asides.answer_to(text, intent, step) if self.asides else None

    def soft_answer(self, *_: object, **__: object) -> None:
        return None

    def of_request(self, *_: object) -> Meant:
        return Meant("unclear", 0.0)

    def hurries(self, *_: object) -> bool:
        return False

    def wants_people(self, *_: object) -> bool:
        return False

    def likest_saying(self, *_: object) -> None:
        return None

    def likeness_to_tried(self, *_: object) -> float:
        return 0.0


def reading(
    issue: str, decision: Decision, chance: float = 0.95, *, sure: bool = True, language: str = "en"
) -> Reading:
    """A reading of some words."""
    others = (Candidate("technical.page_not_loading", 0.03), Candidate(PDF, 0.08))
    heard = Heard(language=language, told=True)
    return Reading("words", decision, (Candidate(issue, chance), *others), chance, heard=heard, sure=sure)


def turn(mind: Mind, known: Conversation, read: Reading, meant: Meant, **message: object) -> Outcome:
    """One turn with these words."""
    script: Script = replace(mind.assistant.script, replies=Given(meant))
    text = str(message.pop("text", "some words here"))
    return respond.respond(known, read, Message(text, **message), script, NINE)


def text_of(outcome: Outcome) -> str:
    """Everything that is said in a turn."""
    return "\n".join(say.text for say in (*outcome.says, *outcome.then))
