"""Which value stands in which tables."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from branchbook.domain.ballots import Assignment, BallotRound, Candidate, QuestionRound, Voter
from branchbook.domain.checklists import Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.evaluations import Assessment, GradeRound, Participant
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import DatedName, Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Attachment, Attendance, Exclusion, Record
from branchbook.services.store import Setting
from branchbook.storage.agenda_rows import AgendaRows
from branchbook.storage.entity_rows import EntityRows
from branchbook.storage.owned_rows import owned_cells, owned_values


@cache
def mappings() -> dict[str, EntityRows[Any]]:
    """The mapping of every kind of value by its name; made once, when the first book is used."""
    return {
        "organisation": EntityRows(
            Organisation,
            "organisation",
            (
                owned_values("names", "organisation_name", "organisation_id", DatedName),
                owned_cells(
                    "predecessor_ids",
                    "organisation_predecessor",
                    "organisation_id",
                    "predecessor_id",
                    str,
                    UUID,
                ),
            ),
        ),
        "term": EntityRows(Term, "term"),
        "person": EntityRows(Person, "person"),
        "person_fact": EntityRows(PersonFact, "person_fact"),
        "record": EntityRows(
            Record,
            "record",
            (
                # The kinds stand in the record's row to be read and in a table to be asked for.
                owned_cells("kinds", "record_kind", "record_id", "kind", str, str, also_in_row=True),
                owned_values("attendance", "attendance", "record_id", Attendance),
                owned_values("exclusions", "exclusion", "record_id", Exclusion),
                AgendaRows(),
            ),
        ),
        "procedure": EntityRows(
            Procedure,
            "procedure",
            (
                owned_values("steps", "procedure_step", "procedure_id", StepEntry),
                owned_values("voters", "procedure_voter", "procedure_id", Voter),
                owned_values("candidates", "procedure_candidate", "procedure_id", Candidate),
                owned_values("rounds", "ballot_round", "procedure_id", BallotRound),
                owned_values("questions", "question_round", "procedure_id", QuestionRound),
                owned_values("assignments", "procedure_assignment", "procedure_id", Assignment),
                owned_values("participants", "procedure_participant", "procedure_id", Participant),
                owned_values("grade_rounds", "grade_round", "procedure_id", GradeRound),
            ),
        ),
        "assessment": EntityRows(Assessment, "assessment"),
        "ledger_definition": EntityRows(LedgerDefinition, "ledger_definition"),
        "ledger_row": EntityRows(LedgerRow, "ledger_row"),
        "attachment": EntityRows(Attachment, "attachment"),
        "checklist": EntityRows(
            Checklist,
            "checklist",
            (owned_values("items", "checklist_item", "checklist_id", ChecklistItem),),
        ),
        "checklist_tick": EntityRows(ChecklistTick, "checklist_tick"),
        "setting": EntityRows(Setting, "setting", key="key"),
    }
