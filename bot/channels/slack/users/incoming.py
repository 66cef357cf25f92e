"""Slack's way in for users: direct messages, mentions, threads, buttons, screenshots. It translates, nothing else."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException

import structlog
from slack_bolt import Ack, App
from sqlalchemy import select

from bot.actions import staff as staff_actions
from bot.actions.attach import FileRefused, Upload, attach
from bot.actions.deps import Caller
from bot.actions.message_edits import Change, change
from bot.actions.rating import Rating, rate
from bot.actions.receive import MOST_CHARACTERS, Incoming, TextTooLong, open_conversation, receive
from bot.channels.slack.blocks import ANSWER
from bot.channels.slack.context import SLACK, SlackContext, message_key, place
from bot.channels.slack.directory import Person
from bot.channels.slack.files import MOST_MEGABYTES, fetch
from bot.channels.slack.payloads import Action, Address, File, Message, Press
from bot.channels.slack.users.outgoing import RATE
from bot.storage import cards, conversations, idempotency
from bot.storage.tables import MessageRow, ReceivedRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor

log = structlog.get_logger()
TAKEN = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of messages that a person wrote just now; joins and the like are passed over."""
CHANGED, DELETED = "message_changed", "message_deleted"
GONE = ("tombstone",)
"""What stands in the place of a deleted message that has answers in its thread."""
A_DAY = timedelta(days=1)


class UserIntake:
    """Listens for what users write and press."""

    def __init__(self, parts: SlackContext) -> None:
        self.parts = parts

    def register(self, app: App) -> None:
        """Hang the listeners into the app."""
        app.event("message")(self.on_message)
        app.event("app_mention")(self.on_message)
        app.action(re.compile(rf"^{ANSWER}:\d+$"))(self.on_answer)
        app.action(re.compile(rf"^{RATE}:(yes|no)$"))(self.on_rating)

    def on_message(self, event: Message) -> None:
        """A message in a direct message or a channel, under whichever event it comes; or a change of one."""
        if event.get("subtype") in (CHANGED, DELETED):
            self._change(event)
            return
        if not self.is_written(event):
            return
        channel, ts, thread = str(event["channel"]), str(event["ts"]), event.get("thread_ts")
        user = str(event["user"])
        if event.get("channel_type") == "im":
            self._take_in(event, place(channel, thread, user))
            return
        number = self._ticket_of(channel, thread)
        if number is not None:
            self._note(event, number)
        elif self._is_asked(event, channel, thread):
            self._take_in(event, place(channel, str(thread or ts), user))

    def is_written(self, event: Message) -> bool:
        """True for what a person wrote just now, and not for what a program posted or Slack itself tells."""
        user, own = event.get("user"), self.parts.people.identity()
        return bool(user) and user != own.user and not event.get("bot_id") and event.get("subtype") in TAKEN

    def _change(self, event: Message) -> None:
        """A message was changed or deleted: the record follows, and who reads it hears of it. Slack tells of our own messages
        too, and of links that it has unfolded, in which no word changes."""
        before, after = event.get("previous_message") or {}, event.get("message") or {}
        gone = event["subtype"] == DELETED or after.get("subtype") in GONE
        ts, written = str(event.get("deleted_ts") or after.get("ts") or ""), before if gone else after
        if not ts or (written and not self.is_written(written)):
            return
        parts, channel, user = self.parts, str(event["channel"]), str(written.get("user") or "")
        key = message_key(parts.people.identity().team, channel, ts)
        text = parts.words.text("deleted") if gone else parts.text_of(after)
        if text or not after.get("files"):
            stamp = "gone" if gone else str((after.get("edited") or {}).get("ts") or event.get("event_ts") or "")
            what = Change(key, text, gone=gone, files=f"{ts}:", stamp=stamp)
            self._tell_of_change(user, what)
        known = self._is_known(channel, {"ts": ts, "files": written.get("files") or []})
        if not known and parts.now().timestamp() - float(ts) < A_DAY.total_seconds():
            self._change_unheard(event, key, None if gone else after)

    def _tell_of_change(self, user: str, what: Change) -> None:
        parts, by = self.parts, Actor("user", f"slack:{self.parts.people.identity().team}:{user}")
        changed = change(Caller(parts.deps, by, parts.now()), what)
        if changed is None:
            return
        address = dict(changed.conversation.address)
        if changed.alarming:
            self.say(parts.people.person(user), address, what.words, f"{what.key}:{what.stamp}")
        elif changed.to_be_told:
            text = parts.words.text("told_deleted") if what.gone else parts.words.text("told_changed")
            parts.tell_once(address, text, f"{what.key}:told:{what.stamp}")

    def _change_unheard(self, event: Message, key: str, after: Message | None) -> None:
        """The change came before the message itself: its newest words are taken in, or none any more."""
        kind: Message = {
            "channel": event["channel"],
            "channel_type": event.get("channel_type") or "",
            "type": "message",
        }
        if after is not None:
            self.on_message({**after, **kind})
        elif event.get("channel_type") == "im":
            with self.parts.deps.sessions.begin() as db:
                idempotency.is_new_delivery(UnitOfWork(db, self.parts.now()), key)

    def _is_known(self, channel: str, message: Message) -> bool:
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

    def _ticket_of(self, channel: str, thread: str | None) -> int | None:
        if not thread:
            return None
        with self.parts.deps.reading.begin() as db:
            return cards.ticket_of_thread(db, channel, thread)

    def _is_asked(self, event: Message, channel: str, thread: str | None) -> bool:
        """A mention of us, or a further message of somebody whom we answer in this thread."""
        own = self.parts.people.identity()
        if event.get("type") == "app_mention" or f"<@{own.user}>" in str(event.get("text") or ""):
            return True
        if not thread:
            return False
        address = place(channel, thread, "")["address"]
        with self.parts.deps.reading.begin() as db:
            user = f"slack:{own.team}:{event['user']}"
            return conversations.last_in_place(db, user, SLACK, address) is not None

    def _take_in(self, event: Message, address: Address) -> None:
        parts, own = self.parts, self.parts.people.identity()
        key = message_key(own.team, address["channel"], str(event["ts"]))
        person, may = parts.asker(str(event["user"]))
        if not may:
            parts.tell_once(address, parts.guest_text(), key)
            return
        known = self._is_known(address["channel"], event)
        if not known and parts.too_often(person.user, _sent_at(event)):
            minute = f"{parts.now():%Y-%m-%dT%H:%M}"
            parts.tell_once(address, parts.too_often_text(), f"too_often:{own.team}:{event['user']}:{minute}")
            return
        text, files = parts.text_of(event), event.get("files") or []
        if text or not files:
            self.say(person, address, text, key)
        failures = []
        for file in files:
            try:
                self._file(person, address, file, f"{event['ts']}:{file.get('id', '')}", key)
            except (OSError, HTTPException) as failure:
                failures.append(failure)
        if failures:  # the others are kept; Slack delivers again, and only what is missing is fetched then
            raise failures[0]

    def say(self, person: Person, address: Mapping[str, object], text: str, key: str) -> None:
        """Somebody's words, to the assistant."""
        parts = self.parts
        try:
            receive(parts.deps, Incoming(person.user, SLACK, text, key=key, address=dict(address)), parts.now())
        except TextTooLong:
            line, _ = parts.deps.assistant().script.lines.line("too_long", limit=f"{MOST_CHARACTERS:,}")
            parts.tell_once(address, line, key)

    def _file(self, person: Person, address: Address, file: File, client_id: str, key: str) -> None:
        """A screenshot: fetched, known by its content, put on the transcript."""
        parts = self.parts
        try:
            content = fetch(parts.settings, parts.client, file)
            row = open_conversation(parts.deps, person.user, SLACK, parts.now(), dict(address))
            name = str(file.get("name") or file.get("title") or "")
            attach(parts.deps, Upload(row.public_id, person.user, name, content, client_id[:100]), parts.now())
        except FileRefused as refusal:
            log.info("slack_file_refused", reason=str(refusal))
            line, _ = parts.deps.assistant().script.lines.line("file_refused", limit=MOST_MEGABYTES)
            parts.tell_once(address, line, f"{key}:{file.get('id', '')}")

    def _note(self, event: Message, number: int) -> None:
        """What stands in a card's thread is an internal note; it never reaches the user."""
        parts, channel, user = self.parts, str(event["channel"]), str(event["user"])
        by = parts.staff(user, number, channel)
        if by is None:
            parts.tell_alone(channel, user, parts.words.text("not_staff_note"))
            return
        own = parts.people.identity()
        names = [str(file.get("name") or "") for file in event.get("files") or []]
        text = "\n".join(part for part in (parts.text_of(event), *names) if part)
        key = message_key(own.team, channel, str(event["ts"]))
        try:
            staff_actions.note(staff_actions.Command(parts.deps, number, by, parts.now(), key=key), text, shown=True)
        except NotAllowed as refusal:
            log.info("slack_note_refused", reason=refusal.code, ticket=number)

    def on_answer(self, ack: Ack, body: Press, action: Action) -> None:
        """A reply button under a message of ours: counts once for each message and button."""
        parts, own = self.parts, self.parts.people.identity()
        address, user = _where(body), str(body["user"]["id"])
        person, may = parts.asker(user)
        with parts.deps.reading.begin() as db:
            asked_here = conversations.last_in_place(db, person.user.id, SLACK, address["address"])
        if not may or asked_here is None:
            refusal = parts.words.text("not_your_buttons") if may else parts.guest_text()
            parts.tell_alone(address["channel"], user, refusal)
            ack()
            return
        if parts.too_often(person.user):
            parts.tell_alone(address["channel"], user, parts.too_often_text())
            ack()
            return
        value = str(action.get("value") or "")
        key = f"{message_key(own.team, address['channel'], str(body['message']['ts']))}:{user}:{value}"
        receive(parts.deps, Incoming(person.user, SLACK, pressed=value, key=key, address=dict(address)), parts.now())
        ack()

    def on_rating(self, ack: Ack, body: Press, action: Action) -> None:
        """A vote on what the assistant said: one for each conversation, changeable."""
        parts, address, user = self.parts, _where(body), str(body["user"]["id"])
        with parts.deps.reading.begin() as db:
            row = conversations.by_public_id(db, str(action.get("value") or ""))
        if row is None or row.user_id != f"slack:{parts.people.identity().team}:{user}":
            parts.tell_alone(address["channel"], user, parts.words.text("not_your_buttons"))
        elif parts.too_often(parts.people.person(user).user):
            parts.tell_alone(address["channel"], user, parts.too_often_text())
        else:
            rate(parts.deps, row.id, Rating("bot", action["action_id"] == f"{RATE}:yes"), parts.now())
            parts.tell_alone(address["channel"], user, parts.words.text("rate_thanks"))
        ack()


def _sent_at(message: Message) -> datetime | None:
    """When it was written: what was missed for hours and is read at once was not written at once."""
    try:
        return datetime.fromtimestamp(float(message["ts"]), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _where(body: Press) -> Address:
    """The place of the message whose button was pressed."""
    message, channel = body["message"], str(body["channel"]["id"])
    thread = message.get("thread_ts") or (None if channel.startswith("D") else str(message["ts"]))
    return place(channel, thread, str(body["user"]["id"]))
