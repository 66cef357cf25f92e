"""Simulated users: they write, press buttons, go quiet, ask for a person, vote, and sometimes come back."""

from datetime import datetime, timedelta

from bot.actions.rating import Rating, rate
from bot.actions.receive import Incoming, Received, receive
from bot.dialogue.button_values import Answer, ButtonValue, ChooseOption, TakeUp, read, written
from bot.dialogue.conversation import Conversation
from bot.simulation.scenario import Guest, World
from bot.simulation.staff import care
from bot.storage import conversations
from bot.storage.conversations import WIDGET
from bot.storage.tables import ConversationRow

MOST_TURNS = 14
BACK_AFTER_DAYS = (0.3, 6.0)


def arrive(world: World, guest: Guest, words: str, issue: str, now: datetime) -> None:
    """A user writes what is on their mind; the rest follows by itself."""
    address = {"address": f"{guest.user.id}@simulated"} if guest.channel != WIDGET else {}
    received = receive(world.deps, Incoming(guest.user, guest.channel, words, address=address), now)
    _go_on(world, guest, issue, received, 1, now)


def _go_on(world: World, guest: Guest, issue: str, received: Received, turn: int, now: datetime) -> None:
    """What the user does after an answer of the assistant."""
    row = received.conversation
    memory = conversations.memory_of(row)
    if memory.ticket is not None:
        _with_people(world, guest, row, memory.ticket, now)
    elif memory.state == "solved":
        _vote(world, guest, row, issue, now)
    elif turn < MOST_TURNS and not world.happens(world.cast.chances.goes_quiet):
        pause = world.after(1.5 if memory.state != "answering" else 6)
        world.later(now + pause, lambda at: _next(world, guest, issue, row.id, turn, at))


def _with_people(world: World, guest: Guest, row: ConversationRow, number: int, now: datetime) -> None:
    care(world, guest, number, row.id, now)
    if world.happens(world.cast.chances.adds_a_word):
        world.later(now + world.after(45), lambda at: _add_a_word(world, guest, row.id, at))


def _next(world: World, guest: Guest, issue: str, row_id: int, turn: int, now: datetime) -> None:
    """One more turn: a button of those before the user, words, or the wish for a person."""
    with world.deps.reading.begin() as db:
        row = db.get(ConversationRow, row_id)
    if row is None or row.closed_at is not None:
        return
    memory = conversations.memory_of(row)
    if memory.ticket is not None:
        _with_people(world, guest, row, memory.ticket, now)
        return
    pressed, text = _answer(world, memory, issue)
    incoming = Incoming(guest.user, guest.channel, text, pressed=pressed, conversation=row.public_id)
    _go_on(world, guest, issue, receive(world.deps, incoming, now), turn + 1, now)


def _answer(world: World, memory: Conversation, issue: str) -> tuple[str | None, str]:
    """What is pressed, or else typed."""
    cast, chances = world.cast, world.cast.chances
    values = [button.value for button in memory.buttons]
    if memory.state == "answering" and memory.issue and memory.step:
        if world.happens(chances.asks_for_person):
            return None, cast.person
        return _step_button(world, memory, values), ""
    if memory.state == "choosing":
        wanted = written(TakeUp(issue))
        return (wanted if wanted in values else values[-1] if values else None), "" if values else cast.person
    if memory.state == "gathering":
        skip = [value for value in values if _passes(read(value))]
        if skip and world.happens(chances.skips_question):
            return skip[0], ""
        given = [value for value in values if not _passes(read(value))]
        return (world.rng.choice(given), "") if given else (None, world.rng.choice(cast.answers))
    return None, world.phrase(issue) if issue else world.rng.choice(cast.not_covered)


def _passes(does: ButtonValue | None) -> bool:
    return isinstance(does, Answer) and does.passes


def _step_button(world: World, memory: Conversation, values: list[str]) -> str:
    intent = world.deps.assistant().script.catalog.intents[memory.issue or ""]
    options = intent.step(memory.step or "").options
    helped = world.happens(world.cast.chances.step_helps)
    wanted = [one for one in options if (one.go == "solved") == helped and one.go != "emergency"]
    option = world.rng.choice(wanted or list(options))
    value = written(ChooseOption(intent.id, memory.step or "", option.go, option.label))
    return value if value in values else values[0]


def _vote(world: World, guest: Guest, row: ConversationRow, issue: str, now: datetime) -> None:
    chances = world.cast.chances
    if world.happens(chances.votes):
        content = world.happens(chances.content_with_bot)
        score = _score(world, content)
        world.later(now + world.after(1), lambda at: rate(world.deps, row.id, Rating("bot", content, score), at))
    if issue and world.happens(chances.comes_back):
        back = now + timedelta(days=world.rng.uniform(*BACK_AFTER_DAYS))
        words = world.phrase(issue)
        world.later(back, lambda at: arrive(world, guest, words, issue, at))


def _score(world: World, content: bool) -> int | None:
    if not world.happens(world.cast.chances.gives_score):
        return None
    return world.rng.choice((4, 5, 5, 5, 5) if content else (1, 2, 2, 3))


def _add_a_word(world: World, guest: Guest, row_id: int, now: datetime) -> None:
    """The user asks how it is going, while people have the ticket."""
    with world.deps.reading.begin() as db:
        row = db.get(ConversationRow, row_id)
    if row is None or row.closed_at is not None:
        return
    if conversations.memory_of(row).state in ("with_support", "with_staff"):
        words = world.rng.choice(world.cast.more_words)
        receive(world.deps, Incoming(guest.user, guest.channel, words, conversation=row.public_id), now)
