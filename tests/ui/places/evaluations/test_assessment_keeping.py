"""What is typed about a member reaches the disk, also where another is taken up at once or a refusal comes late."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.problems import Problem
from branchbook.services.drafts import found_drafts
from branchbook.services.evaluations import member_rows
from branchbook.ui.places.evaluations.yearly.matrix.assessment_keeping import AssessmentKeeping
from tests.services.evaluation_book import actor, listed


class LatePlace(QObject):
    """Operations wait until ``answer``; drafts are written at once, as on the book's own thread."""

    def __init__(self, book):
        super().__init__()
        self._asked = []
        commands = SimpleNamespace(keep=lambda write, owner: write())
        self.context = SimpleNamespace(book=book, actor=actor, commands=commands)

    def do(self, operation, arrived, failed):
        self._asked.append((operation, arrived, failed))

    def answer(self):
        for operation, arrived, failed in self._asked:
            try:
                done = operation()
            except Problem as problem:
                failed(problem)
            else:
                arrived(done.value)
        self._asked.clear()


@pytest.fixture
def kept(qapp, book):
    """A place whose answers come late, the keeping with a member at hand, and a way to take up another."""
    place: Any = LatePlace(book)
    procedure = listed(book)
    with book.reading() as reading:
        rows = {each.participant.name: each for each in member_rows(reading, procedure)}
    keeping = AssessmentKeeping(place)

    def show(name):
        keeping.show_row(procedure, rows[name])

    return place, keeping, show


def drafted(book):
    return {each.value.name: each.value for each in found_drafts(book)}


def test_what_was_typed_just_before_another_member_is_taken_up_is_on_the_disk(kept, book):
    _, keeping, show = kept
    show("赵示例")
    keeping.change(lambda value: replace(value, summary="刚写的小结"))
    show("钱示例")
    assert drafted(book)["赵示例"].summary == "刚写的小结"


def test_what_is_refused_after_another_member_was_taken_up_is_on_the_disk(kept, book):
    place, keeping, show = kept
    show("卫示例")
    keeping.change(lambda value: replace(value, summary="小结", grade=Grade.QUALIFIED))
    keeping.save()
    show("钱示例")
    assert drafted(book) == {}
    place.answer()
    assert drafted(book)["卫示例"].summary == "小结"
    show("卫示例")
    assert keeping.value.grade == Grade.QUALIFIED
