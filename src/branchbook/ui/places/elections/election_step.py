"""What an election adds to the step at hand: its voters, candidates, rounds and outcome, each where it is shown."""

from __future__ import annotations

from dataclasses import replace

from branchbook.services.store import Reading
from branchbook.ui.places.elections.candidates_view import STEPS as CANDIDATE_STEPS
from branchbook.ui.places.elections.candidates_view import candidates_view
from branchbook.ui.places.elections.outcome_view import STEPS as OUTCOME_STEPS
from branchbook.ui.places.elections.outcome_view import outcome_view
from branchbook.ui.places.elections.rounds_view import STEPS as COUNTING_STEPS
from branchbook.ui.places.elections.rounds_view import rounds_view
from branchbook.ui.places.elections.voters_view import STEPS as VOTERS_STEPS
from branchbook.ui.places.elections.voters_view import voters_view
from branchbook.ui.places.procedures.step_view import StepView


def with_election(reading: Reading, view: StepView) -> StepView:
    """The step with what its election adds."""
    procedure, shape, step = view.procedure, view.shape, view.spec.key
    return replace(
        view,
        voters=voters_view(reading, procedure, view.rulebook) if step in VOTERS_STEPS else None,
        candidates=candidates_view(reading, procedure, shape) if step in CANDIDATE_STEPS else (),
        outcome=outcome_view(reading, procedure, view.today) if step in OUTCOME_STEPS else None,
        rounds=rounds_view(reading, procedure, shape, step) if step in COUNTING_STEPS else None,
    )
