"""民主评议党员登记表 (B1): two pages for each member; a longer summary goes on on further pages."""

from branchbook.catalogue.papers.measures import LABEL_MM, LEFT_VALUE_MM, RIGHT_VALUE_MM, line, pair, passage
from branchbook.domain.papers import Field, Leaves, LongRow, Paper, PaperGroup, RecordTable, Row, Subject

KEY, ALL_KEY = "evaluation:member_form", "evaluation:member_forms"
SUMMARY_MM, EVALUATION_MM = 172.0, 64.0


def _signed(key: str, label: str, height_mm: float, *closing: str, seal: bool = False) -> LongRow:
    """A cell with its label at the left, and room for a signature (or a seal) and the date at its foot."""
    return LongRow(passage(key, label, height_mm).field, height_mm, closing=closing, seal=seal)


NAME_AND_SEX = Row(
    (
        Field("name", "姓名", LEFT_VALUE_MM, LABEL_MM),
        Field("former_name", "曾用名", RIGHT_VALUE_MM, LABEL_MM, hidden=True),
        Field("sex", "性别", RIGHT_VALUE_MM, LABEL_MM),
    ),
    9.5,
)
"""The former name is asked for by some; the book does not keep it, so it shows only where the user wants it."""

OWN_PAGE = RecordTable(
    rows=(
        NAME_AND_SEX,
        pair(("born_on", "出生年月"), ("ethnic_group", "民族")),
        pair(("native_place", "籍贯"), ("education", "学历")),
        pair(("accepted_on", "入党时间"), ("full_member_since", "转正时间")),
        pair(("work_started_on", "参加工作时间"), ("year", "年度")),
        line("post", "现任职务"),
        line("organisation", "所在党支部"),
        _signed("summary", "个人小结（总结）", SUMMARY_MM, "本人（签名）"),
    ),
    repeated_rows=1,
    date_line=False,
)
BRANCH_PAGE = RecordTable(
    rows=(
        pair(("member", "姓名"), ("evaluated_year", "年度")),
        passage("evaluation", "民主评议情况", EVALUATION_MM),
        line("votes", "民主测评票数", 14.0),
        _signed("branch_opinion", "支部意见（评定等次）", 42.0, "支部书记（签字或盖章）"),
        _signed("own_opinion", "本人意见", 32.0, "本人（签名）"),
        _signed("superior_opinion", "上级党组织意见", 62.0, seal=True),
        passage("remark", "备注", 10.0),
    ),
    repeated_rows=1,
    date_line=False,
    note_key="footnote",
)


def _form(key: str, name: str) -> Paper:
    return Paper(
        key=key,
        code="B1",
        name=name,
        title="民主评议党员登记表",
        layout=Leaves((OWN_PAGE, BRANCH_PAGE), ("", "民主评议情况和评定意见")),
        subject=Subject.PROCEDURE,
        group=PaperGroup.EVALUATION,
    )


MEMBER_FORM = _form(KEY, "民主评议党员登记表")
MEMBER_FORMS = _form(ALL_KEY, "登记表（全体党员）")
