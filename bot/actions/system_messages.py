"""A text for somebody outside that is no part of a conversation: a refusal, a limit. Kept, sent once, and in order."""

from datetime import datetime

from bot.actions.deps import Deps
from bot.actions.transaction import transaction
from bot.outbound import Place, PlainText
from bot.storage import idempotency, outbox


def notify(deps: Deps, channel: str, to: Place, text: str, key: str, now: datetime) -> bool:
    """Put a text on its way to an address; False when this was done before under the same key."""
    with transaction(deps, now) as tx:
        if not idempotency.is_new_delivery(tx, key):
            return False
        outbox.put(tx, channel, to.address, PlainText(text=text, to=to))
        return True
