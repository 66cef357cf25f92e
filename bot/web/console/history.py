"""What happened to a ticket, as its page tells it: what, from where to where, why, and who did it."""

from collections.abc import Mapping

from bot.storage.tables import EventRow
from handoff import events
from handoff import ticket_events as of
from handoff.policy import Policy
from handoff.report_text import reason_words
from handoff.triage import plain_rule

Words = Mapping[str, Mapping[str, str]]
Told = tuple[str, Mapping[str, object]]
"""The name of the words, and the facts that they need."""


def told(policy: Policy, words: Words, row: EventRow) -> tuple[str, str]:
    """What happened and who did it, in words."""
    happened = events.read(row.kind, row.data)
    kind = "" if isinstance(happened, events.Unknown) else happened.kind
    name, facts = _of_ticket(policy, happened) or _of_others(happened) or (kind, {})
    text = words["history"].get(name, row.kind.replace("_", " "))
    doers = words["doers"]
    who = doers[row.actor_kind] if row.actor_kind in ("bot", "clock") else row.data.get("actor")
    return text.format(**facts), str(who or doers.get(row.actor_kind, row.actor_kind))


def _of_ticket(policy: Policy, happened: events.Payload | events.Unknown) -> Told | None:
    names, teams = policy.words.priorities, policy.tiers.teams
    match happened:
        case of.Triaged(priority=priority, team=team, rule=rule) if priority and team:
            facts = {"priority": names[priority], "team": teams[team].name, "why": plain_rule(policy, rule or "")}
            return "triaged", facts
        case of.Triaged():
            return "triaged_again", {}
        case of.PriorityChanged(before=before, to=to, why=why):
            facts = {"before": names[before], "to": names[to], "why": plain_rule(policy, why)}
            return "priority" if why.strip() else "priority_no_why", facts
        case of.Escalated(reason=reason, team=team, from_team=before):
            facts = {"team": teams[team].name, "why": reason_words(policy, reason)}
            return ("escalated", {**facts, "before": teams[before].name}) if before else ("escalated_on", facts)
        case of.SignalsHeard(heard=heard):
            known = policy.priorities.signals
            return "signals", {"heard": ", ".join(known[name].means for name in heard if name in known)}
        case of.SlaWarned(clock=clock, percent=percent) | of.SlaBreached(clock=clock, percent=percent):
            return happened.kind, {"clock": policy.words.clocks.get(clock, clock), "percent": percent}
    return None


def _of_others(happened: events.Payload | events.Unknown) -> Told | None:
    match happened:
        case of.Assigned(owner_name=owner):
            return ("assigned", {"owner": owner}) if owner else ("assigned_none", {})
        case of.InProgress(came_from="resolved"):
            return "in_progress_again", {}
        case of.Closed(how=how):
            return f"closed_{how}", {}
        case of.Paged(round=number):
            return "paged", {"round": number}
        case events.Rated(helpful=helpful):
            return "rated_yes" if helpful else "rated_no", {}
        case events.IncidentTold(what=what):
            return f"incident_told_{what}", {}
        case events.DeliveryFailed(error=error):
            return "delivery_failed", {"error": error}
    return None
