"""The report: a template filled for the period; its text, its pages, its numbers with their records, what to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.leftovers import Remark
from branchbook.services.report_paper import not_on_paper, numbers_booklet, report_booklet
from branchbook.services.report_templates import texts_of
from branchbook.services.reports import Report, ReportNumber, fill_report
from branchbook.services.shipped_templates import SHIPPED_TEMPLATES
from branchbook.services.statistics import CountedLine, counted_lines, shown
from branchbook.ui.models.rows import Column
from branchbook.ui.paper_output import file_name
from branchbook.ui.preview import Preview
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.statistics.place import Statistics

WORD, PDF = "Word (*.docx)", "PDF (*.pdf)"
TAB = 150  # pixels from column to column of a table in the text
_VIEWS = ("text", "page", "numbers", "checks")


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at before the report goes out; ``remark`` says where in the text it stands, if anywhere."""

    kind: str
    words: str
    remark: Remark | None = None


class ReportCard(Card):
    """``place`` gives period, book and templates, and saves files."""

    def __init__(self, place: Statistics) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self.report: Report | None = None
        self.pdf = b""
        self.set_title(self.tr("汇报材料"))
        self._actions_of_report()
        self._template_row()
        self.views = Chips(self)
        self.views.setAccessibleName(self.tr("显示汇报材料的"))
        words = (self.tr("文字"), self.tr("版面"), self.tr("数字依据"), self.tr("需要核对"))
        self.views.set_chips(list(zip(_VIEWS, words, strict=True)))
        self.views.chosen.connect(self.view)
        self.stack = QStackedWidget()
        for each in (self._text_view(), self._page_view(), self._numbers_view(), self._checks_view()):
            self.stack.addWidget(each)
        self.add(_padded(self.views, 8))
        self.add(self.stack, 1)
        self.clear()

    # ------------------------------------------------------------------------------------ what stands where

    def _actions_of_report(self) -> None:
        self.copy_button = Button(self.tr("复制文字"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.word_button = Button(self.tr("存为 Word"), "file-text")
        self.word_button.clicked.connect(self._save_word)
        self.pdf_button = Button(self.tr("存为 PDF"), "file-down", primary=True)
        self.pdf_button.clicked.connect(self._save_pdf)
        for button in (self.copy_button, self.word_button, self.pdf_button):
            self.add_action(button)

    def _template_row(self) -> None:
        choices = [(each.path, each.name) for each in SHIPPED_TEMPLATES]
        self.template = ChoiceField(choices, self)
        self.template.setAccessibleName(self.tr("模板"))
        self.template.value_changed.connect(lambda _: self.fill())
        self.choose_button = Button(self.tr("选择模板…"), "folder-open")
        self.choose_button.setToolTip(self.tr("用 Word 或 WPS 写的模板"))
        self.choose_button.clicked.connect(self.choose)
        self.keep_button = Button(self.tr("另存模板"), "save")
        self.keep_button.setToolTip(self.tr("另存一份，用 Word 或 WPS 修改文字后再选用"))
        self.keep_button.clicked.connect(self._keep_template)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(8)
        line.addWidget(self.template, 1)
        line.addWidget(self.choose_button)
        line.addWidget(self.keep_button)
        self.add(row)

    def _text_view(self) -> QWidget:
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("readOnly", True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("汇报材料的文字"))
        self.text.setTabStopDistance(TAB)
        return _padded(self.text, 14)

    def _page_view(self) -> QWidget:
        self.preview = Preview()
        self.missing = Text("", "dim", wrap=True)
        self.missing.setContentsMargins(14, 8, 14, 8)
        return _column(self.missing, self.preview)

    def _numbers_view(self) -> QWidget:
        self.numbers: Table[ReportNumber] = Table(
            (
                Column(self.tr("填写处"), lambda each: each.place, 168),
                Column(self.tr("数字"), lambda each: shown(each.figure.value), 72, right=True),
                Column(self.tr("单位"), lambda each: each.figure.measure.unit, 48),
                Column(self.tr("口径"), lambda each: each.figure.measure.definition),
            ),
            self,
            key=lambda each: each.place,
        )
        self.numbers.setAccessibleName(self.tr("用到的数字"))
        self.numbers.chosen.connect(self._show_lines)
        self.definition = Text("", "dim", wrap=True)
        self.lines: Table[CountedLine] = Table(
            (
                Column(self.tr("日期"), lambda each: each.on.isoformat(), 100),
                Column(self.tr("内容"), lambda each: each.words),
                Column(self.tr("支部"), lambda each: each.place, 160),
            ),
            self,
            key=lambda each: (each.entity, each.id, each.on),
        )
        self.lines.setAccessibleName(self.tr("这个数字统计了哪些记录"))
        self.lines.opened.connect(self._place.open_line)
        self.numbers_button = Button(self.tr("存依据表"), "file-down")
        self.numbers_button.setToolTip(self.tr("每个数字的口径和记录，存成一张表"))
        self.numbers_button.clicked.connect(self._save_numbers)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(14, 8, 14, 8)
        line.addWidget(self.definition, 1)
        line.addWidget(self.numbers_button)
        return _column(self.numbers, foot, self.lines)

    def _checks_view(self) -> QWidget:
        self.checks: Table[Check] = Table(
            (
                Column(self.tr("类别"), lambda each: each.kind, 120),
                Column(self.tr("内容"), lambda each: each.words),
            ),
            self,
            key=lambda each: (each.kind, each.words),
        )
        self.checks.setAccessibleName(self.tr("需要核对的地方"))
        self.checks.opened.connect(self.go_to)
        hint = Text(self.tr("回车或双击，到文字里的这个地方。只是提醒，不影响保存。"), "dim", wrap=True)
        hint.setContentsMargins(14, 8, 14, 8)
        return _column(self.checks, hint)

    # ------------------------------------------------------------------------------------ filling

    def clear(self) -> None:
        """No report yet."""
        self.report, self.pdf = None, b""
        self.set_title(self.tr("汇报材料"))
        self.text.setPlainText("")
        self.preview.clear()
        self.numbers.set_rows(())
        self.lines.set_rows(())
        self.checks.set_rows(())
        self._enable()

    def choose(self) -> None:
        """Ask for a template of the user's and fill it."""
        path = self._place.files.open_file(self.tr("选择汇报模板"), WORD)
        if path is not None:
            self.template.set_value(path)
            if self.template.value() is None:
                self.template.add_choice(path, path.stem)
                self.template.set_value(path)
            self.fill()

    def fill(self) -> None:
        """Fill the chosen template for the period."""
        template, period = self.template.value(), self._place.period_row.period
        if template is None or period is None:
            return
        context, templates = self._place.context, self._place.workshop.templates
        organisation, today = context.scope.organisation_id, context.today
        self.clear()

        def question() -> Report:
            with context.book.reading() as reading:
                return fill_report(reading, templates, template, period, organisation, today)

        self._place.ask(question, self.show_report, key="report")

    def show_report(self, report: Report) -> None:
        """What was filled."""
        self.report = report
        checks = tuple(self._checks_of(report))
        words = self.tr("用到 {n} 个数字，需要核对 {checks} 处")
        self.set_title(self.tr("汇报材料"), words.format(n=len(report.numbers), checks=len(checks)))
        self.text.setPlainText(texts_of(report.filled.blocks))
        self.numbers.set_rows(report.numbers)
        self.checks.set_rows(checks)
        missing = not_on_paper(report)
        self.missing.setText(
            self.tr("版面里没有、只保留在 Word 文件里的：{what}").format(what="、".join(missing))
        )
        self.missing.setVisible(bool(missing))
        self._enable()
        if report.numbers:
            self.numbers.select(report.numbers[0].place)
            self._show_lines(report.numbers[0])
        self._press()

    def _checks_of(self, report: Report) -> Iterator[Check]:
        for remark in report.remarks:
            yield Check(self.tr("请核对"), remark.text, remark)
        for each in report.unfilled:
            yield Check(self.tr("空白"), each)
        for each in not_on_paper(report):
            yield Check(self.tr("版面里没有"), each)

    def _enable(self) -> None:
        for button in (self.copy_button, self.word_button, self.numbers_button):
            button.setEnabled(self.report is not None)
        self.pdf_button.setEnabled(bool(self.pdf))

    def _press(self) -> None:
        report, press = self.report, self._place.workshop.press
        assert report is not None
        name = self.template.currentText()

        def pressed(pdf: bytes) -> None:
            self.pdf = pdf
            self.preview.show_pdf(pdf)
            self._enable()

        self._place.ask(lambda: press.press(report_booklet(report, name)).pdf, pressed, key="report_pdf")

    # ------------------------------------------------------------------------------------ looking

    def view(self, key: str) -> None:
        """Show the text, the pages, the numbers or what is to be checked."""
        self.views.choose(key)
        self.stack.setCurrentIndex(_VIEWS.index(key))

    def go_to(self, check: Check) -> None:
        """Mark in the text what is to be checked; a blank number is shown with its definition."""
        if check.remark is None:
            for each in self.numbers.rows_model.rows:
                if check.words.startswith(f"{each.place}（"):
                    self.view("numbers")
                    self.numbers.select(each.place)
                    self._show_lines(each)
            return
        self.view("text")
        block = self.text.document().findBlockByNumber(check.remark.line - 1)
        cursor = QTextCursor(block)
        start = block.position() + max(block.text().find(check.remark.found), 0)
        cursor.setPosition(start)
        cursor.setPosition(start + len(check.remark.found), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def _show_lines(self, number: ReportNumber) -> None:
        period, measure = number.period, number.figure.measure
        reason = number.figure.blank_reason and self.tr("空白：{why}").format(why=number.figure.blank_reason)
        parts = (f"{period.start} 至 {period.end}", measure.definition, reason)
        self.definition.setText("。".join(part for part in parts if part))
        book, facts = self._place.context.book, number.figure.facts

        def question() -> tuple[CountedLine, ...]:
            with book.reading() as reading:
                return counted_lines(reading, facts)

        self._place.ask(question, self.lines.set_rows, key="report_lines")

    # ------------------------------------------------------------------------------------ out

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _save_word(self) -> None:
        if self.report is not None:
            self._place.save(self.tr("存为 Word"), WORD, self._name(".docx"), self.report.filled.docx)

    def _save_pdf(self) -> None:
        if self.pdf:
            self._place.save(self.tr("存为 PDF"), PDF, self._name(".pdf"), self.pdf)

    def _save_numbers(self) -> None:
        report, press, period = self.report, self._place.workshop.press, self._place.period_row.period
        if report is None or period is None:
            return
        book = self._place.context.book
        title = f"{self.template.currentText()}（{period.words}）"

        def question() -> bytes:
            with book.reading() as reading:
                return press.press(numbers_booklet(reading, report, title)).pdf

        name = file_name(self.tr("{title}数字依据表").format(title=title), ".pdf")
        self._place.ask(question, lambda pdf: self._place.save(self.tr("存为 PDF"), PDF, name, pdf))

    def _keep_template(self) -> None:
        """A copy of the template, to be edited in Word or WPS."""
        path: Path = self.template.value()
        name = file_name(self.template.currentText(), ".docx")
        self._place.save(self.tr("另存模板"), WORD, name, path)

    def _name(self, ending: str) -> str:
        return file_name(self.template.currentText(), ending)


def _padded(widget: QWidget, below: int) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(14, 0, 14, below)
    column.addWidget(widget)
    return around


def _column(*widgets: QWidget) -> QWidget:
    """Widgets under one another; tables and previews share the height."""
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, Table | Preview) else 0)
    return around
