"""Reads the files of languages: each part by the code of its language, every fault with file, line and field."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from babel import Locale, UnknownLocaleError
from pydantic import Field, field_validator

from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated, yaml_files
from handoff.text_files import TextFile
from handoff.yaml_text import Place

HERE = Path(__file__).parent
SAID = frozenset(
    """emergency safety_check safety_check_again danger_yes danger_no safety_no hello ask_issue received question added
    answered resolved vote status close_ask close_ask_over close_kept close_yes close_no closed thanks medical
    wrong_medicine no_phone numbers_stay numbers_once_more not_done_yet question_added
    card_words card_critical card_high card_medium card_low card_next card_here card_phone card_open
    care_security care_privacy care_data_loss emergency_told marked robot angry reach_noted call_noted which_to_close""".split()
)
"""The short texts that a language has in which anything is said."""
UNREAD = ("unread", "unread_added", "unread_added_again")
"""What is said where the letters cannot be read: the first time, and when more is written, twice."""
LAST = 1000


class ReadBySpeaker(Strict):
    """A text word for word, and who had it read by a speaker of its language, on which day."""

    line: str
    text: str
    owner: str = Field(pattern=r"[^\W\d_]{2}")
    on: date


class ToldBy(Strict):
    """By what a message is told to be of a language."""

    rank: int = LAST
    """Of two languages that a message may as well be of, it is of the one with the smaller number."""
    guessed: bool = False
    """Whether it may be guessed from how its words are spelled, when none of them is known."""
    letters: str = ""
    """Letters that no other language writes which we tell."""
    among: str = ""
    """The language that it is told from by its letters and words, when both are written in the same script, which is not Latin."""
    words: str = ""
    """Its common words: in lower case; of a language in Latin letters without accents."""
    lent: str = ""
    """Words of it that are typed in every language, and say nothing of the language."""


class LanguageFile(TextFile):
    """All that is known of one language."""

    looked_at: tuple[ReadBySpeaker, ...] = ()
    said: dict[str, str] = Field(default_factory=dict)
    unread: str = ""
    unread_added: str = ""
    unread_added_again: str = ""
    shown: str = ""
    """Words that may stand in an excerpt; a star ends a stem that any short ending may follow."""
    told_by: ToldBy = ToldBy()

    @field_validator("said")
    @classmethod
    def _is_whole(cls, said: dict[str, str]) -> dict[str, str]:
        lacking, strange = sorted(SAID - said.keys()), sorted(said.keys() - SAID)
        told = [f"lacks {', '.join(lacking)}"] * bool(lacking) + [f"{', '.join(strange)}: nobody says this"] * bool(
            strange
        )
        if told:
            raise ValueError("; ".join(told))
        return said


def language_documents(folder: Path = HERE) -> dict[str, Document]:
    """The files as they are written, by the code of their language; raises DataFaults with those of all that cannot be read."""
    found, faults, home = {}, list[Fault](), folder.resolve()
    for path in yaml_files(home):
        try:
            found[path.stem] = read_yaml(path, home.parents[1])
        except DataFaults as error:
            faults += error.faults
    if faults:
        raise DataFaults(faults, found)
    return found


def said_in(document: Document) -> Iterator[tuple[Place, str]]:
    """Every text of a language that people read, with its place in the file."""
    yield from ((("said", key), str(text).strip()) for key, text in document.table("said").items())
    yield from (((key,), str(document.at(key)).strip()) for key in UNREAD if document.at(key) is not None)


def _is_a_language(code: str) -> bool:
    """Whether days and times can be written in it."""
    try:
        return bool(Locale.parse(code))
    except (UnknownLocaleError, ValueError):
        return False


def load_languages(folder: Path = HERE) -> Mapping[str, LanguageFile]:
    """Every language by its code, in the order of their ranks; raises DataFaults with every fault of all files."""
    found, faults = {}, list[Fault]()
    for code, document in language_documents(folder).items():
        if not _is_a_language(code):
            faults.append(document.fault(f"`{code}` is no code of a language: name the file by one, such as es.yml"))
        try:
            found[code] = validated(LanguageFile, document)
        except DataFaults as error:
            faults += error.faults
    if faults:
        raise DataFaults(faults)
    return dict(sorted(found.items(), key=lambda each: (each[1].told_by.rank, each[0])))
