"""What people write, change and press in Teams."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from bot.actions.deps import Caller, Deps
from bot.actions.message_edits import Change, change
from bot.actions.message_limits import RateLimits, TooOften
from bot.actions.rating import Rating, rate
from bot.actions.receive import MOST_CHARACTERS, Incoming, TextTooLong, receive
from bot.actions.system_messages import notify
from bot.channels.teams.activity import Activity, Pressed
from bot.channels.teams.texts import Words
from bot.outbound import place_of
from bot.storage import conversations
from handoff.ticket import Actor, User

TEAMS = "teams"
MESSAGE, CHANGED, DELETED = "message", "messageUpdate", "messageDelete"


@dataclass(frozen=True)
class Intake:
    """Takes in one activity at a time; `tenant` is the organization whose people may ask (empty: everybody's)."""

    deps: Deps
    words: Words
    now: Callable[[], datetime]
    rate_limits: RateLimits
    tenant: str
    help_url: str

    def take(self, activity: Activity) -> None:
        """Store what it says, and everything that follows; what is none of ours is passed over."""
        if activity.type not in (MESSAGE, CHANGED, DELETED) or not activity.id:
            return
        user = _user(activity)
        if not self._may_ask(activity):
            self._tell(activity, self._guest_text(), activity.key)
        elif activity.type != MESSAGE:
            self._change(activity, user)
        elif self._is_too_often(user, activity.timestamp):
            number = self.deps.policy.words.emergency_number
            self._tell(activity, self.words.text("too_often", emergency_number=number), self._minute(user))
        elif activity.value is not None:
            self._press(activity, user, activity.value)
        else:
            self._say(activity, user, activity.key)
            if activity.has_files:
                self._tell(activity, self.words.text("no_files"), f"{activity.key}:files")

    def _may_ask(self, activity: Activity) -> bool:
        return not self.tenant or activity.conversation.tenant_id == self.tenant

    def _is_too_often(self, user: User, at: datetime | None) -> bool:
        try:
            self.rate_limits.use("messages", "", at or self.now(), user.id)
        except TooOften:
            return True
        return False

    def _minute(self, user: User) -> str:
        return f"too_often:{user.id}:{self.now():%Y-%m-%dT%H:%M}"[:255]

    def _say(self, activity: Activity, user: User, key: str) -> None:
        """Somebody's words, to the assistant; a file alone says nothing."""
        if not activity.words and activity.has_files:
            return
        try:
            said = Incoming(user, TEAMS, activity.words, key=key, address=address_of(activity))
            receive(self.deps, said, self.now())
        except TextTooLong:
            line, _ = self.deps.assistant().script.lines.line("too_long", limit=f"{MOST_CHARACTERS:,}")
            self._tell(activity, line, key)

    def _press(self, activity: Activity, user: User, pressed: Pressed) -> None:
        """A button of ours: counts once for each message and button, for whoever asked."""
        if pressed.vote:
            self._vote(activity, user, pressed)
            return
        with self.deps.reading.begin() as db:
            asked_here = conversations.last_in_place(db, user.id, TEAMS, activity.place)
        if asked_here is None:
            self._tell(activity, self.words.text("not_your_buttons"), activity.key)
            return
        key = f"teams:{activity.place}:{activity.reply_to_id}:{user.id}:{pressed.answer}"[:255]
        answer = Incoming(user, TEAMS, pressed=pressed.answer, key=key, address=address_of(activity))
        receive(self.deps, answer, self.now())

    def _vote(self, activity: Activity, user: User, pressed: Pressed) -> None:
        with self.deps.reading.begin() as db:
            row = conversations.by_public_id(db, pressed.conversation)
        if row is None or row.user_id != user.id:
            self._tell(activity, self.words.text("not_your_buttons"), activity.key)
            return
        rate(self.deps, row.id, Rating("bot", pressed.vote == "yes"), self.now())
        self._tell(activity, self.words.text("rate_thanks"), activity.key)

    def _change(self, activity: Activity, user: User) -> None:
        """A message was changed or deleted: the record follows, and words that must be answered are."""
        gone = activity.type == DELETED
        words = self.words.text("deleted") if gone else activity.words
        stamp = "gone" if gone else f"{activity.timestamp or self.now():%Y-%m-%dT%H:%M:%S.%f}"
        what = Change(activity.key, words, gone=gone, stamp=stamp)
        changed = change(Caller(self.deps, Actor("user", user.id), self.now()), what)
        if changed is None:
            return
        if changed.alarming:
            self._say(activity, user, f"{activity.key}:{stamp}")
        elif changed.to_be_told:
            told = self.words.text("told_deleted" if gone else "told_changed")
            self._tell(activity, told, f"{activity.key}:told:{stamp}")

    def _guest_text(self) -> str:
        policy = self.deps.policy
        phone, number = policy.channels.channels["phone"].contact, policy.words.emergency_number
        return self.words.text("guest", help_url=self.help_url, phone=phone, emergency_number=number)

    def _tell(self, activity: Activity, text: str, key: str) -> None:
        """A text that is no part of a conversation, by the outbox; once for a key."""
        notify(self.deps, TEAMS, place_of(address_of(activity)), text, key, self.now())


def address_of(activity: Activity) -> dict[str, object]:
    """Where it is answered: the address of the chat at the service that sent it. A thread is a chat of its own there."""
    base = activity.service_url.rstrip("/")
    chat = f"{base}/v3/conversations/{quote(activity.conversation.id, safe='')}"
    return {"address": activity.place, "channel": chat}


def _user(activity: Activity) -> User:
    who, tenant = activity.sender, activity.conversation.tenant_id
    return User(
        id=f"teams:{tenant}:{who.aad_object_id or who.id}"[:200], name=who.name[:200], role="staff", verified=True
    )
