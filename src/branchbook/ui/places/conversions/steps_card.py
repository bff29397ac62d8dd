"""The steps of a person's joining or conversion on a time line, and the way to their other procedures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.catalogue.procedures.conversion_steps import MEETING as CONVERSION_MEETING
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure, StepStanding
from branchbook.services.words import word_of
from branchbook.ui.places.conversions.conversion_step import MEETING, POSTPONE
from branchbook.ui.places.conversions.record_view import RecordOnScreen
from branchbook.ui.places.procedures.procedure_card import ProcedureCard
from branchbook.ui.places.procedures.wording import short_day, step_icon, step_summary
from branchbook.ui.widgets.entry_list import Entry


class StepsCard(ProcedureCard):
    """The steps of whoever is at hand."""

    base_width = 244

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._postponed = False
        self._shown: tuple[UUID, str] | None = None
        self.add_action(self.more_button)
        self.procedures.setAccessibleName(self.tr("选择一次办理"))

    # ------------------------------------------------------------------------------------ showing

    def show_record(self, record: RecordOnScreen, today: date) -> None:
        """Show the steps of the procedure at hand; the step at hand is the current one."""
        view, step = record.view, record.step
        if view is None or step is None:
            return
        procedure = view.procedure
        ended = "" if procedure.is_open else word_of(procedure.state)
        self.set_title(view.shape.name, ended)
        self.choosing.setVisible(len(record.procedures) > 1)
        self.procedures.set_choices([(each.id, self._choice(each)) for each in record.procedures])
        self.procedures.set_value(procedure.id)
        self._postponed = procedure.entry(POSTPONE).day("until") is not None
        following = view.next.spec.key if view.next and procedure.is_open else ""
        self.steps.set_entries([self._entry(each, today, each.spec.key == following) for each in view.steps])
        self.steps.select(step.spec.key)
        shown = (procedure.id, step.spec.key)
        if shown != self._shown:
            self._shown = shown
            self.steps.scrollTo(self.steps.currentIndex())
        has_papers = any(key in PAPER_BY_KEY for each in view.shape.steps for key in each.papers)
        self.offer_for(procedure, papers=has_papers)

    def _choice(self, procedure: Procedure) -> str:
        words = self.tr("{year} 年{name}")
        named = words.format(year=procedure.begun_on.year, name=shape_of(procedure.shape).name)
        return named if procedure.is_open else f"{named}（{word_of(procedure.state)}）"

    def _entry(self, standing: StepStanding, today: date, is_next: bool) -> Entry:
        icon, token, words = step_icon(standing, is_next=is_next)
        detail = step_summary(standing, "", today, is_next=is_next)
        if standing.spec.key == MEETING and standing.spec.due == CONVERSION_MEETING.due and standing.due_on:
            words = self.tr("推迟到{day}") if self._postponed else self.tr("{day}期满")
            full = words.format(day=short_day(standing.due_on, today))
            detail = detail if standing.entry.done_on else full
        return Entry(
            standing.spec.key, standing.spec.name, detail, icon=icon, icon_token=token, icon_words=words
        )
