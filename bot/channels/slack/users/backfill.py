"""What was written to us while we could not be reached: Slack gives up after minutes, so we read it ourselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as Flag
from threading import Thread

import structlog
from slack_sdk.web import SlackResponse
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.actions.units import DATABASE_AWAY, place_of, put_back
from bot.channels.slack.client import SLACK_ERRORS, as_failure, error_code, senders_client
from bot.channels.slack.context import SLACK, SlackContext
from bot.channels.slack.directory import NotReady
from bot.channels.slack.payloads import Answer, Message, answer_of
from bot.channels.slack.posting import CANNOT_ASK
from bot.channels.slack.users.incoming import CHANGED, UserIntake
from bot.storage import conversations, heartbeats
from bot.storage.tables import ConversationRow, HeartbeatRow
from bot.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
SEEN = "slack_seen"
"""Up to when everything that was written has been heard; its data say until when a process is busy catching up."""
GAP = timedelta(minutes=5)
"""So long without a word of Slack's may mean that we were not reached: Slack gives up on an event after six minutes."""
QUIET_GAP = timedelta(minutes=30)
"""Without any sign of a gap it is looked so often all the same: nobody may be able to reach us any more."""
OVERLAP = timedelta(minutes=10)
MARK_EVERY, LOOK_SECONDS, STOP_SECONDS = timedelta(minutes=1), 60.0, 3.0
BUSY = timedelta(minutes=15)
A_WEEK = timedelta(days=7)
MOST_PLACES, PAGES, A_PAGE, TRIES = 200, 5, 200, 3
PAUSE = 1.2
"""Seconds between two questions: Slack answers fifty a minute."""
NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "is_archived", *CANNOT_ASK})


class Unread(Exception):
    """A place could not be read now; it is tried again later."""


@dataclass(frozen=True)
class Place:
    """A direct message or a thread in which somebody talks to us, and whether a person of ours has taken over there."""

    address: Mapping[str, object]
    with_staff: bool

    @property
    def is_direct(self) -> bool:
        """True for direct messages."""
        return str(self.address["channel"]).startswith("D")


class Backfill(UserIntake):
    """Listens like UserIntake, remembers up to when it has heard everything, and reads what it could not hear."""

    def __init__(self, parts: SlackContext, pause: float = PAUSE) -> None:
        super().__init__(parts)
        self._client, self._pause = senders_client(parts.settings), pause
        self._marked: datetime | None = None
        self._stop, self._gap = Flag(), Flag()
        self._failed = False
        """A message was not taken in: the mark stays before it until it is."""
        self._thread = Thread(target=self._look_after, name="slack-catch-up", daemon=True)

    def start(self) -> None:
        """Look for what was missed now, after each gap, and now and then."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; what is half read is read again next time."""
        self._stop.set()
        self._gap.set()
        if self._thread.is_alive():
            self._thread.join(timeout=STOP_SECONDS)

    def on_message(self, event: Message) -> None:
        """A message in a direct message or a channel, under whichever event it comes. One that raises is read again later."""
        try:
            super().on_message(event)
        except Exception:
            self._failed = True
            self._gap.set()
            raise
        self._heard()

    def _heard(self) -> None:
        """Mark that Slack reaches us; after a gap the mark stays until what was missed is read."""
        now = self.parts.now()
        if self._failed or (self._marked is not None and now - self._marked < MARK_EVERY):
            return
        with self.parts.deps.sessions.begin() as db:
            row = _seen(db, now)
            if now - row.at <= GAP:
                row.at = max(row.at, now)
            else:
                self._gap.set()
        self._marked = now

    def _look_after(self) -> None:
        longest = GAP
        while not self._stop.is_set():
            try:
                self.catch_up(longest)
            except Exception as error:  # noqa: BLE001 - whatever it is, this one alone
                log.warning("slack_catch_up_failed", error=error_code(error), at=place_of(error))
            longest = GAP if self._gap.wait(LOOK_SECONDS) else QUIET_GAP
            if self._failed:
                longest = timedelta()
                self._stop.wait(LOOK_SECONDS)  # Slack itself delivers again within a minute
            self._gap.clear()

    def catch_up(self, longest: timedelta = GAP) -> int:
        """Read what was written since the mark when it is older than `longest`; returns how many messages were missed."""
        begun = self.parts.now()
        since = self._claimed(begun, longest)
        if since is None:
            return 0
        missed, whole, self._failed = 0, True, False
        for place in self._places(begun):
            try:
                messages = self._messages(place, max(since, begun - A_WEEK) - OVERLAP)
            except (Unread, NotReady, *SLACK_ERRORS) as error:
                log.warning("slack_place_unread", error=error_code(error))
                whole = False
                continue
            for message in messages:
                try:
                    missed += self._take_in_late(place, message, since)
                except (NotReady, *SLACK_ERRORS) as error:
                    log.warning("slack_place_unread", error=error_code(error))
                    whole = False
                except DATABASE_AWAY:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever it is, this one alone
                    put_back(self.parts.deps, "slack_message", _number_of(message), error, begun)
            if self._stop.is_set():
                return missed
        if whole:
            self._done(begun)
        log.info("slack_caught_up", missed=missed, whole=whole, since=since.isoformat())
        return missed

    def _claimed(self, now: datetime, longest: timedelta) -> datetime | None:
        """The mark, when it is old enough and no other process reads already."""
        with self.parts.deps.sessions.begin() as db:
            row = _seen(db, now)
            busy = row.data.get("busy_until")
            if now - row.at <= longest or (busy and datetime.fromisoformat(busy) > now):
                return None
            row.data = {"busy_until": (now + BUSY).isoformat()}
            return row.at

    def _done(self, begun: datetime) -> None:
        with self.parts.deps.sessions.begin() as db:
            row = _seen(db, begun)
            row.at, row.data = max(row.at, begun), {}

    def _places(self, now: datetime) -> list[Place]:
        """Where conversations are open or were lately, the latest first."""
        lately = or_(ConversationRow.closed_at.is_(None), ConversationRow.last_at >= now - A_WEEK)
        found = select(ConversationRow.id, ConversationRow.place).where(ConversationRow.channel == SLACK, lately)
        with self.parts.deps.reading.begin() as db:
            rows = db.execute(found.order_by(ConversationRow.last_at.desc()).limit(MOST_PLACES)).all()
            latest = dict[str, int]()
            for row_id, name in rows:
                latest.setdefault(name, row_id)
            return [place for row_id in latest.values() if (place := _place(db, row_id))]

    def _messages(self, place: Place, oldest: datetime) -> list[Message]:
        """What people wrote in a place since then, oldest first; raises Unread."""
        thread, found = place.address.get("thread"), list[Message]()
        if not thread or place.is_direct:
            found += self._pages(place, oldest, self._client.conversations_history)
        if thread:
            found += self._pages(place, oldest, self._client.conversations_replies, ts=str(thread))
        return sorted({m["ts"]: m for m in found}.values(), key=lambda message: float(message["ts"]))

    def _pages(
        self, place: Place, oldest: datetime, ask: Callable[..., SlackResponse], **more: str
    ) -> Iterator[Message]:
        asked = {"channel": str(place.address["channel"]), "oldest": f"{oldest.timestamp():.6f}", **more}
        for _ in range(PAGES):
            answer = self._answer(ask, asked)
            yield from (m for m in answer["messages"] if float(m["ts"]) >= oldest.timestamp() and self.is_written(m))
            asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not asked["cursor"]:
                return

    def _answer(self, ask: Callable[..., SlackResponse], asked: Mapping[str, str]) -> Answer:
        """One answer of Slack's, asked for at its pace; an empty one for a place that is not there; raises Unread."""
        for _ in range(TRIES):
            if self._stop.wait(self._pause):
                break
            try:
                return answer_of(ask(limit=A_PAGE, **asked))
            except SLACK_ERRORS as error:
                failure = as_failure(error)
                if failure.code in NOT_THERE:
                    return {"messages": []}
                self._stop.wait(failure.retry_after or 0)
        raise Unread(asked["channel"])

    def _take_in_late(self, place: Place, message: Message, since: datetime) -> int:
        """Take in what was missed by the usual way, with a word about its being late; 1 when it is ours and was not known."""
        channel = str(place.address["channel"])
        kind: Message = {"channel": channel, "channel_type": "im" if place.is_direct else "channel"}
        if self._is_known(channel, message):
            if message.get("edited"):
                super().on_message({**kind, "type": "message", "subtype": CHANGED, "message": message})
            return 0
        late = self.parts.now().timestamp() - float(message["ts"]) > GAP.total_seconds()
        if late and not place.with_staff and message["user"] == place.address["user"]:
            key = f"slack_late:{place.address['address']}:{since.isoformat()}"
            emergency_number = self.parts.deps.policy.words.emergency_number
            text = self.parts.words.text("late", emergency_number=emergency_number)
            self.parts.tell_once(dict(place.address), text, key)
        super().on_message({**message, "type": "message", **kind})
        return int(self._is_known(channel, message))


def _place(db: Session, row_id: int) -> Place | None:
    """One place; None for a conversation that cannot be read, which holds up no other."""
    try:
        row = db.get_one(ConversationRow, row_id)
        return Place(row.address, row.closed_at is None and conversations.memory_of(row).state == "with_staff")
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this one alone
        log.error("slack_place_unreadable", conversation=row_id, error=type(error).__name__, at=place_of(error))
        return None


def _number_of(message: Message) -> int:
    """A number for a message: the second in which it was written."""
    return int(float(message["ts"])) % 2**31


def _seen(db: Session, now: datetime) -> HeartbeatRow:
    """The mark, held until the transaction ends; made when there is none."""
    return heartbeats.held(UnitOfWork(db, now), SEEN)
