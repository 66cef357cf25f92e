"""A line of the transcript on its way to a user in Teams: the same words as in the app, with buttons."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.deps import Delivery
from bot.actions.ticket_notices import STAFF_REPLY
from bot.channels.teams.cards import Json, answers, button, message
from bot.channels.teams.client import TeamsClient
from bot.channels.teams.texts import Words
from bot.outbound import PlainText, SendFailed, UserMessage
from bot.storage.database import Sessions
from bot.storage.tables import ConversationRow, MessageRow


@dataclass(frozen=True)
class UserSender:
    """Sends the rows for users, to the chat or thread in which they asked."""

    client: TeamsClient
    words: Words
    reading: Sessions

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Deliver one row; returns Teams' id of the message. Raises SendFailed."""
        match delivery.message:
            case PlainText(text=text, to=to):
                shown = message(text)
            case UserMessage(message=message_id, to=to):
                shown = self._line(message_id)
            case _:
                raise SendFailed("unknown_kind", permanent=True)
        return self.client.post(f"{to.channel}/activities", shown, now)

    def _line(self, message_id: int) -> Json:
        with self.reading.begin() as db:
            row = db.get(MessageRow, message_id)
            conversation = db.get(ConversationRow, row.conversation_id) if row else None
        if row is None or conversation is None:
            raise SendFailed("message_gone", permanent=True)
        if not row.visible_to_user:
            raise SendFailed("not_for_the_user", permanent=True)
        parts, page = [str(row.body)], (row.source or {}).get("page")
        if row.kind == STAFF_REPLY:
            parts.insert(0, self.words.text("from_staff", name=row.author))
        if page:
            parts.append(self.words.text("more", title=page["title"], url=page["url"]))
        if row.rating == "bot" and not row.buttons:
            return message("\n\n".join(parts), self._votes(conversation.public_id), self.words.text("rate_question"))
        return message("\n\n".join(parts), answers(row.buttons))

    def _votes(self, conversation: str) -> list[Json]:
        return [
            button(self.words.text(f"rate_{vote}"), {"vote": vote, "conversation": conversation})
            for vote in ("yes", "no")
        ]
