"""The book in memory, on which the tests of services stand, keeps the store's promises itself."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from branchbook.domain.history import OperationHead
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.store import Book, Draft, Setting
from tests.fakes import FakeBook

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def head(label: str = "测试") -> OperationHead:
    return OperationHead(uuid4(), NOW, "李测试", label)


def branch() -> Organisation:
    return Organisation(
        uuid4(), OrganisationKind.BRANCH, (DatedName("示例支部", date(2020, 1, 1)),), date(2020, 1, 1)
    )


def test_it_is_a_book() -> None:
    book: Book = FakeBook()
    with book.writing(head()) as writing:
        writing.put(branch())
    with book.reading() as reading:
        assert len(reading.roster().organisations) == 1


def test_an_error_leaves_everything_as_it_was() -> None:
    book = FakeBook()

    def failing() -> None:
        with book.writing(head()) as writing:
            writing.put(branch())
            writing.keep_content(b"bytes")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert book.state.values["organisation"] == {}
    assert book.state.contents == {}
    assert book.state.operations == ()


def test_touches_hold_before_and_after_once_per_value() -> None:
    book, organisation = FakeBook(), branch()
    with book.writing(head()) as writing:
        writing.put(organisation)
        writing.put(organisation)
        writing.put(Setting("a", "1"))
        writing.put(Setting("a", "2"))
    with book.reading() as reading:
        (line,) = reading.operations(10)
        assert [touch.entity for touch in line.touches] == ["organisation", "setting"]
        assert line.touches[0].after == reading.current_json("organisation", str(organisation.id))
        assert reading.setting("a") == "2"


def test_an_operation_that_changes_nothing_leaves_no_line() -> None:
    book, organisation = FakeBook(), branch()
    for _ in range(2):
        with book.writing(head()) as writing:
            writing.put(organisation)
    with book.reading() as reading:
        assert len(reading.operations(10)) == 1


def test_what_is_referred_to_cannot_be_removed() -> None:
    book, organisation, person = FakeBook(), branch(), Person(uuid4(), "王示例")
    fact = PersonFact(
        uuid4(),
        person.id,
        FactKind.MEMBERSHIP,
        MembershipChange.ON_RECORD,
        date(2020, 1, 1),
        None,
        organisation.id,
    )
    with book.writing(head()) as writing:
        writing.put_all((organisation, person, fact))
    with pytest.raises(RefusedProblem), book.writing(head()) as writing:
        writing.remove(Person, person.id)
    with book.writing(head()) as writing:
        writing.remove(PersonFact, fact.id)
        writing.remove(Person, person.id)
    with book.reading() as reading:
        assert [value.entity for value in reading.removed()] == ["person", "person_fact"]
        assert reading.get(Person, person.id) is None


def test_values_are_never_shared() -> None:
    book, organisation = FakeBook(), branch()
    record = Record(uuid4(), ("general_meeting",), organisation.id, fields={"remark": "原样"})
    with book.writing(head()) as writing:
        writing.put_all((organisation, record))
    with book.reading() as reading:
        read = reading.get(Record, record.id)
        assert isinstance(read.fields, dict)
        read.fields["remark"] = "改了"
        assert reading.get(Record, record.id).fields == {"remark": "原样"}


def test_drafts_are_no_part_of_an_operation() -> None:
    book = FakeBook()
    draft = Draft(UUID(int=1), "record", "{}", NOW)

    def failing() -> None:
        with book.writing(head()):
            book.save_draft(draft)
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    with book.reading() as reading:
        assert reading.drafts() == (draft,)
    book.drop_draft(draft.id)
    book.drop_draft(draft.id)
    with book.reading() as reading:
        assert reading.drafts() == ()
        assert reading.operations(10) == ()
