"""The Statistics place."""

from branchbook.ui.places.statistics.place import Statistics

__all__ = ["Statistics"]
