"""The place of those who join: everyone by stage at the left, one person's record with its steps at the right."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.catalogue.papers_list import CONVERSION_ALL_KEY
from branchbook.domain.history import Changes
from branchbook.domain.procedures import Procedure
from branchbook.services.moving_cases import FAMILIES
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.place import (
    BeginProcedure,
    Destination,
    FileChooser,
    Place,
    PlaceContext,
    ScopeChoice,
    ShowPerson,
    ShowProcedure,
    Subject,
)
from branchbook.ui.places.conversions.beginning import BeginningCard
from branchbook.ui.places.conversions.dates_card import DatesCard
from branchbook.ui.places.conversions.people_card import PeopleCard
from branchbook.ui.places.conversions.person_head import PersonHead
from branchbook.ui.places.conversions.record_view import (
    ConversionsOnScreen,
    RecordOnScreen,
    Wanted,
    conversions_on_screen,
)
from branchbook.ui.places.conversions.sections_list import sections_of
from branchbook.ui.places.conversions.steps_card import StepsCard
from branchbook.ui.places.procedures.found_typing import FoundTyping
from branchbook.ui.places.procedures.step_card import StepCard
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState

_SHOWN = ("procedure", "record", "person", "person_fact", "organisation", "attachment", "setting")
ROOMY_SCALE = 100
"""Text larger than this leaves room for the list or the record, not for both."""


class Conversions(Place):
    """Shows and begins joinings and conversions; the work of a step is done by ``StepCard``."""

    key = "conversions"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scope: ScopeChoice | None = None
        self._wanted = Wanted()
        self._following = self._offering = self._revealing = False
        self._listing = True
        self.screen_shown: ConversionsOnScreen | None = None
        self.people = PeopleCard()
        self.head = PersonHead()
        self.steps = StepsCard()
        self.step = StepCard(self, sections_of(self), files, lambda: workshop.photos)
        self.beginning = BeginningCard(self)
        self.importing = DatesCard(self, workshop, files)
        self.found = FoundTyping(self, self.step.keeping, self.show_at, FAMILIES)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.work_pages = QStackedWidget()
        self.work_pages.addWidget(self.step)
        self.work_pages.addWidget(self.beginning)
        self.record = QWidget()
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.steps)
        below.addWidget(self.work_pages, 1)
        column = QVBoxLayout(self.record)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        self.right = QStackedWidget()
        for page in (self._nobody(), self.record, self.importing):
            self.right.addWidget(page)
        self.content.addWidget(self.people)
        self.content.addWidget(self.right, 1)
        self.people.hide()

    def _nobody(self) -> Card:
        text = self.tr(
            "入党申请人、积极分子、发展对象和预备党员都在这里按阶段办理。先在“党员”里登记申请人；"
            "登记以后，旧档的日期可以用日期表（xlsx）一次导入。"
        )
        self.nothing = EmptyState("sprout", self.tr("还没有发展党员的人"), text, self.tr("到“党员”登记"))
        self.nothing.acted.connect(self._to_members)
        card = Card(padding=0)
        card.add(self.nothing, 1)
        return card

    def _connect(self) -> None:
        people, steps, step = self.people, self.steps, self.step
        people.person_chosen.connect(self.show_person)
        people.person_opened.connect(self._open_record)
        people.import_asked.connect(self.choose_import)
        people.export_asked.connect(self.importing.export)
        people.added.connect(self._to_members)
        self.head.member_asked.connect(self._to_member)
        self.head.back_asked.connect(self.back_to_list)
        self.head.begin_asked.connect(self.begin)
        steps.step_chosen.connect(self.show_step)
        steps.procedure_chosen.connect(lambda each: self.show_at(each, ""))
        steps.papers_asked.connect(lambda: step.print_paper(CONVERSION_ALL_KEY))
        steps.finish_asked.connect(step.endings.finish)
        steps.abandon_asked.connect(step.endings.ask_abandon)
        steps.correct_asked.connect(step.endings.ask_correct)
        steps.remove_asked.connect(step.endings.ask_remove)
        steps.history_asked.connect(step.endings.show_history)
        step.step_asked.connect(self.show_step)
        step.completed.connect(self._go_on)
        step.rebuilt.connect(self._load)
        self.beginning.begun.connect(self._begun)
        self.beginning.closed.connect(self._back)
        self.importing.opened.connect(lambda: self.right.setCurrentWidget(self.importing))
        self.importing.ended.connect(self._end_import)
        keys = (
            (self.tr("开始办理"), "Ctrl+N", self.begin),
            (self.tr("导入日期表"), "Ctrl+I", self.choose_import),
            (self.tr("完成这一步"), "Ctrl+Return Ctrl+Enter", step.complete),
            (self.tr("回到名单"), "Alt+Left", self.back_to_list),
        )
        add_shortcuts(self, keys)

    # ----------------------------------------------------------------------------- the contract

    def open(self, context: PlaceContext) -> None:
        """Show who joins; whoever is at hand stays where the organisation stays."""
        super().open(context)
        if self._scope is None or context.scope.organisation_id != self._scope.organisation_id:
            self.step.clear()
            self._wanted, self._listing = Wanted(), True
            self.beginning.shut()
        self._scope = context.scope
        self._load()
        self.found.look()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.step.leave()

    def reload(self, changes: Changes) -> None:
        """The list follows the roster, the meetings and every procedure."""
        if changes.touches(*_SHOWN):
            self.step.undone = changes.undoes
            self._load()

    def show_subject(self, subject: Subject) -> None:
        """Show someone's record, or offer to begin it."""
        self._revealing = True
        if isinstance(subject, ShowProcedure):
            self._listing = False
            self.show_at(subject.procedure_id, subject.step)
        elif isinstance(subject, ShowPerson):
            self._open_record(subject.person_id)
        elif isinstance(subject, BeginProcedure) and subject.person_id is not None:
            self._offering = True
            self._open_record(subject.person_id)

    def focus_first(self) -> None:
        """The keyboard where it was in the step, else on the list."""
        inside = self.step.focusWidget()
        if self.work_pages.currentWidget() is self.step and inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.people.isHidden():
            self.people.people.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    # -------------------------------------------------------------------------------- what is shown

    def show_person(self, person_id: UUID) -> None:
        """Show someone's record at its next step."""
        self._show_wanted(Wanted(person_id))

    def show_step(self, key: str) -> None:
        """Show a step of the procedure at hand; an empty key shows the next one."""
        self._show_wanted(Wanted(self._wanted.person_id, self._wanted.procedure_id, key))

    def show_at(self, procedure_id: UUID, step: str) -> None:
        """Show a procedure at a step; an empty key shows the next one."""
        self._show_wanted(Wanted(None, procedure_id, step))

    def _show_wanted(self, wanted: Wanted) -> None:
        self.step.leave()
        self._wanted = wanted
        self._load()

    def _open_record(self, person_id: UUID) -> None:
        self._listing = False
        if person_id != self._wanted.person_id:
            self.show_person(person_id)
        else:
            self._load()

    def back_to_list(self) -> None:
        """Where there is no room for both: the list again."""
        self.step.leave()
        self._listing = True
        self._share_room()
        self.people.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """A step was completed: the next one, with the keyboard in it."""
        self._following = True
        self.show_step("")

    def begin(self) -> None:
        """Open the form that begins what fits the person at hand."""
        record = self.screen_shown.record if self.screen_shown else None
        if record is None or not record.may_begin:
            return
        self.step.leave()
        self._listing = False
        self.beginning.show_record(record)
        self.work_pages.setCurrentWidget(self.beginning)
        self._share_room()
        self.beginning.offer()

    def _begun(self, procedure: Procedure) -> None:
        self.show_at(procedure.id, "")

    def _back(self) -> None:
        """The form went: back to the step, where there is one."""
        record = self.screen_shown.record if self.screen_shown else None
        if record is not None and record.step is not None:
            self.work_pages.setCurrentWidget(self.step)

    # ----------------------------------------------------------------------------- to other places

    def _to_members(self) -> None:
        self.step.leave()
        self.go.emit(Destination("members"))

    def _to_member(self) -> None:
        record = self.screen_shown.record if self.screen_shown else None
        if record is not None:
            self.step.leave()
            self.go.emit(Destination("members", ShowPerson(record.person.id)))

    # ------------------------------------------------------------------------------ the dates sheet

    def choose_import(self) -> None:
        """Choose a dates sheet and show what it would do."""
        self.step.leave()
        self.importing.choose()

    def _end_import(self) -> None:
        has = self.screen_shown is not None and self.screen_shown.record is not None
        self.right.setCurrentIndex(1 if has else 0)

    # ------------------------------------------------------------------------------------ loading

    def _load(self) -> None:
        book, scope, today, wanted = self.context.book, self.context.scope, self.context.today, self._wanted

        def question() -> ConversionsOnScreen:
            with book.reading() as reading:
                return conversions_on_screen(reading, scope.organisation_id, wanted, today)

        self.ask(question, self._show, key="conversions")

    def _show(self, screen: ConversionsOnScreen) -> None:
        self.screen_shown = screen
        self.people.show_people(screen.people)
        self.badge_changed.emit(sum(each.late for each in screen.people.people))
        record = screen.record
        importing = self.right.currentWidget() is self.importing
        if record is None:
            self.step.clear()
            self._wanted = Wanted()
        else:
            self._show_record(record)
        if not importing:
            self.right.setCurrentIndex(0 if record is None else 1)
        self._share_room()

    def _show_record(self, record: RecordOnScreen) -> None:
        step, today = record.step, self.context.today
        self._wanted = Wanted(
            record.person.id,
            record.view.procedure.id if record.view else None,
            step.spec.key if step else "",
        )
        self.people.select(record.person.id, reveal=self._revealing)
        self._revealing = False
        self.head.show_record(record)
        self.beginning.show_record(record)
        self.steps.setVisible(step is not None)
        if step is None:
            self.step.clear()
            self.work_pages.setCurrentWidget(self.beginning)
        else:
            self.steps.show_record(record, today)
            another = self.step.view is None or self.step.view.spec.key != step.spec.key
            self.step.show_step(step)
            if not self.beginning.offering:
                self.work_pages.setCurrentWidget(self.step)
                if self._following and another:
                    self._following = False
                    self.step.focus_day()
        if self._offering:
            self._offering = False
            self.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "screen_shown", None) is not None:
            self._share_room()

    def _share_room(self) -> None:
        """The list and the record side by side, or one of them where the text is large."""
        has = self.screen_shown is not None and self.screen_shown.record is not None
        roomy = Look.current().text_scale <= ROOMY_SCALE
        self.people.set_alone(not roomy)
        self.people.setVisible(has and (roomy or self._listing))
        self.right.setVisible(not has or roomy or not self._listing)
        self.head.back_button.setVisible(has and not roomy)
