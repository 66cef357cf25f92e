"""What somebody wrote was changed or deleted by them afterwards: the record says what stands now, and people hear of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import outbound
from bot.actions.deps import Deps
from bot.actions.notify_team import show_on_card, tell_team
from bot.actions.tell import team_words
from bot.actions.transaction import Transaction, transaction
from bot.outbound import ThreadChange, ThreadMessage
from bot.storage import conversations, runs, tickets
from bot.storage.tables import AttachmentRow, ConversationRow, MessageRow, OutboxRow
from bot.storage.tables.work import SENT
from bot.storage.wakeups import ring
from bot.understanding.reading import Reading
from bot.understanding.typed import displayable
from handoff.events import MessageChanged, MessageDeleted, NoteChanged, NoteDeleted
from handoff.ticket import Actor, Event, Request

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
    """What came of it. `alarming`: the new words hold what the old ones did not, and must be answered."""

    line: MessageRow
    conversation: ConversationRow
    told_people: bool
    alarming: bool


def change(deps: Deps, what: Change, by: Actor, now: datetime) -> Changed | None:
    """Change the line that a delivery became; None when there is none, or it says this already."""
    words = displayable(what.words)
    reading = None if what.gone else deps.assistant().read(words)
    with transaction(deps, now) as tx:
        found = runs.line_of(tx.db, what.key)
        if found is None:
            return None
        row = conversations.lock(tx.db, found[0])
        mine = select(MessageRow).where(MessageRow.conversation_id == row.id, MessageRow.number == found[1])
        line = tx.db.scalars(mine).one()
        _delete_files(tx.db, row, what, words)
        if line.body == words:
            return None
        old, line.body = line.body, words
        line.source = {**(line.source or {}), "deleted_at" if what.gone else "changed_at": now.isoformat()}
        alarming = reading is not None and line.kind != NOTE and _is_alarming(deps, line, reading)
        line.reading = _reading.dump_python(reading, mode="json") if reading and line.kind != NOTE else None
        event = Event(FORMS[line.kind == NOTE, what.gone](line.number), by, now)
        tickets.record(tx.db, [event], conversation_id=row.id, number=row.ticket_number)
        told = False
        if line.kind != NOTE:
            _change_memory(deps, row, old, words)
            told = _change_ticket(tx, row, line, old, what)
        ring(tx.db, f"conversation:{row.id}")
        ring(tx.db, "desk")
        return Changed(line, row, told, alarming)


def _is_alarming(deps: Deps, line: MessageRow, reading: Reading) -> bool:
    before = _reading.validate_python(line.reading) if line.reading else None
    known = set(before.signals) if before else set()
    urgent = {name for name in reading.signals if name in deps.policy.priorities.signals} - known
    return bool(urgent) or (reading.decision == "emergency" and (before is None or before.decision != "emergency"))


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


def _change_memory(deps: Deps, row: ConversationRow, old: str, new: str) -> None:
    """What the dialogue keeps of the words, for the ticket that may come of them."""
    memory = conversations.memory_of(row)
    kept = tuple(_instead(deps, words, old, new) for words in memory.words)
    gathered = tuple(replace(one, value=_instead(deps, one.value, old, new)) for one in memory.gathered)
    known = {name: _instead(deps, value, old, new) for name, value in memory.known.items()}
    conversations.keep_memory(row, replace(memory, words=kept, gathered=gathered, known=known))


def _instead(deps: Deps, text: str, old: str, new: str) -> str:
    """The text with the new words for the old ones, which may stand there as they were, made safe, or cut."""
    excerpt = deps.assistant().script.excerpt
    safe_old, safe_new = (" ".join(excerpt(words).split()) for words in (old, new))
    if text == old:
        return new
    if old in text:
        return text.replace(old, new)
    if safe_old and safe_old in text:
        return text.replace(safe_old, safe_new or new)
    cut = text.removesuffix("…").rstrip()
    return (safe_new or new) if text.endswith("…") and safe_old.startswith(cut) else text


def _change_ticket(tx: Transaction, row: ConversationRow, line: MessageRow, old: str, what: Change) -> bool:
    """The facts on the card, the words that stand in its thread, and a line there that says so."""
    ticket = tickets.lock(tx.db, row.ticket_number) if row.ticket_number else None
    if ticket is None:
        return False
    changed = replace(ticket, request=_request(tx.deps, ticket.request, old, line.body))
    if changed != ticket:
        tickets.save(tx, tx.policy, changed)
    words = "" if what.gone else str(team_words(tx.deps, ticket, line.body))
    told = ThreadChange(ticket=ticket.number, gone=what.gone, words=words, posts=_posted(tx.db, line, words))
    if tell_team(tx, ticket.team, told, number=ticket.number):
        show_on_card(tx, ticket.team, ticket.number)
    return True


def _request(deps: Deps, request: Request, old: str, new: str) -> Request:
    details = tuple(replace(one, value=_instead(deps, one.value, old, new)) for one in request.details)
    return replace(request, summary=_instead(deps, request.summary, old, new), details=details)


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
