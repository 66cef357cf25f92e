"""An edit that is not live, because the gate refused it or because it waits for the next start, is told to the support lead:
by mail, and in the support team's channel; once."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from bot.actions.deps import Deps
from bot.actions.staff_mail import tell_lead
from bot.actions.transaction import transaction
from bot.storage import idempotency
from handoff import notices, safe
from handoff.data_files import Fault
from handoff.safe import Value

REFUSED, WAITS = "edit_refused", "edit_waits"
MOST_TOLD = 10


def tell_refused(deps: Deps, faults: Sequence[Fault], now: datetime) -> bool:
    """Tell the lead what is wrong and that users read the last good version; False when that was told today already."""
    told = [str(fault) for fault in faults]
    key = sha256("\n".join(told).encode()).hexdigest()[:16]
    facts: dict[str, Value] = {
        "count": len(told),
        "faults": [safe.of_machinery(one) for one in told[:MOST_TOLD]],
        "more": max(0, len(told) - MOST_TOLD),
        "address": safe.address(deps.base_url, "console"),
    }
    return _tell(deps, REFUSED, key, facts, now)


def tell_waits(deps: Deps, now: datetime) -> bool:
    """Tell the lead that an edit is without fault and goes live with the next start; False when that was told today already."""
    return _tell(deps, WAITS, "", {"address": safe.address(deps.base_url, "console")}, now)


def _tell(deps: Deps, kind: str, key: str, facts: dict[str, Value], now: datetime) -> bool:
    with transaction(deps, now) as tx:
        if not idempotency.claim_once(tx, kind, f"{now:%Y-%m-%d} {key}".strip()):
            return False
        text = notices.fill_for_staff(kind, facts)
        tell_lead(tx, text)
        return True
