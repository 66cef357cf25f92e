"""Incidents: sensed in the stream of issues, settled by a person, told once to everybody they affect."""

from datetime import datetime, timedelta
from typing import Literal

from bot.actions.deps import Caller, Deps
from bot.actions.notify_team import SUPPORT, tell_team
from bot.actions.saying import send_to_channel
from bot.actions.transaction import Transaction, reading, transaction
from bot.actions.units import Resting, Work
from bot.dialogue.lines import fingerprint
from bot.outbound import IncidentUpdate
from bot.storage import conversations, incidents, tickets, unread
from bot.storage.changes import publish
from bot.storage.conversations import Line
from bot.storage.tables import IncidentMemberRow, IncidentRow
from handoff.events import Incident, IncidentConfirmed, IncidentDismissed, IncidentOver, IncidentSuspected, IncidentTold
from handoff.lifecycle import NotAllowed
from handoff.outage import Suspicion, suspicion
from handoff.ticket import BOT, CLOCK, Actor, Event

Settled = Literal["confirmed", "dismissed", "over"]
NEEDS: dict[Settled, str] = {"confirmed": "suspected", "dismissed": "suspected", "over": "confirmed"}
"""Which state each way of settling an incident needs."""
FORMS: dict[Settled, type[IncidentConfirmed | IncidentDismissed | IncidentOver]] = {
    "confirmed": IncidentConfirmed,
    "dismissed": IncidentDismissed,
    "over": IncidentOver,
}
What = Literal["of", "over"]
TELLS: dict[str, What] = {"confirmed": "of", "over": "over"}
"""What everybody affected is told by each way of settling; by the others nothing."""
CROSSING = timedelta(minutes=1)
"""So far apart a message and the suspicion that it crosses with are at most."""
LINES = "lines"
"""Where an incident keeps what it tells, from when it was settled."""
Told = dict[str, str]
"""A line with its file, id and hash."""
Talks = dict[str, set[int]]
"""User -> conversations."""


class NoSuchIncident(LookupError):
    """There is no incident with this id."""


def possible(state: str) -> tuple[Settled, ...]:
    """How an incident in this state can be settled."""
    return tuple(to for to, needed in NEEDS.items() if needed == state)


def sense(deps: Deps, now: datetime) -> bool:
    """Suspect an incident where like issues of several people are hardly chance. False when there is none."""
    rule = deps.policy.outage
    with reading(deps, now) as tx:
        recent = incidents.raised(tx.db, now - rule.window, now)
        many = [issue for issue, talks in recent.items() if len(talks) >= rule.fewest_users]
        fresh = {issue: _since_it_was_over(tx, issue, recent[issue], now - rule.window) for issue in many}
        found = [(told, talks) for issue, talks in fresh.items() if (told := _suspicion(tx, issue, talks))]
    return sum(_suspect(deps, told, talks, now) for told, talks in found) > 0


def _since_it_was_over(tx: Transaction, issue: str, talks: Talks, since: datetime) -> Talks:
    """Messages that an incident which is over explains do not count for the next one."""
    over = incidents.over_since(tx.db, issue, since)
    return talks if over is None else incidents.raised(tx.db, over, tx.now).get(issue, {})


def join_crossed(deps: Deps, now: datetime) -> bool:
    """Take in those whose message crossed with the suspicion, so that neither saw the other. False when there are none."""
    with reading(deps, now) as tx:
        if not incidents.live(tx.db):
            return False
    with transaction(deps, now) as tx:
        late = 0
        for row in incidents.live(tx.db):
            talks = incidents.raised(tx.db, row.opened_at - CROSSING, row.opened_at + CROSSING).get(row.issue, {})
            known = {member.conversation_id for member in incidents.members(tx.db, row.id)} if talks else set()
            crossed = sorted(set().union(*talks.values()) - known)
            incidents.join(tx, row.id, crossed)
            late += len(crossed)
    return late > 0


def _suspicion(tx: Transaction, issue: str, talks: Talks) -> Suspicion | None:
    rule = tx.policy.outage
    if issue not in rule.issues or incidents.live_of(tx.db, issue) is not None:
        return None
    before = incidents.dismissed_since(tx.db, issue, tx.now - rule.not_again_for)
    dismissed_with = int(before.data["users"]) if before else 0
    usual = incidents.usual(tx, issue, rule.window, rule.usual_over_weeks)
    return suspicion(tx.policy, issue, len(talks), usual, dismissed_with)


def _suspect(deps: Deps, told: Suspicion, talks: Talks, now: datetime) -> bool:
    data = {"users": told.users, "usual": round(told.usual, 2), "chance": told.chance}
    with transaction(deps, now) as tx:
        incident = incidents.open_one(tx, told.issue, data)
        if incident is None:
            return False
        incidents.join(tx, incident, sorted(set().union(*talks.values())))
        suspected = IncidentSuspected(incident, told.issue, told.users, data["usual"], told.chance)
        _put_on_record(tx, suspected, CLOCK)
        return True


def settle(caller: Caller, incident: int, to: Settled, seen: str = "") -> IncidentRow:
    """Confirm it, dismiss it, or end it; raises NotAllowed with who was first, or where another text would be sent than the one
    that was `seen` (its `mark_of`), and NoSuchIncident."""
    with transaction(caller.deps, caller.now) as tx:
        row = incidents.lock(tx.db, incident)
        if row is None:
            raise NoSuchIncident(incident)
        if row.state != NEEDS[to]:
            code = "incident_passed" if nobody_judged(row) else "incident_settled"
            raise NotAllowed(code, by=str(row.data.get("by", "")), state=row.state)
        line = _approved(caller.deps, TELLS[to], row.issue) if to in TELLS else None
        if line and seen and seen != mark_of(line["text"]):
            raise NotAllowed("incident_words_changed")
        row.state = to
        row.over_at = None if to == incidents.CONFIRMED else caller.now
        row.data = {
            **row.data,
            "by": caller.by.name,
            LINES: {**row.data.get(LINES, {}), **({TELLS[to]: line} if line else {})},
            **({"users": incidents.size(tx.db, incident)} if to == incidents.DISMISSED else {}),
        }
        _put_on_record(tx, FORMS[to](incident, row.issue), caller.by)
        return row


def nobody_judged(row: IncidentRow) -> bool:
    """True for a suspicion that ended by itself, as time passed."""
    return row.state == incidents.DISMISSED and row.data.get("by") == CLOCK.name


def dismiss_quiet(deps: Deps, now: datetime) -> bool:
    """End a suspicion that nobody settled and that nobody has joined for a while. False when there is none."""
    with deps.reading.begin() as db:
        row = incidents.quiet_since(db, now - deps.policy.outage.quiet_after)
    if row is None:
        return False
    try:
        settle(Caller(deps, CLOCK, now), row.id, "dismissed")
    except NotAllowed:  # somebody was faster
        return True
    return True


def lines_to_send(deps: Deps, row: IncidentRow) -> dict[str, str]:
    """Word for word what everybody affected reads when it is settled in each way that writes to them."""
    return {to: _approved(deps, TELLS[to], row.issue)["text"] for to in possible(row.state) if to in TELLS}


def mark_of(line: str) -> str:
    """A short mark by which a text is known again."""
    return fingerprint(line)


def _approved(deps: Deps, what: What, issue: str) -> Told:
    """The approved line as it is now, and where it stands."""
    script = deps.assistant().script
    text, source = script.lines.line(f"incident_{what}", title=script.catalog.title(issue))
    return {"text": text, "file": source.file, "id": source.id, "hash": source.hash}


def _settled_line(deps: Deps, what: What, row: IncidentRow) -> Told:
    """The line that stood there when it was settled, whatever has been edited since."""
    kept: Told | None = row.data.get(LINES, {}).get(what)
    return kept or _approved(deps, what, row.issue)


def _next_untold(tx: Transaction, resting: Resting) -> int | None:
    found = incidents.untold(tx.db, IncidentMemberRow.conversation_id.not_in(resting))
    return found[0].conversation_id if found else None


def _tell_affected(tx: Transaction, conversation: int) -> None:
    """Tell one of the affected of a confirmed incident, or that it is over; each once."""
    found = incidents.untold(tx.db, IncidentMemberRow.conversation_id == conversation)
    if found is None:
        return
    member, incident = found
    what = TELLS[incident.state]
    row = conversations.lock(tx.db, member.conversation_id)
    if not incidents.claim_telling(tx, member, what):
        return
    if row.closed_at is None or row.address:
        told = _settled_line(tx.deps, what, incident)
        texts = [{name: told[name] for name in ("file", "id", "hash")}]
        line = Line("bot", BOT.name, told["text"], visible_to_user=True, kind="incident", source={"texts": texts})
        stored = conversations.append(tx, row, line)
        send_to_channel(tx, row, stored)
        unread.watch(tx, tx.policy, row, stored)
    event = Event(IncidentTold(incident.id, what), CLOCK, tx.now)
    tickets.record(tx.db, [event], conversation_id=row.id, number=row.ticket_number)


TELLING = Work("incident_tell", _next_untold, _tell_affected)


def _put_on_record(tx: Transaction, happened: Incident, by: Actor) -> None:
    """The event, and news for the support team's channel; the console has the rows."""
    tickets.record(tx.db, [Event(happened, by, tx.now)])
    _show(tx, happened.incident, happened.issue)
    publish(tx.db, "desk")


def show_anew(caller: Caller, incident: int) -> None:
    """Bring its message in the support team's channel up to what is true and would be sent now."""
    with transaction(caller.deps, caller.now) as tx:
        if row := tx.db.get(IncidentRow, incident):
            _show(tx, row.id, row.issue)


def _show(tx: Transaction, incident: int, issue: str) -> None:
    if tx.deps.team_channels.get(SUPPORT):
        told = IncidentUpdate(incident=incident, title=tx.deps.assistant().script.catalog.title(issue))
        tell_team(tx, SUPPORT, told, address=f"incident:{incident}")
