"""民主测评票 (B2): by grades, item by item, and that of the masses. Nothing on them tells one from another."""

from branchbook.domain.ballot_papers import Ballots, BallotStyle, Column
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.papers import Orientation, Paper, PaperGroup, Subject

GRADES = (
    Column("excellent", "优秀", 21.0),
    Column("qualified", "合格", 21.0),
    Column("basically_qualified", "基本合格", 22.0),
    Column("unqualified", "不合格", 21.0),
)
PROBLEMS = Column("problems", "存在问题（备注）", 44.0)
ITEM_GRADES = (("good", "好"), ("fair", "一般"), ("poor", "差"))


def _ballot(key: str, code: str, name: str, title: str) -> Paper:
    return Paper(
        key=f"evaluation:{key}",
        code=code,
        name=name,
        title=title,
        layout=Ballots(
            columns=(Column("number", "序号", 13.0), Column("name", "姓名", 32.0), *GRADES, PROBLEMS),
            style=BallotStyle.TABLE,
            blank_rows=20,
            seal="",
            adjustable=True,
            font_size=12.0,
        ),
        subject=Subject.PROCEDURE,
        group=PaperGroup.EVALUATION,
    )


def item_columns(items: tuple[str, ...]) -> tuple[Column, ...]:
    """Three columns for each item under its name, then the four grades; together as wide as 252 mm allow."""
    left = 252.0 - 11.0 - 26.0 - 4 * 13.0
    width = left / max(3 * len(items), 1)
    marks = tuple(
        Column(f"{key}_{place}", label, width, group=item)
        for place, item in enumerate(items, 1)
        for key, label in ITEM_GRADES
    )
    overall = tuple(Column(each.key, each.label, 13.0, group="综合评定") for each in GRADES)
    return (Column("number", "序号", 11.0), Column("name", "姓名", 26.0), *marks, *overall)


BALLOT = _ballot("ballot", "B2", "民主测评票", "{organisation}民主评议党员测评票")
BALLOT_MASSES = _ballot("ballot_masses", "B2-2", "群众测评票", "{organisation}民主评议党员群众测评票")
BALLOT_BY_ITEMS = Paper(
    key="evaluation:ballot_items",
    code="B2-1",
    name="民主测评票（分项）",
    title="{organisation}民主评议党员分项测评票",
    layout=Ballots(
        columns=item_columns(BALLOT_ITEMS),
        style=BallotStyle.TABLE,
        blank_rows=10,
        per_sheet=1,
        seal="",
        adjustable=True,
        font_size=11.0,
    ),
    subject=Subject.PROCEDURE,
    orientation=Orientation.LANDSCAPE,
    group=PaperGroup.EVALUATION,
)
