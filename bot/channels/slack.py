"""Slack's way in for users: direct messages, mentions, threads, buttons, screenshots. It translates, nothing else."""

import re
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import App

from bot.actions import staff as deeds
from bot.actions.attach import FileRefused, attach
from bot.actions.rating import rate
from bot.actions.receive import MOST_CHARACTERS, Incoming, TextTooLong, open_conversation, receive
from bot.channels.slack_blocks import ANSWER
from bot.channels.slack_files import MOST_MEGABYTES, fetch
from bot.channels.slack_parts import SLACK, Parts, message_key, place
from bot.channels.slack_people import Person
from bot.channels.slack_text import decoded
from bot.channels.slack_user import RATE
from bot.storage import cards, conversations
from handoff.lifecycle import NotAllowed

log = structlog.get_logger()
TAKEN = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that a person wrote just now; edits, deletions, joins and the like are passed over."""
Event = Mapping[str, Any]


class UserIntake:
    """Listens for what users write and press."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def register(self, app: App) -> None:
        """Hang the listeners into the app."""
        app.event("message")(self.on_message)
        app.event("app_mention")(self.on_message)
        app.action(re.compile(rf"^{ANSWER}:\d+$"))(self.on_answer)
        app.action(re.compile(rf"^{RATE}:(yes|no)$"))(self.on_rating)

    def on_message(self, event: dict[str, Any]) -> None:
        """A message in a direct message or a channel, under whichever event it comes."""
        if not self.is_written(event):
            return
        channel, ts, thread = str(event["channel"]), str(event["ts"]), event.get("thread_ts")
        user = str(event["user"])
        if event.get("channel_type") == "im":
            self._take_in(event, place(channel, None, user))
            return
        number = self._ticket_of(channel, thread)
        if number is not None:
            self._note(event, number)
        elif self._is_asked(event, channel, thread):
            self._take_in(event, place(channel, str(thread or ts), user))

    def is_written(self, event: Event) -> bool:
        """True for what a person wrote just now, and not for what a program posted or Slack itself tells."""
        user, own = event.get("user"), self.parts.people.identity()
        return bool(user) and user != own.user and not event.get("bot_id") and event.get("subtype") in TAKEN

    def _ticket_of(self, channel: str, thread: str | None) -> int | None:
        if not thread:
            return None
        with self.parts.deps.reading.begin() as db:
            return cards.ticket_of_thread(db, channel, thread)

    def _is_asked(self, event: Event, channel: str, thread: str | None) -> bool:
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

    def _take_in(self, event: Event, address: dict[str, Any]) -> None:
        parts, own = self.parts, self.parts.people.identity()
        key = message_key(own.team, address["channel"], str(event["ts"]))
        person, may = parts.asker(str(event["user"]))
        if not may:
            parts.tell_once(address, parts.guest_text(), key)
            return
        text, files = decoded(str(event.get("text") or ""), own.user), event.get("files") or []
        if text or not files:
            self.say(person, address, text, key)
        for file in files:
            self._file(person, address, file, f"{event['ts']}:{file.get('id', '')}", key)

    def say(self, person: Person, address: dict[str, Any], text: str, key: str) -> None:
        """Somebody's words, to the assistant."""
        parts = self.parts
        try:
            receive(parts.deps, Incoming(person.user, SLACK, text, key=key, address=address), parts.now())
        except TextTooLong:
            line, _ = parts.deps.assistant().script.lines.line("too_long", limit=f"{MOST_CHARACTERS:,}")
            parts.tell_once(address, line, key)

    def _file(self, person: Person, address: dict[str, Any], file: Event, client_id: str, key: str) -> None:
        """A screenshot: fetched, known by its content, put on the transcript."""
        parts = self.parts
        try:
            content = fetch(parts.settings, parts.client, file)
            row = open_conversation(parts.deps, person.user, SLACK, parts.now(), address)
            name = str(file.get("name") or file.get("title") or "")
            attach(parts.deps, row.public_id, person.user, name, content, client_id[:100], parts.now(), channel=SLACK)
        except FileRefused as refusal:
            log.info("slack_file_refused", reason=str(refusal))
            line, _ = parts.deps.assistant().script.lines.line("file_refused", limit=MOST_MEGABYTES)
            parts.tell_once(address, line, f"{key}:{file.get('id', '')}")

    def _note(self, event: Event, number: int) -> None:
        """What stands in a card's thread is an internal note; it never reaches the user (P16)."""
        parts, channel, user = self.parts, str(event["channel"]), str(event["user"])
        by = parts.people.staff(user)
        if by is None:
            parts.tell_alone(channel, user, parts.words.text("not_staff_note"))
            return
        own = parts.people.identity()
        names = [str(file.get("name") or "") for file in event.get("files") or []]
        text = "\n".join(part for part in (decoded(str(event.get("text") or ""), own.user), *names) if part)
        key = message_key(own.team, channel, str(event["ts"]))
        try:
            deeds.note(parts.deps, number, text, by, parts.now(), key=key, shown=True)
        except NotAllowed as refusal:
            log.info("slack_note_refused", reason=refusal.code, ticket=number)

    def on_answer(self, ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:
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
        value = str(action.get("value") or "")
        key = f"{message_key(own.team, address['channel'], str(body['message']['ts']))}:{user}:{value}"
        receive(parts.deps, Incoming(person.user, SLACK, pressed=value, key=key, address=address), parts.now())
        ack()

    def on_rating(self, ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A vote on what the assistant said: one for each conversation, changeable."""
        parts, address, user = self.parts, _where(body), str(body["user"]["id"])
        with parts.deps.reading.begin() as db:
            row = conversations.by_public_id(db, str(action.get("value") or ""))
        if row is None or row.user_id != f"slack:{parts.people.identity().team}:{user}":
            parts.tell_alone(address["channel"], user, parts.words.text("not_your_buttons"))
        else:
            rate(parts.deps, row.id, action["action_id"] == f"{RATE}:yes", None, "bot", parts.now())
            parts.tell_alone(address["channel"], user, parts.words.text("rate_thanks"))
        ack()


def _where(body: Event) -> dict[str, Any]:
    """The place of the message whose button was pressed."""
    message, channel = body["message"], str(body["channel"]["id"])
    thread = None if channel.startswith("D") else str(message.get("thread_ts") or message["ts"])
    return place(channel, thread, str(body["user"]["id"]))
