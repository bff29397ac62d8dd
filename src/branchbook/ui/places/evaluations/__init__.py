"""The Evaluations place: the yearly round, the talks around it, and dual organisational life."""

from branchbook.ui.places.evaluations.place import Evaluations

__all__ = ["Evaluations"]
