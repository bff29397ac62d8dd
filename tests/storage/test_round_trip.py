"""Every value comes back from the tables as it went in, whatever it holds."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import (
    Assignment,
    BallotLine,
    BallotRound,
    Candidate,
    QuestionRound,
    Voter,
    WriteInLine,
)
from branchbook.domain.checklists import Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.evaluations import (
    Assessment,
    Criticism,
    GradeLine,
    GradeRound,
    ItemCount,
    Participant,
)
from branchbook.domain.fields import FieldSpec
from branchbook.domain.history import OperationHead
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import DatedName, Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import (
    AgendaItem,
    Attachment,
    Attendance,
    Exclusion,
    FrozenCount,
    PersonRef,
    Record,
    Resolution,
    Speech,
    Vote,
)
from branchbook.services.codec import ENTITY_TYPES, to_json
from branchbook.services.store import Draft, PrintedPaper, RecordQuery, RemovedValue, Setting
from branchbook.storage import driver, tables
from branchbook.storage.mapping import mappings
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.schema import create_tables
from tests.storage.example import head, meeting

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["〇", "·", "𠮷㐂", "<b>&<img>", "=1+1", "a\x00b", "\u202eabc", "👩‍👩‍👧", "' OR 1=1 --", "null", "true"]
)
COUNT = st.integers(0, 10_000)
DAY = st.dates()
MOMENT = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]) | st.none())
FIELD = TEXT | COUNT | st.booleans() | st.lists(TEXT, max_size=3).map(tuple)

for plain, strategy in ((str, TEXT), (int, COUNT), (date, DAY), (datetime, MOMENT), (time, st.times())):
    st.register_type_strategy(plain, strategy)


def many(value_type, **chosen):
    return st.lists(st.builds(value_type, **chosen), max_size=3).map(tuple)


def distinct(value_type, **chosen):
    """Elements whose ids differ, as everywhere in a book."""
    return st.lists(st.builds(value_type, **chosen), max_size=3, unique_by=lambda each: each.id).map(tuple)


PERSONS = many(PersonRef)
RESOLUTIONS = distinct(Resolution, responsible=PERSONS)
ITEMS = distinct(
    AgendaItem, speeches=many(Speech), vote=st.none() | st.builds(Vote), resolutions=RESOLUTIONS
).filter(
    lambda items: (
        len({each.id for item in items for each in item.resolutions})
        == sum(len(item.resolutions) for item in items)
    )
)
VALUES = {
    "organisation": st.builds(
        Organisation,
        names=st.lists(st.builds(DatedName), min_size=1, max_size=3).map(tuple),
        predecessor_ids=st.lists(st.uuids(), max_size=2).map(tuple),
    ),
    "term": st.builds(Term),
    "person": st.builds(Person),
    "person_fact": st.builds(PersonFact),
    "record": st.builds(
        Record,
        kinds=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
        people=st.dictionaries(TEXT, PERSONS, max_size=2),
        fields=st.dictionaries(TEXT, FIELD, max_size=3),
        attendance=many(Attendance),
        exclusions=many(Exclusion),
        observers=PERSONS,
        agenda=ITEMS,
        frozen=st.none() | st.builds(FrozenCount),
    ),
    "procedure": st.builds(
        Procedure,
        steps=many(
            StepEntry,
            values=st.dictionaries(TEXT, FIELD, max_size=3),
            people=st.dictionaries(TEXT, PERSONS, max_size=2),
            votes=st.dictionaries(TEXT, st.builds(Vote), max_size=2),
        ),
        voters=many(Voter),
        candidates=many(Candidate),
        rounds=distinct(BallotRound, lines=many(BallotLine), write_ins=many(WriteInLine)),
        questions=distinct(QuestionRound),
        assignments=many(Assignment),
        participants=many(Participant),
        grade_rounds=distinct(GradeRound, lines=many(GradeLine, items=many(ItemCount))),
    ),
    "assessment": st.builds(Assessment, criticisms=many(Criticism)),
    "ledger_definition": st.builds(
        LedgerDefinition,
        fields=many(FieldSpec, choices=st.lists(TEXT, max_size=2).map(tuple)),
        hidden=st.lists(TEXT, max_size=2).map(tuple),
        labels=st.dictionaries(TEXT, TEXT, max_size=2),
        totals=st.lists(TEXT, max_size=2).map(tuple),
    ),
    "ledger_row": st.builds(
        LedgerRow,
        values=st.dictionaries(TEXT, FIELD, max_size=3),
        people=st.dictionaries(TEXT, PERSONS, max_size=2),
    ),
    "attachment": st.builds(Attachment),
    "checklist": st.builds(
        Checklist,
        items=distinct(ChecklistItem, satisfied_by=st.lists(TEXT, max_size=2).map(tuple)),
        organisation_ids=st.lists(st.uuids(), max_size=2).map(tuple),
    ),
    "checklist_tick": st.builds(ChecklistTick),
    "setting": st.builds(Setting),
}


@pytest.fixture(scope="module")
def connection():
    """The tables alone, in memory and without references, so that each value can stand by itself."""
    opened = driver.module().connect(":memory:", isolation_level=None)
    create_tables(opened)
    yield opened
    opened.close()


@contextmanager
def taken_back(connection):
    """What the block writes is gone afterwards."""
    connection.execute("BEGIN")
    yield
    connection.rollback()


def test_there_is_a_strategy_for_every_kind_of_value():
    assert VALUES.keys() == ENTITY_TYPES.keys() == mappings().keys()


@pytest.mark.parametrize("entity", VALUES)
def test_values_round_trip_and_replace_each_other(connection, entity):
    mapping = mappings()[entity]
    key = "key" if entity == "setting" else "id"

    @given(VALUES[entity], VALUES[entity])
    def round_trip(first, second):
        identity = str(getattr(first, key))
        second = replace(second, **{key: getattr(first, key)})
        with taken_back(connection):
            mapping.write(connection, [first], {})
            assert mapping.load(connection, [identity]) == {identity: first}
            mapping.write(connection, [second], {identity: first})
            assert mapping.load(connection, None) == {identity: second}
            assert to_json(mapping.load(connection, [identity])[identity]) == to_json(second)

    round_trip()


@pytest.mark.parametrize(
    "value_type",
    [Draft, PrintedPaper, OperationHead, RemovedValue, Attendance, Exclusion, Vote, Resolution, PersonRef],
)
def test_rows_round_trip(value_type):
    codec = RowCodec(value_type)

    @given(st.lists(st.builds(value_type), max_size=3))
    def round_trip(values):
        rows = [tuple(codec.to_row(value).values()) for value in values]
        assert all(cell is None or isinstance(cell, str | int) for row in rows for cell in row)
        assert codec.from_rows(rows) == values
        assert [codec.from_row(row) for row in rows] == values

    round_trip()


@pytest.mark.parametrize("entity", VALUES)
def test_every_field_has_its_column_or_its_table(entity):
    """A field that is added to a dataclass must be added to the tables, with a migration."""
    table = tables.metadata.tables[entity]
    owned = {
        "organisation": {"names", "predecessor_ids"},
        "record": {"attendance", "exclusions", "agenda"},
        "procedure": {
            "steps",
            "voters",
            "candidates",
            "rounds",
            "questions",
            "assignments",
            "participants",
            "grade_rounds",
        },
        "checklist": {"items"},
    }
    wanted = {field.name for field in fields(ENTITY_TYPES[entity])}
    assert set(table.c.keys()) == wanted - owned.get(entity, set())


@given(minutes=st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_user_text_is_never_sql_nor_markup(connection, minutes):
    record = meeting(minutes=minutes, subject=minutes)
    with taken_back(connection):
        mappings()["record"].write(connection, [record], {})
        assert mappings()["record"].load(connection, [str(record.id)])[str(record.id)] == record


def test_two_hundred_thousand_characters_in_one_minute(book):
    record = meeting("long", minutes="长" * 200_000)
    with book.writing(head("long")) as writing:
        writing.put(record)
    with book.reading() as reading:
        assert reading.records(RecordQuery(ids=(record.id,))) == (record,)


def test_many_values_in_one_operation(book):
    """More than the ids of one statement."""
    people = tuple(
        replace(person, position=number)
        for number, person in enumerate(Person(meeting(f"p{each}").id, f"试{each}") for each in range(2300))
    )
    with book.writing(head("many")) as writing:
        writing.put_all(people)
    with book.writing(head("again")) as writing:
        writing.put_all(replace(person, note="改") for person in people)
        assert len(writing.touches()) == 2300
    with book.reading() as reading:
        assert len(reading.roster().people) == 2302
        assert len(reading.operation(head("again").id).touches) == 2300
