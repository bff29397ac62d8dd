"""交接清单: what is handed over when the secretary changes, what is still open, and the place for the signatures."""

from branchbook.catalogue.papers.measures import line, pair
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Forms, Grid, Paper, RecordTable, Subject

_WHAT = RecordTable(
    rows=(
        line("organisation", "党组织名称"),
        pair(("day", "交接日期"), ("secretary", "现任书记")),
        pair(("members", "党员"), ("groups_count", "下属组织")),
        pair(("records", "记录"), ("last_meeting", "最近一次会议")),
        line("years", "记录起止年份"),
        line("backup", "备份文件"),
        line("sha256", "备份校验值"),
    ),
    date_line=False,
    font_size=10.5,
)

_COUNTS = Grid(
    (
        Column("kind", "记录种类", 65.0, align="left"),
        Column("final", "已定稿", 25.0),
        Column("draft", "草稿", 25.0),
        Column("last", "最近一次", 50.0),
    ),
    key="counts",
    row_height_mm=7.5,
    font_size=10.0,
    blank_rows=4,
)

_OPEN = Grid(
    (
        Column("number", "序号", 10.0),
        Column("matter", "事项", 78.0, align="left"),
        Column("detail", "说明", 52.0, align="left"),
        Column("state", "情况", 25.0),
    ),
    key="open_matters",
    row_height_mm=7.5,
    font_size=10.0,
    blank_rows=5,
)

_SIGNATURES = RecordTable(
    rows=(
        line("remarks", "其他说明", 12.0),
        pair(("handed_over_by", "移交人签名"), ("handed_over_on", "日期"), 12.0),
        pair(("received_by", "接收人签名"), ("received_on", "日期"), 12.0),
        pair(("witnessed_by", "监交人签名"), ("witnessed_on", "日期"), 12.0),
    ),
    date_line=False,
    font_size=10.5,
)

PAPER = Paper(
    key="handover",
    code="交接",
    name="党支部工作交接清单",
    title="{organisation}工作交接清单",
    layout=Forms(
        (
            ("", _WHAT),
            ("记录份数", _COUNTS),
            ("未办结事项", _OPEN),
            ("双方确认", _SIGNATURES),
        )
    ),
    subject=Subject.ORGANISATION,
)
