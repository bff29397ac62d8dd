"""The matrix members × opinions: arrows, grades by a key, texts, the cap, and what is refused."""

from __future__ import annotations

import pytest

from tests.services.evaluation_book import listed


@pytest.fixture
def matrix(book, screen, reopened):
    """A round with its list, at its self-evaluation."""
    procedure = listed(book)
    reopened()
    screen.view.show_at(procedure.id, "self_evaluation")
    screen.settle()
    return screen


class TestSelfEvaluation:
    def test_everyone_of_the_list_has_a_row(self, matrix):
        assert len(matrix.matrix.table.cells.rows) == 12
        assert matrix.cell("卫示例", "grade") == "不评定"

    def test_a_summary_is_saved_when_its_field_is_left(self, matrix):
        matrix.select("赵示例", "self")
        matrix.type_into(matrix.matrix.editor.own.summary, "一年来学习认真")
        found = matrix.assessment("赵示例")
        assert found is not None
        assert found.summary == "一年来学习认真"
        assert matrix.cell("赵示例", "self") == "已写"
