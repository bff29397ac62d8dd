"""工作手册: its parts with their pages, how it is made, what has changed since it was printed or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from branchbook.catalogue.handbook import BINDING_MM, HandbookPart
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import PrintOptions
from branchbook.services.handbook import handbook_parts
from branchbook.services.handbook_closing import KeptHandbook, close_handbook, kept_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.operations import Outcome
from branchbook.services.paper_gallery import StaleLine, stale_lines
from branchbook.services.workshop import StepProgress, Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import Place
from branchbook.ui.places.printing.handbook_parts import PartsGrid, PartsScroll
from branchbook.ui.places.printing.products import HandbookProduct, press_handbook
from branchbook.ui.places.printing.snug_chips import SnugChips
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button, LinkButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

BY_KIND, BY_QUARTER = "kind", "quarter"
BOTH_SIDES, ONE_SIDE = "both", "one"


@dataclass(frozen=True, slots=True)
class HandbookState:
    """What the card shows of a year: its possible parts, the kept handbook, records printed and changed since."""

    organisation_name: str
    parts: tuple[HandbookPart, ...]
    kept: KeptHandbook | None
    stale: tuple[StaleLine, ...]


class HandbookCard(Card):
    """``made`` gives a ``HandbookProduct``; ``comparing`` and ``stale_asked`` ask for the lists of changes."""

    made = Signal(object)
    comparing = Signal()
    kept_asked = Signal()
    stale_asked = Signal()

    def __init__(self, workshop: Workshop, place: Place) -> None:
        super().__init__("", "", place)
        self._workshop = workshop
        self._place = place
        self.state: HandbookState | None = None
        self._product: HandbookProduct | None = None
        self.set_title(self.tr("工作手册"))
        self.close_button = Button(self.tr("结册"), "archive", self)
        self.close_button.setToolTip(self.tr("把这一年的手册连同校验值存进簿里，以后可以比较改动"))
        self.close_button.clicked.connect(self.close_year)
        self.make_button = Button(self.tr("生成手册"), "printer", self, primary=True)
        self.make_button.clicked.connect(self.make)
        self.add_action(self.close_button)
        self.add_action(self.make_button)
        self._add_parts()
        self._add_options()
        self._add_kept()

    def _add_parts(self) -> None:
        self.parts = PartsGrid(self)
        self.parts.changed.connect(self._outdate)
        self.add(PartsScroll(self.parts, self))

    def _add_options(self) -> None:
        orders = [(BY_KIND, self.tr("按类别")), (BY_QUARTER, self.tr("按季度"))]
        sides = [(BOTH_SIDES, self.tr("双面装订")), (ONE_SIDE, self.tr("单面"))]
        self.order = SnugChips(orders, self.tr("记录的次序"), self)
        self.sides = SnugChips(sides, self.tr("单面或双面"), self)
        self.drafts = QCheckBox(self.tr("含草稿"), self)
        self.blank = QCheckBox(self.tr("空白"), self)
        self.blank.setAccessibleName(self.tr("空白手册"))
        self.order.chosen.connect(self._outdate)
        self.sides.chosen.connect(self._outdate)
        self.drafts.toggled.connect(self._outdate)
        self.blank.toggled.connect(self._outdate)
        self.add_foot(self.order, self.sides, self.drafts, self.blank, QWidget(self))

    def _add_kept(self) -> None:
        self.kept_words = Text("", "dim", self)
        self.show_kept = LinkButton(self.tr("看结册件"), self)
        self.show_kept.clicked.connect(self.kept_asked)
        self.compare = LinkButton(self.tr("与结册时比较"), self)
        self.compare.clicked.connect(self.comparing)
        self.stale = LinkButton("", self)
        self.stale.clicked.connect(self.stale_asked)
        self.kept_line: QFrame = self.add_foot(self.kept_words, self.show_kept, self.compare, self.stale)
        self.kept_line.hide()

    # ------------------------------------------------------------------------------------- loading

    def begin(self) -> None:
        """Another organisation or year: what was counted and made is not of it."""
        self.state = None
        self._outdate()

    def reload(self) -> None:
        """Ask anew what is kept and what has changed since it was printed."""
        context = self._place.context
        book, scope, request = context.book, context.scope, self._whole()

        def question() -> HandbookState:
            with book.reading() as reading:
                name = reading.roster().organisation_by_id[scope.organisation_id].name
                return HandbookState(
                    name,
                    handbook_parts(reading, scope.organisation_id),
                    kept_handbook(reading, scope.organisation_id, scope.year),
                    stale_lines(reading, request),
                )

        self._place.ask(question, self._show, key="handbook")

    def _show(self, state: HandbookState) -> None:
        self.state = state
        self.parts.set_parts(state.parts)
        self._show_title()
        count = len(state.stale)
        self.stale.setText(self.tr("{n} 份记录已改未重印").format(n=count))
        self.stale.setVisible(count > 0)
        for widget in (self.kept_words, self.show_kept, self.compare):
            widget.setVisible(state.kept is not None)
        self.kept_line.setVisible(state.kept is not None or count > 0)
        if state.kept is not None:
            day = chinese_date(state.kept.closed_at.date())
            self.kept_words.setText(self.tr("已结册：{day}").format(day=day))
            more = self.tr("{pages} 页，结册人：{who}")
            self.kept_words.setToolTip(more.format(pages=state.kept.pages, who=state.kept.closed_by))

    def _show_title(self) -> None:
        if self.state is None:
            return
        parts = [
            self.tr("{year} 年").format(year=self._place.context.scope.year),
            self.state.organisation_name,
        ]
        if self._product is not None:
            parts.append(self.tr("{n} 页").format(n=self._product.pressed.pages))
        self.set_title(self.tr("工作手册"), " · ".join(parts))

    # ------------------------------------------------------------------------------ what is asked for

    def _whole(self) -> HandbookRequest:
        context = self._place.context
        return HandbookRequest(context.scope.organisation_id, context.scope.year, context.today)

    def request(self) -> HandbookRequest:
        """The handbook as it is ticked now."""
        return replace(
            self._whole(),
            parts=self.parts.ticked,
            by_quarter=self.order.current == BY_QUARTER,
            blank=self.blank.isChecked(),
            with_drafts=self.drafts.isChecked(),
            options=PrintOptions(duplex=self.sides.current == BOTH_SIDES, binding_mm=BINDING_MM),
        )

    def _outdate(self, *_: object) -> None:
        """What is ticked now is not what was counted: take the pages away."""
        self._product = None
        self.parts.show_pages({})
        self._show_title()

    def make(self) -> None:
        """Press the handbook, with progress and Cancel, and give it to the preview."""
        context = self._place.context
        book, request, workshop = context.book, self.request(), self._workshop

        def job(progress: Progress) -> HandbookProduct:
            with book.reading() as reading:
                return press_handbook(reading, workshop.press, request, _steps(progress))

        self._place.work(self.tr("生成手册"), job, self._made)

    def _made(self, product: HandbookProduct) -> None:
        self._product = product
        self.parts.show_pages(product.made.pages_of_parts(product.pressed))
        self._show_title()
        self.made.emit(product)

    def close_year(self) -> None:
        """Keep the year's handbook in the book, with its hash."""
        context = self._place.context
        book, request, actor, workshop = context.book, self.request(), context.actor(), self._workshop

        def job(progress: Progress) -> Outcome[KeptHandbook]:
            return close_handbook(book, workshop.press, request, actor, _steps(progress))

        self._place.work(self.tr("结册"), job, self._closed)

    def _closed(self, kept: object) -> None:
        assert isinstance(kept, KeptHandbook)
        words = self.tr("《{title}》已结册：{pages} 页，校验值 {hash}…")
        said = words.format(title=kept.title, pages=kept.pages, hash=kept.pdf_sha256[:12])
        self._place.banner.say(Tone.OK, said)


def _steps(progress: Progress) -> StepProgress:
    """The press asks whether to go on; the window's progress ends the job by itself."""

    def step(done: int, total: int) -> bool:
        progress.report(done, total)
        return True

    return step
