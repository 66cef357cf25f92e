"""Slack's way out: one message for one row of the outbox, paced, and never twice for a lost answer."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TypedDict

from slack_sdk import WebClient

from bot.actions.deps import Delivery
from bot.channels.slack.client import SLACK_ERRORS, as_failure, error_code
from bot.channels.slack.payloads import Block, Message, answer_of
from bot.outbound import SendFailed
from bot.storage.database import Sessions
from bot.storage.tables import OutboxRow

EVENT_TYPE = "smartmed_outbox"
MOST_BLOCKS = 50
PAGES, A_PAGE = 20, 200
SOONEST = 5.0
"""A row that waits for its turn looks again after so many seconds at most."""
CLOCKS_DIFFER = timedelta(minutes=5)
CANNOT_ASK = ("missing_scope", "not_allowed_token_type", "method_not_supported_for_channel_type", "thread_not_found")


@dataclass(frozen=True)
class SlackMessage:
    """A message as Slack takes it: the text for notifications, and the blocks."""

    text: str
    blocks: list[Block]


class _Page(TypedDict):
    """Which part of a place is asked for."""

    channel: str
    oldest: str
    cursor: str | None
    limit: int


class RateLimiter:
    """About one message a second and channel with short bursts, in this process. A row that must wait keeps its turn."""

    def __init__(self, seconds: float = 1.0, burst: int = 5, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._burst, self._clock = seconds, burst, clock
        self._next: dict[str, float] = {}
        self._turns: dict[tuple[str, int], float] = {}
        self._lock = Lock()

    def wait(self, channel: str, row: int) -> float:
        """Seconds until this row may go out to the channel; 0 for now."""
        with self._lock:
            now = self._clock()
            turn = self._turns.get((channel, row))
            if turn is None:
                after = max(self._next.get(channel, now), now)
                self._next[channel] = after + self._seconds
                turn = after - (self._burst - 1) * self._seconds
            if turn <= now:
                self._turns.pop((channel, row), None)
                return 0.0
            self._turns[channel, row] = turn
            self._forget(now)
            return turn - now

    def _forget(self, now: float) -> None:
        """Turns that nobody came back for: another process sent the row."""
        if len(self._turns) > 1000:
            self._turns = {key: turn for key, turn in self._turns.items() if turn > now - 600}


class Poster:
    """Posts, updates, and finds what an earlier try may have posted."""

    def __init__(self, client: WebClient, reading: Sessions, pace: RateLimiter) -> None:
        self._client, self._reading, self._pace = client, reading, pace

    def post(
        self, delivery: Delivery, channel: str, thread: str | None, shown: SlackMessage, part: str = "message"
    ) -> str:
        """Post once for this row and part; returns Slack's id of the message. Raises SendFailed."""
        if delivery.attempts > 1:
            earlier = self._posted_before(delivery, channel, thread, part)
            if earlier is not None:
                return earlier
        seconds = self._pace.wait(channel, delivery.id)
        if seconds:
            raise SendFailed("paced", permanent=False, retry_after=min(seconds, SOONEST), tried=False)
        try:
            posted = self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                text=shown.text,
                blocks=shown.blocks[:MOST_BLOCKS],
                metadata={"event_type": EVENT_TYPE, "event_payload": {"outbox_id": delivery.id, "part": part}},
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(answer_of(posted)["ts"])
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    def direct(self, user: str) -> str:
        """The channel of our direct messages with this user; raises SendFailed."""
        try:
            return str(answer_of(self._client.conversations_open(users=user))["channel"]["id"])
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    def update(self, channel: str, ts: str, shown: SlackMessage) -> None:
        """Put new content in the place of a message; raises SendFailed."""
        try:
            self._client.chat_update(channel=channel, ts=ts, text=shown.text, blocks=shown.blocks[:MOST_BLOCKS])
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    def _posted_before(self, delivery: Delivery, channel: str, thread: str | None, part: str) -> str | None:
        """The id of the message when an earlier try did arrive; only its answer was lost."""
        wanted = {"outbox_id": delivery.id, "part": part}
        try:
            for message in self._messages(channel, thread, self._made_at(delivery.id)):
                mark = message.get("metadata") or {}
                if mark.get("event_type") == EVENT_TYPE and mark.get("event_payload") == wanted:
                    return str(message["ts"])
        except SLACK_ERRORS as error:
            if error_code(error) in CANNOT_ASK:
                return None
            raise as_failure(error) from error
        return None

    def _messages(self, channel: str, thread: str | None, since: datetime) -> Iterator[Message]:
        oldest, cursor = f"{(since - CLOCKS_DIFFER).timestamp():.6f}", ""
        for _ in range(PAGES):
            asked: _Page = {"channel": channel, "oldest": oldest, "cursor": cursor or None, "limit": A_PAGE}
            answer = answer_of(
                self._client.conversations_replies(ts=thread, include_all_metadata=True, **asked)
                if thread
                else self._client.conversations_history(include_all_metadata=True, **asked)
            )
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _made_at(self, row_id: int) -> datetime:
        with self._reading.begin() as db:
            row = db.get(OutboxRow, row_id)
            if row is None:
                raise SendFailed("row_gone", permanent=True)
            return row.made_at
