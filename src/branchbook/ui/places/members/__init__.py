"""党员: the members and the organisations they belong to, over time."""

from branchbook.ui.places.members.place import Members

__all__ = ["Members"]
