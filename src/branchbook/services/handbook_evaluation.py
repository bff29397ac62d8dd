"""The year's evaluation in the handbook: the count once it stands, the report once it was made."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.handbook import HandbookPart
from branchbook.domain.papers import Sheet
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.evaluations import round_of
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.paper_binding import Binding, BookView
from branchbook.services.paper_sheets import bound_sheets

REPORT = "evaluation:report"


def evaluation_sheets(view: BookView, request: HandbookRequest, part: HandbookPart) -> tuple[Sheet, ...]:
    """One paper of the round of the year; none where there is no round, or it has nothing to say there yet.

    Its rectification may run on into the next year, so the round need not be finished.
    """
    found = round_of(view.reading, request.organisation_id, request.year)
    if found is None or found.state == ProcedureState.ABANDONED or not _says_something(found, part.paper):
        return ()
    return bound_sheets(Binding(view, replace(request.paper(part.paper), record_id=found.id)))


def _says_something(procedure: Procedure, paper: str) -> bool:
    if paper == REPORT:
        return procedure.is_done("result_report")
    return any(each.is_confirmed for each in procedure.grade_rounds)
