"""What is said about each step of an election, with its article (支部工作条例; 选举条例)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.ballots import Assignment, Candidate, ElectionKind
from branchbook.domain.people import Post
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef, Vote
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.election_office import apply_reply, take_office
from branchbook.services.elections import election_view
from branchbook.services.operations import operate
from branchbook.services.people_facts import end_fact, remove_fact
from tests.fakes import FakeBook
from tests.services.asking import roster_of
from tests.services.election_books import (
    ballots,
    begun,
    book_with_committee,
    counted,
    entry,
    extension,
    put_procedure,
    voters,
)
from tests.services.small_book import TODAY, actor, named

DAY = date(2026, 9, 8)


def said(
    book: FakeBook,
    procedure: Procedure,
    step: str,
    today: date = TODAY,
    levels: Sequence[Level] = tuple(Level),
) -> list[Finding]:
    with book.reading() as reading:
        found = election_view(reading, procedure.id, today).step_findings.get(step, ())
    return [each for each in found if each.level in levels]


def of_steps(*entries: StepEntry, shape: str = "term_election") -> tuple[FakeBook, Procedure]:
    book = book_with_committee()
    return book, begun(book, shape, date(2026, 3, 1), entries)


def people(step: str, day: date | None = DAY, **named_people: str) -> StepEntry:
    refs = {
        key: tuple(PersonRef(name, named(name)) for name in names.split())
        for key, names in named_people.items()
    }
    return StepEntry(step, day, people=refs)


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"seats": 3}, []),
        ({"seats": 5, "candidates": 6}, []),
        ({"seats": 2}, [(Level.WARNING, "B-33")]),
        ({"seats": 6}, [(Level.INFO, "B-33")]),
        ({"seats": 7}, [(Level.INFO, "B-33")]),
        ({"seats": 8}, [(Level.WARNING, "B-33")]),
        ({"seats": 3, "candidates": 3}, [(Level.ERROR, "E-11")]),
        ({"seats": 5, "candidates": 5}, [(Level.ERROR, "E-11")]),
        ({"seats": 6, "candidates": 7}, [(Level.INFO, "B-33"), (Level.ERROR, "E-11")]),
        ({"seats": 3, "deputies": 1}, []),
        ({"seats": 3, "deputies": 2}, [(Level.WARNING, "B-34")]),
        ({"seats": 3, "planned_on": "2026-09-10"}, []),
        ({"seats": 3, "planned_on": "2026-09-01"}, [(Level.WARNING, "E-02")]),
        ({"seats": 3, "planned_on": "2027-09-11"}, [(Level.ERROR, "B-41")]),
    ],
)
def test_the_decision(values, expected) -> None:
    """B-33 three to five, at most seven; B-34 one deputy; E-11 a fifth more candidates; E-02, B-41 the day."""
    book, procedure = of_steps(entry("decision", date(2026, 3, 2), **values))
    found = said(book, procedure, "decision")
    assert [(each.level, each.rule) for each in found] == expected
    assert all(each.article and each.text for each in found)


def test_a_branch_without_a_committee_has_at_most_one_deputy() -> None:
    """B-35."""
    decided = entry("decision", date(2026, 3, 2), deputies=2)
    book, procedure = of_steps(decided, shape="secretary_election")
    assert [each.rule for each in said(book, procedure, "decision")] == ["B-35"]


def test_the_reply_may_differ_from_the_decision() -> None:
    book, procedure = of_steps(
        entry("decision", date(2026, 3, 2), seats=5, candidates=6),
        entry("reply", date(2026, 4, 1), seats=3, candidates=6),
    )
    found = said(book, procedure, "reply", levels=[Level.WARNING])
    assert "批复的委员名额 3 名，与研究时的 5 名不同" in " ".join(each.text for each in found)


def test_an_early_election_that_the_reply_approves_is_only_noted() -> None:
    """E-02: 提前换届须经上级批准."""
    decided = entry("decision", date(2026, 3, 2), seats=3, planned_on="2026-06-01")
    book, procedure = of_steps(decided, entry("reply", date(2026, 4, 1), seats=3, early=True))
    assert [each.level for each in said(book, procedure, "decision")] == [Level.INFO]


def test_steps_out_of_order_and_late_are_told_with_the_reason() -> None:
    late = entry("decision", date(2026, 8, 20), seats=3, planned_on="2026-09-10")
    asked = replace(entry("request", date(2026, 8, 19)), reason="先口头报告")
    book, procedure = of_steps(late, asked)
    found = said(book, procedure, "decision")
    assert [(each.level, each.rule) for each in found] == [(Level.INFO, "B-40")]
    assert "应在2026年3月10日前办理，晚了 163 天" in found[0].text
    found = said(book, procedure, "request")
    assert found[0].text.endswith("；原因：先口头报告")
    assert (found[1].rule, found[1].text) == ("E-35", "应在2026年8月10日前办理，晚了 9 天")


@pytest.mark.parametrize(
    "values, said_of",
    [
        ({"members": 20, "taking_part": 18, "issued": 18, "returned": 17, "invalid": 1}, []),
        ({"members": 20, "taking_part": 21}, ["参加推荐党员"]),
        (
            {"taking_part": 18, "issued": 19, "returned": 20, "invalid": 21},
            ["发出推荐票", "收回推荐票", "无效票"],
        ),
        ({"returned": 17}, []),
    ],
)
def test_recommendation_ballots_are_reconciled(values, said_of) -> None:
    """E-12: more cannot come back than went out."""
    book, procedure = of_steps(entry("nomination", date(2026, 5, 1), **values))
    found = said(book, procedure, "nomination", levels=[Level.ERROR])
    assert [each.text.split(" ")[0] for each in found] == said_of


def test_nobody_has_more_recommendations_than_ballots_came_back() -> None:
    """E-12."""
    book, procedure = of_steps(entry("nomination", date(2026, 5, 1), issued=18, returned=18))
    people = tuple(
        Candidate(named(name), name, ElectionKind.COMMITTEE, nominated_votes=votes)
        for name, votes in (("赵示例", 18), ("李示例", 19))
    )
    procedure = put_procedure(book, procedure, candidates=people)
    found = said(book, procedure, "nomination", levels=[Level.ERROR])
    assert [each.text for each in found] == ["李示例得推荐票 19，多于收回推荐票 18，请核对"]


@pytest.mark.parametrize("since, told", [(date(2025, 9, 9), True), (date(2025, 9, 8), False)])
def test_a_secretary_has_been_a_member_for_a_year(since, told) -> None:
    """B-43: on the planned day."""
    decided = entry("decision", date(2026, 3, 2), seats=3, planned_on="2026-09-08")
    book, procedure = of_steps(decided)
    with operate(book, actor(4), "转正") as operating:
        person = operating.writing.roster().person_by_id[named("李示例")]
        operating.writing.put(replace(person, full_member_since=since))
    stands = Candidate(named("李示例"), "李示例", ElectionKind.SECRETARY)
    put_procedure(book, procedure, candidates=(stands,))
    found = [each for each in said(book, procedure, "candidate_approval") if each.rule == "B-43"]
    assert bool(found) is told
    assert all("2025年9月9日转正，党龄不满 1 年" in each.text for each in found)


def test_the_meeting_needs_four_fifths() -> None:
    """E-17: 20 due need 16."""
    book, procedure = of_steps(entry("opening", DAY))
    assert [each.text for each in said(book, procedure, "opening") if each.rule == "E-17"] == [
        "还没有登记到会情况"
    ]
    put_procedure(book, procedure, voters=voters(15))
    assert [each.level for each in said(book, procedure, "opening") if each.rule == "E-17"] == [Level.ERROR]
    put_procedure(book, procedure, voters=voters(16))
    assert [each.level for each in said(book, procedure, "opening") if each.rule == "E-17"] == [Level.INFO]


def test_the_meeting_passes_its_rules_and_its_scrutineers() -> None:
    """E-37, E-20: more than half of those due; exactly half fails."""
    votes = {"method": Vote(votes_for=10, votes_against=10), "scrutineers": Vote(votes_for=11)}
    book, procedure = of_steps(StepEntry("method", DAY, votes=votes))
    put_procedure(book, procedure, voters=voters(20))
    found = said(book, procedure, "method", levels=[Level.ERROR])
    assert [(each.rule, "通过选举办法" in each.text) for each in found] == [("E-37", True)]
    book, procedure = of_steps(entry("method", DAY))
    assert "没有登记表决：通过选举办法、通过监票人" in [each.text for each in said(book, procedure, "method")]


def test_the_count_is_told_as_it_stands() -> None:
    """E-25: done but not confirmed; E-28: the two bases disagree; the day of the ballot."""
    book = book_with_committee()
    votes = {"李示例": 16, "周示例": 15, "钱示例": 10, "吴示例": 4}
    cast = ballots(ElectionKind.COMMITTEE, DAY, votes, 3, present=18, due=20)
    procedure = put_procedure(book, counted(book, heads={}), rounds=(cast,))
    texts = [each.text for each in said(book, procedure, "count", levels=[Level.WARNING])]
    assert any("两种口径结果不同" in text for text in texts)
    put_procedure(book, procedure, rounds=(replace(cast, confirmed_on=None),))
    assert "计票还没有由监票人确认" in [each.text for each in said(book, procedure, "count")]
    put_procedure(book, procedure, rounds=(replace(cast, held_on=date(2026, 9, 7)),))
    assert any("投票的日期 2026-09-07 不同" in each.text for each in said(book, procedure, "count"))


def test_the_day_of_the_election_is_measured_by_the_term() -> None:
    """E-02: two days before the end without an approval."""
    book = book_with_committee()
    found = said(book, counted(book, heads={}), "count", levels=[Level.WARNING])
    assert [each.rule for each in found] == ["E-02"]
    book = book_with_committee()
    by_election = counted(book, "by_election", committee={}, heads={Post.SECRETARY: "钱示例"})
    assert [each for each in said(book, by_election, "count") if each.rule == "E-02"] == []


def test_seats_are_not_given_up_below_the_least_committee() -> None:
    """E-33 speaks of a number near the seats; a branch's committee has three members at least (B-33)."""
    book = book_with_committee()
    votes = {"李示例": 16, "周示例": 15, "钱示例": 10, "吴示例": 4}
    cast = ballots(ElectionKind.COMMITTEE, DAY, votes, 3, consenting=20)
    procedure = put_procedure(book, counted(book, heads={}), rounds=(cast,))
    found = said(book, procedure, "count", levels=[Level.WARNING])
    assert [(each.rule, each.text) for each in found if each.rule == "B-33"] == [
        ("B-33", "减少名额后委员 2 名，支部委员会不少于 3 名，请另行选举或报上级确认")
    ]


@pytest.mark.parametrize(
    "role, rule, word", [("scrutineers", "E-20", "监票人"), ("tellers", "E-21", "计票人")]
)
def test_whoever_watches_or_counts_is_at_the_meeting(role, rule, word) -> None:
    """第二十二、二十三条: chosen from the members there."""
    book = book_with_committee()
    procedure = counted(book, heads={}).with_entry(people("method", DAY, **{role: "周示例"}))
    there = [replace(each, present=each.name != "周示例") for each in voters(20)]
    procedure = put_procedure(book, procedure, voters=tuple(there))
    assert f"{word}周示例没有到会，请核对" in [
        each.text for each in said(book, procedure, "method") if each.rule == rule
    ]


def test_the_first_meeting_is_chaired_by_someone_newly_elected() -> None:
    """E-18."""
    book = book_with_committee()
    procedure = counted(book)
    chaired = people("first_meeting", chair="赵示例")
    put_procedure(book, procedure.with_entry(chaired))
    assert "E-18" in [each.rule for each in said(book, procedure, "first_meeting")]
    put_procedure(book, procedure.with_entry(people("first_meeting", chair="周示例")))
    assert "E-18" not in [each.rule for each in said(book, procedure, "first_meeting")]


def test_who_has_no_share_of_the_work_is_named() -> None:
    """B-34."""
    book = book_with_committee()
    procedure = counted(book).with_entry(entry("division", DAY))
    one = Assignment(named("周示例"), "周示例", Post.ORGANISATION_MEMBER)
    procedure = put_procedure(book, procedure, assignments=(one,))
    assert [each.text for each in said(book, procedure, "division")] == ["还没有分工：李示例、钱示例"]


def test_a_refusal_leads_to_its_step_and_the_roster_is_compared() -> None:
    """B-38."""
    book = book_with_committee()
    procedure = put_procedure(book, counted(book).with_entry(entry("result_report", DAY)))
    take_office(book, procedure.id, DAY, actor(5))
    assert said(book, procedure, "take_office") == []
    apply_reply(book, procedure.id, entry("result_reply", DAY, outcome="不批准", document="示1号"), actor(6))
    assert [each.rule for each in said(book, procedure, "result_reply")] == ["B-38"]
    fact = next(
        each
        for each in roster_of(book).post_facts_on(procedure.organisation_id, TODAY)
        if each.person_id == named("周示例")
    )
    end_fact(book, fact.id, TODAY, actor(7))
    assert said(book, procedure, "take_office") == []  # who leaves later leaves the result as it was
    remove_fact(book, fact.id, actor(8))
    assert [each.text for each in said(book, procedure, "take_office")] == [
        "名册里的职务与选举结果不一致，请核对后重新更新职务"
    ]


@pytest.mark.parametrize(
    "until, expected",
    [
        (date(2027, 9, 10), []),
        (date(2027, 9, 11), [(Level.ERROR, "B-41")]),
        (date(2026, 9, 10), [(Level.WARNING, "E-02")]),
    ],
)
def test_an_extension_lies_within_a_year_after_the_end(until, expected) -> None:
    """任期意见 二; B-41."""
    book = book_with_committee()
    procedure = extension(book, until, date(2026, 8, 1))
    for step in ("request", "reply"):
        found = [(each.level, each.rule) for each in said(book, procedure, step)]
        assert found == expected


def test_before_the_rules_of_election_nothing_is_cited() -> None:
    """基层组织选举工作条例 is in force from 2020-07-13."""
    book = book_with_committee(elected_on=date(2017, 1, 1))
    procedure = begun(
        book, "term_election", date(2018, 1, 1), (entry("decision", date(2018, 1, 2), seats=9),)
    )
    with book.reading() as reading:
        view = election_view(reading, procedure.id, date(2018, 2, 1))
    assert view.step_findings == {}


def test_an_extension_is_approved_to_some_day() -> None:
    """B-41: without it the term still ends when it would have."""
    book = book_with_committee()
    reply = entry("reply", date(2026, 6, 10), outcome="批准", document="示机党〔2026〕9号")
    procedure = begun(book, "term_extension", date(2026, 6, 1), (reply,))
    (found,) = said(book, procedure, "reply", levels=[Level.ERROR])
    assert "没有填写同意延长到哪天" in found.text
    refused = replace(reply, values={**reply.values, "outcome": "不批准"})
    assert said(book, put_procedure(book, procedure.with_entry(refused)), "reply", levels=[Level.ERROR]) == []


def test_seats_changed_after_ballots_were_issued_are_told() -> None:
    """E-27: a ballot is counted by the seats printed on it."""
    book = book_with_committee()
    procedure = counted(book, heads={})
    assert [each for each in said(book, procedure, "count") if each.rule == "E-27"] == []
    changed = put_procedure(book, procedure.with_entry(entry("reply", DAY, seats=2)))
    for step in ("reply", "count"):
        assert "委员名额 2 名，与选票上的应选 3 名不同，请核对" in [
            each.text for each in said(book, changed, step, levels=[Level.ERROR])
        ]
