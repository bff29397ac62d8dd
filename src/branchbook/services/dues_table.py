"""The dues of a branch and year as a table for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from branchbook.services.dues import PAYER_WORDS, DuesLine, DuesView, rate_words, yuan
from branchbook.services.exchange_files import ListColumn, ListTable, TableFiles

_HEAD = ("姓名", "计算依据", "计算基数", "比例（%）", "月应交")
_TAIL = ("合计", "欠交月数", "备注")


def dues_table(view: DuesView) -> ListTable:
    """One row for each member: what was fixed, the twelve months, the sum, the months in arrears.

    Amounts in yuan; a month that is not owed has a stroke. Nothing in it is a formula.
    """
    titles = (*_HEAD, *(f"{month}月" for month in range(1, 13)), *_TAIL)
    columns = tuple(
        ListColumn(title, 16 if title in ("姓名", "计算依据", "备注") else 10) for title in titles
    )
    return ListTable(f"{view.year}年党费", columns, tuple(_row(line) for line in view.lines))


def _row(line: DuesLine) -> tuple[str, ...]:
    months = (yuan(line.paid.get(each)) if each in line.owed else "—" for each in range(1, 13))
    late = str(len(line.arrears.months)) if line.arrears.months else ""
    return (
        line.name,
        PAYER_WORDS[line.payer] if line.payer else "",
        yuan(line.base_fen),
        rate_words(line.due),
        yuan(line.due.fen) if line.due else "",
        *months,
        yuan(line.total) if line.paid else "",
        late,
        line.remark,
    )


def export_dues(files: TableFiles, path: Path, view: DuesView) -> int:
    """Write the year as xlsx; gives the number of rows. A file that was there is replaced only by a whole one."""
    files.write(path, (dues_table(view),))
    return len(view.lines)
