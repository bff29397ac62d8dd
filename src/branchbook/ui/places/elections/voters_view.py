"""What the list of voters shows beside the voters themselves, read with its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.domain.elections import day_of
from branchbook.domain.procedures import Procedure
from branchbook.domain.rights import exclusion_classes
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.voting import Quorum
from branchbook.services.election_voters import VoterCounts, election_quorum, roster_changes, voter_counts
from branchbook.services.store import Reading

STEPS = frozenset({"voters", "opening"})


@dataclass(frozen=True)
class VotersView:
    """``changes`` are what the roster says otherwise; ``day`` is the one whose roster is asked next.

    ``classes`` are the exclusions X1–X6 with their words, empty where no rule of the day knows them.
    """

    counts: VoterCounts
    quorum: Quorum
    changes: tuple[str, ...]
    classes: Mapping[str, str]
    day: date


def voters_view(reading: Reading, procedure: Procedure, rulebook: Rulebook) -> VotersView:
    """The numbers of an election's voters as they stand now."""
    return VotersView(
        voter_counts(procedure),
        election_quorum(reading, procedure),
        roster_changes(reading, procedure),
        exclusion_classes(rulebook),
        day_of(procedure),
    )
