"""Random dialogues of 200 turns never loop, never repeat a step, and always leave somebody able to go on."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation, Message
from bot.dialogue.respond import respond
from bot.mind import Mind
from bot.understanding.reading import NOTHING_READ
from tests.makers import MARIA, NINE

SAYINGS = (
    "hello", "thanks", "no", "yes", "still not working", "i already tried that", "skip", "never mind", "asdf qwer", "", "what?",
    "my authenticator code is refused", "i forgot my password", "how do i book an appointment", "the page is blank",
    "my prescription shows the wrong dose", "where are my lab results", "this is ridiculous", "talk to a person", "the second one",
    "none of these", "no i meant my password", "is this dose right for me", "someone hacked my account", "best pizza in town",
    "i can see another patient's records", "everything is down for our whole clinic", "Android phone", "last week", "i have chest pain",
)  # fmt: skip
FINE = {"answering", "checking", "choosing", "gathering", "waiting", "with_support", "with_staff", "solved", "new"}
turns = st.lists(st.one_of(st.sampled_from(SAYINGS), st.integers(0, 4)), min_size=1, max_size=200)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(turns)
def test_a_random_dialogue_keeps_every_promise(mind: Mind, said: list[str | int]) -> None:
    readings = _readings(mind)
    known = Conversation(MARIA, "in_app_chat")
    questions = 0
    for turn in said:
        if isinstance(turn, int):
            if not known.buttons:
                continue
            button = known.buttons[turn % len(known.buttons)]
            message, reading = Message(button.label, button.value), NOTHING_READ
        else:
            message, reading = Message(turn), readings[turn]
        outcome = respond(known, reading, message, mind.assistant.script, NINE)
        after = outcome.conversation

        assert len(after.offered) == len(set(after.offered)), "a step was shown twice"
        assert after.state in FINE
        assert outcome.says or outcome.request or outcome.for_ticket, "a message without answer, ticket or relay"
        second = outcome.request is not None and known.ticket is not None
        assert not second or outcome.request.previous == known.ticket, "a second ticket that does not name the first"
        questions = questions + 1 if after.unclear > known.unclear else 0
        assert questions <= 2, "more than two clarifying questions in a row"
        assert all(say.text.strip() and say.sources for say in outcome.says)
        known = after if outcome.request is None else _with_ticket(after)


def _with_ticket(known: Conversation) -> Conversation:
    from dataclasses import replace

    return replace(known, ticket=1001)


_kept: dict[str, object] = {}


def _readings(mind: Mind):
    if not _kept:
        _kept.update({text: mind.assistant.read(text) for text in SAYINGS})
    return _kept
