"""roster import, roster export: the roster from and to a spreadsheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import organisation_named
from branchbook.cli.parsing import ChineseParser
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.services.import_safety import keep_before_import
from branchbook.services.roster_export import export_roster
from branchbook.services.roster_import import import_roster, open_roster, preview_roster
from branchbook.services.roster_plan import LineStatus, RosterPreview
from branchbook.services.settings_reading import book_settings
from branchbook.services.unmasking import unmask_list


def add_verbs(verbs: Any) -> None:
    """Add ``roster`` with its two verbs."""
    roster = verbs.add_parser("roster", help="花名册：从 Excel 导入，或导出为 Excel")
    kinds = roster.add_subparsers(
        title="命令", metavar="import|export", dest="roster_verb", required=True, parser_class=ChineseParser
    )
    bring = kinds.add_parser("import", help="从 xlsx 导入花名册")
    bring.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    bring.add_argument("file", type=Path, metavar="FILE.xlsx", help="花名册")
    bring.add_argument("--branch", metavar="NAME", help="没有写明支部的行归入这个支部")
    bring.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    bring.accept_passphrase()
    bring.set_defaults(run=run_import)
    take = kinds.add_parser("export", help="把花名册导出为 xlsx")
    take.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    take.add_argument("file", type=Path, metavar="FILE.xlsx", help="导出到这个文件")
    take.add_argument("--branch", metavar="NAME", help="只导出这个支部")
    numbers = take.add_mutually_exclusive_group()
    numbers.add_argument("--masked", action="store_true", help="身份证号只留前六位和后四位")
    numbers.add_argument(
        "--whole-numbers",
        action="store_true",
        help="导出完整的身份证号，记入修改记录；两项都不写时按簿的设置",
    )
    take.accept_passphrase()
    take.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Import as one operation, or only preview; every finding is told with its row.

    Exit 1 where not a single row can be imported, also for the preview; a row left out is told.
    """
    dry_run: bool = arguments.dry_run
    with around.book(arguments.book, writable=not dry_run) as book:
        with book.reading() as reading:
            file = open_roster(around.workshop.tables, arguments.file, reading)
            branch = None
            if arguments.branch:
                branch = organisation_named(reading.roster(), arguments.branch, around.now.date()).id
            preview = preview_roster(reading, file, file.mapping, around.actor, branch)
        _tell(preview, file.mapping.unread, around)
        refused = preview.count(LineStatus.REFUSED)
        if dry_run:
            around.say("以上是预览，没有写入")
            return 1 if refused == len(preview.lines) else 0
        keep_before_import(around.workshop, book, around.actor)
        import_roster(book, file, file.mapping, around.actor, branch)
    around.say("已导入，可在窗口中一次撤销")
    if refused:
        around.warn(f"有 {refused} 行没有导入，原因见上；改正后可以再导入一次，已导入的不会重复")
    return 0


def run_export(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Write the roster as of today."""
    check_target(arguments.file, ".xlsx")
    today = around.now.date()
    whole: bool = arguments.whole_numbers
    with around.book(arguments.book, writable=whole) as book:
        if whole:
            unmask_list(book, "花名册", "导出", around.actor)
        with book.reading() as reading:
            roster = reading.roster()
            place = organisation_named(roster, arguments.branch, today).id if arguments.branch else None
            masked = arguments.masked or (book_settings(reading).identity_masked and not whole)
            number = export_roster(
                around.workshop.tables, arguments.file, roster, today, place, masked=masked
            )
    around.say_of_file(f"已导出 {number} 人：{arguments.file}")
    return 0


def _tell(preview: RosterPreview, unread: tuple[str, ...], around: Surroundings) -> None:
    around.say(preview.summary)
    if unread:
        around.say(f"  没有读取的列：{'、'.join(unread)}（可在窗口的导入中指定它们的含义）")
    for finding in preview.findings:
        place = f"第 {finding.row} 行" if finding.row else "整张表"
        around.say(f"  {place}：{finding.text}")
