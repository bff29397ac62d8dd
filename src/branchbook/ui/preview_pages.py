"""Where the pages of a document stand when they are laid under each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QRect


class PageStack:
    """Pages with sizes in points, laid out in pixels; pages are numbered from 1."""

    def __init__(self, sizes: tuple[tuple[float, float], ...]) -> None:
        self._sizes = sizes
        self._areas: list[QRect] = []
        self._tops: list[int] = []
        self.scale = 1.0
        """Pixels per point."""
        self.width = 0
        self.height = 0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def lay_out(self, room: int, gap: int, scale: float | None) -> None:
        """Lay the pages out; without a scale the widest portrait page fills ``room`` pixels.

        A landscape page among portrait ones is shown at the same scale only where it fits, else reduced: no
        page is wider than the room when the width is fitted.
        """
        portrait = [width for width, height in self._sizes if width <= height]
        widest = max(portrait or [width for width, _ in self._sizes], default=1.0)
        self.scale = scale if scale is not None else room / widest
        self._areas = []
        y = gap
        for width, height in self._sizes:
            own = self.scale if scale is not None else min(self.scale, room / width)
            area = QRect(0, y, round(width * own), round(height * own))
            self._areas.append(area)
            y += area.height() + gap
        self.width = max((area.width() for area in self._areas), default=0)
        self.height = y - gap if self._areas else 0
        for area in self._areas:
            area.moveLeft((self.width - area.width()) // 2)
        self._tops = [area.y() for area in self._areas]

    def top(self, page: int) -> int:
        """Where a page begins."""
        return self._tops[page - 1]

    def page_at(self, y: int) -> int:
        """The page at a height, the nearest before it between pages; 0 without pages."""
        return max(bisect_right(self._tops, y), 1) if self._tops else 0

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, QRect]]:
        """The pages that are seen between two heights."""
        for number in range(self.page_at(top), self.count + 1):
            if number == 0 or self._areas[number - 1].y() > bottom:
                return
            yield number, self._areas[number - 1]
