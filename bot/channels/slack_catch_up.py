"""What was written to us while we could not be reached: Slack gives up after minutes, so we read it ourselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as Flag
from threading import Thread
from typing import Any

import structlog
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.channels.slack import UserIntake
from bot.channels.slack_parts import SLACK, Parts, message_key
from bot.channels.slack_people import NotReady
from bot.channels.slack_sending import CANNOT_ASK, SLACK_ERRORS, as_failure, error_code, senders_client
from bot.storage import conversations, runs
from bot.storage.tables import ConversationRow, MessageRow, ReceivedRow, RunRow

log = structlog.get_logger()
SEEN = ("slack_seen", "until")
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

    address: Mapping[str, Any]
    with_staff: bool


class CatchUp(UserIntake):
    """Listens like UserIntake, remembers up to when it has heard everything, and reads what it could not hear."""

    def __init__(self, parts: Parts, pause: float = PAUSE) -> None:
        super().__init__(parts)
        self._client, self._pause = senders_client(parts.settings), pause
        self._marked: datetime | None = None
        self._stop, self._gap = Flag(), Flag()
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

    def on_message(self, event: dict[str, Any]) -> None:
        """A message in a direct message or a channel, under whichever event it comes."""
        super().on_message(event)
        self._heard()

    def _heard(self) -> None:
        """Mark that Slack reaches us; after a gap the mark stays until what was missed is read."""
        now = self.parts.now()
        if self._marked is not None and now - self._marked < MARK_EVERY:
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
            except (SQLAlchemyError, NotReady, *SLACK_ERRORS) as error:
                log.warning("slack_catch_up_failed", error=error_code(error))
            longest = GAP if self._gap.wait(LOOK_SECONDS) else QUIET_GAP
            self._gap.clear()

    def catch_up(self, longest: timedelta = GAP) -> int:
        """Read what was written since the mark when it is older than `longest`; returns how many messages were missed."""
        begun = self.parts.now()
        since = self._claimed(begun, longest)
        if since is None:
            return 0
        missed, whole = 0, True
        for place in self._places(begun):
            try:
                for message in self._messages(place, max(since, begun - A_WEEK) - OVERLAP):
                    missed += self._take_in_late(place, message, since)
            except (Unread, NotReady, *SLACK_ERRORS) as error:
                log.warning("slack_place_unread", error=error_code(error))
                whole = False
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
        found = select(ConversationRow).where(ConversationRow.channel == SLACK, lately)
        with self.parts.deps.reading.begin() as db:
            rows = db.scalars(found.order_by(ConversationRow.last_at.desc()).limit(MOST_PLACES)).all()
        latest: dict[str, ConversationRow] = {}
        for row in rows:
            latest.setdefault(row.place, row)
        return [
            Place(row.address, row.closed_at is None and conversations.memory_of(row).state == "with_staff")
            for row in latest.values()
        ]

    def _messages(self, place: Place, oldest: datetime) -> list[dict[str, Any]]:
        """What people wrote in a place since then, oldest first; raises Unread."""
        asked = {"channel": place.address["channel"], "oldest": f"{oldest.timestamp():.6f}", "limit": A_PAGE}
        thread, cursor, found = place.address.get("thread"), "", list[dict[str, Any]]()
        for _ in range(PAGES):
            more = {"cursor": cursor} if cursor else {}
            ask = self._client.conversations_replies if thread else self._client.conversations_history
            answer = self._answer(ask, **asked, **more, **({"ts": thread} if thread else {}))
            found += [m for m in answer["messages"] if float(m["ts"]) >= oldest.timestamp() and self.is_written(m)]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return sorted(found, key=lambda message: float(message["ts"]))

    def _answer(self, ask: Callable[..., Any], **asked: Any) -> Any:
        """One answer of Slack's, asked for at its pace; an empty one for a place that is not there; raises Unread."""
        for _ in range(TRIES):
            if self._stop.wait(self._pause):
                break
            try:
                return ask(**asked)
            except SLACK_ERRORS as error:
                failure = as_failure(error)
                if failure.code in NOT_THERE:
                    return {"messages": []}
                self._stop.wait(failure.retry_after or 0)
        raise Unread(asked["channel"])

    def _take_in_late(self, place: Place, message: dict[str, Any], since: datetime) -> int:
        """Take in what was missed by the usual way, with a word about its being late; 1 when it is ours and was not known."""
        channel, thread = str(place.address["channel"]), place.address.get("thread")
        kind = {"channel": channel, "channel_type": "channel" if thread else "im"}
        if self._is_known(channel, message):
            return 0
        late = self.parts.now().timestamp() - float(message["ts"]) > GAP.total_seconds()
        if late and not place.with_staff and message["user"] == place.address["user"]:
            key = f"slack_late:{place.address['address']}:{since.isoformat()}"
            emergency_number = self.parts.deps.policy.words.emergency_number
            text = self.parts.words.text("late", emergency_number=emergency_number)
            self.parts.tell_once(dict(place.address), text, key)
        super().on_message({**message, "type": "message", **kind})
        return int(self._is_known(channel, message))

    def _is_known(self, channel: str, message: Mapping[str, Any]) -> bool:
        """True when the words or one of the files have come in before."""
        key = message_key(self.parts.people.identity().team, channel, str(message["ts"]))
        files = [f"{message['ts']}:{file.get('id', '')}"[:100] for file in message.get("files") or []]
        with self.parts.deps.reading.begin() as db:
            if db.get(ReceivedRow, key) is not None:
                return True
            return (
                bool(files)
                and db.scalars(select(MessageRow.id).where(MessageRow.client_id.in_(files))).first() is not None
            )


def _seen(db: Session, now: datetime) -> RunRow:
    """The mark, held until the transaction ends; made when there is none."""
    name, period = SEEN
    runs.once(db, name, period, now)
    found = select(RunRow).where(RunRow.name == name, RunRow.period == period).with_for_update()
    return db.scalars(found, execution_options=conversations.FRESH).one()
