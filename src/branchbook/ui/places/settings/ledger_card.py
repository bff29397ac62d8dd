"""One ledger in the settings: its name and fields, a field to add, and of one's own what the fields are for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from branchbook.catalogue.papers.ledgers import ledger_paper
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerLayout
from branchbook.domain.papers import Sheet, single
from branchbook.services.ledger_definitions import (
    add_field,
    hide_field,
    put_back,
    remove_ledger,
    rename_field,
    rename_ledger,
    set_roles,
)
from branchbook.services.operations import Outcome
from branchbook.services.paper_words import filled_title
from branchbook.services.words import word_of
from branchbook.ui.places.settings.ledger_field_row import LedgerFieldRow
from branchbook.ui.theme import Look
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.places.settings.ledgers_page import LedgersPage

PREVIEW_WIDTH, _FINER = 520, 2
OFFERED = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.DATE,
    FieldType.NUMBER,
    FieldType.MONEY,
    FieldType.CHOICE,
    FieldType.YES_NO,
    FieldType.PERSON,
    FieldType.PERSONS,
    FieldType.ORGANISATION,
    FieldType.LINK,
    FieldType.ATTACHMENT,
)
"""Types of fields that a user can add."""

_PARTED = re.compile(r"[、，,;；\n]+")


class LedgerCard(Card):
    """Every change is kept at once as one operation; what is refused is said in the card's own banner."""

    def __init__(self, page: LedgersPage) -> None:
        super().__init__("", "", page)
        self._page = page
        self.ledger: Ledger | None = None
        self.rows: list[LedgerFieldRow] = []
        self.back_button = Button(self.tr("恢复原样"), "rotate-ccw")
        self.back_button.clicked.connect(self._put_back)
        self.remove_button = Button(self.tr("删除这本台账"), "trash-2")
        self.remove_button.clicked.connect(self._remove)
        self.add_action(self.back_button)
        self.add_action(self.remove_button)
        self.banner = Banner(self)
        self.add(self.banner)
        self.grid = FieldGrid(2, label_width=64)
        self.name = LineField()
        self.name.left.connect(self._rename)
        self.grid.add(self.tr("名称"), self.name, wide=True)
        self._add_roles()
        self.add(self.grid)
        self.add(Text(self.tr("栏目"), "label"))
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)
        self._add_new_field()
        self.add(Text(self.tr("打印样子"), "label"))
        self.preview = QLabel()
        self.preview.setAccessibleName(self.tr("空白表的样子"))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.add(self.preview)

    def _add_roles(self) -> None:
        self.roles = {key: ChoiceField() for key in ("date", "due", "done")}
        labels = {"date": self.tr("时间"), "due": self.tr("时限"), "done": self.tr("完成日期")}
        for key, field in self.roles.items():
            field.value_changed.connect(lambda _: self._set_roles())
            self.grid.add(labels[key], field)
        self.layout_field = ChoiceField([(each, word_of(each)) for each in LedgerLayout])
        self.layout_field.value_changed.connect(lambda _: self._set_roles())
        self.grid.add(self.tr("打印成"), self.layout_field)

    def _add_new_field(self) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        self.new_label = LineField("", self.tr("新栏目的名称"))
        self.new_label.setAccessibleName(self.tr("新栏目的名称"))
        self.new_label.setFixedWidth(Look.current().px(190))
        self.new_type = ChoiceField([(each, word_of(each)) for each in OFFERED])
        self.new_type.setAccessibleName(self.tr("新栏目的类型"))
        self.new_type.value_changed.connect(self._show_choices)
        self.new_choices = LineField("", self.tr("可选的内容，用顿号隔开"))
        self.new_choices.setAccessibleName(self.tr("可选的内容"))
        self.new_choices.hide()
        self.new_required = QCheckBox(self.tr("必填"))
        self.add_button = Button(self.tr("加一个栏目"), "plus")
        self.add_button.clicked.connect(self._add_field)
        for widget in (self.new_label, self.new_type, self.new_choices, self.new_required, self.add_button):
            row.addWidget(widget, 1 if widget is self.new_choices else 0)
        row.addStretch(1)
        self.add(holder)

    # ------------------------------------------------------------------------------------ showing

    def show_ledger(self, ledger: Ledger, *, changed: bool) -> None:
        """Show a ledger as the book has it; of another one the banner goes."""
        if self.ledger is None or self.ledger.key != ledger.key:
            self.banner.clear()
        self.ledger = ledger
        self.set_title(ledger.name, self.tr("自建") if ledger.own else self.tr("随程序附带"))
        if not self.name.being_typed:
            self.name.set_value(ledger.name)
        self.back_button.setVisible(changed and not ledger.own)
        self.remove_button.setVisible(ledger.own)
        self._show_roles(ledger)
        self._show_fields(ledger)
        self.new_required.setVisible(ledger.own)
        self._draw(ledger)

    def _show_roles(self, ledger: Ledger) -> None:
        days = [(spec.key, spec.label) for spec in ledger.fields if spec.type is FieldType.DATE]
        chosen = {"date": ledger.date_field, "due": ledger.due_field, "done": ledger.done_field}
        for key, field in self.roles.items():
            field.set_choices([("", self.tr("没有")), *days])
            field.set_value(chosen[key])
            self.grid.set_shown(field, ledger.own)
        self.layout_field.set_value(ledger.paper.layout)
        self.grid.set_shown(self.layout_field, ledger.own)

    def _show_fields(self, ledger: Ledger) -> None:
        wanted = [(spec.key, spec.type, spec.choices) for spec in ledger.fields]
        if [(row.spec.key, row.spec.type, row.spec.choices) for row in self.rows] != wanted:
            for row in self.rows:
                row.hide()
                row.deleteLater()
            self.rows = [self._make(spec) for spec in ledger.fields]
        for row, spec in zip(self.rows, ledger.fields, strict=True):
            row.show_field(
                spec,
                hidden=spec.key in ledger.hidden,
                summed=spec.key in ledger.totals,
                own=ledger.own,
                names_rows=spec.key == ledger.title_field,
            )

    def _make(self, spec: FieldSpec) -> LedgerFieldRow:
        row = LedgerFieldRow(spec, self)
        key = spec.key
        row.renamed.connect(lambda label: self._change(rename_field, key, label))
        row.shown_changed.connect(lambda shown: self._hide(key, not shown))
        row.summed_changed.connect(lambda _: self._set_roles())
        self._column.addWidget(row)
        return row

    def _show_choices(self, field_type: FieldType) -> None:
        self.new_choices.setVisible(field_type is FieldType.CHOICE)

    def _draw(self, ledger: Ledger) -> None:
        """Press the blank paper off the window's thread, as the gallery does."""
        place, press = self._page.place, self._page.place.workshop.press
        paper = ledger_paper(ledger)
        sheet = Sheet(paper, filled_title(paper.title, organisation="××支部", year="　　　　"))

        def show(pdf: bytes) -> None:
            from branchbook.ui.preview import thumbnail

            ratio = self.devicePixelRatioF()
            width = Look.current().px(PREVIEW_WIDTH)
            fine = thumbnail(pdf, width, ratio * _FINER)
            image = fine.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
            self.preview.setPixmap(QPixmap.fromImage(image))

        place.ask(lambda: press.press(single(sheet)).pdf, show, key="ledger preview")

    # ------------------------------------------------------------------------------------ changing

    def keep(self) -> None:
        """The place is left: keep what is still in a field."""
        self._rename()

    def _rename(self) -> None:
        if self.ledger is not None and self.name.value().strip() != self.ledger.name:
            self._change(rename_ledger, self.name.value())

    def _hide(self, field: str, hidden: bool) -> None:
        if self.ledger is None:
            return
        key, (book, actor) = self.ledger.key, self._page.hands()
        self._page.keep_change(lambda: hide_field(book, key, field, actor, hidden=hidden), self.banner)

    def _change(self, use: Callable[..., Outcome[Any]], *words: str) -> None:
        if self.ledger is None:
            return
        key, (book, actor) = self.ledger.key, self._page.hands()
        self._page.keep_change(lambda: use(book, key, *words, actor), self.banner)

    def _add_field(self) -> None:
        if self.ledger is None:
            return
        key, (book, actor) = self.ledger.key, self._page.hands()
        label, kind = self.new_label.value(), self.new_type.value()
        choices = tuple(_PARTED.split(self.new_choices.value()))
        required = self.new_required.isChecked()
        self._page.keep_change(
            lambda: add_field(book, key, label, kind, actor, choices=choices, required=required),
            self.banner,
            self._added,
        )

    def _added(self) -> None:
        self.new_label.set_value("")
        self.new_choices.set_value("")
        self.new_required.setChecked(False)
        self.new_label.setFocus()

    def _set_roles(self) -> None:
        if self.ledger is None:
            return
        key, (book, actor) = self.ledger.key, self._page.hands()
        days = {role: field.value() or "" for role, field in self.roles.items()}
        totals = tuple(row.spec.key for row in self.rows if row.summed.isChecked())
        layout = self.layout_field.value()
        self._page.keep_change(
            lambda: set_roles(
                book,
                key,
                actor,
                date_field=days["date"],
                due_field=days["due"],
                done_field=days["done"],
                totals=totals,
                layout=layout,
            ),
            self.banner,
        )

    def _put_back(self) -> None:
        self._change(put_back)

    def _remove(self) -> None:
        self._change(remove_ledger)
