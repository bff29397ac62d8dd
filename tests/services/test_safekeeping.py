"""Backups as the program makes them: into the chosen folder, at exit, rotated, and spoken of when they are old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from branchbook.app import Workshop
from branchbook.domain.backups import BackupKind
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.services.import_safety import keep_before_import
from branchbook.services.operations import operate
from branchbook.services.program import ProgramSettings
from branchbook.services.safekeeping import (
    WORTH_A_BACKUP,
    BackupMeans,
    back_up_at_exit,
    back_up_now,
    backup_reminder,
    backup_state,
    choose_backup_folder,
    listed_backups,
)
from branchbook.services.settings import change_setting
from branchbook.storage.program_settings import JsonProgramSettings
from tests.services.small_book import actor, fill, small_book

ACTOR = actor()


def later(**time):
    return replace(ACTOR, now=ACTOR.now + timedelta(**time))


@pytest.fixture
def means(tmp_path):
    workshop = Workshop()
    settings = JsonProgramSettings(tmp_path / "设置" / "settings.json")
    return BackupMeans(workshop.shelf, workshop.backups, settings)


@pytest.fixture
def book(means, tmp_path):
    made = means.shelf.create(tmp_path / "示例.branchbook", "试用员")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def stick(means, book, tmp_path):
    """A folder that was chosen."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    choose_backup_folder(means, book.path, folder)
    return folder


def change(book):
    with operate(book, ACTOR, "添加人员") as operating:
        operating.writing.put(Person(uuid4(), "孙示例"))


def test_without_a_folder_it_says_so(means, book):
    with pytest.raises(RefusedProblem, match="还没有选定"):
        back_up_now(means, book, ACTOR)


def test_a_stick_that_is_not_there_is_told_and_nothing_is_written_elsewhere(means, book, stick, tmp_path):
    stick.rename(tmp_path / "抽屉里")
    with pytest.raises(RefusedProblem, match="找不到"):
        back_up_now(means, book, ACTOR)
    assert not stick.exists()


def test_a_backup_is_remembered_with_its_last_operation(means, book, stick):
    made = back_up_now(means, book, ACTOR).result
    state = backup_state(means.settings_file, book.path)
    assert state.folder == str(stick)
    assert state.age_days(later(days=3).now) == 3
    assert state.last.last_operation == made.last_operation
    assert listed_backups(means, book.path) == (made,)


def test_the_rotation_follows_the_settings_of_the_book(means, book, stick):
    for key, value in (("backups_of_days", 3), ("backups_of_weeks", 0), ("backups_of_months", 0)):
        change_setting(book, key, value, ACTOR)
    change_setting(book, "backups_of_years", 0, ACTOR)
    first = back_up_now(means, book, ACTOR).result
    for days in (1, 2):
        assert back_up_now(means, book, later(days=days)).removed == ()
    assert back_up_now(means, book, later(days=3)).removed == (first.path,)
    assert len(listed_backups(means, book.path)) == 3


def test_what_an_earlier_version_remembered_still_counts(means, book, stick):
    folders = {str(book.path.resolve()): str(stick)}
    means.settings_file.save(ProgramSettings(backup_folders=folders))
    assert back_up_now(means, book, ACTOR).result.path.parent == stick
    assert means.settings_file.load().backup_places[str(book.path.resolve())].marker


class TestAtExit:
    def test_what_changed_is_backed_up_once(self, means, book, stick):
        assert back_up_at_exit(means, book, ACTOR).result.path.parent == stick
        assert back_up_at_exit(means, book, later(minutes=1)) is None
        change(book)
        assert back_up_at_exit(means, book, later(minutes=2)) is not None

    def test_after_a_backup_by_hand_there_is_nothing_to_do(self, means, book, stick):
        back_up_now(means, book, ACTOR)
        assert back_up_at_exit(means, book, later(minutes=1)) is None

    def test_it_may_be_switched_off(self, means, book, stick):
        change_setting(book, "backup_at_exit", False, ACTOR)
        assert back_up_at_exit(means, book, ACTOR) is None

    def test_a_stick_that_is_not_there_keeps_nothing_from_closing(self, means, book, stick, tmp_path):
        stick.rename(tmp_path / "抽屉里")
        assert back_up_at_exit(means, book, ACTOR) is None

    def test_it_writes_no_operation(self, means, book, stick):
        with book.reading() as reading:
            before = reading.operations(1)
        back_up_at_exit(means, book, ACTOR)
        with book.reading() as reading:
            assert reading.operations(1) == before


class TestReminder:
    def test_it_comes_after_as_many_days_as_the_book_wants(self, means, book, stick):
        back_up_now(means, book, ACTOR)
        assert backup_reminder(means.settings_file, book, later(days=14).now) == ""
        assert "15 天" in backup_reminder(means.settings_file, book, later(days=15).now)
        change_setting(book, "backup_reminder_days", 30, ACTOR)
        assert backup_reminder(means.settings_file, book, later(days=15).now) == ""

    def test_a_book_never_backed_up_is_spoken_of_once_there_is_something_in_it(self, means, tmp_path):
        book = means.shelf.create(tmp_path / "新.branchbook", "试用员")
        assert backup_reminder(means.settings_file, book, ACTOR.now) == ""
        for _ in range(WORTH_A_BACKUP):
            change(book)
        assert "还没有" in backup_reminder(means.settings_file, book, ACTOR.now)
        book.close()


class TestBeforeAnImport:
    def test_the_book_is_kept_beside_it(self, book):
        workshop = Workshop()
        kept = keep_before_import(workshop, book, ACTOR)
        (found,) = workshop.shelf.backups_in(book.path.parent)
        assert (found.path, found.kind, found.pinned) == (kept, BackupKind.PRE_IMPORT, True)

    def test_the_very_same_is_not_kept_twice(self, book):
        workshop = Workshop()
        first = keep_before_import(workshop, book, ACTOR)
        assert keep_before_import(workshop, book, later(minutes=1)) == first
        change(book)
        assert keep_before_import(workshop, book, later(minutes=2)) != first

    def test_an_empty_book_needs_none(self, tmp_path):
        workshop = Workshop()
        book = workshop.shelf.create(tmp_path / "新.branchbook", "试用员")
        assert keep_before_import(workshop, book, ACTOR) is None
        book.close()

    def test_a_book_that_is_not_on_the_disk_needs_none(self):
        assert keep_before_import(Workshop(), small_book(), ACTOR) is None
