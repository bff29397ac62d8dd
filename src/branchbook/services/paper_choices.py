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


PAPER_CHOICES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "spare_ballots",
        "多余选票的处理",
        "印在发出选票报告单上；各地做法不同",
        ((SpareBallots.CUT, "全部剪角作废"), (SpareBallots.KEEP, "留存 3 张，其余剪角作废")),
    ),
    (
        "conversion_ballots",
        "每张纸印几张转正表决票",
        "A4 纸印四张或八张，沿虚线裁开；印不下时自动减少",
        ((ConversionBallots.FOUR, "四张"), (ConversionBallots.EIGHT, "八张")),
    ),
    (
        "conversion_ballot_mark",
        "转正表决票上画的符号",
        "印在表决票的说明里；各地做法不同",
        ((BallotMark.CIRCLE, "画“○”"), (BallotMark.TICK, "画“√”")),
    ),
    (
        "evaluation_ballot_order",
        "民主测评票上党员的排列",
        "花名册的顺序，或者按姓氏笔画",
        ((EvaluationOrder.ROSTER, "花名册顺序"), (EvaluationOrder.STROKES, "姓氏笔画")),
    ),
    (
        "evaluation_ballot_probationary",
        "民主测评票上的预备党员",
        "预备党员参加评议、不评定等次：不列入，或者列入并划“—”",
        ((ProbationaryOnBallot.OMIT, "不列入"), (ProbationaryOnBallot.DASH, "列入并划“—”")),
    ),
    (
        "writing_paper",
        "申请书用的稿纸",
        "转正申请书须本人手写，程序只印封面和稿纸",
        ((WritingPaperKind.SQUARES, "方格（每页 400 字）"), (WritingPaperKind.LINES, "横线")),
    ),
)
"""Lines of the Settings place, one after another: key, label, help, and the words of each choice."""
