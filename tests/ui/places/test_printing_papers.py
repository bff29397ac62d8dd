"""Single papers in the Print place: what is previewed is what is saved and printed."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.papers import Orientation
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.services.operations import operate
from branchbook.services.printing import paper_entries
from branchbook.ui.paper_output import Sides
from branchbook.ui.preview import Preview
from branchbook.ui.theme import ThemeChoice, Tone
from tests.services.printing_sample import ACTOR, BRANCH, GENERAL_BRANCH, GROUPS, PEOPLE, attach_photo
from tests.ui.executors import WhenTold
from tests.ui.places.printing_screen import PrintScreen


def picture() -> bytes:
    """A small grey photo."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(stream, "PNG")
    return stream.getvalue()


SINGLE = [entry for entry in paper_entries() if entry.key != "handbook"]


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


def test_every_paper_stands_in_the_gallery_with_what_it_is_about(screen):
    tiles = {tile.key: tile for tile in screen.papers.gallery.tiles}
    assert list(tiles) == [entry.key for entry in SINGLE if entry.group == "ordinary"]
    assert tiles["general_meeting_minutes"].detail == "1 份"
    assert tiles["member_roster"].detail == "横向"


def test_all_groups_of_papers_stand_in_the_title_line_and_one_more_would(screen):
    """At the size of the window on a screen of 1366 × 768; none is cut off."""
    groups = screen.papers.groups
    assert groups.width() >= groups.widget().sizeHint().width()
    filling = screen.papers.filling
    left = groups.mapTo(screen.papers, groups.rect().topLeft()).x()
    title = screen.papers.fontMetrics().horizontalAdvance("单份表册国国")
    assert left - title >= groups.fontMetrics().horizontalAdvance("组织生活"), "room for a sixth"
    assert filling.width() >= filling.widget().sizeHint().width()


def test_pictures_are_real_pages_and_only_of_papers_in_sight(screen, qtbot):
    gallery = screen.papers.gallery
    gallery.grab()
    screen.settle()
    first, last = SINGLE[0].key, SINGLE[-1].key
    image = gallery.picture(first)
    assert image is not None
    assert image.height() > image.width()
    colours = {
        image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())
    }
    assert max(colours) == 255
    assert min(colours) < 128
    assert last not in gallery.model().pictures


def test_nothing_chosen_is_told_and_nothing_can_be_printed(screen):
    card = screen.preview
    assert card.pages.currentWidget() is card.empty
    assert not card.pdf.isEnabled()
    assert not card.print_button.isEnabled()
    QTest.keyClick(screen.place, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert screen.printers.jobs == []


def test_choosing_a_paper_previews_its_latest_record_at_once(screen):
    screen.choose("general_meeting_minutes")
    assert screen.preview.product.request.record_id == screen.records["general"]
    assert "推荐年度优秀共产党员" in screen.text
    assert screen.preview.preview.page_count == screen.preview.product.pressed.pages
    assert "第 1 页 共" in screen.preview.preview.words


@pytest.mark.parametrize("blank", [False, True], ids=["filled", "blank"])
def test_every_paper_can_be_previewed_and_offers_docx_where_it_may_be_edited(screen, blank):
    for name in screen.records:
        attach_photo(screen.book, screen.records[name], picture())
    screen.fill(blank)
    for paper in SINGLE:
        screen.choose(paper.key)
        assert screen.place.banner.text == "", paper.key
        assert screen.preview.product.request.paper == paper.key
        assert screen.preview.preview.page_count >= 1
        assert screen.preview.docx.isHidden() != paper.docx, paper.key


def test_saved_bytes_are_the_previewed_bytes(screen):
    screen.choose("general_meeting_minutes")
    path = screen.save(screen.preview.pdf, "记录.pdf")
    assert path.read_bytes() == screen.pdf
    assert screen.files.suggested == "示例第一党支部党员大会记录.pdf"
    assert screen.place.banner.tone == Tone.OK
    assert "已存为 记录.pdf" in screen.place.banner.text


def test_printed_bytes_are_the_previewed_bytes_with_the_options_of_the_row(screen):
    screen.choose("general_meeting_minutes")
    row = screen.preview.print_row
    screen.pick(row.printer, "办公室")
    row.copies.setValue(3)
    screen.pick(row.sides, Sides.SHORT_EDGE)
    screen.press(screen.preview.print_button)
    (job,) = screen.printers.jobs
    assert job.pdf == screen.pdf
    assert (job.printer, job.copies, job.sides) == ("办公室", 3, Sides.SHORT_EDGE)
    assert "已送去打印" in screen.place.banner.text


def test_ctrl_p_prints(screen, qtbot):
    screen.choose("member_roster")
    screen.place.activateWindow()
    qtbot.waitUntil(screen.place.isActiveWindow)
    screen.papers.gallery.setFocus()
    QTest.keyClick(screen.papers.gallery, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert [job.title for job in screen.printers.jobs] == ["示例第一党支部党员花名册"]


def test_a_printer_that_is_not_there_is_told_and_saving_is_one_press_away(screen):
    screen.choose("member_roster")
    screen.printers.problem = RefusedProblem("这台电脑上没有安装打印服务", "", "请先存为 PDF")
    screen.press(screen.preview.print_button)
    assert screen.place.banner.tone == Tone.BAD
    assert screen.printed == ()
    screen.files.answer = screen.folder / "花名册.pdf"
    screen.place.banner.linked.emit()
    screen.settle()
    assert screen.files.answer.read_bytes() == screen.pdf


def test_what_was_printed_is_noted_and_the_gallery_says_when(screen):
    screen.choose("general_meeting_minutes")
    screen.press(screen.preview.print_button)
    (noted,) = screen.printed
    assert (noted.paper, noted.subject) == ("general_meeting_minutes", str(screen.records["general"]))
    tile = next(each for each in screen.papers.gallery.tiles if each.key == noted.paper)
    assert tile.detail == "1 份 · 上次 11-24"


def test_giving_up_the_file_dialog_writes_and_notes_nothing(screen):
    screen.choose("member_roster")
    screen.press(screen.preview.pdf)
    assert screen.printed == ()
    assert screen.place.banner.text == ""


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_noted(screen):
    screen.choose("member_roster")
    screen.save(screen.preview.pdf, "没有这个文件夹/花名册.pdf")
    assert "文件写不进去" in screen.place.banner.text
    assert screen.printed == ()


def test_docx_is_a_word_file_of_the_same_paper(screen):
    import docx

    screen.choose("general_meeting_minutes")
    path = screen.save(screen.preview.docx, "记录.docx")
    words = "".join(each.text for each in docx.Document(str(path)).paragraphs)
    assert "示例第一党支部党员大会记录" in words


def test_blank_needs_no_record_and_shows_none(screen):
    screen.choose("general_meeting_minutes")
    assert not screen.papers.fields.record.isHidden()
    screen.fill(True)
    assert screen.papers.fields.record.isHidden()
    assert screen.preview.product.request.blank
    assert "推荐年度优秀共产党员" not in screen.text
    assert "主持人" in screen.text


def test_another_record_of_the_list_is_previewed(screen):
    screen.choose("sign_in_sheet")
    screen.pick(screen.papers.fields.record, screen.records["general"])
    assert screen.preview.product.request.record_id == screen.records["general"]
    assert "2026年3月19日" in screen.text


def test_a_sign_in_sheet_needs_no_meeting_the_names_come_from_the_roster(screen):
    screen.choose("sign_in_sheet")
    screen.pick(screen.papers.fields.record, None)
    assert not screen.papers.fields.organisation.isHidden()
    assert "赵甲一" in screen.text
    screen.pick(screen.papers.fields.organisation, GROUPS[1])
    assert "钱乙二" in screen.text
    assert "赵甲一" not in screen.text


def test_a_meeting_of_two_kinds_prints_under_the_one_chosen(screen):
    screen.choose("sign_in_sheet")
    kind = screen.papers.fields.kind
    assert not kind.isHidden()
    assert screen.preview.product.title == "示例第一党支部主题党日签到表"
    screen.pick(kind, "party_lesson")
    assert screen.preview.product.title == "示例第一党支部党课签到表"


def test_the_roster_is_asked_on_the_day_that_is_typed(screen):
    screen.choose("committee_roster")
    day = screen.papers.fields.day
    assert day.value() == date(2026, 11, 24)
    day.selectAll()
    QTest.keyClicks(day, "2026.3.5")
    QTest.keyClick(day, Qt.Key.Key_Return)
    screen.settle()
    assert screen.preview.product.request.day == date(2026, 3, 5)
    assert day.text() == "2026-03-05"


def test_another_place_asks_for_a_paper_of_a_record(screen):
    screen.show("committee_meeting_minutes", "committee")
    assert screen.papers.gallery.current_key == "committee_meeting_minutes"
    assert screen.papers.fields.record.currentText() == "3月10日 研究三月份工作"
    assert "研究三月份主题党日安排" in screen.text


def test_a_paper_that_is_asked_for_is_pressed_before_anything_else(qtbot, settled, tmp_path):
    """Opened and asked in one go: nothing that the screen itself wants to know stands before the preview."""
    executor = WhenTold()
    made = PrintScreen(settled, tmp_path, executor)
    qtbot.addWidget(made.place)
    from branchbook.ui.place import PlaceContext, ScopeChoice, ShowPaper
    from tests.ui.conftest import NOW

    scope = ScopeChoice(BRANCH, 2026)
    made.place.open(PlaceContext(made.book, made.commands, scope, "李操作", lambda: NOW))
    made.place.show_subject(ShowPaper("general_meeting_minutes", made.records["general"]))
    executor.carry_out(0)
    qtbot.waitUntil(lambda: made.preview.product is not None)
    assert made.preview.product.request.record_id == made.records["general"]
    while executor.waiting:
        executor.carry_out()
    made.settle()


def test_a_paper_of_no_resolution_says_why_and_shows_nothing(screen):
    screen.choose("resolution_document")
    assert screen.preview.product is not None
    screen.pick(screen.papers.fields.record, screen.records["general"])
    record = screen.book
    with record.reading() as reading:
        from branchbook.domain.records import Record

        found = reading.get(Record, screen.records["general"])
    agenda = tuple(replace(item, resolutions=()) for item in found.agenda)
    screen.change("general", agenda=agenda)
    assert "没有通过决议" in screen.place.banner.text
    assert screen.preview.product is None


def test_the_preview_follows_the_book(screen):
    screen.show("committee_meeting_minutes", "committee")
    assert "另一会议室" not in screen.text
    screen.change("committee", venue="另一会议室")
    assert "另一会议室" in screen.text


def test_a_change_while_another_place_is_shown_is_caught_up_with(screen):
    screen.show("committee_meeting_minutes", "committee")
    screen.place.hide()
    screen.change("committee", venue="另一会议室")
    assert "另一会议室" not in screen.text
    screen.open()
    assert "另一会议室" in screen.text


def test_another_branch_is_another_gallery_and_an_empty_preview(screen):
    screen.choose("general_meeting_minutes")
    screen.open(GENERAL_BRANCH)
    assert screen.preview.product is None
    assert screen.papers.gallery.current_key == ""
    assert screen.papers.gallery.tiles[0].detail == "0 份"


def test_a_character_without_a_glyph_is_reported_by_person_before_printing(screen):
    lacking = "\U0003ffff"
    with screen.book.reading() as reading:
        person = reading.get(Person, PEOPLE[0])
    with operate(screen.book, ACTOR, "改名") as operating:
        operating.writing.put(replace(person, name=f"赵{lacking}"))
    screen.choose("member_roster")
    assert screen.place.banner.tone == Tone.WARN
    assert f"姓名“赵{lacking}”" in screen.place.banner.text
    assert "U+3FFFF" in screen.place.banner.text
    assert screen.printers.jobs == []
    screen.press(screen.preview.print_button)
    assert len(screen.printers.jobs) == 1
    assert "U+3FFFF" in screen.place.banner.text


def test_a_rare_character_of_another_face_is_told_quietly(screen):
    screen.choose("member_roster")
    assert "“喆”" in screen.preview.note.text
    assert screen.place.banner.text == ""
    screen.choose("annual_work_plan")
    assert screen.preview.note.text == ""


def test_a_book_that_cannot_be_written_prints_all_the_same(screen):
    screen.book._read_only = True
    screen.choose("member_roster")
    screen.press(screen.preview.print_button)
    assert len(screen.printers.jobs) == 1
    assert screen.printed == ()
    assert screen.place.banner.tone == Tone.OK


def test_the_paper_is_white_in_the_dark_too(screen, look):
    screen.choose("general_meeting_minutes")
    look.choose(ThemeChoice.DARK)
    image = screen.preview.preview.grab().toImage()
    assert image.pixelColor(image.width() // 2, 30).name() == "#ffffff"


def test_every_control_has_a_name_and_the_keyboard_reaches_it(screen):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    screen.choose("member_roster")
    widgets = [
        each
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for each in screen.place.findChildren(kind)
        if each.isVisible() and each.objectName() != "qt_spinbox_lineedit"
    ]
    assert len(widgets) > 30
    for widget in widgets:
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert name, widget
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus, name
    assert screen.place.findChild(Preview).focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_coming_into_the_gallery_by_tab_chooses_nothing_a_key_does(screen, qtbot):
    screen.press(screen.handbook.make_button)
    screen.place.activateWindow()
    qtbot.waitUntil(screen.place.isActiveWindow)
    gallery, made = screen.papers.gallery, screen.preview.product
    gallery.setFocus(Qt.FocusReason.TabFocusReason)
    screen.settle()
    assert screen.preview.product is made
    QTest.keyClick(gallery, Qt.Key.Key_Space)
    screen.settle()
    assert screen.preview.product.request.paper == "general_meeting_minutes"
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    screen.settle()
    assert screen.preview.product.request.paper == "committee_meeting_minutes"


def test_the_keyboard_begins_in_the_gallery(screen, qtbot):
    screen.place.activateWindow()
    qtbot.waitUntil(screen.place.isActiveWindow)
    screen.place.focus_first()
    assert screen.papers.gallery.hasFocus()
    screen.handbook.make_button.setFocus()
    screen.place.focus_first()
    assert screen.handbook.make_button.hasFocus()


def test_a_click_on_the_first_paper_chooses_it(screen):
    gallery = screen.papers.gallery
    middle = gallery.visualRect(gallery.model().index(0, 0)).center()
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    screen.settle()
    assert screen.preview.product.request.paper == "general_meeting_minutes"


def test_wide_papers_lie_in_the_preview(screen, qtbot):
    screen.choose("member_roster")
    (section,) = screen.preview.product.booklet.sections
    assert section.sheet.paper.orientation == Orientation.LANDSCAPE
    gallery = screen.papers.gallery
    gallery.grab()
    qtbot.waitUntil(lambda: gallery.picture("member_roster") is not None)
    image = gallery.picture("member_roster")
    assert image.width() > image.height()
