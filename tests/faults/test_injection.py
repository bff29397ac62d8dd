"""SQL, formulas and markup in every text that a user may type: kept as typed, and nowhere acted on."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_type_hints
from uuid import uuid4
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from branchbook.domain.history import OperationHead
from branchbook.domain.organisations import DatedName, Organisation
from branchbook.domain.people import Person
from branchbook.domain.records import Record
from branchbook.exchange.book_zip import ZipArchives
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.book_exchange import export_book, import_book
from branchbook.services.list_export import all_tables, export_lists
from branchbook.services.roster_export import export_roster
from branchbook.services.search import search
from branchbook.storage.shelf import Shelf
from tests.faults.kill_trials import BOOK, clean, filled, opened
from tests.services.small_book import FIRST_BRANCH, TODAY, actor

NASTY = (
    "'); DROP TABLE record; --",
    '" OR 1=1 --',
    '=HYPERLINK("file:///etc/passwd","点我")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "<b>粗</b><script>alert(1)</script>",
    "{{ 7*7 }}{% import os %}",
    "%s %d %(name)s",
    '*NEAR* AND OR NOT ( " ^',
    "../../etc/passwd",
)


def with_texts(value: Any, text: str) -> Any:
    """The value with every plain text in it, however deep, replaced by the text."""
    if isinstance(value, tuple):
        return tuple(with_texts(each, text) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    hints = get_type_hints(type(value))
    changed = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if hints[field.name] is str:
            changed[field.name] = text
        elif isinstance(content, tuple) or is_dataclass(content):
            changed[field.name] = with_texts(content, text)
    return replace(value, **changed)


@pytest.fixture(params=NASTY)
def poisoned(request, tmp_path):
    """A book in which every text of people, organisations and records is the nasty one; with the text."""
    filled(tmp_path)
    book = opened(tmp_path)
    text = request.param
    with book.writing(OperationHead(uuid4(), actor().now, text, text, text)) as writing:
        writing.put_all(with_texts(each, text) for each in writing.all(Person))
        writing.put_all(with_texts(each, text) for each in writing.all(Record))
        names = (DatedName(text, date(2015, 7, 1)),)
        writing.put_all(replace(each, names=names) for each in writing.all(Organisation))
    yield book, text
    book.close()
    clean(tmp_path / BOOK)


def test_it_is_kept_as_typed_and_found_again(poisoned):
    book, text = poisoned
    with book.reading() as reading:
        people, records = reading.all(Person), reading.all(Record)
        assert {each.name for each in people} == {text}
        assert {each.agenda[0].speeches[0].text for each in records} == {text}
        assert reading.operations(1)[0].head.who == text
        for words in (text, text[:3], f'"{text}', f"{text}*"):
            search(reading, words, TODAY)
    assert len(people) == 10


def test_no_cell_of_an_export_is_a_formula(poisoned, tmp_path):
    book, text = poisoned
    with book.reading() as reading:
        export_roster(SpreadsheetFiles(), tmp_path / "名册.xlsx", reading.roster(), TODAY, FIRST_BRANCH)
        tables = all_tables(reading, FIRST_BRANCH, TODAY.year, TODAY)
    export_lists(SpreadsheetFiles(), tmp_path / "清单.xlsx", tables)
    found = 0
    for name in ("名册.xlsx", "清单.xlsx"):
        workbook = load_workbook(tmp_path / name)
        for sheet in workbook.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", f"{name} {sheet.title} {cell.coordinate}"
                    assert cell.hyperlink is None
                    found += text.strip() in str(cell.value)
        with ZipFile(tmp_path / name) as package:
            assert not [each for each in package.namelist() if "external" in each.lower()]
    assert found


def test_it_goes_through_the_exchange_file_whole(poisoned, tmp_path):
    book, text = poisoned
    with book.reading() as reading:
        export_book(reading, ZipArchives(), tmp_path / "交换.zip")
    other = Shelf().create(tmp_path / "另一本.branchbook", "试用员")
    import_book(other, ZipArchives(), tmp_path / "交换.zip", actor())
    with other.reading() as reading:
        assert {each.name for each in reading.all(Person)} == {text.strip()}
    other.close()
