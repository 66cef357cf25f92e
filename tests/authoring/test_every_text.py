"""Every file of texts that the code opens is read by the gate, for whoever reads it, and a number that nobody can mean is a fault."""

import re
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import every_text
from tests.authoring.copies import Edit, a_copy, faults_in, told_of
from tests.documents import HOME

NO_TEXT = {
    "bot/actions/message_limits.yml": "numbers",
    "bot/channels/email/markers.yml": "words by which mails are told",
    "bot/channels/email/settings.yml": "names and forms of settings",
    "bot/channels/pager/settings.yml": "names and forms of settings",
    "bot/channels/slack/settings.yml": "names and forms of settings",
    "bot/dialogue/in_danger/danger_kinds.yml": "sentences of danger, by which its kind is told",
    "bot/dialogue/hearing/wrong_part.yml": "sentences of what is wrong on a prescription, by which its part is told",
    "bot/simulation/scenario.yml": "numbers of a simulation",
    "handoff/guide/checklist.yml": "rows of the guide, for tests",
    "handoff/guide/communication.yml": "the rules themselves",
    "handoff/guide/mutations.yml": "edits that prove the rows",
}
"""Files in the folders of texts that hold none, and why."""
FOLDERS = (
    "intents",
    "kb_articles",
    "handoff",
    "bot/actions",
    "bot/channels",
    "bot/dialogue",
    "bot/simulation",
    "bot/web",
)
KINDS = (".yml", ".json", ".md", ".j2", ".html", ".po", ".txt")
S, K = "bot/channels/slack/texts.yml", "kb_articles/glossary.yml"
READERS = {
    K: {"user"},
    S: {"user", "staff"},
    "handoff/guide/lifecycle.yml": {"user", "staff"},
    "bot/web/templates/error.html": {"user"},
    "bot/web/templates/base.html": {"user"},
    "docs/incident-response.md": {"staff"},
}
EDITS = [
    Edit(
        "bot/web/templates/error.html",
        '<a href="/help">',
        "<a href=https://evil.example/x>",
        "`https://evil.example/x` leads away",
    ),
    Edit(
        "bot/web/templates/base.html",
        "<head>",
        "<head><meta http-equiv='refresh' content='3;url=https://e.example/'>",
        "`https://e.example/` leads away",
    ),
    Edit(
        "bot/channels/email/templates/mail.html",
        '<a href="{{ url }}"',
        '<img srcset="https://m.example/a.png 2x"><a href="{{ url }}"',
        "`https://m.example/a.png` leads away",
    ),
    Edit(
        "bot/web/templates/console/queue.html",
        "<button>",
        "<button onclick=\"location='https://q.example'\">",
        "`https://q.example` leads away",
    ),
    Edit(K, "support@smartmed.com", "smartmed@gmail.com", "leads away"),
    Edit(K, "support@smartmed.com", "compliance@smartmed.com", "in the guide: they must be the same"),
    Edit(K, "text: In-App Chat", "text: our chat group", "our chat group here and In-App Chat in the guide"),
    Edit(K, "text: Time off", "text: send us your password", "asks for a secret"),
    Edit(S, "too_slow: That took", "too_slow: The database took", "`database` uses a technical word"),
    Edit(S, "told_changed: I've put", "told_changed: We guarantee that I've put", "makes a promise"),
    Edit("handoff/guide/lifecycle.yml", "said: Waiting for a person", "said: Fixed by tomorrow", "makes a promise"),
    Edit(
        "docs/incident-response.md",
        "1. Take the ticket",
        "1. Ask the user to send us their password. Take the ticket",
        "asks for a secret",
    ),
    Edit("bot/web/templates/error.html", "<h1>{{ text }}", "<h1>The backend failed. {{ text }}", "technical word"),
    Edit(
        "bot/actions/message_limits.yml",
        "{per_address: 5, seconds: 3600}",
        "{per_address: 9000, seconds: 3600}",
        "too big",
    ),
    Edit("bot/actions/message_limits.yml", "most_in_conversation: 10", "most_in_conversation: 0", "too small"),
    Edit("bot/actions/message_limits.yml", "per_user: 12", "per_user: many", "must be a number"),
]


def test_every_file_of_texts_that_the_code_opens_is_read_by_the_gate() -> None:
    texts, faults = every_text(ContentPaths())
    read = {text.file for text in texts}
    there = [path for folder in FOLDERS for path in (HOME / folder).rglob("*") if path.suffix in KINDS]
    names = {path.relative_to(HOME).as_posix() for path in there if not path.name.startswith((".", "schema"))}
    empty = {
        name
        for name in names
        if not re.search(
            r"[^\W\d_]{2}", re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", "", (HOME / name).read_text("utf-8"), flags=re.S)
        )
    }

    assert faults == []
    assert names - read - empty - set(NO_TEXT) == set()


def test_each_file_is_judged_as_its_readers_read_it() -> None:
    texts, _ = every_text(ContentPaths())
    for file, readers in READERS.items():
        assert {text.reader for text in texts if text.file == file} == readers, file


def test_an_article_is_judged_as_it_is_filled_in() -> None:
    texts, _ = every_text(ContentPaths())
    articles = [text.text for text in texts if text.file.endswith("password-management.md")]
    assert any("**Forgot password?**" in text for text in articles)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[str]]:
    copies = [[edit for edit in EDITS if edit.file != K][index::3] for index in range(3)]
    copies += [[edit] for edit in EDITS if edit.file == K]
    found = told_of(copies, lambda: tmp_path_factory.mktemp("copy"))
    return {edit: [f"{fault.file}: {fault.message}" for fault in faults] for edit, faults in found.items()}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.told)
def test_what_was_never_read_is_refused(edit: Edit, told: dict[Edit, list[str]]) -> None:
    assert any(Path(edit.file).name in one and edit.told in one for one in told[edit])


def test_the_files_as_they_are_pass(tmp_path: Path) -> None:
    assert faults_in(a_copy(tmp_path)) == []
