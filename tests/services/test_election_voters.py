"""Who votes: 基层组织选举工作条例 第五条, the guidance X1–X6, and 应到 frozen before the ballots are issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from branchbook.domain.ballots import Voter
from branchbook.domain.people import FactKind, Mark, Restriction
from branchbook.domain.records import Vote
from branchbook.services.election_voters import (
    election_quorum,
    freeze_voters,
    mark_all_present,
    mark_presence,
    reopen_voters,
    roster_changes,
    set_voter,
    take_snapshot,
    voter_counts,
    voters_on,
)
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.election_book import (
    MEETING,
    NAMES,
    begun,
    election_book,
    fact,
    is_probationary,
    leaves,
    opened,
    prepared,
    step,
    stored,
    voter,
)
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, actor, named

CONSENT: dict[str, Any] = {
    "exclusion": "X4",
    "consent_document": "示组〔2026〕8号",
    "consented_on": date(2026, 5, 8),
    "approved_by_meeting": True,
}


def snapshot(book: FakeBook, day: date = MEETING) -> UUID:
    """An election with the voters of a day."""
    procedure_id = begun(book)
    take_snapshot(book, procedure_id, day, actor())
    return procedure_id


def exclude(book: FakeBook, procedure_id: UUID, name: str, **more) -> None:
    set_voter(book, procedure_id, replace(voter(book, procedure_id, name), **(CONSENT | more)), actor())


def changes_of(book: FakeBook, procedure_id: UUID) -> tuple[str, ...]:
    with book.reading() as reading:
        return roster_changes(reading, stored(book, procedure_id))


@pytest.mark.parametrize(
    "change, reason, article",
    [
        (lambda book: is_probationary(book, "赵示例"), "预备党员", "基层组织选举工作条例 第五条"),
        (
            lambda book: fact(
                book, "赵示例", FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION, date(2026, 1, 1)
            ),
            "留党察看",
            "基层组织选举工作条例 第五条",
        ),
        (
            lambda book: fact(
                book, "赵示例", FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED, date(2026, 1, 1)
            ),
            "权利中止",
            "基层组织选举工作条例 第五条",
        ),
        (
            lambda book: fact(
                book, "赵示例", FactKind.RESTRICTION, Restriction.MEMBERSHIP_SUSPENDED, date(2026, 1, 1)
            ),
            "停止党籍",
            "党员教育管理工作条例 第二十四条",
        ),
        (
            lambda book: fact(book, "赵示例", FactKind.MARK, Mark.TEMPORARY_LETTER, date(2026, 1, 1)),
            "临时证明",
            "",
        ),
    ],
)
def test_who_has_no_right_is_named_with_the_reason_and_its_article(
    change: Callable[[FakeBook], None], reason: str, article: str
) -> None:
    book = election_book()
    change(book)
    procedure_id = snapshot(book)
    line = voter(book, procedure_id, "赵示例")
    assert not line.has_right
    assert reason in line.reason
    assert line.article == article
    assert voter_counts(stored(book, procedure_id)).due == 22


def test_a_warning_leaves_the_right_and_is_told() -> None:
    """§8.1: 警告 keeps the rights."""
    book = election_book()
    fact(book, "赵示例", FactKind.RESTRICTION, Restriction.WARNING, date(2026, 1, 1))
    line = voter(book, snapshot(book), "赵示例")
    assert line.is_due
    assert "警告" in line.reason


def test_disciplinary_probation_without_a_lifting_still_takes_the_right() -> None:
    """§12 case 39: one year ended yesterday; until 恢复 is decided there is no vote."""
    book = election_book()
    kind, value = FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION
    fact(book, "赵示例", kind, value, MEETING - timedelta(366))
    fact(book, "钱示例", kind, value, MEETING - timedelta(366), MEETING)
    procedure_id = snapshot(book)
    assert not voter(book, procedure_id, "赵示例").has_right
    assert voter(book, procedure_id, "钱示例").has_right


def test_twenty_four_members_less_three_are_twenty_one_due_and_seventeen_needed() -> None:
    """§12 case 35: 1 留党察看, 1 权利中止, 1 X4 with consent and approval: 应到 21, quorum 17."""
    book = election_book(24)
    fact(book, "赵示例", FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION, date(2026, 1, 1))
    fact(book, "钱示例", FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED, date(2026, 1, 1))
    procedure_id = snapshot(book)
    exclude(book, procedure_id, "孙示例")
    counts = voter_counts(stored(book, procedure_id))
    assert (counts.members, counts.without_right, counts.excluded, counts.due) == (24, 2, 1, 21)
    with book.reading() as reading:
        quorum = election_quorum(reading, stored(book, procedure_id))
    assert quorum.needed == 17
    assert quorum.article == "基层组织选举工作条例"


def test_a_member_on_a_short_journey_stays_due() -> None:
    """§12 case 37: three months away is none of the classes; there is no proxy either (第二十四条)."""
    book = election_book()
    fact(book, "赵示例", FactKind.MARK, Mark.FLOATING, date(2026, 3, 1))
    assert voter(book, snapshot(book), "赵示例").is_due


@pytest.mark.parametrize(
    "missing",
    [{"consent_document": ""}, {"consented_on": None}, {"approved_by_meeting": False}],
)
def test_an_exclusion_needs_both_approvals(missing: dict) -> None:
    """§2.3: consent of the higher organisation with number and day, and the meeting's approval."""
    book = election_book()
    procedure_id = snapshot(book)
    exclude(book, procedure_id, "赵示例", **missing)
    assert voter(book, procedure_id, "赵示例").is_due


@pytest.mark.parametrize(
    "wrong, said",
    [
        (
            {"consented_on": MEETING + timedelta(1)},
            "上级同意的日期 2026-05-21 晚于大会日期.*选举应到会人数工作口径",
        ),
        ({"exclusion": "X7"}, "不认识的不计入情形 X7"),
        ({"exclusion": ""}, "没有选择不计入的情形"),
        ({"present": True}, "到会的人应计入应到会人数"),
    ],
)
def test_an_exclusion_that_cannot_be_is_refused(wrong: dict, said: str) -> None:
    book = election_book()
    procedure_id = prepared(book)
    take_snapshot(book, procedure_id, MEETING, actor())
    step(book, procedure_id, "voters", MEETING)
    step(book, procedure_id, "opening", MEETING)
    refused(book, said, lambda: exclude(book, procedure_id, "赵示例", **wrong))


def test_a_consent_on_the_very_day_is_in_time() -> None:
    book = election_book()
    procedure_id = prepared(book)
    take_snapshot(book, procedure_id, MEETING, actor())
    exclude(book, procedure_id, "赵示例", consented_on=MEETING)
    assert freeze_voters(book, procedure_id, MEETING, actor()).value.voters_frozen_on == MEETING


def test_the_right_itself_cannot_be_typed() -> None:
    book = election_book()
    is_probationary(book, "赵示例")
    procedure_id = snapshot(book)
    set_voter(book, procedure_id, Voter(named("赵示例"), "赵某", has_right=True), actor())
    line = voter(book, procedure_id, "赵示例")
    assert not line.has_right
    assert line.name == "赵示例"


def test_a_new_snapshot_keeps_what_was_entered_and_asks_the_roster_anew() -> None:
    book = election_book()
    procedure_id = snapshot(book)
    exclude(book, procedure_id, "赵示例")
    mark_all_present(book, procedure_id, actor())
    leaves(book, "钱示例", MEETING)
    assert changes_of(book, procedure_id) == ()  # no day is known yet
    take_snapshot(book, procedure_id, MEETING, actor())
    after = stored(book, procedure_id)
    assert len(after.voters) == 22
    assert voter(book, procedure_id, "赵示例").is_excluded
    counts = voter_counts(after)
    assert (counts.due, counts.present) == (21, 21)


def test_a_general_branch_counts_the_members_of_all_its_branches() -> None:
    book = election_book()
    with book.reading() as reading:
        procedure = stored(book, begun(book, "general_branch_election", GENERAL_BRANCH))
        everyone = voters_on(reading, procedure, MEETING)
        own = reading.roster().members_on(FIRST_BRANCH, MEETING)
    assert len(everyone) == 23
    assert {each.id for each in own} <= {each.person_id for each in everyone}


def test_frozen_numbers_stay_whatever_the_roster_says_later() -> None:
    """Issue 3 §6: a voter removed after the freeze is told and changes nothing."""
    book = election_book()
    procedure_id = prepared(book)
    opened(book, procedure_id, absent=NAMES[:4])
    leaves(book, "钱示例", MEETING)
    is_probationary(book, "孙示例")
    counts = voter_counts(stored(book, procedure_id))
    assert (counts.due, counts.present) == (23, 19)
    told = changes_of(book, procedure_id)
    assert told[0] == "钱示例已不在名册中"
    assert told[1].startswith("孙示例：预备党员")


def frozen(book: FakeBook) -> UUID:
    procedure_id = prepared(book)
    opened(book, procedure_id, absent=NAMES[:4])
    return procedure_id


def test_after_the_freeze_only_presence_changes() -> None:
    book = election_book()
    procedure_id = frozen(book)
    refused(book, "应到人数已经冻结", lambda: take_snapshot(book, procedure_id, MEETING, actor()))
    refused(book, "应到人数已经冻结", lambda: freeze_voters(book, procedure_id, MEETING, actor()))
    refused(book, "应到人数已经冻结", lambda: exclude(book, procedure_id, "赵示例", present=False))
    late = replace(voter(book, procedure_id, "赵示例"), present=True)
    set_voter(book, procedure_id, late, actor())
    assert voter_counts(stored(book, procedure_id)).present == 20


@pytest.mark.parametrize(
    "day, said",
    [
        (date(2026, 11, 25), "在今天之后"),
        (MEETING + timedelta(1), "与大会开幕的日期 2026-05-20 不同"),
    ],
)
def test_the_freeze_is_on_the_day_of_the_meeting(day: date, said: str) -> None:
    book = election_book()
    procedure_id = prepared(book)
    take_snapshot(book, procedure_id, MEETING, actor())
    step(book, procedure_id, "voters", MEETING)
    step(book, procedure_id, "opening", MEETING)
    refused(book, said, lambda: freeze_voters(book, procedure_id, day, actor()))


def test_a_freeze_needs_voters_as_the_roster_of_the_day_has_them() -> None:
    book = election_book()
    procedure_id = prepared(book)
    refused(book, "还没有核定选举权人", lambda: freeze_voters(book, procedure_id, MEETING, actor()))
    take_snapshot(book, procedure_id, MEETING, actor())
    leaves(book, "钱示例", date(2026, 5, 19))
    assert changes_of(book, procedure_id) == ("钱示例已不在名册中",)
    refused(
        book,
        "名册与核定的不同：钱示例已不在名册中",
        lambda: freeze_voters(book, procedure_id, MEETING, actor()),
    )


def test_exclusions_that_the_meeting_voted_down_do_not_freeze() -> None:
    """§2.3: the general meeting passes them, more than half of those due (支部工作条例 第十一条)."""
    book = election_book(24)
    procedure_id = prepared(book)
    take_snapshot(book, procedure_id, MEETING, actor())
    mark_all_present(book, procedure_id, actor())
    exclude(book, procedure_id, "赵示例", present=False)
    step(book, procedure_id, "voters", MEETING)
    step(book, procedure_id, "opening", MEETING, votes={"exclusions": Vote(votes_for=12, votes_against=11)})
    refused(
        book,
        "大会没有通过不计入应到会人员：赵示例",
        lambda: freeze_voters(book, procedure_id, MEETING, actor()),
    )
    step(book, procedure_id, "opening", MEETING, votes={"exclusions": Vote(votes_for=13, votes_against=10)})
    freeze_voters(book, procedure_id, MEETING, actor())
    assert voter_counts(stored(book, procedure_id)).due == 23


@pytest.mark.parametrize(
    "due, present, needed, met",
    [(23, 19, 19, True), (23, 18, 19, False), (20, 16, 16, True), (20, 15, 16, False), (21, 17, 17, True)],
)
def test_four_fifths_have_to_come(due: int, present: int, needed: int, met: bool) -> None:
    """§12 cases 13, 15: not fewer than 4/5; exactly four fifths is enough (E-17)."""
    book = election_book(due)
    procedure_id = prepared(book)
    opened(book, procedure_id, absent=NAMES[: due - present])
    with book.reading() as reading:
        quorum = election_quorum(reading, stored(book, procedure_id))
    assert (quorum.due, quorum.present, quorum.needed, quorum.met) == (due, present, needed, met)


def test_an_invalid_meeting_is_held_anew_with_voters_of_its_own_day() -> None:
    book = election_book()
    procedure_id = prepared(book)
    opened(book, procedure_id, absent=NAMES[:5])
    refused(book, "需要写明原因", lambda: reopen_voters(book, procedure_id, " ", actor()))
    reopen_voters(book, procedure_id, "到会不足五分之四", actor())
    after = stored(book, procedure_id)
    assert after.voters_frozen_on is None
    assert all(each.present is None for each in after.voters)
    again = MEETING + timedelta(7)
    opened(book, procedure_id, on=again)
    assert stored(book, procedure_id).voters_frozen_on == again
    refused(
        book,
        "应到人数已按 2026-05-27 冻结",
        lambda: step(book, procedure_id, "opening", MEETING, reason="补记"),
    )


def test_before_the_earliest_rules_the_classes_count_without_an_article() -> None:
    """0.1: no rulebook before 2020-07-13 for elections; numbers are checked, nothing is derived."""
    book = election_book()
    day = date(2019, 3, 5)
    procedure_id = begun(book)
    take_snapshot(book, procedure_id, day, actor())
    exclude(book, procedure_id, "赵示例", consented_on=date(2019, 2, 1))
    assert voter(book, procedure_id, "赵示例").is_excluded
    step(book, procedure_id, "voters", day, reason="补记")
    step(book, procedure_id, "opening", day, reason="补记")
    with book.reading() as reading:
        quorum = election_quorum(reading, stored(book, procedure_id))
    assert quorum.needed == 0
    assert "该日期无规则依据" in quorum.sentence


class TestPresenceOfSeveral:
    """到会: a pasted list or several chosen names are one operation, kept as a whole or not at all."""

    def test_it_is_one_operation(self):
        book = election_book()
        procedure_id = snapshot(book)
        with book.reading() as reading:
            before = len(reading.operations(1000))
        people = {voter(book, procedure_id, name).person_id: True for name in NAMES[:3]}
        mark_presence(book, procedure_id, people, actor())
        with book.reading() as reading:
            assert len(reading.operations(1000)) == before + 1
        assert voter_counts(stored(book, procedure_id)).present == 3

    def test_one_who_cannot_be_marked_refuses_all(self):
        book = election_book()
        procedure_id = snapshot(book)
        first = voter(book, procedure_id, NAMES[0]).person_id
        people = {first: True, UUID(int=9): True}
        refused(book, "不在核定的名单中", lambda: mark_presence(book, procedure_id, people, actor()))
