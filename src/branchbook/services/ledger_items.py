"""What the ledgers give to the Desk: rows with a due day that are not done, overdue or due soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from branchbook.domain.ledgers import Ledger, LedgerRow, is_open
from branchbook.services.due_items import DueItem, short_date
from branchbook.services.ledger_reading import ledgers_of, row_title
from branchbook.services.store import Reading

SOON_DAYS = 14
"""So many days before a row is due it appears on the Desk."""


def ledger_items(
    reading: Reading, places: Sequence[UUID], words: Mapping[UUID, str], today: date
) -> Iterator[DueItem]:
    """Rows of these organisations, of every ledger that has due days, the earliest due first."""
    for ledger in ledgers_of(reading):
        if not ledger.due_field:
            continue
        waiting = []
        for row in reading.ledger_rows(ledger.key, tuple(places)):
            due = row.day(ledger.due_field)
            if due is not None and is_open(ledger, row) and (due - today).days <= SOON_DAYS:
                waiting.append((due, row.position, row))
        for due, _, row in sorted(waiting, key=lambda each: each[:2]):
            yield _item(ledger, row, due, words.get(row.organisation_id, ""), today)


def _item(ledger: Ledger, row: LedgerRow, due: date, whose: str, today: date) -> DueItem:
    days = (today - due).days
    responsible = "、".join(ref.name for ref in row.people.get("responsible", ()))
    parts = (whose, f"{short_date(due, today)}前", responsible and f"责任人 {responsible}")
    return DueItem(
        title=f"{ledger.name}：{row_title(ledger, row)}",
        badge=f"逾期 {days} 天" if days > 0 else f"还有 {-days} 天",
        tone="bad" if days > 0 else "warn",
        detail=" · ".join(part for part in parts if part),
        article="",
        action="打开",
        organisation_id=row.organisation_id,
        ledger_row_id=row.id,
    )
