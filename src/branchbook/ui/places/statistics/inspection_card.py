"""迎检清单: everything owed, missing or inconsistent in the period; each line opens what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.services.inspection import (
    NOTHING,
    RULES,
    InspectionLine,
    InspectionView,
    inspection,
    inspection_booklet,
    summary_words,
)
from branchbook.ui.book_search import destination_for
from branchbook.ui.due_ways import way_of, way_of_finding
from branchbook.ui.models.rows import Column
from branchbook.ui.paper_output import file_name
from branchbook.ui.place import Destination, ShowRules
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.statistics.place import Statistics


class InspectionCard(Card):
    """``place`` gives period and book, goes where a line leads, and saves the paper."""

    def __init__(self, place: Statistics) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self.view: InspectionView | None = None
        self.set_title(self.tr("迎检清单"))
        self.save_button = Button(self.tr("存为 PDF"), "file-down", primary=True)
        self.save_button.clicked.connect(self._save)
        self.add_action(self.save_button)
        self.table: Table[InspectionLine] = Table(
            (), self, key=lambda each: (each.group, each.place, each.what, each.on, each.id)
        )
        self.table.setAccessibleName(self.tr("迎检清单"))
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(self._open)
        self.words = Text("", "dim", wrap=True)
        self.summary = Text("", "dim", wrap=True)
        for text in (self.words, self.summary):
            text.setContentsMargins(14, 8, 14, 8)
        self.add(self.summary)
        self.add(self.table, 1)
        self.add(self.words)

    def refresh(self) -> None:
        """Look anew at the period."""
        context, period = self._place.context, self._place.period_row.period
        if period is None:
            return
        organisation, today = context.scope.organisation_id, context.today

        def question() -> InspectionView:
            with context.book.reading() as reading:
                return inspection(reading, organisation, period, today)

        self._place.ask(question, self.show_view, key="inspection")

    def show_view(self, view: InspectionView) -> None:
        """The lines; the branch stands in a column where there are several."""
        self.view = view
        self.table.set_columns(self._columns(named=any(each.place for each in view.lines)))
        self.table.set_rows(view.lines)
        self.summary.setText(summary_words(view))
        self.words.setText("" if view.lines else self.tr(NOTHING))
        self.save_button.setEnabled(True)

    def _columns(self, *, named: bool) -> tuple[Column[InspectionLine], ...]:
        place = (Column[InspectionLine](self.tr("支部"), lambda each: each.place, 92),) if named else ()
        return (
            Column(self.tr("类别"), lambda each: each.group.value, 116, tone=lambda _: Tone.WARN),
            *place,
            Column(self.tr("事项"), lambda each: each.what),
            Column(self.tr("日期或期限"), lambda each: each.on.isoformat() if each.on else "", 92),
            Column(self.tr("情况"), lambda each: each.detail, 116),
        )

    def _tell(self, line: InspectionLine) -> None:
        parts = (line.what, line.detail, line.article)
        self.words.setText("　".join(part for part in parts if part))

    def _open(self, line: InspectionLine) -> None:
        self._place.go.emit(destination_of(line))

    def _save(self) -> None:
        view, press, context = self.view, self._place.workshop.press, self._place.context
        if view is None:
            return

        def question() -> bytes:
            with context.book.reading() as reading:
                own = reading.roster().organisation_by_id[context.scope.organisation_id]
            return press.press(inspection_booklet(view, own.name_on(view.period.end))).pdf

        name = file_name(self.tr("迎检清单"), ".pdf")
        self._place.ask(question, lambda pdf: self._place.save(self.tr("存为 PDF"), "PDF (*.pdf)", name, pdf))


def destination_of(line: InspectionLine) -> Destination:
    """Where a line leads; a balance that does not come out to the members."""
    if line.due is not None:
        return way_of(line.due) or way_of_finding(line.due)
    if line.id is not None:
        return destination_for(line.entity, line.id, line.family)
    return Destination("settings", ShowRules()) if line.entity == RULES else Destination("members")
