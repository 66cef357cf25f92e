"""Takes each row of the guide away, in a copy of the repository, and sees whether the tests that name the row fail."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from bot.authoring.guide_rows import HERE, Proof, load_rows, proofs
from bot.authoring.mutations import Mutation, load_mutations
from handoff.data_files import DataFaults

LONGEST_RUN = 300
NOTICED = ("assert ", "AssertionError", "Failed: DID NOT RAISE", "handoff.lifecycle.NotAllowed")
"""How the failure begins of a test that noticed: an assertion, or a refusal of the product's own. Anything else is a breakdown."""
REFUSAL = "handoff.data_files.DataFaults: "
"""What stands before the words by which the product refuses a file, wherever in a test it is read."""
QUICK_FIRST = (
    "handoff",
    "authoring",
    "measuring",
    "simulation",
    "understanding",
    "dialogue",
    "walks",
    "actions",
    "web",
    "channels",
)
NOTHING_TESTED = (4, 5)
"""How pytest ends when a test that was named is not there, and when none ran."""


@dataclass(frozen=True)
class Failed:
    """A test, and what it says."""

    node: str
    says: str


@dataclass(frozen=True)
class Run:
    """What came of some tests: those that noticed, what the product itself refused, and why the others tell nothing."""

    noticed: tuple[Failed, ...] = ()
    refused: str = ""
    broken: str = ""


@dataclass(frozen=True)
class Weighed:
    """A mutation and what came of it."""

    row: str
    mutation: Mutation
    run: Run

    @property
    def refused(self) -> bool:
        """Whether the product does not start with the file as it was changed, so that no edit takes the row away."""
        return self.run.refused.startswith(self.mutation.file)

    @property
    def held(self) -> bool:
        """Whether the row cannot be lost unseen."""
        return bool(self.run.noticed) or self.refused

    def __str__(self) -> str:
        take, put = (" ".join(words.split()) for words in (self.mutation.take, self.mutation.put))
        place = f"{self.row}: {self.mutation.file}: `{take}` -> `{put}`"
        if self.run.noticed:
            return f"proven      {place}  {self.run.noticed[0].node}: {self.run.noticed[0].says}"
        if self.refused:
            return f"refused     {place}  {self.run.refused}"
        return f"NOT PROVEN  {place}  {self.run.broken or 'every test that names the row still passes'}"


def copied(root: Path, to: Path) -> None:
    """The files that git tracks, as they are in the working copy."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)


@contextmanager
def mutated(mutation: Mutation, root: Path, copy: Path) -> Iterator[None]:
    """The copy with the mutation in it; afterwards its files are the originals again, times and all."""
    for place in mutation.places():
        text = place.changed(copy)
        (copy / place.file).write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        for place in mutation.places():
            shutil.copy2(root / place.file, copy / place.file)


def outcome(copy: Path, nodes: Sequence[str], *more: str, limit: float | None = LONGEST_RUN) -> Run:
    """Runs these tests in the copy, with more options of pytest, for so many seconds at most."""
    report = copy / "prove.xml"
    report.unlink(missing_ok=True)
    options = ["-p", "no:randomly", "-p", "no:cacheprovider", "-m", "", "-k", "not postgresql", f"--junitxml={report}"]
    command = [sys.executable, "-m", "pytest", *options, *more, *nodes]
    # a change of a file within its second and of its length would be hidden by the bytecode that was kept of it
    environ = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return Run(broken=f"the tests took more than {LONGEST_RUN} seconds")
    said = said_by(ElementTree.parse(report).getroot()) if report.exists() else Run()
    if done.returncode in NOTHING_TESTED or not report.exists():
        return Run(refused=said.refused, broken=f"no test ran: {(done.stdout + done.stderr).strip()[-300:]}")
    return said


def said_by(report: ElementTree.Element) -> Run:
    """The tests of a JUnit report that noticed, and the first that broke down."""
    noticed, broken, refused = [], [], ""
    for case in report.iter("testcase"):
        for result in (*case.iter("failure"), *case.iter("error")):
            message = result.get("message", "")
            refused = refused or f"{message}\n{result.text}".partition(REFUSAL)[2].partition("\n")[0][:120]
            node = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
            told = Failed(node, message.splitlines()[0][:120] if message else result.tag)
            (noticed if result.tag == "failure" and message.startswith(NOTICED) else broken).append(told)
    return Run(tuple(noticed), refused, f"broke down: {broken[0].node}: {broken[0].says}" if broken else "")


def nodes_of(found: Sequence[Proof]) -> list[str]:
    """The tests as pytest names them, the quick ones first."""

    def slowness(proof: Proof) -> int:
        folder = proof.node.split("/")[1]
        return QUICK_FIRST.index(folder) if folder in QUICK_FIRST else len(QUICK_FIRST)

    return [proof.node for proof in sorted(found, key=slowness)]


def weighed(
    root: Path, chosen: Mapping[str, Sequence[Mutation]], found: Mapping[str, Sequence[Proof]]
) -> Iterator[Weighed]:
    """Each mutation of the chosen rows with what came of it; at the end RuntimeError when a test that noticed one fails with
    nothing taken away too."""
    with tempfile.TemporaryDirectory(prefix="prove-") as folder:
        copy = Path(folder)
        copied(root, copy)
        noticing: dict[str, None] = {}
        for row, mutations in chosen.items():
            for mutation in mutations:
                with mutated(mutation, root, copy):
                    run = _noticed(copy, nodes_of(found.get(row, ())))
                noticing |= dict.fromkeys(failed.node for failed in run.noticed)
                yield Weighed(row, mutation, run)
        untouched = outcome(copy, list(noticing), limit=None) if noticing else Run()
        if untouched.noticed or untouched.broken:
            failing = [*(failed.node for failed in untouched.noticed), untouched.broken]
            raise RuntimeError(f"fails with nothing taken away: {'; '.join(filter(None, failing))}")


def _noticed(copy: Path, nodes: Sequence[str]) -> Run:
    """The first of these tests that does not pass; all of them, where that one only broke down."""
    first = outcome(copy, nodes, "-x")
    return outcome(copy, nodes) if first.broken and not first.refused and len(nodes) > 1 else first


def chosen_rows(all_rows: Sequence[str], wanted: Sequence[str], sample: int | None, seed: str) -> list[str]:
    """The rows that were named, so many by chance, or all; raises ValueError for one that is none."""
    unknown = sorted(set(wanted) - set(all_rows))
    if unknown:
        raise ValueError(f"no rows of the guide, or without a mutation: {', '.join(unknown)}")
    if sample is None:
        return list(wanted or all_rows)
    return sorted(all_rows, key=lambda row: sha256(f"{seed} {row}".encode()).digest())[:sample]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when every chosen row is proven, else 1."""
    parser = argparse.ArgumentParser(prog="prove", description=__doc__)
    parser.add_argument("rows", nargs="*", help="rows of the guide; none: all of them")
    parser.add_argument("--sample", type=int, help="so many rows by chance")
    parser.add_argument("--seed", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the chance; else the day")
    asked = parser.parse_args(arguments)
    try:
        every = load_mutations(load_rows(), HERE)
        names = chosen_rows(list(every), asked.rows, asked.sample, asked.seed)
        if asked.sample is not None:
            print(f"{len(names)} rows by chance, seed {asked.seed}: {' '.join(names)}")
        return _told(weighed(HERE, {row: every[row] for row in names}, proofs()))
    except (DataFaults, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1


def _told(results: Iterator[Weighed]) -> int:
    bad: list[Weighed] = []
    rows = set()
    for result in results:
        print(result, flush=True)
        rows.add(result.row)
        bad += [] if result.held else [result]
    missed = {result.row for result in bad}
    print(f"\n{len(rows)} rows: {len(rows - missed)} proven, {len(missed)} not.")
    for result in bad:
        print(result)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
