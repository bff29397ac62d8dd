from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.ui.commands import Progress, SaveState, SaveStatus
from branchbook.ui.status_line import StatusLine, backup_words, save_words
from branchbook.ui.theme import Tone

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "status,words,tone",
    [
        (SaveStatus(SaveState.NOTHING), "没有改动", Tone.QUIET),
        (SaveStatus(SaveState.SAVING, NOW), "正在保存…", Tone.QUIET),
        (SaveStatus(SaveState.SAVED, NOW), "已保存 09:05", Tone.QUIET),
        (SaveStatus(SaveState.NOT_SAVED, NOW, "磁盘已满"), "未保存：磁盘已满", Tone.BAD),
    ],
)
def test_it_says_how_the_work_stands_and_why(status, words, tone):
    said, _, told = save_words(status)
    assert (said, told) == (words, tone)


@pytest.mark.parametrize(
    "age,words,tone",
    [
        (timedelta(hours=1), "今天已备份 · 已校验", Tone.QUIET),
        (timedelta(hours=10), "备份 1 天前 · 已校验", Tone.QUIET),
        (timedelta(days=14), "备份 14 天前 · 已校验", Tone.QUIET),
        (timedelta(days=15), "备份 15 天前 · 已校验", Tone.WARN),
        (timedelta(days=-1), "今天已备份 · 已校验", Tone.QUIET),
    ],
)
def test_the_age_of_a_backup_is_told_in_days_of_the_calendar(age, words, tone):
    assert backup_words(NOW - age, NOW) == (words, tone)


def test_a_book_without_a_backup_is_warned_of():
    assert backup_words(None, NOW) == ("还没有备份", Tone.WARN)


@pytest.fixture
def line(shown):
    made = StatusLine()
    made.resize(1190, 28)
    return shown(made)


@pytest.mark.parametrize(
    "locked,read_only,words",
    [
        (False, False, "未加密"),
        (True, False, "已加密"),
        (True, True, "只读，不能修改"),
        (False, True, "只读，不能修改"),
    ],
)
def test_it_says_whether_the_book_is_locked_or_read_only(line, locked, read_only, words):
    line.show_protection(locked=locked, read_only=read_only)
    assert line.protection.words.text() == line.protection.accessibleName() == words


def test_it_says_nothing_without_a_book(line):
    line.show_saved(SaveStatus(SaveState.SAVED, NOW))
    line.show_backup(None, NOW)
    assert line.saved.isVisible()
    line.clear()
    assert not line.saved.isVisible()
    assert not line.backup.isVisible()


def test_a_job_shows_how_far_it_is_and_can_be_cancelled_by_keys(line, qtbot):
    progress = Progress("生成手册")
    line.show_job(progress)
    (strip,) = line.jobs
    assert strip.bar.maximum() == 0
    progress.report(31, 98, "第 31 页")
    QApplication.processEvents()
    assert (strip.bar.value(), strip.bar.maximum()) == (31, 98)
    assert strip.words.text() == "生成手册 · 第 31 页"
    assert strip.cancel.accessibleName() == "取消：生成手册"
    strip.cancel.setFocus()
    qtbot.keyClick(strip.cancel, Qt.Key.Key_Space)
    assert progress.cancelled
    assert "正在停下" in strip.words.text()
    line.end_job(progress)
    assert line.jobs == ()


def test_several_jobs_stand_side_by_side(line):
    jobs = [Progress("备份"), Progress("生成手册")]
    for job in jobs:
        line.show_job(job)
    line.end_job(jobs[0])
    line.end_job(jobs[0])
    assert len(line.jobs) == 1
