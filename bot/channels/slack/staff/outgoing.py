"""The team's channel in Slack: one card per ticket, kept true in its place, and what happens in its thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.deps import Delivery
from bot.actions.ticket_notices import team_words
from bot.channels.slack.blocks import as_typed, message, naming, notification, section
from bot.channels.slack.mrkdwn import SECTION, moment, mrkdwn
from bot.channels.slack.payloads import Block
from bot.channels.slack.posting import Poster, SlackMessage
from bot.channels.slack.staff.incidents import IncidentSender
from bot.channels.slack.staff.ticket_card import Answered, CardWriter, answered
from bot.outbound import (
    PUT_OFF,
    STANDS_STILL,
    DeliveryFailed,
    IncidentUpdate,
    InThread,
    Page,
    SendFailed,
    SlaBreach,
    SlaWarning,
    ThreadChange,
    ThreadMessage,
    ThreadNote,
    TicketCard,
)
from bot.storage import cards, tickets
from bot.storage.cards import Card
from bot.storage.database import Sessions
from bot.storage.tables import IncidentRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import on_call, safe
from handoff.safe import Safe
from handoff.ticket import Ticket

ANSWERED = "answered by then"
"""In the place of Slack's id, for a call that was not needed any more."""
GONE = ("message_not_found", "thread_not_found", "cant_update_message")


@dataclass(frozen=True)
class TeamSender:
    """Sends the rows for the team: cards, and lines in the threads of the cards."""

    post: Poster
    writer: CardWriter
    sessions: Sessions
    reading: Sessions
    team_channels: Mapping[str, str]
    incident_lines: Callable[[IncidentRow], Mapping[str, str]]
    """What everybody affected reads by each way of settling an incident."""

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Deliver one row; returns Slack's id of the message. Raises SendFailed."""
        match delivery.message:
            case DeliveryFailed() as alarm:
                return self._alert(delivery, alarm)
            case Page() as page:
                return self._page(delivery, page)
            case IncidentUpdate() as update:
                return self._incidents().send(delivery, update, now)
            case TicketCard() as card:
                return self._card(delivery, self._ticket(card.ticket), now).ts
            case ThreadMessage() | ThreadChange() | ThreadNote() | SlaWarning() | SlaBreach() as said:
                return self._below_card(delivery, said, now)
            case _:
                raise SendFailed("unknown_kind", permanent=True)

    def _below_card(self, delivery: Delivery, said: InThread, now: datetime) -> str:
        """A line in the thread of the card, which is posted before it where it is missing."""
        told = self._ticket(said.ticket)
        shown = self._line(said, told.ticket)
        if isinstance(said, ThreadChange):
            self._rewrite(said, shown)
        try:
            return self._in_thread(delivery, self._known_card(delivery, told, now), shown)
        except SendFailed as failure:
            if failure.code not in GONE:
                raise
            card = self._new_card(delivery, told, now, "card_again")
            return self._in_thread(delivery, card, shown)

    def _in_thread(self, delivery: Delivery, card: Card, shown: SlackMessage) -> str:
        return self.post.post(delivery, card.channel, card.ts, shown)

    def _ticket(self, number: int) -> Answered:
        with self.reading.begin() as db:
            row = tickets.get(db, number)
            if row is None:
                raise SendFailed("no_such_ticket", permanent=True)
            return answered(db, tickets.ticket_of(row))

    def _known_card(self, delivery: Delivery, told: Answered, now: datetime) -> Card:
        with self.reading.begin() as db:
            card = cards.of_ticket(db, told.ticket.number)
        return card or self._card(delivery, told, now)

    def _card(self, delivery: Delivery, told: Answered, now: datetime) -> Card:
        """The card with the ticket's team, showing what is true now; an old one elsewhere says where it went."""
        ticket = told.ticket
        channel = self.team_channels.get(ticket.team)
        if not channel:
            raise SendFailed("no_channel", permanent=True)
        with self.reading.begin() as db:
            card = cards.of_ticket(db, ticket.number)
        if card is None or card.channel != channel:
            card = self._new_card(delivery, told, now, "card")
        else:
            card = self._renewed(delivery, card, told, now)
        if card.moved_from:
            self._say_where_it_went(card, ticket)
            with self.sessions.begin() as db:
                cards.keep(UnitOfWork(db, now), ticket.number, Card(card.channel, card.ts))
        return card

    def _new_card(self, delivery: Delivery, told: Answered, now: datetime, part: str) -> Card:
        ticket = told.ticket
        channel = self.team_channels[ticket.team]
        ts = self.post.post(delivery, channel, None, self.writer.card(told), part)
        with self.sessions.begin() as db:
            before = cards.of_ticket(db, ticket.number)
            moved = (before.channel, before.ts) if before and before.channel != channel else None
            card = Card(channel, ts, moved)
            cards.keep(UnitOfWork(db, now), ticket.number, card)
        return card

    def _renewed(self, delivery: Delivery, card: Card, told: Answered, now: datetime) -> Card:
        try:
            self.post.update(card.channel, card.ts, self.writer.card(told))
        except SendFailed as failure:
            if failure.code not in GONE:
                raise
            return self._new_card(delivery, told, now, "card")
        return card

    def _say_where_it_went(self, card: Card, ticket: Ticket) -> None:
        assert card.moved_from is not None
        try:
            self.post.update(*card.moved_from, self.writer.moved(ticket, card.channel))
        except SendFailed as failure:
            if not (failure.permanent or failure.mend == "place" or failure.code in GONE):
                raise

    def _rewrite(self, change: ThreadChange, shown: SlackMessage) -> None:
        """Where the user's old words stand, the new ones, or that they are gone."""
        for channel, ts in change.posts:
            try:
                self.post.update(channel, ts, shown)
            except SendFailed as failure:
                if failure.code not in GONE:
                    raise

    def _line(self, said: InThread, ticket: Ticket) -> SlackMessage:
        """What stands in the thread: the user's words, a note, a promise that runs out."""
        match said:
            case ThreadMessage():
                return self._excerpt(ticket, said.words, "user_wrote")
            case ThreadChange(gone=True):
                return message(self.writer.words.text("user_deleted"))
            case ThreadChange():
                return self._excerpt(ticket, said.words, "user_changed")
            case ThreadNote():
                return self._excerpt(ticket, said.note, "noted", by=said.by)
            case SlaWarning() | SlaBreach():
                return self._promise(said)

    def _promise(self, notice: SlaWarning | SlaBreach) -> SlackMessage:
        policy, text = self.writer.policy, self.writer.words.texts[notice.kind].strip()
        due = moment(notice.due_at, policy.hours.zone)
        told = text.format(clock=policy.words.clocks[notice.clock], percent=notice.percent, due=due)
        return naming(message(told), notice.named)

    def _excerpt(self, ticket: Ticket, words: str, opening: str, **facts: str) -> SlackMessage:
        """Somebody's words as the thread may show them; where they are withheld, where they can be read."""
        texts, said = self.writer.words, team_words(self.writer.deps, ticket, words)
        if not said:
            return message(texts.text(f"{opening}_withheld", url=self.writer.url(ticket.number), **facts))
        return self._relayed(texts.text(opening, **facts), said)

    def _relayed(self, opening: str, said: Safe) -> SlackMessage:
        """What may be shown of somebody's words, as it is."""
        words = self.writer.words
        blocks: list[Block] = [section(mrkdwn(opening)), as_typed(safe.cut(said, SECTION, words.text("cut")))]
        return SlackMessage(notification(f"{opening} {said}"), blocks)

    def _incidents(self) -> IncidentSender:
        writer = self.writer
        parts = (self.post, writer.words, writer.policy, self.sessions, self.reading, writer.base_url)
        return IncidentSender(*parts, self.incident_lines)

    def _page(self, delivery: Delivery, page: Page) -> str:
        """A call about a Critical ticket: everybody named who is called, and the button that ends it."""
        ticket = self._ticket(page.ticket).ticket
        if not on_call.is_paged(ticket):
            return ANSWERED
        shown = self.writer.page(ticket, page.round, page.named)
        channel = self.post.direct(page.user) if page.user else page.channel
        return self.post.post(delivery, channel, None, shown)

    def _alert(self, delivery: Delivery, alarm: DeliveryFailed) -> str:
        """A dead letter, or what stands still, told in the support team's channel."""
        words, number = self.writer.words, alarm.ticket
        url = f"{self.writer.base_url}/console/undelivered"
        if alarm.what in (STANDS_STILL, PUT_OFF):
            text = words.text(alarm.what, error=alarm.error, url=url)
        elif number:
            url = self.writer.url(number)
            text = words.text("delivery_failed_ticket", number=number, url=url, kind=alarm.what, error=alarm.error)
        else:
            text = words.text("delivery_failed", url=url, kind=alarm.what, error=alarm.error)
        return self.post.post(delivery, alarm.channel, None, message(text))
