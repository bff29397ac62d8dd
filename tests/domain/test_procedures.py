"""Steps of a procedure: what stands before what, when each is due, and which is next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.procedures import (
    Condition,
    DueSpec,
    Procedure,
    ProcedureShape,
    ProcedureState,
    StepEntry,
    StepSpec,
    StepState,
    due_date,
    missing_before,
    next_step,
    out_of_order,
    standings,
)
from tests.domain.rosters import identity

BEGUN = date(2026, 3, 2)
TODAY = date(2026, 6, 1)
SHAPE = ProcedureShape(
    key="example",
    name="示例办理",
    family="example",
    steps=(
        StepSpec("first", "第一步", due=DueSpec("term_end", months=-6)),
        StepSpec("second", "第二步", needs=("first",), due=DueSpec("first", days=10)),
        StepSpec("aside", "旁步", needs=("first",), optional=True),
        StepSpec("third", "第三步", needs=("second", "aside", "if_refused")),
        StepSpec("if_refused", "补办", only_when=Condition("second", "outcome", "不批准")),
    ),
)
FIRST, SECOND, ASIDE, THIRD, IF_REFUSED = SHAPE.steps


def procedure(*entries: StepEntry, **more) -> Procedure:
    return Procedure(identity("procedure"), SHAPE.key, identity("place"), BEGUN, steps=entries, **more)


def done(key: str, on: date = BEGUN, **more) -> StepEntry:
    return StepEntry(key, on, **more)


def states(made: Procedure, today: date = TODAY) -> list[str]:
    return [each.state.value for each in standings(SHAPE, made, today, {})]


@pytest.mark.parametrize(
    "entries, expected",
    [
        ((), ["ready", "waiting", "waiting", "waiting", "not_needed"]),
        ((done("first"),), ["done", "ready", "ready", "waiting", "not_needed"]),
        ((done("first"), done("second")), ["done", "done", "ready", "ready", "not_needed"]),
        (
            (done("first"), done("second", values={"outcome": "不批准"})),
            ["done", "done", "ready", "waiting", "ready"],
        ),
        (
            (done("first"), StepEntry("second", values={"outcome": "不批准"})),
            ["done", "begun", "ready", "waiting", "not_needed"],
        ),
        (
            (StepEntry("third", record_id=identity("r")),),
            ["ready", "waiting", "waiting", "begun", "not_needed"],
        ),
        ((StepEntry("first", reason="先写"),), ["ready", "waiting", "waiting", "waiting", "not_needed"]),
    ],
)
def test_where_each_step_stands(entries: tuple[StepEntry, ...], expected: list[str]) -> None:
    assert states(procedure(*entries)) == expected


def test_what_is_missing_before_a_step_leaves_out_optional_and_unneeded_ones() -> None:
    assert missing_before(SHAPE, procedure(), THIRD) == (SECOND,)
    refused = procedure(done("second", values={"outcome": "不批准"}))
    assert missing_before(SHAPE, refused, THIRD) == (IF_REFUSED,)
    assert missing_before(SHAPE, procedure(done("second")), THIRD) == ()


def test_a_condition_holds_only_for_a_step_that_is_done() -> None:
    condition = Condition("second", "outcome", "不批准")
    assert not condition.holds(procedure())
    assert not condition.holds(procedure(StepEntry("second", values={"outcome": "不批准"})))
    assert condition.holds(procedure(done("second", values={"outcome": "不批准"})))
    assert not condition.holds(procedure(done("second", values={"outcome": "批准"})))


def test_the_next_step_is_the_first_that_is_not_done_and_not_optional() -> None:
    def after(*entries: StepEntry) -> str:
        found = next_step(standings(SHAPE, procedure(*entries), TODAY, {}))
        return found.spec.key if found else ""

    assert after() == "first"
    assert after(done("first")) == "second"
    assert after(done("first"), done("second")) == "third"
    assert after(done("first"), done("second"), done("third")) == "aside"
    assert after(*(done(each.key) for each in SHAPE.steps[:4])) == ""


@pytest.mark.parametrize(
    "spec, expected",
    [
        (DueSpec("term_end", months=-6), date(2026, 2, 28)),
        (DueSpec("term_end", months=6), date(2027, 2, 28)),
        (DueSpec("first", days=10), date(2026, 3, 12)),
        (DueSpec("first", months=1, days=-1), date(2026, 4, 1)),
        (DueSpec("never"), None),
        (None, None),
    ],
)
def test_a_step_is_due_by_months_and_days_from_another_day(
    spec: DueSpec | None, expected: date | None
) -> None:
    """Months clamp to the month's end (rules.md §11)."""
    known = {"term_end": date(2026, 8, 31), "first": BEGUN}
    assert due_date(replace(FIRST, due=spec), known) == expected


def test_a_step_is_overdue_from_the_day_after_and_only_while_open_and_not_done() -> None:
    end = date(2026, 9, 1)  # the first step is due on 2026-03-01

    def overdue(made: Procedure, today: date) -> bool:
        return standings(SHAPE, made, today, {"term_end": end})[0].overdue

    day = date(2026, 3, 1)
    assert not overdue(procedure(), day)
    assert overdue(procedure(), day + timedelta(1))
    assert not overdue(procedure(done("first", TODAY)), TODAY)
    assert not overdue(procedure(state=ProcedureState.ABANDONED), TODAY)


def test_a_due_day_follows_the_step_once_it_is_done() -> None:
    assert standings(SHAPE, procedure(), TODAY, {})[1].due_on is None
    later = standings(SHAPE, procedure(done("first", date(2026, 5, 1))), TODAY, {})[1]
    assert (later.due_on, later.overdue) == (date(2026, 5, 11), True)


@pytest.mark.parametrize(
    "entries, entry, expected",
    [
        ((), done("second"), ("“第一步”还没有完成",)),
        ((), StepEntry("second"), ()),
        ((done("first"),), done("second"), ()),
        (
            (done("first", date(2026, 3, 3)),),
            done("second", BEGUN),
            ("“第一步”在 2026-03-03，晚于本步的 2026-03-02",),
        ),
        ((done("second"),), done("third"), ()),
        (
            (done("second"), done("aside", TODAY)),
            done("third"),
            ("“旁步”在 2026-06-01，晚于本步的 2026-03-02",),
        ),
        ((), done("unknown"), ()),
    ],
)
def test_what_is_out_of_order_about_a_step(
    entries: tuple[StepEntry, ...], entry: StepEntry, expected: tuple[str, ...]
) -> None:
    assert out_of_order(SHAPE, procedure(*entries), entry) == expected


def test_an_entry_entered_anew_takes_the_place_of_the_former() -> None:
    made = procedure(done("first"), done("second")).with_entry(done("first", TODAY))
    assert [each.step for each in made.steps] == ["first", "second"]
    assert made.done_on("first") == TODAY
    assert made.with_entry(done("third")).steps[-1].step == "third"


def test_a_field_has_a_value_of_its_type_or_an_empty_one() -> None:
    entry = StepEntry("x", values={"text": "字", "number": 3, "day": "2026-03-05", "yes": True, "none": ""})
    assert (entry.text("text"), entry.text("missing"), entry.text("number")) == ("字", "", "")
    assert (entry.number("number"), entry.number("missing"), entry.number("text")) == (3, 0, 0)
    assert (entry.day("day"), entry.day("none"), entry.day("missing")) == (date(2026, 3, 5), None, None)
    assert (entry.flag("yes"), entry.flag("missing"), entry.flag("text")) == (True, False, False)


ENTRIES = st.lists(
    st.tuples(st.sampled_from([each.key for each in SHAPE.steps]), st.dates(BEGUN, TODAY) | st.none()),
    unique_by=lambda each: each[0],
)


@given(ENTRIES)
def test_whatever_is_entered_every_step_has_one_state_and_next_is_not_done(entries: list) -> None:
    made = procedure(*(StepEntry(key, on) for key, on in entries))
    steps = standings(SHAPE, made, TODAY, {})
    assert [each.spec for each in steps] == list(SHAPE.steps)
    for each in steps:
        assert (each.state == StepState.DONE) == made.is_done(each.spec.key)
        assert not (each.missing and each.state == StepState.READY)
    found = next_step(steps)
    left = [each for each in steps if each.state not in (StepState.DONE, StepState.NOT_NEEDED)]
    assert (found is None) == (not left)
    assert found is None or found in left
