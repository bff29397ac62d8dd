"""The handbook in the Print place: parts, pages, cancelling, closing the year, and what has changed since."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from branchbook.catalogue.handbook import TICKED
from branchbook.services.handbook_closing import kept_handbook
from branchbook.ui.commands import Progress
from branchbook.ui.paper_output import Sides
from branchbook.ui.place import ShowPaper
from branchbook.ui.theme import Tone
from tests.services.printing_sample import BRANCH, GENERAL_BRANCH
from tests.ui.places.printing_screen import PrintScreen


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


def make(screen) -> None:
    screen.press(screen.handbook.make_button)


def pages_told(screen) -> dict[str, str]:
    parts = screen.handbook.parts
    return {title: box.accessibleDescription() for title, box in parts.boxes.items()}


def chapters(screen) -> set[str]:
    """What the handbook's contents name as chapters."""
    sections = [each.section for each in screen.preview.product.made.sections]
    return {name for each in sections for name in (each.chapter, each.bookmark)}


def kept(screen):
    with screen.book.reading() as reading:
        return kept_handbook(reading, BRANCH, 2026)


def test_the_parts_are_ticked_as_the_catalogue_says_and_the_front_is_one_box(screen):
    boxes = screen.handbook.parts.boxes
    assert "封面、使用说明、目录" in boxes
    only_above = {"democratic_life_meeting"}  # held by the general branch
    assert screen.handbook.parts.ticked == TICKED - only_above
    assert not boxes["年度工作配档表"].isChecked()
    assert set(pages_told(screen).values()) == {""}


def test_the_handbook_is_previewed_and_its_pages_are_told_part_by_part(screen):
    make(screen)
    pages = screen.preview.product.pressed.pages
    assert screen.preview.preview.page_count == pages
    told = [int(words.removesuffix(" 页")) for words in pages_told(screen).values() if words[0].isdigit()]
    assert sum(told) == pages
    assert screen.handbook.accessibleName() == "工作手册"
    assert "工作手册" in screen.text
    assert screen.preview.docx.isHidden()


def test_saved_bytes_are_the_previewed_bytes_and_the_same_book_gives_them_again(screen):
    make(screen)
    path = screen.save(screen.preview.pdf, "手册.pdf")
    assert path.read_bytes() == screen.pdf
    make(screen)
    assert path.read_bytes() == screen.pdf


def test_a_handbook_is_printed_on_both_sides_a_single_paper_on_one(screen):
    make(screen)
    assert screen.preview.print_row.sides.value() == Sides.LONG_EDGE
    screen.choose("member_roster")
    assert screen.preview.print_row.sides.value() == Sides.ONE


def test_a_part_that_is_not_ticked_is_left_out_and_the_old_numbers_go(screen):
    make(screen)
    before = screen.preview.product.pressed.pages
    QTest.keyClick(screen.handbook.parts.boxes["党课记录"], Qt.Key.Key_Space)
    assert set(pages_told(screen).values()) == {""}
    make(screen)
    assert screen.preview.product.pressed.pages < before
    assert pages_told(screen)["党课记录"] == "–"


def test_records_stand_by_quarter_where_that_is_chosen(screen):
    make(screen)
    assert "第一季度" not in chapters(screen)
    chip = screen.handbook.order.findChildren(QPushButton)[0]
    QTest.keyClick(chip, Qt.Key.Key_Right)
    make(screen)
    assert "第一季度" in chapters(screen)


def test_blank_has_no_names_in_it(screen):
    screen.handbook.blank.setChecked(True)
    make(screen)
    assert "推荐年度优秀共产党员" not in screen.text
    assert screen.preview.product.request.blank


def test_cancel_stops_the_press_and_nothing_is_shown(screen):
    titles = []

    def cancel(progress: Progress) -> None:
        titles.append(progress.title)
        progress.cancel()

    screen.commands.job_started.connect(cancel)
    make(screen)
    assert titles == ["生成手册"]
    assert screen.preview.product is None
    assert screen.place.banner.text == ""


def test_another_place_can_ask_for_the_handbook(screen):
    screen.place.show_subject(ShowPaper("handbook"))
    screen.settle()
    assert screen.preview.product.title == "示例第一党支部2026年度党支部工作手册"


def test_a_general_branch_has_a_handbook_of_its_own(screen):
    screen.open(GENERAL_BRANCH)
    assert "党小组会记录" not in screen.handbook.parts.boxes
    make(screen)
    assert screen.preview.product.title == "示例机关党总支2026年度党总支工作手册"


def test_no_part_at_all_is_refused_in_words(screen):
    for box in screen.handbook.parts.boxes.values():
        box.setChecked(False)
    make(screen)
    assert "没有勾选手册的任何部分" in screen.place.banner.text


# ------------------------------------------------------------------------------- changed since printed


def test_a_record_changed_after_printing_is_told_and_can_be_printed_again(screen):
    assert screen.handbook.stale.isHidden()
    make(screen)
    screen.press(screen.preview.print_button)
    assert screen.handbook.stale.isHidden()
    screen.change("committee", venue="另一会议室")
    assert screen.handbook.stale.text() == "1 份记录已改未重印"
    screen.press(screen.handbook.stale)
    card = screen.place.changes_card
    (entry,) = card.list.entries
    assert (entry.title, entry.badge) == ("3月10日 研究三月份工作", "未重印")
    card.list.setCurrentIndex(card.list.model().index(0, 0))
    screen.settle()
    assert "另一会议室" in screen.text
    screen.press(screen.preview.print_button)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert screen.place.left.currentWidget() is screen.place.overview
    assert screen.handbook.stale.isHidden()


def test_a_handbook_made_before_a_change_says_so_and_is_made_anew_with_one_press(screen):
    make(screen)
    screen.change("committee", venue="另一会议室")
    assert screen.preview.note.tone == Tone.WARN
    assert "改动之前的手册" in screen.preview.note.text
    screen.preview.note.linked.emit()
    screen.settle()
    assert "另一会议室" in screen.text
    assert "改动之前" not in screen.preview.note.text


# ---------------------------------------------------------------------------------- closing the year


def test_closing_keeps_the_pdf_with_its_hash(screen):
    assert screen.handbook.kept_line.isHidden()
    screen.press(screen.handbook.close_button)
    found = kept(screen)
    assert found.pdf_sha256[:12] in screen.place.banner.text
    assert not screen.handbook.kept_line.isHidden()
    assert screen.handbook.kept_words.text() == "已结册：2026年11月24日"
    screen.press(screen.handbook.show_kept)
    assert hashlib.sha256(screen.pdf).hexdigest() == found.pdf_sha256
    path = screen.save(screen.preview.pdf, "结册.pdf")
    assert path.read_bytes() == screen.pdf


def test_what_changed_since_closing_is_listed_section_by_section(screen):
    screen.press(screen.handbook.close_button)
    screen.press(screen.handbook.compare)
    card = screen.place.changes_card
    assert screen.place.left.currentWidget() is card
    assert card.list.isHidden()
    screen.press(card.back)
    screen.change("committee", venue="另一会议室")
    screen.press(screen.handbook.compare)
    assert [(entry.badge, "支委会记录" in entry.title) for entry in card.list.entries] == [("有改动", True)]


def test_a_handbook_with_drafts_cannot_be_closed(screen):
    screen.handbook.drafts.setChecked(True)
    screen.press(screen.handbook.close_button)
    assert "只收已定稿的记录" in screen.place.banner.text
    assert kept(screen) is None


def test_closing_can_be_undone(screen):
    screen.press(screen.handbook.close_button)
    screen.commands.undo()
    screen.settle()
    assert kept(screen) is None
    assert screen.handbook.kept_line.isHidden()


def test_the_parts_stand_in_one_column_where_two_have_no_room(screen, look):
    parts = screen.handbook.parts
    first, second = list(parts.boxes.values())[:2]
    assert first.y() == second.y()
    look.choose(text_scale=150)
    screen.settle()
    assert first.x() == second.x()
    assert first.y() < second.y()
