"""The pages of one member: what each source of opinion says, typed where it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment
from branchbook.services.assessments import suggested_use
from branchbook.services.evaluations import MemberRow
from branchbook.ui.places.evaluations.yearly.counting.wording import count_words, grade_word
from branchbook.ui.places.evaluations.yearly.matrix.assessment_keeping import Change
from branchbook.ui.places.evaluations.yearly.matrix.criticisms_editor import CriticismsEditor
from branchbook.ui.places.evaluations.yearly.round_view import EvaluationStep
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText

EditorT = TypeVar("EditorT", bound=QWidget)


class MemberPage(QWidget):
    """``edited`` gives the change of an assessment, ``left`` when a field is left, ``arranged`` when fields came."""

    edited = Signal(object)
    left = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = FieldGrid(2, self, label_width=64)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.fields)
        self._editors: list[QWidget] = []
        self._showing: list[Callable[[Assessment], None]] = []

    # --------------------------------------------------------------------- what a page is made of

    def add_text(self, name: str, label: str, hint: str = "", *, lines: int = 2) -> LongText:
        """A text of any length."""
        field = LongText(hint, least_lines=lines)
        field.edited.connect(lambda text: self._tell(name, text))
        field.left.connect(self.left)
        return self._add(label, field, lambda each: field.set_value(getattr(each, name)), wide=True)

    def add_line(self, name: str, label: str, hint: str = "", *, wide: bool = True) -> LineField:
        """One line of text."""
        field = LineField("", hint)
        field.edited.connect(lambda text: self._tell(name, text))
        field.left.connect(self.left)
        return self._add(label, field, lambda each: field.set_value(getattr(each, name)), wide=wide)

    def add_choice(self, name: str, label: str, choices: list[tuple[object, str]]) -> ChoiceField:
        """One of a few values."""
        field = ChoiceField(choices)
        field.value_changed.connect(lambda value: self._choose(name, value))
        return self._add(label, field, lambda each: field.set_value(getattr(each, name)))

    def add_day(self, name: str, label: str) -> DateField:
        """A day; what can't be read stays as typed."""
        field = DateField(date.min)

        def typed(day: date | None) -> None:
            if field.problem() is None:
                self._choose(name, day)

        field.value_changed.connect(typed)
        return self._add(label, field, lambda each: field.refresh(getattr(each, name)))

    def _add(
        self, label: str, field: EditorT, show: Callable[[Assessment], None], *, wide: bool = False
    ) -> EditorT:
        self.fields.add(label, field, wide=wide)
        self._editors.append(field)
        self._showing.append(show)
        return field

    def _tell(self, name: str, value: object) -> None:
        change: Change = lambda each: replace(each, **{name: value})  # type: ignore[arg-type]  # noqa: E731
        self.edited.emit(change)

    def _choose(self, name: str, value: object) -> None:
        self._tell(name, value)
        self.left.emit()

    # ------------------------------------------------------------------------------------ showing

    def show_member(
        self, view: EvaluationStep, row: MemberRow, assessment: Assessment, *, locked: bool
    ) -> None:
        """Show a member as typed; overrides call this first."""
        for show in self._showing:
            show(assessment)
        for field in self._editors:
            if isinstance(field, DateField):
                field.set_today(view.today)
            if isinstance(field, LongText | LineField | DateField):
                field.setReadOnly(locked)
            else:
                field.setEnabled(not locked)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [each for each in self._editors if not each.isHidden()]

    def focus_first(self) -> None:
        """Put the keyboard where one begins to type."""
        stops = self.stops()
        if stops:
            stops[0].setFocus()


def grade_choices(none: str) -> list[tuple[object, str]]:
    """None and the four grades."""
    return [(None, none), *((each, grade_word(each)) for each in Grade)]


class SelfPage(MemberPage):
    """个人自评: the summary of the year, and how members see themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = self.add_text(
            "summary", self.tr("个人小结"), self.tr("个人总结，照本人写的录入"), lines=4
        )
        self.self_criticism = self.add_text("self_criticism", self.tr("自我批评"))
        self.self_grade = self.add_choice(
            "self_grade", self.tr("自评等次"), grade_choices(self.tr("没有自评"))
        )


class MutualPage(MemberPage):
    """党员互评: who said what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields.hide()
        self.criticisms = CriticismsEditor(self)
        self.criticisms.edited.connect(lambda found: self._tell("criticisms", tuple(found)))
        self.criticisms.left.connect(self.left)
        self.criticisms.arranged.connect(self.arranged)
        self.column.addWidget(self.criticisms)

    def show_member(
        self, view: EvaluationStep, row: MemberRow, assessment: Assessment, *, locked: bool
    ) -> None:
        """Show who spoke; nobody criticises themselves here."""
        super().show_member(view, row, assessment, locked=locked)
        people = [each for each in view.people if each.id != assessment.person_id]
        self.criticisms.show_criticisms(assessment.criticisms, people, locked=locked)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return self.criticisms.stops()

    def focus_first(self) -> None:
        """The keyboard where one more is added."""
        self.criticisms.focus_first()


class GradingPage(MemberPage):
    """The branch's opinion and grade; why it departs from the ballots is asked for where it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ballots = Text("", "dim-body", self, wrap=True)
        self.column.insertWidget(0, self.ballots)
        self.grade = self.add_choice("grade", self.tr("等次"), grade_choices(self.tr("还没有评定")))
        self.superior_on = self.add_day("superior_on", self.tr("审定日期"))
        self.departure = self.add_line(
            "departure_reason", self.tr("理由"), self.tr("与测评多数不同、或优秀超过名额的，写明为什么")
        )
        self.opinion = self.add_text("opinion", self.tr("支部意见"), self.tr("根据评议情况和日常表现写"))
        self.problems = self.add_text("problems", self.tr("主要问题"), lines=1)
        self.advice = self.add_text("advice", self.tr("整改建议"), lines=1)
        self.superior = self.add_text("superior_opinion", self.tr("上级意见"), lines=1)
        self._reason_wanted = False

    def show_member(
        self, view: EvaluationStep, row: MemberRow, assessment: Assessment, *, locked: bool
    ) -> None:
        """Show the ballots beside the grade; no grade is offered to those who get none."""
        super().show_member(view, row, assessment, locked=locked)
        graded = row.participant.graded or assessment.grade is not None
        self.fields.set_shown(self.grade, graded)
        self.fields.set_shown(self.departure, bool(assessment.departure_reason) or self._reason_wanted)
        self.ballots.setText(self._ballot_words(row) if graded else row.participant.reason)
        self.ballots.setVisible(bool(self.ballots.text()))

    def _ballot_words(self, row: MemberRow) -> str:
        parts = []
        if row.members_count is not None:
            parts.append(self.tr("党员测评：{count}").format(count=count_words(row.members_count)))
        if row.masses_count is not None:
            parts.append(self.tr("群众测评：{count}").format(count=count_words(row.masses_count)))
        if row.assessment is not None and row.assessment.self_grade is not None:
            parts.append(self.tr("自评：{grade}").format(grade=grade_word(row.assessment.self_grade)))
        return "　".join(parts)

    def stops(self) -> list[QWidget]:
        """What Tab visits: only what is shown."""
        return [each for each in self._editors if each.isVisibleTo(self)]

    def want_reason(self, wanted: bool) -> None:
        """Whether the member who is shown next is not stored for want of a reason: the line is offered."""
        self._reason_wanted = wanted

    def ask_reason(self) -> None:
        """Ask why, with the keyboard in the line."""
        self._reason_wanted = True
        self.fields.set_shown(self.departure, True)
        self.departure.setFocus()
        self.arranged.emit()

    def focus_first(self) -> None:
        """The keyboard in the grade, where one is given."""
        (self.grade if self.grade.isVisibleTo(self) else self.opinion).setFocus()


class FeedbackPage(MemberPage):
    """反馈: when the member was told, whether they agree, and what they said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fed_back_on = self.add_day("fed_back_on", self.tr("反馈日期"))
        answers: list[tuple[object, str]] = [
            (None, self.tr("没有问")),
            (True, self.tr("同意")),
            (False, self.tr("不同意")),
        ]
        self.agrees = self.add_choice("agrees", self.tr("本人意见"), answers)
        self.own_words = self.add_text("own_words", self.tr("本人的话"), self.tr("本人怎么说，照原话"))


class UsePage(MemberPage):
    """结果运用: what follows from the grade."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.use = self.add_text("use", self.tr("结果运用"))
        self.remark = self.add_text("remark", self.tr("备注"), lines=1)

    def show_member(
        self, view: EvaluationStep, row: MemberRow, assessment: Assessment, *, locked: bool
    ) -> None:
        """What the rules suggest stands in the empty field, to read."""
        super().show_member(view, row, assessment, locked=locked)
        self.use.setPlaceholderText(suggested_use(assessment.grade))
