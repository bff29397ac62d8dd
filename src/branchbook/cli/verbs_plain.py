"""export-plain: the whole book as a plain SQLite file, for archives."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.services.protection import UNPROTECTED


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    plain = verbs.add_parser("export-plain", help="把全簿导出为不加密的普通 SQLite 数据库，供存档")
    plain.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    plain.add_argument(
        "file", type=Path, metavar="FILE.sqlite", help="导出到这个文件；已有同名文件时不会覆盖"
    )
    plain.accept_passphrase()
    plain.set_defaults(run=run_plain)


def run_plain(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Everything, history and attachments included; the hash stands in an archive's list beside the file."""
    check_target(arguments.file, ".sqlite", ".db")
    with around.book(arguments.book, writable=False) as book:
        digest = around.workshop.locksmith.export_plain(book, arguments.file)
    around.say(f"已导出：{arguments.file}")
    around.say(f"SHA-256 {digest}")
    around.say(UNPROTECTED)
    return 0
