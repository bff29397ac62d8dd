"""工作台: where the secretary starts each day."""

from branchbook.ui.places.desk.place import Desk

__all__ = ["Desk"]
