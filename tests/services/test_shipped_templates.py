"""The shipped templates: as their script makes them, filled from a book without one unknown place, nothing invented."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from branchbook.domain.dates import Period
from branchbook.exchange.docx_template import DocxTemplates
from branchbook.forms.press import PdfPress
from branchbook.services.report_paper import not_on_paper, report_booklet
from branchbook.services.report_templates import BlockKind, texts_of
from branchbook.services.reports import fill_report
from branchbook.services.shipped_templates import SHIPPED_TEMPLATES, template_named
from scripts.build_report_templates import templates
from tests.forms.reading import flat
from tests.services.small_book import FIRST_BRANCH, TODAY, small_book

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


@pytest.fixture(params=SHIPPED_TEMPLATES, ids=lambda each: each.file)
def shipped(request):
    return request.param


def filled(shipped, place=FIRST_BRANCH):
    with small_book().reading() as reading:
        return fill_report(reading, DocxTemplates(), shipped.path, HALF, place, TODAY)


def parts(content: bytes) -> dict[str, bytes]:
    """Without the properties: their attributes stand in another order once docxtpl is loaded."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if "core" not in name}


def test_they_are_what_the_script_makes():
    made = templates()
    assert set(made) == {each.file for each in SHIPPED_TEMPLATES}
    for each in SHIPPED_TEMPLATES:
        assert parts(each.path.read_bytes()) == parts(made[each.file])
    assert templates() == made


def test_it_is_filled_and_set_without_anything_left_behind(shipped):
    report = filled(shipped)
    text = texts_of(report.filled.blocks)
    assert "{" not in text
    assert "第一支部" in text
    assert "6 名" in text
    assert not_on_paper(report) == ()
    assert report.filled.blocks[0].kind is BlockKind.TITLE
    assert "第一支部" in flat(PdfPress().press(report_booklet(report, shipped.name)).pdf)


def test_what_the_book_does_not_know_is_blank_and_the_prose_is_left_to_the_user(shipped):
    report = filled(shipped)
    blanks = [each for each in report.unfilled if each.startswith("数.党课")]
    assert blanks == ["数.党课（统计期内没有这类记录）"]
    assert all(each.found == "待填写" for each in report.remarks)
    prose = [each.text for each in report.filled.blocks if each.kind is BlockKind.BODY]
    assert prose.count("（待填写）") == len(report.remarks) >= 3


def test_every_number_in_it_is_one_of_the_table_of_numbers(shipped):
    """What stands in the cells of the number tables is exactly the figures', in their order."""
    report = filled(shipped)
    shown = {
        "" if each.figure.value is None else f"{each.figure.value.normalize():f}" for each in report.numbers
    }
    for block in report.filled.blocks:
        if block.rows and block.rows[0][0] == "指标":
            for row in block.rows[1:]:
                assert set(row[1:]) <= shown
                assert re.sub(r"（.*）", "", row[0]) in {each.figure.measure.name for each in report.numbers}


def test_a_template_is_found_by_its_name_unless_a_file_has_it(tmp_path, monkeypatch):
    assert template_named(Path("半年工作报告")) == SHIPPED_TEMPLATES[0].path
    assert template_named(Path("别的.docx")) == Path("别的.docx")
    monkeypatch.chdir(tmp_path)
    Path("半年工作报告").write_bytes(b"")
    assert template_named(Path("半年工作报告")) == Path("半年工作报告")
