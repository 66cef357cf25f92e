"""What every part of Slack's intake works with, and the names of places and deliveries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_sdk import WebClient

from bot.actions.deps import Deps
from bot.actions.message_limits import RateLimits, TooOften
from bot.actions.system_messages import notify
from bot.actions.ways import TEAM_TEXT
from bot.channels.slack.blocks import text_view
from bot.channels.slack.client import SLACK_ERRORS, error_code
from bot.channels.slack.directory import Person, SlackDirectory
from bot.channels.slack.mrkdwn import decoded, emoji_in
from bot.channels.slack.payloads import Address, Block, Message, answer_of
from bot.channels.slack.texts import Words
from bot.config import Settings
from bot.outbound import place_of
from bot.storage import tickets
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor, User

log = structlog.get_logger()
SLACK = TEAM_TEXT
"""The channel by its name, which is also the way of a plain text to a team."""
SUPPORT = "support"


@dataclass(frozen=True)
class SlackContext:
    """Given to the listeners; `now` is the clock, so that tests can set it."""

    deps: Deps
    settings: Settings
    words: Words
    people: SlackDirectory
    client: WebClient
    now: Callable[[], datetime]
    rate_limits: RateLimits

    def too_often(self, user: User, at: datetime | None = None) -> bool:
        """Count what a user sends, as on the web, at the time when they sent it; True when it is more than a person can."""
        try:
            self.rate_limits.use("messages", "", at or self.now(), user.id)
        except TooOften:
            return True
        return False

    def too_often_text(self) -> str:
        """What somebody is told who sends too much: it was not taken in."""
        return self.words.text("too_often", emergency_number=self.deps.policy.words.emergency_number)

    def guest_text(self) -> str:
        """What somebody is told who may not use the assistant here (decision O17)."""
        policy = self.deps.policy
        return self.words.text(
            "guest",
            help_url=self.settings.help_url,
            phone=policy.channels.channels["phone"].contact,
            emergency_number=policy.words.emergency_number,
        )

    def tell_once(self, address: Mapping[str, object], text: str, key: str) -> None:
        """A text that is no part of a conversation, by the outbox; once for a key."""
        notify(self.deps, SLACK, place_of(address), text, key, self.now())

    def tell_alone(self, channel: str, user: str, text: str) -> None:
        """A text that one person in a channel sees for the moment; when Slack refuses it, that is on the log."""
        try:
            self.client.chat_postEphemeral(channel=channel, user=user, text=text)
        except SLACK_ERRORS as error:
            log.warning("slack_ephemeral_failed", error=error_code(error))

    def open_window(self, trigger: str, view: Block) -> str | None:
        """Open a window and return its id; None when it took too long or Slack would not."""
        try:
            return str(answer_of(self.client.views_open(trigger_id=trigger, view=view))["view"]["id"])
        except SLACK_ERRORS as error:
            log.warning("slack_window_failed", error=error_code(error))
            return None

    def loading(self) -> Block:
        """The window while we look things up."""
        return text_view(self.words.forms["support"], self.words.text("loading"))

    def refusal(self, error: NotAllowed | LookupError) -> str:
        """What somebody is told whose action was refused, or came too late for a thing that is gone."""
        if isinstance(error, NotAllowed):
            return self.words.problem(error.code, **error.facts)
        return self.words.text("no_such_ticket")

    def text_of(self, message: Message) -> str:
        """What a person wrote in this message, as plain text."""
        own, drawn = self.people.identity().user, emoji_in(message.get("blocks"))
        return decoded(str(message.get("text") or ""), own, name_of=self.people.name, drawn=drawn)

    def staff(self, user_id: str, number: int, pressed_in: str) -> Actor | None:
        """The member of staff behind a Slack user who may work on this ticket, by where they pressed; else None."""
        with self.deps.reading.begin() as db:
            team = tickets.team_of(db, number)
        return self.people.staff(user_id, team or SUPPORT, pressed_in)

    def asker(self, user_id: str) -> tuple[Person, bool]:
        """Who asks, and whether they may; raises one of SLACK_ERRORS."""
        person = self.people.person(user_id)
        return person, self.people.may_ask(person)


def place(channel: str, thread: str | None, user: str) -> Address:
    """Where a conversation is held: a direct message, or one thread of a channel. A thread under a direct message belongs to
    that conversation, and is where the answer goes."""
    name = f"{channel}:{thread}" if thread and not channel.startswith("D") else channel
    return {"address": name, "channel": channel, "thread": thread, "user": user}


def message_key(team: str, channel: str, ts: str) -> str:
    """One message has this key under whatever event ids it is delivered."""
    return f"slack:{team}:{channel}:{ts}"
