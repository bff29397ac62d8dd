"""The card at the right: the record at hand, its title and buttons, and everything asked about it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.records import Record
from branchbook.services.attachments import PhotoReducer
from branchbook.services.counting import Standing, standing_of
from branchbook.services.meetings import RosterFollowed
from branchbook.services.printed_papers import StalePaper
from branchbook.services.reprinting import papers_to_reprint
from branchbook.ui.place import Destination, FileChooser, Place, ShowPaper
from branchbook.ui.places.meetings.basis import Basis
from branchbook.ui.places.meetings.finishing import Finishing
from branchbook.ui.places.meetings.keeping import Change, Keeping
from branchbook.ui.places.meetings.record_body import RecordBody
from branchbook.ui.places.meetings.record_head import RecordHead
from branchbook.ui.places.meetings.record_view import RecordView, view_of
from branchbook.ui.places.meetings.rectifying import Rectifying
from branchbook.ui.places.meetings.remembered_observers import RememberedObservers
from branchbook.ui.places.meetings.wording import record_title
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.field_editors import settle_focus
from branchbook.ui.widgets.filing import Filing

STANDING_AFTER_MS = 40
"""Edits in quick succession ask for the numbers once."""


class RecordEditing(Card):
    """``shown`` gives the ``RecordView`` after each loading, ``emptied`` tells that no record is at hand."""

    shown = Signal(object)
    emptied = Signal()

    def __init__(self, place: Place, files: FileChooser, photos: Callable[[], PhotoReducer]) -> None:
        super().__init__("", "", place, padding=0)
        self.place = place
        self.view: RecordView | None = None
        self.keeping = Keeping(place)
        self.finishing = Finishing(place, self.keeping)
        self.basis = Basis(place, self.keeping)
        self.notice = Banner(self)
        self.body_area = RecordBody(self)
        self._resize_timer = QTimer(self)
        self._resize_timer.setSingleShot(True)
        self._resize_timer.timeout.connect(self._measured_anew)
        self._standing_timer = QTimer(self)
        self._standing_timer.setSingleShot(True)
        self._standing_timer.setInterval(STANDING_AFTER_MS)
        self._standing_timer.timeout.connect(self.ask_standing)
        self.head = RecordHead(self)
        self.body.addWidget(self.finishing.strips)
        self.rectifying = Rectifying(place, self._with_owner)
        self.body.addWidget(self.rectifying.strip)
        self.body.addWidget(self._noticed())
        self.body.addWidget(self.body_area, 1)
        self.body.setSpacing(0)
        self._connect()
        panel = self.body_area.attachments
        self.filing = Filing(place, panel, self._with_owner, files, photos)
        self.filing.changed.connect(self.show_surroundings)
        self.observers = RememberedObservers(self)

    def _with_owner(self, then: Callable[[UUID], None]) -> None:
        """Store the record at hand, then go on with its id: something is to hang on it."""

        def stored() -> None:
            if self.keeping.record is not None:
                then(self.keeping.record.id)

        self.keeping.store(stored)

    def _noticed(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self.notice)
        return holder

    def _connect(self) -> None:
        head = self.head
        head.copy.clicked.connect(self.basis.copy_last)
        head.preview.clicked.connect(self.preview)
        head.finalise.clicked.connect(self.finalise)
        head.correct.clicked.connect(self.finishing.begin_correction)
        head.rectify.triggered.connect(self._rectify)
        head.history.triggered.connect(self.show_history)
        head.delete.triggered.connect(self.finishing.delete)
        head.kinds.chosen.connect(self.basis.set_kinds)
        self.finishing.correcting_changed.connect(self._relock)
        self.finishing.finished.connect(self._finished)
        self.finishing.given_up.connect(self.reload)
        self.finishing.removed.connect(lambda _: self.clear())
        self.basis.changed.connect(self.show_surroundings)
        self.basis.followed.connect(self._say_followed)
        self.keeping.saved.connect(lambda _: self._say_title())
        body = self.body_area
        body.edited.connect(self._edit)
        body.field_left.connect(self.keeping.save)
        body.fields.day_chosen.connect(self.basis.set_day)
        body.fields.organisation_chosen.connect(self.basis.set_organisation)

    def _rectify(self) -> None:
        if self.view is not None:
            self.rectifying.ask(self.view.record, self.view.organisation)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "view", None) is not None:
            self._resize_timer.start()

    def _measured_anew(self) -> None:
        self.body_area.forget()
        self.show_surroundings()

    # ------------------------------------------------------------------------------------ showing

    def show_record(self, record: Record, stored: Record | None, *, typed: bool = False) -> None:
        """Take up a record (after keeping what was typed in the one before)."""
        self.keeping.save()
        self.keeping.begin(record, stored, typed=typed)
        self.finishing.begin()
        self.rectifying.strip.hide()
        self.notice.clear()
        self.body_area.history.hide()
        self.show_surroundings()
        if record.is_final and typed:
            self.finishing.begin_correction()

    def open(self, record_id: UUID, then: Callable[[], None] = lambda: None) -> None:
        """Open a stored record; a record that is gone empties the card."""
        self.keeping.save()
        book = self.place.context.book

        def question() -> Record | None:
            with book.reading() as reading:
                return reading.get(Record, record_id)

        def show(record: Record | None) -> None:
            if record is None:
                self.clear()
            else:
                self.show_record(record, record)
                self.basis.follow_roster()
                then()

        self.place.ask(question, show, key="record")

    def reload(self) -> None:
        """Show what the book holds of the record at hand, forgetting what was typed."""
        record = self.keeping.record
        self.keeping.end()
        if record is not None:
            self.open(record.id)

    def clear(self) -> None:
        """No record is at hand."""
        self.keeping.end()
        self.finishing.begin()
        self.notice.clear()
        self.view = None
        self.emptied.emit()

    def show_surroundings(self) -> None:
        """Read what surrounds the record at hand and show it."""
        record = self.keeping.record
        if record is None:
            return
        book, today = self.place.context.book, self.place.context.today
        scope_id = self.place.context.scope.organisation_id

        def question() -> tuple[RecordView, Standing]:
            with book.reading() as reading:
                return view_of(reading, record, scope_id, today), standing_of(reading, record)

        self.place.ask(question, lambda answer: self._show(record, *answer), key="view")
        self._ask_reprint(record)

    def _ask_reprint(self, record: Record) -> None:
        """Whether its papers were printed before it was changed; only what is final is printed for keeping."""
        if not record.is_final:
            self.head.show_reprint(())
            return
        book, today = self.place.context.book, self.place.context.today

        def question() -> tuple[StalePaper, ...]:
            with book.reading() as reading:
                return papers_to_reprint(reading, record.id, today)

        self.place.ask(question, self.head.show_reprint, key="reprint")

    def _show(self, asked: Record, view: RecordView, standing: Standing) -> None:
        if self.keeping.record is None or self.keeping.record.id != asked.id:
            return
        if self.keeping.record is not asked:
            self.show_surroundings()  # typed on while it was asked
            return
        self.view = view
        self.body_area.show_view(view, self.place.context.today, locked=self.locked)
        self.body_area.show_standing(asked, standing)
        self._say_title()
        self.shown.emit(view)

    @property
    def locked(self) -> bool:
        """Whether the record is final and not being corrected."""
        record = self.keeping.record
        return record is not None and record.is_final and not self.finishing.correcting

    def _say_followed(self, followed: RosterFollowed) -> None:
        came = self.tr("新列入 {names}").format(names="、".join(followed.added))
        went = self.tr("不再应到 {names}").format(names="、".join(followed.gone))
        parts = [each for each, names in ((came, followed.added), (went, followed.gone)) if names]
        self.notice.say(
            Tone.WARN,
            self.tr("名册在上次填写后有变化，到会名单已按会议当天的名册更新"),
            more="；".join(parts),
        )

    def _relock(self, _: bool = False) -> None:
        if self.view is not None:
            self.show_surroundings()

    def _say_title(self) -> None:
        record, view = self.keeping.record, self.view
        if record is None or view is None:
            return
        numbered = self.tr("{year} 年第 {n} 次").format(
            year=record.held_on.year if record.held_on else "", n=view.number
        )
        meeting = kind_of(record.kind).is_meeting and view.number
        title = record_title(record, view.organisation, self.place.context.today)
        self.set_title(title, numbered if meeting else "")
        self.head.show_record(record, view.organisation.kind, correcting=self.finishing.correcting)

    # ------------------------------------------------------------------------------------- edits

    def _edit(self, change: Change) -> None:
        before = self.keeping.record
        self.keeping.change(change)
        after = self.keeping.record
        if before is None or after is None or before is after:
            return
        if before.attendance != after.attendance:
            self.body_area.attendance.show_marks(after)
        if before.people != after.people:
            self.body_area.fields.show_commission(after)
            self.body_area.order_tabs()
        basis = (before.attendance, before.exclusions, before.observers)
        votes = [each.vote for each in before.agenda] != [each.vote for each in after.agenda]
        if votes or basis != (after.attendance, after.exclusions, after.observers):
            self._standing_timer.start()

    def ask_standing(self) -> None:
        """Ask for the numbers of the record as it is typed."""
        record, book = self.keeping.record, self.place.context.book
        if record is None:
            return

        def question() -> Standing:
            with book.reading() as reading:
                return standing_of(reading, record)

        self.place.ask(question, self._show_standing, key="standing")

    def _show_standing(self, standing: Standing) -> None:
        if self.keeping.record is not None:
            self.body_area.show_standing(self.keeping.record, standing)

    # ----------------------------------------------------------------------------------- actions

    def leave(self) -> None:
        """Keep what is typed, also in the field that has the keyboard."""
        settle_focus()
        self.keeping.save()
        self.body_area.cover(self.keeping.record)

    def show_history(self) -> None:
        """What was done to the record, the latest first."""
        record = self.keeping.record
        if record is not None:
            self.body_area.history.open(self.place, "record", str(record.id))

    def finalise(self) -> None:
        """定稿."""
        self.basis.when_settled(self.finishing.finalise)

    def preview(self) -> None:
        """Show the record as its paper."""
        self.basis.when_settled(lambda: self.keeping.store(self._preview))

    def _preview(self) -> None:
        record = self.keeping.record
        if record is not None:
            self.place.go.emit(Destination("print", ShowPaper(kind_of(record.kind).paper, record.id)))

    def _finished(self, record: Record) -> None:
        self.keeping.begin(record, record)
        self.show_surroundings()
