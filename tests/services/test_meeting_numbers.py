"""What a final meeting's numbers rest on: its day, its marks, its votes; and what a correction may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.people import FactKind, PersonFact, Post, Restriction
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, DecisionKind, Exclusion, PersonRef, Presence, Record, Vote
from branchbook.services.counting import standing_of
from branchbook.services.meetings import correct, finalise, save_record, with_day_changed
from branchbook.services.operations import operate
from branchbook.services.organisations import dissolve_group
from branchbook.services.people_facts import appoint
from branchbook.services.record_defaults import new_record
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, NAMES, actor, named, small_book
from tests.services.test_meetings import HELD_ON, finalised, general_meeting


def voting(record: Record, **values: object) -> Record:
    """The record with this vote on its only item."""
    return replace(record, agenda=(replace(record.agenda[0], vote=Vote(**values)),))  # type: ignore[arg-type]


def marked(record: Record, presence: Presence, *names: str) -> Record:
    """The record with this mark for those named."""
    ids = {named(name) for name in names}
    lines = (
        replace(line, presence=presence) if line.person_id in ids else line for line in record.attendance
    )
    return replace(record, attendance=tuple(lines))


def test_a_vote_corrected_to_an_election_is_measured_by_four_fifths() -> None:
    """基层组织选举工作条例: four of six are enough for an ordinary decision, an election wants five."""
    book = small_book()
    final = finalised(book, marked(general_meeting(book), Presence.ABSENT, "赵示例", "钱示例"))
    assert final.frozen is not None
    assert final.frozen.quorum_met
    election = voting(final, votes_for=4, decision=DecisionKind.ELECTION)
    corrected = correct(book, election, "当日是选举", actor()).value
    assert corrected.frozen is not None
    assert (corrected.frozen.quorum_needed, corrected.frozen.quorum_met) == (5, False)


def test_a_correction_of_the_text_keeps_the_frozen_numbers_whatever_it_is_handed() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    lines = tuple(replace(line, votes=False) for line in final.attendance)
    handed = replace(final, subject="讨论明年工作", frozen=None, attendance=lines)
    corrected = correct(book, handed, "题目写错", actor()).value
    assert (corrected.frozen, corrected.attendance) == (final.frozen, final.attendance)


def test_an_exclusion_taken_back_by_correction_raises_the_number_due_again() -> None:
    """Classes X1 to X6 lower 应到 at one election only; without them the member is due and has the vote."""
    book = small_book()
    record = voting(general_meeting(book), votes_for=5, decision=DecisionKind.ELECTION)
    excluded = Exclusion(named("赵示例"), "X4", "示批1号", date(2026, 11, 1), approved_by_meeting=True)
    record = replace(marked(record, Presence.EXCLUDED, "赵示例"), exclusions=(excluded,))
    final = finalised(book, record)
    assert final.frozen is not None
    assert (final.frozen.due_votes, final.frozen.quorum_needed) == (5, 4)
    without = replace(marked(final, Presence.ABSENT, "赵示例"), exclusions=())
    with book.reading() as reading:
        assert standing_of(reading, without).count.due_votes == 6
    corrected = correct(book, without, "上级没有批准", actor()).value
    assert corrected.frozen is not None
    assert (corrected.frozen.due_votes, corrected.frozen.quorum_needed) == (6, 5)


def test_a_kind_added_by_correction_does_not_ask_the_roster_again() -> None:
    """A meeting may be several things at once; its 应到 stays what it was at 定稿."""
    book = small_book()
    final = finalised(book, general_meeting(book))
    restriction = PersonFact(
        uuid4(), named("赵示例"), FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED, date(2026, 1, 1)
    )
    with operate(book, actor(), "补记") as operating:
        operating.writing.put(restriction)
    both = replace(final, kinds=("general_meeting", "theme_party_day"), fields={"content": "学习"})
    corrected = correct(book, both, "同时是主题党日", actor()).value
    assert corrected.frozen is not None
    assert corrected.frozen.due_votes == 6


def test_no_correction_moves_a_meeting_into_the_future() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    with pytest.raises(RefusedProblem, match="更正后的日期在今天之后"):
        correct(book, replace(final, held_on=date(2027, 1, 5)), "日期写错", actor())


def test_an_outcome_that_contradicts_the_counts_is_final_only_with_a_reason() -> None:
    """支部工作条例 第十一条: two of six do not pass; who records that it passed says why."""
    book = small_book()
    record = voting(general_meeting(book), votes_for=2, votes_against=4, recorded_passed=True)
    save_record(book, record, actor())
    with pytest.raises(RefusedProblem, match="还没有写明原因"):
        finalise(book, record.id, actor())
    explained = voting(
        record, votes_for=2, votes_against=4, recorded_passed=True, reason="计票有误，正在核对"
    )
    final = finalised(book, explained)
    assert final.is_final
    with pytest.raises(RefusedProblem, match="还没有写明原因"):
        correct(book, record, "删去原因", actor())


def test_before_the_earliest_rule_no_outcome_is_contradicted_and_nothing_stands_in_the_way() -> None:
    """支部工作条例 is in force from 2018-10-28; a meeting of 2018-05-01 is checked for arithmetic only."""
    book = small_book()
    record = voting(general_meeting(book, date(2018, 5, 1)), votes_for=1, recorded_passed=True)
    final = finalised(book, marked(record, Presence.ABSENT, *NAMES[1:6]))
    assert final.frozen is not None
    assert (final.frozen.due, final.frozen.quorum_met, final.late_entry) == (6, True, True)
    assert "该日期无规则依据" in final.frozen.sentence


def test_where_a_meeting_is_both_the_members_decide_not_the_committee() -> None:
    """支部工作条例 第十一条 counts all who may vote; the order in which the kinds were chosen says nothing."""
    book = small_book()
    record = replace(general_meeting(book), kinds=("committee_meeting", "general_meeting"))
    final = finalised(book, record)
    assert final.frozen is not None
    assert "应到会有表决权 6 名" in final.frozen.sentence


def test_in_a_committee_meeting_that_is_a_lesson_too_only_the_committee_decides() -> None:
    """支部工作条例 第十二条: half of the committee's members must come, whoever else listens."""
    book = small_book()
    posts = (Post.SECRETARY, Post.ORGANISATION_MEMBER, Post.PUBLICITY_MEMBER)
    for name, post in zip(NAMES, posts, strict=False):
        appoint(book, named(name), FIRST_BRANCH, post, date(2024, 1, 1), "", actor())
    with book.reading() as reading:
        record = new_record(reading, "committee_meeting", FIRST_BRANCH, HELD_ON, actor())
        both = replace(record, kinds=("committee_meeting", "party_lesson"))
        counted = standing_of(reading, with_day_changed(reading, both, actor())).count
    assert (counted.due, counted.due_votes) == (6, 3)
    assert "应到会委员 3 名，需 2 名到会" in counted.sentence


def test_a_closed_organisation_holds_no_meeting_on_or_after_the_day_of_its_closing() -> None:
    book = small_book()
    before = finalised(book, group_meeting(book, date(2026, 5, 31)))
    late = group_meeting(book, date(2026, 6, 1))
    save_record(book, late, actor())
    dissolve_group(book, FIRST_GROUP, date(2026, 6, 1), "示组1号", actor(), reason="并入第二小组")
    with pytest.raises(RefusedProblem, match="已于 2026-06-01 撤销"):
        finalise(book, late.id, actor())
    with pytest.raises(RefusedProblem, match="已于 2026-06-01 撤销"):
        correct(book, replace(before, held_on=date(2026, 6, 1)), "日期写错", actor())
    with book.reading() as reading:
        assert new_record(reading, "group_meeting", FIRST_GROUP, date(2026, 5, 30), actor()).attendance
        with pytest.raises(RefusedProblem, match="已于 2026-06-01 撤销"):
            new_record(reading, "group_meeting", FIRST_GROUP, date(2026, 6, 1), actor())


def group_meeting(book: FakeBook, held_on: date) -> Record:
    """A meeting of the first group with everything that it needs, not stored."""
    with book.reading() as reading:
        record = new_record(reading, "group_meeting", FIRST_GROUP, held_on, actor())
    people = {"chair": (PersonRef("赵示例"),), "minute_taker": (PersonRef("钱示例"),)}
    return replace(record, subject="学习", people=people, agenda=(AgendaItem(uuid4(), "学习"),))
