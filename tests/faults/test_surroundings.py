"""What happens around the program: a stick pulled out, rights lost, a clock set back, links where a file was."""

from __future__ import annotations

import os
import subprocess
import sys
from uuid import uuid4

import pytest

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.meetings import save_record
from branchbook.services.undo import undo
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import verify
from branchbook.storage.shelf import Shelf
from tests.faults.kill_trials import BOOK, clean, filled, opened, record
from tests.services.small_book import actor
from tests.storage.conftest import mounted


@pytest.fixture
def folder(tmp_path):
    """A folder with a small book in it."""
    filled(tmp_path)
    return tmp_path


@pytest.mark.parametrize("late", [False, True], ids=["at the first step", "when all is copied"])
def test_a_stick_that_is_pulled_out_during_a_backup_gives_an_error_and_costs_nothing(folder, late):
    stick = folder / "U盘"
    book = opened(folder)
    pulled = False

    def pull(done: int, total: int) -> bool:
        nonlocal pulled
        if not pulled and (done >= total or not late):
            subprocess.run(["umount", "-l", str(stick)], check=True)
            pulled = True
        return True

    with mounted(stick, "size=16m"):
        try:
            with pytest.raises(Problem) as caught:
                Shelf().back_up(book, stick, actor().now, pull)
        finally:
            # The fixture's own unmounting wants something that is mounted.
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(stick)], check=False)
    assert any("\u4e00" <= each <= "\u9fff" for each in caught.value.what)
    save_record(book, record(uuid4(), "拔出之后"), actor())
    book.close()
    clean(folder / BOOK)
    assert Shelf().backups_in(stick) == ()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything: not run")
def test_a_book_whose_rights_are_lost_is_refused_and_left_alone(folder):
    path = folder / BOOK
    before = verify(path).sha256
    path.chmod(0)
    with pytest.raises(RefusedProblem):
        opened(folder)
    path.chmod(0o600)
    assert verify(path).sha256 == before


def test_a_clock_that_was_set_back_keeps_the_order_of_the_history(folder):
    book = opened(folder)
    first = save_record(book, record(uuid4(), "先"), actor(600))
    second = save_record(book, record(uuid4(), "后，时钟已被拨回"), actor(-600_000))
    with book.reading() as reading:
        latest, before = reading.operations(2)
    assert (latest.head.id, before.head.id) == (second.changes.operation_id, first.changes.operation_id)
    assert latest.head.at < before.head.at
    undo(book, latest.head.id, actor(-600_001), actor(-700_000).now)
    backups = folder / "备份"
    backups.mkdir()
    shelf = Shelf()
    late = shelf.back_up(book, backups, actor(600).now)
    early = shelf.back_up(book, backups, actor(-600_000).now)
    again = shelf.back_up(book, backups, actor(-600_000).now)
    book.close()
    assert len({late.path, early.path, again.path}) == 3
    assert all(verify(each.path).whole for each in (late, early, again))
    clean(folder / BOOK)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows: not run")
class TestLinks:
    def test_a_linked_book_is_one_book_with_one_lock(self, folder):
        link = folder / "快捷方式.branchbook"
        link.symlink_to(folder / BOOK)
        book = opened(folder)
        with pytest.raises(RefusedProblem):
            Shelf().open(link, None, writable=True, holder="另一个")
        book.close()
        linked = Shelf().open(link, None, writable=True, holder="试用员")
        save_record(linked, record(uuid4(), "经链接写入"), actor())
        linked.close()
        assert link.is_symlink()
        clean(folder / BOOK)

    def test_a_linked_backup_folder_is_written_through(self, folder):
        real = folder / "真正的文件夹"
        real.mkdir()
        (folder / "备份").symlink_to(real)
        book = opened(folder)
        made = Shelf().back_up(book, folder / "备份", actor().now)
        book.close()
        assert (real / made.path.name).is_file()
        assert verify(made.path).whole

    def test_a_link_that_lies_where_a_backup_would_go_is_not_written_through(self, folder):
        backups, victim = folder / "备份", folder / "无关.txt"
        backups.mkdir()
        victim.write_text("原样", encoding="utf-8")
        book = opened(folder)
        made = Shelf().back_up(book, backups, actor().now)
        made.path.unlink()
        made.path.symlink_to(victim)
        again = Shelf().back_up(book, backups, actor().now)
        book.close()
        assert victim.read_text(encoding="utf-8") == "原样"
        assert again.path != made.path

    def test_a_link_is_not_restored_over(self, folder):
        backups, victim = folder / "备份", folder / "无关.txt"
        backups.mkdir()
        victim.write_text("原样", encoding="utf-8")
        book = opened(folder)
        made = Shelf().back_up(book, backups, actor().now)
        book.close()
        target = folder / "恢复.branchbook"
        target.symlink_to(victim)
        with pytest.raises(Problem):
            StoredBackups().restore(made.path, target)
        assert victim.read_text(encoding="utf-8") == "原样"
