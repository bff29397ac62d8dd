"""The order of strokes that the program ships, read once."""

from __future__ import annotations

from functools import cache

from branchbook.domain.stroke_order import StrokeOrder
from branchbook.resources import resource_path


@cache
def stroke_order() -> StrokeOrder:
    """The shipped table. Raises FileNotFoundError where the installation is incomplete."""
    return StrokeOrder.of(
        resource_path("stroke_order/order.txt").read_text(encoding="utf-8").split("\n")[:-1]
    )
