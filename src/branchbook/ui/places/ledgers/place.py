"""The Ledgers place: all ledgers at the left, the rows of one in the middle, the row at hand at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.catalogue.papers.ledgers import paper_key
from branchbook.domain.history import Changes
from branchbook.services.dues import DuesView, monthly_dues
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledger_table import export_ledger
from branchbook.services.ledgers import EVER, LedgerSummary, LedgerView, Period, ledger_summaries, ledger_view
from branchbook.ui.place import (
    Destination,
    FileChooser,
    Place,
    PlaceContext,
    ShowLedger,
    ShowLedgerRow,
    ShowPaper,
    Subject,
)
from branchbook.ui.places.ledgers.dues_card import DuesCard
from branchbook.ui.places.ledgers.import_card import LedgerImportCard
from branchbook.ui.places.ledgers.plan_views import FIRST_VIEW, LEDGER_OF_VIEW, ROWS, PlanViews
from branchbook.ui.places.ledgers.row_card import RowCard
from branchbook.ui.places.ledgers.row_view import ledger_of_row
from branchbook.ui.places.ledgers.rows_card import EVER as EVER_SHOWN
from branchbook.ui.places.ledgers.rows_card import RowsCard
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.entry_list import Entry, EntryList

if TYPE_CHECKING:
    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.workshop import Workshop

_TOUCHING = (
    "ledger_row",
    "ledger_definition",
    "attachment",
    "person",
    "person_fact",
    "organisation",
    "record",
    "procedure",
    "setting",
)
LIST_WIDTH = 216
Loaded = tuple[tuple[LedgerSummary, ...], LedgerView | None, DuesView | None]


class Ledgers(Place):
    """``ledger`` is the key of the ledger that is shown."""

    key = "ledgers"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._files = files
        self.ledger = ""
        self._wanted: UUID | None = None
        self._filter = ""
        self._scope_id: UUID | None = None
        # The first row of a ledger that was just turned to is shown by itself.
        self._fresh = True
        self._fill_list()
        self._fill_rows()
        self._fill_pages()
        self._fill_plan()
        self.dues = DuesCard(self, workshop, files)
        self.dues.paper_asked.connect(self.go)
        self.dues.hide()
        self._lay_out()
        add_shortcuts(self, ((self.tr("新增一行"), "Ctrl+N", self.begin),))

    def open(self, context: PlaceContext) -> None:
        """Show the organisation's ledgers; another organisation begins without a row at hand."""
        super().open(context)
        if context.scope.organisation_id != self._scope_id:
            self._scope_id, self._fresh = context.scope.organisation_id, True
            self._show_nothing()
        for fault in shipped_ledgers().faults:
            self.banner.show_problem(fault)
        self._load()

    def leave(self) -> None:
        """Keep what is typed; what cannot be kept stays in its fields."""
        self.row.save(lambda: None)

    def reload(self, changes: Changes) -> None:
        """Rows, and whatever they name or point at, may have changed."""
        if changes.touches(*_TOUCHING):
            self._load()
            self.row.refresh()

    def show_subject(self, subject: Subject) -> None:
        """Show a ledger or a row that another place asked for."""
        if isinstance(subject, ShowLedger):
            self._filter = subject.words
            self.show_ledger(subject.ledger)
            self._load()
        elif isinstance(subject, ShowLedgerRow):
            book, row_id = self.context.book, subject.row_id

            def question() -> str:
                with book.reading() as reading:
                    return ledger_of_row(reading, row_id)

            self.ask(question, lambda key: self._show_wanted(key, row_id), key="ledger of row")

    def focus_first(self) -> None:
        """In the list of ledgers at first, later where the keyboard was last."""
        if self.focusWidget() is None:
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    # ----------------------------------------------------------------------------------- what a hand does

    def show_ledger(self, key: str) -> None:
        """Show another ledger, once what is typed is kept."""
        self.row.save(lambda: self._turn_to(key))
        self.entries.select(self.ledger)

    def show_row(self, row_id: UUID) -> None:
        """Show another row, once what is typed is kept."""
        if self.row.view is not None and self.row.view.row.id == row_id and not self.row.view.is_new:
            self.pages.setCurrentWidget(self.row)
            return
        self.row.save(lambda: self._open_row(row_id))
        shown = self.row.view
        if shown is not None and shown.row.id != row_id and self.row.is_changed:
            self.rows.select(shown.row.id)

    def begin(self) -> None:
        """Begin a new row; of a plan, in the list of what its view shows."""
        if self.plan.view != ROWS:
            self.plan.add()
        elif self.ledger:
            self.row.save(self._begin)

    def show_view(self, view: str) -> None:
        """Show a plan as a list, board, time line or week, once what is typed is kept."""
        self.row.save(lambda: self._turn_view(view))
        self.plan.choose(self._view)

    def choose_import(self) -> None:
        """Ask for a file and show what it would do."""
        path = self._files.open_file(self.tr("选择台账"), self.tr("Excel 表格 (*.xlsx);;所有文件 (*)"))
        if path is not None:
            self.row.save(lambda: self.importing.read(path, self.ledger))

    def export(self) -> None:
        """Write the rows of the period as xlsx; without rows it is a form to fill in."""
        assert self.rows.view is not None
        name = self.tr("{ledger} {day}.xlsx").format(
            ledger=self.rows.view.ledger.name, day=self.context.today
        )
        path = self._files.save_file(self.tr("导出台账"), self.tr("Excel 表格 (*.xlsx)"), name)
        if path is not None:
            self._write(path)

    def print_ledger(self) -> None:
        """Preview the ledger's paper."""
        self.go.emit(Destination("print", ShowPaper(paper_key(self.ledger))))

    def _write(self, path: Path) -> None:
        context, tables, key, period = self.context, self._workshop.tables, self.ledger, self._period()

        def job(_: object) -> int:
            with context.book.reading() as reading:
                ledger, place = ledger_of(reading, key), context.scope.organisation_id
                return export_ledger(tables, path, reading, ledger, place, context.today, period)

        self.work(self.tr("导出台账"), job, lambda count: self._exported(path, count))

    def _exported(self, path: Path, count: int) -> None:
        text = self.tr("已导出 {n} 行：{name}").format(n=count, name=path.name)
        self.banner.say(Tone.OK, text, more=str(path.parent))

    # ------------------------------------------------------------------------------------ loading

    def _period(self) -> Period:
        return Period.of_year(self.context.scope.year) if self.rows.in_year else EVER

    def _load(self) -> None:
        book, scope, today, key = self.context.book, self.context.scope, self.context.today, self.ledger
        year, period = Period.of_year(scope.year), self._period()

        def question() -> Loaded:
            with book.reading() as reading:
                summaries = ledger_summaries(reading, scope.organisation_id, today, year)
                keys = [each.ledger.key for each in summaries]
                shown = key if key in keys else next(iter(keys), "")
                if not shown:
                    return summaries, None, None
                view = ledger_view(reading, shown, scope.organisation_id, today, period=period)
                return summaries, view, monthly_dues(reading, shown, scope.organisation_id, scope.year, today)

        self.ask(question, self._show_loaded, key="ledgers")
        self.plan.load()

    def _show_loaded(self, loaded: Loaded) -> None:
        summaries, view, dues = loaded
        self.list_card.set_title(self.tr("台账"), self.tr("{n} 本").format(n=len(summaries)))
        self.entries.set_entries([self._entry(each) for each in summaries])
        self.badge_changed.emit(sum(each.overdue for each in summaries))
        if view is None:
            return
        self.ledger = view.ledger.key
        self.entries.select(self.ledger)
        self._arrange(dues)
        self.rows.show_view(view, self.context.scope.year)
        self._apply_filter()
        wanted = self._wanted or (self.row.view.row.id if self.row.view else None)
        self._wanted = None
        if wanted is not None:
            self.rows.select(wanted)
        elif self._fresh and view.lines and self._view == ROWS:
            self.rows.select(view.lines[0].row.id)
            self._open_row(view.lines[0].row.id)
        self._fresh = self._fresh and self._view != ROWS

    def _apply_filter(self) -> None:
        """The words that another place asked for, once the rows of all years are there."""
        if not self._filter:
            return
        if self.rows.in_year:
            self.rows.period.set_value(EVER_SHOWN)
            self._load()
            return
        words, self._filter = self._filter, ""
        self._show_nothing()
        self.rows.filter_by(words)
        if lines := self.rows.table.rows_model.rows:
            self._wanted = lines[0].row.id
            self._open_row(lines[0].row.id)

    def _arrange(self, dues: DuesView | None) -> None:
        """The dues of a branch are a table of months; of a general branch they are rows like those of any ledger."""
        self.beside.setVisible(dues is None and self._view == ROWS)
        self.dues.setVisible(dues is not None)
        if dues is not None:
            self.dues.show_view(dues)

    def _entry(self, summary: LedgerSummary) -> Entry:
        late = self.tr("逾期 {n}").format(n=summary.overdue) if summary.overdue else ""
        own = self.tr("自建 · ") if summary.ledger.own else ""
        rows = self.tr("{n} 行").format(n=summary.rows) if summary.rows else self.tr("本年没有登记")
        return Entry(summary.ledger.key, summary.ledger.name, f"{own}{rows}", "", late, Tone.BAD)

    def _turn_to(self, key: str) -> None:
        if key != self.ledger:
            self.ledger, self._fresh = key, True
            self._show_nothing()
            self._put_view(FIRST_VIEW.get(key, ROWS))
            self._load()

    def _turn_view(self, view: str) -> None:
        key = LEDGER_OF_VIEW.get(view, self.ledger)
        if key != self.ledger:
            self.ledger, self._fresh = key, True
            self._show_nothing()
            self.entries.select(key)
        self._put_view(view)
        self._load()

    def _put_view(self, view: str) -> None:
        """The views of plans take the room of rows and row together."""
        self._view = view
        self.plan.choose(view)
        self.plan.bar.setVisible(self.ledger in FIRST_VIEW)
        self.plan.setVisible(view != ROWS)
        self.beside.setVisible(view == ROWS)

    def _add_to(self, key: str) -> None:
        """Begin a row in the list of a plan's ledger."""
        self.row.save(lambda: self._begin_in(key))

    def _begin_in(self, key: str) -> None:
        self._turn_to(key)
        self._turn_view(ROWS)
        self._begin()

    def _show_wanted(self, key: str, row_id: UUID) -> None:
        self._wanted = row_id
        self.ledger = key
        self._put_view(ROWS)
        self.rows.period.set_value(EVER_SHOWN)
        self._load()
        self._open_row(row_id)

    def _open_row(self, row_id: UUID) -> None:
        self.banner.clear()
        self.row.show_row(self.ledger, row_id, lambda _: self.pages.setCurrentWidget(self.row))

    def _begin(self) -> None:
        self.banner.clear()
        self.rows.unselect()

        def begun(_: object) -> None:
            self.pages.setCurrentWidget(self.row)
            self.row.focus_first()

        self.row.show_row(self.ledger, None, begun)

    def _kept(self, row_id: UUID) -> None:
        self._wanted = row_id
        self._load()
        self.row.show_row(self.ledger, row_id)

    def _show_nothing(self) -> None:
        self.row.forget()
        self.pages.setCurrentWidget(self.nothing)

    def _back_to_row(self) -> None:
        self.pages.setCurrentWidget(self.row if self.row.view is not None else self.nothing)

    # ------------------------------------------------------------------------------------- layout

    def _fill_list(self) -> None:
        self.list_card = Card("", "", padding=0)
        self.list_card.setFixedWidth(min(Look.current().px(LIST_WIDTH), LIST_WIDTH * 5 // 4))
        self.entries = EntryList()
        self.entries.setAccessibleName(self.tr("全部台账"))
        self.entries.chosen.connect(self.show_ledger)
        self.entries.activated_key.connect(lambda _: self._enter())
        self.list_card.add(self.entries, 1)

    def _enter(self) -> None:
        """The keyboard from the list of ledgers into what is shown of one."""
        if self._view == ROWS:
            self.rows.focus_rows()
        else:
            self.plan.focus_first()

    def _fill_plan(self) -> None:
        self._view = ROWS
        self.plan = PlanViews(self)
        self.plan.view_asked.connect(self.show_view)
        self.plan.row_opened.connect(lambda row_id: self.show_subject(ShowLedgerRow(row_id)))
        self.plan.add_asked.connect(self._add_to)

    def _lay_out(self) -> None:
        self.beside = QWidget()
        beside = QHBoxLayout(self.beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        for widget, share in ((self.rows, 56), (self.pages, 44)):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            beside.addWidget(widget, share)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.plan.bar)
        column.addWidget(self.beside, 1)
        column.addWidget(self.plan, 1)
        column.addWidget(self.dues, 1)
        self.content.addWidget(self.list_card)
        self.content.addLayout(column, 1)
        self._put_view(ROWS)

    def _fill_rows(self) -> None:
        self.rows = RowsCard()
        self.rows.chosen.connect(self.show_row)
        self.rows.table.opened.connect(lambda _: self.row.focus_first())
        self.rows.add_asked.connect(self.begin)
        self.rows.import_asked.connect(self.choose_import)
        self.rows.export_asked.connect(self.export)
        self.rows.print_asked.connect(self.print_ledger)
        self.rows.period_changed.connect(self._load)

    def _fill_pages(self) -> None:
        self.pages = QStackedWidget()
        self.nothing = Card(padding=0)
        text = self.tr("在左边选一行查看和更正，或者按“新增”登记一条。")
        self.nothing.add(EmptyState("archive", self.tr("没有选中的行"), text), 1)
        self.row = RowCard(self, self._files, lambda: self._workshop.photos)
        self.row.kept.connect(self._kept)
        self.row.removed.connect(self._show_nothing)
        self.importing = LedgerImportCard(self, self._workshop)
        self.importing.opened.connect(lambda: self.pages.setCurrentWidget(self.importing))
        self.importing.ended.connect(self._back_to_row)
        for page in (self.nothing, self.row, self.importing):
            self.pages.addWidget(page)
