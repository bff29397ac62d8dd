"""Every shape of election walked from its decision to its file, on a book on disk, each step on its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.people import Post
from branchbook.domain.records import FieldValue, VoteMethod
from branchbook.domain.tally_findings import Level
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.elections import ElectionState, election_view, elections_of
from branchbook.services.example_elections import (
    ExampleAssignment,
    ExampleBallots,
    ExampleElection,
    ExampleMarks,
    ExampleStep,
    enter_election,
)
from branchbook.services.example_parts import ExampleVote
from branchbook.services.store import Book
from branchbook.services.stroke_order import stroke_order
from branchbook.services.undo import next_undo, undo
from branchbook.storage.shelf import Shelf
from tests.services.election_books import add_committee, posts
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, fill

BEGUN, MET, FILED = date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 28)
PASSED = ExampleVote(VoteMethod.HANDS)
START = actor(-600_000).now


@dataclass(frozen=True)
class Walk:
    """One way to go: the place, who stands for what, and who holds which post in the end."""

    shape: str
    place: UUID
    organisation: str
    committee: tuple[str, ...]
    secretary: str
    seats: int
    present: int
    held: dict[str, list[Post]]
    watchers: tuple[str, str] = ("沈增补", "韩增补")
    outcome: str = "批准"


MEMBER = Post.COMMITTEE_MEMBER
WALKS = (
    Walk(
        "term_election",
        FIRST_BRANCH,
        "第一支部",
        ("李示例", "周示例", "钱示例", "卫增补"),
        "李示例",
        3,
        20,
        {"李示例": [Post.SECRETARY], "周示例": [Post.ORGANISATION_MEMBER], "钱示例": [MEMBER]},
    ),
    Walk(
        "term_election",
        FIRST_BRANCH,
        "第一支部",
        ("李示例", "周示例", "钱示例", "卫增补"),
        "李示例",
        3,
        20,
        {"李示例": [MEMBER], "周示例": [Post.ORGANISATION_MEMBER], "钱示例": [MEMBER]},
        outcome="不批准",
    ),
    Walk(
        "secretary_election",
        SECOND_BRANCH,
        "第二支部",
        (),
        "郑示例",
        0,
        4,
        {"郑示例": [Post.SECRETARY]},
        ("王示例", "冯示例"),
    ),
    Walk(
        "general_branch_election",
        GENERAL_BRANCH,
        "示例总支",
        ("李示例", "周示例", "郑示例", "卫增补"),
        "郑示例",
        3,
        24,
        {"李示例": [MEMBER], "周示例": [Post.ORGANISATION_MEMBER], "郑示例": [Post.SECRETARY]},
    ),
    Walk(
        "by_election",
        FIRST_BRANCH,
        "第一支部",
        ("周示例", "卫增补"),
        "",
        1,
        20,
        {
            "赵示例": [Post.SECRETARY],
            "钱示例": [Post.ORGANISATION_MEMBER],
            "孙示例": [Post.DISCIPLINE_MEMBER],
            "周示例": [Post.ORGANISATION_MEMBER],
        },
    ),
)


def marks(names: Sequence[str], elected: Sequence[str], present: int) -> tuple[ExampleMarks, ...]:
    """All but one for those who are to be elected, that one for the others."""
    return tuple(
        ExampleMarks(name, present - 1, 1) if name in elected else ExampleMarks(name, 1, present - 1)
        for name in names
    )


def steps(walk: Walk) -> Iterator[ExampleStep]:
    """A whole election, entered as it goes."""
    ordered = tuple(stroke_order().ordered(walk.committee, lambda name: name))
    elected = [name for name in walk.committee if name != "卫增补"]
    by_committee = walk.shape in ("term_election", "general_branch_election")
    candidates = {ElectionKind.COMMITTEE: ordered} if ordered else {}
    if walk.secretary:
        candidates[ElectionKind.SECRETARY] = (walk.secretary,)
    decided: dict[str, FieldValue] = {"seats": walk.seats, "candidates": len(ordered)} if walk.seats else {}
    if walk.shape == "by_election":
        decided |= {"vacated_posts": "委员", "vacancy_reason": "调离"}
    yield ExampleStep("decision", BEGUN, values=decided | {"planned_on": MET.isoformat()})
    yield ExampleStep("request", BEGUN, values={"document": "示1号"})
    yield ExampleStep("reply", BEGUN, values={"document": "示2号", "seats": walk.seats or 1})
    yield ExampleStep("nomination", BEGUN)
    yield ExampleStep("candidate_approval", BEGUN, candidates=candidates)
    yield ExampleStep("voters", BEGUN, voters=True)
    yield ExampleStep("opening", MET, opened=True, votes={"work_report": PASSED})
    watching, counting = walk.watchers
    yield ExampleStep(
        "method",
        MET,
        people={"scrutineers": (watching,), "tellers": (counting,)},
        votes={"method": PASSED, "scrutineers": PASSED},
    )
    heads = ExampleBallots(
        ElectionKind.SECRETARY,
        marks((walk.secretary,), (walk.secretary,), 3 if by_committee else walk.present),
    )
    if ordered:
        cast = ExampleBallots(ElectionKind.COMMITTEE, marks(ordered, elected, walk.present))
        yield ExampleStep("count", MET, ballots=(cast,))
    else:
        yield ExampleStep("count", MET, ballots=(heads,))
    if by_committee:
        yield ExampleStep("first_meeting", MET, ballots=(heads,))
    if ordered:
        work = ExampleAssignment("周示例", Post.ORGANISATION_MEMBER, "组织工作")
        yield ExampleStep("division", MET, assignments=(work,))
    yield ExampleStep("result_report", MET, values={"document": "示3号"})
    yield ExampleStep("take_office", MET)
    yield ExampleStep("result_reply", FILED, values={"document": "示4号", "outcome": walk.outcome})
    if walk.outcome != "批准":
        yield ExampleStep("after_refusal", FILED, values={"note": "按上级意见另行选举书记"})
    yield ExampleStep("filing", FILED, files=True)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Shelf().create(tmp_path / "选举.branchbook", "李操作")
    fill(made)
    add_committee(made)
    yield made
    made.close()


def values_of(book: Book) -> dict[str, tuple[object, ...]]:
    with book.reading() as reading:
        return {name: reading.all(kind) for name, kind in ENTITY_TYPES.items() if name != "setting"}


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.shape}-{walk.outcome}")
def test_from_the_decision_to_the_file_and_back(walk: Walk, book: Book) -> None:
    """选举条例: each step after the other; the posts follow; undone one by one, nothing is left of it."""
    before = values_of(book)
    with book.reading() as reading:
        operations = len(reading.operations(500))
    election = ExampleElection(walk.organisation, walk.shape, BEGUN, tuple(steps(walk)))
    enter_election(book, election, actor())
    assert posts(book, TODAY, walk.place) == walk.held
    with book.reading() as reading:
        (line,) = elections_of(reading, walk.place, TODAY)
        view = election_view(reading, line.id, TODAY)
        done = len(reading.operations(500)) - operations
    assert (line.state, line.is_open) == (ElectionState.FILED, False)
    found = [each for own in view.step_findings.values() for each in own]
    assert [each.text for each in found if each.level is Level.ERROR] == []
    for minute in range(done):
        with book.reading() as reading:
            target = next_undo(reading)
        assert target is not None
        undo(book, target.head.id, actor(minute), START)
    assert values_of(book) == before
