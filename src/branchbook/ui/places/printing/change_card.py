"""调整表样: a paper's title, labels, order and heights, changed beside its pages and put back with one press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.catalogue.papers_list import paper_of
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import Paper
from branchbook.domain.problems import Problem
from branchbook.services.paper_changes import change_of, change_paper, changed_paper, put_paper_back
from branchbook.services.paper_parts import (
    TITLE_WORDS,
    PaperPart,
    moved,
    paper_parts,
    title_for_user,
    with_height,
    with_label,
    with_shown,
    with_title,
)
from branchbook.ui.place import Place
from branchbook.ui.places.printing.part_row import PartRow, SettledLine
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.labels import Text


def _place(part: PaperPart) -> tuple[str, int, str, bool]:
    """Where a part stands; while these are the same, no editor is made anew under the user's hands."""
    return part.line, part.table, part.key, part.height_mm is not None


@dataclass(frozen=True, slots=True)
class _Sitting:
    """Which part has the keyboard, and which of its editors, so that it has it again after a rebuild."""

    key: str
    editor: str


class ChangeCard(Card):
    """``ended`` when the user goes back to the gallery. Every change is one operation, so it can be undone."""

    ended = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place)
        self._place = place
        self._paper: Paper | None = None
        self._change = PaperChange()
        self.rows: list[PartRow] = []
        self.back = Button(self.tr("返回"), "arrow-left", self)
        self.back.clicked.connect(self.ended)
        self.put_back = Button(self.tr("恢复原样"), "rotate-ccw", self)
        self.put_back.clicked.connect(self._put_back)
        self.add_action(self.put_back)
        self.add_action(self.back)
        self.banner = Banner(self)
        self.add(self.banner)
        self.add(self._title_line())
        self._body = ScrolledBody(self)
        self._body.column.addStretch(1)
        self.add(self._body, 1)
        self.nothing = Text(self.tr("这张表册是连续的文字，只能改标题。"), "dim", self, wrap=True)
        self.add(self.nothing)

    def _title_line(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 4)
        label = Text(self.tr("标题"), "label", line)
        self.title_field = SettledLine("", "", line)
        self.title_field.setAccessibleName(self.tr("表册标题"))
        words = "".join(TITLE_WORDS.values())
        self.title_field.setToolTip(self.tr("{words}打印时换成实际的名称和日期").format(words=words))
        self.title_field.settled.connect(self._retitle)
        row.addWidget(label)
        row.addWidget(self.title_field, 1)
        return line

    def open(self, paper_key: str) -> None:
        """Show the parts of a paper as the user left them."""
        self._paper = paper_of(paper_key)
        self.set_title(self.tr("调整表样"), self._paper.name)
        self.banner.clear()
        self.load()

    def load(self) -> None:
        """Ask anew what is changed: after every change, and after undo."""
        if self._paper is None:
            return
        book, key = self._place.context.book, self._paper.key

        def question() -> PaperChange:
            with book.reading() as reading:
                return change_of(reading, key)

        self._place.ask(question, self._show, key="change")

    # ------------------------------------------------------------------------------------- showing

    def _show(self, change: PaperChange) -> None:
        assert self._paper is not None
        self._change = change
        now = changed_paper(self._paper, change)
        self.title_field.set_value(title_for_user(now.title))
        self.put_back.setEnabled(change != PaperChange())
        parts = paper_parts(now)
        self.nothing.setVisible(not parts)
        if [_place(part) for part in parts] != [_place(row.part) for row in self.rows]:
            self._rebuild(parts)
            return
        for row, part in zip(self.rows, parts, strict=True):
            row.show_part(part)

    def _rebuild(self, parts: tuple[PaperPart, ...]) -> None:
        sitting = self._sitting()
        at = self._body.verticalScrollBar().value()
        for row in self.rows:
            row.blockSignals(True)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(part) for part in parts]
        for place, row in enumerate(self.rows):
            self._body.column.insertWidget(place, row)
        self._body.verticalScrollBar().setValue(at)
        if sitting is not None:
            self._sit(sitting)

    def _row(self, part: PaperPart) -> PartRow:
        row = PartRow(part, self)
        row.labelled.connect(lambda text: self._alter(partial(with_label, key=part.key, text=text)))
        row.shown.connect(lambda shown: self._alter(partial(with_shown, key=part.key, shown=shown)))
        row.heightened.connect(lambda mm: self._alter(partial(with_height, part=part, height_mm=mm)))
        row.moved.connect(lambda step: self._alter(partial(moved, part=part, step=step)))
        return row

    def _sitting(self) -> _Sitting | None:
        for row in self.rows:
            for editor, widget in vars(row).items():
                if isinstance(widget, QWidget) and widget.hasFocus():
                    return _Sitting(row.part.key, editor)
        return None

    def _sit(self, sitting: _Sitting) -> None:
        for row in self.rows:
            widget = getattr(row, sitting.editor, None)
            if row.part.key == sitting.key and isinstance(widget, QWidget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                self._body.ensureWidgetVisible(row)
                return

    # ------------------------------------------------------------------------------------ changing

    def _retitle(self, text: str) -> None:
        self._alter(partial(with_title, text=text))

    def _alter(self, alter: Callable[[Paper, PaperChange], PaperChange]) -> None:
        """Keep a change of the paper; the place hears of it and presses the preview anew."""
        assert self._paper is not None
        change = alter(self._paper, self._change)
        if change == self._change:
            return
        self._change = change
        context, key = self._place.context, self._paper.key
        book, actor = context.book, context.actor()
        self.banner.clear()
        context.commands.do(
            lambda: change_paper(book, key, change, actor), owner=self._place, failed=self._refused
        )

    def _refused(self, problem: Problem) -> None:
        self.banner.show_problem(problem)
        self.load()

    def _put_back(self) -> None:
        assert self._paper is not None
        context, key = self._place.context, self._paper.key
        book, actor = context.book, context.actor()
        self._place.do(lambda: put_paper_back(book, key, actor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)
