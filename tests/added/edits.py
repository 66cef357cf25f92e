"""What somebody would do to add a thing, told as edits: the list of CONTRIBUTING that they follow, and what holds afterwards."""

import shutil
from pathlib import Path

from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).parent


class Edit(Strict):
    """Words of a file, and what stands there afterwards. A new file begins empty, or as a copy of another."""

    file: str
    take: str = ""
    put: str
    copy_of: str = ""

    def make(self, root: Path) -> None:
        """Changes the file below this root; raises ValueError when the words do not stand there once."""
        path = root / self.file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((root / self.copy_of).read_text(encoding="utf-8") if self.copy_of else "", encoding="utf-8")
        text = path.read_text(encoding="utf-8")
        if self.take and text.count(self.take) != 1:
            raise ValueError(f"`{self.take}` stands {text.count(self.take)} times in {self.file}, not once")
        path.write_text(text.replace(self.take, self.put) if self.take else self.put, encoding="utf-8")


class Package(Strict):
    """A folder of this one, and where it is put as it is."""

    take: str
    put: str

    def make(self, root: Path) -> None:
        """Puts it below this root; raises FileExistsError where there is one."""
        shutil.copytree(HERE / self.take, root / self.put, ignore=shutil.ignore_patterns("__pycache__"))


class Change(Strict):
    """A thing that is added."""

    follows: str
    packages: tuple[Package, ...] = ()
    edits: tuple[Edit, ...]
    checks: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """What it touches; a folder of its own as `folder/*`."""
        return sorted({*(edit.file for edit in self.edits), *(f"{package.put}/*" for package in self.packages)})


def load_changes() -> dict[str, Change]:
    """Every change, by the name of its file."""
    return {path.stem: validated(Change, read_yaml(path, HERE)) for path in sorted(HERE.glob("*.yml"))}
