"""谈心谈话: what the round's year has of talks, and what is still missing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from branchbook.services.talks import TalksOfYear
from branchbook.ui.place import Destination, ShowTalks
from branchbook.ui.places.evaluations.yearly.round_view import TALKS, EvaluationStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_MOST_NAMED = 6


class TalksSection(StepSection):
    """A sentence that leads to the matrix; it advises (B-31) and holds nothing up."""

    steps = frozenset({TALKS})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.sentence = Banner(self, closable=False)
        self.sentence.linked.connect(self.open_talks)
        self.column.addWidget(self.sentence)

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show what is missing on the day."""
        super().show_step(view, locked=locked)
        assert isinstance(view, EvaluationStep)
        if view.talks is None:
            self.sentence.clear()
            return
        complete = not (view.talks.missing or view.talks.waiting)
        held, *missing = self._words(view.talks)
        tone = Tone.OK if complete else Tone.QUIET
        self.sentence.say(tone, held, more="\n".join(missing), link=self.tr("看谈心谈话"))
        self.arranged.emit()

    def open_talks(self) -> None:
        """Show the matrix of the branch whose round this is."""
        if self.view is not None:
            subject = ShowTalks(self.view.procedure.organisation_id)
            self.place.go.emit(Destination("evaluations", subject))

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [*self.sentence.stops()]

    def _words(self, talks: TalksOfYear) -> list[str]:
        """How many were held, then what is missing, a line each."""
        held = self.tr("{year} 年已谈 {n} 次").format(year=talks.year, n=len(talks.summaries))
        if not (talks.missing or talks.waiting):
            return [self.tr("{held}，不缺了").format(held=held)]
        found = [held]
        if talks.missing:
            named = "；".join(talks.sentence(each) for each in talks.missing[:_MOST_NAMED])
            more = self.tr("等") if len(talks.missing) > _MOST_NAMED else ""
            words = self.tr("还缺 {n} 项：{named}{more}")
            found.append(words.format(n=len(talks.missing), named=named, more=more))
        if talks.waiting:
            words = self.tr("必谈情形还没有谈的 {n} 项")
            found.append(words.format(n=len(talks.waiting)))
        return found
