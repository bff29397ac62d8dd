"""组织生活: the year's meetings and other records, their editor, and the resolutions of all years."""

from branchbook.ui.places.meetings.place import Meetings

__all__ = ["Meetings"]
