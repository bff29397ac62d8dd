"""The approval of a conversion as its own use case; what follows from it is in ``conversion_effects``."""

from __future__ import annotations

from uuid import UUID

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.conversion_effects import STEP
from branchbook.services.operations import Actor, Outcome
from branchbook.services.procedures import save_step
from branchbook.services.store import Book


def record_approval(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Keep the decision and what follows from it, as one operation (see ``conversion_effects``).

    Raises RefusedProblem without a vote that passed, and for an approval before the vote.
    """
    if entry.step != STEP:
        raise RefusedProblem("这一步不是上级审批", entry.step)
    return save_step(book, procedure_id, entry, actor)
