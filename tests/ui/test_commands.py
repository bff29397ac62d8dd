"""The boundary: answers come to the window's thread, errors never cross it, changes reach every place."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.operations import Outcome
from branchbook.ui.commands import CancelledByUser, Commands, SaveState
from branchbook.ui.error_log import LOG_FILE, MOST_BYTES, describe, start_log
from branchbook.ui.widgets.banner import Banner
from tests.ui.conftest import NOW, changes, nothing_to_undo
from tests.ui.executors import WhenTold


@pytest.fixture
def slow(qapp):
    executor = WhenTold()
    made = Commands(executor, lambda: NOW, nothing_to_undo, nothing_to_undo)
    yield made, executor
    made.deleteLater()


class PlaceWithBanner(QWidget):
    """What `Commands` knows of a place: a banner, and widgets inside that own calls."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(self)
        self.inner = QWidget(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addWidget(self.inner)


@pytest.fixture
def place(qtbot):
    widget = PlaceWithBanner()
    qtbot.addWidget(widget)
    return widget


def refuse():
    raise RefusedProblem("该月已有记录", "2026年3月", "请打开那一条")


def test_an_answer_comes_back_on_the_windows_thread(qtbot):
    threads = {}

    def question():
        threads["asked"] = threading.get_ident()
        return 19

    with ThreadPoolExecutor(1) as pool:
        commands = Commands(pool, lambda: NOW, nothing_to_undo, nothing_to_undo)
        answers = []
        commands.ask(question, lambda value: answers.append((value, QThread.currentThread())))
        qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(19, QApplication.instance().thread())]
    assert threads["asked"] != threading.get_ident()


def test_asking_returns_before_the_answer(slow):
    commands, executor = slow
    answers: list[Any] = []
    commands.ask(lambda: 1, answers.append)
    assert not commands.idle
    executor.carry_out()
    assert answers == []
    QApplication.processEvents()
    assert answers == [1]
    assert commands.idle


def test_an_operation_gives_its_value_then_tells_its_changes(commands, settled):
    order = []
    commands.changed.connect(lambda told: order.append(("changed", told.touches("record"))))
    commands.do(lambda: Outcome("记录", changes("record")), lambda value: order.append(("then", value)))
    settled(commands)
    assert order == [("then", "记录"), ("changed", True)]


def test_an_operation_that_touched_nothing_tells_nobody(commands, settled, qtbot):
    with qtbot.assertNotEmitted(commands.changed):
        commands.do(lambda: Outcome(None, changes()))
        settled(commands)


def test_saving_is_said_while_it_lasts_and_saved_with_its_time(slow):
    commands, executor = slow
    said: list[Any] = []
    commands.status_changed.connect(said.append)
    commands.do(lambda: Outcome(None, changes("person")))
    assert commands.status.state == SaveState.SAVING
    executor.carry_out()
    QApplication.processEvents()
    assert [(each.state, each.at) for each in said] == [(SaveState.SAVING, None), (SaveState.SAVED, NOW)]


def test_saved_is_said_only_when_nothing_is_left_to_save(slow):
    commands, executor = slow
    commands.keep(lambda: None)
    commands.keep(lambda: None)
    executor.carry_out()
    QApplication.processEvents()
    assert commands.status.state == SaveState.SAVING
    executor.carry_out()
    QApplication.processEvents()
    assert commands.status.state == SaveState.SAVED


def test_a_draft_leaves_no_changes(commands, settled, qtbot):
    with qtbot.assertNotEmitted(commands.changed):
        commands.keep(lambda: "草稿")
        settled(commands)
    assert commands.status.state == SaveState.SAVED


def test_long_work_that_changed_the_book_says_saved(commands, settled):
    commands.work("导入", lambda progress: Outcome(3, changes("person")))
    settled(commands)
    assert commands.status.state == SaveState.SAVED


def test_long_work_that_only_looked_says_nothing(commands, settled):
    commands.work("检查", lambda progress: 3)
    settled(commands)
    assert commands.status.state == SaveState.NOTHING


def test_a_refused_step_leaves_saved_what_was_saved(commands, settled):
    """还缺议题 refuses 定稿; the record itself is in the book, and the status line must not deny it."""
    commands.keep(lambda: None)
    commands.do(refuse, step=True, failed=lambda problem: None)
    settled(commands)
    assert commands.status.state == SaveState.SAVED


def test_a_refused_operation_says_not_saved(commands, settled):
    commands.keep(lambda: None)
    commands.do(refuse, failed=lambda problem: None)
    settled(commands)
    assert commands.status.state == SaveState.NOT_SAVED


def test_a_question_does_not_say_saving(slow):
    commands, executor = slow
    commands.ask(lambda: 1, lambda value: None)
    assert commands.status.state == SaveState.NOTHING
    executor.carry_out()
    QApplication.processEvents()
    assert commands.status.state == SaveState.NOTHING


def test_a_problem_stands_in_the_banner_of_its_place(commands, settled, place):
    commands.ask(refuse, lambda value: None, owner=place.inner)
    settled(commands)
    assert place.banner.isVisibleTo(place)
    assert place.banner.text == "该月已有记录：2026年3月\n请打开那一条"


def test_a_problem_goes_to_the_field_that_asked_for_it(commands, settled, place):
    seen: list[Any] = []
    commands.do(refuse, owner=place, failed=seen.append)
    settled(commands)
    assert [each.where for each in seen] == ["2026年3月"]
    assert not place.banner.isVisibleTo(place)
    assert commands.status.state == SaveState.NOT_SAVED
    assert commands.status.why == "该月已有记录"


def test_a_problem_without_a_place_goes_to_the_window(commands, settled, qtbot):
    with qtbot.waitSignal(commands.problem) as told:
        commands.undo()
        settled(commands)
    assert told.args[0].what == "没有可以撤销的操作"


def test_an_unexpected_error_is_one_sentence_on_the_screen_and_no_name_in_the_log(
    commands, settled, place, caplog
):
    def break_down():
        raise ValueError("张三 110101199003074578")

    with caplog.at_level(logging.ERROR, "branchbook"):
        commands.do(break_down, owner=place)
        settled(commands)
    assert "程序内部出错" in place.banner.text
    assert "张三" not in place.banner.text
    assert "Traceback" not in place.banner.text
    assert "ValueError at test_commands.py" in caplog.text
    assert "张三" not in caplog.text
    assert "110101" not in caplog.text


def test_a_place_that_is_gone_hears_nothing(slow, qtbot):
    commands, executor = slow
    answers: list[Any]
    owner, answers = QWidget(), []
    commands.ask(lambda: 1, answers.append, owner=owner)
    shiboken6.delete(owner)
    executor.carry_out()
    QApplication.processEvents()
    assert answers == []


def test_only_the_latest_question_of_a_key_is_answered(slow, place):
    commands, executor = slow
    answers: list[Any] = []
    commands.ask(lambda: "旧", answers.append, owner=place, key="list")
    commands.ask(lambda: "新", answers.append, owner=place, key="list")
    commands.ask(lambda: "别的", answers.append, owner=place, key="page")
    executor.carry_out(1)
    executor.carry_out(0)
    executor.carry_out(0)
    QApplication.processEvents()
    assert answers == ["新", "别的"]


def test_a_forgotten_operation_is_still_told_to_every_place(slow, qtbot):
    commands, executor = slow
    answers: list[Any] = []
    commands.do(lambda: Outcome(1, changes("record")), answers.append).forget()
    executor.carry_out()
    with qtbot.waitSignal(commands.changed):
        QApplication.processEvents()
    assert answers == []


def test_a_problem_in_then_does_not_lose_the_changes(commands, settled, qtbot):
    """A slot that raises is not noticed by its emitter: the other places must still hear of the operation."""
    told: list[Any] = []
    commands.changed.connect(told.append)
    with qtbot.captureExceptions() as caught:
        commands.do(lambda: Outcome(1, changes("record")), lambda value: 1 / 0)
        settled(commands)
    assert len(told) == 1
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


class TestLongWork:
    def test_it_shows_and_ends(self, slow, qtbot):
        commands, executor = slow
        ended: list[Any]
        shown: list[Any]
        shown, ended, reported = [], [], []
        commands.job_started.connect(shown.append)
        commands.job_ended.connect(ended.append)

        def job(progress):
            progress.report(1, 98, "第 1 页")
            return b"%PDF"

        results: list[Any] = []
        commands.work("生成手册", job, results.append)
        shown[0].reported.connect(lambda *what: reported.append(what))
        executor.carry_out()
        QApplication.processEvents()
        assert (shown, results, reported) == (ended, [b"%PDF"], [(1, 98, "第 1 页")])
        assert shown[0].title == "生成手册"

    def test_cancel_stops_it_at_its_next_report_without_a_problem(self, slow, place, qtbot):
        commands, executor = slow
        results: list[Any]
        shown: list[Any]
        shown, results = [], []
        commands.job_started.connect(shown.append)
        commands.work("备份", lambda progress: progress.report(1, 2), results.append, owner=place)
        shown[0].cancel()
        assert shown[0].cancelled
        with qtbot.waitSignal(commands.job_ended):
            executor.carry_out()
        assert results == []
        assert not place.banner.isVisibleTo(place)

    def test_a_job_that_changes_the_book_tells_it(self, commands, settled, qtbot):
        with qtbot.waitSignal(commands.changed):
            commands.work("导入", lambda progress: Outcome(3, changes("person")))
            settled(commands)

    def test_reporting_after_cancel_raises(self, slow):
        commands, _ = slow
        shown: list[Any] = []
        commands.job_started.connect(shown.append)
        commands.work("检查", lambda progress: None)
        shown[0].report(0, 0)
        shown[0].cancel()
        with pytest.raises(CancelledByUser):
            shown[0].report(1, 2)


def test_undo_and_redo_call_the_services_and_tell_the_changes(qapp, settled, qtbot):
    from tests.ui.executors import AtOnce

    called = []

    def service(name):
        called.append(name)
        return Outcome(None, changes("record"))

    commands = Commands(AtOnce(), lambda: NOW, lambda: service("undo"), lambda: service("redo"))
    with qtbot.waitSignals([commands.changed, commands.changed]):
        commands.undo()
        commands.redo()
    assert called == ["undo", "redo"]


def test_an_error_is_described_by_type_and_place_with_its_cause():
    def inner():
        raise KeyError("李四")

    def outer():
        try:
            inner()
        except KeyError as error:
            raise RuntimeError("王五") from error

    with pytest.raises(RuntimeError) as caught:
        outer()
    said = describe(caught.value)
    assert said.startswith("RuntimeError at test_commands.py:")
    assert " because of KeyError at test_commands.py:" in said
    assert "李四" not in said
    assert "王五" not in said


def test_the_log_is_written_to_its_folder(tmp_path):
    path = start_log(tmp_path / "支部 手册")
    logger = logging.getLogger("branchbook")
    try:
        logger.error("试写一行")
        assert path is not None
        assert "试写一行" in path.read_text(encoding="utf-8")
    finally:
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
            handler.close()


def test_a_log_that_has_grown_is_put_aside_and_one_generation_kept(tmp_path):
    (tmp_path / LOG_FILE).write_text("旧" * MOST_BYTES, encoding="utf-8")
    path = start_log(tmp_path)
    for handler in list(logging.getLogger("branchbook").handlers):
        logging.getLogger("branchbook").removeHandler(handler)
        handler.close()
    assert path is not None
    assert path.stat().st_size == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [LOG_FILE, f"{LOG_FILE}.1"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert start_log(tmp_path / "file") is None


def test_a_problem_is_plain_text_in_a_banner(place):
    place.banner.show_problem(Problem("<b>坏</b>"))
    assert place.banner.text == "<b>坏</b>"
