"""谈心谈话: the matrix of a year, what is missing, and who waits for a talk."""

from branchbook.ui.places.evaluations.talks.talks_view import TalksView

__all__ = ["TalksView"]
