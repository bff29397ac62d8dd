"""The papers that BranchBook knows. A new paper is one entry in ``papers`` and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.catalogue.papers import (
    branch_basics,
    committee_meeting_minutes,
    committee_roster,
    dual_life,
    dues_published,
    dues_register,
    education_hours,
    general_meeting_minutes,
    general_record,
    group_meeting_minutes,
    group_roster,
    handbook_pages,
    handover,
    life_meetings,
    meeting_notices,
    member_roster,
    party_lesson_record,
    plans,
    resolution_document,
    sign_in_sheet,
    talks,
    theme_party_day_record,
    year_tables,
    yearly_texts,
)
from branchbook.catalogue.papers.conversions import (
    application,
    approvals,
    ledger,
    observation_register,
    opinions,
    voting,
)
from branchbook.catalogue.papers.conversions import documents as conversion_documents
from branchbook.catalogue.papers.elections import (
    ballots,
    counting,
    documents,
    lists,
    registers,
    texts,
)
from branchbook.catalogue.papers.evaluations import ballots as evaluation_ballots
from branchbook.catalogue.papers.evaluations import documents as evaluation_documents
from branchbook.catalogue.papers.evaluations import member_form
from branchbook.catalogue.papers.evaluations import registers as evaluation_registers
from branchbook.catalogue.papers.ledgers import ledger_paper
from branchbook.domain.papers import Paper, Subject
from branchbook.domain.problems import UnreadableProblem

PAPERS: tuple[Paper, ...] = (
    general_meeting_minutes.PAPER,
    committee_meeting_minutes.PAPER,
    group_meeting_minutes.PAPER,
    party_lesson_record.PAPER,
    theme_party_day_record.PAPER,
    life_meetings.RECORD,
    life_meetings.PROBLEM_LIST,
    life_meetings.DEMOCRATIC,
    life_meetings.SPEECHES,
    talks.RECORD,
    general_record.PAPER,
    sign_in_sheet.PAPER,
    meeting_notices.NOTICE,
    meeting_notices.SLIP,
    meeting_notices.RECEIPT,
    resolution_document.PAPER,
    branch_basics.PAPER,
    committee_roster.PAPER,
    group_roster.PAPER,
    member_roster.PAPER,
    dues_register.PAPER,
    dues_published.PAPER,
    yearly_texts.PLAN,
    yearly_texts.SCHEDULE,
    plans.TIME_LINE,
    plans.WEEK,
    yearly_texts.SUMMARY,
    year_tables.ATTENDANCE,
    education_hours.PAPER,
    year_tables.REQUIREMENTS,
    year_tables.MISSING_EVIDENCE,
    talks.SUMMARY,
    dual_life.PAPER,
    handover.PAPER,
    documents.REQUEST,
    ballots.RECOMMENDATION,
    registers.RECOMMENDATION_SUMMARY,
    lists.NOT_COUNTED,
    documents.CANDIDATES_REQUEST,
    lists.CANDIDATE_ROSTER,
    registers.REPLY,
    texts.AGENDA,
    texts.WORK_REPORT_COVER,
    documents.METHOD,
    lists.SCRUTINEERS,
    registers.CANDIDATE_PROFILES,
    ballots.BALLOT,
    ballots.BALLOT_SECRETARY,
    ballots.BALLOT_DEPUTY,
    counting.SLIPS,
    counting.TALLY_SHEET,
    counting.RESULT,
    texts.FIRST_MEETING_AGENDA,
    documents.FIRST_MEETING_METHOD,
    counting.FIRST_MEETING_RESULT,
    lists.DIVISION_OF_WORK,
    documents.RESULT_REPORT,
    registers.REGISTER,
    application.PAPER,
    observation_register.PAPER,
    opinions.OPINIONS,
    opinions.OPINION_LIST,
    opinions.REVIEW,
    conversion_documents.PUBLIC_NOTICE,
    opinions.NOTICE_REGISTER,
    conversion_documents.AGENDA,
    voting.MEETING_RECORD,
    voting.BALLOT,
    voting.RESULT,
    voting.RESOLUTION,
    conversion_documents.EXTENSION,
    conversion_documents.CANCELLATION,
    conversion_documents.REQUEST,
    approvals.MATERIALS,
    approvals.APPROVAL,
    approvals.TALK,
    conversion_documents.NOTICE_OF_CONVERSION,
    approvals.FILE_CONTENTS,
    ledger.LEDGER,
    member_form.MEMBER_FORM,
    member_form.MEMBER_FORMS,
    evaluation_ballots.BALLOT,
    evaluation_ballots.BALLOT_BY_ITEMS,
    evaluation_ballots.BALLOT_MASSES,
    evaluation_registers.MUTUAL_RECORD,
    evaluation_registers.SUMMARY,
    evaluation_documents.REPORT,
    evaluation_registers.RESULT_LIST,
    evaluation_documents.NOTICE,
    evaluation_registers.FEEDBACK,
    *map(ledger_paper, shipped_ledgers().ledgers),
    handbook_pages.COVER,
    handbook_pages.INSTRUCTIONS,
    handbook_pages.CONTENTS,
    handbook_pages.PHOTO_PAGE,
)


def family_of(key: str) -> str:
    """Of which family of procedures a paper is, by its key: election of election:request; empty for others."""
    family, colon, _name = key.partition(":")
    return family if colon else ""


PAPER_BY_KEY: Mapping[str, Paper] = {paper.key: paper for paper in PAPERS}

ELECTION_PAPERS: tuple[Paper, ...] = tuple(paper for paper in PAPERS if family_of(paper.key) == "election")
"""The papers of an election in order of handling."""

CONVERSION_PAPERS: tuple[Paper, ...] = tuple(
    paper for paper in PAPERS if family_of(paper.key) == "conversion"
)
"""The papers of a conversion in order of handling."""

EVALUATION_PAPERS: tuple[Paper, ...] = tuple(
    paper for paper in PAPERS if family_of(paper.key) == "evaluation" and paper.subject == Subject.PROCEDURE
)
"""The papers of a yearly evaluation in order of handling."""

ELECTION_ALL_KEY = "election:all"
"""Not a paper but all those of one election in one file."""

CONVERSION_ALL_KEY = "conversion:all"
"""Not a paper but all those of one person in one file."""

EVALUATION_ALL_KEY = "evaluation:all"
"""Not a paper but all those of one year's evaluation in one file."""

HANDBOOK_KEY = "handbook"
"""Not a paper but a whole booklet; ``print`` takes it beside the papers' keys."""


def paper_of(key: str) -> Paper:
    """The paper with this key. Raises UnreadableProblem for a key that the program does not know."""
    try:
        return PAPER_BY_KEY[key]
    except KeyError:
        raise UnreadableProblem("没有这种表册", key, "用“branchbook papers”查看可以打印的表册") from None


def paper_for_kind(kind_key: str) -> Paper:
    """The paper on which a kind of record prints: its own, or the general record with its fields."""
    kind = kind_of(kind_key)
    if kind.paper == general_record.PAPER.key:
        return general_record.general_record_for(kind)
    return paper_of(kind.paper)
