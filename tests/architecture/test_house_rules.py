"""Every rule is tried on a text that breaks it and one that obeys it, then holds the whole program to itself."""

import pytest

from tests.architecture import rules
from tests.architecture.checkout import CHECKOUT, SOURCE, faults_in, python_files, tracked_files


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import urllib.request",
        "from http.client import HTTPConnection",
        "from urllib.parse import quote",
        "def later():\n    import ssl",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "from PySide6.QtNetwork import QLocalServer, QTcpSocket",
        "from PySide6 import QtNetwork",
        "import PySide6.QtNetwork",
        "import asyncio",
        "from logging.handlers import RotatingFileHandler",
        "from logging import handlers",
        "import importlib\nimportlib.import_module('http.client')",
        "__import__('socket')",
    ],
)
def test_a_way_to_the_internet_is_found(line):
    assert rules.network_faults(line)


@pytest.mark.parametrize(
    "line",
    [
        "from PySide6.QtNetwork import QLocalServer, QLocalSocket",
        "from PySide6.QtCore import QUrl",
        "import branchbook.services.http_words",
    ],
)
def test_the_single_instance_socket_is_allowed(line):
    assert rules.network_faults(line) == []


def test_the_program_has_no_way_to_the_internet():
    assert faults_in(python_files(SOURCE), rules.network_faults) == []


def test_the_window_holds_no_address_of_the_internet():
    assert rules.address_faults('QDesktopServices.openUrl(QUrl("https://example.org"))')
    assert rules.address_faults('QUrl.fromLocalFile("a http://")') == []
    assert faults_in(python_files(SOURCE / "ui", SOURCE / "cli"), rules.address_faults) == []


@pytest.mark.parametrize(
    "line",
    ["from PySide6.QtPdf import QPdfDocument", "from PySide6 import QtCharts", "import PySide6.QtPdfWidgets"],
)
def test_a_qt_module_outside_essentials_is_found(line):
    assert rules.unused_qt_faults(line)


def test_the_program_needs_only_qt_essentials():
    assert rules.unused_qt_faults("from PySide6.QtSvg import QSvgRenderer") == []
    assert faults_in(python_files(SOURCE), rules.unused_qt_faults) == []


def test_nothing_is_pickled():
    assert rules.pickle_faults("import pickle")
    assert rules.pickle_faults("from marshal import loads")
    assert faults_in(python_files(SOURCE), rules.pickle_faults) == []


@pytest.mark.parametrize(
    "line",
    ["date.today()", "datetime.now(UTC)", "datetime.datetime.now()", "datetime.date.today()", "time.time()"],
)
def test_reading_the_clock_is_found(line):
    assert rules.clock_faults(line)


def test_no_rule_reads_the_clock():
    assert rules.clock_faults("date(2026, 5, 8)\nrecord.today()\n") == []
    rooms = [SOURCE / room for room in ("domain", "catalogue", "services")]
    assert faults_in(python_files(*rooms), rules.clock_faults) == []


@pytest.mark.parametrize(
    "line",
    [
        'self.tr(f"应到 {n} 名")',
        'self.tr("应到 " + str(n))',
        'self.tr("应到 {n} 名".format(n=n))',
        'QCoreApplication.translate("Desk", f"{n} 项")',
        'self.tr("Save as")',
    ],
)
def test_a_text_that_lupdate_cannot_match_or_is_not_chinese_is_found(line):
    assert rules.translation_faults(line)


@pytest.mark.parametrize(
    "line",
    [
        'self.tr("应到 {n} 名").format(n=n)',
        'self.tr("保存为 PDF")',
        'self.tr("PDF")',
        'self.tr("{done} / {all}")',
    ],
)
def test_a_plain_chinese_text_may_be_translated(line):
    assert rules.translation_faults(line) == []


def test_every_text_of_the_window_can_be_extracted():
    assert faults_in(python_files(SOURCE), rules.translation_faults) == []


@pytest.mark.parametrize("line", ["class BookManager: ...", "class PersonData: ...", "class PathUtils: ..."])
def test_a_class_name_that_says_nothing_is_found(line):
    assert rules.name_faults(line)


def test_every_class_says_what_it_is():
    assert rules.name_faults("class Attendance: ...\nclass DataMatrix: ...") == []
    assert faults_in(python_files(SOURCE), rules.name_faults) == []
    files = {path.stem for path in python_files(SOURCE)}
    assert files & {"utils", "util", "helpers", "helper", "misc", "common", "manager"} == set()


def test_tables_of_the_window_have_models():
    assert rules.item_widget_faults("from PySide6.QtWidgets import QTableWidget")
    assert rules.item_widget_faults("from PySide6.QtWidgets import QTableView") == []
    assert faults_in(python_files(SOURCE), rules.item_widget_faults) == []


@pytest.mark.parametrize(
    "line",
    [
        "import time\ntime.sleep(1)",
        "qtbot.wait(20)",
        "from unittest.mock import Mock",
        "from unittest import mock",
    ],
)
def test_sleeping_and_mocking_are_found(line):
    assert rules.waiting_faults(line)


def test_no_test_sleeps_or_mocks():
    assert rules.waiting_faults("qtbot.waitUntil(lambda: done)") == []
    assert faults_in(python_files(CHECKOUT / "tests"), rules.waiting_faults) == []


@pytest.mark.parametrize(
    "text", ["see /ro" "ot/notes", "in /wor" "k/main/x", "https://py" "pi.org/simple", r"C:\Use" r"rs\somebody"]
)  # fmt: skip
def test_a_folder_of_one_machine_or_a_registry_is_found(text):
    assert rules.machine_faults(text)


@pytest.mark.parametrize("text", ["/usr/share/applications", "docs/work/plan", "$HOME/work/", "~/root/x"])
def test_a_folder_of_every_machine_may_be_named(text):
    assert rules.machine_faults(text) == []


def test_no_file_names_a_machine_or_a_registry():
    texts = []
    for path in tracked_files():
        try:
            texts.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a font, a picture, a workbook
    faults = [
        f"{path.relative_to(CHECKOUT)} {fault}"
        for path, text in texts
        for fault in rules.machine_faults(text)
    ]
    assert faults == []
