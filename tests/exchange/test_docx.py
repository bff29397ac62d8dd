"""Papers as Word files: the same layout, Chinese faces set for Chinese text, nothing lost, the same bytes."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.catalogue.papers_list import PAPERS
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import (
    Field,
    GridRow,
    LongRow,
    OfficialDocument,
    Paper,
    Paragraph,
    ParagraphStyle,
    RecordTable,
    Row,
    Sheet,
    Subject,
    TextTable,
    Value,
    blank,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.exchange.docx import Docx
from branchbook.exchange.docx_parts import text_width

TABLE = RecordTable(
    rows=(
        Row((Field("time", "时间", 60.0, 28.0), Field("venue", "地点", 49.0, 28.0))),
        Row((Field("absent", "缺席", 137.0, 28.0, centred=False),)),
        LongRow(Field("minutes", "会议内容", 165.0, 0.0), 100.0, label_beside=False),
        GridRow("votes", (Column("item", "议题", 90.0), Column("result", "结果", 75.0)), "表决"),
        LongRow(Field("resolutions", "会议决议", 137.0, 28.0), 20.0),
        LongRow(Field("secret", "不打印", 137.0, 28.0, hidden=True), 20.0),
    ),
    repeated_rows=1,
    signatures=("主持人（签名）", "记录人（签名）"),
)
PAPER = Paper("test_minutes", "A0", "示例记录", "示例", TABLE, Subject.RECORD, docx=True)
VALUES: dict[str, Value] = {
    "time": "2026年5月8日",
    "venue": "示例会议室",
    "absent": "甲（出差）",
    "minutes": (
        Paragraph("一、示例议题", ParagraphStyle.HEADING),
        Paragraph("同意。<b>&amp;</b>", ParagraphStyle.SPEECH, lead="马文·阿不都热西提"),
    ),
    "votes": ({"item": "示例议题", "result": "通过"},),
    "resolutions": "第一条\n第二条",
    "secret": "看不见",
}
RECORD = Sheet(PAPER, "示例党支部党员大会记录", VALUES)
NOTICE = Sheet(
    Paper("test_notice", "A8", "会议通知", "通知", OfficialDocument(), Subject.RECORD, docx=True),
    "关于召开会议的通知",
    {
        "addressee": "全体党员",
        "body": (Paragraph("一、时间", ParagraphStyle.HEADING), Paragraph("2026年5月8日。")),
        "attachments": (Paragraph("议程"), Paragraph("名单")),
        "signed_by": "示例党支部",
        "signed_on": "2026年5月1日",
        "note": "联系人：甲",
    },
)


def opened(sheet: Sheet):
    return Document(BytesIO(Docx().docx(sheet)))


def all_text(document) -> str:
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_every_value_and_label_stands_in_the_file_once() -> None:
    text = all_text(opened(RECORD))
    for wanted in (
        "示例党支部党员大会记录",
        "时间",
        "2026年5月8日",
        "甲（出差）",
        "会议内容：",
        "一、示例议题",
        "第二条",
        "通过",
    ):
        assert text.count(wanted) == 1 or wanted == "时间", wanted
    assert "马文·阿不都热西提：同意。<b>&amp;</b>" in text
    assert "看不见" not in text
    assert "主持人（签名）：" in text


def test_faces_are_set_for_east_asian_text() -> None:
    document = opened(RECORD)
    runs = [
        run
        for run in document.element.body.iter(qn("w:r"))
        if "".join(t.text or "" for t in run.iter(qn("w:t")))
    ]
    faces = [run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs]
    assert None not in faces
    assert {"仿宋", "黑体", "宋体"} <= set(faces)
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"


def test_the_table_has_the_papers_width_and_repeats_its_head() -> None:
    table = opened(RECORD).tables[0]
    widths = [column.width for column in table.columns]
    assert abs(sum(widths) - Mm(165)) < Mm(0.5)
    heads = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 1
    assert heads[0].cells[0].text == "时间"
    assert abs(table.rows[2].height - Mm(100)) < Mm(0.1)


def test_long_text_may_break_over_pages_and_short_rows_may_not() -> None:
    rows = opened(RECORD).tables[0].rows
    kept = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows]
    assert kept == [True, True, False, True, True, True, False]


def test_empty_room_gives_way_so_that_a_short_record_stays_on_one_page() -> None:
    tall = replace(TABLE, rows=(*TABLE.rows, LongRow(Field("more", "更多", 137.0, 28.0), 100.0)))
    sheet = replace(RECORD, paper=replace(PAPER, layout=tall))
    heights = [row.height for row in opened(sheet).tables[0].rows]
    assert sum(heights) < Mm(230)
    assert all(height >= Mm(4) for height in heights)


def test_a_blank_paper_keeps_its_labels_and_lines() -> None:
    document = opened(blank(RECORD))
    text = all_text(document)
    assert "2026" not in text
    assert "会议决议" in text
    fields, minutes, votes, resolutions = 2, 1, 2 + 3, 1
    assert len(document.tables[0].rows) == fields + minutes + votes + resolutions


def test_a_notice_has_the_measures_of_the_standard() -> None:
    """GB/T 9704-2012: 37/28 mm margins, 16 pt, 22 lines of 28.99 pt, date four characters from the right."""
    document = opened(NOTICE)
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(each.mm) for each in margins] == [37, 28, 26, 35]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "580"
    date = next(each for each in document.paragraphs if each.text == "2026年5月1日")
    assert date._element.pPr.ind.get(qn("w:right")) == str(4 * 16 * 20)
    assert date.runs[0].font.size.pt == 16
    body = next(each for each in document.paragraphs if each.text == "2026年5月8日。")
    assert body._element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    text = [each.text for each in document.paragraphs if each.text]
    assert text[:2] == ["关于召开会议的通知", "全体党员："]
    assert text[-4:] == ["2.名单", "示例党支部", "2026年5月1日", "（联系人：甲）"]


def test_a_table_among_the_paragraphs_is_a_table_with_its_head_repeated() -> None:
    table = TextTable((("日期", "名称"), ("3月5日", "党课"), ("6月5日", "党课 & <b>")))
    body = (Paragraph("前面的话。"), table, Paragraph("后面的话。"))
    document = opened(replace(NOTICE, values={"title": "通知", "body": body}))
    (made,) = document.tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [list(row) for row in table.rows]
    assert "tblHeader" in made.rows[0]._tr.xml
    assert "tblHeader" not in made.rows[1]._tr.xml
    kinds = [type(part).__name__ for part in document.iter_inner_content()]
    assert kinds.index("Table") == [part.text for part in document.paragraphs].index("前面的话。") + 1


def test_a_slip_is_half_a_sheet() -> None:
    slip = replace(NOTICE, paper=replace(NOTICE.paper, layout=OfficialDocument(half_sheet=True)))
    section = opened(slip).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 148)


@pytest.mark.parametrize("sheet", [RECORD, NOTICE, blank(RECORD), blank(NOTICE)])
def test_the_same_sheet_is_the_same_bytes_without_a_moment_in_it(sheet: Sheet) -> None:
    first = Docx().docx(sheet)
    assert Docx().docx(sheet) == first
    with ZipFile(BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in package.read("docProps/core.xml")


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.docx], ids=lambda paper: paper.key)
def test_every_paper_that_promises_word_gives_it(paper: Paper) -> None:
    document = opened(Sheet(paper, paper.name))
    assert paper.name in all_text(document)


def test_a_roster_is_refused_with_a_way_out() -> None:
    paper = next(paper for paper in PAPERS if paper.key == "member_roster")
    with pytest.raises(RefusedProblem) as caught:
        Docx().docx(Sheet(paper, paper.name))
    assert "PDF" in caught.value.next_step


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@settings(max_examples=30)
@given(texts, texts)
def test_any_text_stands_in_the_file_as_typed(venue: str, minutes: str) -> None:
    """Markup, emoji and marks of direction are text; only what XML cannot hold is left out."""
    sheet = replace(RECORD, values={"venue": venue, "minutes": (Paragraph(minutes),)})
    cells = {cell.text for row in opened(sheet).tables[0].rows for cell in row.cells}
    kept = "".join(char for char in venue if char not in "\ufffe\uffff")
    assert kept in cells


def test_control_characters_are_left_out() -> None:
    sheet = replace(RECORD, values={"venue": "甲\x00乙\x1b"})
    assert "甲乙" in all_text(opened(sheet))


@given(st.text(st.characters(codec="ascii", categories=("L", "N"))))
def test_latin_text_is_half_as_wide(text: str) -> None:
    assert text_width(text) * 2 == len(text) == text_width("字" * len(text))
