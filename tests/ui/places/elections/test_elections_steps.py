"""A step: every field can be filled and comes back, refusals keep what was typed, nothing is lost on leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from branchbook.catalogue.procedures_list import SHAPES, shape_of
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import RecordState
from branchbook.services.drafts import found_drafts
from branchbook.services.elections import FAMILIES
from branchbook.services.meetings import save_record
from branchbook.services.record_defaults import new_record
from branchbook.ui.place import BeginRecord, Destination, ScopeChoice, ShowPaper, ShowProcedure, ShowRecord
from tests.services.election_books import begun
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, actor, named
from tests.ui.places.elections.elections_place import PREPARED, Screen, make_place, ready_to_count
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book
from tests.ui.places.members_screen import write


@pytest.fixture
def election(term_book):
    return begun(term_book, "term_election", date(2026, 3, 1), PREPARED)


TYPED = {
    FieldType.TEXT: "示例",
    FieldType.LONG_TEXT: "示例文字",
    FieldType.NUMBER: "3",
    FieldType.DATE: "2026年9月10日",
    FieldType.PERSON: "赵示例",
    FieldType.PERSONS: "周示例、吴示例",
}


def fill_in(screen: Screen, spec: FieldSpec) -> object:
    """Fill a field as a hand would; gives what the book should hold."""
    field = screen.body.fields.editor(spec.key)
    if spec.type == FieldType.CHOICE:
        screen.choose(field, spec.choices[0])
        return spec.choices[0]
    if spec.type == FieldType.YES_NO:
        field.click()
        screen.settle()
        return True
    screen.type_into(field, TYPED[spec.type])
    return {FieldType.NUMBER: 3, FieldType.DATE: "2026-09-10"}.get(spec.type, TYPED[spec.type])


class TestFields:
    @pytest.mark.parametrize("shape", [shape.key for shape in SHAPES if shape.family in FAMILIES])
    def test_every_field_of_every_step_can_be_filled_and_is_stored(self, term_book, screen, reopened, shape):
        """One editor for each ``FieldSpec``; what is typed comes back from the book."""
        begun(term_book, shape, date(2026, 3, 1))
        reopened()
        for spec in shape_of(shape).steps:
            screen.go_to(spec.key)
            for field in spec.fields:
                assert screen.body.fields.editor(field.key).accessibleName() == field.label
                wanted = fill_in(screen, field)
                held = screen.procedure.entry(spec.key)
                if field.type in (FieldType.PERSON, FieldType.PERSONS):
                    assert "、".join(each.name for each in held.people[field.key]) == wanted
                    assert all(each.person_id == named(each.name) for each in held.people[field.key])
                else:
                    assert held.values[field.key] == wanted, field.label

    def test_a_day_is_typed_as_people_write_it_and_shown_one_way(self, election, screen):
        screen.fill(day="8.25")
        assert screen.body.fields.day.text() == "2026-08-25"
        assert screen.procedure.done_on("nomination") == date(2026, 8, 25)

    def test_a_day_that_cannot_be_read_stays_and_is_marked(self, election, screen):
        screen.fill(day="上个月")
        assert screen.body.fields.day.text() == "上个月"
        assert screen.body.fields.day.property("wrong")
        screen.complete()
        assert screen.procedure.done_on("nomination") is None

    def test_impossible_numbers_are_refused_beside_the_field(self, election, screen):
        field = screen.body.fields.editor("issued")
        for text in ("-3", "1000000000", "3.5", "三"):
            screen.type_into(field, text)
            assert field.property("wrong")
            assert "整数" in field.toolTip()
        assert screen.procedure.entry("nomination").number("issued") == 0

    def test_an_input_method_is_never_interrupted(self, election, screen):
        """While it composes, Ctrl+Enter belongs to it and nothing of the preedit text is stored."""
        screen.go_to("reply")
        field = screen.body.fields.editor("authority")
        field.setFocus()
        QApplication.sendEvent(field, QInputMethodEvent("shi li", []))
        screen.keys(field, Qt.Key.Key_Return)
        assert screen.procedure.entry("reply").text("authority") == ""
        write(field, "示例党委")
        screen.go_to("request")
        assert screen.procedure.entry("reply").text("authority") == "示例党委"


class TestCompleting:
    def test_completing_without_a_day_takes_today_and_shows_the_next_step(self, election, screen):
        screen.complete()
        assert screen.procedure.done_on("nomination") == date(2026, 11, 24)
        assert screen.step == "candidate_approval"
        assert screen.body.fields.day.hasFocus()

    def test_the_keyboard_completes_a_step(self, election, screen):
        screen.fill(day="2026-8-25")
        screen.place.actions()[1].trigger()
        screen.settle()
        assert screen.procedure.done_on("nomination") == date(2026, 8, 25)
        assert screen.step == "candidate_approval"

    def test_a_required_field_that_is_empty_is_named_and_the_rest_is_kept(self, term_book, screen, reopened):
        """Once it is filled the step is done on the day that was meant."""
        begun(term_book, "term_election", date(2026, 3, 1))
        reopened()
        screen.fill(candidates="4")
        screen.complete()
        assert "还缺：委员名额" in screen.notice()
        assert screen.step == "decision"
        assert screen.procedure.entry("decision").number("candidates") == 4
        screen.fill(seats="3")
        assert screen.notice() == ""
        assert screen.procedure.is_done("decision")

    def test_a_step_out_of_order_wants_a_reason(self, election, screen):
        screen.go_to("candidate_approval")
        assert not screen.body.fields.reason.isVisible()
        screen.fill(day="2026-9-1")
        assert "还没有完成" in screen.notice()
        assert "推荐候选人" in screen.body.fields.faults.text
        assert screen.procedure.done_on("candidate_approval") is None
        screen.type_into(screen.body.fields.reason, "上级要求同时报批")
        assert screen.notice() == ""
        assert screen.procedure.done_on("candidate_approval") == date(2026, 9, 1)
        assert screen.procedure.entry("candidate_approval").reason == "上级要求同时报批"

    def test_a_day_before_the_step_that_must_stand_first_is_told_while_typing(self, election, screen):
        screen.fill(day="2026-8-1")
        assert "晚于本步" in screen.body.fields.faults.text

    def test_what_only_a_reason_helps_asks_for_it(self, term_book, screen, reopened):
        """No ballots are on record of an election long ago: a reason stands for them, given in the window."""
        ready_to_count(term_book)
        reopened()
        screen.go_to("count")
        assert not screen.body.fields.reason.isVisible()
        screen.complete()
        assert "还没有计票" in screen.notice()
        assert screen.body.fields.reason.isVisible()
        screen.type_into(screen.body.fields.reason, "票数资料已归档")
        screen.complete()
        assert screen.notice() == ""
        assert screen.procedure.entry("count").reason == "票数资料已归档"
        assert screen.procedure.is_done("count")
        screen.go_to("voters")
        assert not screen.body.fields.reason.isVisible()

    def test_a_day_after_today_is_refused_and_everything_else_stays(self, election, screen):
        screen.fill(members="20", day="2027-1-5")
        assert "今天之后" in screen.notice()
        assert screen.body.fields.day.text() == "2027-01-05"
        assert screen.procedure.entry("nomination").number("members") == 20
        assert screen.procedure.done_on("nomination") is None

    def test_a_step_can_be_taken_up_again(self, election, screen):
        screen.go_to("reply")
        screen.press(screen.place.step.reopen_button)
        assert not screen.procedure.is_done("reply")
        assert screen.procedure.entry("reply").text("document") == "示机党〔2026〕14号"


class TestNothingIsLost:
    def test_a_refused_day_is_there_again_when_the_step_is(self, election, screen):
        screen.fill(day="2027-1-5")
        screen.go_to("reply")
        screen.go_to("nomination")
        assert screen.body.fields.day.text() == "2027-01-05"

    def test_leaving_the_place_saves_the_field_that_has_the_keyboard(self, election, screen):
        screen.go_to("reply")
        field = screen.body.fields.editor("authority")
        field.setFocus()
        write(field, "示例党委")
        screen.place.leave()
        screen.settle()
        assert screen.procedure.entry("reply").text("authority") == "示例党委"

    def test_what_is_typed_is_a_draft_within_half_a_second_and_found_after_a_crash(
        self, election, screen, qtbot, shown
    ):
        screen.go_to("reply")
        field = screen.body.fields.editor("authority")
        field.setFocus()
        write(field, "示例党委")
        qtbot.waitUntil(lambda: bool(found_drafts(screen.book)), timeout=2000)
        screen.place.step.keeping.end()  # the program is gone without leaving the field
        again = shown(make_place())
        again.open(screen.place.context)
        screen.settle()
        other = Screen(again, screen.settle)
        assert "没有保存完" in again.banner.text
        again.banner.linked.emit()
        screen.settle()
        assert other.step == "reply"
        assert other.body.fields.editor("authority").text() == "示例党委"
        other.go_to("request")
        assert other.procedure.entry("reply").text("authority") == "示例党委"
        assert found_drafts(screen.book) == ()

    def test_undo_goes_to_the_step_that_changed(self, election, screen):
        """What was taken back out of sight would not be noticed."""
        screen.go_to("request")
        screen.type_into(screen.body.fields.editor("document"), "示机党请〔2026〕8号")
        screen.go_to("reply")
        screen.place.context.commands.undo()
        screen.settle()
        assert screen.step == "request"
        assert screen.body.fields.editor("document").text() != "示机党请〔2026〕8号"

    def test_undo_takes_the_last_field_back_on_the_screen_too(self, election, screen):
        screen.go_to("reply")
        screen.fill(authority="示例党委")
        screen.place.time_line.steps.setFocus()
        screen.place.context.commands.undo()
        screen.settle()
        assert screen.procedure.entry("reply").text("authority") == ""
        assert screen.body.fields.editor("authority").text() == ""

    def test_another_branch_shows_its_own_elections(self, election, screen):
        context = screen.place.context
        screen.place.open(replace(context, scope=ScopeChoice(SECOND_BRANCH, 2026)))
        screen.settle()
        assert screen.place.nothing.isVisible()
        screen.place.open(replace(context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
        screen.settle()
        assert screen.procedure.id == election.id

    def test_the_general_branch_names_the_branch_of_an_election(self, election, screen):
        """A general branch shows the elections of its branches: whose one is stands in the list and above the step."""
        line = screen.place.time_line
        assert not line.procedures.isVisible()
        assert "第一支部" not in screen.place.step.view.title
        screen.place.open(replace(screen.place.context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
        screen.settle()
        assert line.procedures.isVisible()
        assert line.procedures.currentText().startswith("第一支部 ")
        assert screen.place.step.view.title.startswith("第一支部 2026 年")

    def test_an_election_of_another_branch_is_shown_where_a_search_found_it(self, election, screen):
        screen.place.open(replace(screen.place.context, scope=ScopeChoice(SECOND_BRANCH, 2026)))
        screen.settle()
        screen.place.show_subject(ShowProcedure(election.id))
        screen.settle()
        assert screen.procedure.id == election.id
        assert screen.place.step.view.title.startswith("第一支部 ")


class TestMeetingsPapersAndFiles:
    def test_a_meeting_near_the_day_can_be_linked_and_opened(self, election, term_book, screen, qtbot):
        with term_book.reading() as reading:
            record = new_record(reading, "committee_meeting", FIRST_BRANCH, date(2026, 3, 2), actor())
        save_record(term_book, record, actor())
        screen.go_to("decision")
        screen.choose(screen.body.fields.meeting.choice, record.id)
        assert screen.procedure.entry("decision").record_id == record.id
        assert "2026-03-02" in screen.body.fields.meeting.choice.currentText()
        assert record.state == RecordState.DRAFT
        with qtbot.waitSignal(screen.place.go) as told:
            screen.press(screen.body.fields.meeting.open_button)
        assert told.args == [Destination("meetings", ShowRecord(record.id))]

    def test_a_meeting_can_be_begun_on_the_steps_day(self, election, screen, qtbot):
        screen.go_to("decision")
        with qtbot.waitSignal(screen.place.go) as told:
            screen.press(screen.body.fields.meeting.begin_button)
        wanted = BeginRecord(("committee_meeting",), FIRST_BRANCH, date(2026, 3, 2))
        assert told.args == [Destination("meetings", wanted)]

    def test_a_paper_goes_to_print_with_the_election(self, election, screen, qtbot):
        screen.body.papers.show_papers((("election:request", "请示"),))
        with qtbot.waitSignal(screen.place.go) as told:
            screen.press(screen.body.papers.buttons["election:request"])
        assert told.args == [Destination("print", ShowPaper("election:request", election.id))]

    def test_all_papers_of_the_election_go_to_print_in_one_file(self, election, screen, qtbot):
        with qtbot.waitSignal(screen.place.go) as told:
            screen.place.time_line.papers.trigger()
        assert told.args == [Destination("print", ShowPaper("election:all", election.id))]

    def test_the_scan_of_the_reply_is_kept_with_the_election(self, election, screen, tmp_path):
        path = tmp_path / "批复.txt"
        path.write_text("示例扫描件", encoding="utf-8")
        filing = screen.place.step.filing
        filing._files.path = path
        screen.body.attachments.menu.actions()[0].trigger()
        screen.settle()
        assert [row.attachment.file_name for row in screen.body.attachments.rows] == ["批复.txt"]
        with screen.book.reading() as reading:
            assert [each.file_name for each in reading.attachments_of((election.id,))] == ["批复.txt"]
        screen.press(screen.body.attachments.rows[0].remove_button)
        assert screen.body.attachments.rows == []
