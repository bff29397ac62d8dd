"""备份与安全: back up, verify, restore; the history of changes; the recycle bin."""

from branchbook.ui.places.safety.place import Safety

__all__ = ["Safety"]
