"""The assistant's approved lines: rendered strictly, each with the place it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from bot.dialogue.conversation import Source
from bot.languages.loading import HERE as LANGUAGES
from bot.languages.loading import UNREAD, load_languages
from handoff.text_files import TextFile, load_texts

HERE = Path(__file__).parent
MOST_KEPT = 2000
"""So many texts are at hand as they were read: all lines, in every language, and those of the issues."""
_environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - Markdown, escaped where it is shown


class LinesFile(TextFile):
    lines: dict[str, str]


NEEDED = frozenset(
    """
    added_matter added_to_ticket again_choice again_name again_number again_time again_words all_noted all_told call_noted
    already_tried also_no also_yes angry angry_again area_account area_appointment area_prescription
    area_technical ashamed ask_issue back_again book_instead breaks_nothing call_bank_yes
    call_your_bank cancelled_wrong cant_do_it cant_do_it_so cant_say cant_say_clinical
    cant_say_person changed_topic close_ask close_kept close_no close_yes closed_by_user comes_after
    condolence condolence_short contact_person contact_short corrected danger_no danger_unanswered
    danger_yes did_it_help_or_person doctor_late done_before dropped emergency_body emergency_poison
    emergency_self_harm emergency_violence empty few_questions few_questions_asked file_received
    file_refused greeting greeting_by_letter handing_over handing_over_asked handing_over_grave
    handing_over_unclear handing_over_untried hard_news help_gone how_did_it_go how_long_then hurried
    in_writing in_case_of_danger incident_greeting incident_of incident_over is_closed keep_going later later_again
    listening listening_on listening_still looked_at_first looked_at_now loss_taken
    marked_cannot_wait may_tell need_not_say next_issue next_issue_ask next_issue_offer no_bother
    no_more_questions no_promise no_secrets nobody_called nobody_came nobody_wanted nobody_yet
    none_of_these not_clear not_done_yet not_helped not_mine_either not_mine_still not_needed
    not_possible_here not_so not_so_label noted_detail noted_so_far noted_tried nothing_to_do
    numbers_again numbers_kindly numbers_of_other numbers_of_other_again numbers_once_more
    numbers_stay one_open one_question one_question_asked only_done other_works own_after_all
    pass_question person_at_once person_can_take_over person_on_the_way person_sees phone_now
    phone_urgent question_added question_added_more question_added_too question_kept rated
    reach_noted request_about runs_out safety_check safety_check_again safety_check_low safety_no
    say_more seen_there_too settled settled_ask settled_yes several_open skip solved solved_quiet
    somebody_close stale_button stands_on_request status status_again status_late status_none
    status_number status_once_more stays_open steps_changed still_asked still_open take_no_more
    taken_back taken_back_ask talk_to_person text_cut_off thanked_again thanked_more thanks_noted
    this_device ticket_open title_account title_appointment title_clinic title_prescription
    title_technical told_at_once told_enough too_long unanswered unanswered_clinic unanswered_none
    understood_anew unfound unread what_to_do where_we_were which_fits which_of_these which_one
    which_still which_to_close while_they_look who_reads who_sees who_sees_chat whom_to_ask why_asked
    without_parents works_ask works_no works_yes worried wrong_at_pharmacy wrote_wrong_dose
    """.split()
)
"""The lines that the code says: a file without one of them cannot go live."""
_NUMBER, _TITLE, _STATE = frozenset(("number",)), frozenset(("title",)), frozenset(("away", "due", "owner"))
GIVEN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "added_to_ticket",
            "call_noted",
            "all_noted",
            "all_told",
            "own_after_all",
            "not_so",
            "marked_cannot_wait",
            "close_ask",
            "close_kept",
            "closed_by_user",
            "is_closed",
            "no_more_questions",
            "nobody_wanted",
            "nothing_to_do",
            "question_added",
            "question_added_more",
            "question_added_too",
            "who_reads",
            "numbers_kindly",
            "numbers_stay",
            "seen_there_too",
            "stays_open",
            "taken_back_ask",
            "ticket_open",
        ),
        _NUMBER,
    ),
    "reach_noted": frozenset(("number", "value", "way")),
    "added_matter": frozenset(("number", "title")),
    **dict.fromkeys(
        (
            *("incident_greeting", "incident_of", "incident_over", "next_issue", "next_issue_ask", "next_issue_offer"),
            *("comes_after", "looked_at_now", "other_works", "settled_ask"),
        ),
        _TITLE,
    ),
    **dict.fromkeys(("status", "status_again", "status_late"), _STATE | {"number", "state"}),
    **dict.fromkeys(("file_refused", "too_long"), frozenset(("limit",))),
    **dict.fromkeys(
        ("contact_short", "contact_person"),
        frozenset(("phone", "email", "email_wait", "chat_wait", "help_center", "hours", "emergency_number")),
    ),
    **dict.fromkeys(("not_done_yet", "request_about"), _NUMBER | _TITLE),
    "stands_on_request": _NUMBER | {"told"},
    "noted_so_far": frozenset(("told",)),
    **dict.fromkeys(("few_questions", "few_questions_asked"), frozenset(("count",))),
    "what_to_do": frozenset(("care",)),
    "greeting": frozenset(("name", "emergency_number")),
    "greeting_by_letter": frozenset(("name", "emergency_number")),
    **dict.fromkeys(("person_on_the_way", "status_number", "status_once_more"), frozenset(("number", "due"))),
    **dict.fromkeys(("again_name", "still_asked"), frozenset(("label",))),
    **dict.fromkeys(("person_at_once", "phone_now", "phone_urgent", "who_sees_chat"), frozenset(("phone",))),
    "person_sees": frozenset(("owner", "due")),
    "this_device": frozenset(("device",)),
    "one_open": frozenset(("number", "title", "state", "due")),
    "told_at_once": frozenset(("answer",)),
    "which_fits": frozenset(("answers",)),
}
"""The facts that a line is filled with; every other line is filled with none."""


@dataclass(frozen=True)
class Lines:
    """Every approved line of the assistant, by name, and the short texts in other languages."""

    texts: Mapping[str, str]
    languages: Mapping[str, Mapping[str, str]]
    unread: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By its name and by language: what is said where the letters cannot be read."""
    file: str = "bot/dialogue/lines.yml"

    def line(self, name: str, /, **facts: object) -> tuple[str, Source]:
        """The line filled with facts, and its source; raises KeyError for no such line and UndefinedError for no such fact."""
        text = self.texts[name]
        return _template(text).render(facts).strip(), Source(self.file, name, fingerprint(text))

    def filled(self, text: str, facts: Mapping[str, object]) -> str:
        """An approved text of another file with facts filled in; raises UndefinedError for a fact that is not there."""
        return _template(text).render(facts).strip()

    def label(self, name: str) -> str:
        """A line that stands on a button."""
        return self.texts[name].strip()

    def in_language(self, code: str, name: str, /, **facts: object) -> tuple[str, Source] | None:
        """A short text in another language, filled with facts; None when that language has none."""
        text = self.languages.get(code, {}).get(name)
        if text is None:
            return None
        filled = _template(text).render(facts).strip()
        return filled, _in_file(code, f"{code}.{name}", text)

    def where_unread(self, code: str, name: str = "unread", **facts: object) -> tuple[str, Source] | None:
        """A text in a language that we cannot read: the first that is said, or one of those later; None where there is no such text."""
        text = self.unread.get(name, {}).get(code)
        if text is None:
            return None
        filled = _template(text).render(facts).strip()
        return filled, _in_file(code, f"{name}.{code}", text)


@lru_cache(maxsize=MOST_KEPT)
def _template(text: str) -> Template:
    return _environment.from_string(text)


@lru_cache(maxsize=MOST_KEPT)
def fingerprint(text: str) -> str:
    """Twelve characters that change with the text."""
    return sha256(text.encode()).hexdigest()[:12]


def _in_file(code: str, name: str, text: str) -> Source:
    return Source(f"bot/languages/{code}.yml", name, fingerprint(text))


def load_lines(folder: Path = HERE, languages: Path = LANGUAGES) -> Lines:
    """The lines of a folder, and what is said in other languages; raises DataFaults with file and line."""
    lines = load_texts(LinesFile, folder / "lines.yml", folder.resolve().parents[1])
    known = load_languages(languages)
    unread = {name: {code: text for code, one in known.items() if (text := getattr(one, name))} for name in UNREAD}
    return Lines(lines.lines, {code: one.said for code, one in known.items() if one.said}, unread)
