"""A line of the transcript on its way to a user in Slack: the same words as in the app, with buttons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.actions.deps import Delivery
from bot.actions.ticket_notices import STAFF_REPLY
from bot.channels.slack.blocks import answers, button, message, rows_of, section, source
from bot.channels.slack.mrkdwn import mrkdwn
from bot.channels.slack.payloads import Block
from bot.channels.slack.posting import Poster, SlackMessage
from bot.channels.slack.texts import Words
from bot.outbound import PlainText, SendFailed, UserMessage
from bot.storage.database import Sessions
from bot.storage.tables import ConversationRow, MessageRow

RATE = "rate"


@dataclass(frozen=True)
class UserSender:
    """Sends the rows for users: to a direct message, or to the thread where they asked."""

    post: Poster
    words: Words
    reading: Sessions

    def send(self, delivery: Delivery, now: datetime) -> str:  # noqa: ARG002 - a Sender is told the time
        """Deliver one row; returns Slack's id of the message. Raises SendFailed."""
        match delivery.message:
            case PlainText(text=text, to=to):
                shown = message(text)
            case UserMessage(message=message_id, to=to):
                shown = self._line(message_id)
            case _:
                raise SendFailed("unknown_kind", permanent=True)
        return self.post.post(delivery, to.channel, to.thread, shown)

    def _line(self, message_id: int) -> SlackMessage:
        with self.reading.begin() as db:
            row = db.get(MessageRow, message_id)
            conversation = db.get(ConversationRow, row.conversation_id) if row else None
        if row is None or conversation is None:
            raise SendFailed("message_gone", permanent=True)
        if not row.visible_to_user:
            raise SendFailed("not_for_the_user", permanent=True)
        body = str(row.body)
        if row.kind == STAFF_REPLY:
            body = f"{self.words.text('from_staff', name=row.author)}\n\n{body}"
        return message(body, list(self._below(row, conversation.public_id)))

    def _below(self, row: MessageRow, conversation: str) -> Iterator[Block]:
        yield from source(self.words, (row.source or {}).get("page"))
        yield from answers(row.buttons)
        if row.rating == "bot" and not row.buttons:
            yield section(mrkdwn(self.words.text("rate_question")))
            yield from rows_of(
                [
                    button(self.words.text("rate_yes"), f"{RATE}:yes", conversation),
                    button(self.words.text("rate_no"), f"{RATE}:no", conversation),
                ]
            )
