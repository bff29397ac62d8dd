"""Cover, contents, running text, photo pages, and several tables on one page."""

import pytest

from branchbook.domain.papers import (
    Cover,
    Field,
    Forms,
    Manuscript,
    Paragraph,
    ParagraphStyle,
    Photo,
    PhotoPage,
    PrintOptions,
)
from branchbook.forms.front import Entry, lay_out_contents, lay_out_cover
from branchbook.forms.library import Role
from branchbook.forms.manuscript import lay_out_forms, lay_out_manuscript
from branchbook.forms.photos import lay_out_photos
from branchbook.forms.press import frame_of
from tests.forms.checking import assert_inside, assert_texts_do_not_touch, written
from tests.forms.examples import RECORD, SENTENCE, minutes, sheet
from tests.forms.test_grid import ROSTER

COVER = Cover((Field("year", "年度", 95.0, 40.0), Field("organisation", "党支部名称", 95.0, 40.0)))
PLAN = Manuscript(signatures=("填报人（签名）",))


def _frame(layout, title="示例"):
    return frame_of(sheet(layout, None, title), PrintOptions())


def test_a_cover_has_its_title_above_and_its_lines_below(setter):
    frame = _frame(COVER)
    (page,) = lay_out_cover(sheet(COVER, {"year": "2026"}, "党支部工作手册"), COVER, frame, setter)
    assert written([page]) == "党支部工作手册年度2026党支部名称"
    assert page.texts[0].size == COVER.title_size
    assert page.texts[0].baseline < frame.height / 3 < frame.height / 2 < page.texts[1].baseline
    assert len([rule for rule in page.rules if rule.y1 == rule.y2]) == 2
    assert_inside([page])


def test_a_long_name_on_the_cover_takes_a_second_line(setter):
    name = "中共示例省示例市示例机关离退休干部第一支部委员会"
    values = {"organisation": name, "year": "2026"}
    (page,) = lay_out_cover(sheet(COVER, values, "党支部工作手册"), COVER, _frame(COVER), setter)
    assert name in written([page])
    assert_inside([page])
    assert_texts_do_not_touch(page)


def _contents(setter, entries):
    return lay_out_contents(sheet(COVER, None, "目录"), _frame(COVER), setter, entries)


def test_page_numbers_end_at_the_right_edge_after_dots(setter):
    entries = [Entry("支部基本情况", 0, 1, "3"), Entry("第一次会议", 1, 2, "107"), Entry("封底", 0, 3, "")]
    (page,) = _contents(setter, entries)
    for number in ("3", "107"):
        (text,) = [text for text in page.texts if text.characters == number]
        width = text.typeface.measure(number) * text.size / 1000 * 25.4 / 72
        assert text.x + width == pytest.approx(page.frame.width)
    dots = [text for text in page.texts if set(text.characters) == {"."}]
    assert len(dots) == 2
    assert len({round((page.frame.width - dot.x) % 2.2, 1) for dot in dots}) <= 2
    names = {text.characters: text for text in page.texts}
    assert names["第一次会议"].x > names["支部基本情况"].x
    assert [link.section for link in page.links] == [1, 2, 3]
    assert_texts_do_not_touch(page)


def test_many_and_long_entries_go_on_over_pages(setter):
    entries = [Entry(f"第{n}次会议：{SENTENCE}", n % 3, n, str(n)) for n in range(60)]
    pages = _contents(setter, entries)
    assert len(pages) > 2
    assert [written(pages).count(f"第{n}次会议：") for n in range(60)] == [1] * 60
    assert_inside(pages)


def test_the_number_of_pages_does_not_depend_on_the_numbers(setter):
    """What makes one layout pass enough: the contents are laid out before the pages are known."""
    for count in (1, 28, 29, 30, 200):
        without = [Entry(f"第{n}次", 0, n, "") for n in range(count)]
        with_numbers = [Entry(f"第{n}次", 0, n, "12345") for n in range(count)]
        assert len(_contents(setter, without)) == len(_contents(setter, with_numbers))


def test_a_manuscript_has_its_text_and_its_signature_with_it(setter):
    for count in range(4, 24):
        example = sheet(PLAN, {"body": minutes(count), "subtitle": "二〇二六年"}, "工作计划")
        pages = lay_out_manuscript(example, PLAN, _frame(PLAN), setter)
        assert [written(pages).count(f"第{n}段") for n in range(1, count + 1)] == [1] * count
        last = written(pages[-1:])
        assert "填报人（签名）：" in last
        assert "通过。" in last
        assert_inside(pages)


def test_a_heading_is_never_the_last_line_of_a_page(setter, fonts):
    body = tuple(
        part
        for number in range(30)
        for part in (
            Paragraph(f"{number}、标题", ParagraphStyle.HEADING),
            Paragraph(SENTENCE * (number % 4 + 1)),
        )
    )
    pages = lay_out_manuscript(sheet(PLAN, {"body": body}), PLAN, _frame(PLAN), setter)
    assert len(pages) > 3
    for page in pages[:-1]:
        assert page.texts[-1].typeface is fonts.typeface(Role.BODY)


def test_a_blank_manuscript_is_one_page_of_lines(setter):
    for layout in (PLAN, Manuscript()):
        (page,) = lay_out_manuscript(sheet(layout, None, "工作计划"), layout, _frame(layout), setter)
        rules = [rule for rule in page.rules if rule.y1 == rule.y2]
        assert len(rules) > 18
        assert {round(rule.x2 - rule.x1) for rule in rules} == {165}
        assert_inside([page])


def test_labelled_lines_of_a_manuscript_stand_above_the_text(setter):
    layout = Manuscript(fields=(Field("author", "填报人", 60.0, 20.0),))
    (page,) = lay_out_manuscript(
        sheet(layout, {"author": "王建国", "body": "正文"}), layout, _frame(layout), setter
    )
    assert written([page]) == "示例表填报人：王建国正文"


@pytest.mark.parametrize("per_page, pages", [(2, 3), (4, 2), (6, 1)])
def test_photos_fill_their_pages_with_captions_under_them(setter, per_page, pages):
    layout = PhotoPage(per_page)
    photos = tuple(Photo(f"{n:064x}", f"第{n}张：党员在社区参加志愿服务") for n in range(6))
    laid_out = lay_out_photos(sheet(layout, {"photos": photos}), layout, _frame(layout), setter)
    assert len(laid_out) == pages
    placed = [picture for page in laid_out for picture in page.pictures]
    assert [picture.sha256 for picture in placed] == [photo.sha256 for photo in photos]
    assert_inside(laid_out)
    for page in laid_out:
        for picture in page.pictures:
            caption = f"第{int(picture.sha256, 16)}张"
            text = next(text for text in page.texts if text.characters.startswith(caption))
            assert text.baseline > picture.y + picture.height
            assert picture.x <= text.x <= picture.x + picture.width


def test_a_blank_photo_page_shows_where_photos_are_glued(setter):
    (page,) = lay_out_photos(sheet(PhotoPage(4)), PhotoPage(4), _frame(PhotoPage(4)), setter)
    assert len(page.rules) == 16
    assert not page.pictures


def test_tables_under_one_another_keep_their_headings(setter):
    layout = Forms((("", RECORD), ("支部委员会", ROSTER)))
    rows = tuple({"number": str(n), "name": "王建国"} for n in range(30))
    for count in range(1, 12):
        example = sheet(layout, {"minutes": minutes(count), "rows": rows}, "基本情况")
        pages = lay_out_forms(example, layout, _frame(layout), setter)
        (heading_page,) = [page for page in pages if "支部委员会序号姓名" in written([page])]
        assert "王建国" in written([heading_page])
        assert_inside(pages)
