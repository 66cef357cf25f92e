"""A simulated month flatters nobody: what its people say was never learnt from, and they press what they mean."""

from datetime import UTC, datetime
from random import Random

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.mind import Mind
from bot.simulation.scenario import World, load_cast
from bot.simulation.simulate import WORDS
from bot.simulation.users import _step_button
from bot.storage import conversations
from bot.understanding.text.plain import plain
from bot.understanding.voices.rows import load_voices
from tests.makers import MARIA, NINE

END = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
OFTEN = 60


def world(deps: Deps, seed: int = 1) -> World:
    """A simulation that has not begun."""
    return World(deps, load_cast(WORDS), Random(seed), END)


def test_simulated_people_say_nothing_that_was_learnt_from(deps: Deps, mind: Mind) -> None:
    learnt = {plain(phrase.text) for phrase in mind.catalog.phrases}
    learnt |= {plain(voice.text) for voice in load_voices().messages}
    people = world(deps)

    said = {plain(people.phrase(issue)) for issue in people.weights() for _ in range(OFTEN)}

    assert len(said) > 3 * len(people.weights()), "they say it in several ways"
    assert not said & learnt


def test_simulated_people_press_the_yes_as_often_as_a_step_helps(deps: Deps) -> None:
    row = receive(deps, Incoming(MARIA, "in_app_chat", "my prescription pdf will not download"), NINE).conversation
    memory, people = conversations.memory_of(row), world(deps)

    pressed = [_step_button(people, memory, [b.value for b in memory.buttons]) for _ in range(200)]

    helped = sum("/solved#" in value for value in pressed) / len(pressed)
    assert abs(helped - people.cast.chances.step_helps) < 0.1
