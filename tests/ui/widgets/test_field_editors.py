"""The widgets made from a ``FieldSpec``: days, counts, and what is not read yet stays as typed."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.ui.widgets.field_editors import Entered, make_editor, settle_focus, with_field, with_people
from branchbook.ui.widgets.number_field import NumberField
from tests.ui.places.members_screen import write

TODAY = date(2026, 11, 24)
EMPTY = Entered({}, {})


class Written:
    """Applies every edit to what is entered, as a record or a step does."""

    def __init__(self) -> None:
        self.entered = EMPTY

    def __call__(self, edit) -> None:
        self.entered = edit(self.entered)


@pytest.fixture
def written():
    return Written()


class TestDays:
    """A day is kept as ISO 8601 text, empty where none was entered."""

    @pytest.fixture
    def day(self, written, beside):
        editor = make_editor(FieldSpec("until", "同意延长到", FieldType.DATE), written, TODAY)
        return editor, beside(editor.widget)

    @pytest.mark.parametrize("typed", ["2026-12-31", "2026.12.31", "12月31日", "20261231"])
    def test_it_is_typed_as_people_write_it(self, day, written, typed):
        editor, other = day
        write(editor.widget, typed)
        other.setFocus()
        assert written.entered.values == {"until": "2026-12-31"}
        assert editor.widget.text() == "2026-12-31"

    def test_what_cannot_be_read_stays_and_changes_nothing(self, day, written):
        editor, other = day
        written.entered = Entered({"until": "2026-12-31"}, {})
        editor.show(written.entered, ())
        editor.widget.selectAll()
        write(editor.widget, "年底")
        other.setFocus()
        editor.show(written.entered, ())
        assert editor.widget.text() == "年底"
        assert editor.widget.property("wrong")
        assert written.entered.values == {"until": "2026-12-31"}

    def test_an_emptied_day_is_taken_out(self, day, written):
        editor, other = day
        written.entered = Entered({"until": "2026-12-31"}, {})
        editor.show(written.entered, ())
        editor.widget.clear()
        other.setFocus()
        assert written.entered.values == {}

    def test_leaving_the_place_takes_what_is_typed(self, day, written):
        editor, _ = day
        write(editor.widget, "2026-12-31")
        settle_focus()
        assert written.entered.values == {"until": "2026-12-31"}


class TestCounts:
    def test_a_count_that_is_none_stays_as_typed_while_others_are_shown(self, written, beside):
        editor = make_editor(FieldSpec("issued", "发出", FieldType.NUMBER), written, TODAY)
        field = editor.widget
        assert isinstance(field, NumberField)
        beside(field)
        editor.show(EMPTY, ())
        field.selectAll()
        write(field, "-3")
        editor.show(EMPTY, ())
        assert field.text() == "-3"

    def test_nought_is_a_count(self):
        """无效票 0 is something else than not filled in."""
        assert with_field("invalid", 0)(EMPTY).values == {"invalid": 0}
        assert with_field("early", False)(EMPTY).values == {"early": False}

    @pytest.mark.parametrize("empty", ["", (), None])
    def test_an_empty_value_is_taken_out(self, empty):
        assert with_field("note", empty)(Entered({"note": "示例"}, {})).values == {}

    def test_nobody_is_taken_out(self):
        assert with_people("chair", ())(EMPTY).people == {}
