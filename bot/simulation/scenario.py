"""The simulated world: its invented people and words, its dice, and what is going to happen when."""

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeVar

from bot.actions.deps import Deps
from bot.understanding.text.plain import plain
from bot.understanding.voices.rows import load_voices
from handoff.data_files import Strict, read_yaml, validated
from handoff.ticket import Actor, User

Task = Callable[[datetime], None]
Name = TypeVar("Name", bound=str)
USUAL_WEIGHT = 2


class Traffic(Strict):
    """How many conversations, when, from whom and where."""

    per_day: dict[str, int]
    hours: tuple[int, ...]
    channels: dict[str, int]
    roles: dict[str, int]
    people: int


class Chances(Strict):
    """How likely people do what, each from 0 to 1."""

    not_covered: float
    step_helps: float
    goes_quiet: float
    asks_for_person: float
    skips_question: float
    votes: float
    gives_score: float
    content_with_bot: float
    content_with_people: float
    confirms: float
    comes_back: float
    adds_a_word: float
    staff_asks: float
    staff_escalates: float
    staff_is_late: float


class Outage(Strict):
    """One morning of trouble."""

    issue: str
    hour: int
    messages: int


class Done(Strict):
    """A resolution as staff write it."""

    done: str
    findings: str
    root_cause: str


class Cast(Strict):
    """Everything invented that a simulation uses."""

    traffic: Traffic
    chances: Chances
    weights: dict[str, int]
    outage: Outage
    not_covered: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    staff: tuple[str, ...]
    answers: tuple[str, ...]
    more_words: tuple[str, ...]
    person: str
    replies: tuple[str, ...]
    questions: tuple[str, ...]
    resolutions: tuple[Done, ...]


@dataclass(frozen=True)
class Guest:
    """A simulated user and the channel they use."""

    user: User
    channel: str


def load_cast(path: Path) -> Cast:
    """The people and words of a data file; raises DataFaults."""
    return validated(Cast, read_yaml(path, path.parents[3]))


@dataclass
class World:
    """One simulation: the actions it goes through, its dice, and its calendar. Nothing happens at or after `end`."""

    deps: Deps
    cast: Cast
    rng: Random
    end: datetime
    calendar: list[tuple[datetime, int, Task]] = field(default_factory=list)
    count: int = 0
    in_care: set[int] = field(default_factory=set)
    """Tickets that a simulated member of staff has in hand."""

    def later(self, at: datetime, task: Task) -> None:
        """Put a task on the calendar; what would happen after the end never does."""
        if at < self.end:
            self.count += 1
            heapq.heappush(self.calendar, (at, self.count, task))

    def in_order(self) -> Iterator[tuple[datetime, Task]]:
        """The tasks in the order of their times, with those that are added meanwhile."""
        while self.calendar:
            at, _, task = heapq.heappop(self.calendar)
            yield at, task

    def planned(self) -> int:
        """How many tasks are on the calendar."""
        return len(self.calendar)

    def happens(self, chance: float) -> bool:
        """True as often as `chance` says, from 0 to 1."""
        return self.rng.random() < chance

    def one_of(self, weights: Mapping[Name, int]) -> Name:
        """One of the names, as often as its weight says."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def after(self, minutes: float) -> timedelta:
        """About so many minutes: usually a little less, sometimes much more."""
        return timedelta(minutes=minutes * self.rng.lognormvariate(-0.15, 0.55))

    def weights(self) -> dict[str, int]:
        """Issue -> how often it comes up."""
        catalog = self.deps.assistant().script.catalog
        return {issue: self.cast.weights.get(issue, USUAL_WEIGHT) for issue in catalog.intents}

    def phrase(self, issue: str) -> str:
        """One way in which people name the issue, of those that are never learnt from: else every figure would flatter."""
        own = self.deps.assistant().script.catalog.intents[issue].tests.match
        return self.rng.choice([text for text in own if plain(text) not in _learnt()] or own)

    def somebody(self) -> Actor:
        """A member of staff."""
        return _staff(self.rng.choice(self.cast.staff))


@lru_cache
def _learnt() -> frozenset[str]:
    """What strangers wrote who are learnt from."""
    return frozenset(plain(voice.text) for voice in load_voices().messages)


@lru_cache
def _staff(name: str) -> Actor:
    return Actor("staff", name.split()[0].lower(), name)
