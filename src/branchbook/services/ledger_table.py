"""A ledger as a table for a spreadsheet, to be filled in elsewhere and read again by ``ledger_import``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import Ledger
from branchbook.services.evidence import place_words
from branchbook.services.exchange_files import ListColumn, ListTable, TableFiles
from branchbook.services.ledger_values import RowWords
from branchbook.services.ledgers import EVER, Period, rows_of
from branchbook.services.list_columns import IDENTIFIER
from branchbook.services.store import Reading

PLACE = "所属组织"
"""The column of the organisation to which a row belongs; beside the ledger's own fields."""

_WIDTHS = {FieldType.LONG_TEXT: 40, FieldType.TEXT: 20, FieldType.PERSONS: 20, FieldType.LINK: 30}


def ledger_table(
    reading: Reading, ledger: Ledger, organisation_id: UUID, today: date, period: Period = EVER
) -> ListTable:
    """Every shown field of the rows in a period, then whose each is and its 簿内编号.

    Without rows it is a form to fill in. Nothing in it is a formula, whatever the texts begin with.
    """
    rows = rows_of(reading, ledger, organisation_id, period)
    words, roster = RowWords(reading, ledger, rows), reading.roster()
    columns = [ListColumn(spec.label, _WIDTHS.get(spec.type, 12)) for spec in ledger.shown]
    columns += [ListColumn(PLACE, 24), ListColumn(IDENTIFIER.label, IDENTIFIER.width)]
    lines = []
    for row in rows:
        cells = words.cells(row)
        place = place_words(roster, row.organisation_id, today)
        lines.append((*(cells[spec.key] for spec in ledger.shown), place, str(row.id)))
    return ListTable(ledger.name, tuple(columns), tuple(lines))


def export_ledger(
    files: TableFiles,
    path: Path,
    reading: Reading,
    ledger: Ledger,
    organisation_id: UUID,
    today: date,
    period: Period = EVER,
) -> int:
    """Write a ledger as xlsx; gives the number of rows. A file that was there is replaced only by a whole one."""
    table = ledger_table(reading, ledger, organisation_id, today, period)
    files.write(path, (table,))
    return len(table.rows)
