"""What a letter tells somebody in danger, or our own people of them, stands there for everybody whom it is for, always."""

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import HEAD, readable
from handoff.data_files import DataFaults, Fault, shown

BLOCKS = {
    "care": "answer_waiting emergency_opened escalation_notice initial_response next_update promise_moved reopened ticket_opened",
    "afterwards": "resolution_response",
    "remind": "clock_told page tier2_card",
    "expected_response": "emergency_opened initial_response promise_moved ticket_opened",
    "emergency_number": "emergency_opened",
    "away": "emergency_opened escalation_notice initial_response next_update promise_moved reopened ticket_opened",
    "next_update": "escalation_notice next_update reopened",
    "number": "clock_told emergency_opened page promise_moved reopened ticket_opened",
    "url": "clock_told page tier2_card trouble",
    "link": "answer_waiting",
    "text": "staff_reply trouble",
    "resolution": "resolution_response",
    "update": "next_update",
}
"""Slots, and the letters in which each stands for every reader who has something there."""
_PARSER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_ELSE = nodes.Const(None)
"""Stands for a part that is shown only where something else is not, once for each of a list, or after something was done to it."""
_Shown = tuple[str, tuple[nodes.Node, ...]]


def block_faults(places: ContentPaths) -> Iterator[Fault]:
    """Letters in which such a block is gone, or is shown only sometimes."""
    root = places.templates.resolve().parents[1]
    for slot, letters in BLOCKS.items():
        for letter in letters.split():
            path = places.templates.resolve() / f"{letter}.j2"
            try:
                body = HEAD.sub("\n", readable(path, root)) if path.is_file() else ""
                told = _told(body, slot) if body.strip() else None
            except (DataFaults, TemplateSyntaxError):
                continue
            if told:
                yield Fault(shown(path, root), _line(body, slot), told)


@lru_cache(maxsize=400)
def _told(body: str, slot: str) -> str | None:
    """What to say of a block of a letter; None when everybody is shown it who has something there."""
    subject, _, below = body.strip().partition("\n")
    whole = below if subject.startswith("Subject:") else body
    tree = _PARSER.parse(whole)
    if any(one.name == slot and one.ctx != "load" for one in tree.find_all(nodes.Name)):
        return f"`{slot}` is given another value here: what it holds comes from the code, so take that out"
    found = [within for name, within in _outputs(tree, ()) if name == slot]
    if not found:
        return f"`{{{{ {slot} }}}}` must stand in this letter: put it back, with `{{% if {slot} %}}` around it where it can be empty"
    if any(all(isinstance(test, nodes.Name) and test.name == slot for test in within) for within in found):
        return None
    if slot == "number" and len(found) > 1:
        return None
    return f"`{{{{ {slot} }}}}` is shown only sometimes: it may stand under `{{% if {slot} %}}`, and under no other condition"


def _outputs(node: nodes.Node, within: tuple[nodes.Node, ...]) -> Iterator[_Shown]:
    """The names that are written out whole and as they are, each with the conditions around it."""
    if isinstance(node, nodes.Output):
        yield from ((one.name, within) for one in map(_untrimmed, node.nodes) if isinstance(one, nodes.Name))
    elif isinstance(node, nodes.If):
        for part in node.body:
            yield from _outputs(part, (*within, node.test))
        for part in (*node.elif_, *node.else_):
            yield from _outputs(part, (*within, _ELSE))
    elif not isinstance(node, nodes.Macro):
        inside = within if isinstance(node, nodes.Template) else (*within, _ELSE)
        for child in node.iter_child_nodes():
            yield from _outputs(child, inside)


def _untrimmed(node: nodes.Node) -> nodes.Node | None:
    """What stands there without a `|trim`, which takes no word away."""
    return node.node if isinstance(node, nodes.Filter) and node.name == "trim" else node


def _line(body: str, slot: str) -> int:
    return next((n for n, row in enumerate(body.split("\n"), 1) if f"{{{{ {slot}" in row or f"if {slot}" in row), 1)
