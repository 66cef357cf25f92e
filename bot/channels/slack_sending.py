"""Slack's way out: one message for one row of the outbox, paced, and never twice for a lost answer."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.actions.deps import Delivery, Mend, SendFailed
from bot.config import Settings
from bot.storage.database import Sessions
from bot.storage.tables import OutboxRow

SLACK_ERRORS = (SlackClientError, HTTPException, OSError)
"""What a call of the Web API raises: its own errors, and those of the connection (timeouts are OSErrors)."""
EVENT_TYPE = "smartmed_outbox"
SECONDS = 10
MOST_BLOCKS = 50
PAGES, A_PAGE = 20, 200
SOONEST = 5.0
"""A row that waits for its turn looks again after so many seconds at most."""
CLOCKS_DIFFER = timedelta(minutes=5)
_CODE = re.compile(r"^[a-z][a-z0-9_]{1,60}$")
PERMANENT = frozenset(
    """as_user_not_supported block_mismatch cannot_dm_bot channel_not_found invalid_arguments invalid_blocks
    invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_inactive metadata_too_large
    msg_blocks_too_long msg_too_long no_text restricted_action_thread_locked thread_not_found
    user_not_found""".split()  # noqa: SIM905
)
TOKEN_FAULTS = frozenset(
    """account_inactive ekm_access_denied invalid_auth missing_scope no_permission not_allowed_token_type not_authed
    org_login_required team_access_not_granted token_expired token_revoked""".split()  # noqa: SIM905
)
LACKING = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})
"""Our token is good, only not for this question."""
PLACE_FAULTS = frozenset(
    """is_archived messages_tab_disabled not_in_channel restricted_action
    restricted_action_read_only_channel""".split()  # noqa: SIM905
)
"""Like a fault of the token, people mend these in Slack; the message waits for it."""
PASSING = frozenset("fatal_error internal_error request_timeout service_unavailable team_added_to_org not_json".split())  # noqa: SIM905
CANNOT_ASK = ("missing_scope", "not_allowed_token_type", "method_not_supported_for_channel_type", "thread_not_found")


@dataclass(frozen=True)
class Shown:
    """A message as Slack takes it: the text for notifications, and the blocks."""

    text: str
    blocks: list[dict[str, Any]]


def api_url(settings: Settings) -> str:
    """The Web API's address, ending in a slash."""
    return settings.slack_api_url.rstrip("/") + "/"


def quiet_logger() -> logging.Logger:
    """For Slack's libraries: they log whole bodies, and ours are nobody else's business."""
    logger = logging.getLogger("smartmed.slack")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def senders_client(settings: Settings) -> WebClient:
    """A client that tries once: the outbox row is the retry."""
    url = api_url(settings)
    return WebClient(settings.slack_bot_token, base_url=url, timeout=SECONDS, retry_handlers=[], logger=quiet_logger())


def error_code(error: BaseException) -> str:
    """A short word for what went wrong; never any part of a body."""
    if isinstance(error, SlackApiError):
        status = getattr(error.response, "status_code", 200)
        if status >= 500:
            return f"http_{status}"
        code = str(error.response.get("error") or "") if isinstance(error.response.data, dict) else ""
        return code if _CODE.match(code) else "not_json"
    return type(error).__name__


def as_failure(error: BaseException) -> SendFailed:
    """What an error of a call means for the row: wait and come back, try again, or give up."""
    code = error_code(error)
    if isinstance(error, SlackApiError):
        if error.response.status_code == 429 or code in ("ratelimited", "rate_limited"):
            return SendFailed("ratelimited", permanent=False, retry_after=_retry_after(error), tried=False)
        passing = code in PASSING or code.startswith("http_")
        mend: Mend = "way" if code in TOKEN_FAULTS else "place" if code in PLACE_FAULTS else ""
        return SendFailed(code, permanent=code in PERMANENT, mend=mend, refused=not passing)
    return SendFailed(code)


def is_refusal(error: BaseException) -> bool:
    """True when Slack has said no to this very question, and will say so again: no fault of the line, the pace or a token."""
    failure = as_failure(error)
    return failure.refused and failure.code not in TOKEN_FAULTS - LACKING


def _retry_after(error: SlackApiError) -> float:
    told = {str(name).lower(): value for name, value in error.response.headers.items()}.get("retry-after", "1")
    written = told[0] if isinstance(told, list) else told
    return float(min(int(written), 3600)) if str(written).isdigit() else 1.0


class Pace:
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


class Post:
    """Posts, updates, and finds what an earlier try may have posted."""

    def __init__(self, client: WebClient, reading: Sessions, pace: Pace) -> None:
        self._client, self._reading, self._pace = client, reading, pace

    def post(self, delivery: Delivery, channel: str, thread: str | None, shown: Shown, part: str = "message") -> str:
        """Post once for this row and part; returns Slack's id of the message. Raises SendFailed."""
        if delivery.attempts > 1:
            earlier = self._posted_before(delivery, channel, thread, part)
            if earlier is not None:
                return earlier
        seconds = self._pace.wait(channel, delivery.id)
        if seconds:
            raise SendFailed("paced", permanent=False, retry_after=min(seconds, SOONEST), tried=False)
        try:
            answer: Any = self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                text=shown.text,
                blocks=shown.blocks[:MOST_BLOCKS],
                metadata={"event_type": EVENT_TYPE, "event_payload": {"outbox_id": delivery.id, "part": part}},
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(answer["ts"])
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    def direct(self, user: str) -> str:
        """The channel of our direct messages with this user; raises SendFailed."""
        try:
            opened: Any = self._client.conversations_open(users=user)
            return str(opened["channel"]["id"])
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    def update(self, channel: str, ts: str, shown: Shown) -> None:
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

    def _messages(self, channel: str, thread: str | None, since: datetime) -> Iterator[dict[str, Any]]:
        cursor = ""
        for _ in range(PAGES):
            asked: dict[str, Any] = {
                "channel": channel,
                "oldest": f"{(since - CLOCKS_DIFFER).timestamp():.6f}",
                "include_all_metadata": True,
                "limit": A_PAGE,
                **({"cursor": cursor} if cursor else {}),
            }
            answer: Any = (
                self._client.conversations_replies(ts=thread, **asked)
                if thread
                else self._client.conversations_history(**asked)
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
