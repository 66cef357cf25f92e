"""Names that the guide's tables share."""

from typing import Literal

Priority = Literal["critical", "high", "medium", "low"]
Status = Literal["new", "triaged", "assigned", "in_progress", "resolved", "closed"]
Team = Literal["support", "engineering", "security", "compliance"]
ClockKind = Literal[
    "triage", "first_response", "resolution", "channel_response", "tier_target", "next_update", "answer"
]
KindName = Literal[
    "emergency", "perhaps_danger", "privacy", "security", "data_loss", "wrong_medicine", "outage", "usual"
]
StepOutcome = Literal["helped", "did_not_help", "not_possible", "tried_before", "no_answer"]
"""What came of a step."""
StaffRoute = Literal["chat", "email", "phone", "phone_unknown"]
RouteWords = Literal["chat", "email", "email_not_possible", "phone", "phone_unknown"]
ReportPartName = Literal["received", "priorities", "times", "satisfaction", "issues", "escalations", "action_items"]

PRIORITIES: tuple[Priority, ...] = ("critical", "high", "medium", "low")
CONFINED: tuple[Team, ...] = ("security", "compliance")
"""Teams whose tickets nobody else sees, not even by number."""
SEE_ALL = ("admin", "lead")
"""Roles of staff that see the tickets of every team."""
URGENT: tuple[Priority, ...] = ("critical", "high")
"""Priorities for which people look before anything else."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GUIDE_VERSION = "1.0"
NEXT_UPDATE: ClockKind = "next_update"
"""The clock of an update that was announced to the user."""
MULTIPLE_USERS_AFFECTED, SINGLE_USER = "multiple_users_affected", "single_user"
PHI_EXPOSURE, SECURITY_BREACH_SUSPECTED = "phi_exposure", "security_breach_suspected"
EMERGENCY_TOLD, DATA_LOST = "emergency", "data_loss"
MEDICINE_TAKEN, CRITICAL_WORKFLOW_BLOCKED = "medicine_taken", "critical_workflow_blocked"
"""Signals that the program itself hears or sets (the guide says what they mean); some are reasons to hand over as well."""
GRAVE_FACTS = (DATA_LOST, SECURITY_BREACH_SUSPECTED, PHI_EXPOSURE)
"""What makes a request Critical of itself, and is no danger to anybody's life."""
CRITICAL_FACTS = (*GRAVE_FACTS, EMERGENCY_TOLD)
"""The same, and that somebody is in danger."""
NOT_RESOLVED_BY_DOCUMENTATION, ASKED_FOR_PERSON = "not_resolved_by_documentation", "asked_for_person"
NOT_IN_KNOWN_ISSUES, NOT_UNDERSTOOD, REPEATED_ANGER = "not_in_known_issues", "not_understood", "repeated_anger"
PRIVACY_REQUEST, ACCOUNT_ACCESS_NEEDED = "privacy_request", "account_access_needed"
"""Reasons to hand over that it gives by itself."""
ENHANCEMENT_REQUEST = "enhancement_request"
"""A wish, as a fact of the guide."""
PAGE_OR_FEATURE, HOW_MANY_AFFECTED = "page_or_feature", "how_many_affected"
DOCTOR_NAME, DESCRIPTION = "doctor_name", "description"
"""Details that it knows by name."""
DOWN_FOR_ALL = (
    *("account.cant_log_in", "account.mfa_not_working", "appointment.booking_failed", "appointment.join_video"),
    *("prescription.cant_view", "technical.page_not_loading", "technical.slow_performance", "technical.error_message"),
    *("technical.mobile_app", "escalate.outage"),
)
"""What many write at once when something is down for all."""
NAMES_NOTHING = ("escalate.human", "escalate.unknown_issue")
"""What a request is about of which nothing is known yet: it takes the name of what is told next."""


def role_sees(role: str, team: str) -> bool:
    """Whether staff of a role may see and do the work of a team: that of security and compliance is for them and for leads."""
    return team not in CONFINED or role in (team, *SEE_ALL)
