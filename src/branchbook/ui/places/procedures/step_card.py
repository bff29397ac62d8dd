"""The card at the right: the step at hand, its title and buttons, and everything asked about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.problems import Problem, ReasonProblem
from branchbook.domain.procedures import StepState
from branchbook.services.attachments import PhotoReducer
from branchbook.ui.place import BeginRecord, Destination, FileChooser, Place, ShowPaper, ShowRecord
from branchbook.ui.places.procedures.endings import Endings
from branchbook.ui.places.procedures.step_body import StepBody
from branchbook.ui.places.procedures.step_keeping import Change, StepKeeping
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.places.procedures.undone_step import undone_step
from branchbook.ui.places.procedures.wording import short_day
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.field_editors import settle_focus
from branchbook.ui.widgets.filing import Filing

_ICON_ONLY = 150
"""From this text size on the title line has no room for words on every button, nor for the state."""


class StepCard(Card):
    """``step_asked`` gives the key of another step to show.

    Set ``undone`` when something was taken back: what is shown next of the same procedure asks for the step in
    which it was.
    """

    step_asked = Signal(str)
    completed = Signal()
    rebuilt = Signal()

    def __init__(
        self,
        place: Place,
        sections: tuple[StepSection, ...],
        files: FileChooser,
        photos: Callable[[], PhotoReducer],
    ) -> None:
        super().__init__("", "", place, padding=0)
        self.place = place
        self.view: StepView | None = None
        self.undone = False
        self.keeping = StepKeeping(place)
        self.endings = Endings(place, self.keeping)
        self.notice = Banner(self)
        self.body_area = StepBody(sections, self)
        self.endings.sections = sections
        self.state = Badge("", parent=self)
        self.reopen_button = Button(self.tr("重新办理"), "rotate-ccw", self)
        self.reopen_button.setAccessibleName(self.reopen_button.text())
        self.reopen_button.setToolTip(self.tr("重新办理：取消“已完成”，填过的内容都留着"))
        self.complete_button = Button(self.tr("完成这一步"), "check", self, primary=True)
        self.complete_button.setToolTip(self.tr("Ctrl+Enter；没有填日期的，按开会那天或今天"))
        self.next_button = Button(self.tr("下一步"), "arrow-right", self, primary=True)
        self.next_button.setToolTip(self.tr("Ctrl+Enter"))
        self.finish_button = Button(self.tr("办结"), "lock", self, primary=True)
        self.finish_button.setToolTip(self.tr("所有步骤都完成了；办结以后只能更正"))
        buttons = (self.reopen_button, self.complete_button, self.next_button, self.finish_button)
        for widget in (self.state, *buttons):
            self.add_action(widget)
        self.body.addWidget(self.endings.strips)
        self.body.addWidget(self._noticed())
        self.body.addWidget(self.body_area, 1)
        self.body.setSpacing(0)
        self.filing = Filing(place, self.body_area.attachments, self._with_owner, files, photos)
        self._resize_timer = QTimer(self)
        self._resize_timer.setSingleShot(True)
        self._resize_timer.timeout.connect(self._measured_anew)
        self._connect()
        self._measured_anew()

    def _noticed(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 8, 14, 0)
        column.addWidget(self.notice)
        self._notice_holder = holder
        holder.hide()
        return holder

    def _connect(self) -> None:
        self.complete_button.clicked.connect(self.complete)
        self.next_button.clicked.connect(self.complete)
        self.finish_button.clicked.connect(self.endings.finish)
        self.reopen_button.clicked.connect(self.reopen)
        self.keeping.refused.connect(self._refuse)
        self.keeping.saved.connect(lambda: self._say(None))
        self.endings.correcting_changed.connect(self.rebuilt)
        body = self.body_area
        for section in body.sections:
            section.typed = lambda: self.keeping.entry
            section.refused.connect(self._ask_reason)
        body.edited.connect(self._edit)
        for section in body.sections:
            section.edited.connect(lambda _: self.keeping.save())
        body.field_left.connect(self.keeping.save)
        body.fields.settled.connect(self.keeping.save)
        body.lead.step_asked.connect(self.step_asked)
        body.fields.meeting_opened.connect(self._open_meeting)
        body.fields.meeting_begun.connect(self._begin_meeting)
        body.papers.asked.connect(self.print_paper)

    def _with_owner(self, then: Callable[[UUID], None]) -> None:
        procedure = self.keeping.procedure
        if procedure is not None:
            then(procedure.id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "view", None) is not None:
            self._resize_timer.start()

    def _measured_anew(self) -> None:
        bare = Look.current().text_scale >= _ICON_ONLY
        self.reopen_button.setText("" if bare else self.reopen_button.accessibleName())
        self.body_area.forget()
        self._show()

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView) -> None:
        """Show a step as the book holds it; what is typed in the same step and not stored yet stays."""
        before = self.view
        same = before is not None and (before.procedure.id, before.spec.key) == (
            view.procedure.id,
            view.spec.key,
        )
        if before is None or before.procedure.id != view.procedure.id:
            self.endings.begin()
        if same and self.keeping.procedure is not None:
            self.keeping.take(view.procedure)
        else:
            self._say(None)
            self.keeping.begin(view.procedure, view.spec.key)
        self.view = view
        self._show()
        if not same:
            self.body_area.verticalScrollBar().setValue(0)
        undone, self.undone = self.undone, False
        if undone and same and before is not None:
            self._follow_undo(before, view)

    def _follow_undo(self, before: StepView, view: StepView) -> None:
        sections, shown = self.body_area.sections, view.spec.key
        shape = shape_of(view.procedure.shape)
        key = undone_step(shape, before.procedure, view.procedure, sections, shown)
        if key:
            self.step_asked.emit(key)

    def clear(self) -> None:
        """No step is at hand."""
        self.keeping.end()
        self.endings.begin()
        self.view = None

    def _show(self) -> None:
        view = self.view
        if view is None:
            return
        self.body_area.show_step(view, self.keeping.entry, locked=self.keeping.locked)
        self.set_title(view.spec.name, view.title)
        self._show_state(view)

    def _show_state(self, view: StepView) -> None:
        standing, editable = view.standing, view.procedure.is_open
        done = standing.state == StepState.DONE and standing.entry.done_on is not None
        words = {
            StepState.BEGUN: (self.tr("进行中"), Tone.WARN),
            StepState.WAITING: (self.tr("还不到这一步"), Tone.QUIET),
            StepState.NOT_NEEDED: (self.tr("不需要"), Tone.QUIET),
        }
        if done and standing.entry.done_on is not None:
            day = short_day(standing.entry.done_on, view.today)
            self.state.say(self.tr("{day}完成").format(day=day), Tone.OK)
        elif standing.overdue:
            self.state.say(self.tr("逾期"), Tone.BAD)
        else:
            self.state.say(*words.get(standing.state, ("", Tone.QUIET)))
        if Look.current().text_scale >= _ICON_ONLY:
            self.state.hide()  # the time line says the same
        self.reopen_button.setVisible(done and editable)
        self.complete_button.setVisible(editable and not done)
        self.next_button.setVisible(editable and done and bool(view.following) and not view.finishable)
        self.finish_button.setVisible(editable and view.finishable)
        self.complete_button.set_primary(not (view.counting or view.finishable))

    def _say(self, problem: Problem | None) -> None:
        if problem is None:
            self.notice.clear()
        else:
            self.notice.show_problem(problem)
        self._notice_holder.setVisible(problem is not None)

    def _refuse(self, problem: Problem) -> None:
        self._say(problem)
        self._ask_reason(problem)

    def _ask_reason(self, problem: Problem) -> None:
        if isinstance(problem, ReasonProblem):
            self.body_area.fields.ask_reason()

    # ------------------------------------------------------------------------------------- edits

    def _edit(self, change: Change) -> None:
        self.keeping.change(change)
        if self.view is not None:
            self.body_area.show_faults(self.view, self.keeping.entry)

    def complete(self) -> None:
        """The step is done: on the day that is typed, else on its usual one; then the next one is shown."""
        settle_focus()
        if self.view is None or self.keeping.locked or self.keeping.correcting:
            return
        day = self.body_area.fields.day
        if day.problem() is not None:
            day.setFocus()
            return
        usual = self.view.usual_day
        self.keeping.change(lambda entry: replace(entry, done_on=entry.done_on or usual))
        self._leave_sections()
        self.keeping.save(self.completed.emit)

    def reopen(self) -> None:
        """The step is not done after all; what was entered stays."""
        settle_focus()
        self.keeping.change(lambda entry: replace(entry, done_on=None))
        self.keeping.save()

    def focus_day(self) -> None:
        """Put the keyboard where a step begins."""
        if not self.keeping.locked:
            self.body_area.fields.day.setFocus()

    def leave(self) -> None:
        """Keep what is typed, also in the field that has the keyboard."""
        settle_focus()
        self._leave_sections()
        self.keeping.save()

    def _leave_sections(self) -> None:
        for section in self.body_area.sections:
            if not section.isHidden():
                section.leave()

    # ----------------------------------------------------------------------------- to other places

    def print_paper(self, key: str) -> None:
        """Preview a paper of the election."""
        settle_focus()
        procedure = self.keeping.procedure
        if procedure is not None:
            asked = Destination("print", ShowPaper(key, procedure.id))
            self.keeping.save(lambda: self.place.go.emit(asked))

    def _open_meeting(self, record_id: UUID) -> None:
        self.keeping.save(lambda: self.place.go.emit(Destination("meetings", ShowRecord(record_id))))

    def _begin_meeting(self) -> None:
        """Begin the meeting's record in Meetings, on the step's day."""
        view = self.view
        if view is None:
            return
        day = self.keeping.entry.done_on or view.today
        begun = BeginRecord(view.spec.record_kinds[:1], view.procedure.organisation_id, day)
        self.keeping.save(lambda: self.place.go.emit(Destination("meetings", begun)))
