"""Edits that would harm users or break the bot, on copies of all files: each is refused, with its file and its line."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import written_faults
from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy

PDF, SLOW = "intents/prescription_pdf_download.yml", "intents/technical_slow_performance.yml"
LOCKED, MFA = "intents/account_locked.yml", "intents/account_mfa_not_working.yml"
VIEW, FIRST = "intents/prescription_cant_view.yml", "intents/account_first_login.yml"
SLA, LINES, DANGER = "handoff/guide/sla.yml", "bot/dialogue/lines.yml", "bot/understanding/rules/emergency.yml"
SECRET, AWAY = "asks for a secret", "leads away from SmartMed"

OF_THE_SPEC = [
    Edit(
        PDF,
        "      1. Open SmartMed in another",
        "      Please send us your password so that we can download it for you.\n      1. Open SmartMed in another",
        SECRET,
    ),
    Edit(
        PDF,
        "      2. Sign in, open",
        "      While you wait take 400 mg of ibuprofen every four hours.\n      2. Sign in, open",
        "reads like medical advice",
    ),
    Edit(
        PDF,
        "      3. Close the browser",
        "      The server is broken and it will be fixed by tomorrow.\n      3. Close the browser",
        "makes a promise",
    ),
    Edit(
        VIEW,
        "answer: >-\n",
        "answer: >-\n  Look at https://smartmed-support.example/help first.\n",
        AWAY,
        1,
    ),
    Edit(MFA, "      1. ", "      1. Open **Purple Hexagon**, and then this: ", "is no name of a screen"),
    Edit(
        PDF,
        "  - PDF won't download\n",
        "  - it doesn't work, please fix it\n  - PDF won't download\n",
        "fits every issue",
    ),
    Edit(SLOW, "examples:\n", "examples:\n  - he is unconscious and not breathing\n", "heard as an emergency", 1),
    Edit("handoff/guide/outage.yml", "technical.mobile_app", "technical.phone_app", "no issue of the catalogue"),
    Edit(
        "kb_articles/security/mfa-setup.md", "issues: [", "issues: [account.first_logon, ", "no issue of the catalogue"
    ),
    Edit(DANGER, "  - id: poison\n", "  - id: poison\n", "takes"),
]
SIBLINGS = [
    Edit("bot/channels/slack/texts.yml", "Your own words are fine. Please don't write", "Please send", SECRET),
    Edit("bot/channels/email/texts.yml", "SmartMed support. To add", "See http://smartmed.example. To add", AWAY),
    Edit("bot/web/words.yml", "Please sign in again.", "Please send us your card number.", SECRET),
    Edit("bot/web/console_words.yml", "Write the reply first.", "Write to help@smartmed-desk.example.", AWAY),
    Edit(
        "bot/web/templates/console/queue.html",
        "Nothing here. New tickets appear by themselves.",
        "Nothing here. See https://track.example/x for more.",
        AWAY,
    ),
    Edit(
        "bot/web/locale/es/LC_MESSAGES/console.po",
        'msgstr "Escriba primero la respuesta."',
        'msgstr "Escriba a ayuda@smartmed-desk.example."',
        AWAY,
    ),
    Edit("bot/web/static/widget/words.json", "Write a message…", "Type your PIN in this chat", SECRET),
    Edit("bot/languages/es.yml", "Gracias por su respuesta.", "Envíenos su contraseña.", SECRET),
    Edit(
        "handoff/templates/initial_response.j2",
        "Thank you for contacting",
        "Reply with your SSN. Thank you for contacting",
        SECRET,
    ),
    Edit("bot/web/static/public/demo.html", "Tell us in your own words.", "Tell us your password.", SECRET),
    Edit(
        "bot/web/static/public/demo.html", 'data-ask="I forgot my password"', 'data-ask="See https://a.example"', AWAY
    ),
    Edit("bot/channels/email/templates/mail.html", "<body", '<a href="https://track.example/x">.</a><body', AWAY),
    Edit(LINES, "  ask_issue: |\n", "  ask_issue: |\n    Hello {{ nmae }}.\n", "nothing is ever called `nmae`", 1),
    Edit(LINES, "call us: {{ phone }}", "call us: 1-900-555-0199", AWAY),
    Edit("handoff/guide/escalation.yml", "In a sentence or two, what", "What is your password, and what", SECRET),
    Edit(
        "kb_articles/security/mfa-setup.md",
        "## Still stuck?\n",
        "## Still stuck?\n\n[Write](mailto:me@other.example).\n",
        AWAY,
        2,
    ),
    Edit(
        "kb_articles/security/account-security.md",
        "](../security/mfa-setup",
        "](../security/no-such-page",
        "leads to no page",
    ),
    Edit(
        "kb_articles/patients/booking-appointments.md",
        "## Still stuck?\n",
        "## Tips\n\n## Tips\n\n## Still stuck?\n",
        "two headings",
    ),
    Edit(PDF, "ask: What are you using?", "ask: What is the number on your card?", SECRET),
    Edit(SLOW, "rows: [", "rows: [ZZ9, ", "no row of"),
    Edit(VIEW, '- {label: "Yes"', "- {label: “Yes”", "shown with its quotes"),
    Edit("bot/simulation/scenario.yml", "  account.locked: 2", "  account.lokced: 2", "no issue of the catalogue"),
    Edit(FIRST, "answer: >-\n", "answer: >-\n  Give us your pass\u200bword and we sign in for you.\n", SECRET, 1),
    Edit(LOCKED, "answer: >-\n", "answer: >-\n  Send us:\n  - the code from the text message\n", SECRET, 1),
]
TABLES = [
    Edit(SLA, "first_response: 15m, resolution: 4h", "first_response: 3w, resolution: 4h", "between 1m and 1h"),
    Edit(SLA, "first_response: 15m, resolution: 4h", "first_response: 15m, resolution: 1m", "between 30m and 1d"),
    Edit(SLA, "warnings: [50, 80]", "warnings: [150, 0]", "rise"),
    Edit(
        SLA, "first_response: 1h,  resolution: 24h", "first_response: 8h,  resolution: 24h", "must not be longer than"
    ),
    Edit(SLA, "  low:      {row: SLA4", "  # low:   {row: SLA4", "the row `low` is missing", -4),
    Edit(
        "handoff/guide/tiers.yml",
        "low: 4h, medium: 4h, high: 4h, critical: 4h}",
        "low: 4h, medium: 4h, high: 4h}",
        "the row `critical` is missing",
    ),
    Edit(
        "handoff/guide/priorities.yml",
        "data_loss:                 {priority: critical",
        "data_loss:                 {priority: low",
        "an edit cannot lower it",
    ),
    Edit("handoff/guide/hours.yml", '"08:00-18:00"', '"08:00-25:00"', "no opening time"),
    Edit("handoff/guide/hours.yml", "America/New_York", "America/New_Yorck", "no time zone"),
    Edit(
        "handoff/guide/contacts.yml",
        "order: [on_call, support_lead, support_manager]",
        "order: []",
        "somebody must be called",
    ),
    Edit("handoff/guide/words.yml", "  helped: it helped\n", "  helpt: it helped\n", "the row `helped` is needed"),
    Edit("handoff/guide/outage.yml", "window: 30m", "window: 30d", "between 5m and 4h"),
]
UNREADABLE = [
    Edit(PDF, "  - PDF won't download", "  - \"PDF won't download", "quotes that open here are not closed"),
    Edit(PDF, "  - pdf not workin", "  -pdf not workin", "a blank is missing after the dash"),
    Edit(PDF, "  - pdf not workin", "  - it says: file is damaged", "put this sentence in quotes"),
    Edit(PDF, "keywords: [", "keyword: [", "did you mean `keywords`"),
    Edit(PDF, "  - pdf not workin", "\t- pdf not workin", "a tab stands"),
    Edit(PDF, "  - pdf not workin", "  - I see error #102 when I download", "would be left out"),
    Edit(PDF, "title: Prescription PDF", "title: !!python/object/apply:os.system [x] #", "tags that begin with !"),
    Edit(PDF, "keywords: [pdf,", "keywords: [[pdf,", "not closed"),
    Edit(PDF, "checked: 2026-11-02", "checked: 2026-02-30", "there is no day 2026-02-30"),
    Edit(PDF, "tier: 1", "tier: 7", "must be 1 or 2"),
    Edit(
        PDF,
        '  - "PDF button: no reaction."',
        '  - "PDF button": no reaction',
        "put this sentence in quotes",
    ),
    Edit(PDF, "go: clear_cache}", "go: no_such_step}", "is no step"),
    Edit(
        "kb_articles/security/mfa-setup.md",
        "## Still stuck?",
        "Type {{ name in the box.\n\n## Still stuck?",
        "stands for a name of the glossary",
    ),
    Edit("handoff/templates/reopened.j2", "Hi {{ name }}", "Hi {{ name }", "not a valid template"),
]


def named(edit: Edit) -> str:
    """A test is named by what is written."""
    return f"{Path(edit.file).stem}: {edit.new.strip()[:50]}"


def refused(faults: list[Fault], edit: Edit, line: int) -> bool:
    """True when a fault names this edit's file and line (or the next one), and says what it must."""
    return any(
        fault.file.endswith(edit.file) and abs(fault.line - line) <= 1 and edit.told in fault.message
        for fault in faults
    )


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Fault], dict[Edit, int]]:
    """All edits that leave the files readable, made at once; and what the gate says."""
    root = tmp_path_factory.mktemp("harmed")
    places = a_copy(root)
    lines = {edit: edit.made(root) for edit in (*OF_THE_SPEC, *SIBLINGS)}
    rules = root / DANGER
    text = rules.read_text(encoding="utf-8")
    start = text.index("patterns:", text.index("  - id: poison\n")) + len("patterns:\n")
    rules.write_text(
        f"{text[:start]}      - '(?:my|the) (?:password|pdf|prescription)'\n{text[start:]}", encoding="utf-8"
    )
    return written_faults(places), lines


@pytest.mark.parametrize("edit", [*OF_THE_SPEC, *SIBLINGS], ids=named)
def test_a_harmful_edit_is_refused_with_its_line(harmed: tuple[list[Fault], dict[Edit, int]], edit: Edit) -> None:
    faults, lines = harmed
    # edits above it in the same file have moved it down
    moved = sum(one.new.count("\n") - one.old.count("\n") for one in lines if one.file == edit.file and one is not edit)
    assert any(refused(faults, edit, lines[edit] + shift) for shift in range(moved + 1)), [
        str(fault) for fault in faults if fault.file.endswith(edit.file)
    ]


@pytest.mark.parametrize("edit", TABLES, ids=named)
def test_a_table_that_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, edit: Edit) -> None:
    from handoff.data_files import DataFaults
    from handoff.policy.loading import load_policy

    places = a_copy(tmp_path)
    line = edit.made(tmp_path)

    with pytest.raises(DataFaults) as told:
        load_policy(places.guide)

    assert refused(told.value.faults, edit, line), str(told.value)


@pytest.mark.parametrize("edit", UNREADABLE, ids=named)
def test_a_broken_file_is_told_in_plain_words_at_the_line_to_mend(tmp_path: Path, edit: Edit) -> None:
    places = a_copy(tmp_path)
    line = edit.made(tmp_path)
    faults = readable_faults(places)

    assert refused(faults, edit, line), [str(fault) for fault in faults]


def readable_faults(places: ContentPaths) -> list[Fault]:
    """What the gate says of files that cannot be read; only these files are looked at, because it is quicker."""
    from bot.authoring import gate, slots
    from bot.authoring.gate_run import GateRun

    looking = GateRun(places, None)
    gate._read(looking)
    looking.add(lambda: slots.slot_faults(places))
    return gate._in_order(looking)


@pytest.mark.parametrize(
    "issue", ["safety_emergency", "escalate_unknown_issue", "chat_thanks", "appointment_how_to_book"]
)
def test_an_issue_that_the_code_needs_cannot_be_retired(tmp_path: Path, issue: str) -> None:
    from bot.authoring import references

    places = a_copy(tmp_path)
    (places.intents / f"{issue}.yml").unlink()

    told = [str(fault) for fault in references.needed_by_code(places)]

    assert any(f"intents/{issue}.yml:1: " in fault and "cannot be retired" in fault for fault in told), told


def test_a_line_that_the_code_asks_for_cannot_be_renamed(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    edit = Edit(LINES, "  not_helped: |\n", "  not_helpful: |\n", "the line `not_helped` is needed")
    edit.made(tmp_path)

    assert any(fault.file.endswith(LINES) and edit.told in fault.message for fault in readable_faults(places))


def test_a_file_that_would_never_be_read_is_told_and_an_editors_own_file_is_not(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    (places.intents / "billing_refund.yaml").write_text("id: billing.refund\n", encoding="utf-8")
    (places.intents / ".#account_locked.yml").write_text("user@machine", encoding="utf-8")

    faults = [str(fault) for fault in readable_faults(places)]

    assert faults == ["intents/billing_refund.yaml:1: this file is not read: call it billing_refund.yml"]


def test_an_article_that_is_not_utf_8_is_a_fault_with_its_line(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    path = places.articles / "security" / "mfa-setup.md"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([*lines[:14], b"caf\xe9", *lines[14:]]))

    told = [str(fault) for fault in readable_faults(places)]

    assert any("mfa-setup.md:15: " in fault and "UTF-8" in fault for fault in told), told
