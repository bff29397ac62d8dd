"""The groups of the settings, the rows made from the table, and what belongs to this computer."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from branchbook.app import Workshop
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AttachmentKind
from branchbook.domain.tally import ElectionBase, WriteInWithoutAgainst
from branchbook.services.rule_choices import MajorityBase, SecretaryFrom
from branchbook.services.settings import change_setting
from branchbook.services.settings_table import SPECS, SettingType
from branchbook.ui.theme import ThemeChoice, Tone
from branchbook.ui.widgets.labels import Text
from tests.fakes import FakeBook
from tests.services.small_book import actor
from tests.ui.places.settings_screen import SettingsScreen, unnamed

GROUPS = (
    "computer",
    "rules",
    "records",
    "checklists",
    "ledgers",
    "measures",
    "printing",
    "roster",
    "backup",
    "about",
)


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


def problems_in(widget: QWidget) -> list[str]:
    """The problems that stand under fields."""
    texts = widget.findChildren(Text)
    return [each.text() for each in texts if each.property("role") == "problem" and each.isVisible()]


class TestGroups:
    def test_all_groups_are_listed_and_the_first_is_shown(self, screen):
        assert [entry.key for entry in screen.place.list.entries] == list(GROUPS)
        assert screen.place.pages.currentWidget() is screen.place.page("computer")

    @pytest.mark.parametrize("key", GROUPS)
    def test_every_control_of_every_group_has_a_name(self, screen, key):
        page = screen.page(key)
        assert screen.place.pages.currentWidget() is page
        assert unnamed(page) == []

    def test_the_list_is_walked_with_the_arrows(self, screen):
        screen.place.list.setFocus()
        screen.key(Qt.Key.Key_Down)
        assert screen.place.pages.currentWidget() is screen.place.page("rules")

    def test_the_group_shown_last_is_shown_again(self, screen):
        page = screen.page("roster")
        screen.place.leave()
        screen.open()
        assert screen.place.pages.currentWidget() is page

    def test_every_declared_setting_has_its_row_or_its_own_editor(self, screen):
        rows: dict[str, QWidget] = {}
        for key in ("rules", "records", "printing", "roster", "backup"):
            rows |= screen.page(key).rows.rows
        rows |= screen.page("backup").backup_rows.rows
        rows |= screen.page("backup").locking_rows.rows
        plain = {spec.key for spec in SPECS if spec.type != SettingType.TABLE}
        assert set(rows) == plain


class TestRows:
    def test_a_tick_is_saved_at_once_and_undone(self, screen):
        row = screen.page("rules").rows.rows["half_period_rule"]
        assert row.editor.isChecked()
        assert not row.back.isVisible()
        screen.press(row.editor)
        assert screen.settings.half_period_rule is False
        assert row.editor.text() == "否"
        assert row.back.isVisible()
        screen.undo()
        assert screen.settings.half_period_rule is True
        assert row.editor.isChecked()

    def test_the_default_comes_back(self, screen):
        row = screen.page("rules").rows.rows["exclude_at_conversion"]
        screen.press(row.editor)
        screen.press(row.back)
        assert screen.settings.exclude_at_conversion is False
        assert not row.back.isVisible()

    def test_what_the_rules_leave_open_is_marked_unconfirmed(self, screen):
        """待核实 stands at what no text settles: exclusions outside elections, the committee's majority,
        the day from which the revised rules on admission hold, of whom a third may be 优秀 and who is graded,
        how long one 学时 is, how dues are rounded."""
        page = screen.page("rules")
        marked = {
            key
            for key, row in page.rows.rows.items()
            if any(text.text() == "待核实" for text in row.findChildren(QWidget) if hasattr(text, "tone"))
        }
        assert marked == {
            "talks_with_each_committee_member",
            "exclude_at_acceptance",
            "exclude_at_conversion",
            "exclude_at_disposal",
            "committee_majority_base",
            "election_base",
            "admission_boundary",
            "rights_from",
            "secretary_from",
            "excellent_base",
            "grade_under_observation",
            "grade_suspended",
            "grade_abroad",
            "study_hour",
            "dues_rounding",
        }

    def test_a_day_is_typed_as_people_write_it_and_emptied_for_the_default(self, screen):
        row = screen.page("rules").rows.rows["admission_boundary"]
        assert row.editor.text() == "2026-05-18"
        screen.type_over(row.editor, "2026年7月1日", enter=True)
        assert screen.settings.admission_boundary == date(2026, 7, 1)
        screen.type_over(row.editor, "不知道", enter=True)
        assert row._problem.text()
        assert screen.settings.admission_boundary == date(2026, 7, 1)
        screen.type_over(row.editor, "", enter=True)
        assert screen.settings.admission_boundary == date(2026, 5, 18)

    @pytest.mark.parametrize(
        "key, choice",
        [
            ("committee_majority_base", MajorityBase.PRESENT),
            ("election_base", ElectionBase.DUE),
            ("secretary_from", SecretaryFrom.REPLY),
            ("write_in_without_against", WriteInWithoutAgainst.COUNT),
        ],
    )
    def test_a_choice_is_saved(self, screen, key, choice):
        row = screen.page("rules").rows.rows[key]
        screen.choose(row.editor, choice)
        assert getattr(screen.settings, key) is choice

    @pytest.mark.parametrize("typed, kept", [("80", 80), ("８０", 80), (" 500 ", 500)])
    def test_a_number_is_saved_when_its_field_is_left(self, screen, typed, kept):
        row = screen.page("records").rows.rows["attachment_megabytes"]
        screen.type_over(row.editor, typed)
        assert screen.settings.attachment_megabytes == kept
        assert row.editor.text() == str(kept)

    @pytest.mark.parametrize("typed", ["0", "501", "很多", "-3", ""])
    def test_a_wrong_number_stays_typed_with_its_problem_below(self, screen, typed):
        page = screen.page("records")
        row = page.rows.rows["attachment_megabytes"]
        before = screen.operations
        screen.type_over(row.editor, typed)
        assert screen.settings.attachment_megabytes == 50
        assert screen.operations == before
        assert row.editor.text() == typed
        assert len(problems_in(row)) == 1
        screen.type_over(row.editor, "60", enter=True)
        assert problems_in(row) == []
        assert screen.settings.attachment_megabytes == 60

    def test_enter_belongs_to_a_composing_input_method(self, screen, compose):
        row = screen.page("records").rows.rows["attachment_megabytes"]
        before = screen.operations
        row.editor.setFocus()
        compose(row.editor, "ba'shi")
        screen.key(Qt.Key.Key_Return)
        assert screen.operations == before
        assert problems_in(row) == []

    def test_another_change_does_not_take_away_what_is_being_typed(self, screen):
        page = screen.page("records")
        row = page.rows.rows["attachment_megabytes"]
        row.editor.setFocus()
        row.editor.selectAll()
        QTest.keyClicks(row.editor, "7")
        change_setting(screen.book, "identity_masked", False, actor())
        screen.place._load()
        screen.settle()
        assert row.editor.text() == "7"

    def test_what_a_locked_book_refuses_goes_back_to_what_it_holds(self, screen):
        locked = LockedBook()
        locked.state = screen.book.state
        screen.book = locked
        screen.open()
        row = screen.page("rules").rows.rows["half_period_rule"]
        screen.press(row.editor)
        assert row.editor.isChecked()
        assert problems_in(row) == ["这本手册现在只能看（示例）。请关闭另一个窗口"]
        box = screen.page("records").grid.boxes["group_meeting", AttachmentKind.PHOTO]
        screen.press(box)
        assert not box.isChecked()
        assert screen.place.banner.tone is Tone.BAD


class LockedBook(FakeBook):
    """A book that another window writes: it can only be read."""

    def writing(self, head):
        raise RefusedProblem("这本手册现在只能看", "示例", "请关闭另一个窗口")


class TestComputer:
    def test_the_operator_is_kept_and_told_once(self, screen):
        told: list[object] = []
        screen.place.operator_changed.connect(told.append)
        page = screen.page("computer")
        screen.type_over(page.operator, "  王　操作 ")
        screen.leave()
        assert told == ["王 操作"]
        assert screen.program.load().operator == "王 操作"
        assert screen.book.state.operations[-1].head.label != "王 操作"

    def test_leaving_the_place_keeps_a_name_that_is_still_being_typed(self, screen):
        page = screen.page("computer")
        page.operator.setFocus()
        page.operator.setText("张操作")
        screen.place.leave()
        assert screen.program.load().operator == "张操作"

    def test_a_name_is_not_taken_while_it_is_composed(self, screen, compose):
        told: list[object] = []
        screen.place.operator_changed.connect(told.append)
        page = screen.page("computer")
        page.operator.setFocus()
        compose(page.operator, "wang")
        screen.key(Qt.Key.Key_Return)
        assert told == []
        compose(page.operator, "", "王")
        screen.leave()
        assert told == ["王"]

    def test_theme_and_text_size_show_at_once_and_are_kept(self, screen, look):
        told: list[object] = []
        screen.place.look_changed.connect(lambda: told.append(True))
        page = screen.page("computer")
        screen.choose(page.theme, "dark")
        assert look.is_dark
        screen.choose(page.text_size, 125)
        assert look.text_scale == 125
        assert (screen.program.load().theme, screen.program.load().text_scale) == ("dark", 125)
        assert len(told) == 2

    def test_the_keys_of_the_window_are_followed(self, screen, look):
        page = screen.page("computer")
        look.larger()
        look.choose(ThemeChoice.SYSTEM)
        assert (page.text_size.value(), page.theme.value()) == (110, "system")

    def test_a_wheel_in_passing_changes_nothing(self, screen):
        page = screen.page("computer")
        assert all(box.focusPolicy() == Qt.FocusPolicy.StrongFocus for box in page.findChildren(QComboBox))


class TestRecords:
    def test_a_tick_in_the_grid_changes_that_kind_only(self, screen):
        page = screen.page("records")
        before = screen.settings.expected_attachments
        screen.press(page.grid.boxes["group_meeting", AttachmentKind.PHOTO])
        after = screen.settings.expected_attachments
        assert set(after["group_meeting"]) == {*before["group_meeting"], AttachmentKind.PHOTO}
        assert {key: kinds for key, kinds in after.items() if key != "group_meeting"} == {
            key: kinds for key, kinds in before.items() if key != "group_meeting"
        }

    def test_arrows_walk_the_grid_and_stop_at_its_edge(self, screen):
        page = screen.page("records")
        first = page.grid.boxes["general_meeting", AttachmentKind.NOTICE]
        first.setFocus()
        screen.key(Qt.Key.Key_Down)
        screen.key(Qt.Key.Key_Right)
        assert page.grid.boxes["committee_meeting", AttachmentKind.SIGN_IN].hasFocus()
        screen.key(Qt.Key.Key_Left)
        screen.key(Qt.Key.Key_Left)
        screen.key(Qt.Key.Key_Up)
        screen.key(Qt.Key.Key_Up)
        assert first.hasFocus()
        before = first.isChecked()
        screen.key(Qt.Key.Key_Space)
        assert first.isChecked() is not before
        assert (
            AttachmentKind.NOTICE in screen.settings.expected_attachments["general_meeting"]
        ) is not before

    def test_the_default_comes_back(self, screen):
        page = screen.page("records")
        box = page.grid.boxes["party_lesson", AttachmentKind.OTHER]
        assert not page.back.isEnabled()
        screen.press(box)
        screen.press(page.back)
        assert not box.isChecked()
        assert not page.back.isEnabled()


class TestBackup:
    def test_the_folder_belongs_to_this_computer_and_this_book(self, screen, tmp_path):
        page = screen.page("backup")
        screen.place.workshop = Workshop()
        screen.files.answer = tmp_path
        before = screen.operations
        screen.press(page.choose_button)
        book = str(screen.book.path.resolve())
        assert dict(screen.program.load().backup_folders) == {book: str(tmp_path)}
        assert page.folder.text() == str(tmp_path)
        assert screen.operations == before
        screen.press(page.forget_button)
        assert dict(screen.program.load().backup_folders) == {}
        assert not page.forget_button.isVisible()

    def test_a_folder_of_a_sync_client_is_warned_about(self, screen, tmp_path):
        page = screen.page("backup")
        screen.place.workshop = Workshop()
        screen.files.answer = tmp_path / "OneDrive"
        screen.files.answer.mkdir()
        screen.press(page.choose_button)
        assert "OneDrive" in screen.place.banner.text

    def test_giving_up_changes_nothing(self, screen):
        page = screen.page("backup")
        screen.press(page.choose_button)
        assert dict(screen.program.load().backup_folders) == {}
