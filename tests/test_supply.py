"""What is installed is what was looked at, and what is kept is what SECURITY.md says."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from bot.storage.tables import Row
from tests.documents import HOME, section, spans, text_of

LOCKS = ("requirements.lock", "requirements-dev.lock", "tools/uv.lock", "tools/sbom.lock")

COMES_WITH = {"numpy": "scikit-learn", "scipy": "scikit-learn", "starlette": "fastapi", "pydantic-core": "pydantic"}
"""What we import of a package that another one, which is declared, cannot do without."""

NEEDED_BY_BEING_THERE = {"tzdata", "python-multipart"}
"""What the standard library and FastAPI look for by themselves: time zones, and the forms of a browser."""


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


def test_whatever_the_product_imports_is_declared_and_whatever_is_declared_is_imported() -> None:
    declared = {
        re.split(r"[\[<>=~; ]", one)[0].lower().replace("_", "-")
        for one in tomllib.loads(text_of(HOME / "pyproject.toml"))["project"]["dependencies"]
    }
    homes = packages_distributions()
    used = {one.lower().replace("_", "-") for name in imported("bot", "handoff") for one in homes.get(name, [name])}

    assert used - declared - set(COMES_WITH) == set()
    assert declared - used == NEEDED_BY_BEING_THERE
    for name, whole in COMES_WITH.items():
        assert whole in declared and any(re.match(rf"{name}\b", one) for one in requires(whole) or []), name


def imported(*folders: str) -> set[str]:
    """The packages of others that our code imports."""
    found: set[str] = set()
    for path in (path for folder in folders for path in (HOME / folder).rglob("*.py")):
        for part in ast.walk(ast.parse(text_of(path))):
            names = [one.name for one in part.names] if isinstance(part, ast.Import) else []
            names += [part.module] if isinstance(part, ast.ImportFrom) and part.module and not part.level else []
            found |= {name.partition(".")[0] for name in names}
    return {name for name in found if name not in sys.stdlib_module_names and name not in folders}
