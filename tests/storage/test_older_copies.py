"""Copies that open without the present passphrase: all found, protected or deleted, never the only good one."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.services.locksmith import OpensWith
from branchbook.storage import keys
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.locksmith import BookLocksmith
from branchbook.storage.manifest import read_manifest
from branchbook.storage.problems import WouldOverwriteProblem
from branchbook.storage.shelf import Shelf
from tests.storage.backups import rows_of
from tests.storage.conftest import make_book
from tests.storage.test_backup import NOW

FIRST, SECOND = "骆驼 电池 竹篮", "海带 台灯 铁轨"
SMITH = BookLocksmith()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture
def changed(book, folder):
    """A book with a readable backup, then a first passphrase with its backup, then a second with a third one."""
    Shelf().back_up(book, folder, NOW)
    SMITH.change(book, FIRST, folder, NOW.replace(hour=16))
    former = SMITH.key_in_use(book)
    last = SMITH.change(book, SECOND, folder, NOW.replace(hour=17))
    return book, former, last


def copies(book, folder, former=None):
    return {each.path.name: each.opens_with for each in SMITH.older_copies(book, [folder], former)}


def test_the_backup_before_a_change_is_made_under_the_new_key_and_is_good(changed):
    book, _, last = changed
    assert verify(last.path, SECOND).whole
    manifest = read_manifest(last.path)
    assert (manifest.protected, manifest.salt) == (True, keys.read_salt(book.path).hex())
    assert manifest.sha256 == sha256_of(last.path) == last.sha256


def test_every_copy_without_the_present_passphrase_is_listed_and_no_other_book(changed, folder):
    book, former, _ = changed
    stem = book.path.stem
    shutil.copy(folder / f"{stem} 2026-11-24 153012.branchbook", book.path.with_name("改了名.branchbook"))
    (book.path.parent / f".{book.path.name}.upgrade").write_bytes(keys.OPEN_SALT + b"half")
    (folder / f".{stem} 2026-11-24 150000.branchbook.part").write_bytes(keys.OPEN_SALT + b"half")
    (folder / "说明.txt").write_text("x")
    make_book(folder / "另一本.branchbook").close()
    names = {
        f"{stem} 2026-11-24 153012.branchbook": OpensWith.NOTHING,
        "改了名.branchbook": OpensWith.NOTHING,
        f".{book.path.name}.upgrade": OpensWith.NOTHING,
        f".{stem} 2026-11-24 150000.branchbook.part": OpensWith.NOTHING,
    }
    with_former = {**names, f"{stem} 换口令 2026-11-24 163012.branchbook": OpensWith.FORMER}
    without = {**names, f"{stem} 换口令 2026-11-24 163012.branchbook": OpensWith.UNKNOWN}
    found = copies(book, folder, former)
    del found["另一本.branchbook"]  # the test's other book begins with the same operation
    assert found == with_former
    found = copies(book, folder)
    del found["另一本.branchbook"]
    assert found == without


def test_a_copy_is_protected_in_its_place_and_holds_the_same(changed, folder):
    book, former, _ = changed
    for copy in SMITH.older_copies(book, [folder], former):
        before = rows_of(copy.path, keys.OPEN if copy.opens_with is OpensWith.NOTHING else _key(former))
        made = read_manifest(copy.path).created_at
        SMITH.protect_copy(book, copy, former)
        assert rows_of(copy.path, _key(SMITH.key_in_use(book))) == before
        manifest = read_manifest(copy.path)
        assert (manifest.protected, manifest.created_at) == (True, made)
        assert manifest.sha256 == sha256_of(copy.path)
        assert "周试一".encode() not in copy.path.read_bytes()
    assert copies(book, folder, former) == {}
    assert len(Shelf().backups_in(folder)) == 3


def test_a_damaged_copy_is_not_replaced(changed, folder):
    book, former, _ = changed
    (copy,) = [e for e in SMITH.older_copies(book, [folder]) if e.opens_with is OpensWith.NOTHING]
    content = bytearray(copy.path.read_bytes())
    content[5 * 4096 + 77] ^= 1
    copy.path.write_bytes(content)
    with pytest.raises(RefusedProblem):
        SMITH.protect_copy(book, copy, former)
    assert copy.path.read_bytes() == content
    assert not list(folder.glob(".*"))


def test_a_readable_copy_that_is_damaged_is_listed_all_the_same(changed, folder):
    """What can't be opened as a book may still be read page by page."""
    book, _, _ = changed
    (copy,) = [e for e in SMITH.older_copies(book, [folder]) if e.opens_with is OpensWith.NOTHING]
    content = bytearray(copy.path.read_bytes())
    content[1000] ^= 1
    copy.path.write_bytes(content)
    assert copy.path in [each.path for each in SMITH.older_copies(book, [folder])]


def test_a_copy_under_a_forgotten_passphrase_can_only_be_deleted(changed, folder):
    book, _, _ = changed
    (copy,) = [e for e in SMITH.older_copies(book, [folder]) if e.opens_with is OpensWith.UNKNOWN]
    assert not copy.can_be_protected
    with pytest.raises(RefusedProblem, match="打不开"):
        SMITH.protect_copy(book, copy)
    SMITH.delete_copy(book, copy, [folder])
    assert not copy.path.exists()
    assert read_manifest(copy.path) is None


def test_the_last_good_backup_is_never_missed(changed, folder):
    """Nothing is deleted unless a whole backup under the present passphrase is there."""
    book, former, last = changed
    content = bytearray(last.path.read_bytes())
    content[3 * 4096 + 9] ^= 1
    last.path.write_bytes(content)
    for copy in SMITH.older_copies(book, [folder], former):
        with pytest.raises(RefusedProblem, match="不能删除旧的"):
            SMITH.delete_copy(book, copy, [folder])
        assert copy.path.exists()


def test_a_book_without_a_passphrase_has_no_older_copies(book, folder):
    Shelf().back_up(book, folder, NOW)
    assert SMITH.older_copies(book, [folder]) == ()


def test_a_plain_export_holds_everything_and_names_its_hash(changed, folder):
    book, _, _ = changed
    target = folder / "存档.sqlite"
    digest = SMITH.export_plain(book, target)
    assert digest == sha256_of(target)
    plain = sqlite3.connect(target)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain.execute("PRAGMA user_version").fetchone() == (2,)
    everything = rows_of(book.path, _key(SMITH.key_in_use(book)))
    ours = {name: rows for name, rows in everything.items() if not name.startswith("search_index")}
    for table, rows in ours.items():
        assert sorted(plain.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) == sorted(
            rows, key=repr
        )
    plain.close()
    assert len(ours) > 10
    with pytest.raises(WouldOverwriteProblem):
        SMITH.export_plain(book, target)


def _key(recovery):
    return keys.BookKey(recovery.key, recovery.salt)
