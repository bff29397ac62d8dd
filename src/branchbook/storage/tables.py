"""The tables of a book, as ``SCHEMA_VERSION`` counts them.

Column names are the field names of the domain's dataclasses. Ids are UUIDs as text, dates and times ISO
8601 text, yes and no 1 and 0, nested values that no rule joins are JSON text. Foreign keys are deferred
to the commit, so that an import may bring values in any order. Nothing here is SQLite's alone except
the search index (see ``search_index``), so that the same tables can stand in PostgreSQL.

Loaded when a book is made, not when one is opened: what reads and writes rows knows tables by their names.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()


def _reference(target: str, *, owned: bool = False) -> ForeignKey:
    """A foreign key checked at commit; ``owned`` rows go with their owner."""
    return ForeignKey(
        target, deferrable=True, initially="DEFERRED", ondelete="CASCADE" if owned else "NO ACTION"
    )


def _required(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True, nullable=False)


def _owner(name: str, target: str) -> Column[str]:
    """First half of an owned row's key."""
    return Column(name, Text, _reference(target, owned=True), primary_key=True, nullable=False)


def _line() -> Column[int]:
    """Second half of an owned row's key: its position under the owner, from 0."""
    return Column("line", Integer, primary_key=True, nullable=False, autoincrement=False)


organisation = Table(
    "organisation",
    metadata,
    _id(),
    _required("kind"),
    _required("founded_on"),
    Column("parent_id", Text, _reference("organisation.id")),
    Column("closed_on", Text),
    Column("closing_reason", Text),
    _required("closing_document"),
    _required("category"),
    _required("higher_organisation"),
    _required("phone"),
    _required("email"),
    _required("venue"),
    _number("position"),
    _required("note"),
)

organisation_name = Table(
    "organisation_name",
    metadata,
    _owner("organisation_id", "organisation.id"),
    _line(),
    _required("name"),
    _required("from_on"),
    _required("document"),
    sqlite_with_rowid=False,
)

organisation_predecessor = Table(
    "organisation_predecessor",
    metadata,
    _owner("organisation_id", "organisation.id"),
    _line(),
    Column("predecessor_id", Text, _reference("organisation.id"), nullable=False),
    sqlite_with_rowid=False,
)

term = Table(
    "term",
    metadata,
    _id(),
    Column("organisation_id", Text, _reference("organisation.id"), nullable=False, index=True),
    _required("elected_on"),
    _number("years"),
    _number("with_committee"),
    Column("ended_on", Text),
    _required("document"),
)

person = Table(
    "person",
    metadata,
    _id(),
    _required("name"),
    _required("initials"),
    Column("sex", Text),
    _required("ethnic_group"),
    Column("born_on", Text),
    _required("native_place"),
    _required("education"),
    _required("degree"),
    Column("work_started_on", Text),
    _required("work_post"),
    _required("title"),
    _required("identity_number"),
    _required("phone"),
    _required("address"),
    Column("applied_on", Text),
    Column("accepted_on", Text),
    Column("full_member_since", Text),
    Column("rights_since", Text),
    _number("position"),
    _required("note"),
)

person_fact = Table(
    "person_fact",
    metadata,
    _id(),
    Column("person_id", Text, _reference("person.id"), nullable=False, index=True),
    _required("kind"),
    _required("value"),
    _required("from_on"),
    Column("to_on", Text),
    Column("organisation_id", Text, _reference("organisation.id"), index=True),
    _required("document"),
    _required("ending"),
    _required("ending_document"),
    _required("counterpart"),
    _required("note"),
)

record = Table(
    "record",
    metadata,
    _id(),
    _required("kinds"),
    Column("organisation_id", Text, _reference("organisation.id"), nullable=False),
    Column("held_on", Text),
    Column("starts_at", Text),
    Column("ends_at", Text),
    _required("subject"),
    _required("occasion"),
    _required("venue"),
    _required("people"),
    _required("fields"),
    _required("observers"),
    _required("state"),
    _number("late_entry"),
    Column("frozen", Text),
    _required("correction_reason"),
    Column("created_at", Text),
    Column("finalised_at", Text),
    _number("kind_version"),
    Index("record_by_organisation", "organisation_id", "held_on"),
    Index("record_by_day", "held_on"),
)

record_kind = Table(
    "record_kind",
    metadata,
    _owner("record_id", "record.id"),
    _line(),
    _required("kind"),
    Index("record_kind_by_kind", "kind", "record_id"),
    sqlite_with_rowid=False,
)

attendance = Table(
    "attendance",
    metadata,
    _owner("record_id", "record.id"),
    _line(),
    Column("person_id", Text, _reference("person.id"), nullable=False, index=True),
    _required("name"),
    _required("presence"),
    _required("reason"),
    _required("make_up"),
    _number("votes"),
    sqlite_with_rowid=False,
)

exclusion = Table(
    "exclusion",
    metadata,
    _owner("record_id", "record.id"),
    _line(),
    Column("person_id", Text, _reference("person.id"), nullable=False, index=True),
    _required("code"),
    _required("consent_document"),
    Column("consented_on", Text),
    _number("approved_by_meeting"),
    sqlite_with_rowid=False,
)

agenda_item = Table(
    "agenda_item",
    metadata,
    _id(),
    Column("record_id", Text, _reference("record.id", owned=True), nullable=False),
    _number("line"),
    _required("title"),
    _required("speeches"),
    Column("follows_resolution_id", Text),
    Index("agenda_item_by_record", "record_id", "line"),
)

vote = Table(
    "vote",
    metadata,
    _owner("agenda_item_id", "agenda_item.id"),
    _required("method"),
    _required("decision"),
    _number("votes_for"),
    _number("votes_against"),
    _number("abstentions"),
    _number("written_for"),
    _number("written_against"),
    Column("recorded_passed", Integer),
    _required("reason"),
)

resolution = Table(
    "resolution",
    metadata,
    _id(),
    Column("agenda_item_id", Text, _reference("agenda_item.id", owned=True), nullable=False),
    _number("line"),
    _required("text"),
    _required("responsible"),
    Column("due_on", Text),
    Column("done_on", Text),
    _required("outcome"),
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
    _id(),
    Column("record_id", Text, nullable=False),
    _required("kind"),
    _required("file_name"),
    Column("sha256", Text, _reference("content.sha256"), nullable=False, index=True),
    _number("size"),
    _required("media_type"),
    _required("caption"),
    _required("print_sha256"),
    _number("position"),
    Index("attachment_by_record", "record_id", "position"),
)

checklist = Table(
    "checklist",
    metadata,
    _id(),
    _required("name"),
    _required("cadence"),
    _required("from_on"),
    Column("to_on", Text),
    _required("organisation_ids"),
    _required("source"),
    _required("label"),
    _number("position"),
)

checklist_item = Table(
    "checklist_item",
    metadata,
    _id(),
    Column("checklist_id", Text, _reference("checklist.id", owned=True), nullable=False, index=True),
    _number("line"),
    _required("title"),
    _required("satisfied_by"),
)

checklist_tick = Table(
    "checklist_tick",
    metadata,
    _id(),
    Column("checklist_id", Text, _reference("checklist.id"), nullable=False, index=True),
    Column("item_id", Text, _reference("checklist_item.id"), nullable=False, index=True),
    Column("organisation_id", Text, _reference("organisation.id"), nullable=False, index=True),
    _required("period_start"),
    _required("ticked_on"),
    _required("evidence"),
)

setting = Table(
    "setting", metadata, Column("key", Text, primary_key=True, nullable=False), _required("value")
)

draft = Table("draft", metadata, _id(), _required("entity"), _required("payload"), _required("saved_at"))

printed_paper = Table(
    "printed_paper",
    metadata,
    _id(),
    _required("paper"),
    _required("subject"),
    _required("printed_at"),
    _required("content_hash"),
    _required("pdf_sha256"),
    _required("kept_sha256"),
    Index("printed_paper_by_subject", "subject", "printed_at"),
)

operation = Table(
    "operation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    _required("at"),
    _required("who"),
    _required("label"),
    _required("reason"),
    Column("undoes", Text),
    sqlite_autoincrement=True,
)

touch = Table(
    "touch",
    metadata,
    Column(
        "operation_number",
        Integer,
        _reference("operation.number", owned=True),
        primary_key=True,
        nullable=False,
    ),
    _line(),
    _required("entity"),
    _required("entity_id"),
    Column("before", Text),
    Column("after", Text),
    Index("touch_by_value", "entity", "entity_id", "operation_number"),
    sqlite_with_rowid=False,
)

removed = Table(
    "removed",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _required("entity"),
    _required("entity_id"),
    _required("payload"),
    _required("removed_at"),
    _required("operation_id"),
    Index("removed_by_value", "entity", "entity_id", unique=True),
    sqlite_autoincrement=True,
)

search_entry = Table(
    "search_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _required("entity"),
    _required("entity_id"),
    _required("digest"),
    Index("search_entry_by_value", "entity", "entity_id", unique=True),
)
