"""The quiet line at the bottom: saved or why not, the age of the last backup, locked or not, work under way."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from branchbook.ui.commands import Commands, Progress, SaveState, SaveStatus
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import IconLabel, LinkButton
from branchbook.ui.widgets.labels import Text

HEIGHT = 28


def save_words(status: SaveStatus) -> tuple[str, str, Tone]:
    """Words, icon and tone of a save status."""
    say = QCoreApplication.translate
    if status.state == SaveState.SAVING:
        return say("StatusLine", "正在保存…"), "loader", Tone.QUIET
    if status.state == SaveState.SAVED and status.at is not None:
        words = say("StatusLine", "已保存 {time}").format(time=status.at.strftime("%H:%M"))
        return words, "check", Tone.QUIET
    if status.state == SaveState.NOT_SAVED:
        return say("StatusLine", "未保存：{why}").format(why=status.why), "triangle-alert", Tone.BAD
    return say("StatusLine", "没有改动"), "check", Tone.QUIET


def backup_words(last: datetime | None, now: datetime, reminder_days: int = 14) -> tuple[str, Tone]:
    """How old the last verified backup is, in days of the calendar; a warning without one or after so many days."""
    say = QCoreApplication.translate
    if last is None:
        return say("StatusLine", "还没有备份"), Tone.WARN
    days = max((now.date() - last.date()).days, 0)
    if days == 0:
        words = say("StatusLine", "今天已备份 · 已校验")
    else:
        words = say("StatusLine", "备份 {n} 天前 · 已校验").format(n=days)
    return words, Tone.WARN if days > reminder_days else Tone.QUIET


class _Piece(QWidget):
    """An icon with a word."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon_name, self, 14)
        self.words = Text("", "dim", self)
        self._tone = Tone.QUIET
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._icon)
        row.addWidget(self.words)

    def say(self, text: str, icon_name: str, tone: Tone) -> None:
        self._tone = tone
        self.words.setText(text)
        self.setAccessibleName(text)
        self._icon.set_icon(icon_name, "dim" if tone == Tone.QUIET else tone.value)
        self._recolour()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _recolour(self) -> None:
        colour = Look.current().tokens.foreground(self._tone)
        sheet = "" if self._tone == Tone.QUIET else f"color: {colour};"
        if self.words.styleSheet() != sheet:
            self.words.setStyleSheet(sheet)


class _JobStrip(QWidget):
    """A job under way: its title, how far it is, and Cancel."""

    def __init__(self, progress: Progress, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = progress.title
        self.words = Text(progress.title, "dim", self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(Look.current().px(140))
        self.bar.setAccessibleName(progress.title)
        self.cancel = LinkButton(self.tr("取消"), self)
        self.cancel.setAccessibleName(self.tr("取消：{title}").format(title=progress.title))
        self.cancel.clicked.connect(progress.cancel)
        self.cancel.clicked.connect(self._cancelling)
        progress.reported.connect(self.report, Qt.ConnectionType.QueuedConnection)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.words, self.bar, self.cancel):
            row.addWidget(widget)

    def report(self, done: int, total: int, what: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self.cancel.isEnabled():
            self.words.setText(" · ".join(part for part in (self._title, what) if part))

    def _cancelling(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText(self.tr("{title} · 正在停下").format(title=self._title))


class StatusLine(QFrame):
    """Told by the window; says nothing by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status-line")
        self.saved = _Piece("check", self)
        self.backup = _Piece("hard-drive", self)
        self.protection = _Piece("lock-open", self)
        self.note = Text("", "dim", self)
        self._jobs: dict[Progress, _JobStrip] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(11, 1, 16, 0)
        self._row.setSpacing(16)
        for piece in (self.saved, self.backup, self.protection, self.note):
            self._row.addWidget(piece)
        self._row.addStretch(1)
        self._measure()
        self.clear()

    def follow(self, commands: Commands) -> None:
        """Say from now on how the work of an open book stands."""
        commands.status_changed.connect(self.show_saved)
        commands.job_started.connect(self.show_job)
        commands.job_ended.connect(self.end_job)
        self.show_saved(commands.status)

    def clear(self) -> None:
        """No book is open."""
        for piece in (self.saved, self.backup, self.protection):
            piece.hide()
        self.note.setText("")

    def show_saved(self, status: SaveStatus) -> None:
        """Saved, saving, or not saved and why."""
        self.saved.say(*save_words(status))

    def show_backup(self, last: datetime | None, now: datetime, reminder_days: int = 14) -> None:
        """The age of the last verified backup."""
        words, tone = backup_words(last, now, reminder_days)
        self.backup.say(words, "hard-drive", tone)

    def show_protection(self, *, locked: bool, read_only: bool) -> None:
        """Whether a passphrase is set, and whether the book can be changed at all."""
        if read_only:
            self.protection.say(self.tr("只读，不能修改"), "lock", Tone.WARN)
        elif locked:
            self.protection.say(self.tr("已加密"), "lock", Tone.QUIET)
        else:
            self.protection.say(self.tr("未加密"), "lock-open", Tone.QUIET)

    def show_job(self, progress: Progress) -> None:
        """Show a job that has begun."""
        strip = _JobStrip(progress, self)
        self._jobs[progress] = strip
        self._row.addWidget(strip)

    def end_job(self, progress: Progress) -> None:
        """A job has ended."""
        strip = self._jobs.pop(progress, None)
        if strip is not None:
            strip.hide()
            strip.deleteLater()

    @property
    def jobs(self) -> tuple[_JobStrip, ...]:
        """The strips shown."""
        return tuple(self._jobs.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(Look.current().px(HEIGHT))
