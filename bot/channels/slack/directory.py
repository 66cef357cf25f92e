"""Who writes to us in Slack: member or guest, staff or not. Looked up once and remembered for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import structlog
from slack_sdk import WebClient
from sqlalchemy import select

from bot.channels.slack.client import SLACK_ERRORS, error_code, is_refusal
from bot.channels.slack.payloads import Account, answer_of
from bot.config import Settings
from bot.storage.database import Sessions
from bot.storage.tables import StaffRow
from handoff.policy.names import CONFINED, role_sees
from handoff.ticket import Actor, User

log = structlog.get_logger()
PERSON_SECONDS = 600
GROUP_SECONDS = 60
PAGES, A_PAGE = 20, 1000
MOST_REMEMBERED = 5000
Known = TypeVar("Known")


class NotReady(RuntimeError):
    """Slack does not tell us yet who we are; the delivery must come again."""


class StaffGroupEmpty(RuntimeError):
    """The user group of the setting has no members."""


@dataclass(frozen=True)
class Identity:
    """Ourselves in the workspace."""

    team: str
    enterprise: str
    user: str
    bot: str


@dataclass(frozen=True)
class Person:
    """Somebody in Slack: a member of the workspace, a guest in it, or from outside (another workspace, a program, gone,
    or nobody whom Slack can name)."""

    user: User
    standing: Literal["member", "guest", "outside"]

    @property
    def member(self) -> bool:
        """Neither a guest nor from outside."""
        return self.standing == "member"


class Remembered(Generic[Known]):
    """Answers kept for so many seconds; an old one is used when no new one can be had."""

    def __init__(self, seconds: float, look_up: Callable[[str], Known]) -> None:
        self._seconds, self._look_up = seconds, look_up
        self._kept: dict[str, tuple[float, Known]] = {}

    def get(self, key: str) -> Known:
        """The answer for a key; raises what the look-up raises when nothing was ever known."""
        kept = self._kept.get(key)
        now = time.monotonic()
        if kept is not None and now - kept[0] < self._seconds:
            return kept[1]
        try:
            found = self._look_up(key)
        except SLACK_ERRORS as error:
            if kept is None:
                raise
            log.warning("slack_look_up_failed", error=error_code(error))
            return kept[1]
        if len(self._kept) >= MOST_REMEMBERED:
            self._kept.clear()
        self._kept[key] = (now, found)
        return found


class SlackDirectory:
    """Looks people up: in Slack, and in our own list of staff."""

    def __init__(self, settings: Settings, reading: Sessions, client: WebClient) -> None:
        self._settings, self._reading, self._client = settings, reading, client
        self._identity: Identity | None = None
        self._persons = Remembered(PERSON_SECONDS, self._ask_person)
        self._groups = Remembered(GROUP_SECONDS, self._ask_group)
        self._members = Remembered(GROUP_SECONDS, self._ask_members)

    def identity(self) -> Identity:
        """Who we are; raises NotReady while Slack cannot be asked."""
        if self._identity is None:
            try:
                told = answer_of(self._client.auth_test())
            except SLACK_ERRORS as error:
                raise NotReady(error_code(error)) from error
            self._identity = Identity(
                str(told["team_id"]),
                str(told.get("enterprise_id") or ""),
                str(told["user_id"]),
                str(told.get("bot_id") or ""),
            )
        return self._identity

    def person(self, user_id: str) -> Person:
        """Who this is; somebody whom Slack cannot name is served as a guest. Raises one of SLACK_ERRORS when Slack cannot be
        asked and never could."""
        try:
            return self._persons.get(user_id)
        except SLACK_ERRORS as error:
            if not is_refusal(error):
                raise
            log.warning("slack_person_unnamed", error=error_code(error))
            return Person(User(id=self._id(user_id), role="staff", verified=True), "outside")

    def name(self, user_id: str) -> str:
        """What to call somebody who is mentioned; empty when Slack does not say."""
        try:
            return self.person(user_id).user.name
        except SLACK_ERRORS:
            return ""

    def _id(self, user_id: str) -> str:
        return f"slack:{self.identity().team}:{user_id}"

    def may_ask(self, person: Person) -> bool:
        """Members of the workspace; guests only where the setting allows it (decision O17)."""
        return person.member or self._settings.slack_guests

    def _ask_person(self, user_id: str) -> Person:
        told = answer_of(self._client.users_info(user=user_id))["user"]
        profile = told.get("profile") or {}
        name = (
            profile.get("real_name") or told.get("real_name") or profile.get("display_name") or told.get("name") or ""
        )
        user = User(
            id=self._id(user_id),
            name=str(name)[:200],
            email=str(profile.get("email") or "")[:200],
            role="staff",
            zone=str(told.get("tz") or ""),
            verified=True,
        )
        return Person(user, self._standing(told))

    def _standing(self, told: Account) -> Literal["member", "guest", "outside"]:
        if any(told.get(mark) for mark in ("is_stranger", "is_bot", "deleted")):
            return "outside"
        own = self.identity()
        enterprise = (told.get("enterprise_user") or {}).get("enterprise_id")
        if told.get("team_id", own.team) != own.team and not (own.enterprise and enterprise == own.enterprise):
            return "outside"
        return "guest" if told.get("is_restricted") or told.get("is_ultra_restricted") else "member"

    def staff(self, user_id: str, team: str, pressed_in: str) -> Actor | None:
        """The member of staff behind a Slack user, for this team's tickets; else None. On our list, in a role that sees them or in
        the team's channel, or in the user group of the setting; where neither is set, whoever is in the team's channel. A group
        that is set and empty, or that Slack does not tell us, lets nobody in (decision O26). `pressed_in`: the channel of the press."""
        with self._reading.begin() as db:
            listed = db.scalars(select(StaffRow).where(StaffRow.slack_id == user_id)).first()
            anybody = db.scalars(select(StaffRow.id).where(StaffRow.slack_id.is_not(None)).limit(1)).first()
        if listed is not None:
            may = role_sees(listed.role, team) or self._is_in_channel(user_id, team, pressed_in)
            return Actor("staff", listed.id, listed.name) if may else None
        group = self._settings.slack_staff_group
        if group or anybody:
            may = user_id in self._asked(self._groups, group)
        else:
            may = self._is_in_channel(user_id, team, pressed_in)
        return Actor("staff", f"slack:{user_id}", self.person(user_id).user.name) if may else None

    def must_know_staff_group(self) -> None:
        """Raises StaffGroupEmpty, or what Slack says, where the user group of the setting lets nobody in."""
        group = self._settings.slack_staff_group
        if group and not self._groups.get(group):
            raise StaffGroupEmpty(group)

    def _is_in_channel(self, user_id: str, team: str, pressed_in: str) -> bool:
        """True in the team's channel. Where Slack does not tell us who is in it, pressing there is being there; for a confined team
        it is not, for nothing says that only its people can be there."""
        channel = self._settings.team_channels.get(team, "")
        if not channel or self.person(user_id).standing == "outside":
            return False
        members = self._asked(self._members, channel)
        return user_id in members if members else team not in CONFINED and pressed_in == channel

    def _asked(self, known: "Remembered[frozenset[str]]", key: str) -> frozenset[str]:
        """The members of a group or channel; nobody where there is none, or where Slack does not tell us."""
        try:
            return known.get(key) if key else frozenset()
        except SLACK_ERRORS as error:
            if not is_refusal(error):
                raise
            log.warning("slack_members_not_told", error=error_code(error))
            return frozenset()

    def _ask_group(self, group: str) -> frozenset[str]:
        return frozenset(answer_of(self._client.usergroups_users_list(usergroup=group))["users"])

    def _ask_members(self, channel: str) -> frozenset[str]:
        found, cursor = set[str](), ""
        for _ in range(PAGES):
            answer = answer_of(self._client.conversations_members(channel=channel, limit=A_PAGE, cursor=cursor or None))
            found.update(answer["members"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return frozenset(found)
