"""Mails as programs of people really write them: each is read whole, from whom it is, and as what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes

import pytest

from bot.channels.email.parse import read_mail
from tests.channels.email_samples import MAILS, MARKER, the_mail

ADA = "ada@t.example"
LOG_IN = "I cannot log in to my account."


@dataclass(frozen=True)
class Read:
    """What a mail must be read as."""

    text: str
    address: str = ADA
    name: str = "Ada Test"
    machine: str = ""
    reply_to: str = ""
    files: tuple[str, ...] = ()
    unread: bool = False


FORWARDED = """---------- Forwarded message ---------
From: SmartMed App <no-reply@smartmed.com>
Date: Mon, Nov 23, 2026 at 8:00 AM
Subject: Payment failed
To: ada@t.example

Your payment of 40 USD failed with code E-102."""
INVITED = "Ada Test has accepted this invitation."
AWAY_DE = "Ich bin bis 5. Dezember nicht im Büro. In dringenden Fällen wenden Sie sich an die Zentrale."
READ = {
    "alt_between": Read("Hello,\n\nFirefox 131 on Windows.\n\nIt says E-102."),
    "angle_name": Read(LOG_IN, "eve@t.example", ""),
    "at_in_name": Read(LOG_IN, "real@t.example", ""),
    "attrib_between": Read("See my answers below.\n\nFirefox 131 on Windows.\n\nIt says E-102."),
    "cal_only": Read("", machine="calendar"),
    "cal_reply": Read(INVITED, machine="calendar"),
    "comma_name": Read(LOG_IN, "joerg@t.example", "Müller, Jörg"),
    "comma_name_b64": Read(LOG_IN, "maria@t.example", "Lopez, María"),
    "dashes": Read(f"{LOG_IN}\n--\nAda\n\n-- \nI have chest pain"),
    "dsn_ok": Read("Delivered.", "mailer-daemon@t.example", "Mail System", "receipt"),
    "emoji_only": Read("😭"),
    "empty_all": Read(""),
    "filename_first": Read("The app crashes, the log is attached.", files=("app.log",)),
    "from_line": Read("Please change my visit.\nFrom: Monday 9:00\nTo: Tuesday 10:00\nSubject: knee pain\nThank you!"),
    "fwd_attached": Read(
        "Please see the attached mail.\n\nFrom: app@x.example\nSubject: Your payment failed\n\nCode E-102"
    ),
    "fwd_inline": Read(f"Hi, I got this message and cannot log in. See below.\n\n{FORWARDED}"),
    "fwd_only": Read(FORWARDED),
    "group_from": Read(LOG_IN, "support@smartmed.com", reply_to=ADA),
    "gt_line": Read("My pressure is\n> 180 over 110 and I have chest pain\nwhat should I do in the app"),
    "hebrew_i": Read("אני לא מצליח להתחבר"),
    "html_between": Read("Hello,\nFirefox 131 on Windows.\nIt says E-102, and I also have chest pain."),
    "html_meta": Read("Nemohu se přihlásit, žádné heslo"),
    "html_nested_div": Read("That did not help, still E-102."),
    "html_table": Read("Name Ada\nProblem cannot log in\nError E-102"),
    "html_title": Read("I cannot log in."),
    "idn": Read(LOG_IN, "ada@xn--bcher-kva.example", "Ada"),
    "inline_log": Read("The app crashes, the log is attached.", files=("app.log",)),
    "iso2022_nocharset": Read("ログインできません"),
    "ja_quote": Read("だめでした。"),
    "ksc": Read("로그인이 안돼요 똠방"),
    "latin1_cp1252": Read("I can’t log in – it says “invalid” for 40 €"),
    "list_unsub": Read(LOG_IN, machine="list"),
    "marker_nbsp": Read("Niet gelukt."),
    "marker_wrapped": Read("Niet gelukt."),
    "mdn": Read("This message was displayed.", machine="receipt"),
    "name_enc_file": Read("See the picture.", files=("Bildschirm für Arzt.png",)),
    "nl_quote": Read("Dat werkt niet."),
    "nocharset_cp1252": Read("I can’t log in – don’t know why"),
    "ooo_de": Read(AWAY_DE, machine="auto_reply"),
    "ooo_hdr": Read("I am on holiday until December 5.", machine="auto_reply"),
    "outlook_it": Read("Non funziona."),
    "paren_name": Read(LOG_IN, "joerg2@t.example", "Jörg Müller (Praxis)"),
    "pgp_signed": Read(LOG_IN),
    "plain_stub": Read(LOG_IN),
    "prec_bulk": Read(LOG_IN, machine="list"),
    "ps": Read(f"{LOG_IN}\n\nBest regards,\nAda Test\n\nP.S. Since this morning I have strong chest pain."),
    "ps2": Read(f"{LOG_IN}\n\nThanks\nAda\n\nPS: Since this morning I have strong chest pain."),
    "qp_soft": Read("I cannot log in, café."),
    "quoted_comma": Read(LOG_IN, "jo@t.example", "Miller, Jo"),
    "raw_utf8_from": Read(LOG_IN, "joerg3@t.example", "Jörg Müller"),
    "replyto": Read(LOG_IN, "form@t.example", "Ada", reply_to=ADA),
    "replyto_own": Read(LOG_IN, "support@smartmed.com", "Ada", reply_to=ADA),
    "sentfrom_mid": Read(f"{LOG_IN}\n\nSent from my iPhone\n\nI forgot to say: I have chest pain."),
    "smime_opaque": Read("", unread=True),
    "smime_signed": Read(LOG_IN),
    "tnef": Read("", unread=True),
    "two_from": Read(LOG_IN, "", "Ada"),
    "underscores": Read(
        "I tried this:\n________________\nrestart: no change\nreinstall: no change\nNow the screen is white."
    ),
    "win1250_html": Read("Nemohu se přihlásit, žádné heslo"),
    "wrote_line": Read("The doctor in your app wrote:\nplease double the dose. Is this right? I feel faint."),
    "wrote_line2": Read("I cannot log in.\nThis is what the error page wrote:\nE-102 wrong device"),
    "xars": Read(LOG_IN),
}


def names() -> Iterator[str]:
    return (path.stem for path in sorted(MAILS.glob("*.eml")))


@pytest.mark.parametrize("name", names())
def test_each_mail_of_the_collection_is_read_whole_and_from_whom_it_is(name: str) -> None:
    mail, wanted = read_mail(message_from_bytes(the_mail(name)), MARKER), READ[name]
    assert mail.text == wanted.text
    assert (mail.address, mail.name, mail.reply_to) == (wanted.address, wanted.name, wanted.reply_to)
    assert mail.machine == wanted.machine
    if not wanted.machine:
        assert tuple(file.name for file in mail.files) == wanted.files
        assert bool(mail.unread) == wanted.unread
