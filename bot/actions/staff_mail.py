"""Letters to people of our own: pages, warnings, reports, word to the lead. Put into the outbox like everything that leaves."""

from bot.actions.notify_team import write_to_support
from bot.actions.transaction import Transaction
from bot.actions.ways import MAIL
from bot.outbound import Place, StaffEmail
from bot.storage import outbox
from handoff import on_call
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


def tell_lead(tx: Transaction, text: StaffText) -> None:
    """Tell the support lead: by letter, and in the support team's channel."""
    queue_staff_mail(tx, on_call.person(tx.policy, on_call.LEAD, tx.now).email, text)
    write_to_support(tx, text)
