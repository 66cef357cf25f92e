"""The pager as a whole: signed calls to the address of the settings; nothing comes in."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.actions.deps import Deps, Sender
from bot.actions.ways import PAGER
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
        url = settings.of_channels["PAGER_WEBHOOK_URL"]
        if not url:
            return {}
        webhook = Webhook(url, settings.pager_key, inside=settings.demo)
        return {PAGER: WebhookSender(webhook, derived_key(settings.secret_key, "webhook ids").decode()[:8])}
