"""From a request to sheets: the paper as the user changed it, with values that come only from the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.papers.general_branch import GENERAL_BRANCH_WORDS
from branchbook.catalogue.papers.general_record import general_record_for
from branchbook.catalogue.papers_list import family_of
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import Cover, Paper, RecordTable, Sheet, Subject, Value
from branchbook.domain.plans import week_of
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.ballot_form import ballot_form
from branchbook.services.conversion_sheets import REGISTER, register_paper, sheets_of_conversion
from branchbook.services.election_reading import facts_of
from branchbook.services.evaluation_sheets import sheets_of_evaluation
from branchbook.services.handover_paper import handover_values
from branchbook.services.missing_evidence_paper import missing_evidence_values
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_changes import changed_paper
from branchbook.services.paper_fit import fitted
from branchbook.services.paper_values_documents import (
    blank_notice_values,
    blank_sign_in_values,
    blank_slip_values,
    notice_values,
    receipt_values,
    resolution_papers,
    resolution_title,
    sign_in_values,
    slip_values,
)
from branchbook.services.paper_values_dual_life import dual_life_values
from branchbook.services.paper_values_dues import dues_values, published_values
from branchbook.services.paper_values_election import ElectionSheet, election_sheets
from branchbook.services.paper_values_handbook import cover_values, instruction_values, photo_values
from branchbook.services.paper_values_hours import hours_values
from branchbook.services.paper_values_joining import ledger_values
from branchbook.services.paper_values_ledger import is_ledger_paper, ledger_sheets, paper_in
from branchbook.services.paper_values_life import life_meeting_values, problem_values, speeches_values
from branchbook.services.paper_values_plans import time_line_values, week_values, week_words
from branchbook.services.paper_values_record import record_values
from branchbook.services.paper_values_roster import (
    basics_values,
    committee_values,
    groups_values,
    roster_values,
)
from branchbook.services.paper_values_talks import talk_summary_values
from branchbook.services.paper_values_year import (
    attendance_values,
    requirement_values,
    schedule_values,
)
from branchbook.services.paper_words import (
    BLANK_NAME,
    after_name,
    correction_mark,
    filled_title,
    levelled,
    record_marks,
)
from branchbook.services.store import Reading, RecordQuery

Values = Mapping[str, Value]
BLANK_YEAR, BLANK_MONTH = "　　　　", "　　"
BLANK_WEEK = "　　月　　日至　　月　　日"


def sheets_for(reading: Reading, request: PaperRequest) -> tuple[Sheet, ...]:
    """The sheets of one paper: one, except for resolutions, of which a meeting may have several.

    Raises RefusedProblem where the subject is missing, gone, or not of the paper's kind.
    """
    return bound_sheets(Binding(BookView(reading), request))


def bound_sheets(binding: Binding) -> tuple[Sheet, ...]:
    """The sheets of a paper whose binding is made already; a handbook's share one view of the book."""
    paper, request = _paper(binding), binding.request
    if paper.subject == Subject.PROCEDURE:
        return tuple(
            map(_marked_procedure(binding), _PROCEDURE_BINDERS[family_of(paper.key)](binding, paper))
        )
    if is_ledger_paper(paper.key):
        return ledger_sheets(binding, paper, partial(_sheet, binding))
    if request.blank or _has_no_subject(paper, binding):
        blank = _BLANKS.get(paper.key) if request.blank else None
        return (_sheet(binding, paper, blank(binding) if blank else None),)
    record = binding.record
    if record is not None and paper.key == "resolution_document":
        return _resolution_sheets(binding, paper, record)
    return (_sheet(binding, paper, _values(binding, paper)),)


def sheet_for(reading: Reading, request: PaperRequest) -> Sheet:
    """The first sheet of a paper: for papers that are one sheet."""
    return sheets_for(reading, request)[0]


def titled_sheet(binding: Binding, values: Values) -> Sheet:
    """The paper of a request with values gathered elsewhere: the year's photos, from many records."""
    return _sheet(binding, _paper(binding), values)


def _paper(binding: Binding) -> Paper:
    """The paper with the user's changes. The general record has the fields of the record's kind."""
    paper = paper_in(binding.reading, binding.request.paper)
    if binding.record is not None and paper.subject == Subject.RECORD:
        _check_kind(paper, binding.record, binding.request.kind)
    if paper.key == REGISTER:
        paper = register_paper(binding)
    if paper.key == "general_record" and (binding.record or binding.request.kind):
        paper = general_record_for(_kind(binding, paper))
    if binding.organisation is not None and binding.organisation.kind == OrganisationKind.GENERAL_BRANCH:
        paper = changed_paper(paper, GENERAL_BRANCH_WORDS.get(paper.key, PaperChange()))
    return changed_paper(paper, binding.view.settings.paper_changes.get(paper.key, PaperChange()))


def _check_kind(paper: Paper, record: Record, wanted: str) -> None:
    if wanted and wanted not in record.kinds:
        raise RefusedProblem(f"这份记录不是{kind_of(wanted).name}", record.subject, "请选择记录所属的种类")
    if paper.kinds and not set(paper.kinds) & set(record.kinds):
        names = "、".join(kind_of(key).name for key in record.kinds)
        raise RefusedProblem(f"“{paper.name}”不能用于{names}", record.subject, "请选择与记录种类相符的表册")


def _kind(binding: Binding, paper: Paper) -> RecordKind:
    """The kind under which the record prints: the one asked for, else the first that this paper can print."""
    if binding.request.kind:
        return kind_of(binding.request.kind)
    assert binding.record is not None
    kinds = binding.record.kinds
    return kind_of(next((key for key in kinds if key in paper.kinds), kinds[0]))


def _has_no_subject(paper: Paper, binding: Binding) -> bool:
    if paper.subject == Subject.RECORD:
        without_record = paper.key in _WITHOUT_RECORD and binding.organisation is not None
        return binding.record is None and not without_record
    return binding.organisation is None


def _sheet(binding: Binding, paper: Paper, values: Values | None, **title_values: str) -> Sheet:
    paper = fitted(paper, values)
    title = filled_title(
        paper.title, **{**_title_values(binding, paper, blank=values is None), **title_values}
    )
    if values is not None and "paper_title" in values:
        title = str(values["paper_title"])
    return Sheet(paper, title + _marks(binding, paper, values), values)


def _title_values(binding: Binding, paper: Paper, *, blank: bool) -> Mapping[str, str]:
    record = None if blank else binding.record
    undated = paper.subject == Subject.RECORD and (record is None or record.held_on is None)
    return {
        "organisation": binding.names.organisation or BLANK_NAME,
        "branch": binding.names.branch or BLANK_NAME,
        "year": BLANK_YEAR if undated else str(binding.year),
        "month": BLANK_MONTH if undated else str(binding.day.month),
        "meeting": after_name(_kind(binding, paper).name) if record else "会议",
        "item": BLANK_NAME,
        "week": BLANK_WEEK if blank else week_words(week_of(binding.request.day)),
    }


def _marks(binding: Binding, paper: Paper, values: Values | None) -> str:
    """补记, 草稿 and 更正 stand beside the title of a record's paper, so that no copy can hide them.

    Minutes give the reason of a correction in a row of their own.
    """
    record = binding.record
    if values is None or record is None:
        return ""
    if paper.key in _MARKED:
        return record_marks(record)
    return correction_mark(record.correction_reason) if paper.key in _MARKED_WHEN_CORRECTED else ""


def _marked_procedure(binding: Binding) -> Callable[[Sheet], Sheet]:
    """更正 beside the title of a filled paper whose procedure was corrected after it was finished; not on ballots."""
    procedure = binding.procedure
    mark = correction_mark(procedure.correction_reason) if procedure is not None else ""

    def marked(sheet: Sheet) -> Sheet:
        ballot = isinstance(sheet.paper.layout, Ballots)
        return sheet if ballot or sheet.values is None else replace(sheet, title=sheet.title + mark)

    return marked


def _resolution_sheets(binding: Binding, paper: Paper, record: Record) -> tuple[Sheet, ...]:
    found = resolution_papers(binding, record, _kind(binding, paper))
    if not found:
        item = binding.request.item
        where = f"第 {item} 项议题" if item is not None else record.subject
        raise RefusedProblem("这次会议没有通过决议", where, "在议题下填写决议后再打印")
    return tuple(
        replace(
            _sheet(binding, paper, each.values),
            title=resolution_title(each.item_title) + correction_mark(record.correction_reason),
        )
        for each in found
    )


def _election_sheets(binding: Binding, paper: Paper) -> tuple[Sheet, ...]:
    """The sheets of an election's paper; blank, with the same words and nothing recorded."""
    facts = facts_of(binding)
    made = election_sheets(paper, facts, ballot_form(binding.view.settings))
    return tuple(_election_sheet(binding, each) for each in made)


def _election_sheet(binding: Binding, made: ElectionSheet) -> Sheet:
    by_hand = binding.procedure is None and isinstance(made.paper.layout, RecordTable | Cover)
    values = None if by_hand or not made.values else made.values
    title = filled_title(made.paper.title, **made.title_words)
    return Sheet(made.paper, title, values)  # not fitted: much is still written by hand


def _values(binding: Binding, paper: Paper) -> Values | None:
    binder = _BINDERS.get(paper.key)
    if binder is not None:
        return binder(binding)
    record = binding.record
    if record is None:
        return _WITHOUT_RECORD[paper.key](binding)
    return _RECORD_BINDERS.get(paper.key, record_values)(binding, record, _kind(binding, paper))


def _text_of_year(binding: Binding, kind: str) -> Values | None:
    """The plan or summary of the year; blank where none is kept (or only a draft)."""
    query = RecordQuery(
        (binding.subject_organisation.id,),
        (kind,),
        from_on=date(binding.year, 1, 1),
        to_on=date(binding.year, 12, 31),
        undated=False,
    )
    texts = [each for each in binding.reading.records(query) if each.is_final or binding.request.with_drafts]
    if not texts:
        return None
    record = texts[-1]
    values: dict[str, Value] = {"body": levelled(str(record.fields.get("content", "")))}
    mark = correction_mark(record.correction_reason) if record.is_final else "（草稿）"
    if record.subject.strip() or mark:
        title = record.subject.strip() or f"{binding.year}年{kind_of(kind).name}"
        name = "" if binding.names.organisation in title else binding.names.organisation
        values["paper_title"] = name + title + mark
    return values


_BINDERS: Mapping[str, Callable[[Binding], Values | None]] = {
    "branch_basics": basics_values,
    "committee_roster": committee_values,
    "group_roster": groups_values,
    "member_roster": roster_values,
    "dues_register": dues_values,
    "dues_published": published_values,
    "annual_work_plan": lambda binding: _text_of_year(binding, "work_plan"),
    "plan_schedule": lambda _binding: schedule_values(),
    "plan_time_line": time_line_values,
    "weekly_summary": week_values,
    "annual_work_summary": lambda binding: _text_of_year(binding, "work_summary"),
    "attendance_year": attendance_values,
    "education_hours": hours_values,
    "requirement_summary": requirement_values,
    "joining_ledger": ledger_values,
    "missing_evidence": missing_evidence_values,
    "talk_summary": talk_summary_values,
    "dual_life": dual_life_values,
    "handover": handover_values,
    "handbook_cover": cover_values,
    "handbook_instructions": instruction_values,
    "handbook_contents": lambda _binding: {},
}

_RECORD_BINDERS: Mapping[str, Callable[[Binding, Record, RecordKind], Values]] = {
    "sign_in_sheet": sign_in_values,
    "meeting_notice": notice_values,
    "meeting_notice_slip": slip_values,
    "meeting_receipt": receipt_values,
    "photo_page": photo_values,
    "life_meeting_record": life_meeting_values,
    "democratic_life_record": life_meeting_values,
    "life_meeting_speeches": speeches_values,
    "problem_list": problem_values,
}

_PROCEDURE_BINDERS: Mapping[str, Callable[[Binding, Paper], tuple[Sheet, ...]]] = {
    "election": _election_sheets,
    "conversion": sheets_of_conversion,
    "evaluation": sheets_of_evaluation,
}
"""By family of procedures: every paper of one is made of the same facts."""

_BLANKS: Mapping[str, Callable[[Binding], Values]] = {
    "meeting_notice": blank_notice_values,
    "meeting_notice_slip": blank_slip_values,
}
"""Papers that say something even when blank: what is asked of the members does not change."""

_WITHOUT_RECORD: Mapping[str, Callable[[Binding], Values]] = {
    "sign_in_sheet": blank_sign_in_values,
    "meeting_receipt": blank_sign_in_values,
}
"""Papers of a record that are of use without one: the names come from the roster."""

_MARKED = frozenset(
    {
        "general_meeting_minutes",
        "committee_meeting_minutes",
        "group_meeting_minutes",
        "party_lesson_record",
        "theme_party_day_record",
        "general_record",
        "talk_record",
        "life_meeting_record",
        "democratic_life_record",
    }
)

_MARKED_WHEN_CORRECTED = frozenset({"sign_in_sheet", "photo_page"})
"""Papers that show what was recorded; notices were sent before there was anything to correct."""
