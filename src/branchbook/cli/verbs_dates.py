"""dates import, dates export: the stage dates of joining from and to a spreadsheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import organisation_named
from branchbook.cli.parsing import ChineseParser
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.services.import_safety import keep_before_import
from branchbook.services.roster_plan import LineStatus
from branchbook.services.stage_dates import export_dates, import_dates, open_dates, preview_dates
from branchbook.services.stage_plan import DatesPreview


def add_verbs(verbs: Any) -> None:
    """Add ``dates`` with its two verbs."""
    dates = verbs.add_parser("dates", help="发展党员各阶段的时间：从 Excel 导入，或导出为 Excel")
    kinds = dates.add_subparsers(
        title="命令", metavar="import|export", dest="dates_verb", required=True, parser_class=ChineseParser
    )
    bring = kinds.add_parser("import", help="从 xlsx 导入各阶段的时间")
    bring.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    bring.add_argument("file", type=Path, metavar="FILE.xlsx", help="日期表：一人一行，一列一个时间")
    bring.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    bring.accept_passphrase()
    bring.set_defaults(run=run_import)
    take = kinds.add_parser("export", help="把各阶段的时间导出为 xlsx")
    take.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    take.add_argument("file", type=Path, metavar="FILE.xlsx", help="导出到这个文件")
    take.add_argument("--branch", metavar="NAME", help="只导出这个支部")
    take.accept_passphrase()
    take.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Import as one operation, or only preview; every finding is told with its row.

    Exit 1 where not a single row can be imported, also for the preview; a row left out is told.
    """
    dry_run: bool = arguments.dry_run
    with around.book(arguments.book, writable=not dry_run) as book:
        file = open_dates(around.workshop.tables, arguments.file)
        with book.reading() as reading:
            preview = preview_dates(reading, file, around.actor)
        _tell(preview, file.mapping.unread, around)
        refused = preview.count(LineStatus.REFUSED)
        if dry_run:
            around.say("以上是预览，没有写入")
            return 1 if refused == len(preview.lines) else 0
        keep_before_import(around.workshop, book, around.actor)
        import_dates(book, file, around.actor)
    taken = preview.procedures or preview.joined
    around.say("已导入，可在窗口中一次撤销" if taken else "没有需要写入的，簿中没有改动")
    if refused:
        around.warn(f"有 {refused} 行没有导入，原因见上；改正后可以再导入一次，已导入的不会重复")
    return 0


def run_export(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Write the dates as of today."""
    check_target(arguments.file, ".xlsx")
    today = around.now.date()
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        roster = reading.roster()
        place = organisation_named(roster, arguments.branch, today).id if arguments.branch else None
        number = export_dates(around.workshop.tables, arguments.file, reading, today, place)
    around.say_of_file(f"已导出 {number} 人：{arguments.file}")
    return 0


def _tell(preview: DatesPreview, unread: tuple[str, ...], around: Surroundings) -> None:
    around.say(preview.summary)
    if unread:
        around.say(f"  没有读取的列：{'、'.join(unread)}")
    for finding in preview.findings:
        place = f"第 {finding.row} 行" if finding.row else "整张表"
        column = f"“{finding.column}”" if finding.column else ""
        around.say(f"  {place}{column}：{finding.text}")
