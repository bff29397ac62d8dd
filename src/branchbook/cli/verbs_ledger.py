"""ledger: the ledgers of a book, the rows of one, and one from and to a spreadsheet."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.cli.choosing import day_argument, organisation_or_all
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import Ledger
from branchbook.domain.problems import UnreadableProblem
from branchbook.services.ledger_import import LedgerPreview, import_ledger, open_ledger, preview_ledger
from branchbook.services.ledger_reading import ledger_named
from branchbook.services.ledger_table import export_ledger
from branchbook.services.ledgers import LedgerLine, LedgerView, Period, ledger_summaries, ledger_view
from branchbook.services.roster_plan import LineStatus
from branchbook.services.store import Reading

_USAGE = """branchbook ledger BOOK [NAME] [--from DATE] [--to DATE] [--branch NAME] [--json]
       branchbook ledger export BOOK NAME FILE.xlsx [--from DATE] [--to DATE] [--branch NAME]
       branchbook ledger import BOOK NAME FILE.xlsx [--branch NAME] [--dry-run]"""


def add_verbs(verbs: Any) -> None:
    """Add ``ledger``: with ``import`` or ``export`` first it moves files, else it shows."""
    ledger = verbs.add_parser(
        "ledger",
        help="台账：列出、查看，从 Excel 导入或导出",
        usage=_USAGE,
        description="只写簿文件时列出全部台账；再写台账的名称或代号时列出它的各行。",
    )
    ledger.add_argument(
        "words", nargs="+", metavar="BOOK", help="簿文件，台账的名称或代号；导入导出时再写 xlsx 文件"
    )
    ledger.add_argument("--from", dest="from_on", type=day_argument, metavar="DATE", help="从哪一天起")
    ledger.add_argument("--to", dest="to_on", type=day_argument, metavar="DATE", help="到哪一天止")
    ledger.add_argument(
        "--branch", metavar="NAME", help="只看这个支部；导入时没有写明组织的行归入它，默认全簿"
    )
    ledger.add_argument("--dry-run", action="store_true", help="导入时只预览，不写入")
    ledger.add_argument("--json", action="store_true", help="以 JSON 输出")
    ledger.accept_passphrase()
    ledger.set_defaults(run=run_ledger)


def run_ledger(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Show, export or import. What is wrong with a shipped file is told on the error stream."""
    if arguments.from_on and arguments.to_on and arguments.to_on < arguments.from_on:
        raise UnreadableProblem("时间段的结束早于开始", f"{arguments.from_on} 至 {arguments.to_on}", "请核对")
    for fault in shipped_ledgers().faults:
        around.warn(f"branchbook：{fault}")
    first, *others = arguments.words
    if first in ("import", "export"):
        if len(others) != 3:
            raise UnreadableProblem(
                "命令的写法不对", "", f"应写成 branchbook ledger {first} BOOK NAME FILE.xlsx"
            )
        mover: Callable[[argparse.Namespace, Surroundings, Path, str, Path], int] = (
            _import if first == "import" else _export
        )
        return mover(arguments, around, Path(others[0]), others[1], Path(others[2]))
    if len(others) > 1:
        raise UnreadableProblem("命令的写法不对，多了参数", others[1], "请看 branchbook ledger --help")
    return _show(arguments, around, Path(first), others[0] if others else "")


def _show(arguments: argparse.Namespace, around: Surroundings, path: Path, name: str) -> int:
    period, today = Period(arguments.from_on, arguments.to_on), around.now.date()
    with around.book(path, writable=False) as book, book.reading() as reading:
        place = organisation_or_all(reading.roster(), arguments.branch, around.now.date())
        if not name:
            _tell_all(arguments, around, reading, place, period)
            return 0
        ledger = ledger_named(reading, name)
        view = ledger_view(reading, ledger.key, place, today, period=period)
    if arguments.json:
        around.report(_view_as_json(view))
        return 0
    for line in view.lines:
        around.say(_in_words(view.ledger, line))
    totals = "，".join(
        f"{spec.label}合计 {view.totals[spec.key]}" for spec in view.ledger.summed if spec.key in view.totals
    )
    late = f"，逾期 {view.overdue} 行" if view.overdue else ""
    around.say(f"{view.ledger.name}：{len(view.lines)} 行{late}{'，' + totals if totals else ''}")
    return 0


def _tell_all(
    arguments: argparse.Namespace, around: Surroundings, reading: Reading, place: UUID, period: Period
) -> None:
    found = ledger_summaries(reading, place, around.now.date(), period)
    if arguments.json:
        around.report(
            [{**_ledger_as_json(each.ledger), "rows": each.rows, "overdue": each.overdue} for each in found]
        )
        return
    for each in found:
        late = f"，逾期 {each.overdue} 行" if each.overdue else ""
        own = "（自建）" if each.ledger.own else ""
        around.say(f"{each.ledger.key}  {each.ledger.name}{own}  {each.rows} 行{late}")


def _export(arguments: argparse.Namespace, around: Surroundings, path: Path, name: str, target: Path) -> int:
    """Write one ledger; without rows it is a form to fill in."""
    check_target(target, ".xlsx")
    period, today = Period(arguments.from_on, arguments.to_on), around.now.date()
    with around.book(path, writable=False) as book, book.reading() as reading:
        ledger = ledger_named(reading, name)
        place = organisation_or_all(reading.roster(), arguments.branch, around.now.date())
        number = export_ledger(around.workshop.tables, target, reading, ledger, place, today, period)
    around.say(f"已导出 {number} 行：{target}")
    return 0


def _import(arguments: argparse.Namespace, around: Surroundings, path: Path, name: str, source: Path) -> int:
    """Import as one operation, or only preview; exit 1 where not a single row can be taken."""
    dry_run: bool = arguments.dry_run
    with around.book(path, writable=not dry_run) as book:
        with book.reading() as reading:
            place = organisation_or_all(reading.roster(), arguments.branch, around.now.date())
            file = open_ledger(around.workshop.tables, source, reading, ledger_named(reading, name).key)
            preview = preview_ledger(reading, file, around.actor, place)
        _tell_preview(preview, around)
        refused = preview.count(LineStatus.REFUSED)
        if dry_run:
            around.say("以上是预览，没有写入")
            return 1 if refused == len(preview.lines) else 0
        import_ledger(book, file, around.actor, place)
    around.say("已导入，可在窗口中一次撤销")
    if refused:
        around.warn(f"有 {refused} 行没有导入，原因见上；改正后可以再导入一次，已导入的不会重复")
    return 0


def _tell_preview(preview: LedgerPreview, around: Surroundings) -> None:
    around.say(preview.summary)
    for finding in preview.findings:
        place = f"第 {finding.row} 行" if finding.row else "整张表"
        column = f"“{finding.column}”" if finding.column else ""
        around.say(f"  {place}{column}：{finding.text}")


def _in_words(ledger: Ledger, line: LedgerLine) -> str:
    cells = (line.cells[spec.key].replace("\n", " ") for spec, _ in ledger.shown_columns)
    parts = [line.place, *cells, "【逾期】" if line.overdue else ""]
    if line.missing:
        parts.append(f"缺：{'、'.join(line.missing)}")
    return "  ".join(part for part in parts if part)


def _ledger_as_json(ledger: Ledger) -> dict[str, Any]:
    return {
        "key": ledger.key,
        "name": ledger.name,
        "own": ledger.own,
        "fields": [
            {
                "key": spec.key,
                "label": spec.label,
                "type": spec.type.value,
                "required": spec.required,
                "choices": [] if spec.type is FieldType.ATTACHMENT else list(spec.choices),
            }
            for spec in ledger.shown
        ],
    }


def _view_as_json(view: LedgerView) -> dict[str, Any]:
    """Every cell in words by field key: amounts as 1234.50, days as 2026-05-08."""
    return {
        "ledger": _ledger_as_json(view.ledger),
        "rows": [
            {
                "id": str(line.row.id),
                "organisation_id": str(line.row.organisation_id),
                "values": dict(line.cells),
                "overdue": line.overdue,
                "missing": list(line.missing),
            }
            for line in view.lines
        ],
        "totals": dict(view.totals),
    }
