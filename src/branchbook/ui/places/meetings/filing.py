"""Attachments of the record at hand: adding, opening, describing, removing; and the remembered observers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AttachmentKind, PersonRef
from branchbook.services.attachments import (
    AddedFile,
    NewFile,
    PhotoReducer,
    add_attachment,
    describe_attachment,
    open_copy,
    remove_attachment,
    reorder_attachments,
)
from branchbook.services.operations import Outcome
from branchbook.ui.place import FileChooser
from branchbook.ui.places.meetings.record_view import remembered_observers
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.places.meetings.record_editing import RecordEditing

REMEMBERED = timedelta(days=400)
"""Observers of a little more than a year are offered again."""


class Filing(QObject):
    """``photos`` gives the room that reduces pictures, when it is first needed; ``opened`` tells a copy's path."""

    opened = Signal(object)

    def __init__(
        self, editing: RecordEditing, files: FileChooser, photos: Callable[[], PhotoReducer]
    ) -> None:
        super().__init__(editing)
        self._editing = editing
        self._files = files
        self._photos = photos
        self._copies: QTemporaryDir | None = None
        self.observer_menu = QMenu(editing)
        panel = editing.body_area.attachments
        panel.add_asked.connect(self.add)
        panel.opened.connect(self.open)
        panel.removed.connect(self.remove)
        panel.described.connect(self.describe)
        panel.ordered.connect(self.reorder)
        editing.body_area.attendance.observers_asked.connect(self.ask_observers)
        self.opened.connect(self._show_copy)

    def add(self, kind: AttachmentKind) -> None:
        """Choose a file and keep it with the record, which is saved first."""
        pattern = (
            self.tr("图片 (*.jpg *.jpeg *.png *.heic *.bmp *.gif *.tif *.tiff *.webp);;所有文件 (*)")
            if kind == AttachmentKind.PHOTO
            else self.tr("所有文件 (*)")
        )
        path = self._files.open_file(self.tr("选择附件"), pattern)
        if path is not None:
            self._editing.keeping.store(lambda: self._add(path, kind))

    def _add(self, path: Path, kind: AttachmentKind) -> None:
        place, record = self._editing.place, self._editing.keeping.record
        if record is None:
            return
        book, actor, photos, owner = place.context.book, place.context.actor(), self._photos, record.id

        def operation() -> Outcome[AddedFile]:
            file = NewFile(content_of(path), path.name, kind)
            return add_attachment(book, owner, file, actor, photos())

        place.do(operation, self._added)

    def _added(self, added: AddedFile) -> None:
        if added.remarks:
            self._editing.place.banner.say(Tone.WARN, "；".join(added.remarks))
        self._editing.show_surroundings()

    def open(self, attachment_id: UUID) -> None:
        """Open a read-only copy with the system's program for it."""
        place = self._editing.place
        if self._copies is None:
            self._copies = QTemporaryDir()
        book, folder = place.context.book, Path(self._copies.path())

        def question() -> Path:
            with book.reading() as reading:
                return open_copy(reading, attachment_id, folder)

        place.ask(question, self.opened.emit)

    def _show_copy(self, path: Path) -> None:
        """Hand the copy to the system; where it knows no program for it, say so instead of doing nothing."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._editing.place.banner.say(
                Tone.WARN,
                self.tr("这台电脑没有能打开“{name}”的程序").format(name=path.name),
                more=self.tr("副本（只读）在 {folder}，可以用别的程序打开").format(folder=path.parent),
            )

    def describe(self, attachment_id: UUID, caption: str) -> None:
        """Keep a caption."""
        place = self._editing.place
        book, actor = place.context.book, place.context.actor()
        place.do(lambda: describe_attachment(book, attachment_id, actor, caption=caption))

    def remove(self, attachment_id: UUID) -> None:
        """Move an attachment to the recycle bin."""
        place = self._editing.place
        book, actor = place.context.book, place.context.actor()
        place.do(
            lambda: remove_attachment(book, attachment_id, actor),
            lambda _: self._editing.show_surroundings(),
        )

    def reorder(self, ids: tuple[UUID, ...]) -> None:
        """Keep the attachments in another order."""
        place, record = self._editing.place, self._editing.keeping.record
        if record is None:
            return
        book, actor, owner = place.context.book, place.context.actor(), record.id
        place.do(
            lambda: reorder_attachments(book, owner, ids, actor),
            lambda _: self._editing.show_surroundings(),
        )

    def ask_observers(self) -> None:
        """Offer those who observed earlier meetings of this organisation."""
        place, record = self._editing.place, self._editing.keeping.record
        if record is None:
            return
        book, since = place.context.book, place.context.today - REMEMBERED

        def question() -> tuple[PersonRef, ...]:
            with book.reading() as reading:
                return remembered_observers(reading, record, since)

        place.ask(question, self._offer_observers, key="observers")

    def _offer_observers(self, remembered: tuple[PersonRef, ...]) -> None:
        section = self._editing.body_area.attendance
        named = set(section.observers.references())
        offered = [ref for ref in remembered if ref not in named][:15]
        self.observer_menu.clear()
        for ref in offered:
            text = f"{ref.name}（{ref.post}）" if ref.post else ref.name
            action = QAction(text.replace("&", "&&"), self.observer_menu)
            action.triggered.connect(lambda _=False, ref=ref: section.add_observer(ref))
            self.observer_menu.addAction(action)
        if not offered:
            nobody = self.observer_menu.addAction(self.tr("近一年没有记过别的列席人员"))
            nobody.setEnabled(False)
        button = section.remembered
        self.observer_menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def content_of(path: Path) -> bytes:
    """The bytes of a chosen file. Raises RefusedProblem where it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise RefusedProblem(
            "读不出这个文件", path.name, "请检查U盘是否插好、文件是否被别的程序占用"
        ) from None
