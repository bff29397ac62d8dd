"""Tables of an evaluation: mutual criticism (B3), the count (B4), grades given (B5-3), and the feedback (B5-2)."""

from branchbook.catalogue.papers.measures import line, pair, passage
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import (
    Field,
    Grid,
    LongRow,
    Orientation,
    Paper,
    PaperGroup,
    RecordTable,
    Subject,
)

MUTUAL_RECORD = Paper(
    key="evaluation:mutual_record",
    code="B3",
    name="党员互评记录",
    title="{organisation}{year}年度民主评议党员互评记录",
    layout=Grid(
        columns=(
            Column("name", "被评议人", 28.0),
            Column("criticism", "批评意见、建议（主要问题）", 109.0, align="left"),
            Column("by", "评议人", 28.0),
            Column("reply", "本人表态", 40.0, align="left", hidden=True),
        ),
        heading=(Field("held_on", "互评日期", 60.0, 24.0, centred=False),),
        row_height_mm=14.0,
        font_size=11.0,
        blank_rows=14,
        signatures=("记录人（签名）",),
        date_line=True,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.EVALUATION,
)

_COUNT_HEADING = (
    Field("organisation", "支部", 110.0, 14.0, centred=False),
    Field("year", "年度", 40.0, 14.0, centred=False),
    Field("held_on", "测评日期", 50.0, 24.0, centred=False),
    Field("due", "应到", 34.0, 14.0, centred=False),
    Field("present", "实到", 34.0, 14.0, centred=False),
    Field("issued", "发出票", 34.0, 18.0, centred=False),
    Field("returned", "收回票", 32.0, 18.0, centred=False),
    Field("valid", "有效票", 32.0, 18.0, centred=False),
)
_COUNT_SIGNATURES = ("监票人（签名）", "计票人（签名）", "支部书记（签名）")

SUMMARY = Paper(
    key="evaluation:summary",
    code="B4",
    name="民主测评汇总表",
    title="{organisation}{year}年度民主评议党员{audience}测评汇总表",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("name", "姓名", 30.0),
            Column("excellent", "优秀票", 18.0),
            Column("qualified", "合格票", 18.0),
            Column("basically_qualified", "基本合格票", 20.0),
            Column("unqualified", "不合格票", 18.0),
            Column("blank", "弃权", 14.0),
            Column("void", "作废", 14.0),
            Column("share", "优秀率%", 18.0),
            Column("grade", "支部评定等次", 28.0),
            Column("remark", "备注", 62.0, align="left"),
        ),
        heading=_COUNT_HEADING,
        row_height_mm=8.5,
        font_size=11.0,
        blank_rows=13,
        note_key="notes",
        signatures=_COUNT_SIGNATURES,
        date_line=True,
    ),
    subject=Subject.PROCEDURE,
    orientation=Orientation.LANDSCAPE,
    group=PaperGroup.EVALUATION,
)


def item_count_columns(items: tuple[str, ...]) -> tuple[Column, ...]:
    """Good, fair, poor, blank and void of each item under its name."""
    width = (252.0 - 12.0 - 30.0) / max(5 * len(items), 1)
    kinds = (("good", "好"), ("fair", "一般"), ("poor", "差"), ("blank", "弃权"), ("void", "作废"))
    marks = tuple(
        Column(f"{key}_{place}", label, width, group=item)
        for place, item in enumerate(items, 1)
        for key, label in kinds
    )
    return (Column("number", "序号", 12.0), Column("name", "姓名", 30.0), *marks)


RESULT_LIST = Paper(
    key="evaluation:result_list",
    code="B5-3",
    name="评定等次名单",
    title="{organisation}{year}年度民主评议党员评定等次名单",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("name", "姓名", 28.0),
            Column("sex", "性别", 12.0),
            Column("born_on", "出生年月", 20.0),
            Column("accepted_on", "入党时间", 24.0),
            Column("grade", "评定等次", 24.0),
            Column("remark", "备注", 45.0, align="left"),
        ),
        row_height_mm=9.0,
        font_size=11.0,
        blank_rows=20,
        note_key="notes",
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.EVALUATION,
)

FEEDBACK = Paper(
    key="evaluation:feedback",
    code="B5-2",
    name="评议结果反馈单",
    title="民主评议党员结果反馈单",
    layout=RecordTable(
        rows=(
            pair(("name", "姓名"), ("year", "年度"), 12.0),
            line("organisation", "所在党支部", 12.0),
            line("grade", "评定等次", 12.0),
            passage("problems", "主要问题", 64.0),
            passage("advice", "整改建议", 64.0),
            LongRow(passage("own_words", "本人意见、签收", 48.0).field, 48.0, closing=("本人签收",)),
        ),
        signatures=("反馈人（签名）",),
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.EVALUATION,
)
