"""Counting ballots at the table."""

from branchbook.ui.places.elections.counting.panel import CountingPanel

__all__ = ["CountingPanel"]
