"""The candidates of an election by kind, with what is to be said of them, read with their step."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, kinds_of, seats_of
from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.domain.tally_findings import Finding
from branchbook.services.election_candidates import candidate_findings, in_stroke_order
from branchbook.services.store import Reading

STEPS = frozenset({"nomination", "candidate_approval"})


@dataclass(frozen=True)
class KindView:
    """Candidates of one kind in the order of the ballot. ``by_strokes`` are their ids as the rule would order them."""

    kind: ElectionKind
    seats: int
    candidates: tuple[Candidate, ...]
    findings: tuple[Finding, ...]
    by_strokes: tuple[UUID, ...]


def candidates_view(reading: Reading, procedure: Procedure, shape: ProcedureShape) -> tuple[KindView, ...]:
    """Every kind that the shape elects; findings only where somebody stands."""
    kinds = dict.fromkeys((*kinds_of(shape, GENERAL_MEETING), *kinds_of(shape, COMMITTEE_MEETING)))
    return tuple(_kind_view(reading, procedure, kind) for kind in kinds)


def _kind_view(reading: Reading, procedure: Procedure, kind: ElectionKind) -> KindView:
    candidates = tuple(each for each in procedure.candidates if each.kind == kind)
    return KindView(
        kind,
        seats_of(procedure, kind),
        candidates,
        candidate_findings(reading, procedure, kind) if candidates else (),
        tuple(each.person_id for each in in_stroke_order(reading, candidates)),
    )
