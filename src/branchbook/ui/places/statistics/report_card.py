"""The report: a template of the user's filled for the period; what stayed blank and what looks left over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from branchbook.services.report_templates import texts_of
from branchbook.services.reports import Report
from branchbook.services.statistics import shown
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.labels import Text


class ReportCard(Card):
    """``template_asked`` wants a template chosen, ``save_asked`` the filled report saved."""

    template_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.report: Report | None = None
        self.choose_button = Button(self.tr("选择模板"), "file-text", primary=True)
        self.choose_button.clicked.connect(self.template_asked)
        self.save_button = Button(self.tr("存为 Word"), "file-down")
        self.save_button.clicked.connect(self.save_asked)
        self.copy_button = Button(self.tr("复制文字"), "copy")
        self.copy_button.clicked.connect(self._copy)
        for button in (self.copy_button, self.save_button, self.choose_button):
            self.add_action(button)
        body = ScrolledBody(self)
        self.notes = Text("", "", wrap=True)
        self.text = Text("", "", wrap=True)
        for each in (self.notes, self.text):
            each.setContentsMargins(14, 10, 14, 10)
            body.column.addWidget(each)
        body.column.addStretch(1)
        self.add(body, 1)
        self.clear()

    def clear(self) -> None:
        """No report yet: say how one is made."""
        self.report = None
        self.set_title(self.tr("汇报材料"))
        self.notes.setText(
            self.tr(
                "选择一份用 Word 或 WPS 写的模板，数字、名单和名称从记录里填。写法：{{ 数.党课 }} 填本期的数，"
                "{{ 上期.党课 }} 填上期的数，{{ 名.单位 }}、{{ 名.统计期 }} 填名称。"
                "没有记录的地方留空白，并在这里列出。"
            )
        )
        self.text.setText("")
        self.save_button.setEnabled(False)
        self.copy_button.setEnabled(False)

    def show_report(self, report: Report, template: Path) -> None:
        """What was filled, then the text."""
        self.report = report
        self.set_title(self.tr("汇报材料"), template.name)
        lines = [self.tr("空白：{what}").format(what=each) for each in report.unfilled]
        lines += [self.tr("请核对：{what}").format(what=each) for each in report.remarks]
        if report.filled.not_carried:
            what = "、".join(report.filled.not_carried)
            lines.append(self.tr("只保留在 Word 文件里：{what}").format(what=what))
        lines.append(
            self.tr("用到 {n} 个数字：").format(n=len(report.numbers))
            + "、".join(f"{each.place} {shown(each.figure.value) or '—'}" for each in report.numbers)
        )
        self.notes.setText("\n".join(lines))
        self.text.setText(texts_of(report.filled.blocks))
        self.save_button.setEnabled(True)
        self.copy_button.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
