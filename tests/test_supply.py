"""What is installed is what was looked at, and what is kept is what SECURITY.md says."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.storage.tables import Row
from tests.documents import HOME, section, spans, text_of

LOCKS = ("requirements.lock", "requirements-dev.lock", "tools/uv.lock", "tools/sbom.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_a_lock_has_one_version_and_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", text_of(HOME / lock).strip())

    assert entries
    assert [
        entry[:40] for entry in entries if not re.match(r"[\w.\[\]-]+==[\w.]+ [^\n]*\\\n +--hash=sha256:", entry)
    ] == []


def test_the_installer_takes_uv_by_its_hash_alone() -> None:
    script = text_of(HOME / "tools" / "install.sh")

    installs = re.findall(r"pip install [^;|&\n]*", script)
    assert len(installs) == 3 and all("--require-hashes" in one for one in installs)
    assert "-r tools/uv.lock" in script


def test_an_other_uv_than_the_locked_one_is_not_used(tmp_path: Path) -> None:
    """The function of the script, with a uv of another version on the path."""
    other = tmp_path / "uv"
    other.write_text("#!/bin/sh\necho uv 0.0.1\n", encoding="utf-8")
    other.chmod(0o755)
    lines = text_of(HOME / "tools" / "install.sh").splitlines()
    told = "\n".join(line for line in lines if line.startswith(("wanted=", "is_wanted()")))

    done = subprocess.run(["sh", "-c", f"{told}\nis_wanted {other}"], cwd=HOME, timeout=30, check=False)

    assert "is_wanted" in told and done.returncode == 1


def test_every_table_of_the_database_stands_in_what_we_keep() -> None:
    kept = section(text_of(HOME / "SECURITY.md"), "## What we keep, and where")
    named = {span for line in kept.splitlines() if line.startswith("|") for span in spans(line)}

    assert named == set(Row.metadata.tables)
