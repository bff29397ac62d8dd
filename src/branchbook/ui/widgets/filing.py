"""Files kept with a record or a procedure: choosing, adding, opening, describing, removing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AttachmentKind
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
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.attachments_panel import AttachmentsPanel

if TYPE_CHECKING:
    from branchbook.ui.place import Place

WithOwner = Callable[[Callable[[UUID], None]], None]
"""Gives the id of what the files hang on, once the book holds it."""


class Filing(QObject):
    """``photos`` gives the room that reduces pictures, when it is first needed.

    ``opened`` tells a copy's path, ``changed`` that files came or went.
    """

    opened = Signal(object)
    changed = Signal()

    def __init__(
        self,
        place: Place,
        panel: AttachmentsPanel,
        with_owner: WithOwner,
        files: FileChooser,
        photos: Callable[[], PhotoReducer],
    ) -> None:
        super().__init__(panel)
        self._place = place
        self._with_owner = with_owner
        self._files = files
        self._photos = photos
        self._copies: Path | None = None
        panel.add_asked.connect(self.add)
        panel.opened.connect(self.open)
        panel.removed.connect(self.remove)
        panel.described.connect(self.describe)
        panel.ordered.connect(self.reorder)
        self.opened.connect(self._show_copy)

    def add(self, kind: AttachmentKind) -> None:
        """Choose a file and keep it with its owner, which is saved first."""
        pattern = (
            self.tr("图片 (*.jpg *.jpeg *.png *.heic *.bmp *.gif *.tif *.tiff *.webp);;所有文件 (*)")
            if kind == AttachmentKind.PHOTO
            else self.tr("所有文件 (*)")
        )
        path = self._files.open_file(self.tr("选择附件"), pattern)
        if path is not None:
            self._with_owner(lambda owner: self._add(owner, path, kind))

    def _add(self, owner: UUID, path: Path, kind: AttachmentKind) -> None:
        book, actor, photos = self._place.context.book, self._place.context.actor(), self._photos

        def operation() -> Outcome[AddedFile]:
            file = NewFile(content_of(path), path.name, kind)
            return add_attachment(book, owner, file, actor, photos())

        self._place.do(operation, self._added)

    def _added(self, added: AddedFile) -> None:
        if added.remarks:
            self._place.banner.say(Tone.WARN, "；".join(added.remarks))
        self.changed.emit()

    def open(self, attachment_id: UUID) -> None:
        """Open a read-only copy with the system's program for it."""
        book, folder = self._place.context.book, self._copies_folder()

        def question() -> Path:
            with book.reading() as reading:
                return open_copy(reading, attachment_id, folder)

        self._place.ask(question, self.opened.emit)

    def _copies_folder(self) -> Path:
        """Where copies are laid out: in the program's own folder, which is emptied when a book is closed."""
        if self._copies is None or not self._copies.is_dir():
            self._copies = Path(mkdtemp(prefix="attachments-"))
        return self._copies

    def _show_copy(self, path: Path) -> None:
        """Hand the copy to the system; where it knows no program for it, say so instead of doing nothing."""
        if self._place.context.book.protected:
            words = self.tr("打开的是不加密的副本，锁定或关闭本簿时删除；不要在那边另存")
            self._place.banner.say(Tone.QUIET, words)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._place.banner.say(
                Tone.WARN,
                self.tr("这台电脑没有能打开“{name}”的程序").format(name=path.name),
                more=self.tr("副本（只读）在 {folder}，可以用别的程序打开").format(folder=path.parent),
            )

    def describe(self, attachment_id: UUID, caption: str) -> None:
        """Keep a caption."""
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: describe_attachment(book, attachment_id, actor, caption=caption))

    def reorder(self, ids: tuple[UUID, ...]) -> None:
        """Keep the attachments in another order."""
        book, actor = self._place.context.book, self._place.context.actor()

        def kept_by(owner: UUID) -> None:
            self._place.do(
                lambda: reorder_attachments(book, owner, ids, actor), lambda _: self.changed.emit()
            )

        self._with_owner(kept_by)

    def remove(self, attachment_id: UUID) -> None:
        """Move an attachment to the recycle bin."""
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: remove_attachment(book, attachment_id, actor), lambda _: self.changed.emit())


def content_of(path: Path) -> bytes:
    """The bytes of a chosen file. Raises RefusedProblem where it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise RefusedProblem(
            "读不出这个文件", path.name, "请检查U盘是否插好、文件是否被别的程序占用"
        ) from None
