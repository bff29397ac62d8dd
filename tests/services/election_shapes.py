"""The other shapes of the sample election: without a committee, within the term, of a general branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.procedures import Procedure, StepEntry
from tests.services.election_sample import (
    BRANCH,
    ELECTION,
    GENERAL_BRANCH,
    HELD_ON,
    candidates,
    entries,
    held_round,
    name_of,
    person_id,
    term_election,
    voters,
)


def secretary_election() -> Procedure:
    """A branch of five full members elects its secretary in the general meeting."""
    return Procedure(
        ELECTION,
        "secretary_election",
        BRANCH,
        date(2025, 12, 1),
        steps=entries(
            decision=StepEntry("decision", date(2026, 1, 12), {"deputies": 0, "planned_on": "2026-05-20"}),
            reply=StepEntry("reply", date(2026, 3, 20), {"document": "机党〔2026〕14号"}),
        ),
        voters=voters(5, absent=1),
        candidates=(Candidate(person_id(0), name_of(0), ElectionKind.SECRETARY),),
        rounds=(held_round(((4, 0, 0),), kind=ElectionKind.SECRETARY, due=5, present=4, seats=1),),
        voters_frozen_on=HELD_ON,
    )


def by_election() -> Procedure:
    """One seat of the committee is filled."""
    return Procedure(
        ELECTION,
        "by_election",
        BRANCH,
        date(2026, 1, 5),
        steps=entries(
            decision=StepEntry(
                "decision",
                date(2026, 1, 12),
                {
                    "vacated_posts": "宣传委员",
                    "vacancy_reason": "郭示09同志调离",
                    "seats": 1,
                    "candidates": 2,
                    "planned_on": "2026-05-20",
                },
            ),
            reply=StepEntry("reply", date(2026, 3, 20), {"document": "机党〔2026〕14号", "seats": 1}),
        ),
        voters=voters(23),
        candidates=candidates(2, heads=False),
        rounds=(held_round(((12, 6, 1), (7, 11, 1)), seats=1),),
        voters_frozen_on=HELD_ON,
    )


def by_election_of_secretary() -> Procedure:
    """The committee elects one of its members secretary in the middle of its term."""
    return replace(
        by_election(),
        candidates=(Candidate(person_id(1), name_of(1), ElectionKind.SECRETARY),),
        rounds=(
            held_round(
                ((3, 0, 0),),
                kind=ElectionKind.SECRETARY,
                due=3,
                present=3,
                seats=1,
                first=1,
                step="first_meeting",
            ),
        ),
    )


def general_branch_election() -> Procedure:
    """The general branch elects its committee."""
    return replace(term_election(), shape="general_branch_election", organisation_id=GENERAL_BRANCH)
