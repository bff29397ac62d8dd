"""票: the ballots (C12, H1) in both forms, and the recommendation ballot (C3)."""

from branchbook.domain.ballot_papers import Ballots, BallotStyle, Column
from branchbook.domain.papers import Paper, PaperGroup, Subject

MARKS = (
    Column("name", "候选人姓名", 42.0),
    Column("for", "赞成", 20.0),
    Column("against", "不赞成", 20.0),
    Column("abstain", "弃权", 20.0),
)
WRITE_INS = (Column("name", "另选他人姓名", 42.0), Column("for", "赞成", 20.0))


def _ballot(key: str, code: str, name: str, title: str, blank_rows: int) -> Paper:
    return Paper(
        key=f"election:{key}",
        code=code,
        name=name,
        title=title,
        layout=Ballots(
            columns=MARKS,
            style=BallotStyle.CELLS,
            key="candidates",
            write_ins=3,
            write_in_columns=WRITE_INS,
            blank_rows=blank_rows,
        ),
        subject=Subject.PROCEDURE,
        group=PaperGroup.ELECTION,
    )


BALLOT = _ballot("ballot", "C12", "委员选票", "{committee}{by_election}委员选票", 4)
BALLOT_SECRETARY = _ballot("ballot_secretary", "C12-1", "书记选票", "{committee}{by_election}书记选票", 1)
BALLOT_DEPUTY = _ballot("ballot_deputy", "C12-2", "副书记选票", "{committee}{by_election}副书记选票", 1)

RECOMMENDATION = Paper(
    key="election:recommendation_ballot",
    code="C3",
    name="候选人推荐票",
    title="{organisation}{offices}候选人推荐票",
    layout=Ballots(
        columns=(
            Column("number", "序号", 16.0),
            Column("name", "被推荐人姓名", 60.0),
            Column("post", "推荐职务", 50.0),
            Column("note", "备注", 30.0),
        ),
        style=BallotStyle.TABLE,
        blank_rows=5,
        row_height_mm=12.0,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)
