"""A report of every crash, without personal data, told of at the next start; and a log that stays small and silent."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QDesktopServices

from branchbook.ui.crash_report import KEPT, CrashReports
from branchbook.ui.error_log import MOST_BYTES, RotatingLog, without_particulars
from tests.ui.running_program import program as program

NOW = datetime(2026, 11, 24, 14, 32, tzinfo=UTC)
CRASH = """
import faulthandler, sys
from datetime import UTC, datetime
from pathlib import Path
from branchbook.ui.crash_report import CrashReports
reports = CrashReports(Path(sys.argv[1]))
reports.begin(datetime(2026, 11, 24))
def 王某某():
    faulthandler._sigabrt()
王某某()
"""


def crashed(reports: CrashReports, number: str = "999999198001010015") -> None:
    try:
        raise ValueError(f"王某某 {number}")
    except ValueError as error:
        reports.uncaught(error, NOW)


class TestReport:
    def test_an_error_that_nobody_caught_leaves_where_and_not_about_whom(self, tmp_path):
        (tmp_path / "branchbook.log").write_text("2026-11-24 ERROR KeyError at x.py:1 f\n", "utf-8")
        reports = CrashReports(tmp_path)
        crashed(reports)
        path = reports.untold()
        assert path is not None
        text = path.read_text("utf-8")
        for word in ("ValueError at test_crash_report.py", "版本", "KeyError at x.py:1", "没有姓名"):
            assert word in text
        for word in ("王某某", "999999", str(tmp_path)):
            assert word not in text

    def test_it_is_told_once_and_the_user_keeps_it(self, tmp_path):
        reports = CrashReports(tmp_path)
        crashed(reports)
        path = reports.untold()
        assert reports.untold() is None
        assert path.is_file()

    def test_a_fault_of_a_library_becomes_a_report_at_the_next_start(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", CRASH, str(tmp_path)], capture_output=True, timeout=60
        )
        assert done.returncode != 0
        reports = CrashReports(tmp_path)
        reports.begin(NOW)
        text = reports.untold().read_text("utf-8")
        reports.end()
        assert "Aborted" in text or "abort" in text.lower()
        assert not list(reports.folder.glob("native-*"))

    def test_paths_of_this_computer_are_left_out(self, tmp_path):
        reports = CrashReports(tmp_path)
        reports.folder.mkdir()
        native = 'Fatal Python error: Segmentation fault\n  File "/opt/王某某/ui/rail.py", line 3 in show\n'
        (reports.folder / "native-999999999.txt").write_text(native, "utf-8")
        reports.begin(NOW)
        text = reports.untold().read_text("utf-8")
        reports.end()
        assert 'File "rail.py", line 3' in text
        assert "王某某" not in text

    def test_only_the_latest_are_kept(self, tmp_path):
        reports = CrashReports(tmp_path)
        for minute in range(KEPT + 3):
            reports.uncaught(ValueError(), NOW.replace(minute=minute))
        assert len(list(reports.folder.iterdir())) == KEPT

    def test_a_folder_that_can_not_be_written_is_no_further_fault(self, tmp_path):
        (tmp_path / "file").write_text("x")
        reports = CrashReports(tmp_path / "file")
        reports.begin(NOW)
        crashed(reports)
        assert reports.untold() is None
        reports.end()

    def test_the_next_start_tells_where_it_lies_and_that_drafts_are_there(
        self, program, tmp_path, monkeypatch
    ):
        shown: list[Any] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
        reports = CrashReports(tmp_path)
        crashed(reports)
        program.application.tell_of_report(reports.untold())
        banner = program.application.window.banner
        assert banner.isVisibleTo(program.application.window)
        assert "草稿" in banner.text
        assert str(reports.folder) in banner.text
        banner.stops()[0].click()
        assert shown[0].toLocalFile().endswith(".txt")


class TestLog:
    def test_it_goes_on_in_a_new_file_and_keeps_one(self, tmp_path):
        path = tmp_path / "branchbook.log"
        handler = RotatingLog(path, encoding="utf-8")
        line = logging.LogRecord("branchbook", logging.ERROR, "", 0, "x" * (MOST_BYTES // 4), (), None)
        for _ in range(13):
            handler.emit(line)
        handler.close()
        sizes = {each.name: each.stat().st_size for each in tmp_path.iterdir()}
        assert set(sizes) == {"branchbook.log", "branchbook.log.1"}
        assert max(sizes.values()) < 2 * MOST_BYTES

    @pytest.mark.parametrize(
        "said",
        [
            'QFile::open: "/opt/王某某/名册.xlsx" denied',
            "cannot read /opt/data/999999198001010015.png",
            "file:///opt/a.pdf and C:\\name\\b.pdf",
            "姓名 王某某 电话 13800000000",
        ],
    )
    def test_what_qt_says_is_logged_without_names_and_numbers(self, said):
        kept = without_particulars(said)
        assert not any(word in kept for word in ("王某某", "999999", "138000", "opt", "name\\"))

    @given(st.text())
    def test_no_text_but_ascii_and_no_long_number_is_left(self, said):
        kept = without_particulars(said)
        assert kept.isascii()
        assert "99999" not in without_particulars(said + "99999")
