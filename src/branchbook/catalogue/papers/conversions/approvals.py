"""After the vote: list of materials and register of the reply (D10), the talk (D11), the contents of the file."""

from branchbook.catalogue.papers.measures import great_cell, line, pair, passage
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Paper, PaperGroup, RecordTable, Subject

MATERIALS = Paper(
    key="conversion:materials",
    code="D10-1",
    name="报批材料清单",
    title="{person}转正报批材料清单",
    layout=Grid(
        columns=(
            Column("number", "序号", 14.0),
            Column("name", "材料名称", 76.0, align="left"),
            Column("copies", "份数", 18.0),
            Column("there", "有无（√）", 20.0),
            Column("note", "说明", 37.0),
        ),
        heading=(Field("organisation", "报送党支部", 90.0, 30.0, centred=False),),
        signatures=("报送人（签名）", "接收人（签名）"),
        date_line=True,
        row_height_mm=14.5,
        font_size=12.0,
        blank_rows=14,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

APPROVAL = Paper(
    key="conversion:approval",
    code="D10-2",
    name="上级审批登记",
    title="{organisation}预备党员转正上级审批登记表",
    layout=RecordTable(
        rows=(
            line("person", "预备党员"),
            line("resolved", "支部大会决议", 14.0),
            pair(("reported_on", "上报日期"), ("request_document", "请示文号")),
            line("due_on", "审批期限", 12.0),
            pair(("document", "审批文号"), ("approved_on", "审批日期")),
            pair(("authority", "审批机关"), ("received_on", "收到日期")),
            line("outcome", "审批结果", 12.0),
            passage("note", "审批意见", 84.0),
            line("since", "党龄起算日", 12.0),
            passage("follow_up", "未获批准的处理", 50.0),
            pair(("registered_by", "登记人"), ("registered_on", "登记日期")),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

TALK = Paper(
    key="conversion:talk",
    code="D11",
    name="转正谈话记录",
    title="{organisation}预备党员转正谈话记录",
    layout=RecordTable(
        rows=(
            pair(("speaker", "谈话人"), ("person", "谈话对象")),
            pair(("time", "时间"), ("venue", "地点")),
            line("outcome", "审批结果", 12.0),
            pair(("since", "党龄起算日"), ("announced_on", "大会宣布日期")),
            great_cell("content", "谈话内容和提出的要求", 118.0),
            great_cell("statement", "本人表态", 72.0),
        ),
        signatures=("谈话人（签名）", "谈话对象（签名）"),
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

FILE_CONTENTS = Paper(
    key="conversion:file_contents",
    code="E16",
    name="转正材料目录",
    title="{person}入党和转正材料目录",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("name", "题名", 55.0, align="left"),
            Column("author", "责任者", 24.0),
            Column("document", "文号", 33.0),
            Column("day", "日期", 20.0),
            Column("pages", "页数", 10.0),
            Column("there", "有无", 11.0),
        ),
        row_height_mm=10.0,
        font_size=10.5,
        blank_rows=16,
        heading=(Field("place", "存放处", 90.0, 22.0, centred=False),),
        note_key="missing",
        signatures=("整理人（签名）", "检查人（签名）"),
        date_line=True,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)
