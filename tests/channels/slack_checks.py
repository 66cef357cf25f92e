"""What Slack would refuse: the limits and rules of its blocks, messages and windows."""

from collections.abc import Iterator
from typing import Any

MESSAGE_BLOCKS, VIEW_BLOCKS, ALL_TEXT = 50, 100, 13_200
POST_FIELDS = {
    "channel",
    "text",
    "blocks",
    "thread_ts",
    "metadata",
    "unfurl_links",
    "unfurl_media",
    "parse",
    "reply_broadcast",
    "mrkdwn",
    "team_id",
}
UPDATE_FIELDS = {"channel", "ts", "text", "blocks", "metadata", "parse"}
TEXT_LIMITS = {"section": 3000, "header": 150, "button": 75, "title": 24, "option": 75, "label": 2000, "hint": 2000}
ELEMENTS = {"button", "static_select", "checkboxes", "plain_text_input"}
BLOCK_FIELDS = {
    "section": {"type", "text", "block_id", "fields", "accessory"},
    "header": {"type", "text", "block_id"},
    "context": {"type", "elements", "block_id"},
    "actions": {"type", "elements", "block_id"},
    "input": {"type", "block_id", "label", "optional", "element", "hint", "dispatch_action"},
    "divider": {"type", "block_id"},
}
VIEW_FIELDS = {"type", "callback_id", "title", "submit", "close", "private_metadata", "blocks", "notify_on_close"}


def message_faults(fields: dict[str, Any], known: set[str], most_text: int) -> Iterator[str]:
    """The error codes that Slack answers for a message, worst first."""
    if set(fields) - known:
        yield "invalid_arguments"
    text, blocks = fields.get("text"), fields.get("blocks") or []
    if not text and not blocks:
        yield "no_text"
    if len(text or "") > most_text:
        yield "msg_too_long"
    if len(blocks) > MESSAGE_BLOCKS or any(block_faults(block) for block in blocks) or _twice(blocks):
        yield "invalid_blocks"
    if any(block["type"] == "input" for block in blocks):
        yield "invalid_blocks"
    if sum(len(text) for text in _texts(blocks)) > ALL_TEXT:
        yield "msg_blocks_too_long"
    mark = fields.get("metadata")
    if mark is not None and not (
        isinstance(mark.get("event_type"), str) and isinstance(mark.get("event_payload"), dict)
    ):
        yield "invalid_metadata_format"


def view_faults(view: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a window or a Home tab."""
    kind, blocks = view.get("type"), view.get("blocks") or []
    if kind not in ("modal", "home") or set(view) - VIEW_FIELDS:
        yield f"unknown kind or field {sorted(set(view) - VIEW_FIELDS)}"
    if not blocks or len(blocks) > VIEW_BLOCKS or _twice(blocks):
        yield "number or ids of blocks"
    for block in blocks:
        yield from block_faults(block)
    if kind == "modal":
        yield from _text_faults(view.get("title"), "title", plain=True)
        if any(block["type"] == "input" for block in blocks) and "submit" not in view:
            yield "submit is missing"
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        yield "metadata or callback id too long"


def block_faults(block: dict[str, Any]) -> list[str]:
    """What is wrong with one block."""
    return list(_block_faults(block))


def _block_faults(block: dict[str, Any]) -> Iterator[str]:
    kind = block.get("type", "")
    if kind not in BLOCK_FIELDS or set(block) - BLOCK_FIELDS[kind]:
        yield f"unknown block or field: {kind} {sorted(block)}"
        return
    if kind in ("section", "header"):
        yield from _text_faults(block.get("text"), kind, plain=kind == "header")
    if kind == "context":
        elements = block["elements"]
        if not 0 < len(elements) <= 10:
            yield "context elements"
        for element in elements:
            yield from _text_faults(element, "section")
    if kind == "actions":
        ids = [element.get("action_id") for element in block["elements"]]
        if not 0 < len(ids) <= 25 or len(set(ids)) != len(ids):
            yield "actions elements"
        for element in block["elements"]:
            yield from _element_faults(element)
    if kind == "input":
        yield from _text_faults(block.get("label"), "label", plain=True)
        yield from _text_faults(block.get("hint", block.get("label")), "hint", plain=True)
        yield from _element_faults(block["element"])


def _element_faults(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type")
    if kind not in ELEMENTS or not 0 < len(element.get("action_id", "")) <= 255:
        yield f"unknown element or action id: {element}"
    if kind == "button":
        yield from _text_faults(element.get("text"), "button", plain=True)
        if len(element.get("value", "")) > 2000 or len(element.get("url", "")) > 3000:
            yield "button value or url"
        if element.get("style", "primary") not in ("primary", "danger"):
            yield "button style"
    if kind in ("static_select", "checkboxes"):
        options = element.get("options") or []
        if not 0 < len(options) <= (10 if kind == "checkboxes" else 100):
            yield "number of options"
        for option in options:
            yield from _text_faults(option.get("text"), "option", plain=kind == "static_select")
            if not 0 < len(option.get("value", "")) <= 150:
                yield "option value"
        if "initial_option" in element and element["initial_option"] not in options:
            yield "initial option is none of the options"
    if kind == "plain_text_input" and len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "initial value"


def _text_faults(text: Any, where: str, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{where}: no text"
        return
    if plain and text["type"] != "plain_text":
        yield f"{where}: must be plain text"
    if not 0 < len(text.get("text", "")) <= TEXT_LIMITS[where]:
        yield f"{where}: {len(text.get('text', ''))} characters"
    if set(text) - {"type", "text", "emoji", "verbatim"} or ("emoji" in text and text["type"] != "plain_text"):
        yield f"{where}: unknown field"


def _twice(blocks: list[dict[str, Any]]) -> bool:
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    return len(set(ids)) != len(ids)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
