"""In which language a message is written: by its script, then by its common words, then by its letters."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.languages.loading import ToldBy, load_languages
from bot.understanding.text.plain import ACCENTS, MOST_AT_HAND, neat

READ = 600
"""Characters of a message that are looked at."""
SHARE = 0.3
"""Part of the words that must be common words of another language."""
A_PART = 0.2
"""The same of the letters that are not Latin, in words of their own."""
FEWEST = 2
SHORT = 3
TELLING = 4
"""A message of so few words is told by one word of so many letters, if none of them is English."""
GUESSED_FROM = 4
SURE = 0.95
"""Probability from which the letters alone are believed, when no word of the message is known."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_WITH_DIGITS = re.compile(r"\b[a-z]{1,12}[2357][a-z]{2,12}\b")
"""Arabic in Latin letters: what is left of its words may be any language's."""
_BARRED = str.maketrans("łıđ", "lid")
"""Letters that no accent was put on, as they are typed without their own key."""
_CJK_WEIGHT = 3
_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
_READ_SCRIPTS = frozenset(("ar", "hi", "zh"))
"""Of these scripts the encoder has the letters; what is written in another one cannot be read at all."""
UNREAD = frozenset(("uk", *(name for _, _, name in _SCRIPTS if name not in _READ_SCRIPTS)))
_RUSSIAN = "ыэъё"
_WITH_SPACES = ("ru", "uk", "ar", "hi", "fa", "ur", "el", "he")


@lru_cache(MOST_AT_HAND)
def language_of(text: str) -> str:
    """The ISO 639-1 code of the language (`tl` for Tagalog); `en` when it cannot be told."""
    said = neat(text[:READ]).lower()
    script = _by_script(said) or _by_words_of_a_script(neat(text[:READ]))
    if script:
        return script
    written = _LETTERS.findall(said)
    words = _known_form(written)
    found, own = None if _WITH_DIGITS.search(said) else _by_words(words, written), _by_own_letters(said)
    if found in (None, "en"):
        return found or own or _by_letters(said, words) or "en"
    return own or found


def says_enough(text: str, language: str) -> bool:
    """True when a message is long enough, or clearly enough of a language, to say in which its writer writes."""
    words = _LETTERS.findall(neat(text[:READ]).lower())
    return language != "en" or (len(words) > SHORT and any(word in _english_alone() for word in words))


def speaks_as_well(text: str, language: str) -> bool:
    """True when the words are as much of this language as of the one that they seem to be of: `o número está certo` is Spanish and
    Portuguese, and of whoever writes Portuguese it is that."""
    said = neat(text[:READ]).lower()
    own = _words_as_written().get(language)
    if own is None or language == "en" or _by_script(said) or _by_own_letters(said):
        return False
    words = _known_form(_LETTERS.findall(said))
    known, found = _common_words(), language_of(text)
    if found == "en" or found not in known:
        return False
    return sum(word in known[language] for word in words) >= sum(word in known[found] for word in words)


def turns_to_english(text: str, language: str) -> bool:
    """True when several words are English alone, and of neither the language that was spoken nor any loan: `laptop po edge browser` is
    no English sentence."""
    words = _LETTERS.findall(neat(text[:READ]).lower())
    own = _words_as_written().get(language, frozenset())
    english = sum(word in _words_as_written()["en"] and word not in own | _loans() for word in words)
    return english >= SHORT and english > sum(word in own for word in _known_form(words))


def _known_form(written: list[str]) -> list[str]:
    """The words without their accents, as the file has them."""
    return [ACCENTS.sub("", unicodedata.normalize("NFD", word.translate(_BARRED))) for word in written]


def _by_script(said: str) -> str | None:
    """The language of the script that most letters belong to; None for Latin letters."""
    seen: Counter[str] = Counter()
    for letter in said:
        if letter > "\u036f":
            code = ord(letter)
            found = next((name for low, high, name in _SCRIPTS if low <= code <= high), None)
            if found:
                seen[found] += _CJK_WEIGHT if found in ("zh", "ja", "ko") else 1
        elif letter.isalpha():
            seen["latin"] += 1
    if not seen or seen.most_common(1)[0][0] == "latin":
        return None
    if seen["ja"] and seen["zh"]:
        return "ja"
    top = seen.most_common(1)[0][0]
    if top == "ru" and not any(letter in _RUSSIAN for letter in said) and (other := _beside_russian(said)):
        return other
    return next(
        (name for name, own in _told_by().items() if own.among == top and any(x in said for x in own.letters)), top
    )


def _by_words_of_a_script(said: str) -> str | None:
    """The language of several words among Latin ones, no names: `не работает video call`."""
    own = [word for word in _LETTERS.findall(said) if word[0] > "\u036f" and not word[0].isupper()]
    written = "".join(word for word in own if _by_script(word) in _WITH_SPACES)
    letters = sum(letter.isalpha() for letter in said)
    return _by_script(written) if len(own) >= FEWEST and len(written) >= A_PART * letters else None


def _beside_russian(said: str) -> str | None:
    """The language of words that Russian has not, where no letter tells: `я випила багато таблеток`."""
    words = set(_LETTERS.findall(said))
    among = (name for name, own in _told_by().items() if own.among == "ru" and not words.isdisjoint(own.words.split()))
    return next(among, None)


def _by_words(words: list[str], typed: list[str]) -> str | None:
    """The language whose common words are most of the message; English when its words are more. A word of both (`me`, `no`) speaks
    for neither, and leaves the other language its share; one with an accent (`sơ`) is not English. None where only words of both are
    known."""
    known, written = _common_words(), _words_as_written()
    english = sum(word in known["en"] for word in typed)
    loans = sum(word in known["en"] and word in _loans() for word in typed)
    hits = {name: _hits(words, typed, name) for name in known if name != "en"}
    best = max(hits, key=lambda name: hits[name])
    others = [own for name, own in written.items() if name != "en"]
    foreign, shared = hits[best]
    own_english = english - loans - sum(_is_shared(word, best) and word not in _loans() for word in typed)
    if own_english == 0 and len(words) <= SHORT and any(len(w) >= TELLING and w in known[best] for w in words):
        return best
    if not any(len(word) > 1 and word in known[best] for word in words):
        foreign = 0
    if (
        foreign >= FEWEST
        and foreign >= own_english + bool(loans and own_english)
        and foreign + shared + loans >= SHARE * len(words)
    ):
        return best
    speaks_for_both = any(sum(word in known["en"] and word in own for word in typed) == english for own in others)
    return "en" if english and not speaks_for_both else None


def _hits(words: list[str], typed: list[str], name: str) -> tuple[int, int]:
    """How many of the words only this language has of those that we know, beside English; and how many it shares with English."""
    known = _common_words()[name] - _loans()
    return sum(word in known for word in words), sum(_is_shared(word, name) for word in typed)


def _is_shared(word: str, name: str) -> bool:
    """A word of English, and of this language too."""
    return word in _common_words()["en"] and word in _words_as_written()[name]


def _by_own_letters(said: str) -> str | None:
    """The language one of whose own letters stands in a message: without its accents a word may be one of another (`nặng`). Those of
    the rarer language tell more."""
    written = ((name, own) for name, own in reversed(_told_by().items()) if own.letters and not own.among)
    return next((name for name, own in written if any(letter in said for letter in own.letters)), None)


def _by_letters(said: str, words: list[str]) -> str | None:
    """A guess from the letters, for a message of which no word is known; None unless it is nearly certain."""
    if len(words) < GUESSED_FROM:
        return None
    name, probability = _identifier().classify(said)
    return str(name) if probability >= SURE else None


@lru_cache(maxsize=1)
def _told_by() -> dict[str, ToldBy]:
    """By what each language is told, in the order of their ranks."""
    return {name: one.told_by for name, one in load_languages().items()}


@lru_cache(maxsize=1)
def _words_as_written() -> dict[str, frozenset[str]]:
    return {name: frozenset(own.words.split()) for name, own in _told_by().items() if own.words and not own.among}


@lru_cache(maxsize=1)
def _loans() -> frozenset[str]:
    """Words that are typed in every language."""
    return frozenset(word for own in _told_by().values() for word in own.lent.split())


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    written = _words_as_written()
    return {name: own - (written["en"] if name != "en" else frozenset()) for name, own in written.items()}


@lru_cache(maxsize=1)
def _english_alone() -> frozenset[str]:
    """English words that no other language has: `me` and `no` tell nothing of an English message."""
    written = _words_as_written()
    return written["en"].difference(*(own for name, own in written.items() if name != "en"))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The letter model for the likely languages alone; loaded for the first message that needs it (0.7 s, 55 MiB)."""
    whole, guessed = LanguageIdentifier.from_model_file(MODEL_FILE), {n for n, own in _told_by().items() if own.guessed}
    kept = [index for index, name in enumerate(whole.nb_classes) if name in guessed]
    return LanguageIdentifier(
        whole.nb_ptc[:, kept].copy(),
        whole.nb_pc[kept].copy(),
        [whole.nb_classes[index] for index in kept],
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
