"""党支部基本情况 (E1): one page about the branch, with its committee and groups."""

from branchbook.catalogue.papers.measures import line, pair
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, Paper, RecordTable, Row, Subject


def _thirds(*cells: tuple[str, str]) -> Row:
    """A row of counts: three labels, three values."""
    return Row(tuple(Field(key, label, 27.0, 28.0) for key, label in cells), 9.5)


BASICS = RecordTable(
    rows=(
        line("organisation", "支部名称"),
        line("higher_organisation", "上级党组织"),
        pair(("category", "支部类别"), ("founded_on", "成立时间")),
        pair(("elected_on", "本届选举时间"), ("term_ends_on", "任期届满时间")),
        pair(("secretary", "书记"), ("deputy_secretary", "副书记")),
        _thirds(("members", "党员总数"), ("full", "正式党员"), ("probationary", "预备党员")),
        _thirds(("women", "女党员"), ("minority", "少数民族"), ("young", "35岁以下")),
        _thirds(("retired", "离退休"), ("floating", "流动党员"), ("groups_count", "党小组数")),
        pair(("phone", "联系电话"), ("email", "电子邮箱")),
        line("venue", "活动场所"),
    ),
    date_line=False,
)

_COMMITTEE = Grid(
    key="committee",
    columns=(
        Column("post", "党内职务", 32.0),
        Column("name", "姓名", 27.0),
        Column("sex", "性别", 14.0),
        Column("duty", "分工", 50.0),
        Column("phone", "联系电话", 42.0),
    ),
    row_height_mm=8.5,
    font_size=11.0,
    blank_rows=5,
)

PAPER = Paper(
    key="branch_basics",
    code="E1",
    name="党支部基本情况",
    title="{organisation}基本情况",
    layout=Forms((("", BASICS), ("委员分工", _COMMITTEE))),
    subject=Subject.ORGANISATION,
)
