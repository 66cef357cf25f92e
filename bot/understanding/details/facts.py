"""All facts that are heard, by name."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact
from bot.understanding.details.kinds import (
    amount,
    app_version,
    browser,
    contact,
    deadline,
    device,
    doctor,
    error,
    mailbox,
    page,
    pharmacy,
    place,
    spread,
    start,
    visit,
)

FACTS: Mapping[str, Fact] = {
    name: fact
    for kind in (
        device, browser, app_version, error, start, spread, doctor, visit, pharmacy, page, place, amount, contact, deadline, mailbox,
    )
    for name, fact in kind.FACTS.items()
}  # fmt: skip
