"""A suspected incident in the team's channel: one message, kept true in its place, with what a person can do about it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import Ack, App
from sqlalchemy.orm import Session

from bot.actions import incidents as incident_actions
from bot.actions.deps import Caller, Delivery
from bot.channels.slack.blocks import button as a_button
from bot.channels.slack.blocks import message, rows_of
from bot.channels.slack.context import SUPPORT, SlackContext
from bot.channels.slack.mrkdwn import moment
from bot.channels.slack.payloads import Action, Press
from bot.channels.slack.posting import Poster, SlackMessage
from bot.channels.slack.texts import Words
from bot.outbound import IncidentUpdate, SendFailed
from bot.storage import cards, incidents
from bot.storage.database import Sessions
from bot.storage.tables import IncidentRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.lifecycle import NotAllowed
from handoff.policy.model import Policy
from handoff.policy.names import CONFINED
from handoff.ticket import Actor

MOST_LISTED = 15
GONE = ("message_not_found", "cant_update_message")


@dataclass(frozen=True)
class IncidentSender:
    """Posts an incident once, and renews that message."""

    post: Poster
    words: Words
    policy: Policy
    sessions: Sessions
    reading: Sessions
    base_url: str
    lines: Callable[[IncidentRow], Mapping[str, str]]
    """What everybody affected reads by each way of settling it."""

    def send(self, delivery: Delivery, update: IncidentUpdate, now: datetime) -> str:
        """The message as it is true now; returns Slack's id. Raises SendFailed."""
        number, channel = update.incident, update.channel
        with self.reading.begin() as db:
            kept = cards.of_incident(db, number)
            row = db.get(IncidentRow, number)
            if row is None:
                raise SendFailed("no_such_incident", permanent=True)
            shown = self._shown(row, update.title, self._listed(db, row))
        if kept is not None:
            try:
                self.post.update(*kept, shown)
                return kept[1]
            except SendFailed as failure:
                if failure.code not in GONE:
                    raise
        ts = self.post.post(delivery, channel, None, shown)
        with self.sessions.begin() as db:
            cards.keep_incident(UnitOfWork(db, now), number, channel, ts)
        return ts

    def _listed(self, db: Session, row: IncidentRow) -> list[str]:
        """One line for each affected conversation: its ticket that this concerns, and since when; no word of a user, and no number
        of a ticket that only another team sees."""
        zone, lines = self.policy.hours.zone, []
        members, concerned = incidents.members(db, row.id), incidents.tickets_of(db, row)
        for member in members[:MOST_LISTED]:
            lines.append(f"- {self._named(concerned.get(member.conversation_id))}, {moment(member.joined_at, zone)}")
        if len(members) > MOST_LISTED:
            lines.append(self.words.text("incident_more", count=len(members) - MOST_LISTED))
        return lines

    def _named(self, ticket: tuple[int, str] | None) -> str:
        if ticket is None:
            return self.words.text("incident_no_ticket")
        number, team = ticket
        return self.words.text("incident_other_team") if team in CONFINED else f"#{number}"

    def _shown(self, row: IncidentRow, title: str, listed: list[str]) -> SlackMessage:
        facts = {"title": title, "users": row.data.get("users", 0), "usual": row.data.get("usual", 0)}
        state = "passed" if incident_actions.nobody_judged(row) else row.state
        facts |= {"by": row.data.get("by", ""), "count": len(listed), "url": f"{self.base_url}/console/incidents"}
        lines = self.lines(row)
        text = "\n".join([self.words.text(f"incident_{state}", **facts), *listed, *self._to_send(lines)])
        seen = {name: incident_actions.mark_of(line) for name, line in lines.items()}
        buttons = [
            a_button(self.words.text(f"incident_do_{name}"), f"incident:{name}", f"{row.id}:{seen.get(name, '')}")
            for name in incident_actions.possible(row.state)
        ]
        return message(text, list(rows_of(buttons)))

    def _to_send(self, lines: Mapping[str, str]) -> Iterator[str]:
        """Word for word what a press writes to everybody affected, before it is pressed."""
        for to, line in lines.items():
            action = self.words.text(f"incident_do_{to}")
            yield f"\n{self.words.text('incident_writes', action=action)}\n"
            yield from (f"> {part}" for part in line.splitlines())


class IncidentIntake:
    """Listens for what staff do about an incident."""

    def __init__(self, parts: SlackContext) -> None:
        self.parts = parts

    def register(self, app: App) -> None:
        """Hang the listener into the app."""
        app.action(re.compile(r"^incident:(confirmed|dismissed|over)$"))(self.on_action)

    def on_action(self, ack: Ack, body: Press, action: Action) -> None:
        """Settle it, by whoever may work on the tickets that it concerns; whoever is second is told who was first."""
        parts, user = self.parts, str(body["user"]["id"])
        by = self._staff(user, _pressed(action)[0], str(body["channel"]["id"]))
        told = parts.words.text("not_staff") if by is None else ""
        if by is not None:
            told = self._settled(Caller(parts.deps, by, parts.now()), action)
        if told:
            parts.tell_alone(str(body["channel"]["id"]), user, told)
        ack()

    def _staff(self, user: str, incident: int, pressed_in: str) -> Actor | None:
        """The member of staff who may work on one of the tickets; support may, unless all of them are confined to other teams."""
        with self.parts.deps.reading.begin() as db:
            row = db.get(IncidentRow, incident)
            teams = {team for _, team in incidents.tickets_of(db, row).values()} if row else set()
        may = [SUPPORT, *sorted(teams)] if not teams or teams - set(CONFINED) else sorted(teams)
        return next((by for team in may if (by := self.parts.people.staff(user, team, pressed_in))), None)

    def _settled(self, caller: Caller, action: Action) -> str:
        """Do it; what to tell the person who pressed, if anything."""
        incident, seen = _pressed(action)
        to = next(name for name in incident_actions.NEEDS if action["action_id"] == f"incident:{name}")
        try:
            incident_actions.settle(caller, incident, to, seen)
        except NotAllowed as refusal:
            incident_actions.show_anew(caller, incident)
            return self.parts.refusal(refusal)
        except incident_actions.NoSuchIncident as missing:
            return self.parts.refusal(missing)
        return ""


def _pressed(action: Action) -> tuple[int, str]:
    """The incident of a button, and the mark of the text that stood above it."""
    incident, _, seen = action["value"].partition(":")
    return int(incident), seen
