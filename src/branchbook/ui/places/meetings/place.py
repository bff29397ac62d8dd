"""The Meetings place: the year's records at the left, the record at the right, and the ledger of resolutions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.domain.history import Changes
from branchbook.domain.records import Record
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.place import (
    BeginRecord,
    FileChooser,
    Place,
    PlaceContext,
    ScopeChoice,
    ShowFoundDraft,
    ShowRecord,
    Subject,
)
from branchbook.ui.places.meetings.beginning import begun, filled
from branchbook.ui.places.meetings.found_draft import FoundDrafts
from branchbook.ui.places.meetings.record_editing import RecordEditing
from branchbook.ui.places.meetings.record_list import RecordList, YearOfRecords, year_of_records
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.places.meetings.resolution_ledger import ResolutionLedger
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState

_LISTING = ("record", "organisation", "person", "person_fact", "term", "setting")


class Meetings(Place):
    """Begins, shows, copies and lists records; the record's own work is done by ``RecordEditing``."""

    key = "meetings"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scope: ScopeChoice | None = None
        self._fresh: UUID | None = None
        self.list = RecordList()
        self.editing = RecordEditing(self, files, lambda: workshop.photos)
        self.drafts = FoundDrafts(self, self.editing)
        self.ledger = ResolutionLedger(self)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._records_page())
        self.pages.addWidget(self.ledger)
        self.content.addWidget(self.pages)
        self._connect()

    def _records_page(self) -> QWidget:
        self.nothing = Card(padding=0)
        self.nothing_text = EmptyState(
            "file-text",
            self.tr("选一份记录，或者新记一次"),
            self.tr("按 Ctrl+N 新记一次；写过的随时自动保存。"),
            self.tr("新记录"),
        )
        self.nothing_text.acted.connect(self.list.offer_new)
        self.nothing.add(self.nothing_text, 1)
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.editing)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.right, 1)
        return page

    def _connect(self) -> None:
        self.list.chosen.connect(self.open_record)
        self.list.begin_asked.connect(lambda kind: self.begin((kind,), None, self._first_day()))
        self.list.resolutions_asked.connect(self.show_ledger)
        self.editing.shown.connect(self._shown)
        self.editing.emptied.connect(lambda: self.right.setCurrentIndex(0))
        self.ledger.closed.connect(self.show_records)
        self.ledger.opened.connect(self.open_record)
        self.drafts.showing.connect(self.show_records)
        keys = (
            (self.tr("新记录"), "Ctrl+N", self.list.offer_new),
            (self.tr("定稿"), "Ctrl+Return Ctrl+Enter", self.editing.finalise),
            (self.tr("预览"), "Ctrl+P", self.editing.preview),
        )
        add_shortcuts(self, keys)

    # ----------------------------------------------------------------------------- the contract

    def open(self, context: PlaceContext) -> None:
        """Show the year; the record at hand stays where branch and year stay."""
        super().open(context)
        if context.scope != self._scope:
            self._scope = context.scope
            self.editing.clear()
            self.show_records()
        else:
            self.editing.basis.follow_roster()
        self._load()
        self.drafts.look()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.editing.leave()

    def reload(self, changes: Changes) -> None:
        """The list follows every record; the record at hand follows undo and other places."""
        if changes.touches(*_LISTING):
            self._load()
        record = self.editing.keeping.record
        if record is not None and ("record", str(record.id)) in changes.entities:
            self._compare(record.id)

    def show_subject(self, subject: Subject) -> None:
        """Open a record, or begin one."""
        if isinstance(subject, ShowRecord):
            self.open_record(subject.record_id)
        elif isinstance(subject, BeginRecord):
            self.begin(subject.kinds, subject.organisation_id, subject.held_on, subject)
        elif isinstance(subject, ShowFoundDraft):
            self.drafts.show_found()

    def focus_first(self) -> None:
        """The keyboard where it was in the record, else in the list."""
        inside = self.editing.focusWidget()
        if self.right.currentWidget() is self.editing and inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.focus_entries()

    # ----------------------------------------------------------------------------------- records

    def open_record(self, record_id: UUID) -> None:
        """Show a stored record."""
        self.show_records()
        record = self.editing.keeping.record
        if record is None or record.id != record_id or self.right.currentWidget() is not self.editing:
            self.editing.open(record_id)

    def begin(
        self,
        kinds: tuple[str, ...],
        organisation_id: UUID | None,
        held_on: date | None,
        asked: BeginRecord | None = None,
    ) -> None:
        """Begin a record, pre-filled; without an organisation it is the first in scope that holds the kind.

        ``asked`` names persons and values that another place wants in it.
        """
        actor, scope_id = self.context.actor(), self.context.scope.organisation_id
        book = self.context.book

        def question() -> Record:
            with book.reading() as reading:
                fresh = begun(reading, kinds, organisation_id, held_on, scope_id, actor)
                return filled(reading, fresh, asked) if asked is not None else fresh

        self.ask(question, self._show_new, key="begin")

    def _show_new(self, record: Record) -> None:
        self.banner.clear()
        self.show_records()
        self._fresh = record.id
        self.editing.show_record(record, None)

    def _shown(self, view: RecordView) -> None:
        """The card shows a record: bring it forward, mark it in the list, begin typing in a new one."""
        self.right.setCurrentWidget(self.editing)
        if not self.list.select(view.record.id):
            self.list.unselect()
        if self._fresh == view.record.id:
            self._fresh = None
            first = self.editing.body_area.fields.when.day
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()

    def _first_day(self) -> date | None:
        """Today where the year shown is this one; in another year the date is left open."""
        return self.context.today if self.context.scope.year == self.context.today.year else None

    def _compare(self, record_id: UUID) -> None:
        """Show the record at hand anew where the book holds another than was last saved here."""
        book = self.context.book

        def question() -> Record | None:
            with book.reading() as reading:
                return reading.get(Record, record_id)

        self.ask(question, lambda found: self._compared(record_id, found), key="compare")

    def _compared(self, record_id: UUID, found: Record | None) -> None:
        keeping = self.editing.keeping
        if keeping.record is None or keeping.record.id != record_id or found == keeping.stored:
            return
        if found is None:
            self.editing.clear()
        elif not keeping.dirty:
            self.editing.show_record(found, found)

    # -------------------------------------------------------------------------- list and ledger

    def show_ledger(self) -> None:
        """The second view: all resolutions."""
        self.editing.keeping.save()
        self.pages.setCurrentWidget(self.ledger)
        self.ledger.load()
        self.ledger.focus_table()

    def show_records(self) -> None:
        """The first view."""
        self.pages.setCurrentIndex(0)

    def _load(self) -> None:
        book, scope, today = self.context.book, self.context.scope, self.context.today

        def question() -> YearOfRecords:
            with book.reading() as reading:
                return year_of_records(reading, scope.organisation_id, scope.year, today)

        self.ask(question, self._show_year, key="year")
        if self.pages.currentWidget() is self.ledger:
            self.ledger.load()

    def _show_year(self, year: YearOfRecords) -> None:
        self.list.show_year(year, self.context.today)
        record = self.editing.keeping.record
        if record is not None:
            self.list.select(record.id)
