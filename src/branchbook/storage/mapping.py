"""Which value stands in which tables."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from branchbook.domain.ballots import Assignment, BallotRound, Candidate, QuestionRound, Voter
from branchbook.domain.checklists import Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.organisations import DatedName, Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Attachment, Attendance, Exclusion, Record
from branchbook.services.store import Setting
from branchbook.storage import tables
from branchbook.storage.agenda_rows import AgendaRows
from branchbook.storage.entity_rows import EntityRows
from branchbook.storage.owned_rows import owned_cells, owned_values


@cache
def mappings() -> dict[str, EntityRows[Any]]:
    """The mapping of every kind of value by its name; made once, when the first book is used."""
    return {
        "organisation": EntityRows(
            Organisation,
            tables.organisation,
            (
                owned_values("names", tables.organisation_name, "organisation_id", DatedName),
                owned_cells(
                    "predecessor_ids",
                    tables.organisation_predecessor,
                    "organisation_id",
                    "predecessor_id",
                    str,
                    UUID,
                ),
            ),
        ),
        "term": EntityRows(Term, tables.term),
        "person": EntityRows(Person, tables.person),
        "person_fact": EntityRows(PersonFact, tables.person_fact),
        "record": EntityRows(
            Record,
            tables.record,
            (
                # The kinds stand in the record's row to be read and in a table to be asked for.
                owned_cells("kinds", tables.record_kind, "record_id", "kind", str, str),
                owned_values("attendance", tables.attendance, "record_id", Attendance),
                owned_values("exclusions", tables.exclusion, "record_id", Exclusion),
                AgendaRows(),
            ),
        ),
        "procedure": EntityRows(
            Procedure,
            tables.procedure,
            (
                owned_values("steps", tables.procedure_step, "procedure_id", StepEntry),
                owned_values("voters", tables.procedure_voter, "procedure_id", Voter),
                owned_values("candidates", tables.procedure_candidate, "procedure_id", Candidate),
                owned_values("rounds", tables.ballot_round, "procedure_id", BallotRound),
                owned_values("questions", tables.question_round, "procedure_id", QuestionRound),
                owned_values("assignments", tables.procedure_assignment, "procedure_id", Assignment),
            ),
        ),
        "attachment": EntityRows(Attachment, tables.attachment),
        "checklist": EntityRows(
            Checklist,
            tables.checklist,
            (owned_values("items", tables.checklist_item, "checklist_id", ChecklistItem),),
        ),
        "checklist_tick": EntityRows(ChecklistTick, tables.checklist_tick),
        "setting": EntityRows(Setting, tables.setting, key="key"),
    }
