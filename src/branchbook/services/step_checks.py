"""What a family of procedures checks when a step is entered; the engine knows none of them. One line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branchbook.catalogue.procedures import conversions, evaluation, joining
from branchbook.domain.procedures import Procedure, ProcedureShape, StepEntry
from branchbook.services.conversion_checks import check_conversion_abandoned, check_conversion_step
from branchbook.services.election_office_checks import (
    check_abandoned,
    check_election_day,
    check_take_office,
)
from branchbook.services.election_scrutineers import check_scrutineers
from branchbook.services.election_steps import check_committee_meeting, check_count, check_opening
from branchbook.services.evaluation_checks import check_evaluation_abandoned, check_evaluation_step
from branchbook.services.joining_checks import check_joining_abandoned, check_joining_step
from branchbook.services.store import Reading

StepCheck = Callable[[Reading, Procedure, StepEntry], None]
"""Asked before a step is kept, with the procedure as it was; raises RefusedProblem."""

STEP_CHECKS: Mapping[tuple[str, str], tuple[StepCheck, ...]] = {
    ("election", "opening"): (check_opening,),
    ("election", "method"): (check_scrutineers,),
    ("election", "count"): (check_election_day, check_count),
    ("election", "first_meeting"): (check_scrutineers, check_committee_meeting),
    **{(joining.FAMILY, step.key): (check_joining_step,) for step in joining.STEPS},
    **{("conversion", step.key): (check_conversion_step,) for step in conversions.STEPS},
    ("election", "take_office"): (check_take_office,),
    **{(evaluation.FAMILY, step.key): (check_evaluation_step,) for step in evaluation.YEARLY.steps},
}
"""By family of shapes and key of the step."""

ABANDON_CHECKS: Mapping[str, Callable[[Procedure], None]] = {
    "election": check_abandoned,
    joining.FAMILY: check_joining_abandoned,
    "conversion": check_conversion_abandoned,
    evaluation.FAMILY: check_evaluation_abandoned,
}
"""By family of shapes: asked before a procedure is given up."""


def check_step(reading: Reading, procedure: Procedure, shape: ProcedureShape, entry: StepEntry) -> None:
    """Every check that the shape's family has for this step. Raises RefusedProblem."""
    for check in STEP_CHECKS.get((shape.family, entry.step), ()):
        check(reading, procedure, entry)


def check_abandon(procedure: Procedure, shape: ProcedureShape) -> None:
    """What the shape's family has against giving a procedure up. Raises RefusedProblem."""
    check = ABANDON_CHECKS.get(shape.family)
    if check is not None:
        check(procedure)
