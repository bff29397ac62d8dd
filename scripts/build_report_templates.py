"""Make resources/report_templates/*.docx: the templates of reports that the program ships.

``python -m scripts.build_report_templates`` writes the same bytes every time (there is no clock in them), so that what
is in the repository can be compared with this text. The words are plain: headings, the numbers and lists that
the book knows, and 待填写 where the prose is the user's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from branchbook.exchange.docx_parts import finished

CHECKOUT = Path(__file__).resolve().parents[1]
TARGET = CHECKOUT / "resources/report_templates"
PROSE = "（待填写）"
NONE = "统计期内没有记录。"
TITLE, HEADING, BODY = "方正小标宋简体", "黑体", "仿宋"

Numbers = tuple[str, ...]

MEETINGS: Numbers = ("支部党员大会", "支部委员会会议", "党小组会", "党课", "讲党课的人数", "主题党日")
LIFE: Numbers = ("组织生活会", "民主评议党员", "谈心谈话")
ATTENDANCE: Numbers = ("应到人次", "实到人次", "到会率")
RESOLUTIONS: Numbers = ("形成的决议", "已落实的决议", "逾期未落实的决议", "决议落实率")
CHANGES: Numbers = ("增加党员", "减少党员", "预备党员转正")
MEMBERS: Numbers = (
    "党员总数",
    "正式党员",
    "预备党员",
    "女党员",
    "少数民族党员",
    "35 岁及以下党员",
    "离退休党员",
    "流动党员",
    "平均年龄",
)
HELD = (("日期", "名称", "主题", "应到", "实到"), ("日期", "名称", "主题", "应到", "实到"))
LESSONS = (("日期", "主题", "讲课人"), ("日期", "主题", "讲课人"))
CAME_AND_WENT = (("日期", "姓名", "变动", "支部"), ("日期", "姓名", "变动", "支部"))

UNITS = {"到会率": "%", "决议落实率": "%", "平均年龄": "岁"}


def templates() -> dict[str, bytes]:
    """The files by name."""
    return {"half_year.docx": _half_year(), "year.docx": _year(), "secretary.docx": _secretary()}


def _half_year() -> bytes:
    sheet = _Sheet("{{ 名.单位 }}{{ 名.统计期 }}党建工作报告")
    sheet.addressee()
    sheet.heading("一、基本情况")
    sheet.members_sentence()
    sheet.heading("二、党员增减")
    sheet.numbers(CHANGES)
    sheet.listed("党员增减", *CAME_AND_WENT)
    sheet.heading("三、组织生活")
    sheet.numbers((*MEETINGS, *LIFE, *ATTENDANCE))
    sheet.heading("四、会议和活动")
    sheet.listed("会议活动", *HELD)
    sheet.heading("五、决议落实")
    sheet.numbers(RESOLUTIONS)
    sheet.prose("六、主要做法和成效", "七、存在的问题", "八、下一步打算")
    return sheet.closed()


def _year() -> bytes:
    sheet = _Sheet("{{ 名.单位 }}{{ 名.年度 }}年度工作总结")
    sheet.addressee()
    sheet.heading("一、党员队伍")
    sheet.members_sentence()
    sheet.numbers(MEMBERS)
    sheet.heading("二、党员增减和发展党员")
    sheet.numbers(CHANGES)
    sheet.listed("党员增减", *CAME_AND_WENT)
    sheet.heading("三、三会一课和主题党日")
    sheet.numbers(MEETINGS)
    sheet.subheading("（一）支部党员大会")
    sheet.listed("支部党员大会", *HELD)
    sheet.subheading("（二）党课")
    sheet.listed("党课", *LESSONS)
    sheet.subheading("（三）主题党日")
    sheet.listed("主题党日", *HELD)
    sheet.heading("四、组织生活会和民主评议党员")
    sheet.numbers(LIFE)
    sheet.heading("五、到会情况和决议落实")
    sheet.numbers((*ATTENDANCE, *RESOLUTIONS))
    sheet.prose("六、主要做法和成效", "七、存在的问题和原因", "八、下一年打算")
    return sheet.closed()


def _secretary() -> bytes:
    sheet = _Sheet("{{ 名.单位 }}书记{{ 名.年度 }}年度述职资料")
    sheet.paragraph("党支部书记：{{ 名.书记 }}")
    sheet.heading("一、支部基本情况")
    sheet.members_sentence()
    sheet.heading("二、履行职责的数字")
    sheet.numbers((*MEETINGS, *LIFE, *ATTENDANCE, *CHANGES, *RESOLUTIONS))
    sheet.heading("三、讲党课")
    sheet.listed("党课", *LESSONS)
    sheet.heading("四、谈心谈话")
    sheet.listed("谈心谈话", ("日期", "支部"), ("日期", "支部"))
    sheet.prose("五、抓党建工作的做法", "六、存在的问题和原因", "七、下一步打算")
    return sheet.closed(signed="{{ 名.书记 }}")


class _Sheet:
    """A docx that is being written."""

    def __init__(self, title: str) -> None:
        from docx import Document

        self._document = Document()
        _faces(self._document)
        self._document.add_paragraph(title, style="Title")

    def paragraph(self, text: str) -> Any:
        return self._document.add_paragraph(text)

    def heading(self, text: str) -> None:
        self._document.add_paragraph(text, style="Heading 1")

    def subheading(self, text: str) -> None:
        self._document.add_paragraph(text, style="Heading 2")

    def prose(self, *headings: str) -> None:
        """Places for what only the user can write."""
        for each in headings:
            self.heading(each)
            self.paragraph(PROSE)

    def addressee(self) -> None:
        self.paragraph("{%p if 名.上级党组织 %}")
        self.paragraph("{{ 名.上级党组织 }}：").paragraph_format.first_line_indent = 0
        self.paragraph("{%p endif %}")

    def members_sentence(self) -> None:
        self.paragraph(
            "截至{{ 名.结束日期 }}，共有党员 {{ 数.党员总数 }} 名，其中正式党员 {{ 数.正式党员 }} 名，"
            "预备党员 {{ 数.预备党员 }} 名。"
        )

    def numbers(self, names: Sequence[str]) -> None:
        """A table of numbers with those of the period before; one without records stays blank."""
        rows = [("指标", "本期", "上期")]
        for name in names:
            unit = f"（{UNITS[name]}）" if name in UNITS else ""
            rows.append((f"{name}{unit}", f"{{{{ 数['{name}'] }}}}", f"{{{{ 上期['{name}'] }}}}"))
        self._table(rows)

    def listed(self, name: str, heads: Sequence[str], keys: Sequence[str]) -> None:
        """A table with a row for each of a list, or a line that there is none."""
        self.paragraph(f"{{%p if {name} %}}")
        empty = [""] * (len(heads) - 1)
        self._table(
            [
                tuple(heads),
                (f"{{%tr for 行 in {name} %}}", *empty),
                tuple(f"{{{{ 行.{key} }}}}" for key in keys),
                ("{%tr endfor %}", *empty),
            ]
        )
        self.paragraph("{%p else %}")
        self.paragraph(NONE)
        self.paragraph("{%p endif %}")

    def closed(self, signed: str = "{{ 名.单位 }}") -> bytes:
        """Who signs and the day at the right; then the bytes."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        for text in (signed, "{{ 名.填报日期 }}"):
            self.paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return finished(self._document, "")

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        from docx.shared import Pt

        made = self._document.add_table(rows=len(rows), cols=len(rows[0]))
        made.style = "Table Grid"
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.first_line_indent = 0
                paragraph.add_run(text).font.size = Pt(12)


def _faces(document: Any) -> None:
    """The faces and sizes of an official document, so that the docx looks like the paper."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, face, size in (
        ("Normal", BODY, 16),
        ("Title", TITLE, 22),
        ("Heading 1", HEADING, 16),
        ("Heading 2", "楷体", 16),
    ):
        style = document.styles[name]
        style.font.size, style.font.bold = Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        for key in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{key}"), face)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = Pt(29 if size == 16 else 35)
    document.styles["Normal"].paragraph_format.first_line_indent = Pt(32)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = 0
    title.paragraph_format.space_after = Pt(29)
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)


def main() -> None:
    """Write them."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, content in templates().items():
        (TARGET / name).write_bytes(content)


if __name__ == "__main__":
    main()
