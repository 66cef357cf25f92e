"""What `check` says of the files that leads edit: every fault, with file and line, in words that tell what to do."""

import shutil
from pathlib import Path

import pytest

from bot.authoring.check import check_everything
from bot.authoring.content_paths import ContentPaths
from bot.understanding.articles import DEFAULT as ARTICLES
from bot.understanding.intents.catalog import DEFAULT as INTENTS
from handoff.policy.loading import load_policy
from tests.authoring.copies import faults_in, wording

RULES = load_policy().communication
FAILING = [(rule.row, text) for rule in RULES.rules.values() for text in rule.fails]
FAILING += [(rule.row, text) for rule in (RULES.asks_for_secrets, RULES.links) for text in rule.fails]
PASSING = [text for rule in (*RULES.rules.values(), RULES.asks_for_secrets, RULES.links) for text in rule.passes]


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """A copy of the intents that a test may break."""
    return Path(shutil.copytree(INTENTS, tmp_path / "intents"))


def edit(path: Path, old: str, new: str) -> int:
    """Change a file and give the line of the change."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def said(intents: Path) -> list[str]:
    """The faults as a lead reads them."""
    return [str(fault) for fault in faults_in(ContentPaths(intents))]


@pytest.mark.guide("CX1", "CX2", "CX3", "CX4", "DC3", "O19", "T1.3")
@pytest.mark.parametrize(("row", "text"), FAILING)
def test_a_text_that_breaks_a_rule_of_communication_is_found(row: str, text: str) -> None:
    assert list(wording().faults(text)), f"{row}: `{text}` was let through"


@pytest.mark.parametrize("text", PASSING)
def test_a_plain_and_kind_text_passes(text: str) -> None:
    assert list(wording().faults(text)) == []


@pytest.mark.usefixtures("verdict")
def test_the_files_of_the_repository_have_no_fault() -> None:
    assert check_everything(INTENTS, ARTICLES) == []


def test_a_promise_in_an_answer_is_found_with_file_and_line(intents: Path) -> None:
    file = intents / "account_locked.yml"
    text = file.read_text(encoding="utf-8")
    start = text.index("answer: >-\n") + len("answer: >-\n")
    file.write_text(text[:start] + "  It will be fixed by tomorrow.\n" + text[start:], encoding="utf-8")

    faults = said(intents)

    assert [fault for fault in faults if "account_locked.yml:" in fault and "will be fixed by" in fault], faults


def test_a_promise_in_what_explains_a_step_is_found_too(intents: Path) -> None:
    line = edit(intents / "account_mfa_not_working.yml", "say: Wait a few minutes", "say: It definitely comes")

    assert any(f"account_mfa_not_working.yml:{line}:" in f and "definitely" in f for f in said(intents))


def test_an_unknown_key_a_wrong_value_and_a_dangling_page_are_all_told_at_once(intents: Path) -> None:
    line = edit(intents / "account_locked.yml", "tier: 2\n", "tier: 7\n")
    edit(intents / "account_enable_mfa.yml", "title: ", "titel: ")
    edit(intents / "technical_slow_performance.yml", "troubleshooting/browser-issues", "troubleshooting/no-such-page")

    faults = said(intents)

    assert any(f"account_locked.yml:{line}:" in fault and "tier" in fault for fault in faults), faults
    assert any("account_enable_mfa.yml:" in fault and "titel" in fault for fault in faults), faults


def test_an_option_that_leads_nowhere_is_found(intents: Path) -> None:
    line = edit(intents / "account_mfa_not_working.yml", "go: solved", "go: no_such_step")

    faults = said(intents)

    assert any(f"account_mfa_not_working.yml:{line}" in fault and "no_such_step" in fault for fault in faults), faults


def test_an_option_or_a_test_that_names_an_issue_which_does_not_exist_is_found(intents: Path) -> None:
    edit(intents / "account_mfa_not_working.yml", "go: solved", "go: account.no_such_issue")
    edit(intents / "account_locked.yml", "expect: account.", "expect: account.gone_")

    faults = said(intents)

    assert any("account_mfa_not_working.yml" in fault and "account.no_such_issue" in fault for fault in faults), faults
    assert any("account_locked.yml" in fault and "account.gone_" in fault for fault in faults), faults


def test_a_step_that_no_option_leads_to_is_found(intents: Path) -> None:
    edit(intents / "account_cant_verify_email.yml", "go: check_spam", "go: handoff")

    assert any("no option leads to step `check_spam`" in fault for fault in said(intents))


def test_the_same_example_under_two_issues_is_found_with_both_places(intents: Path) -> None:
    edit(intents / "account_locked.yml", "examples:\n", "examples:\n  - the app keeps closing by itself on my phone\n")
    edit(
        intents / "technical_slow_performance.yml",
        "examples:\n",
        "examples:\n  - The app keeps closing by itself on my phone!\n",
    )

    faults = said(intents)

    assert any("technical_slow_performance.yml" in fault and "account_locked.yml" in fault for fault in faults), faults


def test_a_test_sentence_that_is_also_an_example_is_found(intents: Path) -> None:
    edit(intents / "account_locked.yml", "  match:\n", "  match:\n    - my cat sat on the keyboard and locked me out\n")
    edit(intents / "account_locked.yml", "examples:\n", "examples:\n  - my cat sat on the keyboard and locked me out\n")

    assert any("a test must not train" in fault for fault in said(intents))


@pytest.mark.parametrize(
    "broken",
    ["", "id: [", "id: account.locked\n\tx: 1\n", "- a\n- b\n", "a: &a [*a]\n", "x: 1\nx: 2\n", "id: account.locked\n"],
)
def test_a_file_that_is_no_intent_is_a_fault_and_never_a_traceback(intents: Path, broken: str) -> None:
    (intents / "account_locked.yml").write_text(broken, encoding="utf-8")

    assert any("account_locked.yml:" in fault for fault in said(intents))
