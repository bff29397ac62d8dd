"""handover: everything for a change of secretary, in one folder or zip."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.services.backup_words import contents_words
from branchbook.services.handover import make_handover_pack


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    handover = verbs.add_parser("handover", help="换书记时的交接材料：备份、手册、列表、未办结事项、签字页")
    handover.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    handover.add_argument(
        "out", type=Path, metavar="OUT", help="放到这个新文件夹；以 .zip 结尾时打成一个压缩包"
    )
    handover.add_argument("--json", action="store_true", help="以 JSON 输出")
    handover.accept_passphrase()
    handover.set_defaults(run=run_handover)


def run_handover(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A pack that is whole or not there; says that it is not protected."""
    with around.book(arguments.book, writable=False) as book:
        pack = make_handover_pack(around.workshop, book, arguments.out, around.now)
    if arguments.json:
        around.report(
            {
                "path": str(pack.path),
                "backup": pack.backup.path.name,
                "sha256": pack.backup.sha256,
                "files": list(pack.files),
            }
        )
        return 0
    around.say(f"交接材料：{pack.path}（{len(pack.files)} 个文件）")
    around.say(f"备份：{contents_words(pack.backup.contents)}，SHA-256 {pack.backup.sha256}")
    around.warn("手册、列表和清单没有加密，里面有个人信息，请当面交接、妥善保管")
    return 0
