"""The question for a passphrase on the start page: when a protected book is opened, and when it was locked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from branchbook.domain.passphrases import pause_after
from branchbook.domain.problems import PassphraseProblem, Problem, RefusedProblem
from branchbook.domain.recovery_code import RecoveryGroupsProblem, read_groups, secret_in
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button, LinkButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.fields import FieldGrid
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.secret_field import SecretField


class PassphrasePrompt(Card):
    """``given`` tells a ``Secret``, ``given_up`` that the book is not to be opened after all.

    From the third wrong passphrase for a book on, whoever types waits a little, each time longer. That keeps
    somebody at this window from trying many by hand, and nobody from trying them on a copy of the file.
    """

    given = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.path: Path | None = None
        self._wrong: dict[Path, int] = {}
        self._left = 0
        self.timer = QTimer(self)
        self.timer.setInterval(1000)
        self.timer.timeout.connect(self._count_down)
        self.banner = Banner(self, closable=False)
        self.secret = SecretField(self.tr("口令"), self)
        self.groups = LongText(self.tr("如 0A1B2 3C4D5 …，共 20 组，空格可有可无"), self, least_lines=4)
        self.fields = FieldGrid(1, self, label_width=72)
        self.other_way = LinkButton("", self)
        self.open_button = Button("", "", self, primary=True)
        self._by_groups = False
        self._lay_out()

    def _lay_out(self) -> None:
        self.add(self.banner)
        self.fields.add(self.tr("口令"), self.secret)
        self.fields.add(self.tr("恢复单"), self.groups)
        self.add(self.fields)
        self.other_way.clicked.connect(lambda: self._choose_way(not self._by_groups))
        self.body.addWidget(self.other_way, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr("口令没有后门。没有口令也没有恢复单，谁也打不开这本簿。")
        self.add(Text(words, "dim", self, wrap=True))
        self.body.addStretch(1)
        back = Button(self.tr("返回"), "arrow-left", self)
        back.clicked.connect(self._give_up)
        self.open_button.clicked.connect(self.submit)
        self.add_foot(back, self.open_button)

    def ask(self, path: Path, problem: Problem | None = None, *, locked: bool = False) -> None:
        """Ask for the passphrase of a book; ``problem`` is what was wrong with the one given before."""
        if path != self.path:
            self.groups.set_value("")
            self._choose_way(False)
        self.path = path
        self.secret.clear()
        title = self.tr("已锁定：{name}") if locked else self.tr("打开：{name}")
        self.set_title(title.format(name=path.stem), str(path.parent))
        self._say(problem, locked)
        self.focus_first()

    def _say(self, problem: Problem | None, locked: bool) -> None:
        wrong = isinstance(problem, PassphraseProblem) and problem.given
        if wrong and self.path is not None:
            self._count_wrong(self.path)
        if problem is not None and (wrong or not isinstance(problem, PassphraseProblem)):
            self.banner.show_problem(problem)
        elif locked:
            self.banner.say(Tone.QUIET, self.tr("没写完的内容已留作草稿，输入口令后接着写。"))
        else:
            self.banner.clear()

    def opened(self, path: Path) -> None:
        """The book is open: forget what was typed and how often it was wrong."""
        self._wrong.pop(path, None)
        self._forget()

    def focus_first(self) -> None:
        """Put the keyboard where the secret is typed."""
        (self.groups if self._by_groups else self.secret.line).setFocus()

    def submit(self) -> None:
        """Give what was typed, unless there is still a while to wait or it can't be right."""
        if self._left:
            return
        try:
            secret = read_groups(self.groups.value()) if self._by_groups else secret_in(self.secret.value())
        except RecoveryGroupsProblem as problem:
            self.banner.show_problem(problem)
            return
        if not secret:
            self.banner.show_problem(RefusedProblem(self.tr("还没有输入口令")))
            return
        self.given.emit(secret)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc goes back."""
        if composing(self.focusWidget()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _choose_way(self, by_groups: bool) -> None:
        self._by_groups = by_groups
        self.fields.show_only(self.groups if by_groups else self.secret)
        other = self.tr("用口令打开") if by_groups else self.tr("忘了口令：用恢复单打开")
        self.other_way.setText(other)
        self._show_button()
        self.banner.clear()
        self.focus_first()

    def _count_wrong(self, path: Path) -> None:
        self._wrong[path] = self._wrong.get(path, 0) + 1
        self._left = pause_after(self._wrong[path])
        if self._left:
            self.timer.start()
        self._show_button()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._left = 0
            self.timer.stop()
        self._show_button()

    def _show_button(self) -> None:
        waiting = self.tr("请等 {n} 秒").format(n=self._left)
        self.open_button.setText(waiting if self._left else self.tr("打开"))
        self.open_button.setEnabled(not self._left)

    def _give_up(self) -> None:
        self._forget()
        self.given_up.emit()

    def _forget(self) -> None:
        self.path = None
        self.secret.clear()
        self.groups.set_value("")
        self.banner.clear()
