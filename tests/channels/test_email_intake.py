"""What a mail says arrives whole: danger wherever it stands, pictures as pictures, nothing of a person dropped."""

import pytest

from bot.channels.email.texts import load_email_words
from bot.storage.tables import AttachmentRow, MessageRow
from tests.channels.email_mailbox import CHEST, LOG_IN, Mailbox
from tests.channels.email_post import MARIA
from tests.channels.email_samples import the_mail


def test_the_same_message_id_with_other_words_is_another_mail(mailbox: Mailbox) -> None:
    for text, seen in ((LOG_IN, 1), (LOG_IN, 1), ("I have lost my phone", 2)):
        mailbox.number = 0
        mailbox.gets(text, MARIA)
        assert len(mailbox.said(f"mail:{MARIA}")) == seen


@pytest.mark.parametrize(
    ("name", "silent", "flagged"),
    [
        ("xars", "", False),
        ("ooo_hdr", "auto_reply", False),
        ("ooo_de", "auto_reply", False),
        ("list_unsub", "list", True),
        ("prec_bulk", "list", True),
        ("cal_reply", "calendar", True),
        ("mdn", "receipt", False),
        ("dsn_ok", "receipt", False),
        ("tnef", "", True),
        ("smime_opaque", "", True),
        ("two_from", "no_address", True),
        ("idn", "", False),
    ],
)
def test_nothing_of_a_person_is_dropped_without_a_flag(mailbox: Mailbox, name: str, silent: str, flagged: bool) -> None:
    taken = mailbox.takes(the_mail(name))
    assert (taken.silent, taken.to_look_at) == (silent, flagged)


@pytest.mark.parametrize("name", ["tnef", "smime_opaque"])
def test_who_sends_what_we_cannot_read_is_told_so_and_of_no_file(mailbox: Mailbox, name: str) -> None:
    mailbox.takes(the_mail(name))
    told = "\n".join(row.body for row in mailbox.rows(MessageRow) if row.said_by == "bot")
    assert load_email_words().texts["unread"] in told and "take that file" not in told


PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVR4nGPkrDjBwMDAwMDAxAADABafAU1QJTUyAAAAAElFTkSuQmCC"
LOGO = (
    "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>{}</p><img src='cid:logo'>\r\n--r\r\nContent-Type: image/png; name=\"image001.png\"\r\nContent-ID: <logo>\r\n"
    "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--r--\r\n"
)
FILE = (
    "Content-Type: multipart/mixed; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\n{}\r\n--r\r\n"
    'Content-Type: image/png; name="screen.png"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    "{picture}\r\n--r--\r\n"
)


@pytest.mark.parametrize("form", [LOGO, FILE])
def test_a_picture_that_comes_with_words_answers_no_question(mailbox: Mailbox, form: str) -> None:
    head = f"From: Ada <{MARIA}>\r\nTo: support@smartmed.com\r\nSubject: Re: x\r\nMessage-ID: <%d@x.example>\r\n"
    for number, text in enumerate(["I want to talk to a person", *["skip"] * 6]):
        if mailbox.people():
            break
        mailbox.takes((head % number + form.replace("{picture}", PICTURE).format(text)).encode())
    details = [detail.value for ticket in mailbox.people() for detail in ticket.request.details]
    assert details and not any(".png" in value for value in details)
    assert mailbox.rows(AttachmentRow)
    assert form is FILE or len(mailbox.rows(AttachmentRow)) == 1


def test_danger_at_the_end_of_a_long_mail_is_heard_and_the_whole_is_kept(mailbox: Mailbox) -> None:
    mailbox.gets("\n".join(f"Line {n} of my story about the app." for n in range(400)) + f"\n{CHEST}", MARIA)
    assert [ticket.priority for ticket in mailbox.people()] == ["critical"]
    assert CHEST in mailbox.rows(AttachmentRow)[0].content.decode()


@pytest.mark.parametrize("name", ["gt_line", "html_between", "ps", "ps2", "sentfrom_mid", "dashes"])
def test_danger_is_heard_wherever_it_stands_in_a_mail(mailbox: Mailbox, name: str) -> None:
    mailbox.takes(the_mail(name))
    assert [ticket.priority for ticket in mailbox.people()] == ["critical"]


def told(mailbox: Mailbox, after: int = 0) -> str:
    """What we have said since."""
    return "\n".join(row.body for row in mailbox.rows(MessageRow)[after:] if row.said_by == "bot")


MIXED = "Content-Type: multipart/mixed; boundary=r"


@pytest.mark.parametrize(
    "heads", [(MIXED, "Subject: My scans"), ("Subject: My scans",), (MIXED,), (MIXED, "Subject: Re: x")]
)
def test_a_mail_too_large_to_fetch_is_told_to_its_writer_and_flagged(mailbox: Mailbox, heads: tuple[str, ...]) -> None:
    taken = mailbox.gets_the_head(MARIA, *heads)

    assert taken.to_look_at and not taken.silent
    assert load_email_words().texts["too_large"] in told(mailbox)


def test_an_answer_too_large_to_fetch_answers_no_question_and_is_news_on_a_ticket(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, MARIA)
    mailbox.gets_the_head(MARIA, MIXED, "Subject: Re: Your message to SmartMed support")
    assert mailbox.said(f"mail:{MARIA}") == [f"Help\n\n{LOG_IN}"]
    for text in ("I want to talk to a person", *["skip"] * 6):
        if not mailbox.people():
            mailbox.gets(text, MARIA)
    before = len(mailbox.said(f"mail:{MARIA}"))
    mailbox.gets_the_head(MARIA, MIXED, "Subject: Re: [Ticket #1]")
    assert mailbox.said(f"mail:{MARIA}")[before:] == ["Re: [Ticket #1]"]


@pytest.mark.parametrize("subject", [CHEST, f"Re: {CHEST}"])
def test_danger_in_the_subject_of_a_mail_too_large_to_fetch_is_heard(mailbox: Mailbox, subject: str) -> None:
    assert mailbox.gets_the_head(MARIA, MIXED, f"Subject: {subject}").to_look_at
    assert [ticket.priority for ticket in mailbox.people()] == ["critical"]
