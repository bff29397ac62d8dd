"""What lies around the window: the input method's name, Qt in Chinese, one window per book, dialogs."""

import hashlib
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QFileDialog, QWidget

from branchbook.resources import resource_path
from branchbook.ui import dialogs, input_method
from branchbook.ui.input_method import input_method_for
from branchbook.ui.single_instance import FirstWindow, ask_first_window, bring_forward, server_name
from branchbook.ui.translations import speak_chinese

WHEEL = ("libcomposeplatforminputcontextplugin.so", "libibusplatforminputcontextplugin.so")
X11 = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}


class TestInputMethod:
    @pytest.mark.parametrize(
        "environment,plugins,platform,expected",
        [
            ({**X11, "QT_IM_MODULE": "fcitx"}, WHEEL, "linux", "ibus"),
            ({**X11, "QT_IM_MODULE": "fcitx5"}, WHEEL, "linux", "ibus"),
            ({**X11, "QT_IM_MODULE": "Fcitx"}, WHEEL, "linux", "ibus"),
            ({**X11, "QT_IM_MODULE": "ibus"}, WHEEL, "linux", None),
            ({**X11, "QT_IM_MODULE": "xim"}, WHEEL, "linux", None),
            (X11, WHEEL, "linux", None),
            # A plugin that was built for this Qt is better than the detour.
            ({**X11, "QT_IM_MODULE": "fcitx"}, (*WHEEL, "libfcitx5platforminputcontextplugin.so"), "linux", None),
            # Under Wayland the compositor brings the input method; under XWayland it is X11 again.
            (
                {**X11, "QT_IM_MODULE": "fcitx", "XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0"},
                WHEEL, "linux", None,
            ),
            (
                {
                    "QT_IM_MODULE": "fcitx", "XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0",
                    "DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb",
                },
                WHEEL, "linux", "ibus",
            ),
            ({**X11, "QT_IM_MODULE": "fcitx", "QT_QPA_PLATFORM": "wayland;xcb"}, WHEEL, "linux", None),
            ({"QT_IM_MODULE": "fcitx"}, WHEEL, "linux", None),
            ({**X11, "QT_IM_MODULE": "fcitx"}, WHEEL, "win32", None),
        ],
    )  # fmt: skip
    def test_fcitx_is_reached_by_the_ibus_protocol_on_x11(self, environment, plugins, platform, expected):
        assert input_method_for(environment, plugins, platform) == expected

    def test_the_wheel_carries_ibus_and_no_fcitx(self):
        names = " ".join(input_method.plugin_files())
        assert "ibus" in names
        assert "fcitx" not in names

    def test_only_the_one_variable_is_touched(self):
        environment = {**X11, "QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
        input_method.settle(environment, "linux")
        assert environment == {**X11, "QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}
        untouched = dict(X11)
        input_method.settle(untouched, "linux")
        assert untouched == X11

    def test_asking_needs_no_window(self):
        """The rule runs before QApplication is made, so that loading it must not load the widgets."""
        code = "import sys, branchbook.ui.input_method; print('PySide6.QtWidgets' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"


def test_qt_speaks_chinese(qapp):
    before = QLocale()
    try:
        assert speak_chinese(qapp)
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
        assert QLocale().name() == "zh_CN"
        assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"
    finally:
        QLocale.setDefault(before)


def test_what_qts_translation_lacks_is_compiled_as_it_is_written(qapp):
    """The .qm that is loaded is made of the .ts beside it."""
    source = ElementTree.parse(resource_path("translations/file_dialogs_zh_CN.ts"))
    compiled = QTranslator()
    assert compiled.load(str(resource_path("translations/file_dialogs_zh_CN.qm")))
    for context in source.iter("context"):
        for message in context.iter("message"):
            found = compiled.translate(context.findtext("name", ""), message.findtext("source", ""))
            assert found == message.findtext("translation")


class TestOneWindowPerBook:
    @pytest.fixture
    def book(self, tmp_path):
        return tmp_path / "示例 党支部.branchbook"

    def test_the_name_is_a_hash_of_the_real_path(self, book, tmp_path):
        expected = hashlib.sha256(str(book.resolve()).encode()).hexdigest()[:24]
        assert server_name(book) == f"branchbook-{expected}"
        assert server_name(tmp_path / "x" / ".." / book.name) == server_name(book)
        assert server_name(tmp_path / "别的.branchbook") != server_name(book)

    def test_nobody_answers_for_a_book_that_is_not_open(self, book, qapp):
        assert not ask_first_window(book)

    def test_a_second_start_raises_the_first_window(self, book, qtbot):
        first = FirstWindow(book)
        assert first.listening
        with qtbot.waitSignal(first.asked):
            assert ask_first_window(book)
        with qtbot.waitSignal(first.asked):
            assert ask_first_window(book)
        first.close()
        assert not ask_first_window(book)

    def test_what_a_killed_program_left_behind_does_not_block(self, book, qtbot):
        left = QLocalServer()
        assert left.listen(server_name(book))
        first = FirstWindow(book)
        assert first.listening
        first.close()
        left.close()

    def test_the_window_comes_forward(self, shown):
        window = shown(QWidget())
        window.showMinimized()
        bring_forward(window)
        assert not window.isMinimized()
        assert window.isVisible()


class TestFileDialogs:
    @pytest.mark.parametrize(
        "typed,expected",
        [("示例", "示例.branchbook"), ("示例.branchbook", "示例.branchbook"), ("示例.pdf", "示例.pdf")],
    )
    def test_a_name_without_an_ending_gets_it(self, tmp_path, monkeypatch, typed, expected):
        answer = str(tmp_path / typed)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answer, ""))
        files = dialogs.DialogFiles(None, tmp_path)
        assert files.save_file("存放", "支部手册 (*.branchbook)", "x.branchbook") == tmp_path / expected

    def test_giving_up_is_none_and_the_folder_is_remembered(self, tmp_path, monkeypatch):
        starts = []

        def answer(parent, title, start, pattern):
            starts.append(start)
            return (str(tmp_path / "甲" / "花名册.xlsx") if len(starts) == 1 else "", "")

        monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
        files = dialogs.DialogFiles(None, tmp_path)
        assert files.open_file("导入", "表格 (*.xlsx)") == tmp_path / "甲" / "花名册.xlsx"
        assert files.open_file("导入", "表格 (*.xlsx)") is None
        assert starts == [str(tmp_path), str(tmp_path / "甲")]
