"""Texts say who speaks and who reads, call for help before anything else, and keep the user's words out of subjects."""

from pathlib import Path

from tests.authoring.copies import Edit, a_copy, faults_in, told_of

L, KINDS, MAIL = "bot/dialogue/lines.yml", "handoff/guide/kinds.yml", "bot/channels/email/texts.yml"
T, A, N = "handoff/templates", "kb_articles", "intents"
WRONG = f"{N}/prescription_wrong_information.yml"
BOOK, SAFE, MFA = (
    f"{A}/patients/booking-appointments.md",
    f"{A}/security/account-security.md",
    f"{A}/security/mfa-setup.md",
)
DANGER = "If somebody may be in danger, please do not wait for an appointment: call"
TOLD = [
    [
        Edit(
            L, "I'm the SmartMed Support Assistant. Tell", "I'm Anna, one of the nurses at SmartMed. Tell", "greeting:"
        ),
        Edit(L, "Tell me in a few words what", "I am a colleague of your doctor. Tell me what", "that a person speaks"),
        Edit(
            L,
            "What you write here is for the people who work on your request #{{ number }}, and they read it.",
            "What you write here on your request #{{ number }} stays between the two of us.",
            "who_reads: this line must tell people that people read it",
        ),
        Edit(L, "    Yes, go on.", "    Yes, go on. Nobody else reads this.", "`nobody else reads`"),
        Edit(
            f"{N}/chat_about_bot.yml",
            "an automated assistant and not a person",
            "here for you day and night",
            "that it is an automated assistant",
        ),
        Edit(f"{N}/chat_contact.yml", "  - By phone, for anything urgent: {{ phone }}\n", "", "`{{ phone }}`"),
        Edit(
            f"{N}/escalate_human.yml",
            "\nanswer: >-\n",
            "\nanswer: >-\n  You can also find Dr Miller on Telegram. ",
            "`on telegram`",
        ),
        Edit(KINDS, "Please do not wait for us if", "Please keep this window open if", "not to wait for us"),
        Edit(KINDS, "Reach them now, by phone where you can.", "Look at it after the others.", "to reach them at once"),
        Edit(
            KINDS,
            "Please take it only as your doctor or",
            "You can take it as the box says. Your doctor or",
            "to take it only",
        ),
        Edit(KINDS, "Do not open, copy or forward more", "Forward it, and more", "not to open, copy or forward it"),
        Edit(
            f"{T}/ticket_opened.j2",
            "- Your SmartMed Support Request",
            "- {{ summary }}",
            "`{{ summary }}` cannot stand in a subject",
        ),
        Edit(f"{T}/resolution_response.j2", "- Issue Resolved", "- {{ resolution }}", "`{{ resolution }}` cannot"),
        Edit(
            f"{T}/answer_waiting.j2",
            "An answer from SmartMed Support waits",
            "An answer about your illness waits",
            "what the answer is about",
        ),
    ],
    [
        Edit(
            f"{T}/emergency_opened.j2",
            "If you call or write to us about this, our reference is",
            "Have your insurance card at hand before you dial",
            "`before you dial`",
        ),
        Edit(
            KINDS,
            "no answer yet. I'm sorry. Please do not wait for us if anybody",
            "no answer yet. I'm sorry. Please keep this window open if anybody",
            "not to wait for us",
        ),
        Edit(MAIL, "now. Do not wait for a reply.", "now. Read our reply first.", "not to wait for a reply"),
        Edit(L, "If this is a medical emergency, call", "Look up your plan before you call", "`before you call`"),
        Edit(
            BOOK,
            DANGER,
            "If somebody is in danger, choose a free time, and if all are taken call",
            "`if all are taken call`",
        ),
        Edit(
            SAFE,
            "sign out every device that is not yours",
            "leave every device that is not yours signed in",
            "signed in",
        ),
        Edit(
            MFA,
            "Keep them apart from your phone, at home or in your wallet",
            "Keep them under the keyboard",
            "`keyboard`",
        ),
        Edit(
            f"{A}/doctors/creating-prescriptions.md",
            "Read any notice that appears about allergies",
            "Close any notice that appears about allergies",
            "to read notices about allergies",
        ),
        Edit(
            f"{A}/patients/viewing-prescriptions.md",
            "2. Tell them what looks wrong",
            "2. If nobody answers, go by the amount you had the last time, and tell them what looks wrong",
            "an amount of their own",
        ),
        Edit(WRONG, "and ask them to wait.", "and begin with the smaller amount.", "an amount of their own"),
        Edit(WRONG, "and issue a corrected one.", "and wait a week.", "to issue a corrected one"),
    ],
]
HONEST = [
    Edit(f"{T}/answer_waiting.j2", "For your privacy it is not in", "For your privacy, we do not put it in", ""),
    Edit(L, "What you write here is for the people", "What you write here goes to the people", ""),
    Edit(KINDS, "Somebody may be in danger. Reach them now,", "Somebody may be in danger. Call them at once,", ""),
    Edit(MFA, "at home or in your wallet", "for example at home or in your wallet", ""),
    Edit(f"{T}/emergency_opened.j2", "our reference is", "please name our reference:", ""),
    Edit(f"{N}/chat_contact.yml", "By phone, for anything urgent:", "By phone, when it is urgent:", ""),
]


def test_a_text_that_misleads_about_who_speaks_and_when_to_call_is_refused(tmp_path: Path) -> None:
    folders = iter(tmp_path / str(number) for number in range(len(TOLD)))
    told = told_of(TOLD, lambda: next(folders))
    missed = [edit.told for edit, faults in told.items() if not edit.is_among(faults)]
    assert missed == []


def test_honest_edits_of_the_same_places_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
