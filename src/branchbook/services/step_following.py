"""What follows in the book from a step that was entered, in the same operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branchbook.domain.procedures import Procedure
from branchbook.services.election_roster import TAKE_OFFICE, follow_office
from branchbook.services.store import Writing

Following = Callable[[Writing, Procedure], None]

_FOLLOWING: Mapping[tuple[str, str], Following] = {
    ("election", "count"): follow_office,
    ("election", "first_meeting"): follow_office,
    ("election", "division"): follow_office,
    ("election", "result_reply"): follow_office,
    ("election", TAKE_OFFICE): follow_office,
}
"""By the family of a shape and the key of a step; most steps change nothing but their procedure."""


def follow_step(writing: Writing, family: str, step: str, procedure: Procedure) -> None:
    """Within an operation: write what follows from a step of ``procedure`` as it stands now."""
    following = _FOLLOWING.get((family, step))
    if following is not None:
        following(writing, procedure)
