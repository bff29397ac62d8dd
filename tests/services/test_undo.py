"""Undo and redo are compensating operations: the history only grows, and a change since refuses."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.history import Touch
from branchbook.domain.organisations import Term
from branchbook.domain.people import Mark, Person, Post, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attendance, Record
from branchbook.services.consistency import check_put_back
from branchbook.services.history import undone_ids
from branchbook.services.organisations import add_group, rename
from branchbook.services.people import Joining, add_person, correct_person, remove_person
from branchbook.services.people_facts import appoint, end_fact, mark, set_standing
from branchbook.services.redrawing import NewPart, divide
from branchbook.services.settings import change_setting
from branchbook.services.terms import begin_term, end_term
from branchbook.services.undo import next_redo, next_undo, redo, redo_latest, undo, undo_latest, why_not
from tests.fakes import FakeBook
from tests.services.asking import last, put, refused
from tests.services.small_book import FIRST_BRANCH, NAMES, TODAY, actor, named, small_book
from tests.services.steps import STEPS, attempt

START = actor(-60).now
ZHAO = named("赵示例")
MAY = date(2026, 5, 1)


CHANGES: tuple[Callable[[FakeBook], object], ...] = (
    lambda book: add_person(book, Person(uuid4(), "褚示例"), Joining(FIRST_BRANCH, MAY), actor()),
    lambda book: correct_person(book, Person(ZHAO, "赵改名"), actor()),
    lambda book: remove_person(book, ZHAO, actor()),
    lambda book: set_standing(book, ZHAO, Standing.PROBATIONARY, MAY, "", actor()),
    lambda book: appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, MAY, "", actor()),
    lambda book: add_group(book, FIRST_BRANCH, "第三小组", MAY, actor()),
    lambda book: rename(book, FIRST_BRANCH, "新名", MAY, "", actor()),
    lambda book: begin_term(book, Term(uuid4(), FIRST_BRANCH, MAY, 3, False), actor()),
    lambda book: change_setting(book, "half_period_rule", False, actor()),
    lambda book: divide(
        book,
        FIRST_BRANCH,
        [
            NewPart("甲", tuple(map(named, NAMES[:3]))),
            NewPart("乙", tuple(map(named, NAMES[3:6]))),
        ],
        MAY,
        "示组1号",
        actor(),
    ),
)


@pytest.mark.parametrize("change", CHANGES)
def test_undo_puts_back_and_redo_does_again(change: Callable[[FakeBook], object]) -> None:
    book = small_book()
    before = book.state.values
    change(book)
    after, done = book.state.values, last(book)
    undo(book, done, actor(1), START)
    assert book.state.values == before
    undone = last(book)
    assert book.state.operations[-1].head.undoes == done
    redo(book, undone, actor(2), START)
    assert book.state.values == after
    undo(book, done, actor(3), START)
    assert book.state.values == before
    labels = [operation.head.label for operation in book.state.operations[1:]]
    assert labels[1:] == [f"撤销：{labels[0]}", f"重做：{labels[0]}", f"撤销：{labels[0]}"]


@settings(max_examples=60)
@given(STEPS, st.data())
def test_undo_of_any_step_is_exact_or_refused_and_nothing_breaks(steps: list, data: st.DataObject) -> None:
    """undo∘do is the identity on the values, redo∘undo∘do is do; a refusal changes nothing."""
    book = small_book()
    for minute, step in enumerate(steps):
        before = book.state
        try:
            attempt(book, step, minute)
        except RefusedProblem:
            continue
        if book.state.operations == before.operations:
            continue
        after = book.state
        undo(book, last(book), actor(minute), START)
        assert book.state.values == before.values
        redo(book, last(book), actor(minute), START)
        assert book.state.values == after.values
    chosen = data.draw(st.sampled_from(book.state.operations)).head.id
    before, was_refused = book.state, False
    try:
        undo(book, chosen, actor(60), START)
    except RefusedProblem:
        was_refused = True
    assert (book.state is before) == was_refused
    with book.reading() as reading:
        people = {fact.person_id for fact in reading.roster().facts}
        assert people <= reading.roster().person_by_id.keys()
        present = (
            Touch(entity, key, None, text)
            for entity, table in book.state.values.items()
            for key, text in table.items()
        )
        check_put_back(reading, present)


def test_the_history_only_grows() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    lines = book.state.operations
    undo(book, last(book), actor(1), START)
    assert book.state.operations[: len(lines)] == lines
    assert [line.number for line in book.state.operations] == [1, 2, 3]


def test_what_was_undone_is_not_undone_twice() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    done = last(book)
    undo(book, done, actor(1), START)
    refused(book, "已经撤销过", lambda: undo(book, done, actor(2), START))
    redo(book, last(book), actor(3), START)
    undo(book, done, actor(4), START)
    assert undone_ids(book.state.operations[::-1]) >= {done}


def test_a_change_since_refuses_and_names_what_changed() -> None:
    book = small_book()
    correct_person(book, Person(ZHAO, "赵改名"), actor())
    done = last(book)
    correct_person(book, Person(ZHAO, "赵再改"), actor(1))
    refused(book, "人员“赵改名”", lambda: undo(book, done, actor(2), START))
    with book.reading() as reading:
        assert "之后又有改动" in why_not(reading, done, START)
        assert why_not(reading, last(book), START) == ""


def test_what_came_to_depend_on_it_refuses() -> None:
    book, person = small_book(), Person(uuid4(), "褚示例")
    add_person(book, person, Joining(FIRST_BRANCH, MAY), actor())
    done = last(book)
    mark(book, person.id, Mark.RETIRED, TODAY, actor(1))
    refused(book, "还被后来的内容用到", lambda: undo(book, done, actor(2), START))


def test_a_record_that_names_the_person_refuses() -> None:
    book, person = small_book(), Person(uuid4(), "褚示例")
    add_person(book, person, Joining(FIRST_BRANCH, MAY), actor())
    done = last(book)
    put(
        book,
        Record(uuid4(), ("general_meeting",), FIRST_BRANCH, TODAY, attendance=(Attendance(person.id, "褚"),)),
    )
    refused(book, "2026-11-24 支部党员大会", lambda: undo(book, done, actor(2), START))


def test_an_undo_never_lets_two_facts_overlap() -> None:
    book = small_book()
    post = appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "", actor()).value
    end_fact(book, post.id, MAY, actor(1))
    ended = last(book)
    appoint(book, named("钱示例"), FIRST_BRANCH, Post.SECRETARY, MAY, "", actor(2))
    refused(book, "已由钱示例担任", lambda: undo(book, ended, actor(3), START))


def test_an_undo_never_lets_two_terms_overlap() -> None:
    book = small_book()
    first = begin_term(book, Term(uuid4(), FIRST_BRANCH, date(2023, 4, 1), 3, False), actor()).value.term
    end_term(book, first.id, date(2026, 4, 1), actor(1))
    ended = last(book)
    begin_term(book, Term(uuid4(), FIRST_BRANCH, MAY, 3, False), actor(2))
    refused(book, "时间重叠", lambda: undo(book, ended, actor(3), START))


def test_restoring_what_belongs_to_someone_who_is_gone_is_refused() -> None:
    book = small_book()
    fact = mark(book, ZHAO, Mark.RETIRED, MAY, actor()).value
    marked = last(book)
    undo(book, marked, actor(1), START)
    taken_back = last(book)
    remove_person(book, ZHAO, actor(2))
    refused(book, "需要：人员“赵示例”", lambda: redo(book, taken_back, actor(3), START))
    assert fact.person_id == ZHAO


# ---- Ctrl+Z and Ctrl+Y ----


def labels_of(book: FakeBook, steps: str) -> list[str]:
    """Press z and y in turn; the label of each step, or "" where there is none."""
    pressed = []
    for minute, key in enumerate(steps, start=10):
        with book.reading() as reading:
            target = next_undo(reading) if key == "z" else next_redo(reading)
        if target is None or target.number == 1:
            pressed.append("")
            continue
        undo(book, target.head.id, actor(minute), START)
        pressed.append(book.state.operations[-1].head.label)
    return pressed


@pytest.mark.parametrize(
    "keys, pressed",
    [
        ("zz", ["撤销：标记：困难党员", "撤销：标记：离退休"]),
        ("zzz", ["撤销：标记：困难党员", "撤销：标记：离退休", ""]),
        ("y", [""]),
        ("zy", ["撤销：标记：困难党员", "重做：标记：困难党员"]),
        (
            "zzyy",
            ["撤销：标记：困难党员", "撤销：标记：离退休", "重做：标记：离退休", "重做：标记：困难党员"],
        ),
        ("zyz", ["撤销：标记：困难党员", "重做：标记：困难党员", "撤销：标记：困难党员"]),
        (
            "zzyzyyy",
            [
                "撤销：标记：困难党员",
                "撤销：标记：离退休",
                "重做：标记：离退休",
                "撤销：标记：离退休",
                "重做：标记：离退休",
                "重做：标记：困难党员",
                "",
            ],
        ),
    ],
)
def test_the_keys_walk_back_and_forth(keys: str, pressed: list[str]) -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    mark(book, ZHAO, Mark.HARDSHIP, MAY, actor(1))
    assert labels_of(book, keys) == pressed


def test_something_new_ends_the_way_forward() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    undo(book, last(book), actor(1), START)
    mark(book, ZHAO, Mark.ABROAD, MAY, actor(2))
    with book.reading() as reading:
        assert next_redo(reading) is None


def test_only_an_undo_is_redone_and_only_what_is_there() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    refused(book, "不是撤销", lambda: redo(book, last(book), actor(1), START))
    refused(book, "历史中没有这一步", lambda: undo(book, uuid4(), actor(1), START))


def test_ctrl_z_reaches_back_to_the_start_of_the_program_only() -> None:
    book = small_book()
    refused(book, "没有可以重做", lambda: redo_latest(book, actor(), START))
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    before = book.state.values
    mark(book, ZHAO, Mark.HARDSHIP, MAY, actor(10))
    undo_latest(book, actor(11), actor(5).now)
    assert book.state.values == before
    refused(book, "没有可以撤销", lambda: undo_latest(book, actor(12), actor(5).now))
    redo_latest(book, actor(13), actor(5).now)
    undo_latest(book, actor(14), START)
    undo_latest(book, actor(15), START)
    with book.reading() as reading:
        assert reading.roster().marks_on(ZHAO, MAY) == frozenset()
