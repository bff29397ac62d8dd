"""双重组织生活: the leaders, what they took part in, and the year's counts."""

from branchbook.ui.places.evaluations.dual_life.dual_life_view import DualLifeView

__all__ = ["DualLifeView"]
