"""The Ledgers place."""

from branchbook.ui.places.ledgers.place import Ledgers

__all__ = ["Ledgers"]
