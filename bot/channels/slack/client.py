"""Calls of Slack's Web API: the clients, and what their errors mean for a row that waits."""

import logging
import re
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.config import Settings
from bot.outbound import Mend, SendFailed

SLACK_ERRORS = (SlackClientError, HTTPException, OSError)
"""What a call of the Web API raises: its own errors, and those of the connection (timeouts are OSErrors)."""
SEND_SECONDS = 10
ASK_SECONDS = 2
_CODE = re.compile(r"^[a-z][a-z0-9_]{1,60}$")
PERMANENT = frozenset(
    """as_user_not_supported block_mismatch cannot_dm_bot invalid_arguments invalid_blocks
    invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_inactive metadata_too_large
    msg_blocks_too_long msg_too_long no_text restricted_action_thread_locked thread_not_found
    user_not_found""".split()
)
TOKEN_FAULTS = frozenset(
    """account_inactive ekm_access_denied invalid_auth missing_scope no_permission not_allowed_token_type not_authed
    org_login_required team_access_not_granted token_expired token_revoked""".split()
)
LACKING = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})
"""Our token is good, only not for this question."""
PLACE_FAULTS = frozenset(
    """channel_not_found is_archived messages_tab_disabled not_in_channel restricted_action
    restricted_action_read_only_channel""".split()
)
"""Like a fault of the token, people mend these in Slack; the message waits for it. A private channel that our app was put out of
is named `channel_not_found`."""
PASSING = frozenset("fatal_error internal_error request_timeout service_unavailable team_added_to_org not_json".split())


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
    return WebClient(
        settings.slack_bot_token, base_url=url, timeout=SEND_SECONDS, retry_handlers=[], logger=quiet_logger()
    )


def readers_client(settings: Settings) -> WebClient:
    """A client for questions asked while Slack waits for our answer: a short patience."""
    url = api_url(settings)
    return WebClient(
        settings.slack_bot_token, base_url=url, timeout=ASK_SECONDS, retry_handlers=[], logger=quiet_logger()
    )


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
    return SendFailed(code, unreached=isinstance(error, OSError))


def is_refusal(error: BaseException) -> bool:
    """True when Slack has said no to this very question, and will say so again: no fault of the line, the pace or a token."""
    failure = as_failure(error)
    return failure.refused and failure.code not in TOKEN_FAULTS - LACKING


def _retry_after(error: SlackApiError) -> float:
    told = {str(name).lower(): value for name, value in error.response.headers.items()}.get("retry-after", "1")
    written = told[0] if isinstance(told, list) else told
    return float(min(int(written), 3600)) if str(written).isdigit() else 1.0
