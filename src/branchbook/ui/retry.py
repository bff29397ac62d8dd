"""What the start page tries again once a passphrase was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branchbook.domain.recovery_code import Secret


@dataclass(frozen=True, slots=True)
class Retry:
    """A way to a book that may lack a passphrase: of which file, and how to go it with one."""

    path: Path
    go: Callable[[Secret], None]
