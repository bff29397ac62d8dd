"""The rows of a ledger: a table with an instant filter, the totals under it, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger
from branchbook.services.ledgers import LedgerLine, LedgerView, total_words
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

YEAR, EVER = "year", "ever"
MOST_FILTERS = 2
_PIXELS_PER_MM, _LEAST, _MOST = 3.1, 62, 240
_LEAST_OF = {FieldType.DATE: 92, FieldType.CHOICE: 88}
_RIGHT = frozenset({FieldType.MONEY, FieldType.NUMBER})


class RowsCard(Card):
    """``chosen`` gives a row's id; the other signals are the buttons. ``period_changed`` when a chip is pressed."""

    chosen = Signal(object)
    add_asked = Signal()
    import_asked = Signal()
    export_asked = Signal()
    print_asked = Signal()
    period_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.view: LedgerView | None = None
        self.add_button = Button(self.tr("新增"), "plus", primary=True)
        self.add_button.setToolTip(self.tr("Ctrl+N"))
        self.add_button.clicked.connect(self.add_asked)
        self.import_button = IconButton("upload", self.tr("从 Excel 导入"))
        self.export_button = IconButton("file-spreadsheet", self.tr("导出为 Excel"))
        self.print_button = IconButton("printer", self.tr("打印这本台账"))
        for button, signal in (
            (self.import_button, self.import_asked),
            (self.export_button, self.export_asked),
            (self.print_button, self.print_asked),
        ):
            button.clicked.connect(signal)
            self.add_action(button)
        self.add_action(self.add_button)
        self.filter = LineField("", self.tr("筛选：输入任意文字"))
        self.filter.setAccessibleName(self.tr("筛选"))
        self.filter.edited.connect(lambda _: self._narrow())
        self.period = ChoiceField()
        self.period.setAccessibleName(self.tr("时间范围"))
        self.period.value_changed.connect(lambda _: self.period_changed.emit())
        self.choices = [ChoiceField() for _ in range(MOST_FILTERS)]
        for field in self.choices:
            field.value_changed.connect(lambda _: self._narrow())
        self.table: Table[LedgerLine] = Table((), self, key=lambda line: line.row.id)
        self.table.setAccessibleName(self.tr("台账各行"))
        self.table.chosen.connect(lambda line: self.chosen.emit(line.row.id))
        self.table.opened.connect(lambda line: self.chosen.emit(line.row.id))
        self.empty = EmptyState("archive", self.tr("还没有登记"), "", self.tr("登记第一条"))
        self.empty.acted.connect(self.add_asked)
        self.totals = Text("", "dim")
        self._columns_of: tuple[Ledger, bool] | None = None
        self._lay_out()

    @property
    def in_year(self) -> bool:
        """Whether only the window's year is shown."""
        return bool(self.period.value() != EVER)

    def show_view(self, view: LedgerView, year: int) -> None:
        """Show a ledger's rows; the filter stays while the ledger does."""
        other = self.view is None or self.view.ledger.key != view.ledger.key
        self.view = view
        if other:
            self.filter.set_value("")
        self.set_title(view.ledger.name, view.ledger.note)
        words = self.tr("{year} 年").format(year=year)
        self.period.set_choices([(YEAR, words), (EVER, self.tr("所有年份"))])
        self.period.setVisible(bool(view.ledger.date_field))
        self._offer_filters(view, afresh=other)
        places = any(line.place for line in view.lines)
        if self._columns_of != (view.ledger, places):
            self._columns_of = (view.ledger, places)
            self.table.set_columns(tuple(self._columns(view.ledger, places)))
        self.empty.say(view.ledger.note)
        self._narrow()

    def filter_by(self, words: str) -> None:
        """Show only the rows that contain the words, as if they had been typed."""
        self.filter.set_value(words)
        self._narrow()

    def select(self, row_id: UUID) -> bool:
        """Make a row current without telling; where the filter hides it, the filter goes."""
        if self.table.select(row_id):
            return True
        self.filter.set_value("")
        for field in self.choices:
            field.set_value("")
        self._narrow()
        return self.table.select(row_id)

    def unselect(self) -> None:
        """No row is current: a new one is being entered."""
        self.table.selectionModel().clear()

    def focus_rows(self) -> None:
        """The keyboard into the filter, or onto the first step where there is no row."""
        (self.filter if self.view is not None and self.view.lines else self.add_button).setFocus()

    # ------------------------------------------------------------------------------------- inside

    def _narrow(self) -> None:
        if self.view is None:
            return
        chosen = {
            spec.key: field.value()
            for spec, field in zip(self._filters(self.view.ledger), self.choices, strict=False)
            if field.value()
        }
        lines = [
            line
            for line in self.view.lines
            if line.contains(self.filter.text())
            and all(line.cells.get(key) == word for key, word in chosen.items())
        ]
        self.table.set_rows(lines)
        self.pages.setCurrentWidget(self.table if self.view.lines else self.empty)
        self.above.setVisible(bool(self.view.lines) or not self.in_year or bool(self.view.ledger.date_field))
        self.totals.setText(self._counted(lines))

    def _counted(self, lines: Sequence[LedgerLine]) -> str:
        """共 3 行 · 逾期 1 行 · 金额合计 601.50: of the rows that are shown."""
        assert self.view is not None
        parts = [self.tr("共 {n} 行").format(n=len(lines))]
        if late := sum(line.overdue for line in lines):
            parts.append(self.tr("逾期 {n} 行").format(n=late))
        if lacking := sum(bool(line.missing) for line in lines):
            parts.append(self.tr("缺佐证 {n} 行").format(n=lacking))
        totals = total_words(self.view.ledger, (line.row for line in lines))
        for spec in self.view.ledger.summed:
            if spec.key in totals:
                parts.append(self.tr("{label}合计 {sum}").format(label=spec.label, sum=totals[spec.key]))
        return " · ".join(parts)

    def _filters(self, ledger: Ledger) -> tuple[FieldSpec, ...]:
        return tuple(spec for spec in ledger.shown if spec.key in ledger.filters)[:MOST_FILTERS]

    def _offer_filters(self, view: LedgerView, *, afresh: bool) -> None:
        """What stands in the rows can be chosen; a filter with fewer than two choices is not shown."""
        specs = self._filters(view.ledger)
        for number, field in enumerate(self.choices):
            spec = specs[number] if number < len(specs) else None
            words = sorted({line.cells[spec.key] for line in view.lines} - {""}) if spec else []
            before = "" if afresh else field.value()
            label = spec.label if spec else ""
            field.set_choices([("", label), *((word, word) for word in words)])
            field.set_value(before if before in words else "")
            field.setAccessibleName(label)
            field.setVisible(len(words) > 1)

    def _columns(self, ledger: Ledger, places: bool) -> Iterable[Column[LedgerLine]]:
        if ledger.due_field or ledger.evidence:
            yield Column(self.tr("状态"), self._state, 64, tone=_tone)
        if places:
            yield Column(self.tr("党组织"), lambda line: line.place, 96)
        for spec, width in ledger.shown_columns:
            yield Column(spec.label, _cell(spec), _pixels(spec, width), right=spec.type in _RIGHT)

    def _state(self, line: LedgerLine) -> str:
        if line.overdue:
            return self.tr("逾期")
        return self.tr("缺佐证") if line.missing else ""

    def _lay_out(self) -> None:
        self.above = QWidget(self)
        row = QHBoxLayout(self.above)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.filter, 1)
        for field in (self.period, *self.choices):
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(5)
            row.addWidget(field)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self.body.setSpacing(0)
        self.add(self.above)
        self.add(self.pages, 1)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.add_foot(self.totals, QWidget(self))


def _pixels(spec: FieldSpec, width_mm: float) -> int:
    """As wide as on paper, but never narrower than the label and what the field usually holds."""
    least = max(_LEAST_OF.get(spec.type, _LEAST), 14 * len(spec.label) + 20)
    return round(min(max(width_mm * _PIXELS_PER_MM, least), _MOST))


def _cell(spec: FieldSpec) -> Callable[[LedgerLine], str]:
    return lambda line: " ".join(line.cells[spec.key].split())


def _tone(line: LedgerLine) -> Tone:
    return Tone.BAD if line.overdue else Tone.WARN
