"""What the guide to a new book asks, and a file name for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ENDING = ".branchbook"
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class NewBook:
    """What the guide asked. ``general_branch`` is empty for a branch alone; ``operator`` goes into history."""

    path: Path
    general_branch: str
    branches: tuple[str, ...]
    founded_on: date
    operator: str


def file_name(owner: str) -> str:
    """A file name for an organisation's book, without what no file system takes."""
    name = _NOT_IN_FILE_NAMES.sub("", owner).strip(" .")
    return f"{name or '支部手册'}{ENDING}"
