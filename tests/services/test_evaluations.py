"""A round of a year: begun once, taking up the records that are there, with its list (B-27 to B-30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.domain.people import FactKind, Mark, Restriction
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import ProcedureState
from branchbook.domain.records import Record, RecordState
from branchbook.domain.tally_findings import Level
from branchbook.services.assessments import save_assessment
from branchbook.services.evaluation_findings import findings_of
from branchbook.services.evaluation_participants import (
    change_participant,
    mark_attendance,
    participant_changes,
    propose_participants,
    set_participants,
)
from branchbook.services.evaluations import (
    begin_evaluation,
    evaluation_view,
    round_of,
    rounds_of,
    simple_records,
)
from branchbook.services.operations import operate
from branchbook.services.procedures import abandon_procedure, finish_procedure
from branchbook.services.settings import change_setting
from tests.fakes import FakeBook
from tests.services.election_book import fact
from tests.services.evaluation_book import (
    BEGUN,
    MEETING,
    NAMES,
    YEAR,
    actor,
    assessed,
    begun,
    evaluation_book,
    everyone_graded,
    is_probationary,
    left,
    listed,
    marked,
    restricted,
    step,
)
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, GENERAL_BRANCH, SECOND_BRANCH, TODAY, named


def kept(
    book: FakeBook, kinds: tuple[str, ...], on: date, subject: str = "年度会议", **more: object
) -> Record:
    """A record in the book, final unless said otherwise."""
    made = Record(uuid4(), kinds, FIRST_BRANCH, on, subject=subject, state=RecordState.FINAL)
    made = replace(made, **more)  # type: ignore[arg-type]
    with operate(book, actor(), "记录") as operating:
        operating.writing.put(made)
    return made


# ------------------------------------------------------------------------------------ beginning


def test_a_round_is_about_its_year() -> None:
    book = evaluation_book()
    procedure = begun(book)
    assert (procedure.year, procedure.shape, procedure.is_open) == (YEAR, "yearly_evaluation", True)
    last = begin_evaluation(book, SECOND_BRANCH, YEAR - 1, date(2026, 2, 3), actor()).value
    with book.reading() as reading:
        assert rounds_of(reading) == (procedure, last)
        assert round_of(reading, SECOND_BRANCH, YEAR - 1) == last
        assert round_of(reading, SECOND_BRANCH, YEAR) is None


@pytest.mark.parametrize(
    "place, year, on, said",
    [
        (GENERAL_BRANCH, YEAR, BEGUN, "由党支部进行"),
        (FIRST_GROUP, YEAR, BEGUN, "由党支部进行"),
        (FIRST_BRANCH, YEAR, date(2026, 12, 1), "在今天之后"),
        (FIRST_BRANCH, YEAR + 1, BEGUN, "2027 年度"),
        (FIRST_BRANCH, YEAR - 2, BEGUN, "2024 年度"),
        (FIRST_BRANCH, 2014, date(2014, 12, 1), "不存在"),
    ],
)
def test_what_cannot_be_begun_is_refused(place, year, on, said) -> None:
    with pytest.raises(RefusedProblem, match=said):
        begin_evaluation(evaluation_book(), place, year, on, actor())


def test_two_rounds_in_a_year_are_refused_and_the_first_is_named() -> None:
    book = evaluation_book()
    procedure = begun(book)
    with pytest.raises(RefusedProblem, match="2026 年度已有一次评议（2026-11-02 开始，办理中）"):
        begun(book)
    abandon_procedure(book, procedure.id, TODAY, "人员调整", actor())
    with pytest.raises(ReasonProblem, match="重新开始请写明原因"):
        begun(book)
    again = begin_evaluation(book, FIRST_BRANCH, YEAR, BEGUN, actor(), reason="重新组织").value
    assert again.note == "重新组织"
    with book.reading() as reading:
        assert round_of(reading, FIRST_BRANCH, YEAR) == again
        assert findings_of(reading, again, TODAY)[0].level != Level.ERROR
        twin = replace(again, id=uuid4())
    with operate(book, actor(), "导入") as operating:
        operating.writing.put(twin)
    with book.reading() as reading:
        assert "另有一次评议" in findings_of(reading, again, TODAY)[0].text


# ------------------------------------------------------------------------------- simple records


def test_the_only_record_that_fits_a_step_is_taken_up_and_the_step_says_so() -> None:
    book = evaluation_book()
    life = kept(book, ("organisational_life_meeting",), date(2026, 10, 20), "专题组织生活会")
    own = kept(book, ("general_meeting", "democratic_evaluation"), date(2026, 10, 21))
    procedure = begun(book)
    meeting = procedure.entry("life_meeting")
    assert (meeting.record_id, meeting.done_on) == (life.id, date(2026, 10, 20))
    assert meeting.reason == "由已有的记录带入：2026年10月20日专题组织生活会"
    assert procedure.entry("self_evaluation").done_on == date(2026, 10, 21)
    ballot = procedure.entry("ballot")
    assert (ballot.record_id, ballot.done_on) == (own.id, None)  # a record is no count


def test_of_several_none_is_taken_up_but_all_are_offered() -> None:
    book = evaluation_book()
    first = kept(book, ("organisational_life_meeting",), date(2026, 8, 20))
    second = kept(book, ("organisational_life_meeting",), date(2026, 10, 20))
    talk = kept(book, ("heart_to_heart_talk",), date(2026, 9, 1))
    kept(book, ("organisational_life_meeting",), date(2025, 10, 20))
    kept(book, ("organisational_life_meeting",), date(2026, 10, 20), organisation_id=SECOND_BRANCH)
    with book.reading() as reading:
        offered = simple_records(reading, FIRST_BRANCH, YEAR)
    assert [each.id for each in offered["life_meeting"]] == [second.id, first.id]
    assert [each.id for each in offered["talks"]] == [talk.id]
    assert begun(book).steps == ()


@pytest.mark.parametrize(
    "kind, on, state",
    [
        ("organisational_life_meeting", date(2026, 2, 10), RecordState.FINAL),  # last year's, held late
        ("organisational_life_meeting", date(2026, 10, 20), RecordState.DRAFT),
        ("general_meeting", date(2026, 10, 20), RecordState.FINAL),  # any meeting may be something else
    ],
)
def test_what_may_be_something_else_is_only_offered(kind, on, state) -> None:
    book = evaluation_book()
    kept(book, (kind,), on, state=state)
    with book.reading() as reading:
        assert simple_records(reading, FIRST_BRANCH, YEAR)["life_meeting" if kind[0] == "o" else "ballot"]
    assert begun(book).steps == ()


def test_a_record_of_last_years_round_is_not_offered_again() -> None:
    book = evaluation_book()
    life = kept(book, ("organisational_life_meeting",), date(2026, 2, 10))
    last = begin_evaluation(book, FIRST_BRANCH, YEAR - 1, date(2026, 2, 3), actor()).value
    assert last.entry("life_meeting").record_id == life.id
    with book.reading() as reading:
        assert simple_records(reading, FIRST_BRANCH, YEAR) == {}


# ------------------------------------------------------------------------------------- the list


def test_the_list_is_proposed_person_by_person_with_its_reasons() -> None:
    book = evaluation_book(6)
    is_probationary(book, NAMES[0])
    restricted(book, NAMES[1], Restriction.DISCIPLINARY_PROBATION)
    restricted(book, NAMES[2], Restriction.MEMBERSHIP_SUSPENDED)
    marked(book, NAMES[3], Mark.FLOATING)
    procedure = begun(book)
    with book.reading() as reading:
        found = {each.name: each for each in propose_participants(reading, procedure, MEETING)}
    assert NAMES[2] not in found
    assert [(each.takes_part, each.graded) for each in found.values()] == [
        (True, False),
        (True, False),
        (False, True),
        (True, True),
        (True, True),
    ]
    assert found[NAMES[3]].elsewhere == Elsewhere.RECEIVED
    change_setting(book, "grade_under_observation", True, actor())
    with book.reading() as reading:
        found = {each.name: each for each in propose_participants(reading, procedure, MEETING)}
    assert found[NAMES[1]].graded


def test_a_line_changed_by_hand_wants_a_reason_and_stays() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    one = procedure.participants[0]
    with pytest.raises(ReasonProblem, match=f"{one.name}与按规则核定的不同"):
        change_participant(book, procedure.id, replace(one, takes_part=False, graded=False), actor())
    away = replace(one, takes_part=False, graded=False, reason="长期住院")
    changed = change_participant(book, procedure.id, away, actor()).value
    assert changed.participants[0].manual
    with book.reading() as reading:
        again = propose_participants(reading, changed, TODAY)
    assert (again[0].takes_part, again[0].reason) == (False, "长期住院")


def test_no_hand_lets_a_probationary_member_be_graded() -> None:
    """Worked case 61: 预备党员不评定等次 (V-06)."""
    book = evaluation_book(6)
    is_probationary(book, NAMES[0])
    procedure = listed(book)
    one = replace(procedure.participants[0], graded=True, reason="表现好", manual=True)
    with pytest.raises(RefusedProblem, match="参加评议、不评定等次（民主评议年度通知）"):
        change_participant(book, procedure.id, one, actor())


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda each: (*each, each[0]), "出现了两次"),
        (lambda each: (*each, Participant(uuid4(), "生人")), "已不在簿中"),
        (lambda each: (replace(each[0], manual=True),), "请写明原因"),
        (lambda each: (replace(each[0], exchanged_on=date(2027, 1, 1)),), "在今天之后"),
    ],
)
def test_a_list_that_cannot_be_is_refused(change, said) -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    with pytest.raises(RefusedProblem, match=said):
        set_participants(book, procedure.id, change(procedure.participants), actor())


def test_who_joins_or_leaves_during_the_round_is_told_and_taken_over() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    left(book, NAMES[0], date(2026, 11, 15))
    is_probationary(book, NAMES[7])
    with book.reading() as reading:
        texts = [each.text for each in participant_changes(reading, procedure, TODAY)]
        told = [each.text for each in findings_of(reading, procedure, TODAY)]
        proposed = propose_participants(reading, procedure, TODAY)
    assert texts == [
        f"{NAMES[0]}已不在本支部",
        f"{NAMES[7]}是评议期间加入的，参加评议，不评定等次（预备党员参加评议，不评定等次）",
    ]
    assert all(f"名册与参评名单不同：{text}" in told for text in texts)
    changed = set_participants(book, procedure.id, proposed, actor()).value
    with book.reading() as reading:
        assert participant_changes(reading, changed, TODAY) == ()


def test_who_left_after_the_grade_stays_and_who_wrote_something_is_shown() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    left(book, NAMES[0], date(2026, 11, 15))
    with book.reading() as reading:
        assert participant_changes(reading, procedure, TODAY) == ()
    other = evaluation_book(6)
    unfinished = listed(other)
    save_assessment(other, assessed(unfinished, NAMES[0]), actor())
    left(other, NAMES[0], date(2026, 11, 15))
    with other.reading() as reading:
        proposed = propose_participants(reading, unfinished, TODAY)
    set_participants(other, unfinished.id, proposed, actor())
    with other.reading() as reading:
        last = evaluation_view(reading, unfinished.id, TODAY).rows[-1]
    assert (last.participant.name, last.participant.reason) == (NAMES[0], "已不在参评名单中")
    assert last.assessment is not None
    assert last.missing == ()


def test_who_came_is_noted_only_for_those_who_take_part() -> None:
    book = evaluation_book(6)
    marked(book, NAMES[3], Mark.FLOATING)
    procedure = listed(book)
    changed = mark_attendance(
        book, procedure.id, {named(NAMES[0]): True, named(NAMES[1]): False}, actor()
    ).value
    assert [each.present for each in changed.participants][:3] == [True, False, None]
    for stranger in (named(NAMES[3]), named(NAMES[9])):
        with pytest.raises(RefusedProblem, match="不参加本支部的评议"):
            mark_attendance(book, procedure.id, {stranger: True}, actor())


# ------------------------------------------------------------------------------------- findings


def test_a_floating_members_result_is_asked_for_once_grades_are_given() -> None:
    """V-17 and B-45: received from where they stay, or told to the branch they come from."""
    book = evaluation_book(6)
    for name, marks in ((NAMES[0], (Mark.FLOATING,)), (NAMES[1], (Mark.FLOATING, Mark.TEMPORARY_LETTER))):
        for mark in marks:
            marked(book, name, mark)
    procedure = listed(book)
    change_participant(
        book, procedure.id, replace(procedure.participants[1], other_branch="外地支部"), actor()
    )
    step(book, procedure.id, "grading")
    with book.reading() as reading:
        view = evaluation_view(reading, procedure.id, TODAY)
    told = {each.text: each.rule for each in view.findings}
    assert told[f"{NAMES[0]}在流入地的评议结果还没有收到"] == "V-17"
    assert told[f"{NAMES[1]}的评议结果还没有告知外地支部"] == "B-45"
    assert view.rows[0].missing == ("等次", "流入地评议结果", "反馈")
    assert "告知原支部" in view.rows[1].missing


def test_both_readings_of_the_third_are_told_where_they_differ() -> None:
    book = evaluation_book(8)
    is_probationary(book, NAMES[8])
    procedure = listed(book)
    with book.reading() as reading:
        view = evaluation_view(reading, procedure.id, TODAY)
    assert [(each.number, each.most) for each in view.caps] == [(8, 2), (9, 3)]
    assert "按参评党员 9 名计算为 3 名，两种口径不同" in "".join(each.text for each in view.findings)
    change_setting(book, "excellent_base", "participants", actor())
    with book.reading() as reading:
        assert evaluation_view(reading, procedure.id, TODAY).cap.most == 3


def test_unqualified_opens_a_follow_up_with_its_limits() -> None:
    """V-08 to V-13: 教育转化, 限期改正 not beyond a year, decided by the general meeting."""
    book = evaluation_book(6)
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0], Grade.UNQUALIFIED), actor())
    with book.reading() as reading:
        told = {each.rule: each for each in findings_of(reading, procedure, TODAY)}
    assert "应教育转化" in told["V-08"].text
    assert "不超过 12 个月" in told["V-11"].text
    assert {"V-09", "V-10", "V-12", "V-13"} <= set(told)
    assert "待核实" in told["V-12"].article
    step(book, procedure.id, "grading")
    with pytest.raises(RefusedProblem, match="没有写教育转化或组织处置情况"):
        step(book, procedure.id, "use")


def test_a_finished_round_tells_of_missing_feedback_and_of_who_disagrees() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        one = next(iter(reading.assessments((procedure.id,))))
    save_assessment(book, replace(one, fed_back_on=MEETING, agrees=False), actor())
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key, reason="出差未归")
    done = finish_procedure(book, procedure.id, TODAY, actor()).value
    assert done.state == ProcedureState.FINISHED
    with book.reading() as reading:
        texts = " ".join(each.text for each in findings_of(reading, done, TODAY))
    assert "还没有登记反馈的" in texts
    assert f"本人不同意评定的：{one.name}" in texts


def test_the_mutual_evaluation_names_who_got_no_criticism() -> None:
    """At least one for each member (§1): told, never refused."""
    book = evaluation_book(6)
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0]), actor())
    done = step(book, procedure.id, "mutual_evaluation")
    with book.reading() as reading:
        texts = [each.text for each in findings_of(reading, done, TODAY)]
    assert f"还没有互评意见的：{'、'.join(NAMES[1:6])}" in texts


def test_a_fact_of_another_day_changes_nothing_on_the_day() -> None:
    """Who takes part is asked on the day: a mark that ended before it does not count."""
    book = evaluation_book(6)
    fact(book, NAMES[0], FactKind.MARK, Mark.FLOATING, date(2026, 1, 1), date(2026, 6, 1))
    procedure = begun(book)
    with book.reading() as reading:
        in_spring = propose_participants(reading, procedure, date(2026, 3, 1))
        in_autumn = propose_participants(reading, procedure, MEETING)
    assert (in_spring[0].elsewhere, in_autumn[0].elsewhere) == (Elsewhere.RECEIVED, None)
