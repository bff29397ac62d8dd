"""A press that sets nothing: its PDF is the booklet as text, so that tests see what would be printed."""

from __future__ import annotations

from branchbook.domain.papers import Booklet
from branchbook.domain.problems import RefusedProblem
from branchbook.services.codec import to_json
from branchbook.services.printing_press import ContentSource, MissingCharacter, PressedPaper, Progress


class PressOfWords:
    """One page for each section; ``lacking`` are characters that it has no glyph for."""

    def __init__(self, lacking: str = "") -> None:
        self.lacking = lacking

    def press(
        self, booklet: Booklet, content: ContentSource | None = None, progress: Progress | None = None
    ) -> PressedPaper:
        total = len(booklet.sections)
        if progress is not None and not progress(0, total):
            raise RefusedProblem("打印已取消")
        return PressedPaper(to_json(booklet).encode(), total, (1,) * total)

    def missing_characters(self, texts: tuple[str, ...]) -> tuple[MissingCharacter, ...]:
        return tuple(
            MissingCharacter(character, text)
            for character in self.lacking
            for text in texts
            if character in text
        )
