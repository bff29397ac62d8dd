"""Counting the grades of an evaluation's secret ballot."""

from branchbook.ui.places.evaluations.yearly.counting.panel import GradePanel

__all__ = ["GradePanel"]
