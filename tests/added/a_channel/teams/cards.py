"""What Teams shows: a text with a card of buttons below it."""

from collections.abc import Mapping, Sequence

Json = dict[str, object]
CARD = "application/vnd.microsoft.card.adaptive"
MOST_BUTTONS = 6
"""So many does a card show at once; there is room for more in another."""
MOST_CHARACTERS = 20_000
"""Teams takes about 28 KB in one message."""


def message(markdown: str, buttons: Sequence[Json] = (), asked: str = "") -> Json:
    """A text of ours with its buttons; `asked` stands above them."""
    cut = markdown if len(markdown) <= MOST_CHARACTERS else markdown[: MOST_CHARACTERS - 1] + "…"
    shown: Json = {"type": "message", "textFormat": "markdown", "text": cut}
    if buttons:
        rows = [buttons[at : at + MOST_BUTTONS] for at in range(0, len(buttons), MOST_BUTTONS)]
        shown["attachments"] = [_card(row, asked if number == 0 else "") for number, row in enumerate(rows)]
    return shown


def answers(buttons: Sequence[Mapping[str, str]]) -> list[Json]:
    """The reply buttons of a line."""
    return [button(one["label"], {"answer": one["value"]}) for one in buttons]


def button(label: str, gives: Mapping[str, str]) -> Json:
    """A button that gives this back when it is pressed."""
    return {"type": "Action.Submit", "title": label, "data": dict(gives)}


def _card(buttons: Sequence[Json], asked: str) -> Json:
    body = [{"type": "TextBlock", "text": asked, "wrap": True}] if asked else []
    content = {"type": "AdaptiveCard", "version": "1.4", "body": body, "actions": list(buttons)}
    return {"contentType": CARD, "content": content}
