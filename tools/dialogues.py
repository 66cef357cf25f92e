"""Plays whole conversations that were written before the product, and judges how they end: outcome, issue, priority.

Usage: python -m tools.dialogues FILE.jsonl [--show]
A row: `turns` ({"user"}), `role`, and `expect`: `outcome` (answered, routed elsewhere, ticket, emergency, medical,
no_ticket), `label`, `priority`.
`--show` prints those that end otherwise, turn by turn: from then on they are seen, and teach us rather than measure us."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from rich.progress import track

from bot.understanding.intents.names import EMERGENCY, MEDICAL

Turn = Mapping[str, Any]
MOST_SKIPS = 8
"""Questions that are skipped when somebody has said all that was written for them."""
TO_PEOPLE = frozenset((EMERGENCY, MEDICAL))


@dataclass(frozen=True)
class Played:
    """What came of a conversation: every turn with what was sent and what came back."""

    turns: list[tuple[str, Turn]]

    @property
    def ticket(self) -> Mapping[str, Any] | None:
        """The last request that was opened."""
        return next((back["ticket"] for _, back in reversed(self.turns) if back.get("ticket")), None)

    @property
    def issues(self) -> list[str]:
        """Every issue that was spoken of, in order."""
        return [back["issue"] for _, back in self.turns if back.get("issue")]


class Talk:
    """`talk --jsonl` in a process of its own."""

    def __init__(self, given: IO[str], got: IO[str]) -> None:
        self._given, self._got = given, got

    def say(self, row: Mapping[str, Any]) -> Turn:
        """One row in, one row out."""
        self._given.write(json.dumps(row) + "\n")
        self._given.flush()
        found: Turn = json.loads(self._got.readline())
        return found

    def play(self, dialogue: Mapping[str, Any]) -> Played:
        """The whole conversation with a fresh user; then `Skip` for as long as it is asked."""
        self.say({"new": True, "role": dialogue.get("role") or "patient"})
        turns = [(turn["user"], self.say({"user": turn["user"]})) for turn in dialogue["turns"]]
        for _ in range(MOST_SKIPS):
            if "Skip" not in turns[-1][1]["buttons"]:
                break
            turns.append(("[Skip]", self.say({"press": "Skip"})))
        return Played(turns)


@contextmanager
def talking() -> Iterator[Talk]:
    """A process that talks, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "bot",
            "talk",
            "--jsonl",
            "--database",
            f"sqlite:///{Path(folder) / 'talk.db'}",
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
            assert process.stdin is not None
            assert process.stdout is not None
            yield Talk(process.stdin, process.stdout)
            process.stdin.close()


def faults(played: Played, expect: Mapping[str, Any]) -> list[str]:
    """What is otherwise than was written down; nothing where it ended right."""
    ticket, wanted = played.ticket, expect["label"]
    if expect["outcome"] == "emergency":
        shown = any(back["state"] == "checking" or back.get("issue") == EMERGENCY for _, back in played.turns) or (
            ticket is not None and (ticket["issue"] in TO_PEOPLE or ticket["reason"] == "emergency")
        )
        return [] if shown else ["no numbers were shown"]
    if expect["outcome"] == "no_ticket":
        return [] if ticket is None else [f"a request about {ticket['issue']} where none was wanted"]
    if expect["outcome"] == "medical":
        declined = TO_PEOPLE.intersection(played.issues) or (ticket is not None and ticket["issue"] in TO_PEOPLE)
        return [] if declined else ["the clinical question was not declined"]
    if expect["outcome"] in ("answered", "routed"):
        if ticket is not None:
            return [f"a request about {ticket['issue']} where it was to be answered"]
        return [] if wanted in played.issues else [f"answered about {played.issues[-1:] or 'nothing'}"]
    if ticket is None:
        return ["no request was opened"]
    found = [] if ticket["issue"] == wanted else [f"the request is about {ticket['issue']}"]
    if expect["priority"] and ticket["priority"].lower() != expect["priority"].lower():
        found.append(f"priority {ticket['priority']} instead of {expect['priority']}")
    return found


def shown(dialogue: Mapping[str, Any], played: Played, found: list[str]) -> str:
    """A conversation that ended otherwise, to be read."""
    expect = dialogue["expect"]
    head = f"## {dialogue['id']} {dialogue['persona']}: {'; '.join(found)}"
    wanted = f"   wanted {expect['outcome']} {expect['label']} {expect['priority']}"
    lines = [
        f"> {said}\n   [{back.get('issue')} {back['state']}] {' '.join(back['messages'])[:400]} {back['buttons']}"
        for said, back in played.turns
    ]
    return "\n".join([head, wanted, *lines, json.dumps(played.ticket)[:700], ""])


def main() -> None:
    """Play the file, print how many ended right, and where asked for the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    dialogues = [json.loads(line) for line in asked.file.read_text(encoding="utf-8").splitlines()]
    right = 0
    with talking() as talk:
        for dialogue in track(dialogues, "Conversations", disable=not sys.stderr.isatty()):
            played = talk.play(dialogue)
            found = faults(played, dialogue["expect"])
            right += not found
            if found and asked.show:
                print(shown(dialogue, played, found))
            elif found:
                print(dialogue["id"], dialogue["expect"]["outcome"], "|", "; ".join(found))
    print(f"{right} of {len(dialogues)} end as written")


if __name__ == "__main__":
    main()
