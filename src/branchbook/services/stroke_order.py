"""The order of strokes that the program ships, read once, and names in it as the book's setting has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from branchbook.domain.stroke_order import StrokeOrder
from branchbook.resources import resource_path
from branchbook.services.settings_table import BookSettings

T = TypeVar("T")


@cache
def stroke_order() -> StrokeOrder:
    """The shipped table. Raises FileNotFoundError where the installation is incomplete."""
    return StrokeOrder.of(
        resource_path("stroke_order/order.txt").read_text(encoding="utf-8").split("\n")[:-1]
    )


def in_stroke_order(items: Iterable[T], name_of: Callable[[T], str], settings: BookSettings) -> tuple[T, ...]:
    """The items by the strokes of their names, single names first where the book's setting says so.

    What to tell of characters that the table does not have is ``stroke_order().hint(names)``.
    """
    return stroke_order().ordered(items, name_of, single_names_first=settings.single_names_first)
