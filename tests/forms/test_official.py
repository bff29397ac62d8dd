"""The official document in the measures of GB/T 9704-2012."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import OfficialDocument, Paragraph, ParagraphStyle, PrintOptions, single
from branchbook.forms.library import Role
from branchbook.forms.official import lay_out_official
from branchbook.forms.page import POINT
from branchbook.forms.press import frame_of
from tests.forms import reading
from tests.forms.checking import assert_inside, written
from tests.forms.examples import SENTENCE, sheet

EM = 16 * POINT
VALUES = {
    "title": "关于召开支部党员大会的通知",
    "addressee": "各党小组、全体党员",
    "body": (Paragraph("一、会议时间", ParagraphStyle.HEADING), Paragraph(SENTENCE)),
    "signed_by": "第一党支部",
    "signed_on": "2026年10月20日",
}


def _pages(setter, values, layout=None):
    layout = layout or OfficialDocument()
    example = sheet(layout, values, "通知")
    return lay_out_official(example, layout, frame_of(example, PrintOptions()), setter)


def _text(page, characters):
    (found,) = [text for text in page.texts if text.characters == characters]
    return found


def test_a_full_page_is_22_lines_of_28_characters_in_156_by_225_mm(press):
    """GB/T 9704, 5.2.4: 616 characters that fill the text area; measured on the finished PDF."""
    body = (Paragraph("支" * 28 * 60, ParagraphStyle.PLAIN),)
    pdf = press.press(single(sheet(OfficialDocument(), {"title": "长文", "body": body}))).pdf
    cells = [glyph for glyph in reading.glyphs(pdf, 1) if glyph.character == "支"]
    lines = Counter(round(glyph.bottom, 1) for glyph in cells)
    assert len(cells) == 616
    assert len(lines) == 22
    assert set(lines.values()) == {28}
    assert min(glyph.left for glyph in cells) == pytest.approx(28.0, abs=0.01)
    assert max(glyph.right for glyph in cells) == pytest.approx(184.0, abs=0.01)
    levels = sorted(lines)
    assert levels[-1] - levels[0] == pytest.approx(21 * 225 / 22, abs=0.2)


def test_the_ink_of_a_full_page_stays_within_the_text_area(press):
    body = (Paragraph("国" * 28 * 60, ParagraphStyle.PLAIN),)
    booklet = single(
        sheet(OfficialDocument(), {"title": "长文", "body": body}), PrintOptions(page_numbers=False)
    )
    left, top, right, bottom = reading.ink_box(press.press(booklet).pdf, 1)
    assert left >= 28.0
    assert right <= 184.2
    assert top >= 37.0
    assert bottom <= 262.0


def test_the_page_number_stands_between_dashes_odd_right_even_left(press):
    """7.5: 7 mm under the text area, one character from the right on odd pages, from the left on even ones."""
    body = (Paragraph("支" * 28 * 60, ParagraphStyle.PLAIN),)
    pdf = press.press(single(sheet(OfficialDocument(), {"title": "长文", "body": body}))).pdf
    first = [glyph for glyph in reading.glyphs(pdf, 0) if glyph.bottom > 262.0]
    second = [glyph for glyph in reading.glyphs(pdf, 1) if glyph.bottom > 264.0 and glyph.character != "支"]
    assert "".join(glyph.character for glyph in first) == "—1—"
    assert "".join(glyph.character for glyph in second) == "—2—"
    assert max(glyph.right for glyph in first) == pytest.approx(184.0 - 14 * POINT, abs=0.5)
    assert min(glyph.left for glyph in second) == pytest.approx(28.0 + 14 * POINT, abs=0.5)


def test_each_level_has_its_face_and_indent(setter, fonts):
    body = (
        Paragraph("一、时间", ParagraphStyle.HEADING),
        Paragraph("（一）地点", ParagraphStyle.SUBHEADING),
        Paragraph("1.议题"),
    )
    (page,) = _pages(setter, {**VALUES, "body": body})
    title, heading = _text(page, VALUES["title"]), _text(page, "一、时间")
    assert title.typeface is fonts.typeface(Role.TITLE)
    assert title.size == 22.0
    assert heading.typeface is fonts.typeface(Role.HEADING)
    assert _text(page, "（一）地点").typeface is fonts.typeface(Role.SUBHEADING)
    assert _text(page, "1.议题").typeface is fonts.typeface(Role.BODY)
    assert heading.x == pytest.approx(2 * EM, abs=0.3)


def test_the_addressee_stands_at_the_left_edge_with_a_colon(setter):
    (page,) = _pages(setter, VALUES)
    assert _text(page, "各党小组、全体党员：").x == 0.0


def test_the_date_ends_four_characters_from_the_right_and_the_signature_is_centred_over_it(setter, body):
    """7.3.5.1: a document that is sealed."""
    (page,) = _pages(setter, VALUES)
    date, signer = _text(page, VALUES["signed_on"]), _text(page, "第一党支部")
    date_width = body.measure(date.characters) * EM / 1000
    assert date.x + date_width == pytest.approx(156.0 - 4 * EM, abs=0.01)
    centre = signer.x + body.measure(signer.characters) * EM / 2000
    assert centre == pytest.approx(date.x + date_width / 2, abs=0.01)
    assert date.baseline - signer.baseline == pytest.approx(225 / 22)


def test_a_signature_wider_than_its_place_ends_at_the_edge(setter, body):
    (page,) = _pages(setter, {**VALUES, "signed_by": "中共示例省示例市示例机关第一支部委员会"})
    signer = _text(page, "中共示例省示例市示例机关第一支部委员会")
    assert signer.x + body.measure(signer.characters) * EM / 1000 <= 156.0 + 0.01


def test_no_page_holds_a_signature_without_text(setter):
    for count in range(6, 30):
        pages = _pages(setter, {**VALUES, "body": (Paragraph("支" * 28 * count, ParagraphStyle.PLAIN),)})
        last = written(pages[-1:])
        assert "第一党支部" in last
        assert "支" in last.replace("第一党支部", "")


def test_attachments_are_numbered_and_go_on_under_their_names(setter):
    """7.3.4."""
    names = (
        Paragraph("推荐名单及事迹材料汇总表（含各党小组意见和支部委员会审查意见）"),
        Paragraph("会议议程"),
    )
    (page,) = _pages(setter, {**VALUES, "attachments": names})
    first = next(text for text in page.texts if text.characters.startswith("附件：1."))
    second = next(text for text in page.texts if text.characters.startswith("2."))
    following = page.texts[page.texts.index(first) + 1]
    assert first.x == pytest.approx(2 * EM, abs=0.3)
    assert second.x == pytest.approx(5 * EM, abs=0.5)
    assert following.x > second.x
    (single_page,) = _pages(setter, {**VALUES, "attachments": names[1:]})
    assert "附件：会议议程" in written([single_page])


def test_subtitle_and_note_get_their_brackets_once(setter):
    (page,) = _pages(setter, {**VALUES, "subtitle": "2026年10月23日通过", "note": "（联系人：李秀英）"})
    assert "（2026年10月23日通过）" in written([page])
    assert written([page]).endswith("（联系人：李秀英）")


def test_a_slip_is_half_a_sheet(press):
    printed = press.press(single(sheet(OfficialDocument(half_sheet=True), VALUES)))
    assert reading.sizes(printed.pdf) == [(210, 148)]


def test_the_receipt_lists_names_to_be_signed_for(setter):
    columns = (Column("name", "姓名", 40.0), Column("signature", "签收", 60.0), Column("date", "日期", 40.0))
    pages = _pages(
        setter, {**VALUES, "receipt": ({"name": "王建国"},)}, OfficialDocument(receipt_columns=columns)
    )
    assert "送达回执姓名签收日期王建国" in written(pages)
    assert_inside(pages)


def test_blank_it_has_a_title_and_a_place_for_the_date(setter):
    pages = _pages(setter, None)
    assert written(pages) == "通知年月日"
    assert len(_pages(setter, None, OfficialDocument(half_sheet=True))) == 1


ANY = st.text(alphabet=st.sampled_from("会议，。（）“”2026 Aw\n"), max_size=300)


@settings(max_examples=60, deadline=None)
@given(title=ANY, body=ANY, signer=ANY, note=ANY, half=st.booleans())
def test_whatever_is_typed_nothing_is_lost_or_set_outside(setter, title, body, signer, note, half):
    values = {
        "title": title,
        "body": body * 6,
        "signed_by": signer,
        "signed_on": "2026年1月5日",
        "note": note,
    }
    pages = _pages(setter, values, OfficialDocument(half_sheet=half))
    assert_inside(pages)
    for character in "会2Aw":
        assert written(pages).count(character) >= sum(
            str(value).count(character) for value in values.values()
        )
