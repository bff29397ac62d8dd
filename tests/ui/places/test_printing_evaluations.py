"""Papers of the yearly evaluation in the Print place: a group of their own, of all members or of one."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from branchbook.services.evaluations import begin_evaluation
from branchbook.services.paper_changes import change_of
from branchbook.services.printing import paper_entries
from branchbook.ui.place import ShowPaper
from tests.services.printing_sample import ACTOR, BRANCH
from tests.ui.places.members_screen import write
from tests.ui.places.printing_screen import PrintScreen


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


@pytest.fixture
def evaluation(screen):
    begun = begin_evaluation(screen.book, BRANCH, 2026, date(2026, 3, 2), ACTOR)
    screen.commands.changed.emit(begun.changes)
    screen.settle()
    return begun.value.id


def test_they_stand_in_a_group_of_their_own(screen):
    screen.show_group("evaluation")
    tiles = [tile.key for tile in screen.papers.gallery.tiles]
    assert tiles == [entry.key for entry in paper_entries() if entry.group == "evaluation"]
    assert tiles[-1] == "evaluation:all"


def test_a_paper_is_filled_from_the_round_and_says_of_which_year(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:summary"))
    screen.settle()
    assert screen.papers.groups.current == "evaluation"
    assert screen.papers.fields.record.currentText() == "2026年度 组织生活会和民主评议党员"
    assert screen.preview.product.request.record_id == evaluation
    assert not screen.papers.fields.person.isVisible()


def test_the_form_is_of_all_members_or_of_one_by_choice(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:member_form", evaluation))
    screen.settle()
    person = screen.papers.fields.person
    assert person.isVisible()
    assert person.currentText() == "全部党员"
    everybody = screen.preview.preview.page_count
    chosen = person._values[1]
    screen.pick(person, chosen)
    assert screen.preview.product.request.person_id == chosen
    assert screen.preview.preview.page_count == 2 < everybody
    screen.fill(blank=True)
    assert not person.isVisible()
    assert screen.preview.product.request.person_id is None


def test_all_papers_of_a_year_come_as_one(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:all", evaluation))
    screen.settle()
    assert screen.preview.preview.page_count > 10
    assert screen.preview.docx.isHidden()
    assert not screen.papers.fields.adjust.isVisible()


def test_columns_of_the_ballot_can_be_adjusted(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:ballot", evaluation))
    screen.settle()
    assert screen.papers.fields.adjust.isVisible()


def part(screen, key):
    return next(each for each in screen.place.change_card.rows if each.part.key == key)


def test_a_grade_renamed_and_a_column_left_out_show_on_the_ballot_at_once(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:ballot", evaluation))
    screen.settle()
    screen.press(screen.papers.fields.adjust)
    label = part(screen, "basically_qualified").label
    label.setFocus()
    label.selectAll()
    write(label, "较差")
    QTest.keyClick(label, Qt.Key.Key_Return)
    screen.settle()
    QTest.keyClick(part(screen, "problems").box, Qt.Key.Key_Space)
    screen.settle()
    assert "较差" in screen.text
    assert "存在问题" not in screen.text


def test_marks_under_a_common_head_are_told_apart(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:ballot_items", evaluation))
    screen.settle()
    screen.press(screen.papers.fields.adjust)
    assert part(screen, "good_2").label.accessibleName() == "“组织纪律好”的标题"
    assert "组织纪律" in [each.text() for each in part(screen, "good_2").findChildren(QLabel)]


def test_a_row_of_the_form_is_left_out_on_every_members_page(screen, evaluation):
    screen.place.show_subject(ShowPaper("evaluation:member_forms", evaluation))
    screen.settle()
    screen.press(screen.papers.fields.adjust)
    QTest.keyClick(part(screen, "own_opinion").box, Qt.Key.Key_Space)
    screen.settle()
    with screen.book.reading() as reading:
        assert change_of(reading, "evaluation:member_forms").hidden == ("own_opinion",)
