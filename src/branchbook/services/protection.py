"""The passphrase of a book as a user sets, changes and removes it, and opens the book with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from branchbook.domain.passphrases import check_passphrase
from branchbook.domain.problems import DamagedProblem, PassphraseProblem, RefusedProblem
from branchbook.domain.recovery_code import RecoveryKey, Secret
from branchbook.services.locksmith import Locksmith, OlderCopy
from branchbook.services.noting import note
from branchbook.services.operations import Actor, Outcome
from branchbook.services.program import (
    BackupNote,
    BackupPlace,
    ProgramSettings,
    ProgramSettingsFile,
    with_backup,
    with_backup_place,
    with_salt,
)
from branchbook.services.store import Book
from branchbook.services.workshop import BackupResult, BookShelf, StepProgress

NOBODY_CAN_HELP = (
    "口令没有后门：忘了口令，又没有恢复单，谁也打不开这本簿，包括程序的作者。"
    "请设好后马上打印恢复单，和重要文件一起锁好。"
)
"""Said before a passphrase is set, in the window and on the command line."""

UNPROTECTED = "这份文件没有加密，谁拿到都能看，请妥善保管"
"""Said wherever something leaves a protected book."""


MENDED = "簿文件开头的盐（和口令配对的 16 个字节）损坏了，已照留存的副本修好。请尽快备份，并检查磁盘"
"""Said when a damaged salt was mended."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What a change of the passphrase left: its backup, copies that open without it, and the former key."""

    backup: BackupResult
    copies: tuple[OlderCopy, ...]
    former: RecoveryKey | None


def unprotected_words(book: Book) -> str:
    """What to say of a file written out of this book; empty where the book itself is no secret."""
    return UNPROTECTED if book.protected else ""


def change_passphrase(
    locksmith: Locksmith,
    settings_file: ProgramSettingsFile,
    book: Book,
    present: Secret | None,
    wanted: str | None,
    folder: Path,
    actor: Actor,
    progress: StepProgress | None = None,
) -> Outcome[Protection]:
    """Set, change (both given) or remove (``wanted`` None) the passphrase of an open book.

    ``present`` is asked of a protected book, so that nobody else at an open window changes it. A verified
    backup under the new passphrase is written to ``folder`` first. Raises PassphraseProblem where ``present``
    is wrong, RefusedProblem for a passphrase that may not be one; then nothing has changed.
    """
    if book.read_only:
        raise RefusedProblem("本簿以只读方式打开，不能改口令", str(book.path), "请复制到可写的文件夹再打开")
    if wanted is not None:
        check_passphrase(wanted)
    elif not book.protected:
        raise RefusedProblem("这本簿没有口令", str(book.path), "没有需要去掉的")
    check_present(locksmith, book, present)
    former = locksmith.key_in_use(book)
    backup = locksmith.change(book, wanted, folder, actor.now, progress)
    noted = note(book, "passphrase", _label(former is not None, wanted is not None), actor)
    made = BackupNote(str(backup.path), actor.now, backup.sha256, backup.last_operation)
    settings = with_backup(settings_file.load(), book.path, made)
    if not settings.backup_folders.get(str(book.path.resolve())):
        settings = with_backup_place(settings, book.path, BackupPlace(str(folder)))
    settings_file.save(settings)
    remember_salt(settings_file, locksmith, book)
    copies = locksmith.older_copies(book, known_folders(settings), former)
    return Outcome(Protection(backup, copies, former), noted.changes)


def check_present(locksmith: Locksmith, book: Book, present: Secret | None) -> None:
    """Raise PassphraseProblem where a protected book's passphrase was not given, or another one."""
    if book.protected and (present is None or not locksmith.fits(book, present)):
        problem = PassphraseProblem("现在的口令不对", "", "没有改动任何内容。请重新输入现在的口令")
        problem.given = present is not None
        raise problem


def open_protected(
    shelf: BookShelf,
    locksmith: Locksmith,
    settings_file: ProgramSettingsFile,
    path: Path,
    secret: Secret | None,
    holder: str,
    *,
    writable: bool = True,
) -> tuple[Book, bool]:
    """Open a book; its salt is mended where it is damaged and known. True where that was done.

    Raises what ``BookShelf.open`` does.
    """
    mended = False
    try:
        book = shelf.open(path, secret, writable=writable, holder=holder)
    except (PassphraseProblem, DamagedProblem):
        settings = settings_file.load()
        salts = settings.salts.get(str(path.resolve()), ())
        mended = secret is not None and locksmith.mend_salt(path, secret, salts, known_folders(settings))
        if not mended:
            raise
        book = shelf.open(path, secret, writable=writable, holder=holder)
    remember_salt(settings_file, locksmith, book)
    return book, mended


def remember_salt(settings_file: ProgramSettingsFile, locksmith: Locksmith, book: Book) -> None:
    """Keep the salt of a protected book in the settings: it is no secret, and a damaged one is mended by it."""
    key = locksmith.key_in_use(book) if book.protected else None
    if key is not None:
        settings = settings_file.load()
        changed = with_salt(settings, book.path, key.salt.hex())
        if changed != settings:
            settings_file.save(changed)


def known_folders(settings: ProgramSettings) -> tuple[Path, ...]:
    """Every folder into which this computer has backed up any book, each once."""
    folders = dict.fromkeys(Path(each) for each in settings.backup_folders.values() if each)
    folders.update(dict.fromkeys(Path(each.path).parent for each in settings.backups.values()))
    return tuple(folders)


def copy_words(copies: Iterable[OlderCopy]) -> tuple[str, ...]:
    """One line for each copy: where it lies and what it opens with."""
    words = {"nothing": "不用口令就能打开", "former": "用以前的口令能打开", "unknown": "用别的口令能打开"}
    return tuple(
        f"{each.path}（{'未写完的临时文件，' if each.unfinished else ''}{words[each.opens_with.value]}）"
        for each in copies
    )


def _label(was: bool, is_now: bool) -> str:
    if not was:
        return "设置口令"
    return "更换口令" if is_now else "去掉口令"
