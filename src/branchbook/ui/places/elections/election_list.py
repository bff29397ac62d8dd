"""The elections of an organisation, and the one that is shown with the standing of its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.elections import GENERAL_MEETING
from branchbook.domain.procedures import StepStanding
from branchbook.services.elections import ElectionLine, ElectionView, election_view, elections_of
from branchbook.services.procedures import ProcedureView
from branchbook.services.store import Reading
from branchbook.ui.places.elections.election_step import with_election
from branchbook.ui.places.procedures.step_view import StepView, step_view


@dataclass(frozen=True)
class ElectionOnScreen:
    """What the place shows: every election of the organisation, and one of them with the step at hand.

    ``others`` where some are of another organisation: of the general branch's branches, or found by a search.
    """

    elections: tuple[ElectionLine, ...]
    election: ElectionView | None = None
    step: StepView | None = None
    others: bool = False


def election_on_screen(
    reading: Reading, organisation_id: UUID, wanted: UUID | None, step: str, today: date
) -> ElectionOnScreen:
    """The election that is wanted (else the first) with one of its steps (else the next, else the result).

    One that is wanted from another organisation, as a search finds it, stands among those of this one.
    """
    elections = elections_of(reading, organisation_id, today)
    if wanted is not None and all(each.id != wanted for each in elections):
        elsewhere = [each for each in elections_of(reading, None, today) if each.id == wanted]
        elections = (*elsewhere, *elections)
    shown = next((each for each in elections if each.id == wanted), next(iter(elections), None))
    if shown is None:
        return ElectionOnScreen(())
    election = election_view(reading, shown.id, today)
    view = election.view
    at_hand = next((each for each in view.steps if each.spec.key == step), view.next or _result(view))
    found = election.step_findings.get(at_hand.spec.key, ())
    about_whole = election.findings if at_hand == view.next else ()
    step_shown = step_view(reading, view, at_hand, (*about_whole, *found), today)
    others = any(each.organisation_id != organisation_id for each in elections)
    step_shown = replace(step_shown, whose=election.organisation_name if others else "")
    return ElectionOnScreen(elections, election, with_election(reading, step_shown), others)


def _result(view: ProcedureView) -> StepStanding:
    """What is looked for in an election that has nothing left to do: the count, else its last step."""
    counted = (each for each in view.steps if each.spec.key == GENERAL_MEETING)
    return next(counted, view.steps[-1])
