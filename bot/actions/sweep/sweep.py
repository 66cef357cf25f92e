"""What time brings: everything that has come due is dealt with, each piece claimed once and by itself."""

from datetime import datetime

from bot.actions import ops_alerts
from bot.actions.deps import Deps
from bot.actions.incidents import TELLING, dismiss_quiet, join_crossed, sense
from bot.actions.paging import PAGING
from bot.actions.sla_settings_history import follow_settings
from bot.actions.sweep.absent import ABSENT
from bot.actions.sweep.deadlines import DEADLINE
from bot.actions.sweep.handover import HAND_OVER
from bot.actions.sweep.next_updates import UPDATE
from bot.actions.sweep.quiet_conversations import CLOSE_CONVERSATION
from bot.actions.sweep.silent_tickets import CLOSE_TICKET
from bot.actions.units import as_a_whole, work_through

AT_ONCE = 100


def sweep(deps: Deps, now: datetime) -> int:
    """Do everything that has come due; returns how many things were dealt with. What raises is put off by itself."""
    done = as_a_whole(deps, "settings", follow_settings, now, 1)
    timed = (PAGING, DEADLINE, UPDATE, HAND_OVER, CLOSE_TICKET, CLOSE_CONVERSATION)
    done += work_through(deps, timed, now, AT_ONCE)
    for name, do in (("incident_sense", sense), ("incident_join", join_crossed), ("incident_quiet", dismiss_quiet)):
        done += as_a_whole(deps, name, do, now, AT_ONCE)
    done += work_through(deps, (TELLING, ABSENT), now, AT_ONCE)
    return done + ops_alerts.tell(deps, now)
