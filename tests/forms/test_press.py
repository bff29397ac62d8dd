"""From a booklet to one PDF: numbers, contents, bookmarks, margins, reports; always the same bytes."""

import io

import pytest
from PIL import Image

from branchbook.catalogue.papers_list import PAPERS
from branchbook.domain.papers import (
    Booklet,
    Contents,
    Cover,
    Field,
    Leaves,
    Manuscript,
    OfficialDocument,
    Photo,
    PhotoPage,
    PrintOptions,
    Section,
    Sheet,
    single,
)
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.services.printing_press import PaperPress
from tests.forms import reading
from tests.forms.examples import RARE_NAMES, RECORD, SENTENCE, minutes, sheet
from tests.forms.test_grid import ROSTER


def _handbook(options: PrintOptions | None = None) -> Booklet:
    cover = Cover((Field("year", "年度", 95.0, 40.0),))
    records = [
        Section(sheet(RECORD, {"minutes": minutes(20 + number)}, f"第{number}次会议"), f"第{number}次会议", 1)
        for number in range(1, 5)
    ]
    people = tuple({"number": str(number), "name": "李𬭎"} for number in range(40))
    sections = (
        Section(sheet(cover, {"year": "2026"}, "工作手册"), "封面", numbered=False, listed=False),
        Section(sheet(Contents(), {}, "目录"), "目录"),
        Section(sheet(ROSTER, {"rows": people}, "党员花名册", landscape=True), "党员花名册"),
        Section(sheet(Manuscript(), {"body": SENTENCE * 60}, "工作计划"), "工作计划"),
        *records,
    )
    return Booklet("工作手册", sections, options or PrintOptions())


def test_it_is_the_press_that_services_ask_for(press):
    asked: PaperPress = press
    assert asked.press(single(sheet(RECORD))).pages == 1


def test_page_numbers_count_from_the_first_numbered_page(press):
    printed = press.press(_handbook())
    pages = reading.texts(printed.pdf)
    total = len(pages) - 1
    assert printed.pages == len(pages)
    assert "第" not in pages[0]
    for number, page in enumerate(pages[1:], 1):
        assert f"第{number}页共{total}页" in "".join(page.split())


def test_the_contents_name_the_page_on_which_each_section_begins(press):
    printed = press.press(_handbook())
    pages = ["".join(page.split()) for page in reading.texts(printed.pdf)]
    contents = pages[1]
    assert sum(printed.section_pages) == printed.pages
    before = 0
    for section, count in zip(_handbook().sections, printed.section_pages, strict=True):
        if section.listed and section.bookmark != "目录":
            line = contents.split(section.bookmark)[1].lstrip(".")
            assert line.startswith(str(before)), section.bookmark
            assert section.bookmark in pages[before]
        before += count
    assert "封面" not in contents


def test_bookmarks_lead_to_the_first_page_of_each_section(press):
    printed = press.press(_handbook())
    marks = reading.bookmarks(printed.pdf)
    assert [title for title, _level, _page in marks][:4] == ["封面", "目录", "党员花名册", "工作计划"]
    assert [level for _title, level, _page in marks] == [0, 0, 0, 0, 1, 1, 1, 1]
    starts, before = [], 0
    for count in printed.section_pages:
        starts.append(before)
        before += count
    assert [page for _title, _level, page in marks] == starts


def test_a_first_bookmark_below_a_chapter_is_raised_to_one(press):
    section = Section(sheet(RECORD), "会议", level=3)
    assert reading.bookmarks(press.press(Booklet("一", (section,))).pdf) == [("会议", 0, 0)]


def test_the_contents_lead_to_their_sections(press):
    assert press.press(_handbook()).pdf.count(b"/Subtype /Link") == 6


def test_the_roster_lies_across_and_the_rest_upright(press):
    printed = press.press(_handbook())
    sizes = reading.sizes(printed.pdf)
    assert sizes[:3] == [(210, 297), (210, 297), (297, 210)]
    assert sizes[-1] == (210, 297)


def test_the_same_booklet_gives_the_same_bytes(press):
    assert press.press(_handbook()).pdf == press.press(_handbook()).pdf


def test_nothing_of_the_clock_or_an_unembedded_font_is_in_the_file(press):
    pdf = press.press(_handbook()).pdf
    assert b"Helvetica" not in pdf
    assert b"D:20000101" in pdf
    assert pdf.count(b"/FontFile2") == len(reading.base_fonts(pdf))


def test_bound_on_both_sides_the_margin_changes_with_the_page(press):
    pdf = press.press(_handbook(PrintOptions(duplex=True, binding_mm=30.0))).pdf
    lefts = {}
    for page, (width, _height) in enumerate(reading.sizes(pdf)):
        if width == 210 and page > 1:
            lefts[page] = min(glyph.left for glyph in reading.glyphs(pdf, page) if glyph.bottom < 270)
    assert all(left >= 29.0 for page, left in lefts.items() if page % 2 == 0)
    assert min(left for page, left in lefts.items() if page % 2 == 1) < 25.0


def test_bound_on_both_sides_page_one_is_a_right_hand_page(press):
    printed = press.press(_handbook(PrintOptions(duplex=True, binding_mm=25.0)))
    pages = ["".join(page.split()) for page in reading.texts(printed.pdf)]
    assert pages[1] == ""
    assert pages[2].startswith("目录")
    assert printed.section_pages[0] == 2


def test_both_sided_numbers_stand_at_the_outer_edge(press):
    pdf = press.press(_handbook(PrintOptions(duplex=True, binding_mm=25.0))).pdf
    for page, (width, height) in enumerate(reading.sizes(pdf)):
        foot = [glyph for glyph in reading.glyphs(pdf, page) if glyph.top > height - 17]
        if foot:
            middle = (foot[0].left + foot[-1].right) / 2
            assert (middle > width / 2) is (page % 2 == 0)


def test_without_page_numbers_there_are_none(press):
    pdf = press.press(_handbook(PrintOptions(page_numbers=False))).pdf
    assert not [page for page in reading.texts(pdf) if "页 共" in page]


def test_a_printed_note_stands_at_the_foot(press):
    pdf = press.press(single(sheet(RECORD), PrintOptions(printed_note="本表由第一党支部打印"))).pdf
    assert reading.flat(pdf).endswith("本表由第一党支部打印")


def test_missing_and_substituted_characters_are_reported(press):
    printed = press.press(single(sheet(RECORD, {"venue": "三楼😀", "absent": f"王{RARE_NAMES}"})))
    assert [(missing.character, missing.context) for missing in printed.missing] == [("😀", "三楼😀")]
    assert set(RARE_NAMES) <= {character for character, _face in printed.substitutes}
    assert "三楼😀" in reading.flat(printed.pdf)


def test_names_are_checked_before_printing(press):
    found = press.missing_characters(("王建国", "李😀", "赵䶮", "孙😀"))
    assert [(missing.character, missing.context) for missing in found] == [("😀", "李😀")]


def test_text_of_a_user_is_never_markup(press):
    typed = "<b>粗</b>&amp;<img src=x>&lt;"
    assert typed.replace(" ", "") in reading.flat(
        press.press(single(sheet(RECORD, {"absent": typed}, typed))).pdf
    )


def test_progress_is_told_and_may_cancel(press):
    told = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    press.press(_handbook(), progress=progress)
    assert told == [(done, 8) for done in range(9)]
    with pytest.raises(RefusedProblem) as caught:
        press.press(_handbook(), progress=lambda done, total: done < 3)
    assert "取消" in caught.value.what


def _photo(colour: str, kind: str = "JPEG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photos_are_drawn_in_their_proportions(press, kind):
    photos = (Photo("a" * 64, "红"), Photo("b" * 64, "缺"))
    booklet = single(sheet(PhotoPage(2), {"photos": photos}))
    pdf = press.press(booklet, lambda sha256: _photo("#202020", kind) if sha256[0] == "a" else None).pdf
    image = reading.picture(pdf).point(lambda grey: 255 if grey < 60 else 0)
    rows = [
        sum(image.crop((0, row, image.width, row + 1)).tobytes()) // 255 for row in range(0, image.height, 2)
    ]
    wide = [count for count in rows if count > 300]
    assert sorted(wide)[len(wide) // 2] / (len(wide) * 2) == pytest.approx(400 / 300, abs=0.05)
    assert (
        press.press(booklet, lambda sha256: _photo("#202020", kind) if sha256[0] == "a" else None).pdf == pdf
    )


def test_the_bytes_of_a_jpeg_stand_in_the_file_once_as_they_are(press):
    grey, white = _photo("#202020"), _photo("#ffffff")
    photos = (Photo("a" * 64, "灰"), Photo("b" * 64, "白"), Photo("a" * 64, "又是灰的"))
    booklet = single(sheet(PhotoPage(4), {"photos": photos}))
    pdf = press.press(booklet, lambda sha256: grey if sha256[0] == "a" else white).pdf
    assert (pdf.count(grey), pdf.count(white)) == (1, 1)


def test_a_damaged_photo_is_named(press):
    with pytest.raises(UnreadableProblem) as caught:
        press.press(
            single(sheet(PhotoPage(2), {"photos": (Photo("abcdef" * 8),)})), lambda _sha256: b"no picture"
        )
    assert "照片" in caught.value.what
    assert caught.value.where == "abcdefab"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_every_paper_of_the_catalogue_prints_blank(press, paper):
    printed = press.press(single(Sheet(paper, paper.name)))
    assert printed.pages <= (8 if isinstance(paper.layout, Leaves) else 2)
    assert paper.name in reading.flat(printed.pdf)
    assert not printed.missing


def test_an_official_document_within_a_booklet_has_the_booklets_numbers(press):
    notice = Section(sheet(OfficialDocument(), {"body": SENTENCE}, "通知"), "通知")
    record = Section(sheet(RECORD), "记录")
    pages = reading.texts(press.press(Booklet("一", (record, notice))).pdf)
    assert "第2页共2页" in "".join(pages[1].split())
    assert "—" not in pages[1]


def test_several_documents_are_numbered_each_by_itself(press):
    notice = Section(sheet(OfficialDocument(), {"body": SENTENCE}, "决议"), "决议")
    pages = reading.texts(press.press(Booklet("决议", (notice, notice))).pdf)
    assert ["— 1 —" in page for page in pages] == [True, True]


def test_a_chapter_is_bookmarked_and_listed_above_its_first_section(press):
    contents = Section(sheet(Contents(), {}, "目录"), "目录", numbered=False)
    first = Section(sheet(RECORD, None, "第一次"), "第一次", 1, chapter="党员大会")
    second = Section(sheet(RECORD, None, "第二次"), "第二次", 1)
    pdf = press.press(Booklet("一", (contents, first, second))).pdf
    assert reading.bookmarks(pdf) == [("目录", 0, 0), ("党员大会", 0, 1), ("第一次", 1, 1), ("第二次", 1, 2)]
    listed = "".join(reading.texts(pdf)[0].replace(".", "").split())
    assert listed == "目录党员大会1第一次1第二次2"


def test_printed_on_both_sides_the_back_of_the_cover_is_empty(press):
    cover = Section(sheet(Cover(()), {}, "工作手册"), numbered=False)
    front = Section(sheet(Manuscript(), {"body": SENTENCE}, "使用说明"), numbered=False)
    record = Section(sheet(RECORD, None, "第一次"))
    printed = press.press(Booklet("一", (cover, front, record), PrintOptions(duplex=True, binding_mm=25.0)))
    pages = ["".join(page.split()) for page in reading.texts(printed.pdf)]
    assert [page[:4] for page in pages] == ["工作手册", "", "使用说明", "", "第一次时"]
    assert printed.section_pages == (2, 2, 1)
