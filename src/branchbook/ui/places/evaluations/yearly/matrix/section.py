"""The matrix of a round: members × opinions, walked by arrows, with the editor of the member at hand below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment
from branchbook.domain.problems import Problem, ReasonProblem
from branchbook.services.evaluation_reading import excellent_of
from branchbook.services.evaluations import MemberRow
from branchbook.ui.places.evaluations.yearly.matrix.assessment_keeping import AssessmentKeeping, Change
from branchbook.ui.places.evaluations.yearly.matrix.cap_line import cap_line
from branchbook.ui.places.evaluations.yearly.matrix.columns import (
    COLUMN_OF_PAGE,
    GRADE,
    PAGE_OF_COLUMN,
    PAGE_OF_STEP,
    SELF,
    Page,
    columns_of,
)
from branchbook.ui.places.evaluations.yearly.matrix.filters import ALL, chips_of, filtered, sorted_by_ballots
from branchbook.ui.places.evaluations.yearly.matrix.member_editor import MemberEditor
from branchbook.ui.places.evaluations.yearly.round_view import GRADING, EvaluationStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.cell_table import CellTable
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.field_editors import settle_focus
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_KEY = Qt.Key
GRADE_KEYS = dict(zip((_KEY.Key_1, _KEY.Key_2, _KEY.Key_3, _KEY.Key_4), Grade, strict=True))
_NONE_KEYS = (_KEY.Key_0, _KEY.Key_Delete, _KEY.Key_Backspace)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_MOST_ROWS = 7


class GradeKeys:
    """1 to 4 give the grade of the cell that is current, 0 and Delete take it back; in 自评 and 等次 alone."""

    def __init__(self, section: MatrixSection) -> None:
        self._section = section

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key gives a grade here."""
        if event.modifiers() & _HELD or self._section.locked:
            return False
        key = _KEY(event.key())
        known = key in GRADE_KEYS or key in _NONE_KEYS
        return known and self._section.table.current_column in (SELF, GRADE)

    def take_key(self, event: QKeyEvent) -> bool:
        """Give the grade."""
        if not self.wants(event):
            return False
        self._section.give(GRADE_KEYS.get(_KEY(event.key())))
        return True


class MatrixSection(StepSection):
    """Shown for every step that works member by member; the page of the editor follows the column."""

    steps = frozenset(PAGE_OF_STEP)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.keeping = AssessmentKeeping(place)
        self.cap = Banner(self, closable=False)
        self.filters = Chips(self)
        self.filters.setAccessibleName(self.tr("筛选还缺什么的党员"))
        self.sorting = Button(self.tr("按测评排列"), "list-checks", self)
        self.sorting.setCheckable(True)
        self.sorting.setProperty("toggle", True)
        self.sorting.setToolTip(self.tr("优秀票多的在前，只供参考；等次由支部评定"))
        self.table: CellTable[MemberRow] = CellTable(
            lambda row: row.participant.person_id, self, most_rows=_MOST_ROWS
        )
        self.table.setAccessibleName(self.tr("党员和各方面的意见"))
        self.table.keys = GradeKeys(self)
        self.empty = Text("", "dim-body", self, wrap=True)
        self.hint = Text(
            self.tr(
                "方向键移动 · 回车编辑 · 自评、等次栏 1 优秀 2 合格 3 基本合格 4 不合格 0 清除 · F8 下一名"
            ),
            "dim",
            self,
            wrap=True,
        )
        self.editor = MemberEditor(self)
        self.correcting = ReasonStrip(self)
        self._wanted: UUID | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.filters, 1)
        line.addWidget(self.sorting)
        self.column.addWidget(self.cap)
        self.column.addLayout(line)
        for widget in (self.empty, self.table, self.hint, self.correcting, self.editor):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.filters.chosen.connect(lambda _: self._show_rows())
        self.sorting.clicked.connect(lambda _: self._show_rows())
        self.table.moved.connect(self._move)
        self.table.opened.connect(self._open)
        editor = self.editor
        editor.edited.connect(self.keeping.change)
        editor.left.connect(self._save)
        editor.moved.connect(self.move_on)
        editor.page_chosen.connect(self._choose_page)
        editor.arranged.connect(self.arranged)
        self.keeping.changed.connect(self._show_changed)
        self.keeping.saved.connect(self._saved)
        self.keeping.refused.connect(self._refuse)
        self.correcting.confirmed.connect(self._correct)
        self.correcting.given_up.connect(self._forget)
        keys = (
            (self.tr("下一名党员"), "F8", lambda: self.move_on(1)),
            (self.tr("上一名党员"), "Shift+F8", lambda: self.move_on(-1)),
        )
        add_shortcuts(self, keys)

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the members; at another step the page that belongs to it."""
        before = self.view
        another_round = before is None or before.procedure.id != view.procedure.id
        another = another_round or (before is not None and before.spec.key != view.spec.key)
        super().show_step(view, locked=locked)
        assert isinstance(view, EvaluationStep)
        if another_round:
            self.keeping.end()
            self.correcting.hide()
        self.filters.set_chips(chips_of(view.rows))
        self.sorting.setVisible(view.spec.key == GRADING and any(each.members_count for each in view.rows))
        if another:
            self.filters.choose(ALL)
            page = PAGE_OF_STEP[view.spec.key]
            self.editor.show_page(page)
            current = self.table.current_row
            if current is not None:
                self.table.select(current.participant.person_id, COLUMN_OF_PAGE[page])
        self._show_rows()
        self.arranged.emit()

    @property
    def step_view(self) -> EvaluationStep | None:
        """The step at hand, as a step of an evaluation."""
        return self.view if isinstance(self.view, EvaluationStep) else None

    def show_person(self, person_id: UUID) -> None:
        """Make a member the one at hand, now or when the round is shown."""
        self._wanted = person_id
        if self.view is not None:
            self.filters.choose(ALL)
            self._show_rows()

    def _rows(self) -> tuple[MemberRow, ...]:
        view = self.step_view
        if view is None:
            return ()
        at_hand = self.keeping.value.person_id if self.keeping.value is not None else None
        rows = filtered(view.rows, self.filters.current, at_hand)
        if self.sorting.isChecked() and not self.sorting.isHidden():
            rows = sorted_by_ballots(rows)
        return rows

    def _show_rows(self) -> None:
        view = self.step_view
        if view is None:
            return
        rows = self._rows()
        self.table.show_cells(
            [self.keeping.shown_in(each) for each in rows], columns_of(self.editor.page, view.rows)
        )
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        nobody = (
            self.tr("还没有参评人员：先到“核定参评人员”按名册核定") if not view.rows else self.tr("都不缺了")
        )
        self.empty.setText(nobody)
        self.hint.setVisible(bool(rows) and not self.locked)
        self._show_at_hand(rows)
        self._show_cap()

    def _show_at_hand(self, rows: tuple[MemberRow, ...]) -> None:
        """The member who was at hand, else who was asked for, else the first."""
        column = COLUMN_OF_PAGE[self.editor.page]
        if self._wanted is not None and self.table.select(self._wanted, column):
            self._wanted = None
        elif self.table.current_row is None and rows:
            self.table.select(rows[0].participant.person_id, column)
        self._show_editor()

    def _stored_row(self) -> MemberRow | None:
        view, current = self.step_view, self.table.current_row
        if view is None or current is None:
            return None
        whose = current.participant.person_id
        return next((each for each in view.rows if each.participant.person_id == whose), None)

    def _show_editor(self) -> None:
        view, row = self.step_view, self._stored_row()
        self.editor.setVisible(row is not None)
        if view is None or row is None:
            self.keeping.end()
            return
        self.keeping.show_row(view.procedure, row)
        value = self.keeping.value
        assert value is not None
        self.editor.grading.want_reason(self.keeping.lacks_reason(value.person_id))
        rows = self.table.cells.rows
        at = (self.table.currentIndex().row() + 1, len(rows))
        self.editor.show_member(view, replace(row, assessment=value), value, at, locked=self.locked)

    def _show_cap(self) -> None:
        view = self.step_view
        if view is None or view.spec.key != GRADING or not view.rows:
            self.cap.clear()
            return
        shown = [self.keeping.shown_in(each).assessment for each in view.rows]
        given = len(excellent_of(view.procedure, filter(None, shown)))
        said = cap_line(given, view.cap, view.other_cap, view.citations)
        self.cap.say(said.tone, said.text, said.article, more=said.more)

    def _show_changed(self) -> None:
        """What is typed is seen in the matrix at once."""
        view = self.step_view
        if view is not None:
            rows = [self.keeping.shown_in(each) for each in self._rows()]
            self.table.show_cells(rows, columns_of(self.editor.page, view.rows))
            self._show_cap()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        sorting = [] if self.sorting.isHidden() else [self.sorting]
        editor = [] if self.editor.isHidden() else self.editor.stops()
        return [self.filters.stop(), *sorting, self.table, *editor]

    # -------------------------------------------------------------------------------- moving about

    def _move(self, row: MemberRow, column: str) -> None:
        """Another cell: what is typed is saved, the editor shows the member and the page of the column."""
        page = PAGE_OF_COLUMN.get(column)
        another = self.keeping.value is None or self.keeping.value.person_id != row.participant.person_id
        if another:
            self._save()
        if page is not None and page != self.editor.page:
            self.editor.show_page(page)
        self._show_editor()

    def _open(self, row: MemberRow, column: str) -> None:
        self.editor.focus_page()

    def _choose_page(self, key: str) -> None:
        page = Page(key)
        self.editor.show_page(page)
        current = self.table.current_row
        if current is not None:
            self.table.select(current.participant.person_id, COLUMN_OF_PAGE[page])
        self._show_rows()

    def move_on(self, step: int) -> None:
        """The next member at the same page, with the keyboard where it was."""
        inside = self.editor.isAncestorOf(QApplication.focusWidget() or self)
        settle_focus()
        self.table.move_row(step)
        if inside:
            self.editor.focus_page()

    # ------------------------------------------------------------------------------------- edits

    def give(self, grade: Grade | None) -> None:
        """Give the grade of the cell that is current: the member's own, or the branch's where one is given."""
        row = self.table.current_row
        if row is None or self.keeping.value is None:
            return
        own = self.table.current_column == SELF
        if not own and not row.participant.graded and grade is not None:
            words = self.tr("{name}不评定等次：{reason}")
            article = self.step_view.citations.get("V-06", "") if self.step_view else ""
            self.refusal.show_problem(
                Problem(words.format(name=row.participant.name, reason=row.participant.reason), article)
            )
            return
        self.refusal.clear()
        change: Change = (
            (lambda each: replace(each, self_grade=grade))
            if own
            else (lambda each: replace(each, grade=grade))
        )
        self.keeping.change(change)
        self._show_editor()
        self._save()

    def _save(self, then: Callable[[], None] | None = None) -> None:
        view = self.step_view
        if view is not None and not view.procedure.is_open:
            if self.keeping.dirty:
                self.keeping.keep_draft()
                if self.correcting.isHidden():
                    self.correcting.ask(
                        self.tr("更正原因"), self.tr("改好后写一句为什么"), self.tr("保存更正"), focus=False
                    )
            return
        self.keeping.save(then)

    def _saved(self) -> None:
        """What was refused of others is still not stored, and is still said."""
        problem = self.keeping.refusal()
        if problem is None:
            self.refusal.clear()
        else:
            self.refusal.show_problem(problem)

    @property
    def has_corrections(self) -> bool:
        """Whether something about a member of a round that has ended was changed."""
        view = self.step_view
        return view is not None and not view.procedure.is_open and bool(self.keeping.corrected())

    def _correct(self, reason: str) -> None:
        self.correct(reason, lambda: None)

    def correct(self, reason: str, then: Callable[[], None]) -> None:
        """Write what was changed of every member, with the reason."""

        def corrected() -> None:
            self.correcting.hide()
            then()

        self.keeping.correct(reason, corrected)

    def give_up(self) -> None:
        """Forget what was changed of every member."""
        self.correcting.hide()
        self._forget()

    def _forget(self) -> None:
        self.keeping.forget()
        self.refusal.clear()
        self._show_rows()

    def _refuse(self, problem: Problem, person_id: UUID) -> None:
        """Say it beside the work. Where a reason may stand instead, ask for it: of whoever is still at hand; of
        others the matrix says that it is missing."""
        self.refusal.show_problem(problem)
        self._show_changed()
        value = self.keeping.value
        if isinstance(problem, ReasonProblem) and value is not None and value.person_id == person_id:
            self.editor.show_page(Page.GRADING)
            self.editor.grading.ask_reason()

    def remember(self, assessment: Assessment) -> None:
        """Show what was typed in an earlier run when its member is shown."""
        self.keeping.remember(assessment)

    def leave(self) -> None:
        """Keep what is typed."""
        self._save()
