"""The form that begins a round: the year, the day, and what of it the book already holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.catalogue.procedures.evaluation import YEARLY
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import RecordSummary
from branchbook.services.evaluations import begin_evaluation, round_of, simple_records
from branchbook.services.store import Reading
from branchbook.ui.places.procedures.meeting_link import meeting_words
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.inline_form import FormHost, InlineForm
from branchbook.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_MOST_TOLD = 4


@dataclass(frozen=True)
class Beginning:
    """What is known of a year before its round begins: the branch, an earlier round, records that steps may take up."""

    name: str
    year: int
    earlier: Procedure | None
    records: Mapping[str, tuple[RecordSummary, ...]]


def beginning_of(reading: Reading, organisation_id: UUID, year: int, today: date) -> Beginning:
    """Ask the book about a year."""
    name = reading.roster().organisation_by_id[organisation_id].name_on(today)
    earlier = round_of(reading, organisation_id, year)
    return Beginning(name, year, earlier, simple_records(reading, organisation_id, year))


class BeginningCard(Card):
    """Holds the form while it is open (``offering``). ``begun`` gives the procedure, ``closed`` tells that it went."""

    begun = Signal(object)
    closed = Signal()

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.place = place
        self.host = FormHost(self)
        self.host.closed.connect(self._close)
        self.offering = False
        self.form: InlineForm | None = None
        self.year: NumberField
        self.reason: LineField
        self.records: Banner
        self._organisation_id: UUID | None = None
        self.add(self.host)
        self.body.addStretch(1)

    def shut(self) -> None:
        """Give the form up, also one that is only on its way."""
        self.offering = False
        self.host.shut()

    def _close(self) -> None:
        self.offering = False
        self.closed.emit()

    def offer(self, organisation_id: UUID, year: int) -> None:
        """Open the form for a branch and a year."""
        self.offering, self._organisation_id = True, organisation_id
        self._ask(year, self._open)

    def _ask(self, year: int, then: object) -> None:
        book, today, organisation_id = (
            self.place.context.book,
            self.place.context.today,
            self._organisation_id,
        )
        assert organisation_id is not None

        def question() -> Beginning:
            with book.reading() as reading:
                return beginning_of(reading, organisation_id, year, today)

        self.place.ask(question, then, key="beginning")  # type: ignore[arg-type]

    def _open(self, found: Beginning) -> None:
        if not self.offering:
            return
        self.set_title(self.tr("开始一年的评议"), found.name)
        form = InlineForm(self.place, self.tr("评议哪一年度，从哪天起"), self.tr("开始"))
        form.banner.hide()
        self.year = NumberField(form, width=96)
        self.year.set_number(found.year)
        form.fields.add(self.tr("年度"), self.year)
        self.begun_on = form.add_date(self.tr("开始日期"), self.place.context.today)
        self.reason = form.add_line(self.tr("原因"), "", self.tr("为什么再办一次"), wide=True)
        self.records = Banner(form, closable=False)
        form.add_below(self.records)
        self.year.left.connect(lambda: self._ask(self.year.number() or 0, self._explain))
        form.submitted.connect(lambda: self._begin(form))
        self.form = form
        self.host.open(form)
        self._explain(found)

    def _explain(self, found: Beginning) -> None:
        """What the book holds of the year, and what becomes of it."""
        if self.form is None or not self.offering:
            return
        ended = found.earlier is not None and not found.earlier.is_open
        self.form.fields.set_shown(self.reason, ended)
        lines = [
            f"{spec.name}：{'；'.join(meeting_words(each) for each in found.records[spec.key][:_MOST_TOLD])}"
            for spec in YEARLY.steps
            if found.records.get(spec.key)
        ]
        if not lines:
            self.records.say(Tone.QUIET, self.tr("这一年度还没有可以接上的组织生活记录"))
            return
        more = self.tr("一步只有一次定稿的会，开始后自动接上；有几次的，到那一步里选")
        self.records.say(Tone.OK, self.tr("已有的记录，不用再录："), more="\n".join((*lines, more)))

    def _begin(self, form: InlineForm) -> None:
        book, actor, organisation_id = (
            self.place.context.book,
            self.place.context.actor(),
            self._organisation_id,
        )
        assert organisation_id is not None
        year = self.year.number()
        if not year:
            wrong = Problem(self.tr("请填写年度，如 2026"))
            form.fields.set_problem(self.year, wrong)
            self.year.setFocus()
            return
        day, reason = form.day(self.begun_on), self.reason.text()

        def told(procedure: Procedure) -> None:
            self.begun.emit(procedure)

        form.run(lambda: begin_evaluation(book, organisation_id, year, day, actor, reason=reason), told)
