"""The list of backups: date, size, counts, last meeting, why it was made, verified or not; and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.backups import BackupKind
from branchbook.services.backup_words import KIND_WORDS, contents_words, size_words, verified_words
from branchbook.services.workshop import BackupResult
from branchbook.ui.models.rows import Column
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table


class BackupList(Card):
    """Each signal gives the backup that is chosen in the list; without one the buttons cannot be pressed."""

    verify_asked = Signal(object)
    drill_asked = Signal(object)
    pin_asked = Signal(object)
    restore_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, padding=0)
        self.set_title(self.tr("已有的备份"), self.tr("选定的文件夹里的，和簿旁边留存的"))
        self.table: Table[BackupResult] = Table(self._columns(), self, key=lambda each: each.path)
        self.table.setAccessibleName(self.tr("备份列表"))
        self.table.chosen.connect(self._show)
        self.nothing = EmptyState(
            "hard-drive", self.tr("这里会列出备份"), self.tr("备份后可以校验、试恢复，也可以恢复。")
        )
        self.details = Text("", "dim", self, wrap=True)
        self.details.setContentsMargins(14, 6, 14, 2)
        self.add(self.table, 1)
        self.add(self.nothing, 1)
        self.add(self.details)
        self._add_buttons()
        self.show_backups(())

    def _add_buttons(self) -> None:
        self.verify_button = Button(self.tr("校验"), "shield-check", self)
        self.drill_button = Button(self.tr("试恢复"), "check", self)
        self.pin_button = Button(self.tr("留存"), "lock", self)
        self.restore_button = Button(self.tr("恢复…"), "rotate-ccw", self)
        hints = (
            (self.verify_button, self.tr("把这份备份从头到尾检查一遍"), self.verify_asked),
            (self.drill_button, self.tr("恢复到临时位置，打开、比较，再删掉"), self.drill_asked),
            (self.pin_button, self.tr("留存的备份不参加轮换，不会被自动删除"), self.pin_asked),
            (self.restore_button, self.tr("先看备份里有什么，再决定怎样恢复"), self.restore_asked),
        )
        for button, hint, signal in hints:
            button.setAccessibleDescription(hint)
            button.setToolTip(hint)
            button.clicked.connect(lambda _=False, asked=signal: self._ask(asked))
        self.add_foot(*(each[0] for each in hints))

    def _columns(self) -> tuple[Column[BackupResult], ...]:
        return (
            Column(self.tr("时间"), lambda each: f"{each.created_at:%Y-%m-%d %H:%M}", 122),
            Column(self.tr("大小"), lambda each: size_words(each.size), 62, right=True),
            Column(self.tr("记录"), lambda each: str(each.contents.records), 42, right=True),
            Column(self.tr("最近会议"), _last_meeting, 90),
            Column(self.tr("用途"), self._purpose, 68),
            Column(self.tr("校验"), self._verified),
        )

    def _purpose(self, backup: BackupResult) -> str:
        by_hand = backup.pinned and backup.kind == BackupKind.ROUTINE
        return self.tr("留存") if by_hand else KIND_WORDS[backup.kind]

    def _verified(self, backup: BackupResult) -> str:
        return self.tr("完好") if backup.verified_at is not None else self.tr("未通过")

    def show_backups(self, found: tuple[BackupResult, ...]) -> None:
        """Show them, the latest first; the one that was chosen stays chosen."""
        self.table.set_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._show(self.table.current_row)

    def _show(self, backup: BackupResult | None) -> None:
        for button in (self.verify_button, self.drill_button, self.pin_button, self.restore_button):
            button.setEnabled(backup is not None)
        self.details.setVisible(backup is not None)
        if backup is None:
            return
        self.pin_button.setText(self.tr("取消留存") if backup.pinned else self.tr("留存"))
        protected = self.tr("有口令") if backup.protected else self.tr("没有口令")
        self.details.setText(
            "\n".join(
                (
                    contents_words(backup.contents),
                    self.tr("{verified}，{protected}，SHA-256 {hash}…").format(
                        verified=verified_words(backup), protected=protected, hash=backup.sha256[:16]
                    ),
                    str(backup.path),
                )
            )
        )

    def _ask(self, signal: object) -> None:
        backup = self.table.current_row
        if backup is not None:
            signal.emit(backup)  # type: ignore[attr-defined]


def _last_meeting(backup: BackupResult) -> str:
    last = backup.contents.last_meeting_on
    return f"{last:%Y-%m-%d}" if last else ""
