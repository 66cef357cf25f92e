"""What a mail says as it is taken in: what is read at once, what is left of it, and where danger is heard."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from bot.actions.receive import MOST_CHARACTERS
from bot.channels.email.auto_generated import without_advice
from bot.channels.email.mime_parts import File
from bot.channels.email.parse import Mail
from bot.channels.email.texts import load_email_words
from bot.understanding.reading import DANGEROUS, Reading

Read = Callable[[str], Reading]
LONG_LINE = 20
"""So many characters in a row are no accident."""


def words(mail: Mail, *, first: bool) -> tuple[str, str]:
    """What is read at once, and what is left; a first mail often says in its subject what the matter is, that of a reply
    is ours."""
    text = mail.text
    if first and not mail.is_reply and mail.subject and mail.subject.lower() not in mail.text.lower():
        text = f"{mail.subject}\n\n{mail.text}".strip()
    return text[:MOST_CHARACTERS], f"{text[MOST_CHARACTERS:]}{mail.rest}"


def files(mail: Mail, text: str, rest: str) -> Iterator[File]:
    """The files of a mail, and the whole of one that is too long to be shown at once, or that quotes somebody else; a quote
    is kept once, and not spoken of."""
    yield from mail.files
    if rest or mail.quoted:
        whole = "\n\n".join(part for part in (f"{text}{rest}" if rest else "", mail.quoted) if part)
        name = load_email_words().texts["whole_mail" if rest else "quoted_mail"]
        yield File(name, whole.encode(), decoration=not rest)


def danger_in(mail: Mail, read: Read) -> str:
    """The part of a mail that may be set aside in which danger is heard; empty where there is none."""
    whole = "".join(words(mail, first=True))
    told = f"{without_advice(whole) if mail.machine else whole}{_heard_of_quote(mail)}"
    return next((part for _, part in _parts(told) if read(part).decision in DANGEROUS), "")


def emergency_in(rest: str, mail: Mail, read: Read, before: Collection[str]) -> tuple[int, str] | None:
    """Where in what was left of a mail an emergency is told, and the words of it. `before`: what the writer has told us; of
    a quote only the rest is heard, for what they told was answered then."""
    left = f"{rest}{_heard_of_quote(replace(mail, quoted=_not_in(mail.quoted, before)))}"
    return next(((at, part) for at, part in _parts(left) if read(part).decision == "emergency"), None)


def _heard_of_quote(mail: Mail) -> str:
    """A quote as danger is heard in it: its advice whom to call is no danger."""
    return f"\n\n{without_advice(mail.quoted)}" if mail.quoted else ""


def _not_in(text: str, before: Collection[str]) -> str:
    """The lines that do not stand in the earlier words, however a mail program has broken them; a short line is looked for as
    a whole line."""
    whole = " ".join(" ".join(words.split()) for words in before)
    lines = {" ".join(line.split()) for words in before for line in words.splitlines()}
    bare = ((line, " ".join(line.split())) for line in text.splitlines())
    return "\n".join(line for line, one in bare if one not in lines and not (len(one) >= LONG_LINE and one in whole))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """As much as can be read at once, one after another, each with its place."""
    return ((at, text[at : at + MOST_CHARACTERS]) for at in range(0, len(text), MOST_CHARACTERS))
