"""The attendance grid and the year grid: their models as data in, marks out; then by keys and mouse."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication

from branchbook.domain.records import Presence
from branchbook.services.year_grid import CellState, GridCell
from branchbook.ui.models.attendance import AttendanceModel, NameMark, read_pasted, same_name
from branchbook.ui.models.year_grid import DONE_COLUMN, YearGridModel, YearLine
from branchbook.ui.theme import ThemeChoice
from branchbook.ui.widgets.attendance_grid import AttendanceGrid
from branchbook.ui.widgets.year_grid import YearGridView, YearLegend

PRESENT, LEAVE, ABSENT, EXCLUDED = (
    Presence.PRESENT,
    Presence.ON_LEAVE,
    Presence.ABSENT,
    Presence.EXCLUDED,
)
NAMES = (
    "王建国", "李秀英", "张卫东", "刘芳", "陈志强", "杨晓燕", "赵龚", "黄海涛", "周明", "吴桂兰",
    "徐丽华", "孙立新", "胡国栋", "朱婷", "高远", "林晓枫", "何静", "郭宏伟", "马文·阿不都热西提",
)  # fmt: skip
LINES = tuple(
    NameMark(number, name, note="预备" if number in (15, 16) else "") for number, name in enumerate(NAMES)
)


class TestPastedNames:
    @pytest.mark.parametrize(
        "text",
        [
            "杨晓燕、朱婷",
            "杨晓燕,朱婷",
            "杨晓燕\n朱婷",
            "杨晓燕\t朱婷",
            "杨晓燕 朱婷",
            " 杨晓燕；朱婷。"[:-1],
        ],
    )
    def test_names_are_found_however_they_are_parted(self, text):
        assert read_pasted(text, LINES).rows == (5, 13)

    @pytest.mark.parametrize(
        "text", ["马文•阿不都热西提", "马文·阿不都热西提", "马文．阿不都热西提", " 马文 · 阿不都热西提 "]
    )
    def test_a_name_with_a_dot_is_found_with_any_dot(self, text):
        assert read_pasted(text, LINES).rows == (18,)

    def test_blanks_inside_a_short_name_do_not_part_it(self):
        assert read_pasted("刘　芳\n高 远", LINES).rows == (3, 14)

    def test_marks_beside_names_and_before_a_colon_are_taken(self):
        found = read_pasted("请假：杨晓燕、朱婷\n高远 缺席\n何静（请假）", LINES)
        assert found.stated == {5: LEAVE, 13: LEAVE, 14: ABSENT, 16: LEAVE}

    def test_strangers_are_named(self):
        found = read_pasted("杨晓燕、路人甲\n姓名", LINES)
        assert (found.rows, found.unknown) == ((5,), ("路人甲", "姓名"))

    def test_a_name_that_two_people_bear_is_nobodys(self):
        lines = (NameMark(1, "张伟", told="张伟（教师）"), NameMark(2, "张伟"), NameMark(3, "李娜"))
        found = read_pasted("张伟、李娜", lines)
        assert (found.rows, found.unknown) == ((2,), ("张伟",))

    @given(st.permutations(range(len(NAMES))), st.sampled_from(["、", "\n", "\t", "；"]))
    def test_any_list_of_all_names_finds_all_of_them_once(self, order, separator):
        found = read_pasted(separator.join(NAMES[number] for number in order), LINES)
        assert found.rows == tuple(order)
        assert found.unknown == ()

    @given(st.text(max_size=60))
    def test_no_text_breaks_it(self, text):
        found = read_pasted(text, LINES)
        assert all(0 <= row < len(LINES) for row in found.rows)
        assert set(found.stated) <= set(found.rows)

    def test_names_are_compared_without_width_blanks_and_dots(self):
        assert same_name("马文•阿 不") == same_name("马文·阿不")
        assert same_name("王") != same_name("汪")


class TestAttendanceModel:
    def test_it_keeps_its_contract(self, qtmodeltester):
        model = AttendanceModel()
        model.set_lines(LINES)
        qtmodeltester.check(model)

    def test_marking_is_told_once_with_what_really_changed(self):
        told: list[Any]
        model, told = AttendanceModel(), []
        model.set_lines(LINES)
        model.marked.connect(told.append)
        model.mark([5, 13], ABSENT)
        model.mark([5], ABSENT)
        assert told == [{5: ABSENT, 13: ABSENT}]
        assert model.lines[5].presence == ABSENT

    def test_an_exclusion_is_refused_where_the_meeting_allows_none(self):
        model = AttendanceModel()
        model.set_lines(LINES)
        assert not model.mark([0], EXCLUDED)
        assert model.lines[0].presence == PRESENT
        model.exclusion_allowed = True
        assert model.mark([0], EXCLUDED)

    def test_a_mark_is_a_word_and_spoken_as_one(self):
        assert NameMark(1, "何静", PRESENT, "预备").mark == "到·预备"
        assert NameMark(1, "何静", LEAVE, "预备").spoken == "何静，请假，预备"


class TestAttendanceGrid:
    @pytest.fixture
    def grid(self, shown, qtbot):
        made = AttendanceGrid()
        made.resize(816, 120)
        made.attendance.set_lines(LINES)
        shown(made)
        made.setFocus()
        made.setCurrentIndex(made.attendance.index(0))
        return made

    def marks(self, grid):
        return {line.id: line.presence for line in grid.attendance.lines if line.presence != PRESENT}

    def test_seven_columns_fit_at_the_width_of_the_design(self, grid):
        assert grid.columns == 7
        assert grid.height() <= 4 * 34 + 8

    @pytest.mark.parametrize("scale", [100, 150, 200])
    @pytest.mark.parametrize("width", [300, 500, 816, 1200])
    def test_no_name_is_clipped_at_any_width_or_text_size(self, grid, look, width, scale):
        look.choose(text_scale=scale)
        grid.resize(width, grid.height())
        names, marks = QFontMetrics(look.font(13)), QFontMetrics(look.font(12))
        for row, line in enumerate(grid.attendance.lines):
            area = grid.visualRect(grid.attendance.index(row))
            needed = names.horizontalAdvance(line.name) + marks.horizontalAdvance(line.mark) + 2 * look.px(9)
            assert area.width() >= needed or area.width() >= width - 8

    def test_cells_do_not_overlap_and_stay_inside(self, grid):
        areas = [grid.visualRect(grid.attendance.index(row)) for row in range(len(LINES))]
        assert all(not one.intersects(other) for one in areas for other in areas if one is not other)
        assert all(grid.viewport().rect().contains(area) for area in areas)

    def test_digits_mark_and_arrows_move(self, grid, qtbot):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        qtbot.keyClick(grid, Qt.Key.Key_2)
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        qtbot.keyClick(grid, Qt.Key.Key_3)
        qtbot.keyClick(grid, Qt.Key.Key_Left)
        qtbot.keyClick(grid, Qt.Key.Key_3)
        qtbot.keyClick(grid, Qt.Key.Key_1)
        assert self.marks(grid) == {1: LEAVE, 8: ABSENT}
        assert grid.currentIndex().row() == 7

    def test_up_down_home_and_end_stay_in_the_grid(self, grid, qtbot):
        qtbot.keyClick(grid, Qt.Key.Key_Up)
        assert grid.currentIndex().row() == 0
        qtbot.keyClick(grid, Qt.Key.Key_End)
        assert grid.currentIndex().row() == 18
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        assert grid.currentIndex().row() == 18
        qtbot.keyClick(grid, Qt.Key.Key_Up)
        assert grid.currentIndex().row() in range(7, 14)
        qtbot.keyClick(grid, Qt.Key.Key_Home)
        assert grid.currentIndex().row() == 0

    def test_space_toggles_present_and_absent(self, grid, qtbot):
        qtbot.keyClick(grid, Qt.Key.Key_Space)
        assert self.marks(grid) == {0: ABSENT}
        qtbot.keyClick(grid, Qt.Key.Key_Space)
        assert self.marks(grid) == {}

    def test_four_is_refused_unless_the_meeting_allows_it(self, grid, qtbot):
        with qtbot.waitSignal(grid.refused):
            qtbot.keyClick(grid, Qt.Key.Key_4)
        grid.attendance.exclusion_allowed = True
        qtbot.keyClick(grid, Qt.Key.Key_4)
        assert self.marks(grid) == {0: EXCLUDED}

    def test_several_are_marked_at_once(self, grid, qtbot):
        shift = Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(grid, Qt.Key.Key_Right, shift)
        qtbot.keyClick(grid, Qt.Key.Key_Right, shift)
        with qtbot.waitSignal(grid.attendance.marked) as told:
            qtbot.keyClick(grid, Qt.Key.Key_2)
        assert told.args[0] == {0: LEAVE, 1: LEAVE, 2: LEAVE}

    def test_a_pasted_list_ticks_its_names(self, grid, qtbot):
        grid.attendance.mark(range(19), ABSENT)
        QGuiApplication.clipboard().setText("王建国、刘芳\n路人甲")
        with qtbot.waitSignal(grid.pasted) as told:
            qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert told.args[0].unknown == ("路人甲",)
        assert [line.name for line in grid.attendance.lines if line.presence == PRESENT] == ["王建国", "刘芳"]

    def test_a_pasted_list_of_people_who_are_present_waits_for_its_mark(self, grid, qtbot):
        grid.paste("杨晓燕、朱婷")
        assert self.marks(grid) == {}
        qtbot.keyClick(grid, Qt.Key.Key_2)
        assert self.marks(grid) == {5: LEAVE, 13: LEAVE}

    def test_a_click_goes_round_the_marks(self, grid, qtbot):
        centre = grid.visualRect(grid.attendance.index(3)).center()
        seen = []
        for _ in range(3):
            qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre)
            seen.append(grid.attendance.lines[3].presence)
        assert seen == [LEAVE, ABSENT, PRESENT]
        assert grid.indexAt(centre).row() == 3

    def test_a_final_record_cannot_be_marked(self, grid, qtbot):
        grid.read_only = True
        for key in (Qt.Key.Key_2, Qt.Key.Key_Space):
            qtbot.keyClick(grid, key)
        grid.paste("缺席：朱婷")
        qtbot.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.attendance.index(3)).center()
        )
        assert self.marks(grid) == {}

    def test_what_is_copied_says_name_and_mark(self, grid, qtbot):
        grid.paste("请假：朱婷")
        qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "朱婷，请假"

    def test_an_empty_grid_takes_keys_calmly(self, grid, qtbot):
        grid.attendance.set_lines(())
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_2, Qt.Key.Key_Space):
            qtbot.keyClick(grid, key)
        assert grid.attendance.lines == ()

    def test_the_state_is_painted_on_its_ground(self, grid, qtbot, look):
        qtbot.keyClick(grid, Qt.Key.Key_End)
        grid.attendance.mark([0], ABSENT)
        image = grid.viewport().grab().toImage()
        corner = grid.visualRect(grid.attendance.index(0)).topLeft()
        assert image.pixelColor(corner.x() + 4, corner.y() + 3) == look.colour("bad_ground")
        corner = grid.visualRect(grid.attendance.index(1)).topLeft()
        assert image.pixelColor(corner.x() + 4, corner.y() + 3) == look.colour("ok_ground")


CODES = {
    "#": CellState.HELD, "o": CellState.HELD_NOT_FINAL, "d": CellState.DUE,
    "!": CellState.OVERDUE, ".": CellState.NOT_REQUIRED, "_": CellState.NOT_YET,
}  # fmt: skip


def line(title: str, months: str, done: int, owed: int) -> YearLine:
    cells = tuple(GridCell(CODES[each], (UUID(int=1),) if each == "#" else ()) for each in months)
    return YearLine(title, "每季", cells, done, owed, key=title)


YEAR = (line("支部党员大会", "#..#....!d._", 2, 4), line("主题党日", "####o#####__", 10, 12))


def test_a_title_that_is_cut_is_whole_in_its_tool_tip(qapp):
    model = YearGridModel()
    model.set_lines(YEAR)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "支部党员大会"


class TestYearGrid:
    @pytest.fixture
    def grid(self, shown):
        made = YearGridView()
        made.set_lines(YEAR)
        made.resize(740, 200)
        shown(made)
        made.setFocus()
        return made

    def test_the_model_keeps_its_contract(self, qtmodeltester):
        model = YearGridModel()
        model.set_lines(YEAR)
        qtmodeltester.check(model)
        assert model.columnCount() == 14
        assert model.index(0, DONE_COLUMN).data() == "2/4"

    def test_a_month_is_spoken_in_words(self, grid):
        spoken = int(Qt.ItemDataRole.AccessibleTextRole)
        assert grid.grid.index(0, 9).data(spoken) == "支部党员大会，9月：逾期"
        assert grid.grid.index(1, 5).data(spoken) == "主题党日，5月：已开，未定稿"

    def test_months_fit_the_width_of_the_design(self, grid):
        last = grid.visualRect(grid.grid.index(0, DONE_COLUMN))
        assert last.right() <= grid.viewport().width()
        assert grid.rowHeight(0) == 34
        assert grid.columnWidth(0) >= 150

    def test_arrows_move_and_enter_opens(self, grid, qtbot):
        opened = []
        grid.opened.connect(lambda each, month: opened.append((each.key, month)))
        grid.setCurrentIndex(grid.grid.index(0, 8))
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        qtbot.keyClick(grid, Qt.Key.Key_Space)
        assert opened == [("支部党员大会", 9), ("主题党日", 9)]

    def test_a_click_opens_a_month_but_nothing_that_is_not_required(self, grid, qtbot):
        opened = []
        grid.opened.connect(lambda each, month: opened.append(month))
        for column in (0, 2, 9, DONE_COLUMN):
            place = grid.visualRect(grid.grid.index(0, column)).center()
            qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert opened == [9]

    def test_the_cursor_stays_when_the_year_is_read_again(self, grid):
        grid.setCurrentIndex(grid.grid.index(1, 6))
        grid.set_lines(YEAR)
        assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 6)
        grid.set_lines(())
        assert not grid.currentIndex().isValid()

    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    def test_no_two_states_look_alike_even_without_colour(self, grid, look, dark):
        """A state is never colour alone: in grey and thresholded, the six cells still differ."""
        if dark:
            look.choose(ThemeChoice.DARK)
        grid.set_lines([line("试", "#od!._......", 1, 4)])
        grid.clearFocus()
        image = grid.viewport().grab().toImage()
        shapes = []
        for column in range(1, 7):
            centre = grid.visualRect(grid.grid.index(0, column)).center()
            ground = image.pixelColor(centre.x() - 13, centre.y() + 6).lightness()
            shapes.append(
                tuple(
                    abs(image.pixelColor(centre.x() + x, centre.y() + y).lightness() - ground) > 40
                    for x in range(-15, 16)
                    for y in range(-11, 11)
                )
            )
        assert len(set(shapes)) == 6

    def test_the_legend_says_its_words(self, qtbot):
        legend = YearLegend()
        qtbot.addWidget(legend)
        assert legend.accessibleName() == "已开，应办，逾期，不要求"
        assert legend.minimumSizeHint().width() > 200
