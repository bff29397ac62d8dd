"""What is killed: each trial works on a folder, says what it has saved, and can tell whether all of it is there.

A trial's ``work`` runs in a process of its own that is killed at a random moment. It calls ``saved`` with a word each
time that the program has said that something is saved. ``check`` then opens what is left, with those words.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from branchbook.domain.backups import BackupKind, RotationCounts
from branchbook.domain.people import Person
from branchbook.domain.records import AgendaItem, Attendance, PersonRef, Record, RecordState, Speech
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import export_book, import_book
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.meetings import finalise, save_record
from branchbook.services.store import Book, RecordQuery
from branchbook.storage import keys
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import verify, verify_contents
from branchbook.storage.locksmith import BookLocksmith
from branchbook.storage.manifest import read_manifest
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.rekey import rekey_book
from branchbook.storage.shelf import Shelf
from tests.services.small_book import FIRST_BRANCH, NAMES, TODAY, actor, fill, named

Saved = Callable[[str], None]
BOOK = "示例 支部.branchbook"
OLD_BOOK = Path(__file__).parents[1] / "storage" / "books" / "version-1.book"
RECORDS = 40


@dataclass(frozen=True, slots=True)
class Trial:
    """One operation to be killed. ``prepare`` fills the folder before each kill, ``work`` is what is killed."""

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, Saved], None]
    check: Callable[[Path, Sequence[str]], None]


def record(identity: UUID, subject: str) -> Record:
    """A general meeting of the first branch that has everything it needs to be finalised."""
    chair, minute_taker = (PersonRef(name, named(name)) for name in NAMES[:2])
    item = AgendaItem(uuid5(identity, "item"), subject, (Speech(chair.name, "同意", chair.person_id),))
    return Record(
        identity,
        ("general_meeting",),
        FIRST_BRANCH,
        TODAY,
        time(9, 0),
        time(10, 0),
        subject=subject,
        venue="会议室",
        people={"chair": (chair,), "minute_taker": (minute_taker,)},
        attendance=tuple(Attendance(named(name), name) for name in NAMES[:6]),
        agenda=(item,),
        created_at=actor().now,
    )


def opened(folder: Path, name: str = BOOK) -> Book:
    """A book of the folder, to be written."""
    return Shelf().open(folder / name, None, writable=True, holder="试用员")


def filled(folder: Path) -> None:
    """A small book with drafts that can be finalised."""
    book = Shelf().create_filled(folder / BOOK, "试用员", fill)
    for number in range(RECORDS):
        save_record(book, record(UUID(int=number + 1), f"第 {number + 1} 次会"), actor())
    book.close()


def clean(path: Path) -> None:
    """The file passes every check once it was opened, which takes back a commit that was cut off."""
    Shelf().open(path, None, writable=True, holder="试用员").close()
    report = Shelf().check(path)
    assert report.whole, report.findings


# --------------------------------------------------------------------------------------------- entry


def enter(folder: Path, saved: Saved) -> None:
    """Type into a draft and save records, for ever."""
    book = opened(folder)
    while True:
        typed = record(UUID(int=1), str(uuid4()))
        keep_draft(book, typed, actor())
        saved(f"draft {typed.subject}")
        fresh = record(uuid4(), "录入")
        save_record(book, fresh, actor())
        saved(f"record {fresh.id}")


def check_entered(folder: Path, said: Sequence[str]) -> None:
    """Every record that was called saved is there and whole; the draft is the last or one typed after it."""
    book = opened(folder)
    with book.reading() as reading:
        kept = {str(each.id): each for each in reading.records(RecordQuery())}
        touched = {touch.entity_id for each in reading.operations(100_000) for touch in each.touches}
    drafts = [each.value.subject for each in found_drafts(book)]
    book.close()
    for word in said:
        kind, identity = word.split()
        if kind == "record":
            assert len(kept[identity].attendance) == 6
            assert identity in touched
    assert set(kept) <= touched
    typed = [word.split()[1] for word in said if word.startswith("draft")]
    assert drafts if typed else True
    if typed and not said[-1].startswith("record"):
        # Nothing was called saved after the last draft, so it is that one or one that was being written.
        assert len(drafts) == 1


# --------------------------------------------------------------------------------------------- finalise


def finalise_all(folder: Path, saved: Saved) -> None:
    """Finalise one draft after the other."""
    book = opened(folder)
    for number in range(RECORDS):
        final = finalise(book, UUID(int=number + 1), actor()).value
        saved(str(final.id))
    book.close()


def check_finalised(folder: Path, said: Sequence[str]) -> None:
    """What was called final is, with its counts; at most one more is; all others are drafts as they were."""
    book = opened(folder)
    with book.reading() as reading:
        records = {str(each.id): each for each in reading.records(RecordQuery())}
    book.close()
    final = {key for key, each in records.items() if each.state is RecordState.FINAL}
    assert set(said) <= final
    assert len(final) <= len(said) + 1
    assert len(records) == RECORDS
    for each in records.values():
        assert (each.frozen is not None) == (each.state is RecordState.FINAL)
        assert len(each.attendance) == 6


# --------------------------------------------------------------------------------------------- import


def with_exchange_file(folder: Path) -> None:
    """A book, and an exchange file with people and records that it lacks."""
    filled(folder)
    other = Shelf().create_filled(folder / "另一本.branchbook", "试用员", fill)
    for number in range(RECORDS):
        save_record(other, record(UUID(int=1_000 + number), f"导入 {number}"), actor())
    with other.reading() as reading:
        export_book(reading, ZipArchives(), folder / "交换.zip")
    other.close()


def import_file(folder: Path, saved: Saved) -> None:
    """Import the exchange file."""
    book = opened(folder)
    import_book(book, ZipArchives(), folder / "交换.zip", actor())
    saved("imported")
    book.close()


def check_imported(folder: Path, said: Sequence[str]) -> None:
    """All of the file, or nothing of it."""
    book = opened(folder)
    with book.reading() as reading:
        count = len(reading.records(RecordQuery()))
        people = len(reading.all(Person))
    book.close()
    assert count == 2 * RECORDS if said else count in (RECORDS, 2 * RECORDS)
    assert people == len(NAMES)


# --------------------------------------------------------------------------------------------- backup


def back_up_again_and_again(folder: Path, saved: Saved) -> None:
    """Write and back up, for ever."""
    book = opened(folder)
    shelf = Shelf()
    number = 0
    while True:
        save_record(book, record(uuid4(), "备份前"), actor())
        result = shelf.back_up(book, folder / "备份", actor(number).now)
        saved(result.path.name)
        number += 1


def with_backup_folder(folder: Path) -> None:
    """A book and an empty folder for its backups."""
    filled(folder)
    (folder / "备份").mkdir()


def check_backups(folder: Path, said: Sequence[str]) -> None:
    """Every backup that was called good is whole and as its manifest says; none other is listed without being so."""
    assert set(said) <= {each.path.name for each in Shelf().backups_in(folder / "备份")}
    check_listed(folder)


def check_listed(folder: Path) -> None:
    """Every backup that is listed is whole and as its manifest says."""
    for name in [each.path.name for each in Shelf().backups_in(folder / "备份")]:
        report = verify(folder / "备份" / name)
        manifest = read_manifest(folder / "备份" / name)
        assert report.whole
        assert manifest is not None
        assert manifest.sha256 == report.sha256


# --------------------------------------------------------------------------------------------- rotation


def with_kept_backups(folder: Path) -> None:
    """A book, a pinned backup of it, and a backup of another book in the same folder."""
    with_backup_folder(folder)
    book = opened(folder)
    Shelf().back_up(book, folder / "备份", actor().now, None, BackupKind.PRE_IMPORT)
    book.close()
    other = Shelf().create_filled(folder / "另一本.branchbook", "试用员", fill)
    save_record(other, record(uuid4(), "另一本的"), actor())
    Shelf().back_up(other, folder / "备份", actor().now)
    other.close()


def back_up_and_rotate(folder: Path, saved: Saved) -> None:
    """Write, back up and let the rotation remove what is older, for ever."""
    book, number = opened(folder), 1
    while True:
        save_record(book, record(uuid4(), "轮换前"), actor())
        result = Shelf().back_up(book, folder / "备份", actor(number).now)
        saved(result.path.name)
        StoredBackups().rotate(book, result.path, RotationCounts(1, 0, 0, 0))
        number += 1


def check_rotated(folder: Path, said: Sequence[str]) -> None:
    """The two that were called good last are there, pinned and foreign ones too, and what is listed is whole."""
    check_listed(folder)
    listed = {each.path.name for each in Shelf().backups_in(folder / "备份")}
    assert set(said[-2:]) <= listed
    assert any("导入前" in name for name in listed)
    assert any(name.startswith("另一本") for name in listed)


# --------------------------------------------------------------------------------------------- rekey

_PASSPHRASES = ("骆驼 电池 竹篮", "海带 台灯 铁轨", "雨伞 木梯 陶碗")
"""Three in turn, so that a book under the one before the last that was called set is told from the next."""


def change_passphrases(folder: Path, saved: Saved) -> None:
    """Set and change the passphrase, each time with its backup first, for ever."""
    book, number = opened(folder), 0
    while True:
        wanted = _PASSPHRASES[number % 3]
        BookLocksmith().change(book, wanted, folder / "备份", actor(number).now)
        saved(wanted)
        number += 1


def check_rekeyed(folder: Path, said: Sequence[str]) -> None:
    """One whole book under one passphrase: that which was called set last, or the one after it.

    Then the passphrase is taken off, so that what checks every trial's book can open it.
    """
    path = folder / BOOK
    (opens,) = [each for each in (None, *_PASSPHRASES) if fits(path, each)]
    before = said[-1] if said else None
    assert opens in (before, _PASSPHRASES[len(said) % 3])
    book = Shelf().open(path, opens, writable=True, holder="试用员")
    with book.reading() as reading:
        assert len(reading.records(RecordQuery())) == RECORDS
    report = verify_contents(path, book.file.key)
    assert report.whole, report.findings
    rekey_book(book.file, keys.OPEN)
    book.close()
    for backup in Shelf().backups_in(folder / "备份"):
        (own,) = [each for each in _PASSPHRASES if fits(backup.path, each)]
        found = verify(backup.path, own)
        assert found.whole
        assert found.sha256 == backup.sha256
    assert len(Shelf().backups_in(folder / "备份")) >= len(said)


def fits(path: Path, passphrase: str | None) -> bool:
    """Whether a passphrase, or none, opens the first page of a file."""
    key = keys.OPEN if passphrase is None else keys.key_of(passphrase, keys.read_salt(path))
    return keys.first_page_verifies(path, key)


# --------------------------------------------------------------------------------------------- restore


def with_backup(folder: Path) -> None:
    """A book, one backup of it, and a change since."""
    with_backup_folder(folder)
    book = opened(folder)
    Shelf().back_up(book, folder / "备份", actor().now)
    save_record(book, record(UUID(int=77_777), "备份之后"), actor())
    book.close()


def restore_new(folder: Path, saved: Saved) -> None:
    """Restore into a new file."""
    shelf = Shelf()
    (backup,) = shelf.backups_in(folder / "备份")
    StoredBackups().restore(backup.path, folder / "恢复.branchbook")
    saved("restored")


def check_restored(folder: Path, said: Sequence[str]) -> None:
    """The new file is there whole or not at all; book and backup are as they were."""
    target = folder / "恢复.branchbook"
    assert target.exists() or not said
    if target.exists():
        clean(target)
        assert verify(target).contents.records == RECORDS
    (backup,) = Shelf().backups_in(folder / "备份")
    assert verify(backup.path).sha256 == backup.sha256
    assert verify(folder / BOOK).contents.records == RECORDS + 1


# --------------------------------------------------------------------------------------------- upgrade


def old_book(folder: Path) -> None:
    """A book as version 1 wrote it."""
    shutil.copy(OLD_BOOK, folder / BOOK)


def upgrade(folder: Path, saved: Saved) -> None:
    """Open it for writing, which upgrades it."""
    opened(folder).close()
    saved("upgraded")


def check_upgraded(folder: Path, said: Sequence[str]) -> None:
    """Either version, whole, with the same content; opening it again brings it to the new one."""
    before = verify(OLD_BOOK).contents
    report = verify(folder / BOOK)
    assert report.whole, report.findings
    assert report.schema_version in (1, SCHEMA_VERSION)
    assert report.schema_version == SCHEMA_VERSION or not said
    assert replace(report.contents) == before
    opened(folder).close()
    assert verify(folder / BOOK).schema_version == SCHEMA_VERSION


TRIALS: tuple[Trial, ...] = (
    Trial("entry", filled, enter, check_entered),
    Trial("finalise", filled, finalise_all, check_finalised),
    Trial("import", with_exchange_file, import_file, check_imported),
    Trial("backup", with_backup_folder, back_up_again_and_again, check_backups),
    Trial("rotation", with_kept_backups, back_up_and_rotate, check_rotated),
    Trial("rekey", with_backup_folder, change_passphrases, check_rekeyed),
    Trial("restore", with_backup, restore_new, check_restored),
    Trial("upgrade", old_book, upgrade, check_upgraded),
)
