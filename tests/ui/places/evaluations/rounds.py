"""Rounds of ballots for the counting panel, and the panel with the keyboard in it."""

from __future__ import annotations

from datetime import date

from branchbook.domain.evaluation_count import GradeCount
from branchbook.domain.evaluations import Audience, BallotForm, GradeLine, GradeRound, ItemCount
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.ui.places.evaluations.yearly.counting import GradePanel
from tests.services.election_book import NAMES
from tests.services.small_book import named

HELD_ON = date(2026, 11, 12)


def round_of(members: int = 22, returned: int = 20, *, form: BallotForm = BallotForm.GRADES) -> GradeRound:
    """Members' ballots, issued and returned, none of them counted yet."""
    items = tuple(map(ItemCount, BALLOT_ITEMS)) if form == BallotForm.ITEMS else ()
    lines = tuple(GradeLine(named(name), GradeCount(name), items) for name in NAMES[:members])
    due = max(members, returned)
    return GradeRound(
        named("一轮"), Audience.MEMBERS, HELD_ON, due, due, due, returned, form=form, lines=lines
    )


class KeptPanel(GradePanel):
    """``kept`` are the rounds that it gave away."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[GradeRound] = []
        self.round_changed.connect(self.kept.append)

    def numbers(self, name: str) -> tuple[int, ...]:
        """The six numbers of a member."""
        assert self.keeping.round is not None
        found = self.keeping.round.line_of(named(name))
        assert found is not None
        count = found.count
        graded = (count.excellent, count.qualified, count.basically_qualified, count.unqualified)
        return (*graded, count.blank, count.void)

    def said(self) -> str:
        """What stands over the table."""
        return self.line.text
