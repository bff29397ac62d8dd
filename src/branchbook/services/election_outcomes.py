"""What an election has come to: who was elected, what is vacant, and who votes at the committee's own meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import HeldRound, open_seats
from branchbook.domain.ballots import ElectionKind, Voter
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, day_of, kinds_of, seats_of
from branchbook.domain.electorate import voter_of
from branchbook.domain.procedures import Procedure
from branchbook.domain.rights import rights_on
from branchbook.services.election_results import Elected, committee_of, elected_of, held_rounds
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading
from branchbook.services.stroke_order import stroke_order


@dataclass(frozen=True, slots=True)
class ElectionOutcome:
    """Who was elected by confirmed counts. The committee stands in the order of strokes, as announced (E-34).

    ``vacant`` are seats of all kinds not filled and not given up; ``void`` whether the general meeting's last
    ballot was void and has not been repeated.
    """

    committee: tuple[Elected, ...] = ()
    secretary: Elected | None = None
    deputies: tuple[Elected, ...] = ()
    vacant: int = 0
    void: bool = False


def election_outcome(reading: Reading, procedure: Procedure) -> ElectionOutcome:
    """Who was elected so far, by confirmed counts only."""
    shape = shape_of(procedure.shape)
    kinds = dict.fromkeys((*kinds_of(shape, GENERAL_MEETING), *kinds_of(shape, COMMITTEE_MEETING)))
    rounds = {kind: held_rounds(reading, procedure, kind) for kind in kinds}
    last = [each[-1] for each in rounds.values() if each and each[-1].voting.step == GENERAL_MEETING]
    secretaries = elected_of(reading, procedure, ElectionKind.SECRETARY)
    committee = stroke_order().ordered(
        elected_of(reading, procedure, ElectionKind.COMMITTEE),
        lambda each: each.name,
        single_names_first=book_settings(reading).single_names_first,
    )
    return ElectionOutcome(
        committee,
        secretaries[0] if secretaries else None,
        elected_of(reading, procedure, ElectionKind.DEPUTY),
        sum(_vacant(procedure, kind, each) for kind, each in rounds.items()),
        any(each.is_void for each in last),
    )


def committee_voters(reading: Reading, procedure: Procedure) -> tuple[Voter, ...]:
    """Who votes at the committee's own meeting, each with the right on that day (E-17, E-18).

    Everyone is present who was not entered as absent there.
    """
    day = day_of(procedure, COMMITTEE_MEETING)
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    absent = {each.person_id for each in procedure.entry(COMMITTEE_MEETING).people.get("absent", ())}
    people = (
        roster.person_by_id[each] for each in committee_of(reading, procedure) if each in roster.person_by_id
    )
    voters = (voter_of(each, rights_on(roster, each.id, day, rules)) for each in people)
    return tuple(replace(each, present=each.person_id not in absent) for each in voters)


def _vacant(procedure: Procedure, kind: ElectionKind, rounds: tuple[HeldRound, ...]) -> int:
    """Open seats of a kind. Where no ballot was held: what was decided; in a by-election only what was balloted."""
    if rounds:
        return open_seats(rounds)
    optional = kind == ElectionKind.SECRETARY and not any(each.kind == kind for each in procedure.candidates)
    by_election = procedure.shape == "by_election"
    return 0 if by_election and optional else seats_of(procedure, kind)
