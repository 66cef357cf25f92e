"""What Teams sends us: one activity for each message, change or press of a button."""

import html
import re
from datetime import datetime
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

FILES = ("application/vnd.microsoft.teams.file.download.info", "image/")
_MARKUP = re.compile(r"<[^<>]{1,200}>")


class Told(BaseModel):
    """A record of Teams': named as they name it, and what else it says is left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Account(Told):
    """Somebody, or a bot."""

    id: str
    name: str = ""
    aad_object_id: str = ""


class Talk(Told):
    """A chat, or one thread of a channel."""

    id: str
    tenant_id: str = ""
    conversation_type: str = "personal"


class Entity(Told):
    """Something marked in the words; of a mention, who is meant and how they are called there."""

    type: str = ""
    text: str = ""
    mentioned: Account | None = None


class File(Told):
    """Something that came with a message; the words themselves come so too, as HTML."""

    content_type: str = ""


class Pressed(Told):
    """What a button of ours gives back: an answer, or a vote on a conversation."""

    answer: str = ""
    vote: str = ""
    conversation: str = ""


class Activity(Told):
    """The whole record."""

    type: str
    id: str = ""
    service_url: str = ""
    timestamp: datetime | None = None
    sender: Account = Field(alias="from")
    recipient: Account
    conversation: Talk
    text: str = ""
    text_format: str = "plain"
    value: Pressed | None = None
    reply_to_id: str = ""
    entities: tuple[Entity, ...] = ()
    attachments: tuple[File, ...] = ()

    @property
    def words(self) -> str:
        """What a person wrote, as plain text; our own name is left out."""
        said = self.text
        for one in self.entities:
            if one.type == "mention" and one.mentioned is not None and one.mentioned.id == self.recipient.id:
                said = said.replace(one.text, "")
        return html.unescape(_MARKUP.sub("", said)).strip()

    @property
    def has_files(self) -> bool:
        """True when a file or a picture came with it."""
        return any(one.content_type.startswith(FILES) for one in self.attachments)

    @property
    def place(self) -> str:
        """The name of the chat or thread, short enough for any column."""
        return sha256(self.conversation.id.encode()).hexdigest()[:32]

    @property
    def key(self) -> str:
        """One message has this key however often it is delivered or changed."""
        return f"teams:{self.place}:{self.id}"[:255]
