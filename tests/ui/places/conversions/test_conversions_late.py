"""An old conversion entered late, through the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from branchbook.domain.people import FactKind, PersonFact, Standing
from branchbook.services.joining import begin_joining
from branchbook.services.operations import operate
from tests.services.conversion_book import ENDS_ON, PROBATIONER
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.places.conversions.conversions_place import reopen

NAME = "褚示例"


def test_of_a_full_member_whose_joining_is_kept_the_conversion_can_still_be_begun(screen):
    """Entered with the day of the time: then the person was probationary."""
    with operate(screen.book, actor(), "准备") as operating:
        writing = operating.writing
        for fact in writing.roster().facts_of(PROBATIONER, FactKind.STANDING):
            writing.put(replace(fact, to_on=ENDS_ON))
        writing.put(PersonFact(uuid4(), PROBATIONER, FactKind.STANDING, Standing.FULL, ENDS_ON))
    begin_joining(screen.book, PROBATIONER, date(2024, 9, 1), actor(1), FIRST_BRANCH)
    reopen(screen)
    screen.place.people.filter.setText("csl")
    screen.pick(NAME)
    screen.press(screen.place.head.begin_button)
    screen.type_into(screen.place.beginning.begun_on, "2026-10-1")
    screen.press(screen.place.beginning.form.act)
    assert screen.procedure.shape == "conversion"
