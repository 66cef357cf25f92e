"""Who reads what: users or only our own people, by file and by field. Of channels their own files say it."""

from collections.abc import Callable

from handoff.yaml_text import Place

TEMPLATES_FOR_STAFF = ("tier2_card", "weekly_report", "action_item", "edit_refused", "edit_waits")
PAGES_FOR_USERS = ("help", "vote", "mail", "letter", "demo", "error", "base")
GUIDE_FOR_USERS: dict[str, Callable[[Place], bool]] = {
    "words": lambda place: place[0] not in ("report", "clocks"),
    "escalation": lambda place: place[0] == "gather",
    "lifecycle": lambda place: place[-1] in ("name", "said"),
    "channels": lambda place: place[-1] in ("name", "contact"),
    "kinds": lambda place: place[-1] != "staff",
    "reach": lambda place: place[0] == "routes",
}
"""What users are shown of the guide; the rest stands where only staff look."""
