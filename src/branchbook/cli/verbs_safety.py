"""backup, backups, restore, drill, verify: the verbs that keep the book safe."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target
from branchbook.domain.problems import DamagedProblem, UnreadableProblem
from branchbook.services.backup_shelf import OnlyThere, RecordName, RestorePreview
from branchbook.services.backup_words import (
    KIND_WORDS,
    contents_words,
    preview_lines,
    size_words,
    verified_words,
)
from branchbook.services.safekeeping import rotation_counts
from branchbook.services.settings_reading import book_settings
from branchbook.services.workshop import BackupResult, BookContents, CheckResult, StepProgress

_AS_JSON = "以 JSON 输出"


def add_verbs(verbs: Any) -> None:
    """Add the verbs to the parser's sub-commands."""
    _add_backup(verbs)
    _add_restore(verbs)
    drill = verbs.add_parser("drill", help="试一试备份能不能恢复：恢复到临时位置，打开、比较，再删掉")
    drill.add_argument("backup", type=Path, metavar="BACKUP", help="备份文件")
    drill.add_argument("--book", type=Path, metavar="BOOK", help="与这本簿比较")
    drill.add_argument("--json", action="store_true", help=_AS_JSON)
    drill.accept_passphrase()
    drill.set_defaults(run=run_drill)
    verify = verbs.add_parser("verify", help="完整校验簿文件或备份文件")
    verify.add_argument("file", type=Path, metavar="FILE", help="簿文件或备份文件")
    verify.add_argument("--json", action="store_true", help=_AS_JSON)
    verify.add_argument(
        "--repair-index", action="store_true", help="只有搜索索引与内容不一致时，按内容重建它"
    )
    verify.accept_passphrase()
    verify.set_defaults(run=run_verify)


def _add_backup(verbs: Any) -> None:
    backup = verbs.add_parser("backup", help="把簿备份到文件夹，并立即校验")
    backup.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    backup.add_argument("folder", type=Path, metavar="DIR", help="备份放到哪个文件夹")
    backup.add_argument("--rotate", action="store_true", help="备份以后，按簿里设置的份数删除旧备份")
    backup.add_argument("--json", action="store_true", help=_AS_JSON)
    backup.accept_passphrase()
    backup.set_defaults(run=run_backup)
    listing = verbs.add_parser("backups", help="列出文件夹里的备份")
    listing.add_argument("folder", type=Path, metavar="DIR", help="备份所在的文件夹")
    listing.add_argument("--json", action="store_true", help=_AS_JSON)
    listing.set_defaults(run=run_backups)


def _add_restore(verbs: Any) -> None:
    restore = verbs.add_parser("restore", help="把备份恢复成一个新的簿文件")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="备份文件")
    restore.add_argument("book", type=Path, metavar="BOOK", help="恢复成这个文件；已有同名文件时不会覆盖")
    how = restore.add_mutually_exclusive_group()
    how.add_argument(
        "--replace", action="store_true", help="替换已有的簿；原来的先在旁边另存一份（文件名带“恢复前”）"
    )
    how.add_argument("--preview", action="store_true", help="只看备份里有什么、与 BOOK 差在哪里，不写入")
    restore.add_argument("--json", action="store_true", help=_AS_JSON)
    restore.accept_passphrase()
    restore.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A verified copy; says where it lies and what it holds. Exit 1 where the book itself is not right."""
    removed: tuple[Path, ...] = ()
    backups = around.workshop.backups
    with around.book(arguments.book, writable=False) as book:
        result = around.workshop.shelf.back_up(book, arguments.folder, around.now)
        if arguments.rotate:
            with book.reading() as reading:
                counts = rotation_counts(book_settings(reading))
            removed = backups.rotate(book, result.path, counts)
    code = 1 if result.verified_at is None else 0
    warnings = [*result.warnings, backups.place_warning(arguments.folder)]
    for warning in filter(None, warnings):
        around.warn(warning)
    if arguments.json:
        around.report({**_backup_as_json(result), "removed": [str(each) for each in removed]})
        return code
    around.say(f"{'已备份，但簿的内容没有通过校验' if code else '已备份并校验'}：{result.path}")
    around.say(f"{contents_words(result.contents)}，{result.size} 字节，SHA-256 {result.sha256}")
    for path in removed:
        around.say(f"按轮换的份数删除：{path.name}")
    return code


def run_backups(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every backup with its manifest's account, the latest first."""
    folder: Path = arguments.folder
    if not folder.is_dir():
        raise UnreadableProblem("没有这个文件夹", str(folder), "请检查U盘是否插好")
    found = around.workshop.shelf.backups_in(folder)
    if arguments.json:
        around.report([_backup_as_json(each) for each in found])
        return 0
    if not found:
        around.say("这个文件夹里没有备份")
    for each in found:
        pinned = "，留存" if each.pinned else ""
        kind = f"{KIND_WORDS[each.kind]}{pinned}"
        around.say(
            f"{each.created_at:%Y-%m-%d %H:%M}  {size_words(each.size)}  {kind}  {verified_words(each)}"
        )
        around.say(f"  {contents_words(each.contents)}")
        around.say(f"  {each.path.name}  SHA-256 {each.sha256}")
    return 0


def run_restore(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A new file out of a backup, checked before it is reported; over a book only when that is said."""
    if arguments.preview:
        return _preview(arguments, around)
    check_target(arguments.book)
    passphrase, backups = around.passphrase(arguments.backup), around.workshop.backups
    kept: Path | None = None
    if arguments.replace:
        over = backups.restore_over(arguments.backup, arguments.book, around.now, passphrase)
        result, kept = over.check, over.kept
    else:
        result = backups.restore(arguments.backup, arguments.book, passphrase)
    if arguments.json:
        around.report({**_as_json(result), "file": str(arguments.book), "kept": str(kept) if kept else None})
        return 0
    around.say(f"已恢复到 {arguments.book}，{contents_words(result.contents)}")
    if kept is not None:
        around.say(f"原来的簿留存为 {kept}")
    return 0


def _preview(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Beside the book where that file is there."""
    with ExitStack() as stack:
        book = None
        if arguments.book.exists():
            book = stack.enter_context(around.book(arguments.book, writable=False))
        passphrase = around.passphrase(arguments.backup)
        preview = around.workshop.backups.preview(arguments.backup, passphrase, book)
    if arguments.json:
        around.report(_preview_as_json(preview))
        return 0
    for line in preview_lines(preview):
        around.say(line)
    return 0


def run_drill(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every step with whether it held; exit 1 where one did not."""
    with ExitStack() as stack:
        book = None
        if arguments.book is not None:
            book = stack.enter_context(around.book(arguments.book, writable=False))
        passphrase = around.passphrase(arguments.backup)
        result = around.workshop.backups.drill(arguments.backup, around.now, passphrase, book)
    if arguments.json:
        steps = [{"passed": each.passed, "words": each.words} for each in result.steps]
        around.report({"backup": str(result.backup), "passed": result.passed, "steps": steps})
    else:
        around.say(f"{result.backup}：{'能恢复' if result.passed else '没有通过'}")
        for each in result.steps:
            around.say(f"  {'通过' if each.passed else '未通过'}：{each.words}")
    return 0 if result.passed else 1


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
        state = "完好" if result.whole else "有问题"
        around.say(f"{arguments.file}：{state}，{contents_words(result.contents)}")
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


def _as_json(result: CheckResult) -> dict[str, Any]:
    return {
        "file": str(result.path),
        "whole": result.whole,
        "findings": list(result.findings),
        "size": result.size,
        "sha256": result.sha256,
        "protected": result.protected,
        **_contents_as_json(result.contents),
    }


def _contents_as_json(contents: BookContents) -> dict[str, Any]:
    return {
        "organisations": contents.organisations,
        "people": contents.people,
        "records": contents.records,
        "attachments": contents.attachments,
        "last_meeting_on": contents.last_meeting_on.isoformat() if contents.last_meeting_on else None,
    }


def _backup_as_json(backup: BackupResult) -> dict[str, Any]:
    return {
        "file": str(backup.path),
        "created_at": backup.created_at.isoformat(),
        "size": backup.size,
        "sha256": backup.sha256,
        "protected": backup.protected,
        "kind": backup.kind.value,
        "pinned": backup.pinned,
        "verified_at": backup.verified_at.isoformat() if backup.verified_at else None,
        **_contents_as_json(backup.contents),
    }


def _preview_as_json(preview: RestorePreview) -> dict[str, Any]:
    compared = preview.compared
    return {
        "file": str(preview.path),
        "protected": preview.protected,
        "schema_version": preview.schema_version,
        "backup": _contents_as_json(preview.contents),
        "noted": _backup_as_json(preview.noted) if preview.noted else None,
        "compared": None
        if compared is None
        else {
            "book": _contents_as_json(compared.present) if compared.present else None,
            "diverged": compared.diverged,
            "only_in_backup": _own_as_json(compared.only_in_backup),
            "only_in_book": _own_as_json(compared.only_in_book),
            "changed": [_record_as_json(each) for each in compared.changed],
        },
    }


def _own_as_json(own: OnlyThere) -> dict[str, Any]:
    return {
        "records": [_record_as_json(each) for each in own.records],
        "people": list(own.people),
        "organisations": list(own.organisations),
        "procedures": own.procedures,
        "operations": own.operations,
    }


def _record_as_json(record: RecordName) -> dict[str, Any]:
    day = record.held_on.isoformat() if record.held_on else None
    return {"kinds": list(record.kinds), "held_on": day, "subject": record.subject}
