"""What can be chosen in the settings about papers; forms differ from place to place (forms I3)."""

from __future__ import annotations

from enum import StrEnum


class BallotsPerSheet(StrEnum):
    """How many ballots stand on a sheet."""

    ONE = "one"  # one on A5
    TWO = "two"  # two on A4, to be cut apart


class SpareBallots(StrEnum):
    """What is done with ballots that were not issued; places differ."""

    CUT = "cut"  # all have a corner cut off
    KEEP = "keep"  # three are kept, the others have a corner cut off


class ConversionBallots(StrEnum):
    """How many ballots of a conversion stand on a sheet of A4."""

    FOUR = "four"
    EIGHT = "eight"


class BallotMark(StrEnum):
    """The sign that is made on a ballot of a conversion; places differ."""

    CIRCLE = "circle"
    TICK = "tick"


class EvaluationOrder(StrEnum):
    """In which order members stand on the ballot of an evaluation."""

    ROSTER = "roster"
    STROKES = "strokes"


class ProbationaryOnBallot(StrEnum):
    """What the ballot of an evaluation does with probationary members, who get no grade."""

    OMIT = "omit"
    DASH = "dash"


class WritingPaperKind(StrEnum):
    """What paper there is to write an application on."""

    SQUARES = "squares"
    LINES = "lines"
