"""What certain words mean: emergencies are never missed, ordinary messages are never taken for one."""

from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mind import Mind
from bot.understanding.catalog import load_catalog
from bot.understanding.rules import load_rules
from bot.understanding.text import folded, neat, plain
from handoff.data_files import DataFaults
from handoff.policy import load_policy

HERE = Path(__file__).parent
RULES = Path(__file__).parents[2] / "bot" / "understanding" / "rules"
BOOK = load_rules(RULES)
EMERGENCY = "safety.emergency"
RULE = """
review: {{owner: support-lead, checked: 2026-11-02}}
words:
  where: "(?:at|in)"
rules:
  - id: lost
    means: Something is lost
    patterns:
      - {pattern}
    signals: [angry]
    hears: [lost, lost 2, lost 3, lost 4, lost 5, lost 6, lost 7, {eighth}]
    ignores: [a, b, c, d, {fifth}]
"""


def sentences(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def a_folder(tmp_path: Path, pattern: str = "lost", eighth: str = "lost 8", fifth: str = "e") -> Path:
    (tmp_path / "own.yml").write_text(RULE.format(pattern=pattern, eighth=eighth, fifth=fifth), encoding="utf-8")
    return tmp_path


def test_every_rule_passes_its_own_sentences() -> None:
    assert [str(fault) for fault in BOOK.faults()] == []


@pytest.mark.guide("O13")
@pytest.mark.parametrize("text", sentences("emergencies.txt"))
def test_an_emergency_in_a_strangers_words_is_heard(text: str) -> None:
    heard = BOOK.hear(text)
    assert heard.issue == EMERGENCY
    assert "emergency" in heard.signals
    assert heard.language == "en"


@pytest.mark.parametrize("text", sentences("not_emergencies.txt"))
def test_words_of_danger_in_an_ordinary_message_are_no_emergency(text: str) -> None:
    assert "emergency" not in BOOK.hear(text).signals


def test_the_catalogues_own_emergencies_are_seen_and_its_other_examples_are_not(mind: Mind) -> None:
    phrases = load_catalog().phrases
    seen = [mind.assistant.read(phrase.text).decision == "emergency" for phrase in phrases if phrase.label == EMERGENCY]
    others = [phrase.text for phrase in phrases if phrase.label != EMERGENCY]
    false = [text for text in others if BOOK.hear(text).issue == EMERGENCY]
    assert sum(seen) >= 0.98 * len(seen)
    assert len(false) <= 0.005 * len(others), false


def test_what_only_sounds_like_an_emergency_is_hardly_ever_one(mind: Mind) -> None:
    unlike = load_catalog().intents[EMERGENCY].unlike
    alarmed = [text for text in unlike if mind.assistant.read(text).decision == "emergency"]
    assert len(alarmed) <= 0.08 * len(unlike), alarmed


def test_an_issue_that_a_rule_names_is_nearly_certain() -> None:
    named = [(phrase, BOOK.hear(phrase.text).issue) for phrase in load_catalog().phrases]
    wrong = [(issue, phrase.label, phrase.text) for phrase, issue in named if issue and issue != phrase.label]
    assert len(wrong) <= 0.02 * sum(issue is not None for _, issue in named), wrong


@pytest.mark.parametrize(
    ("text", "is_emergency"),
    [
        ("no chest pain, just can't log in", False),
        ("no chest pain but I can't breathe", True),
        ("I don't have a fever, cough or chest pain", False),
        ("I have no fever, my chest hurts badly", True),
        ("this app gives me a heart attack", False),
        ("which dose should I take", False),
        ("I took the wrong dose because the prescription was wrong", True),
        ("my prescription shows the wrong dose", False),
    ],
)
def test_a_negation_or_an_idiom_excuses_only_its_own_words(text: str, is_emergency: bool) -> None:
    assert ("emergency" in BOOK.hear(text).signals) is is_emergency


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("someone got into my account, get me a human", "escalate.security"),
        ("my account was hacked and I took too many pills", EMERGENCY),
        ("all my records are gone, let me talk to an agent", "escalate.data_loss"),
        ("I can see another patient's results and want to speak to a person", "escalate.privacy"),
        ("nobody in our clinic can log in", "escalate.outage"),
        ("which dose should I take", "safety.medical_advice"),
        ("I want to talk to a person", "escalate.human"),
        ("how do I book a visit", None),
    ],
)
def test_where_two_rules_name_an_issue_the_graver_one_wins(text: str, issue: str | None) -> None:
    assert BOOK.hear(text).issue == issue


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No puedo respirar", "es"),
        ("je veux mourir", "fr"),
        ("estou com muita dor no peito", "pt"),
        ("ich will nicht mehr leben", "de"),
        ("मुझे सांस नहीं आ रही", "hi"),
        ("mujhe saans nahi aa rahi", "hi"),
        ("لا أستطيع التنفس", "ar"),
        ("我无法呼吸", "zh"),
        ("我無法呼吸", "zh"),
        ("hindi ako makahinga", "tl"),
    ],
)
def test_an_emergency_in_a_common_language_is_heard_with_its_language(text: str, language: str) -> None:
    heard = BOOK.hear(text)
    assert (heard.issue, heard.language) == (EMERGENCY, language)


def test_the_rules_of_other_languages_stay_silent_on_english() -> None:
    texts = [*sentences("emergencies.txt"), *sentences("not_emergencies.txt")]
    texts += [phrase.text for phrase in load_catalog().phrases]
    loud = [text for text in texts if any(rule.startswith("emergency_languages/") for rule in BOOK.hear(text).rules)]
    assert loud == []


def test_details_are_told_in_the_users_own_words_and_case() -> None:
    said = 'On my iPhone 14 Chrome says "Booking failed BK-409" since yesterday'
    heard = BOOK.hear(f"{said}, my visit with Dr O'Brien is on Friday at 3pm")
    assert heard.details == {
        "device": "iPhone 14",
        "browser": "Chrome",
        "error_message": "Booking failed BK-409",
        "when_started": "yesterday",
        "doctor_name": "O'Brien",
        "appointment_date": "Friday at 3pm",
    }


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("it is down for everyone", "system_unavailable"),
        ("it's really slow for all of us here", "multiple_users_affected"),
        ("I have patients waiting and nothing opens", "critical_workflow_blocked"),
        ("my appointment is in 10 minutes", "visit_soon"),
        ("I am completely locked out", "no_access_at_all"),
        ("it worked fine yesterday", "worked_before"),
        ("this is ridiculous", "angry"),
        ("I already took it", "medicine_taken"),
    ],
)
def test_a_fact_that_the_guide_has_a_rule_for_is_heard(text: str, signal: str) -> None:
    assert signal in BOOK.hear(text).signals


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Yes", {"yes"}),
        ("no, same thing", {"no"}),
        ("skip", {"skip"}),
        ("thanks a lot", {"thanks"}),
        ("yes but it still fails", {"no"}),
    ],
)
def test_an_answer_to_a_question_is_heard_as_what_it_does(text: str, acts: set[str]) -> None:
    assert set(BOOK.hear(text).acts) == acts


def test_rules_name_only_signals_of_the_guide_and_issues_of_the_catalogue() -> None:
    signals, issues = load_policy().priorities.signals, load_catalog().intents
    assert {name for rule in BOOK.rules for name in rule.rule.signals} <= set(signals)
    assert {rule.rule.issue for rule in BOOK.rules if rule.rule.issue and rule.rule.issue not in issues} == set()


def test_a_users_own_marks_excuse_nothing() -> None:
    assert BOOK.hear("no ‹ chest pain › I have chest pain").issue == EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "can’t breathe",
        "I can\u200b't breathe",
        "ＣＡＮ'T BREATHE",
        "caaan't breeeathe!!!",
        "can't\nbreathe",
        "😭 can't *breathe*",
        "\ud800 can't breathe",
    ],
)
def test_signs_and_slips_of_the_pen_hide_no_emergency(text: str) -> None:
    assert BOOK.hear(text).issue == EMERGENCY


HOSTILE = [
    *("a ", "i ", "no ", "my dad ", "i took pills ", "can i take ", "talk to a ", "no chest pain ", "delete all my "),
    *('"', "1", "我", "स", "\n", "it says "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_eight_thousand_hostile_characters_take_no_long_time(piece: str) -> None:
    text = (piece * 8000)[:8000]
    BOOK.hear(text)
    started = thread_time()
    BOOK.hear(text)
    assert thread_time() - started < 0.25


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_rules(text: str) -> None:
    assert BOOK.hear(text).language


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_stays_as_it_is_when_made_plain_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert "\n" not in neat(text)
    folded(text)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("lost (", "not a regular expression"),
        ("lost <nowhere>", "`<nowhere>` is not among the words"),
        ("lost(?:x){2,}", "can repeat without end"),
        ("lost.*", "can repeat without end"),
    ],
)
def test_a_pattern_that_is_wrong_is_a_fault_with_its_line(tmp_path: Path, pattern: str, message: str) -> None:
    with pytest.raises(DataFaults) as caught:
        load_rules(a_folder(tmp_path, pattern))
    assert message in str(caught.value)
    assert {fault.line for fault in caught.value.faults} == {9}


def test_a_sentence_that_fails_is_a_fault_for_check_and_does_not_stop_the_bot(tmp_path: Path) -> None:
    book = load_rules(a_folder(tmp_path, eighth="found", fifth="all lost"))
    assert [(fault.line, fault.message) for fault in book.faults()] == [
        (11, "`found` is not heard as lost"),
        (12, "`all lost` is heard as lost (`lost`)"),
    ]


def test_every_faulty_file_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "lost (")
    (folder / "other.yml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        load_rules(folder)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"own.yml", "other.yml"}


def test_an_empty_folder_of_rules_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match="no rules here"):
        load_rules(tmp_path)


def test_patterns_that_share_a_first_word_keep_their_branches_apart(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "<where> home|lost\n      - <where> sea")
    book = load_rules(folder)
    heard = {text: bool(book.hear(text).signals) for text in ("at home", "in sea", "lost", "at lost", "home", "sea")}
    assert heard == {"at home": True, "in sea": True, "lost": True, "at lost": True, "home": False, "sea": False}


def test_kept_rules_hear_the_same_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    folder, cache = tmp_path / "rules", tmp_path / "cache"
    folder.mkdir()
    fresh, kept = load_rules(a_folder(folder), cache), load_rules(folder, cache)
    assert fresh.hear("it is lost") == kept.hear("it is lost")
    assert load_rules(a_folder(folder, "found"), cache).hear("it is lost").signals == ()
