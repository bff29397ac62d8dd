"""What was done to the record at hand, by whom, and which fields differ: shown when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.history import ValueChange
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.labels import Text

MOST_CHANGES, MOST_FIELDS, MOST_LETTERS = 60, 8, 120


class RecordHistory(QWidget):
    """The latest change first. Hidden until asked for; Esc or its button closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("修改历史"))
        self.lines = Text("", "dim-body", self, wrap=True)
        self.close_button = IconButton("x", self.tr("收起修改历史"), self)
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("修改历史"), "label", self))
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.lines)
        self.hide()

    def show_changes(self, changes: Sequence[ValueChange]) -> None:
        """Show these, with the keyboard here."""
        shown = [self._words(each) for each in changes[:MOST_CHANGES]]
        if len(changes) > MOST_CHANGES:
            shown.append(self.tr("……更早的见“备份与安全”的修改记录"))
        self.lines.setText("\n".join(shown) or self.tr("还没有修改记录"))
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _words(self, change: ValueChange) -> str:
        reason = self.tr("，原因：{reason}").format(reason=change.reason) if change.reason else ""
        head = self.tr("{at} {who} {label}{reason}").format(
            at=f"{change.at:%Y-%m-%d %H:%M}", who=change.who, label=change.label, reason=reason
        )
        if change.what == "新增":
            return head
        fields = [
            self.tr("　　{label}：{before} → {after}").format(
                label=each.label,
                before=_short(each.before) or self.tr("（空）"),
                after=_short(each.after) or self.tr("（空）"),
            )
            for each in change.differences[:MOST_FIELDS]
        ]
        return "\n".join((head, *fields))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1] + "…"
