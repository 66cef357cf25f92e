"""What a writer quotes or passes on: our own letter below an answer is not theirs, what is passed on is read."""

import pytest

from bot.channels.email.texts import load_email_words
from bot.storage.tables import AttachmentRow, MessageRow
from tests.channels.email_mailbox import CHEST, LOG_IN, Mailbox
from tests.channels.email_post import MARIA
from tests.channels.email_samples import ANSWER, MARKER, UTF8, read

LETTER = f"""{MARKER}

Hello Ada, please try to reset your password.

--\x20
{load_email_words().texts["footer"]}
{load_email_words().texts["emergency"].format(emergency_number="911")}
"""
QUOTED = "\n".join(f"> {line}" for line in LETTER.splitlines())


@pytest.mark.parametrize(
    "intro",
    [
        "On Mon, Nov 23, 2026 at 9:00 AM SmartMed Support <support@smartmed.com> wrote:",
        "On Mon, Nov 23, 2026 at 9:00 AM SmartMed Support\n<support@smartmed.com> wrote:",
        "Am 23.11.26 um 09:00 schrieb SmartMed Support:",
        "Le lun. 23 nov. 2026 à 09:00, SmartMed Support <support@smartmed.com> a\nécrit :",
        "El lun, 23 nov 2026 a las 9:00, SmartMed Support (<support@smartmed.com>) escribió:",
        "Op ma 23 nov 2026 om 09:00 schreef SmartMed Support <support@smartmed.com>:",
        "Il giorno lun 23 nov 2026 alle ore 09:00 SmartMed Support <support@smartmed.com> ha scritto:",
        "2026年11月23日(月) 9:00 SmartMed Support <support@smartmed.com>:",
        "W dniu 23.11.2026 o 09:00, SmartMed Support pisze:",
        "пн, 23 нояб. 2026 г. в 09:00, SmartMed Support <support@smartmed.com>:",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_answer_over_our_quoted_letter_is_kept_alone_in_every_language(intro: str, gap: str) -> None:
    assert read(f"It still fails.\n\n{intro}{gap}{QUOTED}\n", UTF8, ANSWER).text == "It still fails."
    assert read(f"{intro}{gap}{QUOTED}\n\nIt still fails.", UTF8, ANSWER).text == "It still fails."


@pytest.mark.parametrize(
    "head",
    [
        "From: SmartMed Support <support@smartmed.com>\nSent: Monday, November 23, 2026 9:00\nTo: Ada\nSubject: Re: Help\n",
        "Von: SmartMed Support <support@smartmed.com>\nGesendet: Montag, 23. November 2026 09:00\nAn: Ada\nBetreff: AW: Hilfe\n",
        "*De :* SmartMed Support\n*Envoyé :* lundi 23 novembre 2026 09:00\n*À :* Ada\n*Objet :* Aide\n",
        "-----Original Message-----\nFrom: SmartMed Support\nSent: Monday, November 23, 2026 9:00\nTo: Ada\nSubject: Re\n",
        "________________________________\nDe: SmartMed Support <support@smartmed.com>\nEnviado: lunes, 23 de noviembre de 2026"
        " 9:00\nPara: Ada\nAsunto: RE: Ayuda\n",
    ],
)
def test_the_letter_that_outlook_puts_below_without_marks_is_not_the_writers(head: str) -> None:
    assert read(f"Still no code.\n\n{head}\n{LETTER}", UTF8, ANSWER).text == "Still no code."
    assert read(f"Still no code.\n\n{head}\nHello Ada, please try this.", UTF8, ANSWER).text == "Still no code."


def test_words_below_our_unmarked_letter_are_kept() -> None:
    assert read(f"{LETTER}\nIt still fails, and I have chest pain.", UTF8, ANSWER).text == (
        "It still fails, and I have chest pain."
    )


def test_answers_between_the_lines_of_our_letter_are_kept() -> None:
    body = f"{QUOTED}\n\nFirefox 131\n\n> What is the exact error text?\n\nE-102\n\n> Anything else?\n\nMy chest hurts."
    assert read(f"On 23 Nov 2026, SmartMed Support wrote:\n{body}", UTF8, ANSWER).text.split("\n\n") == [
        "Firefox 131",
        "E-102",
        "My chest hurts.",
    ]


@pytest.mark.parametrize("head", [ANSWER, "Subject: Help"])
def test_a_line_that_only_begins_with_a_mark_is_no_quote(head: str) -> None:
    assert "> 180 over 110" in read("My pressure is\n> 180 over 110, with chest pain\nwhat now?", UTF8, head).text


@pytest.mark.parametrize(
    "line",
    [
        "---------- Forwarded message ---------",
        "-------- Weitergeleitete Nachricht --------",
        "Begin forwarded message:",
        "---------- Message transféré ----------",
        "-----Mensaje reenviado-----",
    ],
)
@pytest.mark.parametrize("subject", ["Fwd: Payment", "Payment"])
def test_what_is_passed_on_is_read(line: str, subject: str) -> None:
    inner = "From: Shop <shop@x.example>\nDate: Mon, 23 Nov 2026\nSubject: Refused\n\nCode E-102"
    text = read(f"What is this?\n\n{line}\n{inner}", UTF8, f"Subject: {subject}").text
    assert text.startswith("What is this?") and text.endswith("Code E-102") and "shop@x.example" in text
    marked = "\n".join(f"> {part}" for part in inner.splitlines())
    assert read(f"What is this?\n\n{line}\n\n{marked}", UTF8, f"Subject: {subject}").text.endswith("\nCode E-102")


def test_outlook_passes_on_under_a_block_of_headers() -> None:
    inner = "From: Shop <shop@x.example>\nSent: Monday, 23 November 2026 8:00\nTo: Ada\nSubject: Refused\n\nCode E-102"
    assert read(f"See below\n\n{inner}", UTF8, "Subject: FW: Refused", "References: <z@x.example>").text.endswith(
        "E-102"
    )


def test_what_surrounds_a_letter_of_ours_that_is_passed_on_alarms_nobody() -> None:
    text = read(f"Is this yours?\n\n---------- Forwarded message ---------\n{LETTER}", UTF8, "Subject: Fwd: x").text
    assert "reset your password" in text and "medical emergency" not in text


OUTLOOK = """From: Dr. Lee <lee@clinic.example>
Sent: Monday, November 23, 2026 9:00 AM
To: Maria <maria@example.com>
Subject: Your visit

Your visit is on Friday. If this is a medical emergency, call 911.
"""
HEADS = {
    "outlook": OUTLOOK,
    "ruled": f"________________________________\n{OUTLOOK}",
    "original": f"-----Original Message-----\n{OUTLOOK}",
    "german": OUTLOOK.replace("From:", "Von:").replace(
        "Sent: Monday, November 23, 2026", "Gesendet: Montag, 23. November 2026"
    ),
}


@pytest.mark.parametrize("head", HEADS)
def test_danger_under_the_quote_of_somebody_elses_mail_is_heard_and_the_quote_is_kept_once(
    mailbox: Mailbox, head: str
) -> None:
    mailbox.gets(LOG_IN, MARIA)
    calm = f"Please change my visit.\n\n{HEADS[head]}"
    for _ in range(2):
        mailbox.gets(calm, MARIA, ANSWER, "Subject: Re: x")
    assert [row.priority for row in mailbox.people() if row.priority == "critical"] == []
    assert [row.name for row in mailbox.rows(AttachmentRow)] == [load_email_words().texts["quoted_mail"]]
    assert "on Friday" in mailbox.rows(AttachmentRow)[0].content.decode()

    mailbox.gets(f"{calm}\n{CHEST}", MARIA, ANSWER, "Subject: Re: x")

    assert "critical" in [ticket.priority for ticket in mailbox.people()]
    assert CHEST in mailbox.rows(AttachmentRow)[-1].content.decode()
    assert not any("file" in row.body.lower() for row in mailbox.rows(MessageRow) if row.said_by == "bot")


OURS_QUOTED = "From: SmartMed Support <support@smartmed.com>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Maria\nSubject: Re: Help\n\n"


def marked(text: str) -> str:
    """A quote with the mark of one before each line."""
    return "\n".join(f"> {line}" for line in text.splitlines())


MARKED = {
    "of somebody else": marked(f"See this.\n\n{OUTLOOK}"),
    "of an original message": marked(f"See this.\n\n-----Original Message-----\n{OUTLOOK}"),
    "of us": marked(f"{OURS_QUOTED}{LETTER}"),
    "of us, and words between": f"{marked(f'{OURS_QUOTED}Hello Ada.')}\n\nFirefox.\n\n{marked(OUTLOOK)}",
}


@pytest.mark.parametrize("quote", MARKED)
def test_words_under_a_marked_quote_that_holds_the_headers_of_a_mail_are_kept(quote: str) -> None:
    body = f"Hello,\n\nOn Mon, Nov 23, 2026, Dr. Lee <lee@clinic.example> wrote:\n{MARKED[quote]}\n\n{CHEST}"
    mail = read(body, UTF8, ANSWER, "Subject: Re: Help")
    between = ["Firefox."] if "between" in quote else []
    assert ([part for part in mail.text.split("\n\n") if part], mail.quoted) == (["Hello,", *between, CHEST], "")


def test_lines_like_headers_that_the_writer_typed_are_their_words() -> None:
    typed = "Please change my visit.\n\nFrom: maria@example.com\nTo: Friday 10:00\nSubject: my visit\n\nAnd I have chest pain."
    assert read(typed, UTF8, ANSWER, "Subject: Re: x").text == typed
    assert read(typed, UTF8, ANSWER, "Subject: Re: x").quoted == ""


OLD = (
    f"From: Maria <maria@example.com>\nSent: Monday, November 23, 2026 8:00 AM\nTo: Support\nSubject: Help\n\n{CHEST}\n"
)


@pytest.mark.parametrize(
    "quote",
    [
        f"{OURS_QUOTED}{LETTER}\n{OLD}",
        f"{OURS_QUOTED}Hello Ada, please try again.\n\n{OLD}",
        "On Mon, Nov 23, 2026 SmartMed Support wrote:\n"
        + "\n".join(f"> {one}" for one in f"{LETTER}\n{OLD}".splitlines()),
        f"-----Original Message-----\n{OURS_QUOTED}Hello Ada.\n\n{OLD}",
    ],
)
def test_what_stands_under_our_own_letter_was_heard_before(quote: str) -> None:
    mail = read(f"It works now.\n\n{quote}", UTF8, ANSWER, "Subject: Re: Help")
    assert (mail.text, mail.quoted) == ("It works now.", "")


COLLAPSED = "My father collapsed at the table and is not breathing."
MY_OWN = """From: Maria <maria@example.com>
Sent: Monday, November 23, 2026 8:00 AM
To: support@smartmed.com
Subject: Help

My father collapsed at the table
and is not breathing.
"""


def test_danger_in_the_writers_own_old_mail_is_not_told_anew(mailbox: Mailbox) -> None:
    mailbox.gets(COLLAPSED, MARIA)
    for text in ("He is fine now, the ambulance took him.", "Thank you for asking."):
        mailbox.gets(f"{text}\n\n{MY_OWN}", MARIA, ANSWER, "Subject: Re: Help")
    words = [line for line in mailbox.said(f"mail:{MARIA}") if not line.endswith(".txt")]
    assert words == [
        f"Help\n\n{COLLAPSED}",
        "He is fine now, the ambulance took him.",
        "Thank you for asking.",
    ]


def test_danger_typed_under_the_writers_own_old_mail_is_heard(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, MARIA)
    old = MY_OWN.partition("\n\n")[0]
    mailbox.gets(f"See below.\n\n{old}\n\n{LOG_IN}\n\n{CHEST}", MARIA, ANSWER, "Subject: Re: Help")
    assert "critical" in [ticket.priority for ticket in mailbox.people()]
