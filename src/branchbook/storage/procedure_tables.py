"""The tables of procedures: steps, voters, candidates, ballots, assignments."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from branchbook.storage.columns import line, metadata, number, own_id, owner, reference, required

procedure = Table(
    "procedure",
    metadata,
    own_id(),
    required("shape"),
    Column("organisation_id", Text, reference("organisation.id"), nullable=False, index=True),
    required("begun_on"),
    required("state"),
    Column("subject_id", Text, reference("person.id"), index=True),
    Column("voters_frozen_on", Text),
    Column("ended_on", Text),
    required("ending_reason"),
    required("correction_reason"),
    Column("created_at", Text),
    required("note"),
    number("shape_version"),
)

procedure_step = Table(
    "procedure_step",
    metadata,
    owner("procedure_id", "procedure.id"),
    line(),
    required("step"),
    Column("done_on", Text),
    required("values"),
    required("people"),
    required("votes"),
    Column("record_id", Text, reference("record.id"), index=True),
    required("reason"),
    sqlite_with_rowid=False,
)

procedure_voter = Table(
    "procedure_voter",
    metadata,
    owner("procedure_id", "procedure.id"),
    line(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("name"),
    number("has_right"),
    required("reason"),
    required("article"),
    required("exclusion"),
    required("consent_document"),
    Column("consented_on", Text),
    number("approved_by_meeting"),
    Column("present", Integer),
    sqlite_with_rowid=False,
)

procedure_candidate = Table(
    "procedure_candidate",
    metadata,
    owner("procedure_id", "procedure.id"),
    line(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("name"),
    required("kind"),
    Column("nominated_votes", Integer),
    required("manual_reason"),
    required("withdrawn_reason"),
    sqlite_with_rowid=False,
)

ballot_round = Table(
    "ballot_round",
    metadata,
    own_id(),
    Column("procedure_id", Text, reference("procedure.id", owned=True), nullable=False),
    number("line"),
    required("step"),
    required("kind"),
    required("held_on"),
    number("seats"),
    number("due"),
    number("present"),
    number("issued"),
    number("returned"),
    number("invalid"),
    required("ballot"),
    required("base"),
    required("lines"),
    required("write_ins"),
    Column("confirmed_on", Text),
    Column("consenting", Integer),
    required("note"),
    Index("ballot_round_by_procedure", "procedure_id", "line"),
)

question_round = Table(
    "question_round",
    metadata,
    own_id(),
    Column("procedure_id", Text, reference("procedure.id", owned=True), nullable=False),
    number("line"),
    required("question"),
    required("held_on"),
    number("due"),
    number("present"),
    number("issued"),
    number("returned"),
    number("invalid"),
    number("votes_for"),
    number("votes_against"),
    number("abstentions"),
    required("written"),
    number("by_hands"),
    number("months"),
    required("rule_version"),
    Column("confirmed_on", Text),
    required("note"),
    Index("question_round_by_procedure", "procedure_id", "line"),
)

procedure_assignment = Table(
    "procedure_assignment",
    metadata,
    owner("procedure_id", "procedure.id"),
    line(),
    Column("person_id", Text, reference("person.id"), nullable=False, index=True),
    required("name"),
    required("post"),
    required("duties"),
    required("contact_group"),
    sqlite_with_rowid=False,
)
