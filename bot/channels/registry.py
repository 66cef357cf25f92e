"""The channels of the program: the only list of them. A new one is a line here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions.deps import Deps, Sender
from bot.channels.base import Channel
from bot.channels.email.channel import EmailChannel
from bot.channels.pager.channel import PagerChannel
from bot.channels.slack.channel import SlackChannel
from bot.config import Settings

Make = Callable[[Settings, Deps, Callable[[], datetime]], Channel]
CHANNELS: tuple[Make, ...] = (SlackChannel, EmailChannel, PagerChannel)


def with_channels(
    settings: Settings, deps: Deps, now: Callable[[], datetime], makes: Sequence[Make] = CHANNELS
) -> tuple[Deps, tuple[Channel, ...]]:
    """What the actions work with, now with every way out, and the channels, which work with the same. Raises ValueError
    for settings that a channel cannot use."""
    senders: dict[str, Sender] = {}
    whole = replace(deps, senders=senders)
    channels = tuple(make(settings, whole, now) for make in makes)
    for channel in channels:
        senders.update(channel.senders())
    return whole, channels
