"""The half-year report that is measured: ours and docxtpl alone must say the same."""

import json
from pathlib import Path

import pytest

from benchmarks.books import book_of_years
from benchmarks.half_year import PERIOD, TEMPLATE, filling, same_text, write_values
from benchmarks.peers.with_docxtpl import main as peer
from branchbook.app import main

BRANCH = "示例测量党支部"


def test_both_say_the_same(tmp_path):
    book, values, ours, theirs = (
        tmp_path / name for name in ("簿.branchbook", "values.json", "ours.docx", "peer.docx")
    )
    book_of_years(book, 1, a_year=24, members=9)
    write_values(book, values, BRANCH)
    assert set(json.loads(values.read_text("utf-8"))) >= {"数", "上期", "名", "党课"}
    peer(TEMPLATE.path, values, theirs)
    command = filling(book, ours, BRANCH)
    assert main(command[command.index("report") :]) == 0
    same_text(ours, theirs)
    assert PERIOD.end.month == 6


def test_reports_that_differ_are_not_compared(tmp_path):
    from docx import Document

    for name in ("a", "b"):
        document = Document()
        document.add_paragraph(name)
        document.save(tmp_path / name)
    with pytest.raises(AssertionError, match="not say the same"):
        same_text(Path(tmp_path / "a"), Path(tmp_path / "b"))
