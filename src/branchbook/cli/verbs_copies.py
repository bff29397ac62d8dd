"""salvage, compare: what to do with a damaged book, and with two copies that went different ways."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.services.copies import CopyComparison, comparison_words
from branchbook.services.salvage_words import salvage_words


def add_verbs(verbs: Any) -> None:
    """Add the two verbs to the parser's sub-commands."""
    salvage = verbs.add_parser("salvage", help="从损坏的簿中抢救能读出的内容，存为新的簿")
    salvage.add_argument("damaged", type=Path, metavar="DAMAGED", help="损坏的簿文件；只读，不会被改动")
    salvage.add_argument("book", type=Path, metavar="NEW", help="抢救成这个新文件；已有同名文件时不会覆盖")
    salvage.accept_passphrase()
    salvage.set_defaults(run=run_salvage)
    compare = verbs.add_parser("compare", help="比较同一本簿的两份副本，说明各自多出和不同的内容")
    compare.add_argument("first", type=Path, metavar="A", help="一份簿文件或备份文件")
    compare.add_argument("second", type=Path, metavar="B", help="另一份")
    compare.add_argument("--json", action="store_true", help="以 JSON 输出")
    compare.accept_passphrase()
    compare.set_defaults(run=run_compare)


def run_salvage(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A new book; exit 1 where something is known to be lost, 0 where all was saved."""
    check_target(arguments.book)
    passphrase = around.passphrase_of_damaged(arguments.damaged)
    result = around.workshop.shelf.salvage(arguments.damaged, arguments.book, passphrase, around.actor)
    for line in salvage_words(result):
        around.say(line)
    return 1 if result.lost_count or result.lost_operations else 0


def run_compare(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Exit 0 where both hold the same, 1 where they differ."""
    first, second = arguments.first, arguments.second
    passphrases = (around.passphrase(first), around.passphrase(second))
    found = around.workshop.shelf.compare(first, second, *passphrases)
    if arguments.json:
        around.report(_as_json(found))
    else:
        for line in comparison_words(found, first.name, second.name):
            around.say(line)
    return 0 if found.same_content else 1


def _as_json(found: CopyComparison) -> dict[str, Any]:
    return {
        "newer": str(found.newer),
        "same_content": found.same_content,
        "common_operations": found.common,
        "common_until": found.common_at.isoformat() if found.common_at else None,
        "more_in_first": found.more_in_first,
        "more_in_second": found.more_in_second,
        "only_in_first": list(found.only_first),
        "only_in_second": list(found.only_second),
        "differing": [asdict(each) for each in found.differing],
    }
