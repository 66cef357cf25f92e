"""Mails as programs of people really write them: each is read whole, from whom it is, and as what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.channels.email.parse import Mail, read_mail
from bot.channels.email.texts import load_email_words

MAILS = Path(__file__).parent / "mails"
MARKER = load_email_words().texts["marker"]
ADA = "ada@t.example"
LOG_IN = "I cannot log in to my account."
OURS = "<outbox-1.aaaaaaaaaaaaaaaa@smartmed.com>"


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


def the_mail(name: str) -> bytes:
    """A mail of the collection; where it answers, it answers a mail of ours."""
    return (MAILS / f"{name}.eml").read_bytes().replace(b"@@MID@@", OURS.encode())


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


def read(body: str | bytes, *head: str) -> Mail:
    """A mail of Ada's with these headers and this body."""
    heads = ["From: Ada Test <ada@t.example>", "Message-ID: <x@t.example>", *head]
    raw = "\r\n".join(heads).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())
    return read_mail(message_from_bytes(raw), MARKER)


UTF8 = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
ANSWER = f"In-Reply-To: {OURS}"
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


def many(kind: str, *parts: str) -> tuple[str, str]:
    """A body of several parts, and the header that says so."""
    whole = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"{whole}--b--\r\n", f"Content-Type: multipart/{kind}; boundary=b"


PICTURE = 'Content-Type: image/png; name="a.png"\r\nContent-Disposition: inline\r\n\r\n\x89PNG'
TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\n"


def test_words_before_between_and_after_files_are_all_read() -> None:
    body, head = many("mixed", f"{TEXT}First.", PICTURE, f"{TEXT}Second.", PICTURE, f"{TEXT}I have chest pain.")
    mail = read(body, head)
    assert mail.text == "First.\n\nSecond.\n\nI have chest pain."
    assert [file.name for file in mail.files] == ["a.png"] and mail.files[0].decoration


def test_a_picture_alone_in_a_mail_is_no_decoration() -> None:
    body, head = many("mixed", PICTURE)
    assert not read(body, head).files[0].decoration


def test_a_file_beside_the_html_is_kept_when_the_plain_version_is_read() -> None:
    pdf = 'Content-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: inline\r\n\r\n%PDF'
    inner, kind = many("mixed", "Content-Type: text/html\r\n\r\n<p>See the file</p>", pdf)
    inner = inner.replace("--b", "--i")
    body, head = many("alternative", f"{TEXT}See the file", f"{kind.replace('=b', '=i')}\r\n\r\n{inner}")
    mail = read(body, head)
    assert mail.text == "See the file" and [file.name for file in mail.files] == ["a.pdf"]


def test_a_mail_in_a_mail_in_a_mail_is_read() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nFrom: c@x.example\r\nSubject: Innermost\r\n\r\nCode E-7"
    middle = "Content-Type: message/rfc822\r\n\r\nFrom: b@x.example\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n"
    body, head = many("mixed", f"{TEXT}Look.", f"{middle}{TEXT}Middle\r\n--i\r\n{inner}\r\n--i--")
    text = read(body, head).text
    assert all(words in text for words in ("Look.", "b@x.example", "Middle", "Innermost", "Code E-7"))


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-8-e", "iso8859-8", "אני לא מצליח"),
        ("x-sjis", "cp932", "①ログインできません"),
        ("gb2312", "gb18030", "無法登錄 镕"),
        ("euc-kr", "cp949", "똠방각하"),
        ("iso-8859-1", "utf-8", "J’ai mal à la poitrine"),
        ("us-ascii", "utf-8", "grüße"),
        ("us-ascii", "cp1252", "can’t"),
        ("no-such-charset", "utf-8", "grüße"),
        ("utf-8", "cp1252", "can’t – “invalid”"),
        ("windows-1251", "cp1251", "не могу войти"),
        ("koi8-r", "koi8-r", "не могу войти"),
        ('"utf-8"', "utf-8", "grüße"),
        ("iso-2022-jp", "iso2022_jp_ext", "ログイン"),
        ("utf-8", "iso2022_jp", "ログイン"),
        ("utf-16", "utf-16", "grüße"),
        ("iso-8859-9", "cp1254", "giriş yapamıyorum …"),
    ],
)
def test_a_label_is_read_as_programs_mean_it(label: str, codec: str, words: str) -> None:
    head = f"Content-Type: text/plain; charset={label}"
    assert read(words.encode(codec), head, "Content-Transfer-Encoding: 8bit").text == words


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>',
        '<span style="DISPLAY : none !important">{}</span>',
        '<p style="font-size:0">{}</p>',
        '<div style="font-size:0px;line-height:0">a<b>{}</b></div>',
        '<div style="max-height:0;overflow:hidden">{}</div>',
        '<div style="visibility:hidden">{}</div>',
        '<div style="opacity:0">{}</div>',
        '<div style="mso-hide:all">{}</div>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        "<div hidden>{}</div>",
        "<style>.pre, p.x{{color:red;display:none}}</style><div class='a pre'>{}</div>",
        "<style>#h{{display:none}}</style><div id=h><p>{}</p></div>",
        "<!-- {} -->",
        "<!--[if mso]>{}<![endif]-->",
        "<title>{}</title>",
        "<script>{}</script>",
        "<template>{}</template>",
    ],
)
def test_what_is_hidden_in_html_is_not_read(hidden: str) -> None:
    words = hidden.format("I have chest pain")
    assert read(f"<html><body>{words}<p>I cannot log in.</p></body></html>", HTML).text == "I cannot log in."


def test_what_only_a_phone_hides_is_read() -> None:
    style = "<style>@media screen and (max-width:480px){.wide{display:none}}</style>"
    assert read(f'{style}<p class="wide" style="font-size:0.9em">I cannot log in.</p>', HTML).text == "I cannot log in."


@pytest.mark.parametrize("depth", [10, 39_000])
def test_html_of_any_depth_is_read_in_time(depth: int) -> None:
    assert "I cannot log in" in read("<div>" * depth + "I cannot log in", HTML).text


def test_a_long_mail_is_read_to_its_end() -> None:
    mail = read("\n".join(f"line {n}" for n in range(2000)) + "\nI have chest pain.", UTF8)
    assert mail.text.startswith("line 0") and mail.rest.endswith("I have chest pain.")


def test_a_signed_mail_that_is_wrapped_whole_is_opened() -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs7

    from tests.makers import NINE, days

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ada")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(NINE).not_valid_after(NINE + days(9))
    inner = b"Content-Type: text/plain; charset=utf-8\r\n\r\nI have chest pain and cannot reach the doctor."
    builder = (
        pkcs7.PKCS7SignatureBuilder().set_data(inner).add_signer(made.sign(key, hashes.SHA256()), key, hashes.SHA256())
    )
    body = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    kind = 'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'
    from base64 import encodebytes

    mail = read(encodebytes(body), kind, "Content-Transfer-Encoding: base64")
    assert mail.text == "I have chest pain and cannot reach the doctor." and not mail.unread


@pytest.mark.parametrize("kind", ["multipart/encrypted", "application/ms-tnef", "application/pkcs7-mime"])
def test_what_cannot_be_read_is_said_to_be_unread(kind: str) -> None:
    body, _ = many("x", "Content-Type: application/octet-stream\r\n\r\n\x00\x01")
    assert read(body, f"Content-Type: {kind}; boundary=b").unread


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("Auto-Submitted: auto-replied",), "auto_reply"),
        (("Auto-Submitted: no",), ""),
        (("X-Autoreply: yes",), "auto_reply"),
        (("X-Auto-Response-Suppress: All",), ""),
        (("Return-Path: <>",), "auto_reply"),
        (("Return-Path: <>", "Auto-Submitted: auto-replied"), "auto_reply"),
        (("Return-Path: <>", "Subject: Undeliverable: Re: x"), "bounce"),
        (("Subject: Out of office", ANSWER), "auto_reply"),
        (("Subject: Réponse automatique : absence", ANSWER), "auto_reply"),
        (("Subject: Automatic reply: x",), "perhaps_machine"),
        (("Subject: Out of office hours, whom do I call?",), ""),
        (("Auto-Submitted: auto-generated", "Reply-To: Bob <bob@x.example>"), ""),
        (("Auto-Submitted: auto-generated",), "auto_reply"),
        (("List-Id: <l.x.example>",), "list"),
    ],
)
def test_a_machine_is_known_by_all_its_signs_together(heads: tuple[str, ...], kind: str) -> None:
    assert read(LOG_IN, UTF8, *heads).machine == kind


def test_a_bounce_in_plain_words_names_the_mail_that_came_back_and_no_older_one() -> None:
    older, back = OURS.replace("-1.", "-2."), OURS
    body = f"Hi. This is the qmail-send program.\n<ada@t.example>:\nno such user\n\nMessage-ID: {back}\nReferences: {older}\n"
    raw = f"From: MAILER-DAEMON@t.example\r\nReturn-Path: <>\r\nSubject: failure notice\r\n\r\n{body}"
    mail = read_mail(message_from_bytes(raw.encode()), MARKER)
    assert mail.machine == "bounce" and mail.returned == (back,)


def test_the_person_who_looks_after_the_mail_of_a_clinic_is_looked_at_by_people() -> None:
    raw = f"From: Bo <postmaster@clinic.example>\r\nSubject: Help\r\n\r\n{LOG_IN}"
    assert read_mail(message_from_bytes(raw.encode()), MARKER).machine == "perhaps_machine"
