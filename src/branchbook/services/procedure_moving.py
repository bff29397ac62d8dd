"""What becomes of the procedures that are open in an organisation when it closes: they go on in its successor."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.store import Reading, Writing


def open_procedures(reading: Reading, organisation_id: UUID) -> tuple[Procedure, ...]:
    """Procedures of an organisation that are not ended."""
    return tuple(
        each for each in reading.all(Procedure) if each.organisation_id == organisation_id and each.is_open
    )


def move_procedures(
    writing: Writing, organisation: Organisation, successor: Organisation | None, reason: str
) -> None:
    """Within an operation that closes an organisation: move its open procedures to its successor.

    Raises RefusedProblem without a reason, where there is no successor, and where one of the same family is
    open there (for that person).
    """
    for each in open_procedures(writing, organisation.id):
        shape = shape_of(each.shape)
        if successor is None:
            said = f"{each.begun_on} 开始的{shape.name}还没有办结，没有接收的组织"
            raise RefusedProblem(said, organisation.name, "请先办结或终止它")
        if not reason.strip():
            said = f"{each.begun_on} 开始的{shape.name}还没有办结"
            raise RefusedProblem(
                said, organisation.name, f"请先办结；确需移到“{successor.name}”办理的，请写明理由"
            )
        for other in open_procedures(writing, successor.id):
            if shape_of(other.shape).family == shape.family and other.subject_id == each.subject_id:
                said = f"“{successor.name}”也有一项{shape_of(other.shape).name}正在办理"
                raise RefusedProblem(said, organisation.name, "请先办结或终止其中一项")
        writing.put(replace(each, organisation_id=successor.id))
