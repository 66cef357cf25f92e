"""The pager as a whole: signed calls to the address of the settings; nothing comes in."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.actions.deps import Deps, Sender
from bot.channels.base import Channel
from bot.channels.pager.webhook import Webhook, WebhookSender
from bot.config import Settings, derived_key


class PagerChannel(Channel):
    """A way out alone."""

    name = "pager"

    def __init__(self, settings: Settings, _deps: Deps, _now: Callable[[], datetime]) -> None:
        self._settings = settings

    def senders(self) -> Mapping[str, Sender]:
        """Calls, where an address is set."""
        settings = self._settings
        if not settings.pager_url:
            return {}
        webhook = Webhook(settings.pager_url, settings.pager_key, inside=settings.demo)
        return {"webhook": WebhookSender(webhook, derived_key(settings.secret_key, "webhook ids").decode()[:8])}
