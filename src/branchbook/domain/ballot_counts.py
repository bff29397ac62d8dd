"""Between a round as the book keeps it and a count as the tally takes it, and one ballot into a round or out of it.

``returned`` of a round is the number of ballots taken from the box, counted before they are read (E-25); reading
them one by one never changes it. How many were read follows from the totals: nothing else is kept of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from branchbook.domain.ballots import BallotLine, BallotRound, WriteInLine
from branchbook.domain.tally import (
    Ballot,
    BallotMark,
    BallotReading,
    CandidateCount,
    Count,
    ElectionBase,
    ElectionKind,
    WriteIn,
    WriteInWithoutAgainst,
    add_ballot,
    one_ballot,
    take_back,
)

_VOID = WriteInWithoutAgainst.VOID_WRITE_IN


@dataclass(frozen=True, slots=True)
class WrittenName:
    """Someone written on a ballot; ``person_id`` None: not found in the roster."""

    name: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OneBallot:
    """One ballot while it is read. ``spoiled`` makes it invalid as a whole, whatever is marked on it."""

    marks: Mapping[str, BallotMark] = field(default_factory=dict)
    written: tuple[WrittenName, ...] = ()
    spoiled: bool = False

    @property
    def names_written(self) -> tuple[str, ...]:
        """The names written on it."""
        return tuple(each.name for each in self.written)


def count_of_round(ballots: BallotRound) -> Count:
    """The count that the tally takes: the same numbers without the persons behind the names."""
    return Count(
        kind=ElectionKind(ballots.kind.value),
        on=ballots.held_on,
        due=ballots.due,
        present=ballots.present,
        issued=ballots.issued,
        returned=ballots.returned,
        invalid=ballots.invalid,
        seats=ballots.seats,
        base=ElectionBase(ballots.base.value),
        ballot=Ballot(ballots.ballot.value),
        candidates=tuple(
            CandidateCount(each.name, each.votes_for, each.votes_against, each.abstentions, each.illegible)
            for each in ballots.lines
        ),
        write_ins=tuple(WriteIn(each.name, each.votes_for) for each in ballots.write_ins),
    )


def count_that_elects(ballots: BallotRound) -> Count:
    """The count without votes for names written in behind which nobody stands who could be elected (第五条)."""
    known = tuple(each for each in ballots.write_ins if each.person_id is not None)
    return count_of_round(replace(ballots, write_ins=known))


def marks_of(line: BallotLine) -> int:
    """All marks that a candidate was given; it has to be the number of valid ballots (E-25)."""
    return line.votes_for + line.votes_against + line.abstentions + line.illegible


def ballots_read(ballots: BallotRound) -> int | None:
    """How many ballots the totals hold, the invalid ones included; None where candidates disagree."""
    totals = {marks_of(each) for each in ballots.lines}
    return totals.pop() + ballots.invalid if len(totals) == 1 else None


def read_ballot(
    ballots: BallotRound, ballot: OneBallot, write_in_without_against: WriteInWithoutAgainst = _VOID
) -> BallotReading:
    """What a ballot comes to in this round: more picks than seats make it invalid (E-27).

    Raises UnreadableProblem for a name that no ballot can bear.
    """
    reading = one_ballot(
        count_of_round(ballots),
        ballot.marks,
        ballot.names_written,
        write_in_without_against=write_in_without_against,
    )
    return replace(reading, valid=False) if ballot.spoiled else reading


def with_ballot(
    ballots: BallotRound, ballot: OneBallot, write_in_without_against: WriteInWithoutAgainst = _VOID
) -> BallotRound:
    """The totals with one more ballot. Raises UnreadableProblem as ``read_ballot`` does."""
    if ballot.spoiled:
        return replace(ballots, invalid=ballots.invalid + 1)
    count = add_ballot(
        count_of_round(ballots),
        ballot.marks,
        ballot.names_written,
        write_in_without_against=write_in_without_against,
    )
    return _with_totals(ballots, count, {each.name: each.person_id for each in ballot.written})


def without_ballot(
    ballots: BallotRound, ballot: OneBallot, write_in_without_against: WriteInWithoutAgainst = _VOID
) -> BallotRound:
    """The totals without a ballot that was just added. Raises RefusedProblem where they hold no such ballot."""
    if ballot.spoiled and ballots.invalid:
        return replace(ballots, invalid=ballots.invalid - 1)
    # a ballot that was never added is refused: the count then has one returned ballot too few
    count = count_of_round(ballots)
    enough = replace(count, returned=max(count.returned, count.invalid + 1))
    taken = take_back(
        enough,
        ballot.marks,
        ballot.names_written,
        write_in_without_against=write_in_without_against,
    )
    return _with_totals(ballots, taken, {})


def _with_totals(ballots: BallotRound, count: Count, persons: Mapping[str, UUID | None]) -> BallotRound:
    """The round with the totals of a count, each name with its person."""
    lines = tuple(
        replace(
            line,
            votes_for=each.votes_for,
            votes_against=each.votes_against,
            abstentions=each.abstentions,
            illegible=each.illegible,
        )
        for line, each in zip(ballots.lines, count.candidates, strict=True)
    )
    known = {**persons, **{each.name: each.person_id for each in ballots.write_ins}}
    written = tuple(WriteInLine(each.name, each.votes_for, known.get(each.name)) for each in count.write_ins)
    return replace(ballots, lines=lines, write_ins=written, invalid=count.invalid)


def with_total(ballots: BallotRound, row: int, name: str, number: int) -> BallotRound:
    """One total changed: ``name`` is a field of the line, ``row`` counts candidates, then those written in."""
    lines, written = list(ballots.lines), list(ballots.write_ins)
    if row < len(lines):
        lines[row] = replace(lines[row], **{name: number})  # type: ignore[arg-type]
    elif row - len(lines) < len(written):
        written[row - len(lines)] = replace(written[row - len(lines)], votes_for=number)
    return replace(ballots, lines=tuple(lines), write_ins=tuple(written))


def without_idle_names(ballots: BallotRound) -> BallotRound:
    """Without names that were written in and got no vote."""
    return replace(ballots, write_ins=tuple(each for each in ballots.write_ins if each.votes_for))
