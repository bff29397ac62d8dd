"""What the press draws, written down: every text run, rule and picture with its place, for a floor to draw again.

Recording wraps the press's own drawing; links and bookmarks are left out, so the floor has a little less to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from branchbook.domain.papers import Booklet
from branchbook.forms import press as press_module
from branchbook.forms.drawing import Drawing
from branchbook.forms.page import POINT, Page, merged
from branchbook.services.printing_press import PressedPaper

Run = tuple[str, str]
"""The file of a face, and the characters drawn with it."""


class DrawnText(msgspec.Struct, array_like=True):
    """Runs from one point on one baseline, in points from the lower left corner."""

    x: float
    y: float
    size: float
    spacing: float
    runs: list[Run]


class DrawnPicture(msgspec.Struct, array_like=True):
    """A picture's file and its box in points."""

    file: str
    x: float
    y: float
    width: float
    height: float


class DrawnPage(msgspec.Struct, array_like=True):
    """One page: its size, then what is drawn; rules are (x1, y1, x2, y2, weight)."""

    width: float
    height: float
    texts: list[DrawnText]
    rules: list[tuple[float, float, float, float, float]]
    pictures: list[DrawnPicture]


class RecordingDrawing(Drawing):
    """Draws as the press does and notes what it drew."""

    pages: list[DrawnPage]
    folder: Path

    def draw(self, page: Page, even: bool = False, anchors: Sequence[str] = ()) -> None:
        """Draw, and note the page."""
        frame = page.frame
        left = frame.even_left if even else frame.left
        top = frame.page_height - (frame.even_top if even else frame.top)
        self.pages.append(
            DrawnPage(
                frame.page_width / POINT,
                frame.page_height / POINT,
                [_drawn(text, left, top) for text in page.texts if text.characters],
                [
                    ((x1 + left) / POINT, (top - y1) / POINT, (x2 + left) / POINT, (top - y2) / POINT, weight)
                    for x1, y1, x2, y2, weight in merged(page.rules)
                ],
                [],
            )
        )
        super().draw(page, even, anchors)

    def _picture(self, picture: Any, left: float, top: float) -> None:
        """Note where the canvas puts it, and keep its bytes for the floor."""
        draw_image = self._canvas.drawImage

        def noting(reader: Any, x: float, y: float, width: float, height: float, mask: str) -> None:
            file = self.folder / f"{picture.sha256}.jpg"
            if self._content is not None and not file.exists():
                file.write_bytes(self._content(picture.sha256) or b"")
            self.pages[-1].pictures.append(DrawnPicture(str(file), x, y, width, height))
            draw_image(reader, x, y, width, height, mask=mask)

        self._canvas.drawImage = noting
        try:
            super()._picture(picture, left, top)
        finally:
            self._canvas.drawImage = draw_image


def _drawn(text: Any, left: float, top: float) -> DrawnText:
    runs = [
        (str(text.typeface.faces[place].path), characters)
        for place, characters in text.typeface.runs(text.characters)
    ]
    x, y = (text.x + left) / POINT, (top - text.baseline) / POINT
    return DrawnText(x, y, text.size, text.spacing, runs)


def record(
    press: Callable[[Booklet], PressedPaper], booklet: Booklet, folder: Path
) -> tuple[PressedPaper, list[DrawnPage]]:
    """Press a booklet and give its PDF with what was drawn; pictures are written into ``folder``."""
    pages: list[DrawnPage] = []
    kind = type("Recording", (RecordingDrawing,), {"pages": pages, "folder": folder})
    setattr(press_module, "Drawing", kind)  # noqa: B010  the press asks its module for it
    try:
        return press(booklet), pages
    finally:
        setattr(press_module, "Drawing", Drawing)  # noqa: B010


def write_drawn(pages: list[DrawnPage], path: Path) -> None:
    """Keep what was drawn as JSON."""
    path.write_bytes(msgspec.json.encode(pages))
