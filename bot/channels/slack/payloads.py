"""What goes between Slack and us, as far as we read it: events, presses, forms, files, and the answers of its Web API."""

from collections.abc import Mapping
from typing import TypeAlias, TypedDict, cast

from slack_sdk.web import SlackResponse

Block: TypeAlias = dict[str, object]
"""A part of a message or a window, as we write it."""


class Address(TypedDict):
    """Where a conversation is held, as it is kept with it."""

    address: str
    channel: str
    thread: str | None
    user: str


class Named(TypedDict):
    """A user, a channel, a window: whatever is told by its id."""

    id: str


class File(TypedDict, total=False):
    """A file of a message."""

    id: str
    name: str
    title: str
    size: int
    file_access: str
    url_private: str
    url_private_download: str


class Edited(TypedDict, total=False):
    """When a message was changed last."""

    ts: str


class Metadata(TypedDict, total=False):
    """What a program has written beside its message."""

    event_type: str
    event_payload: Mapping[str, object]


class Message(TypedDict, total=False):
    """A message, in a place or as the event that tells of it."""

    type: str
    subtype: str
    channel: str
    channel_type: str
    user: str
    bot_id: str
    text: str
    ts: str
    thread_ts: str
    event_ts: str
    deleted_ts: str
    blocks: object
    files: list[File]
    edited: Edited
    metadata: Metadata
    message: "Message"
    """As it is after a change."""
    previous_message: "Message"


class HomeOpened(TypedDict, total=False):
    """Somebody opens one of our app's tabs."""

    tab: str
    user: str


class Command(TypedDict, total=False):
    """A command, with the words after it."""

    trigger_id: str
    user_id: str
    channel_id: str
    text: str


class Press(TypedDict, total=False):
    """A button was pressed, a shortcut chosen, a form sent."""

    trigger_id: str
    user: Named
    channel: Named
    message: Message


class Action(TypedDict, total=False):
    """Which button it was."""

    action_id: str
    value: str


class Option(TypedDict):
    """A choice of a form."""

    value: str


class Filled(TypedDict, total=False):
    """What was filled in or chosen."""

    value: str
    selected_option: Option
    selected_options: list[Option]


class FormState(TypedDict):
    """Everything that was filled in, by question and element."""

    values: Mapping[str, Mapping[str, Filled]]


class Submission(TypedDict, total=False):
    """A form that was sent."""

    id: str
    callback_id: str
    private_metadata: str
    state: FormState


class Profile(TypedDict, total=False):
    """What somebody tells of themselves."""

    real_name: str
    display_name: str
    email: str


class OfEnterprise(TypedDict, total=False):
    """Somebody in an organization of several workspaces."""

    enterprise_id: str


class Account(TypedDict, total=False):
    """Somebody in Slack."""

    name: str
    real_name: str
    tz: str
    team_id: str
    profile: Profile
    enterprise_user: OfEnterprise
    is_stranger: bool
    is_bot: bool
    deleted: bool
    is_restricted: bool
    is_ultra_restricted: bool


class Cursor(TypedDict, total=False):
    """Where the next page begins."""

    next_cursor: str


class Answer(TypedDict, total=False):
    """What we read of any answer of the Web API."""

    ts: str
    channel: Named
    view: Named
    user: Account
    file: File
    users: list[str]
    members: list[str]
    messages: list[Message]
    response_metadata: Cursor
    team_id: str
    enterprise_id: str
    user_id: str
    bot_id: str


def answer_of(response: SlackResponse) -> Answer:
    """What was answered; raises ValueError for what is no JSON."""
    if not isinstance(response.data, dict):
        raise ValueError("the answer is no JSON")
    return cast(Answer, response.data)
