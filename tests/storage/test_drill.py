"""试一试备份能不能恢复: what holds is said, what does not is found, and nothing is left behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import sha256_of
from branchbook.storage.history_chain import fill_chain
from branchbook.storage.manifest import manifest_path
from branchbook.storage.shelf import Shelf
from tests.storage.backups import NOW, add_person, back_up, damage
from tests.storage.conftest import make_book
from tests.storage.example import attached, head, meeting
from tests.storage.test_damage import change

KEPT = sorted((Path(__file__).parent / "books").glob("*.book"))


@pytest.fixture(autouse=True)
def room(tmp_path, monkeypatch):
    """A folder for temporary files of the test's own; it must be empty at the end."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def drill(backup, book=None, **more):
    return StoredBackups().drill(backup, NOW, book=book, **more)


def words(result):
    return [each.words for each in result.steps]


def test_a_fresh_backup_equals_the_book(book, folder):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(range(256)) * 100)))
    result = drill(back_up(book, folder).path, book)
    assert result.passed
    assert words(result) == [
        "备份文件与备份时记下的校验值一致",
        "恢复并完整校验：记录 1 份，人员 2 名，附件 1 个",
        "数量与备份时记下的一致",
        "与现在的簿逐项相同",
        "内容与操作记录、校验链相符",
        "恢复后能打开，读出组织 1 个",
    ]


def test_an_older_one_is_part_of_the_book(book, folder):
    backup = back_up(book, folder).path
    add_person(book)
    add_person(book, "周示例")
    result = drill(backup, book)
    assert result.passed
    assert "现在的簿又有 2 步操作" in words(result)[3]


def test_a_foreign_one_is_tried_without_comparing(book, folder, tmp_path):
    other = make_book(tmp_path / "另一本.branchbook")
    add_person(other)
    backup = back_up(other, folder).path
    other.close()
    result = drill(backup, book)
    assert result.passed
    assert "没有与它比较" in words(result)[3]


def test_damage_is_found(book, folder):
    backup = back_up(book, folder).path
    damage(backup)
    result = drill(backup, book)
    assert not result.passed
    assert [each.passed for each in result.steps] == [False, False]


def test_a_book_that_differs_under_the_same_history_is_found(book, folder):
    """An edit made outside the program leaves no line of history."""
    backup = back_up(book, folder).path
    book.file.connection.execute("UPDATE person SET name = '改过'")
    result = drill(backup, book)
    assert not result.passed
    assert "person" in words(result)[3]


def test_wrong_counts_are_found(book, folder):
    backup = back_up(book, folder).path
    text = manifest_path(backup).read_text("utf-8")
    manifest_path(backup).write_text(text.replace('"people": 2', '"people": 3'), "utf-8")
    assert "数量与备份时记下的不同" in words(drill(backup))


def test_a_protected_backup_needs_its_passphrase_or_the_open_book(tmp_path, folder):
    book = make_book(tmp_path / "密.branchbook", "口令")
    backup = back_up(book, folder).path
    assert drill(backup, book).passed
    book.close()
    assert drill(backup, passphrase="口令").passed
    with pytest.raises(RefusedProblem, match="口令"):
        drill(backup)


def test_cancelling_leaves_nothing(book, folder):
    with pytest.raises(RefusedProblem, match="已取消"):
        drill(back_up(book, folder).path, book, progress=lambda *_: False)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_backup_of_an_earlier_version_is_tried_with_its_upgrade(kept):
    before = sha256_of(kept)
    result = drill(kept)
    assert result.passed
    assert words(result)[0] == "没有说明文件，不能与备份时的校验值比较"
    assert sha256_of(kept) == before


def test_what_a_killed_drill_left_is_swept_after_a_day(book, folder, room):
    left = room / "branchbook-drill-x"
    left.mkdir()
    (left / "试恢复.branchbook").write_bytes(b"x")
    old = left.stat().st_mtime - 100_000
    os.utime(left, (old, old))
    assert drill(back_up(book, folder).path).passed


class TestPreview:
    def test_it_names_what_each_has_of_its_own(self, book, folder, tmp_path):
        backup = back_up(book, folder).path
        add_person(book, "后来的人")
        found = StoredBackups().preview(backup, book=book)
        assert (found.contents.people, found.compared.present.people) == (2, 3)
        assert found.compared.only_in_backup.nothing
        assert found.compared.only_in_book.people == ("后来的人",)
        assert found.compared.only_in_book.operations == 1
        assert not found.compared.diverged
        assert found.noted.verified_at == NOW

    def test_records_are_named_and_changed_ones_told(self, book, folder):
        backup = back_up(book, folder).path
        record = meeting()
        with book.writing(head("removed", hour=12)) as writing:
            writing.remove(type(record), record.id)
        compared = StoredBackups().preview(backup, book=book).compared
        (name,) = compared.only_in_backup.records
        assert (name.held_on, name.subject, name.kinds) == (record.held_on, record.subject, record.kinds)
        with book.writing(head("again", hour=13)) as writing:
            writing.put(record)
        compared = StoredBackups().preview(backup, book=book).compared
        assert [each.subject for each in compared.changed] == [record.subject]

    def test_two_that_went_their_own_ways_are_told(self, book, folder, tmp_path):
        twin_path = tmp_path / "那边.branchbook"
        twin_path.write_bytes(book.path.read_bytes())
        twin = Shelf().open(twin_path, None, writable=True, holder="")
        add_person(twin, "那边的人")
        backup = back_up(twin, folder).path
        twin.close()
        add_person(book, "这边的人")
        compared = StoredBackups().preview(backup, book=book).compared
        assert compared.diverged
        assert compared.only_in_backup.people == ("那边的人",)
        assert compared.only_in_book.people == ("这边的人",)

    @pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
    def test_an_earlier_version_is_compared_as_it_is(self, book, kept):
        found = StoredBackups().preview(kept, book=book)
        assert (found.noted, found.contents.records) == (None, 1)
        assert found.compared.changed == ()

    def test_nothing_is_written(self, book, folder):
        backup = back_up(book, folder).path
        before = {each.name: sha256_of(each) for each in folder.iterdir()}
        StoredBackups().preview(backup, book=book)
        assert {each.name: sha256_of(each) for each in folder.iterdir()} == before


def test_contents_that_are_not_what_the_history_says_are_found(book, folder):
    change(book.path, "UPDATE record SET subject = '换成别的'")
    result = drill(back_up(book, folder).path, book)
    assert not result.passed
    assert "与操作记录不符" in "".join(words(result))


def test_a_history_that_was_written_anew_is_found_by_the_backup_of_before(book, folder):
    """Every hash of it fits again; only what was kept elsewhere tells."""
    backup = back_up(book, folder).path
    add_person(book)
    connection = book.file.connection
    connection.execute("UPDATE operation SET who = '别人' WHERE number = 1")
    fill_chain(connection)
    result = drill(backup, book)
    assert not result.passed
    assert "操作记录与备份不同" in "".join(words(result))
