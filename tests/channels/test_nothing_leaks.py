"""What leaves the store for our own people holds no identifier of a user, wherever in a conversation it stood."""

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import bot
import handoff
from bot.actions import staff
from bot.actions.deps import Delivery, Deps
from bot.actions.incidents import lines_to_send
from bot.actions.paging import page_people
from bot.actions.sweep.sweep import sweep
from bot.actions.transaction import Transaction
from bot.channels.slack.staff.outgoing import TeamSender
from bot.channels.slack.staff.ticket_card import CardWriter
from bot.channels.slack.texts import load_words
from bot.config import load_settings
from bot.mind import Mind
from bot.outbound import read
from bot.storage import conversations, tickets
from bot.storage.conversations import Line, open_one
from bot.storage.tables import OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import HOME
from handoff import desk, hearing, notices, ticket_card
from handoff.policy.model import Policy
from handoff.safe import Safe, must_be_safe
from handoff.ticket import Gathered, Tried, User
from tests.makers import ALEX, NINE, a_request, hours, minutes

NAMES = [
    "Zulynri Kowalczyk",
    "Jean-Pierre Dubois",
    "Oluwaseun Adeyemi",
    "Siobhan O'Connell",
    "Nguyen Van Thanh",
    "Ramírez",
]
NAMES += ["Thorbjørn Ødegård", "Aaliyah Washington", "Priya Venkataraman", "Mehmet Yıldırım"]
MAILS = ["zulynri.1948@example.com", "j_dubois+clinic@mail.example.fr", "THANH@EXAMPLE.NET", "o.adeyemi@nhs.example.uk"]
PHONES = ["(415) 555-7574", "+44 20 7946 0958", "0176-55512345", "415.555.0199", "+1-202-555-0143 ext 12", "5555550123"]
PLACES = [
    "1703 Kettleworth Lane",
    "Apt 4B, 88 Mulberrytree Road",
    "Lindenstraße 12, 10969 Berlin",
    "02139-4307",
    "SW1A 1AA",
]
IDS = ["MRN 84733921", "123-45-6789", "A12345678", "policy XJ-449-2201", "4111 1111 1111 1111", "NHS 943 476 5919"]
IDS += ["192.168.77.31", "https://portal.example/p/84733921"]
BIRTHS = ["03/14/1948", "14 March 1948", "1948-03-14", "born 14.3.48", "Mar 14th, 1948", "14/03/1948"]
IDS += ["DL W8492-1175", "acct# 000734-22"]
PLANTED = NAMES + MAILS + PHONES + PLACES + IDS + BIRTHS
TELLING = re.compile(r"[^\W_]{4,}|\d{2,}")
ORDINARY = {
    "lane",
    "road",
    "policy",
    "https",
    "portal",
    "born",
    "march",
    "mail",
    "clinic",
    "example",
    "thanh",
    "12",
    "20",
}


def leaks(planted: str, text: str) -> bool:
    """Any part that tells who it is, and not only that there was something."""
    parts = {part.lower() for part in TELLING.findall(planted)} - ORDINARY or {planted.lower()}
    shown = {part.lower() for part in TELLING.findall(text)}
    return planted in text or bool(parts & shown)


@dataclass
class Heard:
    """Slack, as far as it is told something."""

    told: list[str] = field(default_factory=list)

    def post(self, _delivery: Any, _channel: str, _thread: Any, shown: Any, part: str = "") -> str:
        self.told.append(json.dumps([shown.text, shown.blocks], ensure_ascii=False))
        return f"1.{len(self.told)}"

    def update(self, _channel: str, _ts: str, shown: Any) -> None:
        self.post(None, "", None, shown)

    def direct(self, _user: str) -> str:
        return "D1"


def reachable(policy: Policy) -> Policy:
    """The guide, with everybody to be reached by mail and in Slack."""
    people = {
        key: one.model_copy(update={"email": f"{key}@desk.test", "slack": "U0AAAA"})
        for key, one in policy.contacts.contacts.items()
    }
    return policy.model_copy(update={"contacts": policy.contacts.model_copy(update={"contacts": people})})


def desk_of(deps: Deps, policy: Policy, folder: Path, **environ: str) -> Deps:
    """Us, with Slack channels, a mail server and these settings."""
    given = {
        "STATE_DIR": str(folder),
        "SECRET_KEY": "only for this test 0123456789 abcdef",
        "BASE_URL": "http://desk.test",
        **environ,
    }
    settings = load_settings(given, HOME, policy)
    everywhere = dict.fromkeys(policy.tiers.teams, "C0TEAM")
    nobody: Any = object()
    return replace(
        deps,
        policy=reachable(policy),
        team_channels=everywhere,
        senders={"email": nobody, "webhook": nobody},
        withhold_words=settings.withhold_words,
        show_names=settings.show_names,
    )


def told_of(deps: Deps, number: int, planted: str, priority: str) -> Iterator[str]:
    """Everything our own people are told of a ticket in which the identifier stands everywhere."""
    who = User(planted, planted, planted, "patient", verified=True)
    request = a_request(
        user=who,
        title=planted,
        summary=f"my name is {planted} and the code is refused",
        also=(planted,),
        details=(Gathered("x", planted, f"It says {planted}"), Gathered("y", "What it is about", planted)),
        tried=(Tried("account.mfa_not_working", "time_sync", planted, "did_not_help", NINE),),
        starts_at=priority,
    )
    with deps.sessions.begin() as db:
        row = open_one(UnitOfWork(db, NINE), User(f"u{number}"), "in_app_chat", {})
        handled = desk.open_ticket(deps.policy, number, replace(request, conversation_id=row.id), NINE)
        tickets.save(UnitOfWork(db, NINE), deps.policy, handled.ticket)
        message = conversations.append(UnitOfWork(db, NINE), row, Line("user", planted, f"please call me: {planted}"))
        from bot.actions.ticket_notices import tell

        tell(Transaction(db, NINE, deps), row, handled)
        tell(Transaction(db, NINE, deps), row, hearing.user_wrote(deps.policy, handled.ticket, NINE), message=message)
    staff.note(staff.Command(deps, number, ALEX, NINE + minutes(1)), f"Called {planted} back")
    for to in ("medium", "critical"):
        staff.set_priority(staff.Command(deps, number, ALEX, NINE + minutes(2)), to, f"{planted} waits")
    while page_people(deps, NINE + minutes(30)):
        pass
    sweep(deps, NINE + hours(3))
    heard = Heard()
    writer = CardWriter(deps, load_words())
    lines = partial(lines_to_send, deps)
    sender = TeamSender(heard, writer, deps.sessions, deps.reading, deps.team_channels, lines)  # type: ignore[arg-type]
    with deps.reading.begin() as db:
        rows = db.scalars(select(OutboxRow).where(OutboxRow.ticket_number == number).order_by(OutboxRow.id)).all()
    kinds = {row.kind for row in rows}
    assert {"tier2_card", "user_message", "note", "page", "warning", "breach", "letter"} <= kinds
    for one in rows:
        if one.channel == "slack_desk":
            yield json.dumps(one.payload, ensure_ascii=False)
            sender.send(Delivery(one.id, one.address, read(one.kind, one.payload), 1), NINE + hours(3))
        elif one.kind != "message":
            yield json.dumps(one.payload, ensure_ascii=False)
    yield from heard.told


def shown_of(deps: Deps, identifiers: list[str]) -> dict[str, float]:
    """How many texts each planted identifier stands in."""
    found, number = dict[str, float](), 2000
    for planted in identifiers:
        number += 1
        priority = ("low", "high", "critical")[number % 3]
        told = list(told_of(deps, number, planted, priority))
        assert len(told) > 15
        found[planted] = sum(leaks(planted, text) for text in told) / len(told)
    return found


@pytest.fixture
def sqlite_deps(sqlite: str, policy: Policy, mind: Mind) -> Iterator[Deps]:
    """On SQLite alone: it is a matter of texts."""
    from bot.storage.database import open_database, reading_sessions_of, sessions_of

    engine = open_database(sqlite)
    yield Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    engine.dispose()


@pytest.mark.guide("O20", "CX6")
def test_with_minimal_no_identifier_leaves_the_store(sqlite_deps: Deps, policy: Policy, tmp_path: Path) -> None:
    deps = desk_of(sqlite_deps, policy, tmp_path, HANDOFF_DETAIL="minimal")

    # here no word is looked at at all, so that a few of each kind say as much as all of them
    assert {one: share for one, share in shown_of(deps, PLANTED[::3]).items() if share} == {}


@pytest.mark.guide("O20", "CX6")
def test_by_default_at_most_one_in_a_hundred_is_shown(sqlite_deps: Deps, policy: Policy, tmp_path: Path) -> None:
    deps = desk_of(sqlite_deps, policy, tmp_path)

    assert len(PLANTED) >= 40
    shares = shown_of(deps, PLANTED)
    assert sum(shares.values()) / len(shares) <= 0.01, {planted: share for planted, share in shares.items() if share}


def test_a_name_is_shown_only_where_the_operator_says_so(sqlite_deps: Deps, policy: Policy, tmp_path: Path) -> None:
    ticket = desk.open_ticket(policy, 1001, a_request(), NINE).ticket
    bodies = {}
    for names in ("on", "off"):
        deps = desk_of(sqlite_deps, policy, tmp_path, HANDOFF_NAMES=names)
        bodies[names] = ticket_card.card(policy, ticket, deps.showing(), base_url="x").body

    assert "User: Maria Lopez · u-maria · patient · signed in" in bodies["on"]
    assert "User: patient · signed in" in bodies["off"] and "Maria" not in bodies["off"]


def test_every_text_of_the_files_in_force_is_shown_as_it_is(sqlite_deps: Deps, mind: Mind) -> None:
    showing = sqlite_deps.showing().without_words()
    for intent in mind.assistant.script.catalog.intents.values():
        assert showing.title(intent.title) == intent.title
        assert all(showing.title(detail.label) == detail.label for detail in intent.details)
    assert showing.title("Somebody's own words") == ""


def test_a_plain_string_is_no_value_for_a_text_that_leaves_the_store() -> None:
    with pytest.raises(TypeError):
        Safe("my name is Maria")
    for value in ("x", ["x"], {"a": {"b": "x"}}):
        with pytest.raises(TypeError):
            must_be_safe(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        notices.fill_for_staff("page", {"title": "x"})  # type: ignore[dict-item]


def test_only_the_makers_make_safe_text() -> None:
    """`_made` stands in handoff/safe.py alone, and an excerpt is made by the excerpter alone."""
    for package in (bot, handoff):
        root = Path(inspect.getfile(package)).parent
        for path in root.rglob("*.py"):
            text, name = path.read_text(encoding="utf-8"), path.relative_to(root.parent).as_posix()
            if name != "handoff/safe.py":
                assert "Safe._made(" not in text and "Excerpt._made(" not in text and "Approved._made(" not in text, (
                    name
                )
                assert "Excerpt(" not in text or name == "bot/understanding/redaction/privacy.py", name
            for maker, *places in (
                ("of_page(", "bot/actions/articles.py"),
                ("of_report(", "handoff/report/text.py"),
                ("of_machinery(", "bot/actions/ops_alerts.py", "bot/actions/edit_alerts.py"),
            ):
                assert maker not in text or name in (*places, "handoff/safe.py"), name
            assert ".of_staff(" not in text or name in ("handoff/safe.py", "handoff/ticket.py", "handoff/on_call.py"), (
                name
            )


@pytest.mark.parametrize("wrong", [{"HANDOFF_DETAIL": "minimum"}, {"HANDOFF_NAMES": "yes"}])
def test_a_misspelt_switch_of_privacy_stops_the_start(policy: Policy, tmp_path: Path, wrong: dict[str, str]) -> None:
    from bot.config import SettingsError

    with pytest.raises(SettingsError, match=next(iter(wrong))):
        load_settings({"STATE_DIR": str(tmp_path), **wrong}, HOME, policy)
