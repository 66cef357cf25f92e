"""What happened to a ticket, as its page tells it: what, from where to where, why, and who did it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.actions import alert_words
from bot.storage.tables import EventRow
from bot.web.language import ENGLISH, Language
from handoff import events
from handoff import ticket_events as of
from handoff.policy.model import Policy
from handoff.report.text import reason_words
from handoff.ticket import BOT, CLOCK
from handoff.triage import STARTS_AT, plain_rule

STAFF = "staff"
Words = Mapping[str, Mapping[str, str]]
Told = tuple[str, Mapping[str, object]]
"""The name of the words, and the facts that they need."""


@dataclass(frozen=True)
class History:
    """Tells what happened in the words of the console, which are in its language already; the guide's are put into it."""

    policy: Policy
    words: Words
    language: Language = ENGLISH

    def told(self, row: EventRow) -> tuple[str, str]:
        """What happened and who did it."""
        happened = events.read(row.kind, row.data)
        kind = "" if isinstance(happened, events.Unknown) else happened.kind
        name, facts = self._of_ticket(happened) or _of_others(happened) or (kind, {})
        if name == "assigned_none" and row.actor_kind == STAFF:
            name = "let_go"
        text = self.words["history"].get(name, row.kind.replace("_", " "))
        doers = self.words["doers"]
        who = doers[row.actor_kind] if row.actor_kind in (BOT.kind, CLOCK.kind) else row.data.get("actor")
        return text.format(**facts), str(who or doers.get(row.actor_kind, row.actor_kind))

    def rule(self, rule: str) -> str:
        """Why a ticket has its priority."""
        plain = plain_rule(self.policy, rule)
        issue, _, priority = plain.rpartition(STARTS_AT)
        if issue and priority in self.policy.words.priorities.values():
            return self.words["rules"]["starts_at"].format(issue=issue, priority=self.language.said(priority))
        return self.language.said(plain)

    def _of_ticket(self, happened: events.Payload | events.Unknown) -> Told | None:
        policy, said = self.policy, self.language.said
        names, teams = policy.words.priorities, policy.tiers.teams
        match happened:
            case of.Triaged(priority=priority, team=team, rule=rule) if priority and team:
                why = self.rule(rule or "")
                return "triaged", {"priority": said(names[priority]), "team": said(teams[team].name), "why": why}
            case of.Triaged():
                return "triaged_again", {}
            case of.PriorityChanged(before=before, to=to, why=why):
                facts = {"before": said(names[before]), "to": said(names[to]), "why": said(plain_rule(policy, why))}
                return "priority" if why.strip() else "priority_no_why", facts
            case of.Escalated(reason=reason, team=team, from_team=before):
                facts = {"team": said(teams[team].name), "why": said(reason_words(policy, reason))}
                return (
                    ("escalated", {**facts, "before": said(teams[before].name)}) if before else ("escalated_on", facts)
                )
            case of.HandedBack(team=team, from_team=before):
                return "handed_back", {"team": said(teams[team].name), "before": said(teams[before].name)}
            case of.SignalsHeard(heard=heard):
                known = policy.priorities.signals
                return "signals", {"heard": ", ".join(said(known[name].means) for name in heard if name in known)}
            case of.SlaWarned(clock=clock, percent=percent) | of.SlaBreached(clock=clock, percent=percent):
                return happened.kind, {"clock": said(policy.words.clocks.get(clock, clock)), "percent": percent}
            case events.DeliveryFailed(channel=channel, error=error):
                return happened.kind, {"what_to_do": said(alert_words.what_to_do(error, channel))}
        return None


def _of_others(happened: events.Payload | events.Unknown) -> Told | None:
    match happened:
        case of.Assigned(owner_name=owner):
            return ("assigned", {"owner": owner}) if owner else ("assigned_none", {})
        case of.InProgress(came_from="resolved"):
            return "in_progress_again", {}
        case of.Closed(how=how):
            return f"closed_{how}", {}
        case of.Paged(round=number, ways=ways):
            return "paged" if ways else "paged_nobody", {"round": number}
        case events.Rated(helpful=helpful):
            return "rated_yes" if helpful else "rated_no", {}
        case events.IncidentTold(what=what):
            return f"incident_told_{what}", {}
    return None
