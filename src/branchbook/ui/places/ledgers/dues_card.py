"""The dues of a branch in a year: members by months, marked by the space bar; what each owes is fixed in a form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from branchbook.services.dues import (
    PAYER_WORDS,
    DuesLine,
    DuesView,
    due_words,
    mark_paid,
    rate_words,
    yuan,
)
from branchbook.services.dues_table import export_dues
from branchbook.ui.models.cells import CellColumn
from branchbook.ui.place import Destination, FileChooser, Place, ShowPaper
from branchbook.ui.places.ledgers.dues_form import DuesForm
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.cell_table import CellTable
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop

_NOT_OWED = "—"
_MOST_ROWS = 14


class DuesCard(Card):
    """``paper_asked`` gives the ``Destination`` of a paper. What is shown comes by ``show_view``."""

    paper_asked = Signal(object)

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        super().__init__("", "", place, padding=0)
        self._place, self._workshop, self._files = place, workshop, files
        self.view: DuesView | None = None
        self.fix_button = Button(self.tr("核定"), "pencil", primary=True)
        self.fix_button.setToolTip(self.tr("核定选中党员的计算基数或每月应交（回车）"))
        self.fix_button.clicked.connect(self.fix)
        self.all_button = Button(self.tr("这个月全部已交"), "check")
        self.all_button.setToolTip(self.tr("选中的那个月，应交而没有登记的都记为已交（A）"))
        self.all_button.clicked.connect(self.mark_everyone)
        export = IconButton("file-spreadsheet", self.tr("导出为 Excel"))
        export.clicked.connect(self.export)
        register = IconButton("printer", self.tr("打印登记表"))
        register.clicked.connect(lambda: self._print("dues_register"))
        published = IconButton("file-text", self.tr("打印公示（不含计算基数）"))
        published.clicked.connect(lambda: self._print("dues_published"))
        for button in (export, register, published, self.all_button, self.fix_button):
            self.add_action(button)
        self.table: CellTable[DuesLine] = CellTable(lambda each: each.person_id, self, most_rows=_MOST_ROWS)
        self.table.setAccessibleName(self.tr("党费收缴"))
        self.table.keys = _MonthKeys(self)
        self.table.moved.connect(lambda *_: self._say_line())
        self.table.opened.connect(lambda *_: self.fix())
        self.forms = FormHost(self)
        self.totals = Text("", "dim", wrap=True)
        self.said = Text("", "", wrap=True)
        for text in (self.totals, self.said):
            text.setContentsMargins(14, 6, 14, 6)
        self.add(self.table)
        self.add(self.totals)
        self.add(self.said)
        self.add(self.forms)
        self.add(QWidget(self), 1)

    # ------------------------------------------------------------------------------------ showing

    def show_view(self, view: DuesView) -> None:
        """Show a branch's year; the current cell stays."""
        self.view = view
        hint = self.tr("空格：这个月已交 / 取消　A：全部已交　回车：核定")
        self.set_title(self.tr("党费收缴 {year} 年").format(year=view.year), hint)
        self.table.show_cells(view.lines, _columns(self))
        if view.lines and self.table.current_row is None:
            month = view.day.month
            self.table.select(view.lines[0].person_id, f"m{month}")
        self._say_totals(view)
        self._say_line()

    def _say_totals(self, view: DuesView) -> None:
        fixed = [each for each in view.lines if each.payer is not None]
        late = [each for each in fixed if each.arrears.months]
        words = self.tr("{n} 名，已核定 {fixed} 名；实交合计 {sum} 元；截至 {day} 有欠交的 {late} 名").format(
            n=len(view.lines),
            fixed=len(fixed),
            sum=yuan(sum(each.total for each in view.lines)),
            day=self._place.context.today,
            late=len(late),
        )
        self.totals.setText(words)

    def _say_line(self) -> None:
        line, month = self.table.current_row, self._month()
        words = "" if line is None else line_words(line)
        if line is not None and self.view is not None and self.view.would_be_late(line, month):
            words += self.tr("；补交 {n} 月：{article}").format(n=month, article=self.view.late_article)
        self.said.setText(words)
        self.all_button.setEnabled(self._month() > 0)
        self.fix_button.setEnabled(line is not None)

    # ------------------------------------------------------------------------------- what a hand does

    def mark(self) -> None:
        """Mark the current month of the current member as paid, or take the mark away."""
        line, month = self.table.current_row, self._month()
        if line is not None and month:
            if line.due is None and month not in line.paid:
                self.fix()
            else:
                self._mark([line], month, paid=month not in line.paid)

    def mark_everyone(self) -> None:
        """Mark the current month of everyone who owes it and has not paid it."""
        month = self._month()
        if self.view is None or not month:
            return
        lines = [
            each
            for each in self.view.lines
            if month in each.owed and month not in each.paid and each.due is not None
        ]
        if lines:
            self._mark(lines, month, paid=True)

    def fix(self) -> None:
        """Open the form in which the current member's dues are fixed."""
        line, view = self.table.current_row, self.view
        if line is None or view is None:
            return
        form = DuesForm(self._place, view, line)
        self.forms.open(form)
        form.dismissed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))

    def export(self) -> None:
        """Write the year as xlsx, with bases and rates."""
        view = self.view
        if view is None:
            return
        name = self.tr("{branch}{year}年党费收缴.xlsx").format(branch=view.branch, year=view.year)
        path = self._files.save_file(self.tr("导出党费"), self.tr("Excel 表格 (*.xlsx)"), name)
        if path is not None:
            self._write(path, view)

    def _write(self, path: Path, view: DuesView) -> None:
        tables = self._workshop.tables
        self._place.work(
            self.tr("导出党费"),
            lambda _: export_dues(tables, path, view),
            lambda count: self._told(path, count),
        )

    def _told(self, path: Path, count: int) -> None:
        text = self.tr("已导出 {n} 行：{name}").format(n=count, name=path.name)
        self._place.banner.say(Tone.OK, text, more=str(path.parent))

    def _print(self, paper: str) -> None:
        self.paper_asked.emit(Destination("print", ShowPaper(paper)))

    def _month(self) -> int:
        column = self.table.current_column
        return int(column[1:]) if column.startswith("m") and column[1:].isdigit() else 0

    def _mark(self, lines: Sequence[DuesLine], month: int, *, paid: bool) -> None:
        context, view = self._place.context, self.view
        assert view is not None
        people = [each.person_id for each in lines]
        self._place.do(
            lambda: mark_paid(
                context.book, view.branch_id, people, view.year, [month], context.actor(), paid=paid
            )
        )


class _MonthKeys:
    """The space bar and A belong to the months."""

    def __init__(self, card: DuesCard) -> None:
        self._card = card

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key marks something."""
        return event.key() in (Qt.Key.Key_Space, Qt.Key.Key_A) and not event.modifiers()

    def take_key(self, event: QKeyEvent) -> bool:
        """Mark what the key means; False where it means nothing."""
        if not self.wants(event):
            return False
        if event.key() == Qt.Key.Key_Space:
            self._card.mark()
        else:
            self._card.mark_everyone()
        return True


def _columns(widget: QWidget) -> tuple[CellColumn[DuesLine], ...]:
    return (
        CellColumn("name", widget.tr("姓名"), lambda line: line.name, 76, left=True, stretch=True),
        CellColumn(
            "due",
            widget.tr("月应交"),
            lambda line: yuan(line.due.fen) if line.due else widget.tr("未核定"),
            64,
        ),
        *(_month_column(widget, month) for month in range(1, 13)),
        CellColumn("sum", widget.tr("合计"), lambda line: yuan(line.total) if line.paid else "", 70),
        CellColumn(
            "late",
            widget.tr("欠交"),
            lambda line: (
                widget.tr("{n} 个月").format(n=len(line.arrears.months)) if line.arrears.months else ""
            ),
            66,
            tone=lambda line: Tone.BAD if line.arrears.run >= 6 else Tone.WARN,
            tip=lambda line: line.standing,
        ),
    )


def _month_column(widget: QWidget, month: int) -> CellColumn[DuesLine]:
    return CellColumn(
        f"m{month}",
        widget.tr("{n}月").format(n=month),
        lambda line: (
            yuan(line.paid[month]) if month in line.paid else "" if month in line.owed else _NOT_OWED
        ),
        52,
        tip=lambda line: widget.tr("不在本支部交") if month not in line.owed else "",
    )


def line_words(line: DuesLine) -> str:
    """What a member owes and by which article, and what the arrears come under; no base where none was fixed."""
    if line.payer is None:
        return f"{line.name}：还没有核定"
    parts = [f"{line.name}：{PAYER_WORDS[line.payer]}"]
    if line.base_fen is not None:
        parts.append(f"基数 {yuan(line.base_fen)} 元，比例 {rate_words(line.due)}%")
    if line.due is not None:
        parts.append(f"每月应交 {due_words(line.due)} 元（{line.due.rule.citation}）")
    if line.standing:
        late = f"欠交 {len(line.arrears.months)} 个月，最长连续 {line.arrears.run} 个月"
        parts.append(f"{late}。有关规定：{line.standing}")
    return "；".join(parts)
