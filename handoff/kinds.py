"""What is at stake in a ticket, and the words that go with it: one table for every letter, update, header and card."""

from handoff.policy.model import Policy
from handoff.policy.names import KindName
from handoff.policy.texts import Kind
from handoff.ticket import Ticket

PERHAPS_HURT: tuple[KindName, ...] = ("emergency", "perhaps_danger")
"""Where somebody may be hurt: it was told, or asked about and not answered, or cannot be read."""


def kind_name(policy: Policy, ticket: Ticket) -> KindName:
    """The first kind of guide/kinds.yml that fits what was heard on this ticket, why people have it, or what it is about;
    else `usual`."""
    for name, kind in policy.kinds.kinds.items():
        if (
            ticket.reason in kind.reasons
            or ticket.request.reason in kind.reasons
            or set(ticket.signals) & {*kind.signals}
            or ticket.request.issue in kind.issues
        ):
            return name
    return "usual"


def is_emergency(policy: Policy, ticket: Ticket) -> bool:
    """True where danger was told."""
    return kind_name(policy, ticket) == "emergency"


def may_be_hurt(policy: Policy, ticket: Ticket) -> bool:
    """True where somebody may be hurt, also where nobody could find out."""
    return kind_name(policy, ticket) in PERHAPS_HURT


def kind_of(policy: Policy, ticket: Ticket) -> Kind:
    """The words for this ticket's kind."""
    return policy.kinds.kinds[kind_name(policy, ticket)]


def care(policy: Policy, ticket: Ticket) -> str:
    """What the user is to do and not to do meanwhile; empty for a usual ticket, and when the ticket is over."""
    kind = kind_of(policy, ticket)
    text = (_is_of_clinic(ticket) and kind.care_clinic) or kind.care
    return _filled(policy, text) if ticket.is_open else ""


def _is_of_clinic(ticket: Ticket) -> bool:
    """A doctor or staff wrote, mostly of somebody else's matter."""
    return ticket.request.user.role != "patient"


def meanwhile(policy: Policy, ticket: Ticket) -> str:
    """What a user who waits is told in an update."""
    return _filled(policy, kind_of(policy, ticket).meanwhile)


def afterwards(policy: Policy, ticket: Ticket) -> str:
    """What still holds when the ticket is resolved."""
    kind = kind_of(policy, ticket)
    return _filled(policy, (_is_of_clinic(ticket) and kind.afterwards_clinic) or kind.afterwards)


def subject(policy: Policy, ticket: Ticket) -> str:
    """The subject of an update, where it is not about waiting."""
    return _filled(policy, kind_of(policy, ticket).subject)


def update(policy: Policy, ticket: Ticket) -> str:
    """How the update without news begins: in other words than the one before."""
    first, *others = kind_of(policy, ticket).updates
    return first if ticket.updates_sent <= 1 else others[ticket.updates_sent % len(others)]


def phone(policy: Policy) -> str:
    """The phone line, where it is answered at any time (decision O15); else empty."""
    return policy.channels.channels["phone"].contact if policy.hours.phone.always else ""


def _filled(policy: Policy, text: str) -> str:
    """The text with the numbers of the guide; empty when it names a phone line that is not always answered."""
    line = phone(policy)
    if "{phone}" in text and not line:
        return ""
    words = policy.words
    return text.format(emergency_number=words.emergency_number, crisis_number=words.crisis_number, phone=line)
