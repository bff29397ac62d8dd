"""The rounds of ballots of a step with their results and what follows them, read with the step."""

from __future__ import annotations

from dataclasses import dataclass

from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.candidacy import standing
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, kinds_of, seats_of
from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import TallyResult
from branchbook.domain.tally_count import WriteInWithoutAgainst
from branchbook.domain.voting import Quorum
from branchbook.services.election_rounds import NextRound, found_count, round_result, what_follows
from branchbook.services.election_voters import election_quorum
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading

STEPS = frozenset({GENERAL_MEETING, COMMITTEE_MEETING})


@dataclass(frozen=True)
class ShownRound:
    """One round as it is typed (``ballots``), with its result and what would follow it."""

    ballots: BallotRound
    result: TallyResult
    following: tuple[NextRound, ...]


@dataclass(frozen=True)
class KindRounds:
    """What one kind of election has come to in a step: seats, who stands, and the rounds so far."""

    kind: ElectionKind
    seats: int
    names: tuple[str, ...]
    rounds: tuple[ShownRound, ...]


@dataclass(frozen=True)
class RoundsView:
    """All kinds of a step. ``rulebook`` and ``write_ins`` are what the counting panel judges by."""

    kinds: tuple[KindRounds, ...]
    quorum: Quorum
    rulebook: Rulebook
    write_ins: WriteInWithoutAgainst


def rounds_view(reading: Reading, procedure: Procedure, shape: ProcedureShape, step: str) -> RoundsView:
    """The rounds of a step; a count that is being typed is shown as typed."""
    typed = found_count(reading, procedure.id)

    def shown(stored: BallotRound) -> ShownRound:
        ballots = typed if typed is not None and typed.id == stored.id else stored
        return ShownRound(
            ballots,
            round_result(reading, procedure, ballots),
            what_follows(reading, procedure, ballots),
        )

    kinds = []
    for kind in kinds_of(shape, step):
        rounds = tuple(shown(each) for each in procedure.rounds if (each.step, each.kind) == (step, kind))
        names = tuple(each.name for each in standing(procedure, kind))
        kinds.append(KindRounds(kind, seats_of(procedure, kind), names, rounds))
    return RoundsView(
        tuple(kinds),
        election_quorum(reading, procedure, COMMITTEE_MEETING if step == COMMITTEE_MEETING else "opening"),
        rulebook_of(reading),
        book_settings(reading).write_in_without_against,
    )
