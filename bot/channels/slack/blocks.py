"""What Slack shows, as its blocks: messages with buttons, forms, and the Home tab. Everything within its limits."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.channels.slack.mrkdwn import SECTION, TEXT, cut, escaped, mrkdwn, pieces, plain, with_emoji
from bot.channels.slack.payloads import Block, Submission
from bot.channels.slack.posting import SlackMessage
from bot.channels.slack.texts import Form, Input, Words
from handoff.safe import Safe

LABEL, VALUE, OPTION, FIELD, HEADER = 75, 2000, 75, 3000, 150
A_ROW = 5
MOST_SECTIONS = 4
"""Slack refuses a message of about 13,200 characters, which it does not document."""
ANSWER = "answer"
_USER = re.compile(r"^[UW][A-Z0-9]{2,30}$")


def section(text: str) -> Block:
    """A part in Slack's markup; what the text does not mark is not turned into a link or a mention."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def as_typed(text: Safe) -> Block:
    """A part shown exactly as it is: no mark in it means anything."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def context(text: str) -> Block:
    """A small line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, HEADER, "…"), "emoji": False}}


def button(label: str, action: str, value: str = "", *, style: str = "", url: str = "") -> Block:
    """A button."""
    made: Block = {"type": "button", "text": _plain(label, LABEL), "action_id": action}
    extra = {"value": value[:VALUE], "style": style, "url": url[:3000]}
    return made | {name: given for name, given in extra.items() if given}


def rows_of(buttons: Sequence[Block]) -> Iterator[Block]:
    """Buttons in rows of five."""
    for start in range(0, len(buttons), A_ROW):
        yield {"type": "actions", "elements": list(buttons[start : start + A_ROW])}


def _plain(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": text if len(text) <= most else text[: most - 1] + "…", "emoji": False}


def naming(shown: SlackMessage, people: Sequence[str]) -> SlackMessage:
    """The same message, calling these Slack users by name: the only mentions that we ever write."""
    named = " ".join(f"<@{user}>" for user in people if _USER.match(user))
    return SlackMessage(f"{named} {shown.text}", [section(named), *shown.blocks]) if named else shown


def message(markdown: str, more: Sequence[Block] = ()) -> SlackMessage:
    """A text of ours as a message, cut only beyond what anybody may write in one."""
    parts = pieces(mrkdwn(markdown))
    blocks = [section(part) for part in parts[:MOST_SECTIONS]]
    if len(parts) > MOST_SECTIONS:
        blocks.append(context("…"))
    return SlackMessage(notification(markdown), [*blocks, *more])


def notification(markdown: str) -> str:
    """The text for notifications and for programs that show no blocks."""
    return cut(escaped(plain(markdown)), TEXT, "…")


def answers(buttons: Sequence[Mapping[str, str]]) -> Iterator[Block]:
    """The reply buttons of a message."""
    made = [button(b["label"], f"{ANSWER}:{n}", b["value"]) for n, b in enumerate(buttons)]
    return rows_of(made)


def source(words: Words, page: Mapping[str, str] | None) -> list[Block]:
    """The article behind an answer."""
    if not page:
        return []
    return [context(mrkdwn(words.text("more", title=page["title"], url=page["url"])))]


def form_view(
    form: Form,
    name: str,
    *,
    metadata: Mapping[str, object] | None = None,
    values: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
) -> Block:
    """A form as a window; `choices` are the options of its choice without own ones."""
    return {
        "type": "modal",
        "callback_id": name,
        "title": _plain(form.title, 24),
        "submit": _plain(form.submit, 24),
        "close": _plain(form.close, 24),
        "private_metadata": json.dumps(metadata or {}),
        "blocks": [_question(one, values or {}, choices or {}) for one in form.inputs],
    }


def _question(one: Input, values: Mapping[str, str], choices: Mapping[str, str]) -> Block:
    block: Block = {
        "type": "input",
        "block_id": one.id,
        "label": _plain(one.label, 2000),
        "optional": not one.required,
        "element": _element(one, values.get(one.id, ""), one.options or choices),
    }
    return block | ({"hint": _plain(one.hint, 2000)} if one.hint else {})


def _element(one: Input, value: str, options: Mapping[str, str]) -> Block:
    if one.kind in ("text", "line"):
        text: Block = {"type": "plain_text_input", "action_id": one.id, "multiline": one.kind == "text"}
        return text | {"max_length": FIELD} | ({"initial_value": value[:FIELD]} if value else {})
    shown = [{"text": _plain(label, OPTION), "value": key} for key, label in options.items()]
    if one.kind == "tick":
        return {"type": "checkboxes", "action_id": one.id, "options": shown}
    chosen = [option for option in shown if option["value"] == value]
    select = {"type": "static_select", "action_id": one.id, "options": shown}
    return select | ({"initial_option": chosen[0]} if chosen else {})


def told_in(view: Submission) -> dict[str, str]:
    """What was filled in, by question; "" for what was left out."""
    told = {}
    for block, elements in view["state"]["values"].items():
        for element in elements.values():
            chosen = element.get("selected_option") or next(iter(element.get("selected_options") or ()), None)
            told[block] = str(chosen["value"]) if chosen else with_emoji(str(element.get("value") or "")).strip()
    return told


def text_view(form: Form, markdown: str) -> Block:
    """A window that only says something."""
    blocks = [section(part) for part in pieces(mrkdwn(markdown), SECTION)]
    return {"type": "modal", "title": _plain(form.title, 24), "close": _plain(form.close, 24), "blocks": blocks}
