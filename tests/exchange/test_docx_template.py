"""Report templates: what is filled, what the sandbox refuses, and which files are not taken at all."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from branchbook.domain.problems import UnreadableProblem
from branchbook.exchange.docx_template import DocxTemplates
from branchbook.services.report_templates import BlockKind, TextBlock, texts_of

WORDS = {
    "数": {"党课": "11", "到会率": "91.93", "空": ""},
    "名": {"单位": "示例 <支部> & 一"},
    "党课": ({"日期": "2026年3月5日", "主题": "一"}, {"日期": "2026年6月5日", "主题": "二"}),
}


def unknown(name):
    return UnreadableProblem(f"没有“{name}”")


@pytest.fixture
def template(tmp_path):
    """Writes a template with these paragraphs and gives its path."""

    def write(*paragraphs, parts=None, table=None):
        document = Document()
        for each in paragraphs:
            text, style = each if isinstance(each, tuple) else (each, None)
            document.add_paragraph(text, style=style)
        if table:
            made = document.add_table(rows=len(table), cols=len(table[0]))
            for row, texts in zip(made.rows, table, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        path = tmp_path / "模板.docx"
        document.save(path)
        if parts:
            repacked(path, parts)
        return path

    return write


def repacked(path, parts):
    with ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    content |= {name: change(content.get(name, b"")) for name, change in parts.items()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)


def fill(path, words=WORDS):
    return DocxTemplates().fill(path, words, unknown)


def test_places_are_filled_and_the_docx_stays_a_docx(template):
    path = template(
        ("{{ 名.单位 }}汇报", "Title"),
        ("一、党课", "Heading 1"),
        "党课 {{ 数.党课 }} 次，{{ 数['到会率'] }}%。",
    )
    filled = fill(path)
    assert filled.blocks == (
        TextBlock(BlockKind.TITLE, "示例 <支部> & 一汇报"),
        TextBlock(BlockKind.HEADING, "一、党课"),
        TextBlock(BlockKind.BODY, "党课 11 次，91.93%。"),
    )
    assert Document(BytesIO(filled.docx)).paragraphs[2].text == "党课 11 次，91.93%。"


def test_lists_make_paragraphs_and_rows(template):
    path = template(
        "{%p for 课 in 党课 %}",
        ("{{ 课.日期 }}：{{ 课.主题 }}", "List Number"),
        "{%p endfor %}",
        table=[
            ["日期", "主题"],
            ["{%tr for 课 in 党课 %}", ""],
            ["{{ 课.日期 }}", "{{ 课.主题 }}"],
            ["{%tr endfor %}", ""],
        ],
    )
    filled = fill(path)
    assert [each.kind for each in filled.blocks] == [BlockKind.NUMBERED, BlockKind.NUMBERED, BlockKind.TABLE]
    assert filled.blocks[2].rows == (("日期", "主题"), ("2026年3月5日", "一"), ("2026年6月5日", "二"))
    assert texts_of(filled.blocks).splitlines()[-1] == "2026年6月5日\t二"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 天气 }}",
        "{{ 数.天气 }}",
        "{{ 数['天气'] }}",
        "{% if 数.天气 %}有{% endif %}",
        "{% if false %}{{ 天气 }}{% endif %}",
    ],
)
def test_a_place_that_nobody_knows_is_named(template, text):
    with pytest.raises(UnreadableProblem, match="天气"):
        fill(template(text))


@pytest.mark.parametrize(
    "text", ["{{ 数.党课 ", "{% if 数.党课 %}有", "{% endfor %}", "{{ 数..党课 }}", "{{ 数.党课 | 翻译 }}"]
)
def test_a_broken_tag_is_refused(template, text):
    with pytest.raises(UnreadableProblem) as caught:
        fill(template("前面的话", text))
    assert "模板" in caught.value.what
    assert caught.value.where == "模板.docx"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 数.__init__.__globals__ }}",
        "{{ 数.keys() }}",
        "{{ range(9) }}",
        "{{ lipsum(5) }}",
        "{{ cycler('a').next() }}",
        "{{ self._TemplateReference__context }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ 数.党课.format(数) }}",
        "{% include 'x' %}",
        "{% import 'os' as os %}",
        "{% for a in range(999999999) %}x{% endfor %}",
        "{{ 名.单位 | attr('__class__') }}",
        "{{ 数.党课 | map('upper') }}",
    ],
)
def test_nothing_but_the_values_can_be_reached(template, text):
    with pytest.raises(UnreadableProblem):
        fill(template(text))


def test_what_is_typed_in_the_book_is_text_and_no_tag(template):
    words = {**WORDS, "名": {"单位": "{{ 数.党课 }}{% for x in y %}<w:p/>"}}
    filled = fill(template("{{ 名.单位 }}"), words)
    assert "{{ 数.党课 }}" in filled.blocks[0].text
    assert "<w:p/>" in filled.blocks[0].text


def relationship(target):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    return lambda old: old.replace(
        b"</Relationships>",
        f'<Relationship Id="rX" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode(),
    )


@pytest.mark.parametrize(
    "parts, what",
    [
        ({"word/vbaProject.bin": lambda _: b"x"}, "宏"),
        (
            {"[Content_Types].xml": lambda old: old.replace(b"document.main", b"document.macroEnabled.main")},
            "宏",
        ),
        ({"word/_rels/document.xml.rels": relationship("file:///etc/passwd")}, "外部"),
        ({"word/_rels/document.xml.rels": relationship("http://example.invalid/a.png")}, "外部"),
    ],
)
def test_a_template_with_macros_or_links_to_outside_is_not_taken(template, parts, what):
    with pytest.raises(UnreadableProblem, match=what):
        fill(template("一", parts=parts))


def test_a_hyperlink_that_somebody_has_to_click_is_taken(template):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"

    def link(old):
        added = f'<Relationship Id="rX" Type="{kind}" Target="http://example.invalid" TargetMode="External"/>'
        return old.replace(b"</Relationships>", f"{added}</Relationships>".encode())

    assert fill(template("一", parts={"word/_rels/document.xml.rels": link})).blocks


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", "一段话".encode()])
def test_what_is_no_docx_is_refused(tmp_path, content):
    path = tmp_path / "模板.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableProblem, match="docx"):
        fill(path)


def test_a_template_that_is_too_large_or_not_there_is_refused(tmp_path):
    path = tmp_path / "模板.docx"
    with pytest.raises(UnreadableProblem):
        fill(path)
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(UnreadableProblem, match="MB"):
        fill(path)


def test_what_only_the_docx_can_carry_is_named(template):
    path = template("一")
    document = Document(path)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(path)
    assert fill(path).not_carried == ("页眉页脚",)


def test_lists_closing_lines_and_subtitles_are_told_apart(tmp_path):
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    for text, style in (("题", "Title"), ("副题", "Subtitle"), ("甲", "List Bullet"), ("乙", "List Number")):
        document.add_paragraph(text, style=style)
    document.add_paragraph("第一支部").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    path = tmp_path / "模板.docx"
    document.save(path)
    assert [each.kind for each in fill(path).blocks] == [
        BlockKind.TITLE,
        BlockKind.SUBTITLE,
        BlockKind.ITEM,
        BlockKind.NUMBERED,
        BlockKind.CLOSING,
    ]


GRID = "<w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/></w:tblGrid>"
INNER = f"<w:tbl>{GRID}<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body, what",
    [
        ("<w:p><w:r><w:txbxContent/></w:r></w:p>", "文本框"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "嵌入的对象"),
        ('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', "脚注"),
        ("<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>", "内容控件"),
        (
            f"<w:tbl>{GRID}<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
            "合并的单元格",
        ),
        (f"<w:tbl>{GRID}<w:tr><w:tc>{INNER}<w:p/></w:tc></w:tr></w:tbl>", "表格里的表格"),
    ],
)
def test_each_thing_that_is_more_than_text_is_named(template, body, what):
    path = template("一", parts={"word/document.xml": before_the_end(body)})
    assert what in fill(path).not_carried


def before_the_end(body):
    return lambda old: old.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda _: b"<w:document",
        lambda old: old[: len(old) // 2],
        before_the_end("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    ],
)
def test_a_docx_that_is_broken_within_is_refused(template, change):
    with pytest.raises(UnreadableProblem, match="模板"):
        fill(template("一", parts={"word/document.xml": change}))


def test_a_text_is_filled_in_the_same_sandbox():
    fill_text = DocxTemplates().fill_text
    assert (
        fill_text("块", "{{ 名.单位 }}党课 {{ 数.党课 }} 次", WORDS, unknown) == "示例 <支部> & 一党课 11 次"
    )
    assert fill_text("块", "{% for 课 in 党课 %}{{ 课.主题 }}；{% endfor %}", WORDS, unknown) == "一；二；"
    for text in (
        "{{ 天气 }}",
        "{{ 数.天气 }}",
        "{{ 数.党课",
        "{{ ''.__class__ }}",
        "{{ 9 ** 9 }}",
        "{{ 数.keys() }}",
    ):
        with pytest.raises(UnreadableProblem):
            fill_text("块", text, WORDS, unknown)


def test_breaks_tabs_links_and_insertions_are_text_and_deletions_are_not(template):
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/></w:r>"
        "<w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink>"
        "<w:ins w:id='1' w:author='某'><w:r><w:t>丁</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='某'><w:r><w:delText>戊</w:delText></w:r></w:del>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>己</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    filled = fill(template("一", parts={"word/document.xml": before_the_end(body)}))
    assert filled.blocks[-1].text == "甲\n乙\t丙丁"
    assert "文本框" in filled.not_carried
