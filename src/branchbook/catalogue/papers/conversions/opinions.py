"""Before the meeting: the talk and the list of opinions (D3), the review (D4), the register of the notice (D5)."""

from branchbook.catalogue.papers.measures import great_cell, line, pair
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, GridRow, LongRow, Paper, PaperGroup, RecordTable, Subject

OPINIONS = Paper(
    key="conversion:opinions",
    code="D3",
    name="征求党员和群众意见座谈会记录",
    title="{organisation}征求党员和群众意见座谈会记录",
    layout=RecordTable(
        rows=(
            pair(("time", "时间"), ("venue", "地点")),
            pair(("chair", "主持人"), ("minute_taker", "记录人")),
            line("person", "征求意见对象"),
            pair(("members", "参加党员"), ("masses", "参加群众")),
            GridRow(
                key="participants",
                label="参加人员",
                columns=(
                    Column("name", "姓名", 30.0),
                    Column("work_post", "单位及职务", 60.0),
                    Column("status", "政治面貌", 30.0),
                    Column("signature", "签名", 45.0),
                ),
                row_height_mm=8.0,
                blank_rows=8,
            ),
            great_cell("speeches", "发言记录（逐人）", 70.0),
            great_cell("opinion", "综合意见（是否同意转正，主要优缺点）", 36.0),
        ),
        signatures=("主持人（签名）", "记录人（签名）"),
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

OPINION_LIST = Paper(
    key="conversion:opinion_list",
    code="D3-1",
    name="征求党员和群众意见表",
    title="{organisation}征求党员和群众意见表",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("name", "姓名", 22.0),
            Column("status", "政治面貌", 18.0),
            Column("work_post", "职务", 25.0),
            Column("opinion", "优点、不足，是否同意转正", 52.0, align="left"),
            Column("signature", "签名", 19.0),
            Column("signed_on", "日期", 19.0),
        ),
        heading=(Field("person", "征求意见对象", 90.0, 34.0, centred=False),),
        row_height_mm=20.0,
        font_size=11.0,
        blank_rows=10,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

REVIEW = Paper(
    key="conversion:review",
    code="D4",
    name="支委会审查意见",
    title="{organisation}对预备党员转正的审查意见",
    layout=RecordTable(
        rows=(
            pair(("person", "审查对象"), ("held_on", "会议时间")),
            pair(("due", "应到委员"), ("present", "实到委员")),
            GridRow(
                key="checks",
                label="审查内容",
                columns=(
                    Column("what", "材料和手续", 55.0),
                    Column("found", "情况", 110.0, align="left"),
                ),
                row_height_mm=9.0,
                blank_rows=8,
            ),
            line("conclusion", "审查结论", 12.0),
            LongRow(
                great_cell("opinion", "审查意见", 116.0).field,
                116.0,
                label_beside=False,
                closing=("支部书记（签名）",),
                seal=True,
            ),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

NOTICE_REGISTER = Paper(
    key="conversion:notice_register",
    code="D5-1",
    name="公示情况登记表",
    title="{organisation}预备党员转正公示情况登记表",
    layout=RecordTable(
        rows=(
            line("person", "公示对象"),
            pair(("method", "公示方式"), ("place", "公示地点")),
            pair(("begins_on", "公示开始"), ("ends_on", "公示截止")),
            line("working_days", "公示天数"),
            line("phone", "受理电话"),
            great_cell("objections", "有无异议及反映的问题", 56.0),
            great_cell("inquiry", "调查处理情况", 56.0),
            LongRow(
                great_cell("conclusion", "公示结论", 76.0).field,
                76.0,
                label_beside=False,
                closing=("经办人（签名）",),
                seal=True,
            ),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)
