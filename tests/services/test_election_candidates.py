"""Who stands: 基层组织选举工作条例 第五、十三、二十二、二十四条, each refusal with its article."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.people import FactKind, Restriction
from branchbook.services.election_candidates import (
    candidate_findings,
    in_order_around,
    in_stroke_order,
    set_candidates,
)
from branchbook.services.settings import change_setting
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
    refs,
    stand,
    step,
    stored,
    with_method,
)
from tests.services.small_book import actor, named

COMMITTEE, SECRETARY, DEPUTY = ElectionKind.COMMITTEE, ElectionKind.SECRETARY, ElectionKind.DEPUTY
FOUR = ("赵示例", "钱示例", "孙示例", "李示例")


def findings(book: FakeBook, procedure_id: UUID, kind: ElectionKind, level: str) -> list[tuple[str, str]]:
    """Rule and text of the findings of a level."""
    with book.reading() as reading:
        found = candidate_findings(reading, stored(book, procedure_id), kind)
    return [(each.rule, f"{each.text} {each.article}") for each in found if each.level == level]


def put_up(book: FakeBook, procedure_id: UUID, people: Sequence[Candidate]) -> None:
    set_candidates(book, procedure_id, COMMITTEE, people, actor())


def people(*names: str, kind: ElectionKind = COMMITTEE) -> list[Candidate]:
    return [Candidate(named(name), name, kind) for name in names]


def names_of(book: FakeBook, procedure_id: UUID, kind: ElectionKind = COMMITTEE) -> list[str]:
    return [each.name for each in stored(book, procedure_id).candidates if each.kind == kind]


@pytest.mark.parametrize("seats, least", [(3, 4), (5, 6), (6, 8), (7, 9), (1, 2), (4, 5)])
def test_a_committee_is_elected_from_a_fifth_more_candidates(seats: int, least: int) -> None:
    """§12 case 17: at least 20 % more than the seats, rounded up, never as many (第十三条, E-11)."""
    for number in (least - 1, least):
        book = election_book()
        procedure_id = prepared(book, seats=seats)
        stand(book, procedure_id, COMMITTEE, *NAMES[:number])
        errors = findings(book, procedure_id, COMMITTEE, "error")
        assert [rule for rule, _ in errors] == ["E-11"] * (number < least)
        if errors:
            assert f"候选人须有 {least} 名，现有 {number} 名；差额不足" in errors[0][1]
            assert "基层组织选举工作条例 第十三条" in errors[0][1]


def test_no_candidates_and_no_seats_are_told() -> None:
    book = election_book()
    procedure_id = begun(book)
    assert "还没有委员候选人" in findings(book, procedure_id, COMMITTEE, "error")[0][1]
    stand(book, procedure_id, COMMITTEE, *FOUR)
    assert "还没有确定委员名额" in findings(book, procedure_id, COMMITTEE, "error")[0][1]


def test_the_reply_says_how_many_seats_and_candidates() -> None:
    """上级审查同意 (第十四条, E-12): the reply's numbers go before those decided."""
    book = election_book()
    procedure_id = prepared(book, seats=3)
    step(book, procedure_id, "reply", date(2026, 3, 20), values={"seats": 5, "candidates": 7})
    stand(book, procedure_id, COMMITTEE, *NAMES[:6])
    assert "应选委员 5 名" in findings(book, procedure_id, COMMITTEE, "info")[0][1]
    assert findings(book, procedure_id, COMMITTEE, "warning") == [
        ("E-12", "上级批复委员候选人 7 名，现有 6 名，请核对 基层组织选举工作条例 第十四条")
    ]


def test_the_same_person_stands_once() -> None:
    book = election_book()
    procedure_id = prepared(book)
    refused(
        book,
        "同一个人不能两次作为候选人（赵示例）",
        lambda: put_up(book, procedure_id, [*people("赵示例"), *people("赵示例")]),
    )
    assert names_of(book, procedure_id) == []


def test_someone_without_the_right_to_be_elected_does_not_stand() -> None:
    book = election_book()
    procedure_id = prepared(book)
    is_probationary(book, "赵示例")
    refused(
        book,
        "预备党员没有.*不能作为候选人（基层组织选举工作条例 第五条）（赵示例）",
        lambda: put_up(book, procedure_id, people("赵示例")),
    )
    value = Restriction.DISCIPLINARY_PROBATION
    fact(book, "钱示例", FactKind.RESTRICTION, value, date(2026, 1, 1))
    refused(book, "留党察看.*第五条.*钱示例", lambda: put_up(book, procedure_id, people("钱示例")))
    leaves(book, "孙示例", date(2026, 5, 1))
    refused(book, "组织关系不在本组织.*第五条.*孙示例", lambda: put_up(book, procedure_id, people("孙示例")))
    stranger = Candidate(uuid4(), "外人", COMMITTEE)
    refused(book, "候选人不在名册中", lambda: put_up(book, procedure_id, [stranger]))


def test_candidates_are_eligible_on_the_day_of_the_meeting_not_today() -> None:
    book = election_book()
    procedure_id = prepared(book)
    leaves(book, "赵示例", MEETING + timedelta(1))
    put_up(book, procedure_id, people("赵示例"))
    assert names_of(book, procedure_id) == ["赵示例"]


def test_a_candidate_who_left_since_the_nomination_is_an_error() -> None:
    """Issue 3 §6: left the branch between nomination and election."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    assert findings(book, procedure_id, COMMITTEE, "error") == []
    leaves(book, "赵示例", date(2026, 5, 10))
    assert findings(book, procedure_id, COMMITTEE, "error") == [
        (
            "E-04",
            "候选人赵示例：2026-05-20 组织关系不在本组织，不能作为候选人 基层组织选举工作条例 第五条",
        )
    ]
    withdrawn = [
        replace(each, withdrawn_reason="已转出" if each.name == "赵示例" else "")
        for each in stored(book, procedure_id).candidates
    ]
    put_up(book, procedure_id, withdrawn)
    assert [rule for rule, _ in findings(book, procedure_id, COMMITTEE, "error")] == ["E-11"]


def test_of_two_candidates_who_left_one_goes_after_the_other() -> None:
    """第五条: the one who still stands without the right is a finding, and does not bar writing off the other."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    for name in ("赵示例", "钱示例"):
        leaves(book, name, date(2026, 5, 10))
    for name in ("赵示例", "钱示例"):
        kept = [
            replace(each, withdrawn_reason="已转出" if each.name == name else each.withdrawn_reason)
            for each in stored(book, procedure_id).candidates
        ]
        put_up(book, procedure_id, kept)
    assert [rule for rule, _ in findings(book, procedure_id, COMMITTEE, "error")] == ["E-11"]
    back = [replace(each, withdrawn_reason="") for each in stored(book, procedure_id).candidates]
    refused(book, "组织关系不在本组织", lambda: put_up(book, procedure_id, back))


def test_who_stands_elsewhere_with_a_reason_keeps_the_place_when_another_is_added() -> None:
    """第二十四条: the reason that is told and printed has to stay true."""
    book = election_book()
    procedure_id = prepared(book)
    with book.reading() as reading:
        first, *others = in_stroke_order(reading, people(*FOUR))
        moved = [*others[:-1], replace(first, manual_reason="示例原因"), others[-1]]
        around = in_order_around(reading, [*moved, *people("周示例")])
    assert around[2].name == first.name
    assert [each.name for each in around if each.name != first.name] == [
        each.name for each in in_order(book, [*others, *people("周示例")])
    ]
    put_up(book, procedure_id, moved)
    assert any("没有按姓氏笔画排列" in text for _, text in findings(book, procedure_id, COMMITTEE, "info"))
    put_up(book, procedure_id, [moved[2], *others])
    assert not any(
        "没有按姓氏笔画排列" in text for _, text in findings(book, procedure_id, COMMITTEE, "info")
    )


def in_order(book: FakeBook, given: Sequence[Candidate]) -> tuple[Candidate, ...]:
    with book.reading() as reading:
        return in_stroke_order(reading, given)


def test_committee_candidates_stand_by_the_strokes_of_their_names() -> None:
    """第二十四条: 委员候选人以姓氏笔画为序."""
    book = election_book()
    procedure_id = prepared(book)
    refused(
        book,
        "以姓氏笔画为序，孙示例应在李示例之前（基层组织选举工作条例 第二十四条）",
        lambda: put_up(book, procedure_id, people("李示例", "孙示例")),
    )
    put_up(book, procedure_id, people("孙示例", "李示例", "赵示例"))
    assert names_of(book, procedure_id) == ["孙示例", "李示例", "赵示例"]


def test_another_order_needs_a_reason_and_is_told() -> None:
    book = election_book()
    procedure_id = prepared(book)
    moved = [replace(each, manual_reason="上级要求") for each in people("赵示例")]
    put_up(book, procedure_id, [*moved, *people("孙示例", "李示例")])
    assert names_of(book, procedure_id) == ["赵示例", "孙示例", "李示例"]
    assert ("E-22", "赵示例没有按姓氏笔画排列：上级要求 基层组织选举工作条例 第二十四条") in findings(
        book, procedure_id, COMMITTEE, "info"
    )


@given(st.permutations(people(*NAMES[:6])))
def test_any_order_but_that_of_strokes_is_refused(order: list[Candidate]) -> None:
    book = election_book()
    procedure_id = begun(book)
    with book.reading() as reading:
        right = in_stroke_order(reading, order)
    put_up(book, procedure_id, right)
    if tuple(order) != right:
        refused(book, "以姓氏笔画为序", lambda: put_up(book, procedure_id, order))


def test_secretary_candidates_stand_as_approved() -> None:
    """第二十四条: 书记、副书记候选人按上级批准的顺序."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, SECRETARY, "赵示例", "孙示例")
    assert names_of(book, procedure_id, SECRETARY) == ["赵示例", "孙示例"]
    assert (
        "E-22",
        "书记候选人按上级批准的顺序排列，请与批复核对 基层组织选举工作条例 第二十四条",
    ) in findings(book, procedure_id, SECRETARY, "info")


def test_one_secretary_candidate_for_the_post_unless_the_setting_says_so() -> None:
    """E-15, 通行做法: 等额; a margin by the setting."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, SECRETARY, "赵示例")
    assert findings(book, procedure_id, SECRETARY, "warning") == []
    change_setting(book, "secretary_election_margin", True, actor())
    assert "设置为差额选举" in findings(book, procedure_id, SECRETARY, "warning")[0][1]
    stand(book, procedure_id, SECRETARY, "赵示例", "钱示例")
    assert findings(book, procedure_id, SECRETARY, "warning") == []
    change_setting(book, "secretary_election_margin", False, actor())
    warned = findings(book, procedure_id, SECRETARY, "warning")
    assert [rule for rule, _ in warned] == ["E-15"]
    assert "一般等额选举" in warned[0][1]
    assert "通行做法" in warned[0][1]


def test_a_secretary_who_does_not_stand_for_the_committee_is_told() -> None:
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    stand(book, procedure_id, SECRETARY, "周示例")
    warned = findings(book, procedure_id, SECRETARY, "warning")
    assert [rule for rule, _ in warned] == ["B-37"]
    assert "周示例不是委员候选人" in warned[0][1]


def test_an_election_without_a_committee_has_no_committee_candidates() -> None:
    book = election_book(6)
    procedure_id = prepared(book, "secretary_election")
    refused(book, "不选举委员", lambda: put_up(book, procedure_id, people("赵示例")))
    stand(book, procedure_id, SECRETARY, "赵示例")
    assert findings(book, procedure_id, SECRETARY, "error") == []


@pytest.mark.parametrize("votes", [-1, 100_001])
def test_recommendation_votes_that_cannot_be_are_refused(votes: int) -> None:
    book = election_book()
    procedure_id = prepared(book)
    given = [replace(each, nominated_votes=votes) for each in people("赵示例")]
    refused(
        book, f"推荐票数应在 0 到 100000 之间（赵示例 {votes}）", lambda: put_up(book, procedure_id, given)
    )


def test_a_name_follows_the_roster_and_a_note_behind_it_stays() -> None:
    book = election_book()
    procedure_id = prepared(book)
    put_up(book, procedure_id, [Candidate(named("赵示例"), "老赵", COMMITTEE)])
    assert names_of(book, procedure_id) == ["赵示例"]
    put_up(book, procedure_id, [Candidate(named("赵示例"), "赵示例（一组）", COMMITTEE)])
    assert names_of(book, procedure_id) == ["赵示例（一组）"]


@pytest.mark.parametrize(
    "role, word, article",
    [
        ("scrutineers", "监票人", "第二十二条"),
        ("chief_scrutineer", "监票人", "第二十二条"),
        ("tellers", "计票人", "第二十三条"),
    ],
)
def test_whoever_watches_or_counts_is_no_candidate_from_either_side(
    role: str, word: str, article: str
) -> None:
    """§12 case 31: a scrutineer who is a candidate is refused, whichever was entered first."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    opened(book, procedure_id)
    watching = {"scrutineers": refs("陈示例"), "tellers": refs("卫示例")}
    said = f"{word}不能是候选人：.*（基层组织选举工作条例 {article}）"
    refused(
        book,
        said,
        lambda: step(book, procedure_id, "method", MEETING, people=watching | {role: refs("赵示例")}),
    )
    step(book, procedure_id, "method", MEETING, people=watching | {role: refs("褚示例")})
    refused(book, said, lambda: stand(book, procedure_id, COMMITTEE, "褚示例", *FOUR))


def test_a_withdrawn_candidate_may_watch() -> None:
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    left = [
        replace(each, withdrawn_reason="本人不愿参加" if each.name == "赵示例" else "")
        for each in stored(book, procedure_id).candidates
    ]
    put_up(book, procedure_id, left)
    opened(book, procedure_id)
    with_method(book, procedure_id, scrutineer="赵示例")


def test_before_the_earliest_rules_no_margin_is_asked_for() -> None:
    book = election_book()
    procedure_id = begun(book)
    values = {"seats": 3, "planned_on": "2019-03-05"}
    step(book, procedure_id, "decision", date(2019, 1, 5), values=values)
    stand(book, procedure_id, COMMITTEE, *NAMES[:3])
    assert findings(book, procedure_id, COMMITTEE, "error") == []
    assert findings(book, procedure_id, COMMITTEE, "info") == []
