"""The Tier 2 card: the guide's template, the true state of the ticket, and what staff can do with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.ticket_notices import STAFF_REPLY
from bot.channels.slack.blocks import (
    MOST_SECTIONS,
    button,
    context,
    header,
    message,
    naming,
    rows_of,
    section,
)
from bot.channels.slack.mrkdwn import SECTION, TEXT, cut, escaped, escaped_with_moments, moment, mrkdwn, pieces
from bot.channels.slack.payloads import Block
from bot.channels.slack.posting import SlackMessage
from bot.channels.slack.texts import Words
from bot.outbound import UserMessage
from bot.storage.conversations import WIDGET
from bot.storage.tables import MessageRow, OutboxRow
from handoff import notices, sla, ticket_card
from handoff.policy.model import Policy
from handoff.safe import Safe
from handoff.ticket import Ticket

ACKNOWLEDGE = "card:acknowledge"
TAKE, REPLY, ASK, PRIORITY, ESCALATE, RESOLVE = (
    "card:take",
    "card:reply",
    "card:ask",
    "card:priority",
    "card:escalate",
    "card:resolve",
)


@dataclass(frozen=True)
class Answered:
    """A ticket, and what became of the last answer of a person: none, in_app, waiting, to_mend, sent, dead or dismissed."""

    ticket: Ticket
    relay: str


@dataclass(frozen=True)
class CardWriter:
    """Writes the cards of this installation."""

    deps: Deps
    words: Words

    @property
    def policy(self) -> Policy:
        """The guide."""
        return self.deps.policy

    @property
    def base_url(self) -> str:
        """Where our own pages are."""
        return self.deps.base_url

    def url(self, number: int) -> str:
        """Where the full record is, behind sign-in."""
        return f"{self.base_url}/console/tickets/{number}"

    def card(self, told: Answered) -> SlackMessage:
        """The card as it is true now."""
        ticket = told.ticket
        zone = self.policy.hours.zone
        text = ticket_card.card(
            self.policy,
            ticket,
            self.deps.showing(),
            base_url=self.base_url,
            moment=lambda at: moment(at, zone),
            mail=self.deps.mail,
        )
        ending = escaped(self.words.text("cut"))
        parts = pieces(escaped_with_moments(text.body), SECTION - len(ending) - 2)
        if len(parts) > MOST_SECTIONS:
            parts = [*parts[: MOST_SECTIONS - 1], f"{parts[MOST_SECTIONS - 1]}\n{ending}"]
        blocks = [header(text.subject), *(section(part) for part in parts), *self._below(told)]
        return SlackMessage(self._line(ticket), [*blocks, *rows_of(list(self._buttons(ticket)))])

    def _line(self, ticket: Ticket) -> str:
        facts = {"number": ticket.number, "priority": self.policy.words.priorities[ticket.priority]}
        return cut(mrkdwn(self.words.text("card_line", title=self._title(ticket), **facts)), TEXT, "…")

    def _title(self, ticket: Ticket) -> Safe:
        return self.deps.showing().without_words().title(ticket.request.title) or self.policy.words.withheld

    def _below(self, told: Answered) -> Iterator[Block]:
        relay = self.words.text(f"relay_{told.relay}")
        if relay:
            yield context(mrkdwn(relay))
        if told.ticket.is_open:
            yield context(mrkdwn(self.words.text("thread_hint")))

    def _buttons(self, ticket: Ticket) -> Iterator[Block]:
        number, words = str(ticket.number), self.words
        if ticket.is_open and ticket.owner is None:
            yield button(words.text("take"), TAKE, number, style="primary")
        if ticket.is_open:
            yield button(words.text("reply"), REPLY, number)
            yield button(words.text("ask"), ASK, number)
            yield button(words.text("priority"), PRIORITY, number)
            yield button(words.text("escalate"), ESCALATE, number)
            yield button(words.text("resolve"), RESOLVE, number)
        yield button(words.text("open_console"), "card:console", url=self.url(ticket.number))

    def page(self, ticket: Ticket, number: int, named: Sequence[str]) -> SlackMessage:
        """A call for somebody to take care of a Critical ticket."""
        policy, zone = self.policy, self.policy.hours.zone
        due = ticket_card.due_text(policy, ticket, sla.ANSWERS, lambda at: notices.clock_time(at, "", zone))
        facts = {"number": ticket.number, "title": self._title(ticket), "round": number, "first_due": due}
        priority = policy.words.priorities[ticket.priority]
        text = self.words.text("page", priority=priority, url=self.url(ticket.number), **facts)
        button_ = button(self.words.text("acknowledge"), ACKNOWLEDGE, str(ticket.number), style="primary")
        return naming(message(text, list(rows_of([button_]))), named)

    def moved(self, ticket: Ticket, channel: str) -> SlackMessage:
        """What the old card says when the ticket went to another team."""
        team = self.policy.tiers.teams[ticket.team].name
        text = mrkdwn(self.words.text("card_moved", number=ticket.number, team=team)) + f" <#{channel}>"
        return SlackMessage(text, [section(text)])


def answered(db: Session, ticket: Ticket) -> Answered:
    """The ticket with what became of the last answer of a person."""
    last = (
        select(MessageRow.id, OutboxRow.state, OutboxRow.to_mend)
        .join(OutboxRow, OutboxRow.message_id == MessageRow.id)
        .where(
            OutboxRow.ticket_number == ticket.number, OutboxRow.kind == UserMessage.kind, MessageRow.kind == STAFF_REPLY
        )
        .order_by(MessageRow.id.desc())
        .limit(1)
    )
    row = db.execute(last).first()
    if row is not None:
        return Answered(ticket, "to_mend" if row.to_mend else str(row.state))
    in_app = ticket.first_response_at is not None and ticket.request.channel == WIDGET
    return Answered(ticket, "in_app" if in_app else "none")
