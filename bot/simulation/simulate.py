"""A plausible month of traffic through the real actions, with simulated time: for demos, the report's tests, benches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.actions.deliver import deliver
from bot.actions.deps import Delivery, Deps
from bot.actions.report import make_last
from bot.actions.sweep.sweep import sweep
from bot.actions.ways import MAIL
from bot.simulation.scenario import Guest, World, load_cast
from bot.simulation.staff import care_for_the_queue
from bot.simulation.users import arrive
from bot.storage.conversations import WIDGET
from handoff.policy.names import DAYS
from handoff.ticket import User

WORDS = Path(__file__).with_name("scenario.yml")
SWEEP_EVERY = timedelta(minutes=30)
Progress = Callable[[str, float], None]
"""Told the day with the tasks so far, and the part that is done (0 to 1)."""


@dataclass(frozen=True)
class Simulated:
    """What a simulation did."""

    conversations: int
    tasks: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Plan:
    """What is simulated: whole weeks before `end`, the same for the same seed and files. `traffic` scales the number of
    conversations; `people` is what the users' ids begin with."""

    weeks: int
    seed: int
    end: datetime
    traffic: float = 1.0
    people: str = "sim"

    @property
    def start(self) -> datetime:
        """The moment from which on things happen."""
        return self.end - timedelta(weeks=self.weeks)


class Delivered:
    """A way out that takes everything and sends nothing: simulated mail and messages leave no machine."""

    def send(self, delivery: Delivery, now: datetime) -> str:
        """An id, as if it had arrived."""
        return f"simulated:{delivery.id}:{now:%H%M%S}"


def simulate(deps: Deps, plan: Plan, progress: Progress) -> Simulated:
    """Fill the database as planned. What is sent goes nowhere; time is simulated, nothing sleeps. Raises ValueError for no weeks."""
    if plan.weeks < 1:
        raise ValueError("a simulation lasts one week or more")
    cast = load_cast(WORDS)
    quiet = replace(deps, senders=dict.fromkeys((MAIL, *cast.traffic.channels), Delivered()), team_channels={})
    world = World(quiet, cast, Random(plan.seed), plan.end)  # noqa: S311 - a plausible month, not a secret
    guests = _guests(world, plan.people)
    _plan_traffic(world, guests, plan.start, plan.traffic)
    _plan_outage(world, guests, plan.start + (plan.end - plan.start) / 2)
    conversations = world.planned()
    tasks = _run(world, plan.start, progress)
    return Simulated(conversations, tasks, plan.start, plan.end)


def _guests(world: World, people: str) -> list[Guest]:
    cast, rng = world.cast, world.rng
    guests = []
    for number in range(cast.traffic.people):
        name = f"{rng.choice(cast.first_names)} {rng.choice(cast.last_names)}"
        role = world.one_of(cast.traffic.roles)
        channel = world.one_of(cast.traffic.channels)
        user = User(
            f"{people}-{number:04d}", name, f"{people}-{number:04d}@example.com", role, verified=channel != "email"
        )
        guests.append(Guest(user, WIDGET if channel == "slack" and role == "patient" else channel))
    return guests


def _plan_traffic(world: World, guests: list[Guest], start: datetime, traffic: float) -> None:
    """Conversations day by day, more of them by day and in the week than at night and on Sundays."""
    zone = ZoneInfo(world.deps.policy.hours.zone)
    day, last = start.astimezone(zone).date(), world.end.astimezone(zone).date()
    while day <= last:
        wanted = world.cast.traffic.per_day[DAYS[day.weekday()]] * traffic
        count = int(wanted + world.rng.random() + world.rng.uniform(-0.15, 0.15) * wanted)
        for _ in range(count):
            _plan_one(world, world.rng.choice(guests), _moment(world, day, zone), start)
        day += timedelta(days=1)


def _plan_one(world: World, guest: Guest, at: datetime, start: datetime) -> None:
    issue = world.one_of(world.weights())
    covered = world.rng.random() > world.cast.chances.not_covered
    words = world.phrase(issue) if covered else world.rng.choice(world.cast.not_covered)
    if start <= at:
        _arrives(world, guest, words, issue if covered else "", at)


def _arrives(world: World, guest: Guest, words: str, issue: str, at: datetime) -> None:
    world.later(at, lambda now: arrive(world, guest, words, issue, now))


def _moment(world: World, day: date, zone: ZoneInfo) -> datetime:
    hour = world.rng.choices(range(24), world.cast.traffic.hours)[0]
    local = datetime.combine(day, time(hour, world.rng.randrange(60), world.rng.randrange(60)), zone)
    return local.astimezone(ZoneInfo("UTC"))


def _plan_outage(world: World, guests: list[Guest], about: datetime) -> None:
    """One morning on which many say the same within the hour."""
    outage = world.cast.outage
    zone = ZoneInfo(world.deps.policy.hours.zone)
    begins = datetime.combine(about.astimezone(zone).date(), time(outage.hour), zone).astimezone(ZoneInfo("UTC"))
    for guest in world.rng.sample(guests, outage.messages):
        at = begins + timedelta(minutes=world.rng.uniform(0, 50))
        _arrives(world, guest, world.phrase(outage.issue), outage.issue, at)


def _run(world: World, start: datetime, progress: Progress) -> int:
    """Every task at its time, with the worker's sweeps and deliveries between them."""
    swept, tasks, told = start, 0, start.date()
    for at, task in world.in_order():
        while swept + SWEEP_EVERY <= at:
            swept += SWEEP_EVERY
            _worker(world, swept)
        task(at)
        _deliver_all(world, at)
        tasks += 1
        if at.date() != told:
            told = at.date()
            progress(f"{told}: {tasks}", (at - start) / (world.end - start))
    while swept + SWEEP_EVERY <= world.end:
        swept += SWEEP_EVERY
        _worker(world, swept)
    return tasks


def _worker(world: World, now: datetime) -> None:
    """What the worker does, and staff who look at the queue: no ticket is left without somebody."""
    sweep(world.deps, now)
    make_last(world.deps, now)
    _deliver_all(world, now)
    care_for_the_queue(world, now)


def _deliver_all(world: World, now: datetime) -> None:
    while deliver(world.deps, now):
        pass
