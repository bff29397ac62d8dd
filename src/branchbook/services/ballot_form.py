"""How the ballots of a book look: what differs from place to place (forms I3)."""

from __future__ import annotations

from dataclasses import dataclass

from branchbook.domain.ballot_papers import BallotStyle
from branchbook.services.paper_choices import BallotsPerSheet, SpareBallots
from branchbook.services.settings_table import BookSettings


@dataclass(frozen=True, slots=True)
class BallotForm:
    """甲 or 乙, how many on a sheet, how many places for others (0: as many as there are seats).

    ``colour_note`` says on paper of which colour they are to be printed, ``spare`` what is done with those left.
    """

    style: BallotStyle = BallotStyle.CELLS
    per_sheet: int = 2
    write_ins: int = 0
    colour_note: bool = True
    spare: SpareBallots = SpareBallots.CUT


def ballot_form(settings: BookSettings) -> BallotForm:
    """The form that a book's settings ask for."""
    return BallotForm(
        settings.ballot_style,
        1 if settings.ballots_per_sheet == BallotsPerSheet.ONE else 2,
        settings.ballot_write_ins,
        settings.ballot_colour_note,
        settings.spare_ballots,
    )
