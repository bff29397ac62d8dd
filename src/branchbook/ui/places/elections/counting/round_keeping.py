"""The round of an election while it is counted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from branchbook.domain.ballots import BallotRound, WriteInLine
from branchbook.ui.places.procedures.count_keeping import CountKeeping


class RoundKeeping(CountKeeping[BallotRound]):
    """Persons behind names, and names without a vote, are the book's: they make no other entry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, _numbers)


def _numbers(ballots: BallotRound) -> BallotRound:
    """A round without what the book adds or leaves out by itself: persons behind names, names without a vote."""
    written = tuple(WriteInLine(each.name, each.votes_for) for each in ballots.write_ins if each.votes_for)
    return replace(ballots, write_ins=written)
