"""A resolved ticket -> the change that would make it a known issue, as a patch for the intents file. A lead reads it,
puts it right and merges it; nothing changes by itself (rows KM2 and WF5.2)."""

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from functools import cache
from pathlib import Path

from bot.authoring.check import check_intents
from bot.understanding.articles import Library
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import PERSON, UNKNOWN
from bot.understanding.redaction.privacy import load_excerpter
from handoff.policy.model import Policy
from handoff.safe import Excerpt
from handoff.ticket import Ticket

MOST_STEPS = 6
OF_NO_ISSUE = (UNKNOWN, PERSON)
"""Issues that only say that none was recognised: the change is then a new file."""
_STEP_ID = re.compile(r"^  - id: (?P<id>[a-z0-9_]+)\s*$")
_NEW_FILE = """\
# From ticket #{number}. Before you merge it: give it an id (the file is named after it, with _ for the dot), write what is
# missing as people would say it, and run `python -m bot check` until it finds no fault.
id: new.ticket_{number}
title: {title}
guide: Gap / ticket {number}
tier: 1
priority: {priority}
kb: [{page}]
review: {{owner: support-lead, checked: {today}}}

examples:
{examples}
keywords: []

answer: >-
  I'm sorry about this. Let's go through it together, one step at a time.

steps:
{step}
tests:
  match: []
  near_miss: []
"""
_STEP = """\
  - id: {id}
    # From ticket #{number}: make it plain, short, and true for everybody, then take this comment away; `check` refuses it until
    # then. […] stands for a word that was hidden.
    say: |
{say}
    ask: Did that help?
    options:
      - {{label: "Yes", go: solved}}
      - {{label: "No", go: handoff}}
"""


@dataclass(frozen=True)
class Proposal:
    """The change as a patch that `git apply` takes, and what the check still finds wrong with it."""

    file: str
    patch: str
    faults: tuple[str, ...]


def propose(ticket: Ticket, policy: Policy, catalog: Catalog, folder: Path, library: Library, today: date) -> Proposal:
    """The change for a resolved ticket; raises ValueError for one without a resolution."""
    if ticket.resolution is None:
        raise ValueError(f"ticket #{ticket.number} has no resolution yet")
    issue = ticket.request.issue
    known = catalog.intents.get(issue) if issue not in OF_NO_ISSUE else None
    if known is None:
        file, before, after = f"new_ticket_{ticket.number}.yml", "", _new_file(ticket, library, today)
    else:
        file = Path(catalog.files[issue]).name
        before = (folder / file).read_text(encoding="utf-8")
        after = _with_step(_with_example(before, ticket, known), ticket, known)
    return Proposal(
        f"{folder.name}/{file}", _patch(f"{folder.name}/{file}", before, after), _faults(folder, policy, file, after)
    )


def _patch(file: str, before: str, after: str) -> str:
    lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
    return "".join(unified_diff(*lines, f"a/{file}" if before else "/dev/null", f"b/{file}"))


def _faults(folder: Path, policy: Policy, file: str, after: str) -> tuple[str, ...]:
    """What the check finds in the changed file, tried on a copy."""
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / folder.name
        shutil.copytree(folder, copy)
        (copy / file).write_text(after, encoding="utf-8")
        return tuple(f"line {one.line}: {one.message}" for one in check_intents(copy, policy) if file in one.file)


def _example(ticket: Ticket) -> str | None:
    """The user's first words as an excerpt; None when there were none."""
    words = ticket.request.summary
    return None if words == ticket.request.title else str(_excerpt(words))


@cache
def _excerpter() -> Callable[[str], Excerpt]:
    return load_excerpter()


def _excerpt(words: str) -> Excerpt:
    """Words as they may stand in a file that goes into a repository: of users and of staff alike, nobody is named."""
    return _excerpter()(words)


def _with_example(text: str, ticket: Ticket, intent: Intent) -> str:
    words = _example(ticket)
    if words is None or words.casefold() in {one.casefold() for one in (*intent.examples, *intent.tests.match)}:
        return text
    lines = text.splitlines(keepends=True)
    start = lines.index("examples:\n")
    last = max(n for n in range(start, _end_of(lines, start)) if lines[n].startswith("  - "))
    return "".join([*lines[: last + 1], f"  - {json.dumps(words, ensure_ascii=False)}\n", *lines[last + 1 :]])


def _with_step(text: str, ticket: Ticket, intent: Intent) -> str:
    """What resolved it becomes the last step: whom the last one of now did not help comes to it before a person does."""
    if not intent.steps or len(intent.steps) >= MOST_STEPS:
        return text
    last, new = intent.steps[-1], f"from_ticket_{ticket.number}"
    lines = text.splitlines(keepends=True)
    start = lines.index("steps:\n")
    end = _end_of(lines, start)
    begin = next(n for n in range(start, end) if (found := _STEP_ID.match(lines[n])) and found["id"] == last.id)
    leads = _leads_to_a_person(lines[begin:end], last.onward.label)
    if leads is None:
        return text
    lines[begin + leads] = lines[begin + leads].replace("go: handoff", f"go: {new}")
    while lines[end - 1].strip() == "":
        end -= 1
    lines[end:end] = [_step(ticket, new)]
    return "".join(_with_walks(lines, last.id, last.onward.label, new))


def _leads_to_a_person(step: list[str], label: str) -> int | None:
    """The line of this step on which the button with this label goes to a person; None when there is none."""
    button = next((n for n, line in enumerate(step) if f"label: {json.dumps(label)}" in line), None)
    if button is None:
        return None
    after = next((n for n in range(button + 1, len(step)) if "label: " in step[n]), len(step))
    return next((n for n in range(button, after) if "go: handoff" in step[n]), None)


def _with_walks(lines: list[str], last: str, label: str, new: str) -> list[str]:
    """The conversations that went on to a person from the last step meet the new one first."""
    name = re.escape(label)
    said = re.compile(rf'^(?P<turn>\s+- {{user: )(?:"{name}"|{name})(?P<rest>[,}}].*\n)$', re.DOTALL)
    walked, before = [], ""
    for line in lines:
        found = said.match(line) if f"step: {last}}}" in before else None
        if found:
            walked += [f"{found['turn']}{json.dumps(label)}, step: {new}}}\n", f'{found["turn"]}"No"{found["rest"]}']
        else:
            walked.append(line)
        before = line
    return walked


def _end_of(lines: list[str], start: int) -> int:
    """The line after a block that begins at the left edge."""
    return next((n for n in range(start + 1, len(lines)) if re.match(r"\S", lines[n])), len(lines))


def _step(ticket: Ticket, name: str) -> str:
    done = ticket.resolution
    assert done is not None
    lines = [line.strip() for text in (done.done, done.instructions) for line in text.splitlines()]
    said = [str(_excerpt(line)) for line in lines if line]
    say = "\n".join(f"      {line}" for line in said)
    return _STEP.format(id=name, number=ticket.number, say=say)


def _new_file(ticket: Ticket, library: Library, today: date) -> str:
    words = _example(ticket)
    pages = library.about(words or ticket.request.title)
    return _NEW_FILE.format(
        number=ticket.number,
        title=json.dumps((words or ticket.request.title)[:60], ensure_ascii=False),
        priority=ticket.priority,
        page=pages[0] if pages else "troubleshooting/common-errors",
        today=today.isoformat(),
        examples=f"  - {json.dumps(words, ensure_ascii=False)}\n" if words else "  []\n",
        step=_step(ticket, f"from_ticket_{ticket.number}"),
    )
