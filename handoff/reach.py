"""How the user is reached: the way they asked for, and when a letter tells them that an answer waits (decision O27)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handoff.hours import zone_of
from handoff.kinds import may_be_hurt
from handoff.policy.model import Policy
from handoff.policy.names import RouteWords, StaffRoute
from handoff.ticket import SKIPPED, Ticket, User


def address_of(user: User) -> str:
    """The user's own e-mail address, where somebody has signed for it; else empty."""
    return user.email if user.verified and "@" in user.email else ""


def number_of(policy: Policy, ticket: Ticket) -> str:
    """The number that the user gave to be called at; else empty."""
    told = {detail.id: detail.value for detail in ticket.request.details if detail.value != SKIPPED}
    return next((told[name] for name in policy.reach.wish.number_in if name in told), "")


def _wish(policy: Policy, ticket: Ticket) -> str:
    wish = policy.reach.wish
    told = next((detail.value for detail in ticket.request.details if detail.id == wish.detail), "")
    if told in wish.by_email:
        return "email"
    return "phone" if told in wish.by_phone else "chat"


def route(policy: Policy, ticket: Ticket, *, mail: bool) -> RouteWords:
    """How this ticket is answered: as the user asked, where that can be done. `mail`: letters can be sent at all."""
    if ticket.request.channel in policy.channels.letters:
        return "email"
    wish = _wish(policy, ticket)
    if wish == "email":
        return "email" if mail and address_of(ticket.request.user) else "email_not_possible"
    if wish == "phone":
        return "phone" if number_of(policy, ticket) else "phone_unknown"
    return "chat"


def may_ask_for(policy: Policy, question: str, choice: str, user: User, *, mail: bool) -> bool:
    """False for a way to be answered that cannot be kept: it is not offered then."""
    wish = policy.reach.wish
    return question != wish.detail or choice not in wish.by_email or (mail and address_of(user) != "")


def by_mail(policy: Policy, ticket: Ticket, *, mail: bool) -> str:
    """The address that answers go to besides the chat; empty where the user did not ask for it or it cannot be done."""
    return address_of(ticket.request.user) if route(policy, ticket, mail=mail) == "email" else ""


def staff_route(policy: Policy, ticket: Ticket, *, mail: bool) -> StaffRoute:
    """How our people answer this ticket."""
    way = route(policy, ticket, mail=mail)
    return "chat" if way == "email_not_possible" else way


def may_send(policy: Policy, ticket: Ticket | None, zone: str, now: datetime) -> datetime:
    """When a letter that an answer waits may go: now, or the end of the quiet hours in the user's zone. What may be danger
    is never held back."""
    if not policy.reach.quiet or (ticket is not None and may_be_hurt(policy, ticket)):
        return now
    begins, ends = (time.fromisoformat(part) for part in policy.reach.quiet.split("-"))
    local = now.astimezone(zone_of(zone, policy.hours.zone))
    quiet = begins <= local.time() < ends if begins <= ends else local.time() >= begins or local.time() < ends
    if not quiet:
        return now
    over = datetime.combine(local.date(), ends, local.tzinfo)
    if over <= local:
        over = datetime.combine(local.date() + timedelta(days=1), ends, local.tzinfo)
    return over.astimezone(ZoneInfo("UTC"))
