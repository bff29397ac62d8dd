"""What follows in the book from a step that was entered, in the same operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure
from branchbook.services import conversion_effects
from branchbook.services.election_roster import TAKE_OFFICE, follow_office, gives_other_posts
from branchbook.services.joining_effects import STANDING_STEPS, follow_joining
from branchbook.services.store import Writing

Following = Callable[[Writing, Procedure, Procedure], Procedure]
"""Given the procedure as it was and as it is now; gives it as it is when everything was written."""


def _office(writing: Writing, before: Procedure, after: Procedure) -> Procedure:
    """The correction of an election that ended leaves the roster alone unless it gives other posts."""
    if after.is_open or gives_other_posts(writing, before, after):
        follow_office(writing, after)
    return after


_FOLLOWING: Mapping[tuple[str, str], Following] = {
    ("election", "count"): _office,
    ("election", "first_meeting"): _office,
    ("election", "division"): _office,
    ("election", "result_reply"): _office,
    ("election", TAKE_OFFICE): _office,
    **{(joining.FAMILY, step): follow_joining for step in STANDING_STEPS},
    (conversion_steps.FAMILY, conversion_effects.STEP): conversion_effects.follow_approval,
}
"""By the family of a shape and the key of a step; most steps change nothing but their procedure."""


def follow_step(writing: Writing, step: str, before: Procedure, after: Procedure) -> Procedure:
    """Within an operation: write what follows from a step; gives the procedure as it is then."""
    following = _FOLLOWING.get((shape_of(after.shape).family, step))
    return following(writing, before, after) if following is not None else after
