"""backup, restore, verify: the verbs that keep the book safe."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.domain.problems import DamagedProblem
from branchbook.services.workshop import BookContents, CheckResult, StepProgress


def add_verbs(verbs: Any) -> None:
    """Add the three verbs to the parser's sub-commands."""
    backup = verbs.add_parser("backup", help="把簿备份到文件夹，并立即校验")
    backup.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    backup.add_argument("folder", type=Path, metavar="DIR", help="备份放到哪个文件夹")
    backup.accept_passphrase()
    backup.set_defaults(run=run_backup)
    restore = verbs.add_parser("restore", help="把备份恢复成一个新的簿文件")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="备份文件")
    restore.add_argument("book", type=Path, metavar="BOOK", help="恢复成这个文件；已有同名文件时不会覆盖")
    restore.accept_passphrase()
    restore.set_defaults(run=run_restore)
    verify = verbs.add_parser("verify", help="完整校验簿文件或备份文件")
    verify.add_argument("file", type=Path, metavar="FILE", help="簿文件或备份文件")
    verify.add_argument("--json", action="store_true", help="以 JSON 输出")
    verify.add_argument(
        "--repair-index", action="store_true", help="只有搜索索引与内容不一致时，按内容重建它"
    )
    verify.accept_passphrase()
    verify.set_defaults(run=run_verify)


def run_backup(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A verified copy; says where it lies and what it holds."""
    with around.book(arguments.book, writable=False) as book:
        result = around.workshop.shelf.back_up(book, arguments.folder, around.now)
    around.say(f"已备份并校验：{result.path}")
    around.say(f"{_contents(result.contents)}，{result.size} 字节，SHA-256 {result.sha256}")
    return 0


def run_restore(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A new file out of a backup, checked before it is reported."""
    check_target(arguments.book)
    passphrase = around.passphrase(arguments.backup)
    result = around.workshop.shelf.restore(arguments.backup, arguments.book, passphrase)
    around.say(f"已恢复到 {arguments.book}，{_contents(result.contents)}")
    return 0


def run_verify(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Exit 0 where nothing was found, else 1 with every finding; 2 where the file is no book at all."""
    try:
        result = _checked(arguments, around)
    except DamagedProblem as problem:
        if arguments.json:
            around.report({"file": str(arguments.file), "whole": False, "findings": [str(problem)]})
        else:
            around.say(f"{arguments.file}：有问题\n  {problem}")
        return 1
    if arguments.json:
        around.report(_as_json(result))
    else:
        around.say(f"{arguments.file}：{'完好' if result.whole else '有问题'}，{_contents(result.contents)}")
        for finding in result.findings:
            around.say(f"  {finding}")
    return 0 if result.whole else 1


def _checked(arguments: argparse.Namespace, around: Surroundings) -> CheckResult:
    """The check; where only the search index differs and that is asked for, the index anew and the check again."""
    shelf, file, progress = around.workshop.shelf, arguments.file, _progress(around, "校验")
    result = shelf.check(file, around.passphrase(file), progress)
    if not (arguments.repair_index and result.index_differs and len(result.findings) == 1):
        return result
    with around.book(file, writable=True) as book:
        shelf.rebuild_index(book)
    around.warn("已按内容重建搜索索引")
    return shelf.check(file, around.passphrase(file), progress)


def _progress(around: Surroundings, what: str) -> StepProgress | None:
    """A line that counts up, where somebody is looking; Ctrl+C ends it."""
    if not around.errors.isatty():
        return None
    shown = -1

    def step(done: int, total: int) -> bool:
        nonlocal shown
        percent = done * 100 // max(total, 1)
        if percent != shown:
            shown = percent
            print(f"\r{what} {percent}%", end="" if percent < 100 else "\n", file=around.errors, flush=True)
        return True

    return step


def _contents(contents: BookContents) -> str:
    last = f"，最近一次会议 {contents.last_meeting_on:%Y-%m-%d}" if contents.last_meeting_on else ""
    counts = f"组织 {contents.organisations} 个、人员 {contents.people} 名、记录 {contents.records} 份"
    return f"{counts}、附件 {contents.attachments} 个{last}"


def _as_json(result: CheckResult) -> dict[str, Any]:
    contents = result.contents
    return {
        "file": str(result.path),
        "whole": result.whole,
        "findings": list(result.findings),
        "size": result.size,
        "sha256": result.sha256,
        "protected": result.protected,
        "organisations": contents.organisations,
        "people": contents.people,
        "records": contents.records,
        "attachments": contents.attachments,
        "last_meeting_on": contents.last_meeting_on.isoformat() if contents.last_meeting_on else None,
    }
