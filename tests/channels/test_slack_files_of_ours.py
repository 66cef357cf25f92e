"""What lies in the repository for Slack: manifests, words, and the document that tells how to set it up."""

import json
import re

import pytest
from slack_sdk import WebClient

from bot.channels.slack import blocks, mrkdwn
from bot.channels.slack.texts import literal, load_words
from bot.channels.slack.users import commands
from bot.config import TEAM_CHANNELS
from bot.outbound import PUT_OFF, STANDS_STILL
from bot.wiring import HOME
from handoff.policy.model import Policy
from tests.channels.slack_checks import view_faults

SLACK = HOME / "bot" / "channels" / "slack"
MANIFEST = json.loads((HOME / "slack" / "manifest.json").read_text(encoding="utf-8"))
SOCKET = json.loads((HOME / "slack" / "manifest_socket_mode.json").read_text(encoding="utf-8"))
SCOPES = {
    "auth_test": set(),
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "files_info": {"files:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
EVENTS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}


def called() -> set[str]:
    """The methods of the Web API that our code calls."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SLACK.rglob("*.py"))
    return {
        name for name in re.findall(r"client\.([a-zA-Z_]+)\(", code) if hasattr(WebClient, name) and name != "close"
    }


def test_the_manifest_asks_for_exactly_the_scopes_that_our_calls_and_events_need() -> None:
    assert called() == set(SCOPES)
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    needed = {"commands"}.union(*SCOPES.values(), *EVENTS.values())

    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(needed)


def test_the_two_manifests_differ_in_addresses_and_socket_mode_alone() -> None:
    def bare(value: object) -> object:
        if isinstance(value, dict):
            left_out = ("url", "request_url", "socket_mode_enabled")
            return {key: bare(inner) for key, inner in value.items() if key not in left_out}
        return [bare(inner) for inner in value] if isinstance(value, list) else value

    assert bare(MANIFEST) == bare(SOCKET)
    assert (MANIFEST["settings"]["socket_mode_enabled"], SOCKET["settings"]["socket_mode_enabled"]) == (False, True)
    assert "https://" not in json.dumps(SOCKET)


def test_the_manifest_names_our_command_and_shortcut() -> None:
    features = MANIFEST["features"]

    assert [command["command"] for command in features["slash_commands"]] == [commands.COMMAND]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [commands.SHORTCUT]
    assert len(MANIFEST["display_information"]["name"]) <= 35


def test_the_document_names_every_setting_and_both_manifests() -> None:
    document = (HOME / "docs" / "slack.md").read_text(encoding="utf-8")
    names = {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_STAFF_GROUP", "SLACK_GUESTS"}

    for name in (*names, *TEAM_CHANNELS.values(), "slack/manifest.json", "slack/manifest_socket_mode.json"):
        assert name in document, name
    for scope in MANIFEST["oauth_config"]["scopes"]["bot"]:
        assert f"`{scope}`" in document, scope


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    words = load_words()
    code = "\n".join(path.read_text(encoding="utf-8") for path in SLACK.rglob("*.py"))
    used = set(re.findall(r"text(?:s\[|\()\s*[\"']([a-z_]+)[\"']", code))
    openings = set(re.findall(r"_excerpt\(ticket, [\w.]+, \"([a-z_]+)\"", code))
    used |= openings | {f"{opening}_withheld" for opening in openings} | {PUT_OFF, STANDS_STILL}

    by_name = {
        "warning",
        "breach",
        *(name for name in words.texts if name.startswith(("relay_", "incident_", "home_"))),
    }
    assert used | by_name == set(words.texts)


def test_every_form_is_within_slacks_limits(policy: Policy) -> None:
    for name, form in load_words().forms.items():
        choices = {reason: rule.means for reason, rule in policy.escalation.to_tier_3.items()}
        assert not list(view_faults(blocks.form_view(form, name, choices=choices)))
        assert not list(view_faults(blocks.text_view(form, load_words().text("loading"))))


def test_every_clock_and_every_priority_of_the_guide_has_a_word(policy: Policy) -> None:
    assert {
        "triage",
        "first_response",
        "resolution",
        "channel_response",
        "tier_target",
        "next_update",
        "answer",
    } == set(policy.words.clocks)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("**bold** and *it*", "*bold* and _it_"),
        ("[help](https://h.example/?a=1&b=2)", "<https://h.example/?a=1&amp;b=2|help>"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("- a\n- b", "• a\n• b"),
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("### Title", "*Title*"),
        ("`<b>`", "`&lt;b&gt;`"),
        ("> quoted", "> quoted"),
        ("[https://bank.example](https://evil.example)", "<https://evil.example>"),
        ("[bank.example](https://evil.example/a)", "<https://evil.example/a>"),
        ("a|b<https://evil.example|bank>", "a|b<https://evil.example%7Cbank>"),
    ],
)
def test_our_markdown_becomes_slacks(ours: str, theirs: str) -> None:
    assert mrkdwn.mrkdwn(ours) == theirs


def test_a_fact_in_a_text_means_nothing_but_itself() -> None:
    for fact in ("*x*", "[a](http://b.example)", "<!here>", "1. x", "a_b_c", "# x", "&amp;"):
        shown = mrkdwn.mrkdwn(f"Hello {literal(fact)}.")
        assert not re.search(r"<[^h]|\||^\*|_x_", shown), shown


def test_parts_fit_and_hold_everything() -> None:
    for text in ("word " * 3000, "x" * 10_000, "line\n" * 4000, "&amp;" * 2000):
        parts = mrkdwn.pieces(text)
        assert all(0 < len(part) <= 3000 for part in parts)
        assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)
