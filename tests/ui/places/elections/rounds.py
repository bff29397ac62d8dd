"""An invented election to count: six stand for five seats, nineteen of twenty-two came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.ballots import (
    Ballot,
    BallotLine,
    BallotRound,
    Candidate,
    ElectionKind,
    Voter,
    WriteInLine,
)
from branchbook.domain.procedures import Procedure

ON = date(2026, 10, 24)
NAMES = ("丁一鸣", "王建国", "李秀英", "张卫东", "陈志强", "赵龚")
OTHERS = ("周明", "吴桂兰", "徐丽华", "马文·阿不都热西提")


def person(number: int) -> UUID:
    return UUID(int=1000 + number)


def procedure_of(names: tuple[str, ...] = NAMES, **more) -> Procedure:
    """A term election with these candidates, and voters besides them."""
    voters = tuple(Voter(person(number), name, present=True) for number, name in enumerate((*names, *OTHERS)))
    candidates = tuple(
        Candidate(person(number), name, ElectionKind.COMMITTEE) for number, name in enumerate(names)
    )
    return Procedure(
        UUID(int=1),
        "term_election",
        UUID(int=2),
        date(2026, 8, 3),
        voters=voters,
        candidates=candidates,
        **more,
    )


def round_of(
    votes: Mapping[str, tuple[int, ...]] | None = None,
    *,
    names: tuple[str, ...] = NAMES,
    seats: int = 5,
    returned: int = 19,
    due: int = 22,
    present: int = 19,
    written: Mapping[str, int] | None = None,
    **more,
) -> BallotRound:
    """A round; ``votes`` are for, against, abstentions, illegible of each name, nothing where left out."""
    given = votes or {}
    lines = tuple(BallotLine(name, person(number), *given.get(name, ())) for number, name in enumerate(names))
    made = BallotRound(
        UUID(int=77), "count", ElectionKind.COMMITTEE, ON, seats, due, present, present, returned,
        lines=lines, write_ins=tuple(WriteInLine(name, each) for name, each in (written or {}).items()),
    )  # fmt: skip
    return replace(made, **more)


PICTURE = {
    "丁一鸣": (17, 1, 1),
    "王建国": (18, 0, 1),
    "李秀英": (16, 2, 1),
    "张卫东": (9, 8, 2),
    "陈志强": (10, 7, 2),
    "赵龚": (7, 10, 2),
}


@dataclass(frozen=True)
class Following:
    """What the services say follows."""

    ballot: Ballot
    sentence: str
    seats: int = 1
    names: tuple[str, ...] = ()


FURTHER = Following(Ballot.FURTHER, "空缺 1 名，另行选举")
TIE = Following(Ballot.TIE, "张卫东、陈志强票数相等，再次投票")
AGAIN = Following(Ballot.MAIN, "选举无效，重新投票")
