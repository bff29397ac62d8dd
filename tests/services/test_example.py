"""The example book shows everything that the program is for, and nobody in it exists."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.identity_number import faults
from branchbook.domain.life_meetings import examinations
from branchbook.domain.people import Mark, Standing
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure, ProcedureState, next_step
from branchbook.domain.records import DecisionKind, Record, RecordState
from branchbook.domain.talks import Circle
from branchbook.domain.tally_findings import Level
from branchbook.exchange.photo_reducing import PillowPhotoReducer
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.forms.press import PdfPress
from branchbook.resources import resource_path
from branchbook.services.conversion_checks import conversion_findings
from branchbook.services.conversions import conversions_on
from branchbook.services.desk import desk
from branchbook.services.due import default_organisations, year_findings
from branchbook.services.elections import ElectionState, election_view, elections_of
from branchbook.services.evaluations import evaluation_view, round_of, rounds_of
from branchbook.services.example import create_example, read_example
from branchbook.services.history import differences
from branchbook.services.ledgers import ledger_summaries, ledger_view
from branchbook.services.operations import Actor
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import print_paper
from branchbook.services.roster_export import export_roster
from branchbook.services.roster_import import LineStatus, open_roster, preview_roster
from branchbook.services.roster_values import Severity
from branchbook.services.talks import talks_of_year
from tests.fakes import FakeBook

TODAY = date(2026, 11, 24)
ACTOR = Actor("示例操作员", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
FOLDER = resource_path("example")


@pytest.fixture(scope="module")
def book() -> FakeBook:
    made = FakeBook()
    create_example(made, SpreadsheetFiles(), PillowPhotoReducer(), FOLDER, ACTOR)
    return made


@pytest.fixture(scope="module")
def records(book: FakeBook) -> tuple[Record, ...]:
    with book.reading() as reading:
        return reading.all(Record)


def test_three_branches_of_8_19_and_41_with_their_committees(book: FakeBook) -> None:
    with book.reading() as reading:
        roster = reading.roster()
    branches = roster.branches_on(TODAY)
    assert [len(roster.members_on(each.id, TODAY)) for each in branches] == [8, 19, 41]
    assert [len(roster.committee_on(each.id, TODAY)) for each in branches] == [0, 3, 5]
    assert [len(roster.groups_of(each.id, TODAY)) for each in branches] == [0, 2, 4]
    general = roster.general_branch()
    assert general is not None
    assert len(roster.committee_on(general.id, TODAY)) == 5


def test_the_small_branch_has_six_full_members_and_so_no_committee(book: FakeBook) -> None:
    with book.reading() as reading:
        roster = reading.roster()
    first = roster.branches_on(TODAY)[0]
    standings = [roster.standing_on(each.id, TODAY) for each in roster.members_on(first.id, TODAY)]
    assert (standings.count(Standing.FULL), standings.count(Standing.PROBATIONARY)) == (6, 2)


def test_marks_restrictions_and_rare_names_are_there(book: FakeBook) -> None:
    with book.reading() as reading:
        roster = reading.roster()
    marks = {mark for person in roster.people for mark in roster.marks_on(person.id, TODAY)}
    assert {Mark.RETIRED, Mark.FLOATING, Mark.HARDSHIP} <= marks
    assert any(roster.restrictions_on(person.id, TODAY) for person in roster.people)
    assert {"马文·阿不都热西提", "李𬭎", "赵喆", "王㭎"} <= {person.name for person in roster.people}


def test_nobody_exists(book: FakeBook) -> None:
    """Every number has a right check digit and a region that was never given to any place."""
    with book.reading() as reading:
        people = reading.roster().people
    assert {person.identity_number[:6] for person in people} == {"999999"}
    assert not any(faults(person.identity_number, person.born_on, person.sex) for person in people)
    assert {person.phone for person in people} == {"000-0000"}


def test_thirteen_months_with_everything_that_a_record_can_be(records: tuple[Record, ...]) -> None:
    months = {(each.held_on.year, each.held_on.month) for each in records if each.held_on and each.is_final}
    assert len(months) == 13
    assert {each.state for each in records} == set(RecordState)
    assert any(len(each.kinds) == 2 for each in records)
    assert any(each.late_entry for each in records)
    assert any(each.observers for each in records)
    assert any(each.frozen and not each.frozen.quorum_met for each in records)
    assert {each.kind for each in records} >= {"work_plan", "work_summary", "heart_to_heart_talk"}
    assert any(sum(len(s.text) for item in each.agenda for s in item.speeches) > 2000 for each in records)


def test_talks_one_of_them_private_and_meetings_of_leaders(
    book: FakeBook, records: tuple[Record, ...]
) -> None:
    """The second branch has talks between all circles, and a life meeting told person by person."""
    kinds = {each.kind for each in records}
    assert {"democratic_life_meeting", "dual_life_activity"} <= kinds
    assert [each.kind for each in records if each.is_private] == ["heart_to_heart_talk"]
    assert any(len(examinations(each)) == 3 for each in records)
    with book.reading() as reading:
        second = reading.roster().branches_on(TODAY)[1]
        found = talks_of_year(reading, second.id, 2026, TODAY)
    held = {found.matrix.circle_of(*pair) for pair in found.matrix.talks}
    assert held == set(Circle)
    assert found.missing
    assert found.waiting


def test_votes_add_up_to_those_who_could_vote(records: tuple[Record, ...]) -> None:
    votes = [(each, item.vote) for each in records if each.frozen for item in each.agenda if item.vote]
    assert {vote.decision for _, vote in votes} >= {DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION}
    for record, vote in votes:
        assert record.frozen is not None
        total = vote.votes_for + vote.votes_against + vote.abstentions
        assert total == record.frozen.present_votes, record.subject


def test_resolutions_are_open_and_done(records: tuple[Record, ...]) -> None:
    resolutions = [each for record in records for item in record.agenda for each in item.resolutions]
    assert any(each.done_on for each in resolutions)
    assert any(each.done_on is None and each.due_on and each.due_on < TODAY for each in resolutions)
    assert any(each.done_on is None and each.due_on and each.due_on > TODAY for each in resolutions)


def test_one_election_is_filed_one_is_being_counted_and_a_reminder_is_due(book: FakeBook) -> None:
    """支部工作条例: six months before a term ends; the branch of 19 elected in September, that of 41 counts."""
    with book.reading() as reading:
        lines = elections_of(reading, None, TODAY)
        general = reading.roster().general_branch()
        assert general is not None
        terms = [each for each in desk(reading, general.id, 2026, TODAY).due if "任期" in each.title]
        views = [election_view(reading, each.id, TODAY) for each in lines]
    assert [(each.organisation_name[-5:], each.state) for each in lines] == [
        ("第三党支部", ElectionState.COUNTING),
        ("第二党支部", ElectionState.FILED),
    ]
    assert [(each.begin_procedure, bool(each.procedure_id)) for each in terms] == [
        ("", True),
        ("general_branch_election", False),
    ]
    for view in views:
        found = [*view.findings, *(each for own in view.step_findings.values() for each in own)]
        assert [each for each in found if each.level is not Level.INFO] == []


def test_one_evaluation_is_counted_and_being_graded(book: FakeBook) -> None:
    with book.reading() as reading:
        second = reading.roster().branches_on(TODAY)[1]
        view = evaluation_view(reading, round_of(reading, second.id, 2026).id, TODAY)
    assert [each.is_confirmed for each in view.procedure.grade_rounds] == [True, True]
    assert next_step(view.steps).spec.key == "grading"
    graded = [each for each in view.rows if each.assessment and each.assessment.grade]
    assert (len(graded), view.cap.most) == (10, 6)
    assert not [each for each in view.findings if each.level == Level.ERROR]


def test_the_elected_hold_their_posts(book: FakeBook) -> None:
    with book.reading() as reading:
        roster = reading.roster()
    second = roster.branches_on(TODAY)[1]
    held = [
        (roster.person_by_id[fact.person_id].name, fact.value, fact.from_on)
        for fact in roster.post_facts_on(second.id, TODAY)
    ]
    day = date(2026, 9, 24)
    assert held == [
        ("周芒种", "secretary", day),
        ("吴夏至", "organisation_member", day),
        ("徐小暑", "publicity_member", day),
    ]
    term = roster.term_on(second.id, TODAY)
    assert term is not None
    assert (term.elected_on, term.years, term.document) == (day, 3, "示机总〔2026〕12号")


def test_history_has_every_entry_on_its_day(book: FakeBook) -> None:
    days = {operation.head.at.date() for operation in book.state.operations}
    assert len(days) > 60
    assert max(days) == TODAY


def test_the_roster_reads_without_a_fault_and_again_without_a_change(book: FakeBook) -> None:
    with book.reading() as reading:
        file = open_roster(SpreadsheetFiles(), FOLDER / "roster.xlsx", reading)
        preview = preview_roster(reading, file, file.mapping, ACTOR)
    assert file.mapping.certain
    assert preview.count(LineStatus.UNCHANGED) == 68
    assert not [
        each for each in preview.findings if each.severity in (Severity.ROW_REFUSED, Severity.CELL_REFUSED)
    ]


def test_it_can_be_cancelled_and_a_missing_part_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedProblem, match="取消"):
        create_example(
            FakeBook(), SpreadsheetFiles(), PillowPhotoReducer(), FOLDER, ACTOR, lambda done, _: done < 3
        )
    with pytest.raises(UnreadableProblem, match="示例数据"):
        create_example(FakeBook(), SpreadsheetFiles(), PillowPhotoReducer(), tmp_path, ACTOR)


def test_a_name_that_the_roster_lacks_is_told(tmp_path: Path) -> None:
    year = json.loads((FOLDER / "records.json").read_text(encoding="utf-8"))
    year["records"] = year["records"][:1]
    year["records"][0]["people"] = {"chair": ["查无此人"]}
    (tmp_path / "records.json").write_text(json.dumps(year), encoding="utf-8")
    (tmp_path / "roster.xlsx").write_bytes((FOLDER / "roster.xlsx").read_bytes())
    with pytest.raises(UnreadableProblem, match="查无此人"):
        create_example(FakeBook(), SpreadsheetFiles(), PillowPhotoReducer(), tmp_path, replace(ACTOR))


def test_its_roster_exported_as_xlsx_reads_back_without_a_change(book: FakeBook, tmp_path: Path) -> None:
    files, path = SpreadsheetFiles(), tmp_path / "花名册.xlsx"
    with book.reading() as reading:
        assert export_roster(files, path, reading.roster(), TODAY) == 68
        file = open_roster(files, path, reading)
        preview = preview_roster(reading, file, file.mapping, ACTOR)
    assert preview.count(LineStatus.UNCHANGED) == 68
    assert (preview.people, preview.facts, preview.findings) == ((), (), ())


def test_the_desk_has_something_to_say_of_every_kind(book: FakeBook) -> None:
    with book.reading() as reading:
        found = year_findings(reading, default_organisations(reading, TODAY), 2026, TODAY)
    states = {str(finding.state) for finding in found}
    assert states == {"held", "held_not_final", "due", "overdue", "not_yet", "not_required"}


def test_whoever_chairs_writes_lectures_or_speaks_was_there():
    for record in read_example(FOLDER).records:
        away = {each.name for each in record.away}
        roles = {name for key in ("chair", "minute_taker", "lecturer") for name in record.people.get(key, ())}
        spoke = {speech.name for item in record.agenda for speech in item.speeches}
        discussed = {str(record.fields.get("discussion", "")).partition("：")[0]}
        assert not away & (roles | spoke | discussed), (record.organisation, record.held_on, record.subject)


def test_no_two_meetings_of_an_organisation_overlap():
    taken: dict[tuple[str, str, date], list[tuple[str, str]]] = {}
    for record in read_example(FOLDER).records:
        if record.held_on and record.starts_at and record.ends_at:
            hours = taken.setdefault((record.organisation, record.group, record.held_on), [])
            assert all(record.ends_at <= start or end <= record.starts_at for start, end in hours), (
                record.subject
            )
            hours.append((record.starts_at, record.ends_at))


def test_a_committees_votes_are_committee_decisions():
    """支部工作条例 第十一条 is about the meeting of all members; a committee's vote has its own base."""
    votes = [
        item.vote
        for record in read_example(FOLDER).records
        if record.kinds == ("committee_meeting",)
        for item in record.agenda
        if item.vote
    ]
    assert votes
    assert {vote.decision for vote in votes} == {DecisionKind.COMMITTEE}


def test_who_joins_or_becomes_a_full_member_does_so_by_a_resolution():
    kinds = (DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION)
    items = [item for record in read_example(FOLDER).records for item in record.agenda]
    decided = [item for item in items if item.vote and item.vote.decision in kinds]
    assert len(decided) == 3
    assert all(item.resolutions[0].text.startswith("同意") for item in decided)


def test_the_missing_evidence_of_a_year_is_one_printed_page(book: FakeBook) -> None:
    """Also of the largest branch, and of the general branch with all below it."""
    with book.reading() as reading:
        roster = reading.roster()
        general = roster.general_branch()
        assert general is not None
        for organisation in (general, *roster.branches_on(TODAY)):
            request = PaperRequest("missing_evidence", TODAY, organisation_id=organisation.id, year=2026)
            assert print_paper(reading, PdfPress(), request).pages == 1


def test_one_conversion_has_two_quarters_observed_and_the_other_is_not_begun(book: FakeBook) -> None:
    with book.reading() as reading:
        first = reading.roster().branches_on(TODAY)[0]
        lines = {each.name: each for each in conversions_on(reading, TODAY, first.id)}
        procedures = [each for each in reading.all(Procedure) if each.subject_id is not None]
        (findings,) = [conversion_findings(reading, each) for each in procedures]
        due = {each.title: each.action for each in desk(reading, first.id, 2026, TODAY).due}
    begun, waiting = lines["赵立夏"], lines["黄小满"]
    assert (begun.procedure_id, begun.missing) == (procedures[0].id, ())
    assert findings == ()
    assert waiting.procedure_id is None
    assert (due["预备党员 赵立夏 转正"], due["预备党员 黄小满 考察意见"]) == ("打开", "开始办理")


def test_last_years_evaluation_has_ended_and_one_is_just_begun(book: FakeBook) -> None:
    """Last year's departs from the ballots twice and has someone evaluated elsewhere; the new one has probationers."""
    with book.reading() as reading:
        current, _, last = rounds_of(reading)
        view, now = evaluation_view(reading, last.id, TODAY), evaluation_view(reading, current.id, TODAY)
    assert (last.year, last.state, current.year, current.is_open) == (
        2025,
        ProcedureState.FINISHED,
        2026,
        True,
    )
    assert [each for each in view.findings if each.level == Level.ERROR] == []
    assert sum("得票最多的是" in each.text for each in view.findings) == 2
    grades = [each.assessment.grade for each in view.rows if each.assessment]
    assert (len(grades), grades.count(Grade.EXCELLENT), view.cap.most) == (19, 5, 6)
    (away,) = [each for each in view.rows if each.participant.elsewhere]
    assert (away.participant.name, away.members_count, away.missing) == ("冯银杏", None, ())
    (cast,) = last.grade_rounds
    assert cast.is_confirmed
    assert all(each.count.all == cast.valid for each in cast.lines)
    assert [each.participant.graded for each in now.rows] == [True] * 6 + [False] * 2
    assert "个人小结" not in now.rows[0].missing
    assert "个人小结" in now.rows[-1].missing


def test_the_ledgers_have_rows_in_every_state(book: FakeBook) -> None:
    with book.reading() as reading:
        top = reading.roster().general_branch()
        assert top is not None
        today = date(2026, 11, 24)
        lines = ledger_view(reading, "rectification", top.id, today).lines
        found = {each.ledger.key: each.rows for each in ledger_summaries(reading, top.id, today)}
    assert [line.overdue for line in lines].count(True) == 1
    assert sum(bool(line.cells["done_on"]) for line in lines) == 2
    assert all(line.place for line in lines)
    assert found["contact_points"] == found["lecture_series"] == 3
    assert found["hardship_visits"] == found["commendations"] == found["study_classes"] == 1


def test_the_history_of_the_example_speaks_chinese(book):
    """No key of a field, a step, a kind or an enumeration is shown in a difference."""
    allowed = {"jpg"} | {path.stem for path in (FOLDER / "photos").iterdir()}
    with book.reading() as reading:
        roster = reading.roster()
        touches = [touch for operation in reading.operations(100_000) for touch in operation.touches]
        shown = {
            f"{each.label} {each.before} {each.after}"
            for touch in touches
            if touch.entity != "setting"
            for each in differences(roster, touch)
        }
    english = {word for text in shown for word in re.findall("[A-Za-z_]{3,}", text)}
    assert english <= allowed
