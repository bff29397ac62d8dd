"""The files of a record or procedure: what they are evidence of, captions for photos, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.services.words import word_of
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Elided, Text


class AttachmentRow(QWidget):
    """``described`` gives the new caption when its field is left."""

    opened = Signal(object)
    removed = Signal(object)
    raised = Signal(object)
    described = Signal(object, str)

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attachment = attachment
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        kind = Badge(word_of(attachment.kind), Tone.QUIET, self)
        kind.setFixedWidth(Look.current().px(72))
        self.caption = LineField(attachment.caption, self.tr("说明（印在照片下面）"), self)
        self.caption.setAccessibleName(self.tr("{name}的说明").format(name=attachment.file_name))
        self.caption.setVisible(attachment.kind == AttachmentKind.PHOTO)
        self.caption.left.connect(self._describe)
        self.open_button = IconButton("eye", self.tr("打开{name}").format(name=attachment.file_name), self)
        self.open_button.clicked.connect(lambda: self.opened.emit(attachment.id))
        self.raise_button = IconButton(
            "chevron-up", self.tr("把{name}上移").format(name=attachment.file_name), self
        )
        policy = self.raise_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.raise_button.setSizePolicy(policy)
        self.raise_button.clicked.connect(lambda: self.raised.emit(attachment.id))
        self.remove_button = IconButton(
            "trash-2", self.tr("删除{name}").format(name=attachment.file_name), self
        )
        self.remove_button.clicked.connect(lambda: self.removed.emit(attachment.id))
        row.addWidget(kind)
        row.addWidget(Elided(attachment.file_name, "", self), 2)
        row.addWidget(self.caption, 3)
        row.addWidget(Text(size_words(attachment.size), "dim", self))
        row.addWidget(self.raise_button)
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)

    def _describe(self) -> None:
        if self.caption.text() != self.attachment.caption:
            self.described.emit(self.attachment.id, self.caption.text())


class AttachmentsPanel(QWidget):
    """``add_asked`` gives the kind of file to choose, ``ordered`` the ids as they are to stand.

    Photos print in this order.
    """

    add_asked = Signal(object)
    ordered = Signal(object)
    opened = Signal(object)
    removed = Signal(object)
    described = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[AttachmentRow] = []
        self._raised: UUID | None = None
        self.add_button = Button(self.tr("添加"), "paperclip", self)
        self.menu = QMenu(self)
        for number, kind in enumerate(AttachmentKind, start=1):
            action = QAction(f"&{number}  {word_of(kind)}", self.menu)
            action.triggered.connect(lambda _=False, kind=kind: self.add_asked.emit(kind))
            self.menu.addAction(action)
        self.add_button.clicked.connect(self.offer_kinds)
        self.missing = Badge("", Tone.WARN, self)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Text(self.tr("附件"), "label", self))
        head.addWidget(self.missing)
        head.addStretch(1)
        head.addWidget(self.add_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)

    def show_attachments(
        self, attachments: tuple[Attachment, ...], expected: Sequence[AttachmentKind] = ()
    ) -> None:
        """Show the files, and which of those expected are lacking."""
        present = {each.kind for each in attachments}
        lacking = [word_of(kind) for kind in expected if kind not in present]
        self.missing.say(self.tr("还缺{kinds}").format(kinds="、".join(lacking)) if lacking else "")
        if tuple(row.attachment for row in self.rows) == attachments:
            return
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._make(each) for each in attachments]
        for number, row in enumerate(self.rows):
            row.raise_button.setVisible(number > 0)
        self._follow_raised()

    def offer_kinds(self) -> None:
        """Open the menu of kinds; a digit chooses one."""
        self.menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 2)))
        self.menu.setActiveAction(self.menu.actions()[0])

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        rows = [
            stop
            for row in self.rows
            for stop in (row.caption, row.raise_button, row.open_button, row.remove_button)
        ]
        return [self.add_button, *rows]

    def _raise(self, attachment_id: UUID) -> None:
        """One place up; the keyboard goes with it, so that pressing again goes on."""
        ids = [row.attachment.id for row in self.rows]
        at = ids.index(attachment_id)
        if at > 0:
            ids[at - 1], ids[at] = ids[at], ids[at - 1]
            self._raised = attachment_id
            self.ordered.emit(tuple(ids))

    def _follow_raised(self) -> None:
        raised, self._raised = self._raised, None
        for row in self.rows:
            if row.attachment.id == raised:
                target = row.open_button if row.raise_button.isHidden() else row.raise_button
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, attachment: Attachment) -> AttachmentRow:
        row = AttachmentRow(attachment, self)
        row.opened.connect(self.opened)
        row.removed.connect(self.removed)
        row.raised.connect(self._raise)
        row.described.connect(self.described)
        self._column.addWidget(row)
        return row


def size_words(size: int) -> str:
    """3.2 MB, 84 KB."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, round(size / 1024))} KB"
