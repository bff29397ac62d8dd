"""What the window is made with: the outer rooms, the clock and the files, as ``app`` hands them over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from branchbook.services.program import ProgramSettingsFile
from branchbook.ui.place import FileChooser

if TYPE_CHECKING:
    from branchbook.services.store import Book
    from branchbook.services.workshop import Workshop
    from branchbook.ui.session import BookThread


@dataclass(frozen=True, slots=True)
class WindowNeeds:
    """What ``app`` gives the window. ``make_example`` fills an empty book; ``forget_copies`` removes what was laid
    out of a book beside the program, once the book is closed."""

    workshop: Workshop
    settings_file: ProgramSettingsFile
    new_thread: Callable[[], BookThread]
    now: Callable[[], datetime]
    make_example: Callable[[Book, datetime], None]
    files: FileChooser | None = None
    forget_copies: Callable[[], None] = lambda: None
