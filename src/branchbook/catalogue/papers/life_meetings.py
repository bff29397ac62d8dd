"""组织生活会记录 (A6) with its lists (A6-1, A6-3), and the record of a 民主生活会 (A6-2).

What each person said and heard is a table that runs on to 续页 with its head.
"""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell, line
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, GridRow, Paper, RecordTable, Subject

EXAMINATIONS = GridRow(
    key="examinations",
    label="逐人发言：自我批评与相互批评",
    columns=(
        Column("speaker", "发言人", 20.0),
        Column("self_criticism", "自我批评要点", 53.0, align="left"),
        Column("criticisms", "批评人：批评意见", 60.0, align="left"),
        Column("reply", "本人表态", 32.0, align="left"),
    ),
    row_height_mm=11.0,
    blank_rows=3,
)
"""Few blank rows: a blank record is one page, and there is a table of its own for all the members."""

_HEAD = (
    line("subject", "会议主题"),
    rows.TIME_AND_VENUE,
    rows.CHAIR_AND_MINUTE_TAKER,
    rows.OCCASION,
    rows.DUE_AND_PRESENT,
    rows.ABSENT,
)
_BY_CHAIR = ("主持人（签名）", "记录人（签名）")

RECORD = Paper(
    key="life_meeting_record",
    code="A6",
    name="组织生活会记录",
    title="{organisation}组织生活会记录",
    layout=RecordTable(
        rows=(
            *_HEAD,
            line("observers", "列席（上级派员）"),
            great_cell("last_year_measures", "上年整改情况通报", 14.0),
            great_cell("preparation", "会前准备（学习、征求意见、谈心谈话）", 14.0),
            great_cell("committee_examination", "支部班子对照检查", 16.0),
            EXAMINATIONS,
            great_cell("examination", "查摆问题、批评与自我批评", 16.0),
            great_cell(CONTENT_KEY, "其他议题、发言", 12.0),
            great_cell("superior_comment", "点评", 12.0),
            great_cell("measures", "整改措施", 14.0),
            great_cell("promises", "整改承诺", 12.0),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=_BY_CHAIR,
    ),
    subject=Subject.RECORD,
    kinds=("organisational_life_meeting",),
    docx=True,
)

DEMOCRATIC = Paper(
    key="democratic_life_record",
    code="A6-2",
    name="民主生活会记录",
    title="{organisation}民主生活会记录",
    layout=RecordTable(
        rows=(
            *_HEAD,
            line("observers", "列席（上级派员）"),
            great_cell("preparation", "会前准备（学习研讨、征求意见、谈心谈话）", 16.0),
            great_cell("last_year_measures", "上年整改情况通报", 14.0),
            great_cell("group_examination", "班子对照检查", 20.0),
            EXAMINATIONS,
            great_cell(CONTENT_KEY, "其他议题、发言", 12.0),
            great_cell("superior_comment", "上级点评", 14.0),
            great_cell("measures", "整改措施", 20.0),
            line("reported_on", "报告报送日期"),
            line("report", "报送的报告"),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=_BY_CHAIR,
    ),
    subject=Subject.RECORD,
    kinds=("democratic_life_meeting",),
    docx=True,
)

SPEECHES = Paper(
    key="life_meeting_speeches",
    code="A6-3",
    name="逐人发言记录表",
    title="{organisation}逐人发言记录表",
    layout=Grid(
        columns=EXAMINATIONS.columns,
        key=EXAMINATIONS.key,
        row_height_mm=18.0,
        font_size=10.5,
        blank_rows=11,
        signatures=("主持人", "记录人"),
    ),
    subject=Subject.RECORD,
    kinds=("organisational_life_meeting", "democratic_life_meeting"),
)

PROBLEM_LIST = Paper(
    key="problem_list",
    code="A6-1",
    name="查摆问题清单",
    title="{organisation}查摆问题清单",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("whose", "班子、姓名", 24.0),
            Column("problem", "查摆的问题", 58.0, align="left"),
            Column("source", "提出人", 21.0),
            Column("measure", "整改措施", 32.0, align="left"),
            Column("due", "整改时限", 20.0),
        ),
        row_height_mm=10.0,
        font_size=10.0,
        blank_rows=18,
        signatures=("本人或班子负责人", "书记"),
        date_line=True,
    ),
    subject=Subject.RECORD,
    kinds=("organisational_life_meeting", "democratic_life_meeting"),
)
