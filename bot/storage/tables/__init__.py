"""The rows: everything a promise rests on."""

from bot.storage.tables.base import Row
from bot.storage.tables.conversations import (
    AttachmentRow,
    ConversationRow,
    LettersOffRow,
    MessageRow,
    RatingRow,
    ReceivedRow,
    UnreadRow,
)
from bot.storage.tables.incidents import IncidentMemberRow, IncidentRow
from bot.storage.tables.people import OneTimeLinkRow, RateLimitRow, SignInRow, StaffRow
from bot.storage.tables.records import (
    ActionItemRow,
    ArticleReviewRow,
    ClockSettingsRow,
    HeartbeatRow,
    SlackMessageRow,
    WeeklyReportRow,
)
from bot.storage.tables.seals import SealRow
from bot.storage.tables.tickets import CounterRow, DeadlineRow, EventRow, PageRow, TicketRow
from bot.storage.tables.work import OutboxRow, PutOffRow, RingRow, RunRow

__all__ = [
    "ActionItemRow",
    "ArticleReviewRow",
    "AttachmentRow",
    "ClockSettingsRow",
    "ConversationRow",
    "CounterRow",
    "DeadlineRow",
    "EventRow",
    "HeartbeatRow",
    "IncidentMemberRow",
    "IncidentRow",
    "LettersOffRow",
    "MessageRow",
    "OneTimeLinkRow",
    "OutboxRow",
    "PageRow",
    "PutOffRow",
    "RateLimitRow",
    "RatingRow",
    "ReceivedRow",
    "RingRow",
    "Row",
    "RunRow",
    "SealRow",
    "SignInRow",
    "SlackMessageRow",
    "StaffRow",
    "TicketRow",
    "UnreadRow",
    "WeeklyReportRow",
]
