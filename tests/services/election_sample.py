"""An election of an invented branch in a book in memory: as many voters, candidates and words as a test asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.ballots import (
    Assignment,
    Ballot,
    BallotLine,
    BallotRound,
    Candidate,
    ElectionKind,
    Voter,
    WriteInLine,
)
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Post, Sex, Standing
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.domain.records import PersonRef, Vote, VoteMethod
from branchbook.services.operations import operate
from tests.fakes import FakeBook
from tests.services.printing_sample import ACTOR

NAMESPACE = UUID(int=30)
ELECTED_BEFORE, HELD_ON = date(2023, 5, 25), date(2026, 5, 20)
SURNAMES = "丁王文田史司刘李张陈林欧赵洪高郭唐萧曹邓"
LONG_NAME = "阿卜杜热合曼·买买提明"
EARLY_NAMES = ("丁一", "王小五", "令狐少东", LONG_NAME, "𬭎喆", "司马光示", "刘洋", "李大鸣")


def identity(name: str) -> UUID:
    """The same id for the same name in every test."""
    return uuid5(NAMESPACE, name)


ELECTION = identity("选举")
BRANCH = identity("示例机关第一党支部")
GENERAL_BRANCH = identity("示例机关党总支")


def name_of(index: int) -> str:
    """丁一, 王小五 …, then 丁示08 and so on."""
    if index < len(EARLY_NAMES):
        return EARLY_NAMES[index]
    return f"{SURNAMES[index % len(SURNAMES)]}示{index:02}"


def person_id(index: int) -> UUID:
    return identity(f"党员{index}")


def ref(index: int) -> PersonRef:
    return PersonRef(name_of(index), person_id(index))


@dataclass(frozen=True)
class ElectionBook:
    """A book with one election; ``procedure`` as it stands in it."""

    book: FakeBook
    procedure: Procedure


def election_book(
    procedure: Procedure, members: int = 24, *, branch: str = "示例机关第一党支部"
) -> ElectionBook:
    """The branch with its members and the procedure. The last member is probationary."""
    book = FakeBook()
    with operate(book, ACTOR, "建立示例") as operating:
        writing = operating.writing
        writing.put_all(_organisations(branch))
        for index in range(members):
            writing.put(_person(index))
            writing.put_all(_facts(index, probationary=index == members - 1))
        for other in _others(procedure, members):
            writing.put(other)
        writing.put(Term(identity("届"), BRANCH, ELECTED_BEFORE, 3, True))
        writing.put(procedure)
    return ElectionBook(book, procedure)


def _others(procedure: Procedure, members: int) -> list[Person]:
    """People whom the procedure names and who are not among the members: a book keeps no name without its person."""
    named: dict[UUID | None, str] = {each.person_id: each.name for each in procedure.voters}
    named |= {each.person_id: each.name for each in procedure.candidates}
    named |= {each.person_id: each.name for each in procedure.assignments}
    for step in procedure.steps:
        named |= {each.person_id: each.name for people in step.people.values() for each in people}
    for held in procedure.rounds:
        named |= {line.person_id: line.name for line in held.lines}
        named |= {line.person_id: line.name for line in held.write_ins}
    known = {person_id(index) for index in range(members)}
    return [Person(found, name) for found, name in named.items() if found and found not in known]


def _organisations(branch: str) -> list[Organisation]:
    since = date(2015, 7, 1)
    above = Organisation(
        GENERAL_BRANCH,
        OrganisationKind.GENERAL_BRANCH,
        (DatedName("示例机关党总支", since),),
        since,
        higher_organisation="示例机关党委",
    )
    own = Organisation(BRANCH, OrganisationKind.BRANCH, (DatedName(branch, since),), since, GENERAL_BRANCH)
    return [above, own]


def _person(index: int) -> Person:
    return Person(
        person_id(index),
        name_of(index),
        sex=Sex.FEMALE if index % 3 == 1 else Sex.MALE,
        ethnic_group="维吾尔族" if name_of(index) == LONG_NAME else "汉族",
        born_on=date(1975 + index % 20, 4, 1),
        native_place="山东省示例县",
        education="大学本科",
        degree="学士",
        work_started_on=date(1998 + index % 20, 7, 1),
        accepted_on=date(2005 + index % 15, 6, 1),
        full_member_since=date(2006 + index % 15, 6, 1),
        title="高级工程师",
        work_post="示例处副处长",
        phone=f"0531-0000{index:02}",
        position=index,
    )


def _facts(index: int, *, probationary: bool) -> list[PersonFact]:
    since, person = date(2018, 3, 1), person_id(index)
    standing = Standing.PROBATIONARY if probationary else Standing.FULL
    facts = [
        PersonFact(
            uuid5(person, "membership"),
            person,
            FactKind.MEMBERSHIP,
            MembershipChange.ON_RECORD,
            since,
            organisation_id=BRANCH,
        ),
        PersonFact(uuid5(person, "standing"), person, FactKind.STANDING, standing, since),
    ]
    posts = {0: Post.SECRETARY, 1: Post.ORGANISATION_MEMBER, 9: Post.PUBLICITY_MEMBER}
    if index in posts:
        facts.append(
            PersonFact(
                uuid5(person, "post"),
                person,
                FactKind.POST,
                posts[index],
                ELECTED_BEFORE,
                organisation_id=BRANCH,
            )
        )
    return facts


# -------------------------------------------------------------------------------------- procedures


def candidates(count: int, heads: bool = True) -> tuple[Candidate, ...]:
    """The first members stand for the committee; the first two of them for secretary and deputy."""
    found = [
        Candidate(person_id(index), name_of(index), ElectionKind.COMMITTEE, 20 - index % 10)
        for index in range(count)
    ]
    if heads:
        found.append(Candidate(person_id(0), name_of(0), ElectionKind.SECRETARY))
        found.append(Candidate(person_id(1), name_of(1), ElectionKind.DEPUTY))
    return tuple(found)


def voters(
    full: int, absent: int = 4, excluded: int = 0, barred: int = 0, reason: str = ""
) -> tuple[Voter, ...]:
    """So many with the right to elect, the last absent, one more probationary.

    Some are ``excluded`` with both approvals, some ``barred`` for a reason that takes the right to elect.
    """
    found = [Voter(person_id(index), name_of(index), present=index < full - absent) for index in range(full)]
    found += [
        Voter(
            identity(f"不计入{number}"),
            f"卫示{number:02}",
            exclusion="X4",
            consent_document="机党〔2026〕9号",
            consented_on=date(2026, 5, 8),
            approved_by_meeting=True,
        )
        for number in range(1, excluded + 1)
    ]
    found += [
        Voter(identity(f"受限{number}"), f"冯示{number:02}", False, reason, "选举条例 第五条")
        for number in range(1, barred + 1)
    ]
    probationary = Voter(
        identity("预备党员"), "褚示例", False, "预备党员没有选举权", "选举条例 第五条", present=True
    )
    return (*found, probationary)


def held_round(
    votes: tuple[tuple[int, int, int], ...],
    *,
    kind: ElectionKind = ElectionKind.COMMITTEE,
    due: int = 23,
    present: int = 19,
    seats: int = 3,
    invalid: int = 0,
    first: int = 0,
    ballot: Ballot = Ballot.MAIN,
    step: str = "count",
    write_ins: tuple[WriteInLine, ...] = (),
    held_on: date = HELD_ON,
    returned: int | None = None,
) -> BallotRound:
    """A confirmed ballot: for, against and abstentions of each, from the ``first`` member on."""
    lines = tuple(
        BallotLine(name_of(first + place), person_id(first + place), *marks)
        for place, marks in enumerate(votes)
    )
    return BallotRound(
        identity(f"{kind}{ballot}{step}"),
        step,
        kind,
        held_on,
        seats,
        due,
        present,
        issued=present,
        returned=present if returned is None else returned,
        invalid=invalid,
        ballot=ballot,
        lines=lines,
        write_ins=write_ins,
        confirmed_on=held_on,
    )


MAIN = held_round(
    ((17, 1, 1), (15, 2, 2), (11, 6, 2), (9, 8, 2)),
    write_ins=(WriteInLine("萧示17", 2, person_id(17)),),
)
"""23 due, 19 present, three seats: the third has 11, over half of those present and not of those due."""


def entries(**others: StepEntry) -> tuple[StepEntry, ...]:
    """The steps of an election with a committee, all done; ``others`` stand in their place."""
    made = {
        "decision": StepEntry(
            "decision",
            date(2026, 1, 12),
            {"seats": 3, "deputies": 1, "candidates": 4, "planned_on": HELD_ON.isoformat()},
        ),
        "request": StepEntry(
            "request", date(2026, 3, 2), {"contact": "王小五", "phone": "0531-000001", "document": ""}
        ),
        "reply": StepEntry(
            "reply",
            date(2026, 3, 20),
            {"document": "机党〔2026〕14号", "authority": "示例机关党委", "seats": 3, "candidates": 4},
        ),
        "nomination": StepEntry(
            "nomination",
            date(2026, 4, 2),
            {"members": 24, "taking_part": 22, "issued": 22, "returned": 22, "invalid": 1},
        ),
        "candidate_approval": StepEntry(
            "candidate_approval",
            date(2026, 5, 6),
            {"document": "机党〔2026〕21号", "authority": "示例机关党委"},
        ),
        "voters": StepEntry("voters", date(2026, 5, 18)),
        "opening": StepEntry(
            "opening",
            HELD_ON,
            {"venue": "示例楼三层会议室", "higher_representative": "何示派"},
            {"chair": (ref(0),)},
        ),
        "method": StepEntry(
            "method",
            HELD_ON,
            people={"scrutineers": (ref(10), ref(11)), "tellers": (ref(12), ref(13))},
            votes={"method": Vote(VoteMethod.HANDS, votes_for=19)},
        ),
        "count": StepEntry("count", HELD_ON),
        "first_meeting": StepEntry(
            "first_meeting", HELD_ON, {"venue": "示例楼三层会议室"}, {"chair": (ref(1),)}
        ),
        "division": StepEntry("division", HELD_ON),
        "result_report": StepEntry("result_report", date(2026, 5, 22), {"contact": "王小五"}),
    }
    made |= others
    return tuple(made.values())


def heads() -> tuple[BallotRound, ...]:
    """The first meeting: three of three elect secretary and deputy."""
    common = {"due": 3, "present": 3, "seats": 1, "step": "first_meeting"}
    return (
        held_round(((3, 0, 0),), kind=ElectionKind.SECRETARY, **common),  # type: ignore[arg-type]
        held_round(((2, 0, 1),), kind=ElectionKind.DEPUTY, first=1, **common),  # type: ignore[arg-type]
    )


def term_election(**others: object) -> Procedure:
    """A term election up to its report; ``others`` are fields of the procedure."""
    procedure = Procedure(
        ELECTION,
        "term_election",
        BRANCH,
        date(2025, 12, 1),
        steps=entries(),
        voters=voters(23),
        candidates=candidates(4),
        rounds=(MAIN, *heads()),
        assignments=(
            Assignment(person_id(0), name_of(0), Post.SECRETARY, "主持全面工作"),
            Assignment(
                person_id(1), name_of(1), Post.DEPUTY_SECRETARY, "协助书记，分管组织工作", "第一党小组"
            ),
            Assignment(person_id(2), name_of(2), Post.PUBLICITY_MEMBER, "宣传、青年工作"),
        ),
        voters_frozen_on=HELD_ON,
    )
    return replace(procedure, **others)  # type: ignore[arg-type]


def finished(procedure: Procedure) -> Procedure:
    """The same, filed away."""
    return replace(procedure, state=ProcedureState.FINISHED, ended_on=date(2026, 6, 30))
