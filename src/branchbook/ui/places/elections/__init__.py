"""The Elections place: the steps of an election on a time line, and the step at hand."""

from branchbook.ui.places.elections.place import Elections

__all__ = ["Elections"]
