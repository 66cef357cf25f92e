"""The body of a mail in whatever form it comes: parts, charsets, HTML, signatures, any length."""

import pytest

from tests.channels.email_samples import UTF8, read

HTML = "Content-Type: text/html; charset=utf-8"


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
