"""What staff do with a card: buttons, and the forms behind them. Who may is asked every time; who was first wins."""

import json
import re
from collections.abc import Callable, Mapping

from slack_bolt import Ack, App
from sqlalchemy.orm import Session

from bot.actions import staff as staff_actions
from bot.actions.staff import Command
from bot.channels.slack.blocks import form_view, told_in
from bot.channels.slack.context import SlackContext, message_key
from bot.channels.slack.payloads import Action, Block, Press, Submission
from bot.channels.slack.staff import ticket_card as card
from bot.storage import tickets
from handoff import on_call
from handoff.lifecycle import NotAllowed
from handoff.policy.names import PRIORITIES
from handoff.ticket import SKIPPED, Actor, Resolution, Ticket

FORMS = {
    card.REPLY: "reply",
    card.ASK: "ask",
    card.PRIORITY: "priority",
    card.ESCALATE: "escalate",
    card.RESOLVE: "resolve",
}
AT = {
    "findings_missing": "findings",
    "no_such_reason": "reason",
    "why_missing": "why",
    "logs_no_link": "logs",
}
"""The question of a form at which a refusal is shown; else the first one."""
REFUSALS = (NotAllowed, staff_actions.NoSuchTicket)
Told = dict[str, str]


class StaffActions:
    """Listens for what staff press and fill in."""

    def __init__(self, parts: SlackContext) -> None:
        self.parts = parts

    def register(self, app: App) -> None:
        """Hang the listeners into the app."""
        app.action(card.TAKE)(self.on_take)
        app.action(card.ACKNOWLEDGE)(self.on_acknowledge)
        for action in FORMS:
            app.action(action)(self.on_form_button)
        app.view(re.compile(r"^(reply|ask|priority|escalate|resolve)$"))(self.on_form)

    def on_take(self, ack: Ack, body: Press, action: Action) -> None:
        """Take a ticket; whoever is second is told who was first."""
        number = int(action["value"])
        by = self._staff(body, number)
        if by is not None:
            try:
                staff_actions.take(Command(self.parts.deps, number, by, self.parts.now()))
            except REFUSALS as error:
                self._tell(body, self.parts.refusal(error))
        ack()

    def on_acknowledge(self, ack: Ack, body: Press, action: Action) -> None:
        """Say that somebody is on it; whoever is called may, on our list of staff or not."""
        number = int(action["value"])
        by = self._called(str(body["user"]["id"])) or self._staff(body, number)
        if by is not None:
            try:
                staff_actions.acknowledge(Command(self.parts.deps, number, by, self.parts.now()))
                self._tell(body, self.parts.words.text("page_answered", number=number))
            except REFUSALS as error:
                self._tell(body, self.parts.refusal(error))
        ack()

    def _called(self, user: str) -> Actor | None:
        """One of the guide's contacts, by Slack user id."""
        policy, now = self.parts.deps.policy, self.parts.now()
        people = (on_call.person(policy, key, now) for key in policy.contacts.contacts)
        return next((Actor("staff", f"slack:{user}", p.name or p.role) for p in people if p.slack == user), None)

    def on_form_button(self, ack: Ack, body: Press, action: Action) -> None:
        """Open the form behind a button of the card."""
        ack()
        number = int(action["value"])
        if self._staff(body, number) is None:
            return
        with self.parts.deps.reading.begin() as db:
            ticket = self._ticket(db, number)
        if ticket is None or not ticket.is_open:
            code = "ticket_is_over"
            self._tell(body, self.parts.words.problem(code) if ticket else self.parts.words.text("no_such_ticket"))
            return
        view = self._form(FORMS[str(action["action_id"])], ticket, str(body["channel"]["id"]))
        if self.parts.open_window(str(body["trigger_id"]), view) is None:
            self._tell(body, self.parts.words.text("too_slow"))

    def _ticket(self, db: Session, number: int) -> Ticket | None:
        row = tickets.get(db, number)
        return tickets.ticket_of(row) if row else None

    def _form(self, name: str, ticket: Ticket, opened_in: str) -> Block:
        policy = self.parts.deps.policy
        values: dict[str, str] = {}
        choices: dict[str, str] = {}
        if name == "priority":
            choices, values = {str(p): policy.words.priorities[p] for p in PRIORITIES}, {"to": ticket.priority}
        elif name == "escalate":
            choices = {reason: rule.means for reason, rule in policy.escalation.to_tier_3.items()}
        elif name == "ask":
            values = {"text": self._missing(ticket)}
        form = self.parts.words.forms[name]
        about = {"ticket": ticket.number, "channel": opened_in}
        return form_view(form, name, metadata=about, values=values, choices=choices)

    def _missing(self, ticket: Ticket) -> str:
        """The approved questions that the user has not answered, ready to be sent or changed."""
        told = {detail.id for detail in ticket.request.details if detail.value != SKIPPED}
        intent = self.parts.deps.assistant().script.catalog.intents.get(ticket.request.issue)
        asked = {detail.id: detail.ask for detail in intent.details} if intent else {}
        gather = self.parts.deps.policy.escalation.gather
        asked |= {row.id: row.ask for row in gather if row.when == "issue_asks" and row.id not in asked}
        missing = [f"- {ask.strip()}" for detail, ask in asked.items() if detail not in told]
        return "\n".join([self.parts.words.text("ask_opening"), *missing]) if missing else ""

    def on_form(self, ack: Ack, body: Press, view: Submission) -> None:
        """A form comes back: done at once and once, or the reason why not beside the question."""
        name, told = str(view["callback_id"]), told_in(view)
        first = self.parts.words.forms[name].inputs[0].id
        about = json.loads(view["private_metadata"])
        number = int(about["ticket"])
        by = self.parts.staff(str(body["user"]["id"]), number, str(about.get("channel", "")))
        if by is None:
            ack(response_action="errors", errors={first: self.parts.words.text("not_staff")})
            return
        key = message_key(self.parts.people.identity().team, "view", str(view["id"]))
        try:
            ACTIONS[name](Command(self.parts.deps, number, by, self.parts.now(), key), told)
        except REFUSALS as error:
            at = AT.get(error.code, first) if isinstance(error, NotAllowed) else first
            ack(response_action="errors", errors={at: self.parts.refusal(error)})
            return
        ack()

    def _staff(self, body: Press, number: int) -> Actor | None:
        """Who pressed, when they may work on this ticket; else a polite refusal that they alone see."""
        by = self.parts.staff(str(body["user"]["id"]), number, str(body["channel"]["id"]))
        if by is None:
            self._tell(body, self.parts.words.text("not_staff"))
        return by

    def _tell(self, body: Press, text: str) -> None:
        self.parts.tell_alone(str(body["channel"]["id"]), str(body["user"]["id"]), text)


def _reply(command: Command, told: Told) -> Ticket:
    return staff_actions.reply(command, told["text"])


def _ask(command: Command, told: Told) -> Ticket:
    return staff_actions.ask(command, told["text"])


def _priority(command: Command, told: Told) -> Ticket:
    to = next(priority for priority in PRIORITIES if priority == told["to"])
    return staff_actions.set_priority(command, to, told["why"])


def _escalate(command: Command, told: Told) -> Ticket:
    return staff_actions.escalate(command, told["reason"], told.get("finding", ""))


def _resolve(command: Command, told: Told) -> Ticket:
    what = Resolution(
        done=told["done"],
        instructions=told.get("instructions", ""),
        root_cause=told.get("root_cause", ""),
        reproduced=told.get("reproduced", ""),
        logs=told.get("logs", ""),
        findings=told.get("findings", ""),
        known_issue=told["known_issue"] == "yes",
    )
    return staff_actions.resolve(command, what)


ACTIONS: Mapping[str, Callable[[Command, Told], Ticket]] = {
    "reply": _reply,
    "ask": _ask,
    "priority": _priority,
    "escalate": _escalate,
    "resolve": _resolve,
}
"""Form -> what is done when it comes back."""
