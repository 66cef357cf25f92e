"""Web and worker under a supervisor. One kills itself (-9) at the point that a file names, once, and is started again."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import bot.__main__
import bot.channels.slack.channel
import bot.serve
import bot.worker
from bot.channels.slack.posting import RateLimiter
from bot.outbound import TicketCard
from bot.storage import outbox

ARMED = "KILL_FILE"
"""Names the file that holds the name of a point; whoever dies there first renames it, so that it happens once."""
LEASE, IDLE_SECONDS, SWEEP_SECONDS, PAUSE_SECONDS = timedelta(seconds=1.5), 0.2, 1, 0.5
"""What a dead worker had leased is free after this long here, and after a minute in production."""
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Point:
    """A step of a handoff: in which process it is, and before or after which call one dies."""

    process: str
    stage: str
    call: str
    when: str
    only: Callable[..., bool] = lambda *_, **__: True


def _posts(*call: Any, **_: Any) -> bool:
    """True for the HTTP request of a new message."""
    return str(call[0].full_url).endswith("/chat.postMessage")


def _to_a_user(*_: Any, channel: str = "", **__: Any) -> bool:
    """True for a message to a user's direct messages."""
    return channel.startswith("D")


def _of_a_card(*call: Any, **_: Any) -> bool:
    """True for a card's row on its way."""
    return isinstance(call[1].message, TicketCard)


def _for_a_user(*call: Any, **_: Any) -> bool:
    """True for a user's row on its way."""
    return str(call[1].channel) == "slack"


POINTS = {
    "event_verified_before_the_transaction": Point("web", "opens", "bot.channels.slack.http:_dispatched", BEFORE),
    "ticket_row_written_inside_the_transaction": Point("web", "opens", "bot.storage.tickets:save", AFTER),
    "turn_committed_before_slacks_200": Point("web", "opens", "bot.channels.slack.users.incoming:receive", AFTER),
    "rows_claimed_before_sending": Point("worker", "opens", "bot.actions.deliver:_deliver_one", BEFORE),
    "posted_before_the_answer_is_read": Point(
        "worker", "opens", "slack_sdk.web.base_client:urlopen", AFTER, only=_posts
    ),
    "sent_before_the_mark": Point("worker", "opens", "bot.storage.outbox:sent", BEFORE),
    "marked_before_its_commit": Point("worker", "opens", "bot.storage.outbox:sent", AFTER),
    "card_posted_before_it_is_kept": Point("worker", "opens", "bot.storage.cards:keep", BEFORE),
    "card_kept_before_the_mark": Point(
        "worker", "opens", "bot.channels.slack.staff.outgoing:TeamSender.send", AFTER, only=_of_a_card
    ),
    "take_committed_before_the_ack": Point("web", "takes", "bot.actions.staff:take", AFTER),
    "reply_committed_before_the_ack": Point("web", "replies", "bot.actions.staff:reply", AFTER),
    "reply_before_it_is_sent": Point("worker", "replies", "slack_sdk:WebClient.chat_postMessage", BEFORE, _to_a_user),
    "reply_sent_before_the_mark": Point("worker", "replies", "slack_sdk:WebClient.chat_postMessage", AFTER, _to_a_user),
    "reply_marked_before_the_card": Point("worker", "replies", "bot.actions.deliver:_deliver_one", AFTER, _for_a_user),
}

CLOCK_POINTS = {
    "promise_claimed_before_it_is_told": Point("worker", "clock", "bot.actions.sweep.deadlines:_tell_of_clock", BEFORE),
    "promise_told_before_its_commit": Point("worker", "clock", "bot.actions.sweep.deadlines:_tell_of_clock", AFTER),
    "update_written_before_its_commit": Point("worker", "clock", "bot.actions.sweep.next_updates:keep_and_tell", AFTER),
    "page_claimed_before_its_commit": Point("worker", "clock", "bot.actions.paging:_send", AFTER),
    "notice_sent_before_its_mark": Point("worker", "clock", "bot.storage.outbox:sent", BEFORE),
    "notice_marked_before_its_commit": Point("worker", "clock", "bot.storage.outbox:sent", AFTER),
}
"""What time brings: a worker dies while it tells of a promise, gives the announced update, or calls somebody."""


def arm_all(armed: Path) -> None:
    """Put a watch on the call of every point."""
    for name, point in (*POINTS.items(), *CLOCK_POINTS.items()):
        module, _, path = point.call.partition(":")
        holder: Any = import_module(module)
        *outer, last = path.split(".")
        for part in outer:
            holder = getattr(holder, part)
        setattr(holder, last, _watched(getattr(holder, last), name, point, armed))


def _watched(call: Callable[..., Any], name: str, point: Point, armed: Path) -> Callable[..., Any]:
    @wraps(call)
    def watched(*args: Any, **kwargs: Any) -> Any:
        if point.when == BEFORE and point.only(*args, **kwargs):
            _die_if(name, armed)
        result = call(*args, **kwargs)
        if point.when == AFTER and point.only(*args, **kwargs):
            _die_if(name, armed)
        return result

    return watched


def _die_if(name: str, armed: Path) -> None:
    try:
        if armed.read_text() != name:
            return
        armed.rename(armed.with_suffix(".died"))
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def supervise(names: list[str]) -> NoReturn:
    """Run the product's processes (`web:8001`, `worker:1`), and each again when it was killed."""
    _hurry()
    arm_all(Path(os.environ[ARMED]))
    running = {_started(name): name for name in names}
    while True:
        process, status = os.wait()
        name = running.pop(process)
        if not os.WIFSIGNALED(status):
            print(f"{name} ended by itself with {os.waitstatus_to_exitcode(status)}", file=sys.stderr, flush=True)  # noqa: T201
            time.sleep(PAUSE_SECONDS)
        running[_started(name)] = name


def _started(name: str) -> int:
    """A process of that name; its id."""
    process = os.fork()
    if process:
        return process
    kind, _, port = name.partition(":")
    os.environ["PORT"], sys.argv = port, ["bot", kind]
    try:
        bot.__main__.main()
    finally:
        sys.stderr.flush()
        os._exit(1)


def _hurry() -> None:
    """What is waited for in production is waited for shortly here; the steps and their order stay."""
    outbox.LEASE, bot.worker.IDLE_SECONDS, bot.worker.SWEEP_SECONDS = LEASE, IDLE_SECONDS, SWEEP_SECONDS
    bot.channels.slack.channel.RateLimiter = lambda: RateLimiter(0.0)  # type: ignore[assignment,misc]


if __name__ == "__main__":
    supervise(sys.argv[1:])
