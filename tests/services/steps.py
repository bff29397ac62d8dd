"""Random steps with people, as a hand at the screen might try them in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from branchbook.domain.people import Mark, MembershipChange, Post, Restriction, Standing
from branchbook.services.people import Joining
from branchbook.services.people_facts import (
    appoint,
    correct_fact,
    join_group,
    leave_group,
    mark,
    restrict,
    set_standing,
)
from branchbook.services.transfers import end_membership, move_between_branches, transfer_in, transfer_out
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, SECOND_BRANCH, SECOND_GROUP, actor, named

PEOPLE = (named("赵示例"), named("钱示例"), named("郑示例"))
DAYS = st.integers(0, 40).map(lambda weeks: date(2026, 1, 1) + timedelta(weeks=weeks))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["standing", "group", "post", "restrict", "mark", "leave", "out", "in", "move", "died", "correct"]
        ),
        st.sampled_from(PEOPLE),
        DAYS,
        DAYS,
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=15,
)


def attempt(book: FakeBook, step: tuple[str, UUID, date, date, int], minutes: int = 0) -> None:
    """Try one step. Raises RefusedProblem where the program refuses it."""
    what, person_id, day, other_day, choice = step
    with book.reading() as reading:
        roster = reading.roster()
    branch, group = (FIRST_BRANCH, SECOND_BRANCH)[choice % 2], (FIRST_GROUP, SECOND_GROUP)[choice % 2]
    if what == "standing":
        set_standing(book, person_id, tuple(Standing)[choice], day, "", actor(minutes))
    elif what == "group":
        join_group(book, person_id, group, day, actor(minutes))
    elif what == "post":
        post = (Post.SECRETARY, Post.ORGANISATION_MEMBER)[choice // 2]
        appoint(book, person_id, branch, post, day, "", actor(minutes), other_day)
    elif what == "restrict":
        restrict(book, person_id, Restriction.WARNING, day, "示纪1号", actor(minutes))
    elif what == "mark":
        mark(book, person_id, Mark.FLOATING, day, actor(minutes))
    elif what == "leave":
        leave_group(book, person_id, day, actor(minutes))
    elif what == "out":
        transfer_out(book, person_id, day, "外单位", "1", actor(minutes))
    elif what == "in":
        person = roster.person_by_id[person_id]
        transfer_in(book, person, Joining(branch, day, counterpart="外单位"), "2", actor(minutes))
    elif what == "move":
        move_between_branches(book, person_id, branch, day, actor(minutes))
    elif what == "died":
        end_membership(book, person_id, MembershipChange.DIED, day, "", actor(minutes))
    else:
        facts = roster.facts_of(person_id)
        fact = facts[choice % len(facts)]
        correct_fact(book, replace(fact, from_on=day, to_on=other_day), actor(minutes))
