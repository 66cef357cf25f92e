"""The guide's rules over any text that a person can read: plain and kind words, no secrets, our own links and screens."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from unicodedata import normalize
from urllib.parse import urlsplit

from bot.markdown import linked
from bot.understanding.text.asks_secret import QUOTES, UNSEEN, Secrets, compiled
from handoff.data_files import read_yaml
from handoff.policy.model import Policy
from handoff.policy.texts import Communication, LinksRule, WordRule
from handoff.telephones import digits_of

Reader = Literal["user", "staff"]
FOR_STAFF_TOO = ("compliance_claims", "clinical", "blame", "unsafe")
"""Rules that hold where only staff read; the others are about words that users do not know or promises to them."""
MOST_WORDS_OF_A_NAME = 5
LONGEST_TEXT = 120
"""Lines of a file among which the words of one text are looked for."""
SLOT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w*\}", re.DOTALL)
_TARGET = re.compile(r"\](?:\(|:[ \t])\s*<?([^)\s>]*)|(?:href|src|action)\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)[^\s)>\]\"']+", re.IGNORECASE)
_SCHEME = re.compile(r"\b(?:javascript|data|vbscript|file|blob|ftp|sms|intent|market):(?=[^\s])", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ENDINGS = "com|net|org|io|co|app|info|biz|help|health|care|support|me|ly|dev|link|site|online|xyz|example|test"
_DOMAIN = re.compile(rf"(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?![\w.-]*@)", re.IGNORECASE)
_SPOKEN_DOT = re.compile(rf"\s*(?:\s|[\[(])dot(?:\s|[\])])\s*(?=(?:{_ENDINGS})\b)", re.IGNORECASE)
"""A point that is written out, as in `another dot com`."""
_SHORT_NUMBER = re.compile(
    r"\b(?:call|text|dial|ring|phone)\b[^.!?\n\d]{0,40}?(?<![\w-])(\d{3,6})(?![\w-])", re.IGNORECASE
)
"""A number of three to six digits that people are told to call or to text."""
_NUMBER = re.compile(r"(?<![\w/.#-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])|(?<!\w)1-\d{3}-[A-Z0-9-]{4,}(?!\w)")
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred|double|triple)"
_SPOKEN_NUMBER = re.compile(rf"\b{_DIGIT}(?:[ ,.-]+(?:and )?{_DIGIT}){{5,}}\b", re.IGNORECASE)
"""A telephone number that is written out."""
_OTHER_SCRIPT = "\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff"
_MIXED = re.compile(rf"\b(?:[A-Za-z][\w'-]*[{_OTHER_SCRIPT}]|[{_OTHER_SCRIPT}][\w'-]*[A-Za-z])[\w'-]*")
"""A word with letters of two scripts: Greek, Cyrillic, Armenian and Cherokee have some that look like Latin ones."""
_TAG = re.compile(r"</?[a-z][\w-]*(?:\s[^<>]*)?/?>|<!--|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?!\s)(.+?)\*\*", re.DOTALL)
_PRESSED = re.compile(
    r"\b(?:[Cc]hoose|[Pp]ress|[Tt]ap|[Cc]lick|[Ss]elect|[Tt]ick)\s+(?:on\s+)?(?:the\s+)?[\"']([^\"'\n]{2,40})[\"']"
)
_NAME = r"((?:[A-Z][\w-]*)(?:[ \t]+[A-Z][\w-]*){0,3})"
_PLAIN_NAME = re.compile(
    rf"\b(?:[Cc]hoose|[Pp]ress|[Tt]ap|[Cc]lick|[Ss]elect|[Tt]ick)[ \t]+(?:on[ \t]+)?(?:the[ \t]+(?:[a-z]+[ \t]+){{0,3}}?)?{_NAME}"
)
_LED_TO = re.compile(
    r"\b(?:[Gg]o[ \t]+(?:back[ \t]+)?(?:in)?to|[Oo]pen|[Ff]ind|[Ll]ook[ \t]+(?:under|in|at|for)|[Uu]nder|[Vv]isit"
    rf"|called|named|label?led)[ \t]+(?:the[ \t]+)?(?:[a-z]+[ \t]+){{0,2}}?{_NAME}"
)
NO_SCREENS = frozenset(
    "PDF|Spam|Wi-Fi|MFA|2FA|Bluetooth|QR|FAQ|US|English|I|I'm|Windows|Mac|Android|iPhone|iPad|Apple|Microsoft|Google|Safari|Chrome|Edge|Firefox"
    "|Gmail|Outlook|Yahoo|Junk|VPN|Airplane Mode|Flight Mode|Control Center|Samsung|Google Chrome|Microsoft Edge|Task Manager"
    "|App Store|Google Play|Play Store|Microsoft Store|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split(
        "|"
    )
)
"""What people know by these names whatever SmartMed shows: programs, makers, things, days."""


@dataclass(frozen=True)
class Text:
    """A text as a person reads it. `steps`: it tells what to press. `foreign`: it is in another language."""

    file: str
    line: int
    text: str
    reader: Reader = "user"
    steps: bool = False
    foreign: bool = False
    source: tuple[str, ...] = ()
    """The lines of its file."""

    def line_of(self, words: str) -> int:
        """The line on which these words of it stand, as near as it can be told."""
        wanted = words.split()
        for length in (len(wanted), 3, 2, 1):
            part = " ".join(wanted[:length]).lower()
            for number in range(self.line, min(self.line + LONGEST_TEXT, len(self.source) + 1)):
                if part and part in self.source[number - 1].replace("**", "").lower():
                    return number
        return self.line


@dataclass(frozen=True)
class Said:
    """What is wrong with a text, and the words in it that show where."""

    message: str
    words: str


class Wording:
    """The rules of one guide, and the names on screens, ready to be asked of texts."""

    def __init__(self, policy: Policy, screens: Iterable[str] | None = None) -> None:
        rules: Communication = policy.communication
        self._rules = {name: (rule.say, rule.do, _matcher(rule)) for name, rule in rules.rules.items()}
        self._secrets = Secrets(rules.asks_for_secrets)
        contacts = [channel.contact for channel in policy.channels.channels.values()]
        self._links = _Links(rules.links, contacts, policy.knowledge_base.host)
        self._screens = None if screens is None else {_plainly(name) for name in screens}
        self._told: dict[tuple[str, Reader, bool, bool], tuple[Said, ...]] = {}

    def faults(self, text: str, reader: Reader = "user") -> Iterator[str]:
        """What is wrong with the wording, in words."""
        yield from (said.message for said in self.said(text, reader))

    def said(self, text: str, reader: Reader = "user", *, steps: bool = False, foreign: bool = False) -> Iterator[Said]:
        """Everything that is wrong with a text. `steps`: it tells what to press, so names of screens must be known ones.
        `foreign`: it is in another language, where a secret is not even mentioned."""
        bare = SLOT.sub(" ", text)
        flat = " ".join(normalize("NFKC", UNSEEN.sub("", bare).translate(QUOTES)).replace("**", "").split())
        for name, (say, do, words) in self._rules.items():
            if reader == "staff" and name not in FOR_STAFF_TOO:
                continue
            for hit in sorted({found[0] for found in words.finditer(flat)}):
                yield Said(f"`{hit}` {say}: {do}", hit)
        for hit in self._secrets.asked(bare, foreign=foreign):
            yield Said(
                f"`{_short(hit)}` asks for a secret: never ask for a password, a code, a card or an identity number",
                hit,
            )
        yield from self._links.said(bare)
        for hit in dict.fromkeys(found[0] for found in _TAG.finditer(bare)):
            yield Said(f"`{_short(hit)}` would be shown as it stands: no HTML here, say it in words", hit)
        if not foreign:
            yield from (
                Said(f"`{hit}`: a letter of it is of another script and only looks like ours: type the word anew", hit)
                for hit in dict.fromkeys(found[0] for found in _MIXED.finditer(bare))
            )
        if "[…]" in bare:
            yield Said("a word was hidden where […] stands: write the sentence anew, true for everybody", "[…]")
        if steps and self._screens is not None:
            yield from self._names(text)

    def of(self, text: Text) -> Iterator[Said]:
        """Everything that is wrong with a text of a file; nearly all texts were asked about before the last edit too."""
        asked = (text.text, text.reader, text.steps, text.foreign)
        if asked not in self._told:
            self._told[asked] = tuple(self.said(text.text, text.reader, steps=text.steps, foreign=text.foreign))
        yield from self._told[asked]

    def _names(self, text: str) -> Iterator[Said]:
        plain = _BOLD.sub(" ", SLOT.sub(" ", text))
        found = [*_BOLD.findall(text), *_PRESSED.findall(text), *_PLAIN_NAME.findall(plain), *_LED_TO.findall(plain)]
        for name in dict.fromkeys(found):
            if self._is_no_name(name) or self._known(name):
                continue
            told = "is no name of a screen: take one of kb_articles/glossary.yml, or add it there with the place where it is"
            yield Said(f"`{name}` {told}", name)

    def _known(self, name: str) -> bool:
        """A name of the glossary, alone or behind what people know (`iPhone Settings`); a sentence may go on in small letters."""
        assert self._screens is not None
        words = _plainly(name).split()
        known = self._screens | NO_SCREENS
        while len(words) > 1 and words[0] in NO_SCREENS and " ".join(words) not in known and not words[1][0].islower():
            words = words[1:]
        return any(
            " ".join(words[:length]) in known and (length == len(words) or words[length][0].islower())
            for length in range(len(words), 0, -1)
        )

    @staticmethod
    def _is_no_name(text: str) -> bool:
        """Emphasis: a slot, a number, a whole sentence."""
        bare = SLOT.sub("", text).strip()
        letters = re.sub(r"[\W\d_]+", "", bare)
        return not letters or len(bare.split()) > MOST_WORDS_OF_A_NAME or bare.endswith(":") or bare.startswith("1-800")


def wording_of(policy: Policy, articles: Path) -> Wording:
    """The rules, with the names that the glossary of a folder of articles holds; raises DataFaults."""
    glossary = read_yaml(articles / "glossary.yml", articles.parent).data
    rows = glossary.values() if isinstance(glossary, dict) else ()
    screens = tuple(str(row["text"]) for row in rows if isinstance(row, dict) and "text" in row)
    key = (
        policy.communication.model_dump_json(),
        policy.channels.model_dump_json(),
        policy.knowledge_base.host,
        screens,
    )
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = Wording(policy, screens)
    return _KEPT[key]


_KEPT: dict[object, Wording] = {}
"""The rules as they were last asked for, with what they said of each text."""


class _Links:
    """Where a text sends people: only to our own hosts, and to the addresses and numbers of the guide."""

    def __init__(self, rule: LinksRule, contacts: Iterable[str], host: str) -> None:
        self._hosts = (*rule.hosts, host)
        self._mails = {contact.lower() for contact in contacts if "@" in contact}
        numbers = (*rule.telephones, *(contact for contact in contacts if re.match(r"\+?[\d]", contact)))
        self._numbers = {digits_of(number) for number in numbers}

    def said(self, text: str) -> Iterator[Said]:
        """The addresses that are not ours."""
        for hit in dict.fromkeys(self._foreign(normalize("NFKC", UNSEEN.sub("", text)))):
            yield Said(
                f"`{_short(hit)}` leads away from SmartMed: link only to our own pages, addresses and numbers", hit
            )

    def _foreign(self, text: str) -> Iterator[str]:
        text = _SPOKEN_DOT.sub(".", text)
        targets = [one or other for one, other in _TARGET.findall(text)]
        yield from (target for target in targets if not self._is_ours(target))
        yield from (hit[0] for hit in _SCHEME.finditer(text))
        for found in _ADDRESS.finditer(text):
            if not self._host_is_ours(found[0]):
                yield found[0]
        yield from (hit[0] for hit in _MAIL.finditer(text) if hit[0].lower().rstrip(".") not in self._mails)
        without = _MAIL.sub(" ", _ADDRESS.sub(" ", text))
        yield from (hit[0] for hit in _DOMAIN.finditer(without) if not self._host_is_ours(hit[0]))
        yield from (link for link in linked(without) if not self._host_is_ours(link))
        yield from (hit[0] for hit in _SPOKEN_NUMBER.finditer(without))
        yield from (hit[1] for hit in _SHORT_NUMBER.finditer(without.replace("**", "")) if self._strange(hit[1]))
        yield from (hit[0] for hit in _NUMBER.finditer(without) if _is_telephone(hit[0]) and self._strange(hit[0]))

    def _strange(self, number: str) -> bool:
        return digits_of(number) not in self._numbers

    def _is_ours(self, target: str) -> bool:
        scheme, _, rest = target.partition(":")
        if scheme.lower() == "mailto":
            return rest.partition("?")[0].lower() in self._mails
        if scheme.lower() == "tel":
            return not self._strange(rest)
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE) or target.startswith(("//", "\\")):
            return self._host_is_ours(target)
        return True

    def _host_is_ours(self, address: str) -> bool:
        written = address if "//" in address else f"//{address}"
        try:
            parts = urlsplit(written.rstrip(".,;:!?"))
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return False
        if parts.scheme not in ("", "https") or "@" in parts.netloc:
            return False
        return any(host == own or host.endswith(f".{own}") for own in self._hosts)


def _is_telephone(text: str) -> bool:
    """A row of digits that is meant to be called: seven or more, and no day, time or amount."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    return len(re.sub(r"\D", "", text)) >= 7 or bool(re.search(r"[A-Z]", text))


def _matcher(rule: WordRule) -> re.Pattern[str]:
    words = "|".join(rule.words)
    for name, meant in reversed(rule.parts.items()):
        words = words.replace(f"<{name}>", f"(?:{'|'.join(meant)})")
    return compiled(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _plainly(name: str) -> str:
    return " ".join(name.translate(QUOTES).strip().rstrip(".,;:!").split())


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"
