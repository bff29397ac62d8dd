"""The tables of ledgers: their rows, and what the user made of the ledgers themselves."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from branchbook.storage.columns import metadata, number, own_id, reference, required

ledger_row = Table(
    "ledger_row",
    metadata,
    own_id(),
    required("ledger"),
    Column("organisation_id", Text, reference("organisation.id"), nullable=False, index=True),
    required("values"),
    required("people"),
    number("position"),
    Column("created_at", Text),
    Index("ledger_row_by_ledger", "ledger", "organisation_id"),
)

ledger_definition = Table(
    "ledger_definition",
    metadata,
    own_id(),
    required("key"),
    number("own"),
    required("name"),
    required("fields"),
    required("hidden"),
    required("labels"),
    required("totals"),
    required("date_field"),
    required("due_field"),
    required("done_field"),
    required("layout"),
    required("note"),
    number("position"),
)
