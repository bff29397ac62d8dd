"""new, export, import: making a book, and carrying it as an exchange file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.domain.organisations import FOUNDING_UNKNOWN
from branchbook.domain.problems import UnreadableProblem
from branchbook.services.book_exchange import (
    ExchangePreview,
    ValueStatus,
    export_book,
    import_book,
    preview_import,
)
from branchbook.services.import_safety import keep_before_import
from branchbook.services.organisations import NewBranch, found_branch

STATUS_WORDS = {
    ValueStatus.NEW: "新增",
    ValueStatus.CHANGED: "更新",
    ValueStatus.SAME: "相同",
    ValueStatus.KEPT: "保留本簿的",
}


def add_verbs(verbs: Any) -> None:
    """Add the three verbs to the parser's sub-commands."""
    new = verbs.add_parser("new", help="新建一本簿")
    new.add_argument("book", type=Path, metavar="BOOK", help="新的簿文件，如 一支部.branchbook")
    new.add_argument("--branch", required=True, metavar="NAME", help="党支部名称")
    new.add_argument(
        "--founded", type=day_argument, metavar="DATE", help="成立日期；不清楚可不写，打印时留空"
    )
    new.set_defaults(run=run_new)
    export = verbs.add_parser("export", help="把全簿导出为交换文件（zip）")
    export.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    export.add_argument("file", type=Path, metavar="FILE.zip", help="导出到这个文件")
    export.accept_passphrase()
    export.add_argument("--branch", metavar="NAME", help="只导出这个支部，可并入别的簿")
    export.set_defaults(run=run_export)
    bring = verbs.add_parser("import", help="从交换文件导入；重复导入不会重复")
    bring.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    bring.add_argument("file", type=Path, metavar="FILE.zip", help="交换文件")
    bring.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    bring.accept_passphrase()
    bring.set_defaults(run=run_import)


def run_new(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A new book with one branch; without a founding day it counts as existing for as long as records go back."""
    if around.passphrase_stdin:
        raise UnreadableProblem("新建的簿没有口令", "--passphrase-stdin", "请去掉这个选项；没有新建任何文件")
    check_target(arguments.book)
    name = arguments.branch.strip()
    book = around.workshop.shelf.create(arguments.book, f"命令行（{around.actor.who}）")
    try:
        found_branch(book, NewBranch(name), arguments.founded or FOUNDING_UNKNOWN, around.actor)
    except BaseException:
        book.close()
        arguments.book.unlink(missing_ok=True)
        raise
    book.close()
    around.say(f"已新建“{name}”：{arguments.book}")
    return 0


def run_export(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Everything but the history; the same book gives the same bytes.

    The book is only read, so this works beside an open window. Nothing is noted against undoing a 定稿: a
    window that could still undo it holds the lock, and once it is closed 定稿 is only corrected anyway.
    """
    check_target(arguments.file, ".zip")
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        today = around.now.date()
        branch = (
            organisation_named(reading.roster(), arguments.branch, today).id if arguments.branch else None
        )
        count = export_book(reading, around.workshop.archives, arguments.file, branch)
    around.say_of_file(f"已导出 {count} 项：{arguments.file}")
    return 0


def run_import(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Merge by id as one operation, or only preview what it would do."""
    archives = around.workshop.archives
    with around.book(arguments.book, writable=not arguments.dry_run) as book:
        if arguments.dry_run:
            with book.reading() as reading:
                preview = preview_import(reading, archives, arguments.file)
        else:
            keep_before_import(around.workshop, book, around.actor)
            preview = import_book(book, archives, arguments.file, around.actor).value
    around.say(_summary(preview))
    for warning in preview.warnings:
        around.say(f"  {warning}")
    around.say("以上是预览，没有写入" if arguments.dry_run else "已导入")
    return 0


def _summary(preview: ExchangePreview) -> str:
    counts = [f"{STATUS_WORDS[status]} {preview.count(status)} 项" for status in ValueStatus]
    return "、".join(counts)
