"""The card of a ticket, of nothing but safe text: what our own people are shown of it, and the words of its parts."""

from handoff import kinds, on_call, reach, safe, sla
from handoff.names import plain_name
from handoff.notices import Moment, StaffText, clock_time, fill_for_staff
from handoff.policy.model import Policy
from handoff.safe import NOTHING, Safe, Showing, Value
from handoff.ticket import SKIPPED, Ticket
from handoff.triage import plain_rule


def card(
    policy: Policy,
    ticket: Ticket,
    showing: Showing,
    *,
    base_url: str,
    zone: str = "",
    moment: Moment | None = None,
    mail: bool = False,
) -> StaffText:
    """The Tier 2 card, of nothing but safe text; teams that withhold words never show any (decision O20)."""
    names, home = policy.words, policy.hours.zone
    written = moment or (lambda at: clock_time(at, zone, home))
    team = policy.tiers.teams[ticket.team]
    shown = showing.without_words() if team.withhold_words else showing
    values: dict[str, Value] = {
        "number": ticket.number,
        "remind": kinds.kind_of(policy, ticket).staff or NOTHING,
        "priority": names.priorities[ticket.priority],
        "rule": shown.title(plain_rule(policy, ticket.priority_rule)) or names.withheld,
        "status": policy.lifecycle.states[ticket.status].name,
        "waiting": ticket.waiting,
        "team": team.name,
        "tier": ticket.tier,
        "owner": ticket.owner.own_name if ticket.owner else names.nobody,
        "called": called_text(policy, ticket, written),
        "first_due": due_text(policy, ticket, sla.ANSWERS, written),
        "resolution_due": due_text(policy, ticket, ("resolution",), written),
        "answer_by": policy.reach.staff[reach.staff_route(policy, ticket, mail=mail)],
        "reason": reason_text(policy, ticket),
        "flags": safe.joined(names.flags[flag] for flag in ticket.flags if flag in names.flags),
        "withheld": names.withheld,
        "nothing_asked": names.nothing_asked,
        "url": record_of(base_url, ticket),
        "checklist": checklist_of(base_url, policy, ticket),
    }
    return fill_for_staff("tier2_card", values | _told(policy, ticket, shown, written))


def _told(policy: Policy, ticket: Ticket, shown: Showing, written: Moment) -> dict[str, Value]:
    """Who asks, and what they told, tried and answered, as far as it may be shown."""
    request, names = ticket.request, policy.words
    return {
        "title": shown.title(request.title) or names.withheld,
        "user": _who(policy, ticket, shown),
        "words": shown.said(request.summary),
        "also": safe.joined(also for title in request.also if (also := shown.title(title))),
        "tried": [
            {
                "title": shown.title(step.title) or names.withheld,
                "outcome": names.outcomes[step.outcome],
                "at": safe.moment(step.at, written),
                "said_by": names.said_by[step.said_by],
            }
            for step in request.tried
        ],
        "details": [
            {"label": shown.title(detail.label) or names.withheld, "value": _detail(policy, detail.value, shown)}
            for detail in request.details
        ],
    }


def record_of(base_url: str, ticket: Ticket) -> Safe:
    """Where the full record is, behind sign-in."""
    return safe.address(base_url, "console", "tickets", ticket.number)


def checklist_of(base_url: str, policy: Policy, ticket: Ticket) -> Safe:
    """Where the team's checklist is, behind sign-in; empty for a team without one."""
    name = policy.tiers.teams[ticket.team].checklist
    return safe.address(base_url, "console", "checklists", name) if name else NOTHING


def _who(policy: Policy, ticket: Ticket, showing: Showing) -> Safe:
    """Who asks: by name where the operator wants names shown, else what they are to us."""
    user, names = ticket.request.user, policy.words
    role = names.roles.get(user.role, NOTHING)
    known = names.signed_in if user.verified else names.user_unknown
    parts = (showing.name(plain_name(user.name)), showing.name(user.id), role, known)
    return safe.joined((part for part in parts if part), " · ")


def _detail(policy: Policy, value: str, showing: Showing) -> Safe:
    """A gathered detail: one of the choices as it is, anything else as an excerpt; nothing where words are withheld."""
    if value == SKIPPED:
        return policy.words.skipped
    return (showing.title(value) if showing.words else NOTHING) or policy.words.withheld


def called_text(policy: Policy, ticket: Ticket, written: Moment) -> Safe:
    """Who answered the call about a Critical ticket and when; nobody yet; empty where nobody was called."""
    if ticket.acknowledged_by is not None and ticket.acknowledged_at is not None:
        return safe.joined((ticket.acknowledged_by.own_name, safe.moment(ticket.acknowledged_at, written)))
    return policy.words.nobody if on_call.is_paged(ticket) else NOTHING


def due_text(policy: Policy, ticket: Ticket, kinds: tuple[str, ...], written: Moment) -> Safe:
    """When the soonest clock of these kinds is due, or why there is none."""
    running = [clock for clock in sla.running(policy, ticket) if clock.kind in kinds]
    if running:
        return safe.moment(running[0].due_at, written)
    return policy.words.paused if ticket.waiting and "resolution" in kinds else policy.words.answered


def reason_text(policy: Policy, ticket: Ticket) -> Safe:
    """Why people have this ticket, in the guide's words."""
    rules = policy.escalation
    rule = rules.to_tier_3.get(ticket.reason) if ticket.escalated_at else None
    return rule.means if rule else rules.to_tier_2[ticket.reason].means


def shown_detail(policy: Policy, value: str) -> str:
    """A gathered detail behind the sign-in, with the approved word for one that was skipped."""
    return policy.words.skipped if value == SKIPPED else value
