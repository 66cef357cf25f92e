"""A ticket as staff see it: its card, its transcript, its files, and what its team does step by step."""

from collections.abc import Sequence
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from bot.actions.attach import attachment_by_public_id
from bot.dialogue.conversation import Conversation
from bot.storage import conversations, incidents, news, tickets
from bot.storage.tables import AttachmentRow, ConversationRow, EventRow, MessageRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.redaction.typed_secrets import without_secrets
from bot.web.console.access import Visit, Visiting, colleagues, may_read, may_see, readable
from bot.web.console.history import STAFF, History
from bot.web.console.own_times import in_own_zone
from bot.web.console.queue import in_queue
from bot.web.console.sign_in import BY_ITSELF, Staff
from bot.web.files import as_download
from bot.web.markdown import as_article, as_html
from bot.web.services import Services
from handoff import desk, kinds, on_call, reach, sla, ticket_card, unassign
from handoff.hours import zone_name, zone_of
from handoff.links import is_link
from handoff.policy.names import PRIORITIES
from handoff.ticket import BOT, Ticket

router = APIRouter(prefix="/console", include_in_schema=False)
DOCUMENTS = Path(__file__).resolve().parents[3] / "docs"
LINES_SHOWN = 200
LINES_OPEN = 10
"""So many lines of a conversation stand open on the page; what was said before is folded, and counted."""
LAST = 2**31 - 1


@router.get("/files/{public_id}")
def file(visit: Visiting, public_id: str) -> Response:
    """A file of a user, for whoever may read the line that it stands in."""
    found = attachment_by_public_id(visit.given.deps, public_id[:64])
    if found is None:
        return visit.missing()
    with visit.given.deps.reading.begin() as db:
        line = conversations.line_of_file(db, found.id)
        allowed = line is not None and may_read(db, visit.staff, line)
    return as_download(found) if allowed else visit.missing()


@router.get("/tickets/{number}")
def ticket_page(
    visit: Visiting, number: int, before: Annotated[int, Query(ge=1, le=LAST)] = LAST, handed: str = ""
) -> HTMLResponse:
    """One ticket: card, transcript, what may be done; `handed`: it has just been given to another team."""
    facts = ticket_facts(visit.given, number, visit.staff, before)
    if facts is None:
        return visit.missing()
    if before >= LAST and BY_ITSELF not in visit.request.headers:
        see(visit, number, int(str(facts["last_number"])))
    return visit.render("console/ticket.html", {"problem": "", "written": {}, "handed": handed, **facts})


def see(visit: Visit, number: int, line: int) -> None:
    """This person has seen the lines of a ticket up to this one; nothing for a ticket that is not for them, and once for all."""
    with visit.given.deps.reading.begin() as db:
        row = visible(tickets.get(db, number) if 0 < number < 2**31 else None, visit.staff)
    if row is None or row.seen_number >= line:
        return
    with visit.given.deps.sessions.begin() as db:
        news.seen(UnitOfWork(db, visit.given.now()), number, line)


@router.get("/checklists/{name}")
def checklist(visit: Visiting, name: str) -> HTMLResponse:
    """What a team does, step by step: the document that its tickets name."""
    known = {row.checklist for row in visit.given.deps.policy.tiers.teams.values() if row.checklist}
    path = DOCUMENTS / f"{name}.md"
    if name not in known or not path.exists():
        return visit.missing()
    html = as_article(path.read_text(encoding="utf-8"))
    return visit.render("console/checklist.html", {"html": html})


def ticket_facts(given: Services, number: int, staff: Staff, before: int = LAST) -> dict[str, object] | None:
    """What the page of a ticket shows, its lines up to a number; None for one that this person may not see."""
    policy = given.deps.policy
    with given.deps.reading.begin() as db:
        row = visible(tickets.get(db, number) if 0 < number < 2**31 else None, staff)
        if row is None:
            return None
        ticket = tickets.ticket_of(row)
        talk = readable(db, staff, row.conversation_id)
        lines = conversations.before(db, row.conversation_id, before, LINES_SHOWN, talk.lines)
        earlier = conversations.count_before(db, row.conversation_id, lines[0].number, talk.lines) if lines else 0
        files = {line.id: db.get(AttachmentRow, line.attachment_id) for line in lines if line.attachment_id}
        happened = tickets.events_of(db, number)
        memory = conversations.memory_of(db.get_one(ConversationRow, row.conversation_id))
        others = colleagues(db, staff, row.team)
        known = [one for one in incidents.of_conversation(db, row.conversation_id) if one.state != incidents.DISMISSED]
    zone, language = policy.hours.zone, given.language
    shown = [_line(given, line, files.get(line.id), ticket.request.user.zone) for line in lines]
    return {
        **_of_ticket(given, ticket, zone),
        **_story(ticket, lines, shown, newest=before >= LAST),
        "queue": in_queue(given, row),
        "unanswered": _unanswered(given, ticket, memory),
        "incidents": [(given.deps.assistant().script.catalog.title(one.issue), one.state) for one in known],
        "outcomes": policy.words.outcomes,
        "apart": not talk.whole,
        "earlier": earlier,
        "events": [(language.moment(e.at, zone), *_history(given).told(e), _staff_id(e)) for e in happened],
        "priorities": [(name, policy.words.priorities[name]) for name in PRIORITIES],
        "reasons": policy.escalation.to_tier_3,
        "teams": policy.tiers.teams,
        "once": token_urlsafe(16),
        "first_team": unassign.FIRST_TEAM,
        "colleagues": [one for one in others if row.owner_id != one.id],
    }


def _story(ticket: Ticket, lines: Sequence[MessageRow], shown: Sequence[object], *, newest: bool) -> dict[str, object]:
    """The lines of the conversation: of the newest page the last are open and the older ones folded."""
    last = _last_words(ticket, lines) if newest else None
    fold = max(0, len(shown) - LINES_OPEN) if newest else 0
    return {
        "older": shown[:fold],
        "lines": shown[fold:],
        "last_words": shown[lines.index(last)] if last else None,
        "first": lines[0].number if lines else 0,
        "last_number": lines[-1].number if lines else 0,
        "newest": newest,
    }


def _last_words(ticket: Ticket, lines: Sequence[MessageRow]) -> MessageRow | None:
    """The newest line of the user in words of their own, where it says more than the summary does."""
    offered: set[str] = set()
    last = None
    for line in lines:
        if line.by_user and line.body.strip().casefold() not in offered:
            last = line
        elif not line.by_user and line.buttons:
            offered = {str(button["label"]).casefold() for button in line.buttons}
    return last if last and last.body != ticket.request.summary else None


def _of_ticket(given: Services, ticket: Ticket, zone: str) -> dict[str, object]:
    policy, language = given.deps.policy, given.language
    return {
        "ticket": ticket,
        "reopen_until": _reopen_until(given, ticket, zone),
        "logs_link": ticket.resolution is not None and is_link(ticket.resolution.logs),
        "clocks": [
            {
                "kind": c.kind,
                "due": language.moment(c.due_at, zone),
                "late": c.due_at <= given.now(),
                "left": language.length(abs(c.due_at - given.now())),
            }
            for c in _shown_clocks(sla.running(policy, ticket))
        ],
        "rule": _history(given).rule(ticket.priority_rule),
        "reason": ticket_card.reason_text(policy, ticket),
        "called": on_call.is_paged(ticket),
        "called_text": ticket_card.called_text(policy, ticket, lambda at: language.moment(at, zone)),
        "answer_by": policy.reach.staff[reach.staff_route(policy, ticket, mail=given.deps.mail)],
        "number_to_call": reach.number_of(policy, ticket),
        "remind": kinds.kind_of(policy, ticket).staff,
        "in_danger": kinds.may_be_hurt(policy, ticket) and ticket.is_open,
        "checklist": ticket_card.checklist_of("", policy, ticket),
        "details": [(d.label, _detail(given, d.value)) for d in ticket.request.details],
    }


def _shown_clocks(running: list[sla.Clock]) -> list[sla.Clock]:
    """One answer meets both clocks of the first answer: the sooner is shown (O2)."""
    first = next((clock for clock in running if clock.kind in sla.RESPONSES), None)
    return [clock for clock in running if clock is first or clock.kind not in sla.RESPONSES]


def _reopen_until(given: Services, ticket: Ticket, zone: str) -> str:
    """Until when a resolved ticket can be opened again; empty when it cannot."""
    policy, resolved = given.deps.policy, ticket.resolved_at
    if not ticket.is_resolved or resolved is None or not desk.may_reopen(policy, ticket, given.now()):
        return ""
    return given.language.moment(resolved + policy.lifecycle.reopen_within, zone)


def _unanswered(given: Services, ticket: Ticket, memory: Conversation) -> list[tuple[str, bool]]:
    """What was asked for this ticket and is not told: its label, and whether the question is still before the user."""
    intent = given.deps.assistant().script.catalog.intents.get(ticket.request.issue)
    if memory.ticket != ticket.number or memory.issue != ticket.request.issue or intent is None:
        return []
    labels = {row.id: row.label for row in given.deps.policy.escalation.gather}
    labels |= {detail.id: detail.label for detail in intent.details}
    told = {detail.id for detail in ticket.request.details}
    asked = dict.fromkeys(name for name in memory.asked if name in labels and name not in told)
    return [(labels[name], name == memory.asking) for name in asked]


def _staff_id(event: EventRow) -> str:
    """Which of our people it was, also where two have one name."""
    return event.actor_id if event.actor_kind == STAFF else ""


def _history(given: Services) -> History:
    return History(given.deps.policy, given.console_words, given.language)


def visible(row: TicketRow | None, staff: Staff) -> TicketRow | None:
    """The row of a ticket, unless this person may not see it."""
    return row if row is not None and may_see(staff, row.team) else None


def _detail(given: Services, value: str) -> str:
    shown = ticket_card.shown_detail(given.deps.policy, value)
    return without_secrets(shown) if shown == value else given.language.said(shown)


def _line(given: Services, line: MessageRow, file: AttachmentRow | None, theirs: str) -> dict[str, object]:
    ours = given.deps.policy.hours.zone
    typed = without_secrets(line.body) if line.by_user else line.body
    body, read_in = in_own_zone(line.body, line.at, theirs, ours) if line.said_by == BOT.kind else (line.body, "")
    return {
        "row": line,
        "html": None if line.by_user else as_html(body),
        "typed": typed,
        "hides": typed != line.body,
        "read_in": read_in,
        "ours": zone_name(line.at.astimezone(zone_of(ours, ours))),
        "file": file,
        "link": f"/console/files/{file.public_id}" if file else "",
        "at": given.language.moment(line.at, ours),
    }
