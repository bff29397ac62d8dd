"""The tables of a book, as ``SCHEMA_VERSION`` counts them.

Column names are the field names of the domain's dataclasses. Ids are UUIDs as text, dates and times ISO
8601 text, yes and no 1 and 0, nested values that no rule joins are JSON text. Foreign keys are deferred
to the commit, so that an import may bring values in any order. Nothing here is SQLite's alone except
the search index (see ``search_index``), so that the same tables can stand in PostgreSQL.

Loaded when a book is made, not when one is opened: what reads and writes rows knows tables by their names.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from branchbook.storage.columns import line, number, own_id, owner, reference, required
from branchbook.storage.columns import metadata as metadata
from branchbook.storage.ledger_tables import ledger_definition as ledger_definition
from branchbook.storage.ledger_tables import ledger_row as ledger_row
from branchbook.storage.procedure_tables import assessment as assessment
from branchbook.storage.procedure_tables import ballot_round as ballot_round
from branchbook.storage.procedure_tables import grade_round as grade_round
from branchbook.storage.procedure_tables import procedure as procedure
from branchbook.storage.procedure_tables import procedure_assignment as procedure_assignment
from branchbook.storage.procedure_tables import procedure_candidate as procedure_candidate
from branchbook.storage.procedure_tables import procedure_participant as procedure_participant
from branchbook.storage.procedure_tables import procedure_step as procedure_step
from branchbook.storage.procedure_tables import procedure_voter as procedure_voter
from branchbook.storage.procedure_tables import question_round as question_round

organisation = Table(
    "organisation",
    metadata,
    own_id(),
    required("kind"),
    required("founded_on"),
    Column("parent_id", Text, reference("organisation.id")),
    Column("closed_on", Text),
    Column("closing_reason", Text),
    required("closing_document"),
    required("category"),
    required("higher_organisation"),
    required("phone"),
    required("email"),
    required("venue"),
    number("position"),
    required("note"),
)

organisation_name = Table(
    "organisation_name",
    metadata,
    owner("organisation_id", "organisation.id"),
    line(),
    required("name"),
    required("from_on"),
    required("document"),
    sqlite_with_rowid=False,
)

organisation_predecessor = Table(
    "organisation_predecessor",
    metadata,
    owner("organisation_id", "organisation.id"),
    line(),
    Column("predecessor_id", Text, reference("organisation.id"), nullable=False),
    sqlite_with_rowid=False,
)

term = Table(
    "term",
    metadata,
    own_id(),
    Column("organisation_id", Text, reference("organisation.id"), nullable=False, index=True),
    required("elected_on"),
    number("years"),
    number("with_committee"),
    Column("ended_on", Text),
    required("document"),
)

person = Table(
    "person",
    metadata,
    own_id(),
    required("name"),
    required("initials"),
    Column("sex", Text),
    required("ethnic_group"),
    Column("born_on", Text),
    required("native_place"),
    required("education"),
    required("degree"),
    Column("work_started_on", Text),
    required("work_post"),
    required("title"),
    required("identity_number"),
    required("phone"),
    required("address"),
    Column("applied_on", Text),
    Column("accepted_on", Text),
    Column("full_member_since", Text),
    Column("rights_since", Text),
    number("position"),
    required("note"),
)

person_fact = Table(
    "person_fact",
    metadata,
    own_id(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("kind"),
    required("value"),
    required("from_on"),
    Column("to_on", Text),
    Column("organisation_id", Text, reference("organisation.id"), index=True),
    required("document"),
    required("ending"),
    required("ending_document"),
    required("counterpart"),
    required("note"),
)

record = Table(
    "record",
    metadata,
    own_id(),
    required("kinds"),
    Column("organisation_id", Text, reference("organisation.id"), nullable=False),
    Column("held_on", Text),
    Column("starts_at", Text),
    Column("ends_at", Text),
    required("subject"),
    required("occasion"),
    required("venue"),
    required("people"),
    required("fields"),
    required("observers"),
    required("state"),
    number("late_entry"),
    Column("frozen", Text),
    required("correction_reason"),
    Column("created_at", Text),
    Column("finalised_at", Text),
    number("kind_version"),
    Index("record_by_organisation", "organisation_id", "held_on"),
    Index("record_by_day", "held_on"),
)

record_kind = Table(
    "record_kind",
    metadata,
    owner("record_id", "record.id"),
    line(),
    required("kind"),
    Index("record_kind_by_kind", "kind", "record_id"),
    sqlite_with_rowid=False,
)

attendance = Table(
    "attendance",
    metadata,
    owner("record_id", "record.id"),
    line(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("name"),
    required("presence"),
    required("reason"),
    required("make_up"),
    number("votes"),
    sqlite_with_rowid=False,
)

exclusion = Table(
    "exclusion",
    metadata,
    owner("record_id", "record.id"),
    line(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("code"),
    required("consent_document"),
    Column("consented_on", Text),
    number("approved_by_meeting"),
    sqlite_with_rowid=False,
)

agenda_item = Table(
    "agenda_item",
    metadata,
    own_id(),
    Column("record_id", Text, reference("record.id", owned=True), nullable=False),
    number("line"),
    required("title"),
    required("speeches"),
    Column("follows_resolution_id", Text),
    Index("agenda_item_by_record", "record_id", "line"),
)

vote = Table(
    "vote",
    metadata,
    owner("agenda_item_id", "agenda_item.id"),
    required("method"),
    required("decision"),
    number("votes_for"),
    number("votes_against"),
    number("abstentions"),
    number("written_for"),
    number("written_against"),
    Column("recorded_passed", Integer),
    required("reason"),
)

resolution = Table(
    "resolution",
    metadata,
    own_id(),
    Column("agenda_item_id", Text, reference("agenda_item.id", owned=True), nullable=False),
    number("line"),
    required("text"),
    required("responsible"),
    Column("due_on", Text),
    Column("done_on", Text),
    required("outcome"),
    Index("resolution_by_item", "agenda_item_id", "line"),
    Index("resolution_open", "agenda_item_id", sqlite_where=text("done_on IS NULL")),
)

content = Table(
    "content",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    own_id(),
    Column("record_id", Text, nullable=False),
    required("kind"),
    required("file_name"),
    Column("sha256", Text, reference("content.sha256"), nullable=False, index=True),
    number("size"),
    required("media_type"),
    required("caption"),
    required("print_sha256"),
    number("position"),
    Index("attachment_by_record", "record_id", "position"),
)

checklist = Table(
    "checklist",
    metadata,
    own_id(),
    required("name"),
    required("cadence"),
    required("from_on"),
    Column("to_on", Text),
    required("organisation_ids"),
    required("source"),
    required("label"),
    number("position"),
)

checklist_item = Table(
    "checklist_item",
    metadata,
    own_id(),
    Column("checklist_id", Text, reference("checklist.id", owned=True), nullable=False, index=True),
    number("line"),
    required("title"),
    required("satisfied_by"),
)

checklist_tick = Table(
    "checklist_tick",
    metadata,
    own_id(),
    Column("checklist_id", Text, reference("checklist.id"), nullable=False, index=True),
    Column("item_id", Text, reference("checklist_item.id"), nullable=False, index=True),
    Column("organisation_id", Text, reference("organisation.id"), nullable=False, index=True),
    required("period_start"),
    required("ticked_on"),
    required("evidence"),
)

setting = Table("setting", metadata, Column("key", Text, primary_key=True, nullable=False), required("value"))

draft = Table("draft", metadata, own_id(), required("entity"), required("payload"), required("saved_at"))

printed_paper = Table(
    "printed_paper",
    metadata,
    own_id(),
    required("paper"),
    required("subject"),
    required("printed_at"),
    required("content_hash"),
    required("pdf_sha256"),
    required("kept_sha256"),
    Index("printed_paper_by_subject", "subject", "printed_at"),
)

operation = Table(
    "operation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    required("at"),
    required("who"),
    required("label"),
    required("reason"),
    Column("undoes", Text),
    required("chain"),
    sqlite_autoincrement=True,
)

touch = Table(
    "touch",
    metadata,
    Column(
        "operation_number",
        Integer,
        reference("operation.number", owned=True),
        primary_key=True,
        nullable=False,
    ),
    line(),
    required("entity"),
    required("entity_id"),
    Column("before", Text),
    Column("after", Text),
    Index("touch_by_value", "entity", "entity_id", "operation_number"),
    sqlite_with_rowid=False,
)

removed = Table(
    "removed",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    required("entity"),
    required("entity_id"),
    required("payload"),
    required("removed_at"),
    required("operation_id"),
    Index("removed_by_value", "entity", "entity_id", unique=True),
    sqlite_autoincrement=True,
)

search_entry = Table(
    "search_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    required("entity"),
    required("entity_id"),
    required("digest"),
    Index("search_entry_by_value", "entity", "entity_id", unique=True),
)

book_state = Table(
    "book_state",
    metadata,
    Column("line", Integer, primary_key=True, nullable=False, autoincrement=False),
    number("number"),
    required("chain"),
    required("printed_paper"),
    required("draft"),
)
