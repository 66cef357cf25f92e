"""Slack's guests are turned away with words, and files are taken from Slack alone."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.slack.files import allowed
from bot.storage.tables import AttachmentRow
from tests.channels.slack_workspace import DM, GUEST, MARIA, Workspace, words_of
from tests.channels.test_slack_intake import ISSUE, said
from tests.makers import a_picture


@pytest.mark.guide("O17")
@pytest.mark.parametrize(
    "mark", [{"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}, {"team_id": "T0OTHER"}]
)
def test_guests_are_turned_away_with_a_helpful_text_everywhere(office: Workspace, mark: dict[str, object]) -> None:
    office.double.person("U0OUT", "Out Sider", **mark)
    office.double.channel("DU0OUT", "U0OUT")
    event = office.types("U0OUT", "DU0OUT", ISSUE)
    office.event(event, "Ev-again")
    office.commands("U0OUT")
    office.event({"type": "app_home_opened", "tab": "home", "user": "U0OUT", "channel": "DU0OUT"})

    told, *more = office.posts("DU0OUT")
    assert more == []
    for shown in (told, office.view(), office.double.homes["U0OUT"]):
        assert "911" in words_of(shown) and "SmartMed app" in words_of(shown)
    assert said(office) == []


@pytest.mark.parametrize("settings_more", [{"SLACK_GUESTS": "on"}])
def test_the_setting_lets_guests_in(office: Workspace) -> None:
    office.types(GUEST, f"D{GUEST}", ISSUE)

    assert said(office) == [ISSUE]


PNG = a_picture()


def a_file(office: Workspace, name: str, kind: str, content: bytes, **more: object) -> dict[str, object]:
    """A file that lies in Slack."""
    office.double.files[name] = (kind, content)
    return {
        "id": f"F-{name}",
        "name": name,
        "size": len(content),
        "url_private": f"{office.double.base}/files/{name}",
        **more,
    }


def test_a_screenshot_is_fetched_once_and_put_on_the_transcript(office: Workspace) -> None:
    event = office.message(
        MARIA, DM, "here it is", subtype="file_share", files=[a_file(office, "shot.png", "image/png", PNG)]
    )
    for n in range(4):
        assert office.event(event, f"Ev-{n}").status_code == 200

    with office.deps.reading.begin() as db:
        (file,) = db.scalars(select(AttachmentRow)).all()
    assert file.type == "image/png" and file.size == len(file.content) and said(office) == ["here it is", "shot.png"]


def test_sign_in_pages_markup_foreign_hosts_redirects_and_too_large_files_are_refused_with_words(
    office: Workspace,
) -> None:
    files = [
        a_file(office, "page.png", "text/html", b"<!DOCTYPE html><html>Sign in</html>"),
        a_file(office, "svg.png", "image/png", b"<svg onload=alert(1)>"),
        a_file(office, "away.png", "redirect", b"http://127.0.0.1:9/x.png"),
        a_file(office, "big.png", "image/png", PNG, size=11 * 2**20),
        {"id": "F9", "name": "x.png", "url_private": "http://localhost:1/x.png"},
    ]
    office.types(MARIA, DM, "", subtype="file_share", files=files)

    refusals = [message for message in office.posts(DM) if "I can't take that file" in words_of(message)]
    assert len(refusals) == len(files)
    with office.deps.reading.begin() as db:
        assert db.scalars(select(AttachmentRow)).all() == []


def test_our_token_goes_to_slack_alone(office: Workspace) -> None:
    real = replace(office.settings, slack_api_url="https://slack.com/api/")

    assert allowed(real, "https://files.slack.com/files-pri/T1-F1/a.png") and allowed(real, "https://slack.com/x")
    for address in (
        "http://files.slack.com/a",
        "https://files.slack.com.evil.com/a",
        "https://evil.com/files.slack.com",
        "https://slack.com@evil.com/",
        "https://files.slack.com:8443/a",
        "//files.slack.com/a",
        "",
    ):
        assert not allowed(real, address)
