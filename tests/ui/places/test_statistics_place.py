"""The Statistics place: a period is chosen, a number opens its records, pages and reports are saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.dates import Period
from branchbook.domain.fields import FieldType
from branchbook.services.ledger_definitions import add_field, put_back
from branchbook.services.measures import keep_own
from branchbook.ui.place import (
    Destination,
    ShowLedgerRow,
    ShowPaper,
    ShowPerson,
    ShowRecord,
)
from branchbook.ui.places.statistics.period_row import usual_period
from tests.forms.reading import flat
from tests.services.ledger_book import rectify
from tests.services.small_book import actor, named
from tests.ui.places.statistics_screen import Screen, finalised, shown_value
from tests.ui.places.statistics_screen import screen as screen


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


def template(screen: Screen, *paragraphs: str) -> Path:
    document = Document()
    document.add_paragraph("工作报告", style="Title")
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(screen.folder / "模板.docx"))
    return screen.folder / "模板.docx"


def chosen_template(screen: Screen, *paragraphs: str) -> None:
    screen.view("report")
    screen.files.answer = template(screen, *paragraphs)
    screen.press(screen.place.report.choose_button)


USUAL = "{{ 名.单位 }}有党员 {{ 数.党员总数 }} 名，党课 {{ 数.党课 }} 次，xx"


def test_a_shipped_template_is_filled_as_soon_as_the_report_is_shown(screen):
    screen.view("report")
    report = screen.place.report
    assert report.template.currentText() == "半年工作报告"
    assert report.text.toPlainText().startswith("第一支部2026年党建工作报告")
    assert report.preview.page_count >= 1
    report.template.set_value(report.template._values[2])
    report.template.value_changed.emit(report.template.value())
    screen.settle()
    assert "述职资料" in report.text.toPlainText()


def test_a_report_is_filled_told_about_and_saved(screen):
    chosen_template(screen, USUAL)
    report = screen.place.report
    assert report.template.currentText() == "模板"
    assert report.text.toPlainText() == "工作报告\n第一支部有党员 6 名，党课  次，xx"
    assert [(each.kind, each.words[:10]) for each in report.checks.rows_model.rows] == [
        ("请核对", "第 2 段有“xx”"),
        ("空白", "数.党课（统计期内没"),
    ]
    screen.files.answer = screen.folder / "汇报.docx"
    screen.press(report.word_button)
    assert Document(screen.folder / "汇报.docx").paragraphs[1].text.startswith("第一支部")
    screen.files.answer = screen.folder / "汇报.pdf"
    screen.press(report.pdf_button)
    assert "第一支部有党员6名" in flat((screen.folder / "汇报.pdf").read_bytes()).replace(" ", "")


def test_what_is_to_be_checked_is_marked_in_its_place(screen):
    chosen_template(screen, "没有什么。", USUAL)
    report = screen.place.report
    report.view("checks")
    remark, blank = report.checks.rows_model.rows
    report.checks.opened.emit(remark)
    assert report.views.current == "text"
    assert report.text.textCursor().selectedText() == "xx"
    assert report.text.textCursor().blockNumber() == 2
    report.checks.opened.emit(blank)
    screen.settle()
    assert report.views.current == "numbers"
    assert report.numbers.current_row.place == "数.党课"
    assert "没有这类记录" in report.definition.text()


def test_every_number_of_the_report_opens_its_records_and_is_saved_as_a_table(screen, qtbot):
    chosen_template(screen, USUAL)
    report = screen.place.report
    assert [each.place for each in report.numbers.rows_model.rows] == ["数.党员总数", "数.党课"]
    assert len(report.lines.rows_model.rows) == 6
    with qtbot.waitSignal(screen.place.go) as gone:
        report.lines.opened.emit(report.lines.rows_model.rows[0])
    assert isinstance(gone.args[0].subject, ShowPerson)
    screen.files.answer = screen.folder / "依据.pdf"
    screen.press(report.numbers_button)
    assert "数字依据表" in flat((screen.folder / "依据.pdf").read_bytes())


def test_a_template_is_copied_to_be_edited(screen):
    screen.view("report")
    screen.files.answer = screen.folder / "我的.docx"
    screen.press(screen.place.report.keep_button)
    assert screen.files.suggested == "半年工作报告.docx"
    assert "{{ 数.党员总数 }}" in "".join(
        each.text for each in Document(screen.folder / "我的.docx").paragraphs
    )


def test_another_period_fills_the_report_anew(screen):
    chosen_template(screen, "{{ 名.统计期 }}")
    row = screen.place.period_row
    row.chips.choose("second")
    row.chips.chosen.emit("second")
    screen.settle()
    assert screen.place.report.text.toPlainText().endswith("2026年下半年")


def test_a_template_that_cannot_be_taken_is_told_in_the_banner(screen):
    (screen.folder / "坏.docx").write_bytes(b"PK")
    screen.view("report")
    screen.files.answer = screen.folder / "坏.docx"
    screen.press(screen.place.report.choose_button)
    assert "模板" in screen.place.banner.text
    assert not screen.place.report.word_button.isEnabled()
    assert not screen.place.report.pdf_button.isEnabled()


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
