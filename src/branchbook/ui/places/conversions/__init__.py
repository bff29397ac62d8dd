"""The place of those who join: everyone by stage, and each person's record from the application to the file."""

from branchbook.ui.places.conversions.place import Conversions

__all__ = ["Conversions"]
