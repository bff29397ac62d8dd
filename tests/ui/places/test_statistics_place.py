"""The Statistics place: a period is chosen, a number opens its records, pages and reports are saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.app import Workshop
from branchbook.domain.dates import Period
from branchbook.domain.fields import FieldType
from branchbook.services.ledger_definitions import add_field, put_back
from branchbook.services.measures import keep_own
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.ui.place import Destination, ShowLedgerRow, ShowPaper, ShowPerson, ShowRecord
from branchbook.ui.places.statistics import Statistics
from branchbook.ui.places.statistics.period_row import usual_period
from tests.faults.kill_trials import record
from tests.services.ledger_book import rectify
from tests.services.small_book import actor, named
from tests.ui.places.members_screen import Chooser


class Screen:
    """The place over the small book; every step waits until its answer has arrived."""

    def __init__(self, folder: Path, context, settled) -> None:
        self.files = Chooser()
        self.folder = folder
        self.context = context
        self.place = Statistics(Workshop(), JsonProgramSettings(folder / "settings.json"), self.files)
        context.commands.changed.connect(self.place.reload)
        self.settle = lambda: settled(context.commands)

    def open(self) -> None:
        self.place.open(self.context)
        self.settle()

    def choose(self, key: str) -> None:
        assert self.place.figures.select(key)
        self.place.figures.chosen.emit(self.place.figures.current_row)
        self.settle()

    def press(self, button) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def view(self, key: str) -> None:
        self.place.views.choose(key)
        self.place.views.chosen.emit(key)
        self.settle()


@pytest.fixture
def screen(look, qtbot, tmp_path, context, shown, settled):
    made = Screen(tmp_path, context, settled)
    shown(made.place)
    made.open()
    yield made
    made.place.close()


def finalised(screen: Screen) -> None:
    """A general meeting of May, final."""
    from dataclasses import replace

    from branchbook.services.meetings import finalise, save_record

    held = replace(record(named("五月会"), "五月的会"), held_on=date(2026, 5, 8))
    screen.context.commands.do(lambda: save_record(screen.context.book, held, actor()))
    screen.context.commands.do(lambda: finalise(screen.context.book, held.id, actor()))
    screen.settle()


def shown_value(screen: Screen, key: str) -> str:
    rows = {each.now.measure.key: number for number, each in enumerate(screen.place.figures.rows_model.rows)}
    return str(screen.place.figures.rows_model.index(rows[key], 1).data())


def test_a_number_without_records_is_blank_and_says_why(screen):
    assert shown_value(screen, "general_meetings") == ""
    screen.choose("general_meetings")
    assert "没有数字" in screen.place.counted.definition.text()
    assert screen.place.counted.table.rows_model.rows == ()


def test_a_number_follows_the_book_and_opens_its_record(screen, qtbot):
    finalised(screen)
    assert shown_value(screen, "general_meetings") == "1"
    screen.choose("general_meetings")
    (line,) = screen.place.counted.table.rows_model.rows
    assert line.words == "支部党员大会《五月的会》"
    screen.place.counted.table.setCurrentIndex(screen.place.counted.table.rows_model.index(0, 0))
    with qtbot.waitSignal(screen.place.go) as gone:
        QTest.keyClick(screen.place.counted.table, Qt.Key.Key_Return)
    assert gone.args == [Destination("meetings", ShowRecord(named("五月会")))]


def test_members_open_in_their_place(screen, qtbot):
    screen.choose("members")
    assert len(screen.place.counted.table.rows_model.rows) == 6
    with qtbot.waitSignal(screen.place.go) as gone:
        screen.place.counted.opened.emit(screen.place.counted.table.rows_model.rows[0])
    assert isinstance(gone.args[0].subject, ShowPerson)


def test_another_period_counts_anew(screen):
    finalised(screen)
    row = screen.place.period_row
    row.chips.choose("second")
    row.chips.chosen.emit("second")
    screen.settle()
    assert row.period == Period(date(2026, 7, 1), date(2026, 12, 31))
    assert shown_value(screen, "general_meetings") == ""
    row.start.set_value(date(2026, 5, 1))
    row.start.value_changed.emit(date(2026, 5, 1))
    screen.settle()
    assert row.chips.current == "own"
    assert shown_value(screen, "general_meetings") == "1"


def test_a_period_that_ends_before_it_starts_is_told(screen):
    row = screen.place.period_row
    row.end.set_value(date(2025, 1, 1))
    row.end.value_changed.emit(date(2025, 1, 1))
    screen.settle()
    assert "早于开始" in screen.place.banner.text


@pytest.mark.parametrize(
    "key, start, end",
    [
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
        ("first", date(2024, 1, 1), date(2024, 6, 30)),
        ("second", date(2024, 7, 1), date(2024, 12, 31)),
        ("quarter", date(2024, 10, 1), date(2024, 12, 31)),
        ("month", date(2024, 11, 1), date(2024, 11, 30)),
    ],
)
def test_usual_periods_are_of_the_year_shown(key, start, end):
    assert usual_period(key, 2024, date(2026, 11, 24)) == Period(start, end)


def test_the_pages_are_drawn_and_saved(screen):
    screen.view("pages")
    assert screen.place.preview.page_count >= 2
    screen.files.answer = screen.folder / "统计.pdf"
    screen.press(screen.place.save_button)
    assert (screen.folder / "统计.pdf").read_bytes() == screen.place.pdf


def test_a_report_is_filled_told_about_and_saved(screen):
    document = Document()
    document.add_paragraph("{{ 名.单位 }}有党员 {{ 数.党员总数 }} 名，党课 {{ 数.党课 }} 次，xx")
    document.save(screen.folder / "模板.docx")
    screen.view("report")
    screen.files.answer = screen.folder / "模板.docx"
    screen.press(screen.place.report.choose_button)
    assert screen.place.report.text.text() == "第一支部有党员 6 名，党课  次，xx"
    notes = screen.place.report.notes.text()
    assert "空白：数.党课" in notes
    assert "请核对：第 1 段有“xx”" in notes
    screen.files.answer = screen.folder / "汇报.docx"
    screen.press(screen.place.report.save_button)
    assert Document(screen.folder / "汇报.docx").paragraphs[0].text.startswith("第一支部")


def test_a_template_that_cannot_be_taken_is_told_in_the_banner(screen):
    (screen.folder / "模板.docx").write_bytes(b"PK")
    screen.view("report")
    screen.files.answer = screen.folder / "模板.docx"
    screen.press(screen.place.report.choose_button)
    assert "模板" in screen.place.banner.text
    assert not screen.place.report.save_button.isEnabled()


def test_a_figure_of_a_ledger_opens_its_row(screen):
    row = rectify(screen.context.book, "记录不全", found_on="2026-04-01")
    screen.open()
    gone: list[Destination] = []
    screen.place.go.connect(gone.append)
    screen.choose("rectifications")
    (line,) = screen.place.counted.table.rows_model.rows
    screen.place.counted.opened.emit(line)
    assert gone == [Destination("ledgers", ShowLedgerRow(row.id))]


def test_a_measure_whose_field_is_gone_is_named_and_the_page_is_shown(screen):
    book = screen.context.book
    add_field(book, "rectification", "分值", FieldType.NUMBER, actor())
    text = '[[measure]]\nkey = "scores"\nname = "分值合计"\nsource = "ledger:rectification"\nsum = "分值"\n'
    keep_own(book, text, actor())
    put_back(book, "rectification", actor())
    screen.open()
    assert "scores.sum" in screen.place.banner.text
    assert screen.place.figures.select("general_meetings")


def test_the_hours_of_a_branch_stand_in_a_table_and_open_the_member(screen):
    screen.view("hours")
    rows = screen.place.hours.table.rows_model.rows
    assert rows
    assert {each.hours.floor for each in rows} <= {32, 56}
    assert "第二十条" in screen.place.hours.note.text()
    gone: list[Destination] = []
    screen.place.go.connect(gone.append)
    screen.place.hours.table.opened.emit(rows[0])
    screen.press(screen.place.hours.print_button)
    assert gone == [
        Destination("members", ShowPerson(rows[0].person_id)),
        Destination("print", ShowPaper("education_hours")),
    ]
