"""What services ask of the press that turns booklets into files. ``forms`` and ``exchange`` implement it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from branchbook.domain.papers import Booklet, Sheet

ContentSource = Callable[[str], bytes | None]
Progress = Callable[[int, int], bool]
"""Called with (done, total); returns False to cancel."""


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no bundled face has, and a piece of the text around it."""

    character: str
    context: str


@dataclass(frozen=True, slots=True)
class PressedPaper:
    """A finished PDF. ``substitutes`` are characters set in a fallback face: (character, face name)."""

    pdf: bytes
    pages: int
    section_pages: tuple[int, ...]
    missing: tuple[MissingCharacter, ...] = ()
    substitutes: tuple[tuple[str, str], ...] = ()


class PaperPress(Protocol):
    """Turns a booklet into PDF bytes; the same booklet gives the same bytes."""

    def press(
        self, booklet: Booklet, content: ContentSource | None = None, progress: Progress | None = None
    ) -> PressedPaper:
        """Lay out and draw. Raises RefusedProblem where progress cancels."""
        ...

    def missing_characters(self, texts: tuple[str, ...]) -> tuple[MissingCharacter, ...]:
        """Characters of the texts that no face has; cheap, for names before printing."""
        ...


class WordPress(Protocol):
    """Turns a sheet into an editable docx in the same layout."""

    def docx(self, sheet: Sheet) -> bytes:
        """The docx file's bytes."""
        ...
