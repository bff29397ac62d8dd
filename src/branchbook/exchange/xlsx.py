"""Spreadsheet files: ``services.exchange_files.TableFiles`` by openpyxl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from branchbook.exchange.office_package import check_workbook
from branchbook.exchange.xlsx_reading import read_workbook
from branchbook.exchange.xlsx_writing import write_workbook
from branchbook.services.exchange_files import CellTable, ListTable


class SpreadsheetFiles:
    """Reads and writes xlsx. Holds nothing; one may serve the whole program."""

    def read(self, path: Path) -> tuple[CellTable, ...]:
        """Every sheet as text, after the file was found to be an xlsx that is safe to unpack."""
        check_workbook(path)
        return read_workbook(path)

    def write(self, path: Path, tables: Sequence[ListTable]) -> None:
        """One sheet per table; the same tables give the same bytes."""
        write_workbook(path, tables)
