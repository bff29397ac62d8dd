"""How far a procedure has come, told in one pass, agrees with the standing of its steps told one by one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.procedures.conversions import QUARTERLY
from branchbook.catalogue.procedures.joining import JOINING
from branchbook.domain.procedures import Procedure, StepEntry, StepState, next_step, standings
from branchbook.domain.progress import ShapeProgress

DAY = date(2026, 6, 1)


@st.composite
def cases(draw):
    """A shape, and a procedure of it with any of its steps done on any day."""
    shape = draw(st.sampled_from((JOINING, QUARTERLY)))
    ages = draw(
        st.lists(st.none() | st.integers(0, 900), min_size=len(shape.steps), max_size=len(shape.steps))
    )
    steps = tuple(
        StepEntry(step.key, None if age is None else DAY - timedelta(days=age))
        for step, age in zip(shape.steps, ages, strict=True)
    )
    return shape, Procedure(UUID(int=1), shape.key, UUID(int=2), DAY, steps=steps)


@given(cases())
def test_it_agrees_with_the_standings(given_procedure):
    shape, procedure = given_procedure
    found, steps = ShapeProgress(shape, DAY).of(procedure), standings(shape, procedure, DAY, {})
    assert set(found.done) == {each.spec.key for each in steps if each.state is StepState.DONE}
    last = max((number for number, each in enumerate(steps) if each.state is StepState.DONE), default=-1)
    waiting = [each for each in steps if each.state not in (StepState.DONE, StepState.NOT_NEEDED)]
    late = [
        each for each in waiting if each.overdue and not (each.spec.optional and steps.index(each) < last)
    ]
    if late:
        assert found.overdue
        assert found.due_on == min(each.due_on or date.max for each in late)
    else:
        assert not found.overdue
        first = next_step(steps)
        wanted = first.spec if first is not None and not first.spec.optional else None
        assert found.at == wanted
    passed = [each.spec for each in waiting if not each.spec.optional and steps.index(each) < last]
    assert list(found.passed_over) == passed
