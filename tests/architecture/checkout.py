"""What the architecture tests read: the files of this checkout that belong to the project."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "branchbook"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Give every file that git knows and that is still there."""
    # A clone that belongs to another user, as on some build services, is still this checkout.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    paths = (CHECKOUT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*folders: Path) -> list[Path]:
    """Give the Python files below these folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def faults_in(paths, rule) -> list[str]:
    """Apply a rule of rules.py to files; each fault is preceded by the file's path in the checkout."""
    return [
        f"{path.relative_to(CHECKOUT).as_posix()} {fault}"
        for path in paths
        for fault in rule(path.read_text(encoding="utf-8"))
    ]


def project() -> dict:
    """Give pyproject.toml."""
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
