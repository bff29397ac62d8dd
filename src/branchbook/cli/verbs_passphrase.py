"""passphrase set, change, remove, recovery-sheet, copies: the lock of a book, without a screen.

No secret is ever an argument, where every account of the computer could read it: it is typed unseen, or comes on
standard input, one a line: first the present passphrase where the book has one, then the new one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.parsing import ChineseParser
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target, write_whole
from branchbook.domain.passphrases import check_passphrase, judge_passphrase
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import RecoveryKey, Secret
from branchbook.services.locksmith import OlderCopy
from branchbook.services.program import ProgramSettings, ProgramSettingsFile
from branchbook.services.protection import (
    NOBODY_CAN_HELP,
    Protection,
    change_passphrase,
    copy_words,
    known_folders,
)
from branchbook.services.store import Book


def add_verbs(verbs: Any) -> None:
    """Add ``passphrase`` with its verbs."""
    passphrase = verbs.add_parser(
        "passphrase", help="口令：设置、更换、去掉，打印恢复单，处理没有口令的旧副本"
    )
    kinds = passphrase.add_subparsers(
        title="命令",
        metavar="set|change|remove|recovery-sheet|copies",
        dest="passphrase_verb",
        required=True,
        parser_class=ChineseParser,
    )
    for name, words, run in (
        ("set", "给没有口令的簿设置口令", run_set),
        ("change", "更换口令", run_change),
        ("remove", "去掉口令", run_remove),
    ):
        verb = _verb(kinds, name, words)
        verb.add_argument(
            "--backup", type=Path, metavar="DIR", help="先备份到这个文件夹；默认是上次备份的地方"
        )
        verb.add_argument("--protect-copies", action="store_true", help="旧副本凡打得开的，都改用新口令")
        verb.set_defaults(run=run)
    sheet = _verb(kinds, "recovery-sheet", "打印恢复单：忘了口令时凭它打开")
    sheet.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="存为 PDF；不写时在屏幕上列出")
    sheet.set_defaults(run=run_sheet)
    copies = _verb(kinds, "copies", "列出不用现在的口令就能打开的旧副本")
    copies.add_argument("--protect", type=Path, action="append", metavar="FILE", help="这份改用现在的口令")
    copies.add_argument("--delete", type=Path, action="append", metavar="FILE", help="删除这份，不能恢复")
    copies.set_defaults(run=run_copies)


def _verb(kinds: Any, name: str, words: str) -> Any:
    verb = kinds.add_parser(name, help=words)
    verb.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    verb.accept_passphrase()
    return verb


def run_set(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A first passphrase; what it means is said before it is asked for."""
    if around.workshop.shelf.needs_passphrase(arguments.book):
        raise RefusedProblem("这本簿已经有口令", str(arguments.book), "要更换请用 passphrase change")
    around.say(NOBODY_CAN_HELP)
    return _change(arguments, around, None, _new_passphrase(around))


def run_change(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Another passphrase; the recovery sheet printed before is void then."""
    present = _present(arguments.book, around)
    around.say(NOBODY_CAN_HELP)
    return _change(arguments, around, present, _new_passphrase(around))


def run_remove(arguments: argparse.Namespace, around: Surroundings) -> int:
    """No passphrase any more: whoever has the file can read it."""
    return _change(arguments, around, _present(arguments.book, around), None)


def run_sheet(arguments: argparse.Namespace, around: Surroundings) -> int:
    """The groups as a sheet in a PDF, or as lines on the screen."""
    from branchbook.services.recovery_sheets import recovery_booklet, recovery_groups

    output: Path | None = arguments.output
    if output is not None:
        check_target(output, ".pdf")
    with around.book(arguments.book, writable=False) as book:
        groups = recovery_groups(around.workshop.locksmith, book)
        booklet = recovery_booklet(around.workshop.locksmith, book, around.actor)
    if output is None:
        for number, group in enumerate(groups, 1):
            around.say(f"第 {number:>2} 组  {group}")
        return 0
    write_whole(output, around.workshop.press.press(booklet).pdf)
    around.say(f"已存为 {output}")
    around.warn("这个 PDF 就是钥匙：打印后请立即删除，纸张锁好")
    return 0


def run_copies(arguments: argparse.Namespace, around: Surroundings) -> int:
    """List; protect or delete those that are named. Exit 1 while copies are left that open without it."""
    locksmith = around.workshop.locksmith
    with around.book(arguments.book, writable=bool(arguments.protect or arguments.delete)) as book:
        folders = _folders(around)
        found = locksmith.older_copies(book, folders)
        for path in arguments.protect or ():
            copy = _named(found, path)
            locksmith.protect_copy(book, copy)
            around.say(f"已改用现在的口令：{copy.path}")
        for path in arguments.delete or ():
            copy = _named(found, path)
            locksmith.delete_copy(book, copy, (*folders, arguments.book.parent))
            around.say(f"已删除：{copy.path}")
        left = locksmith.older_copies(book, folders)
    for line in copy_words(left) or ("没有不用现在的口令就能打开的旧副本",):
        around.say(line)
    return 1 if left else 0


def _present(path: Path, around: Surroundings) -> Secret:
    secret = around.passphrase(path)
    if secret is None or not around.workshop.shelf.needs_passphrase(path):
        what = "这本簿没有口令" if not around.workshop.shelf.needs_passphrase(path) else "需要现在的口令"
        raise RefusedProblem(what, str(path), "请在终端里运行，或用 --passphrase-stdin")
    return secret


def _new_passphrase(around: Surroundings) -> str:
    """Typed twice on a terminal, judged on both ways."""
    if around.passphrase_stdin:
        wanted = check_passphrase(around.secret_line())
    elif around.stdin.isatty():
        wanted = check_passphrase(around.asked("新口令："))
        if around.asked("再输一次：") != wanted:
            raise RefusedProblem("两次输入的口令不一样", "", "没有改动任何内容，请重新来")
    else:
        raise RefusedProblem("没有可以输入口令的地方", "", "请在终端里运行，或用 --passphrase-stdin")
    around.say(f"口令强度：{judge_passphrase(wanted).words}")
    return wanted


def _change(
    arguments: argparse.Namespace, around: Surroundings, present: Secret | None, wanted: str | None
) -> int:
    shelf, locksmith = around.workshop.shelf, around.workshop.locksmith
    settings_file = around.settings_file or _Forgetful()
    folder = arguments.backup or _usual_folder(settings_file.load(), arguments.book)
    book = shelf.open(arguments.book, present, writable=True, holder=f"命令行（{around.actor.who}）")
    try:
        done = change_passphrase(locksmith, settings_file, book, present, wanted, folder, around.actor).value
        around.say(f"已先备份并校验：{done.backup.path}")
        around.say(_done_words(wanted, present))
        left = _protect(done, book, around) if arguments.protect_copies else done.copies
    finally:
        book.close()
    if left:
        around.warn("以下旧副本不用新口令也能打开，请用 passphrase copies 处理，或自行保管：")
        for line in copy_words(left):
            around.warn(f"  {line}")
    return 0


def _protect(done: Protection, book: Book, around: Surroundings) -> tuple[OlderCopy, ...]:
    """Protect all copies that can be read here; gives the others."""
    left = []
    for copy in done.copies:
        if not copy.can_be_protected:
            left.append(copy)
            continue
        around.workshop.locksmith.protect_copy(book, copy, done.former)
        around.say(f"已改用新口令：{copy.path}")
    return tuple(left)


def _done_words(wanted: str | None, present: Secret | None) -> str:
    if wanted is None:
        return "已去掉口令：谁拿到这个文件都能打开"
    if present is None:
        return "已设置口令。请马上打印恢复单：branchbook passphrase recovery-sheet BOOK -o FILE.pdf"
    used = "恢复单" if isinstance(present, RecoveryKey) else "口令"
    return f"已更换，原来的{used}不再有用。以前打印的恢复单作废，请另打一张"


def _usual_folder(settings: ProgramSettings, book: Path) -> Path:
    remembered = settings.backup_folders.get(str(book.resolve()), "")
    return Path(remembered) if remembered and Path(remembered).is_dir() else book.resolve().parent


def _folders(around: Surroundings) -> tuple[Path, ...]:
    return known_folders(around.settings_file.load()) if around.settings_file else ()


def _named(found: tuple[OlderCopy, ...], path: Path) -> OlderCopy:
    for copy in found:
        if copy.path.resolve() == path.resolve():
            return copy
    raise RefusedProblem("这不是查到的旧副本", str(path), "请先用 passphrase copies 列出")


class _Forgetful(ProgramSettingsFile):
    """Where no settings are kept: everything is as by default, and stays so."""

    def load(self) -> ProgramSettings:
        return ProgramSettings()

    def save(self, settings: ProgramSettings) -> None:
        """Nothing."""
