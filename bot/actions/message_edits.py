"""What somebody wrote was changed or deleted by them afterwards: the record says what stands now, and people hear of it."""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import outbound
from bot.actions.deps import Caller, Deps
from bot.actions.notify_team import show_on_card, tell_team
from bot.actions.ticket_notices import team_words
from bot.actions.transaction import Transaction, transaction
from bot.dialogue.conversation import Conversation
from bot.outbound import ThreadChange, ThreadMessage
from bot.storage import conversations, idempotency, tickets
from bot.storage.changes import publish
from bot.storage.tables import AttachmentRow, ConversationRow, MessageRow, OutboxRow
from bot.storage.tables.work import SENT
from bot.understanding.reading import DANGEROUS, Reading
from bot.understanding.text.typed import displayable
from handoff.events import MessageChanged, MessageDeleted, NoteChanged, NoteDeleted
from handoff.ticket import Event, Request

_reading = TypeAdapter(Reading)
NOTE = "note"
FORMS: dict[tuple[bool, bool], type[MessageChanged | MessageDeleted | NoteChanged | NoteDeleted]] = {
    (False, False): MessageChanged,
    (False, True): MessageDeleted,
    (True, False): NoteChanged,
    (True, True): NoteDeleted,
}
"""Is it a note, is it gone: what happened."""


@dataclass(frozen=True)
class Change:
    """A delivery by its key, and its words as they are now. `gone`: deleted; the words are then what stands in their place.
    `files` is how the client ids of its files begin, `stamp` tells one change of it from the next."""

    key: str
    words: str
    gone: bool = False
    files: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Changed:
    """What came of it. `alarming`: the new words hold what the old ones did not, and must be answered. `to_be_told`: otherwise the
    user hears that the record follows; not of a note, and not while one of our people reads along."""

    line: MessageRow
    conversation: ConversationRow
    alarming: bool
    to_be_told: bool


@dataclass(frozen=True)
class Rewording:
    """Words as they were and as they are now, and both as an excerpt shows them."""

    old: str
    new: str
    safe_old: str
    safe_new: str

    def of(self, text: str) -> str:
        """The text with the new words for the old ones, which may stand there as they were, made safe, or cut."""
        if text == self.old:
            return self.new
        if self.old in text:
            return text.replace(self.old, self.new)
        if self.safe_old and self.safe_old in text:
            return text.replace(self.safe_old, self.safe_new or self.new)
        cut = text.removesuffix("…").rstrip()
        return (self.safe_new or self.new) if text.endswith("…") and self.safe_old.startswith(cut) else text

    def of_memory(self, memory: Conversation) -> Conversation:
        """What the dialogue keeps of the words, for the ticket that may come of them."""
        kept = tuple(self.of(words) for words in memory.words)
        gathered = tuple(replace(one, value=self.of(one.value)) for one in memory.gathered)
        known = {name: self.of(value) for name, value in memory.known.items()}
        return replace(memory, words=kept, gathered=gathered, known=known)

    def of_request(self, request: Request) -> Request:
        """What the ticket knows."""
        details = tuple(replace(one, value=self.of(one.value)) for one in request.details)
        return replace(request, summary=self.of(request.summary), details=details)


def change(caller: Caller, what: Change) -> Changed | None:
    """Change the line that a delivery became; None when there is none, or it says this already."""
    words = displayable(what.words)
    reading = None if what.gone else caller.deps.assistant().read(words)
    with transaction(caller.deps, caller.now) as tx:
        found = idempotency.line_of(tx.db, what.key)
        if found is None:
            return None
        row = conversations.lock(tx.db, found[0])
        mine = select(MessageRow).where(MessageRow.conversation_id == row.id, MessageRow.number == found[1])
        line = tx.db.scalars(mine).one()
        _delete_files(tx.db, row, what, words)
        if line.body == words:
            return None
        old, line.body = line.body, words
        line.source = {**(line.source or {}), "deleted_at" if what.gone else "changed_at": caller.now.isoformat()}
        alarming = reading is not None and line.kind != NOTE and _is_alarming(caller.deps, line, reading)
        line.reading = _reading.dump_python(reading, mode="json") if reading and line.kind != NOTE else None
        event = Event(FORMS[line.kind == NOTE, what.gone](line.number), caller.by, caller.now)
        tickets.record(tx.db, [event], conversation_id=row.id, number=line.ticket_number)
        state = conversations.memory_of(row).state
        if line.kind != NOTE:
            reworded = _rewording(caller.deps, old, words)
            conversations.keep_memory(row, reworded.of_memory(conversations.memory_of(row)))
            _change_ticket(tx, line, what, reworded)
        publish(tx.db, f"conversation:{row.id}")
        publish(tx.db, "desk")
        return Changed(line, row, alarming, line.kind != NOTE and state != "with_staff")


def _is_alarming(deps: Deps, line: MessageRow, reading: Reading) -> bool:
    before = _reading.validate_python(line.reading) if line.reading else None
    known = set(before.signals) if before else set()
    urgent = {name for name in reading.signals if name in deps.policy.priorities.signals} - known
    worse = DANGEROUS[: DANGEROUS.index(before.decision)] if before and before.decision in DANGEROUS else DANGEROUS
    return bool(urgent) or reading.decision in worse


def _delete_files(db: Session, row: ConversationRow, what: Change, words: str) -> None:
    """The files of a deleted message go with it."""
    if not (what.gone and what.files):
        return
    mine = select(MessageRow).where(MessageRow.conversation_id == row.id, MessageRow.attachment_id.is_not(None))
    for line in db.scalars(mine.where(MessageRow.client_id.startswith(what.files, autoescape=True))):
        file, line.attachment_id, line.body = db.get(AttachmentRow, line.attachment_id), None, words
        db.flush()
        if file is not None:
            db.delete(file)


def _rewording(deps: Deps, old: str, new: str) -> Rewording:
    excerpt = deps.assistant().script.excerpt
    safe_old, safe_new = (" ".join(excerpt(words).split()) for words in (old, new))
    return Rewording(old, new, safe_old, safe_new)


def _change_ticket(tx: Transaction, line: MessageRow, what: Change, reworded: Rewording) -> None:
    """The facts on the card, the words that stand in its thread, and a line there that says so."""
    ticket = tickets.lock(tx.db, line.ticket_number) if line.ticket_number else None
    if ticket is None:
        return
    changed = replace(ticket, request=reworded.of_request(ticket.request))
    if changed != ticket:
        tickets.save(tx, tx.policy, changed)
    words = "" if what.gone else str(team_words(tx.deps, ticket, line.body))
    told = ThreadChange(ticket=ticket.number, gone=what.gone, words=words, posts=_posted(tx.db, line, words))
    if tell_team(tx, ticket.team, told, number=ticket.number):
        show_on_card(tx, ticket.team, ticket.number)


def _posted(db: Session, line: MessageRow, words: str) -> tuple[tuple[str, str], ...]:
    """Where the old words stand in the team's channel; what has not gone out yet goes out with the new ones."""
    posts = []
    rows = select(OutboxRow).where(OutboxRow.message_id == line.id, OutboxRow.kind == ThreadMessage.kind)
    for row in db.scalars(rows):
        told = outbound.read(row.kind, row.payload)
        assert isinstance(told, ThreadMessage)
        if row.state == SENT and row.external_id:
            posts.append((told.channel, row.external_id))
        row.payload = outbound.written(replace(told, words=words))
    return tuple(posts)
