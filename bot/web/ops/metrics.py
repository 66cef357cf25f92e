"""What /metrics says besides the requests: open tickets, overdue ones, the outbox. Labels come from closed lists."""

from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import figures, outbox, put_off
from bot.storage.unit_of_work import UnitOfWork
from bot.web.services import Services

STATES = ("waiting", "dead")
open_tickets = Gauge("smartmed_open_tickets", "Tickets that are not resolved, by priority", ["priority"])
overdue_tickets = Gauge("smartmed_overdue_tickets", "Open tickets whose next due time has passed")
outbox_rows = Gauge("smartmed_outbox_rows", "Messages for the world outside, by state", ["state"])
outbox_oldest = Gauge("smartmed_outbox_oldest_seconds", "How long the oldest unsent message has been waiting")
refused_edit = Gauge(
    "smartmed_refused_edit_faults", "Faults of an edit that is not live; 0 when all files are in force"
)
outbox_to_mend = Gauge(
    "smartmed_outbox_to_mend", "Messages that wait for people to mend a token, a channel, a password"
)
put_off_work = Gauge("smartmed_put_off_work", "Pieces of the worker's work that failed and were put off")
readable = Gauge("smartmed_figures_readable", "1 when the figures above were read just now, 0 when they are old")


def update_metrics(given: Services) -> None:
    """Bring the gauges up to date; when the database does not answer they stay as they are, and say so."""
    now = given.now()
    refused_edit.set(len(given.refused()))
    try:
        with given.deps.reading.begin() as db:
            by_priority, late = figures.open_counts(UnitOfWork(db, now))
            backlog = outbox.backlog(db)
            to_mend = sum(fault.rows for fault in outbox.faults(db))
            resting = len(put_off.everything(db))
            oldest = figures.waiting_longest(UnitOfWork(db, now))
    except SQLAlchemyError:
        readable.set(0)
        return
    for priority, count in by_priority.items():
        open_tickets.labels(priority).set(count)
    for state in STATES:
        outbox_rows.labels(state).set(backlog.get(state, 0))
    outbox_to_mend.set(to_mend)
    put_off_work.set(resting)
    overdue_tickets.set(late)
    outbox_oldest.set(oldest.total_seconds())
    readable.set(1)
