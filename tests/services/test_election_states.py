"""The states of an election, those beside the way included (rules.md §2.4; 选举条例)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branchbook.catalogue.procedures.evaluation import FAMILY as EVALUATION
from branchbook.catalogue.procedures_list import SHAPES
from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.services.election_states import STATE_WORDS, ElectionState, election_state
from branchbook.services.procedures import abandon_procedure, save_step
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
from tests.services.small_book import TODAY, actor

DAY = date(2026, 9, 8)
FOUR = {"李示例": 19, "周示例": 18, "钱示例": 16, "吴示例": 5}
STEPS = [
    *("decision", "request", "reply", "nomination", "candidate_approval", "voters", "opening", "method"),
    *("count", "first_meeting", "division", "result_report", "result_reply", "take_office", "filing"),
]


def state(book, procedure) -> tuple[ElectionState, str]:
    with book.reading() as reading:
        return election_state(reading, procedure)


@pytest.mark.parametrize(
    "last, expected, words",
    [
        ("", ElectionState.PLANNED, "拟换届"),
        ("decision", ElectionState.DECIDED, "已研究"),
        ("request", ElectionState.REQUESTED, "已请示"),
        ("reply", ElectionState.AGREED, "上级已批复同意"),
        ("nomination", ElectionState.NOMINATED, "已推荐候选人"),
        ("candidate_approval", ElectionState.CANDIDATES_APPROVED, "上级已同意候选人"),
        ("voters", ElectionState.VOTERS_SET, "已核定应到"),
        ("opening", ElectionState.OPENED, "大会已开幕"),
        ("method", ElectionState.METHOD_PASSED, "已通过选举办法"),
        ("count", ElectionState.COUNTED, "已宣布当选"),
        ("first_meeting", ElectionState.COMMITTEE_MET, "委员会已开第一次会议"),
        ("division", ElectionState.COMMITTEE_MET, "委员会已开第一次会议"),
        ("result_report", ElectionState.REPORTED, "已报告结果"),
        ("result_reply", ElectionState.APPROVED, "上级已批复结果"),
        ("take_office", ElectionState.APPROVED, "上级已批复结果"),
        ("filing", ElectionState.FILED, "已归档"),
    ],
)
def test_the_last_step_decides(last: str, expected: ElectionState, words: str) -> None:
    book = book_with_committee()
    done = STEPS[: STEPS.index(last) + 1] if last else []
    steps = [entry(each, DAY, **({"outcome": "批准"} if each == "result_reply" else {})) for each in done]
    assert state(book, begun(book, "term_election", DAY, steps)) == (expected, words)


def test_a_by_election_is_planned_as_such() -> None:
    book = book_with_committee()
    assert state(book, begun(book, "by_election", DAY))[1] == "拟补选"


def in_count(book, *rounds: BallotRound, **changes: Any):
    """An election that stands at its count."""
    procedure = counted(book, heads={}).with_entry(entry("count", None))
    procedure = procedure.with_entry(entry("first_meeting", None))
    return put_procedure(book, procedure, rounds=rounds, **changes)


def cast(votes: dict[str, int], seats: int = 3, **changes: Any) -> BallotRound:
    return ballots(ElectionKind.COMMITTEE, DAY, votes, seats, **changes)


def test_too_few_voters_make_the_meeting_invalid() -> None:
    """E-17: 20 due need 16."""
    book = book_with_committee()
    procedure = in_count(book, voters=voters(15))
    assert state(book, procedure) == (
        ElectionState.MEETING_INVALID,
        "会议无效：应到 20 名，须到 16 名，实到 15 名",
    )
    assert state(book, replace(procedure, voters=voters(16)))[0] is ElectionState.METHOD_PASSED
    assert state(book, replace(procedure, voters=()))[0] is ElectionState.METHOD_PASSED


@pytest.mark.parametrize(
    "rounds, expected, words",
    [
        ((cast(FOUR, returned=21),), ElectionState.ELECTION_INVALID, "委员：选举无效，须重新投票"),
        (
            (cast({"李示例": 19, "周示例": 12, "钱示例": 12, "吴示例": 12}),),
            ElectionState.TIE_BALLOT,
            "委员：周示例、钱示例、吴示例平票，再次投票",
        ),
        (
            (cast({"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5}),),
            ElectionState.FURTHER_BALLOT,
            "委员：不足的 1 个名额另行选举",
        ),
        (
            (cast({"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5}, consenting=9),),
            ElectionState.FURTHER_BALLOT,
            "委员：不足的 1 个名额另行选举",
        ),
        (
            (cast({"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5}, consenting=10),),
            ElectionState.FEWER_SEATS,
            "委员：经选举人同意减少 1 个名额",
        ),
        ((cast(FOUR),), ElectionState.COUNTING, "正在投票计票"),
        ((cast(FOUR, returned=21), cast(FOUR)), ElectionState.COUNTING, "正在投票计票"),
        ((cast(FOUR, confirmed=False),), ElectionState.COUNTING, "正在投票计票"),
        (
            (
                cast({"李示例": 19, "周示例": 18, "钱示例": 12, "吴示例": 11}, 2),
                ballots(ElectionKind.COMMITTEE, DAY, {"钱示例": 15}, 1, ballot=Ballot.FURTHER),
            ),
            ElectionState.COUNTING,
            "正在投票计票",
        ),
    ],
)
def test_what_a_ballot_comes_to(rounds, expected, words) -> None:
    """E-26 void, E-30 tie, E-32 further ballot, E-33 fewer seats; a later ballot settles an earlier one."""
    book = book_with_committee()
    assert state(book, in_count(book, *rounds)) == (expected, words)


def test_fewer_seats_stay_said_once_the_count_is_done() -> None:
    """E-33: it goes into the report."""
    book = book_with_committee()
    procedure = counted(book, heads={})
    fewer = cast({"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5}, consenting=10)
    procedure = put_procedure(book, procedure, rounds=(fewer,)).with_entry(entry("first_meeting", None))
    assert state(book, procedure) == (ElectionState.COUNTED, "已宣布当选（减少名额）")


def test_the_committees_own_ballot_counts_likewise() -> None:
    """rules.md §12, case 33: two of three present is not four fifths."""
    book = book_with_committee()
    procedure = counted(book).with_entry(entry("first_meeting", None))
    two = ballots(ElectionKind.SECRETARY, DAY, {"李示例": 2}, present=2, step="first_meeting", due=3)
    procedure = put_procedure(book, procedure, rounds=(procedure.rounds[0], two))
    assert state(book, procedure) == (
        ElectionState.MEETING_INVALID,
        "书记：会议无效：应到 3 名，须到 3 名，实到 2 名",
    )


def test_a_refused_secretary_is_a_state_of_its_own_until_the_filing() -> None:
    """B-38."""
    book = book_with_committee()
    procedure = counted(book).with_entry(entry("result_reply", DAY, outcome="不批准"))
    assert state(book, procedure)[0] is ElectionState.REFUSED
    assert state(book, procedure.with_entry(entry("filing", DAY)))[0] is ElectionState.FILED


def test_what_was_given_up_and_what_was_extended() -> None:
    book = book_with_committee()
    procedure = begun(book, "term_election", DAY)
    abandoned = abandon_procedure(book, procedure.id, DAY, "示例", actor(3)).value
    assert state(book, abandoned) == (ElectionState.ABANDONED, "已终止")
    asked = extension(book, date(2027, 3, 1), None)
    assert state(book, asked.with_entry(entry("request", None)))[1] == "拟延期"
    assert state(book, asked) == (ElectionState.REQUESTED, "已请示")
    replied = asked.with_entry(entry("reply", TODAY, outcome="批准"))
    assert state(book, replied) == (ElectionState.POSTPONED, "已批准延期")
    refused = asked.with_entry(entry("reply", TODAY, outcome="不批准"))
    assert state(book, refused) == (ElectionState.REFUSED, "延期未获批准")


def test_every_state_has_words_and_every_shape_begins_planned() -> None:
    assert set(STATE_WORDS) == set(ElectionState)
    for shape in SHAPES:
        if shape.family == EVALUATION:
            continue  # begun by its year, in services.evaluations
        book = book_with_committee()
        assert state(book, begun(book, shape.key, DAY))[0] is ElectionState.PLANNED


def test_where_only_the_secretary_is_to_be_found_the_reply_names_no_seats() -> None:
    """E-16, B-39: a vacant secretary's post is no seat of the committee."""
    book = book_with_committee()
    decided = entry("decision", date(2026, 3, 21), vacated_posts="书记", vacancy_reason="调离")
    procedure = begun(book, "by_election", date(2026, 3, 20), (decided, entry("request", date(2026, 4, 1))))
    replied = entry("reply", date(2026, 4, 10), document="示机党〔2026〕4号")
    assert save_step(book, procedure.id, replied, actor()).value.is_done("reply")
