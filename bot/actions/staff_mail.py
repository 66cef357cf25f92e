"""Letters to people of our own: pages, warnings, reports. Put into the outbox like everything that leaves."""

from bot.actions.transaction import Transaction
from bot.actions.ways import MAIL
from bot.outbound import Place, StaffEmail
from bot.storage import outbox
from handoff.notices import StaffText


def queue_staff_mail(
    tx: Transaction, to: str, text: StaffText, *, number: int | None = None, acknowledge: str = ""
) -> bool:
    """Put a letter on its way; False where no mail is set up or the address is not known. `acknowledge` is the contact
    whose press of the letter's button says that they are on it."""
    if MAIL not in tx.deps.senders or not to:
        return False
    place, subject, body = Place(address=to), str(text.subject), str(text.body)
    letter = StaffEmail(to=place, subject=subject, text=body, acknowledge=acknowledge)
    outbox.put(tx, MAIL, to, letter, ticket_number=number)
    return True
