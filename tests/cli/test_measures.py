"""The command line's numbers and report."""

from __future__ import annotations

import json

import pytest
from docx import Document

from tests.cli.conftest import refused


def test_every_number_comes_with_its_records(branchbook, book):
    answer = branchbook("measures", book, "--from", "2026-01-01", "--to", "2026-12-31", "--json")
    figures = {each["key"]: each for each in json.loads(answer.out)}
    assert figures["members"]["value"] == len(figures["members"]["records"])
    for each in figures.values():
        assert set(each) == {"key", "name", "unit", "definition", "value", "blank_reason", "records"}
        assert (each["value"] is None) == bool(each["blank_reason"])


def test_numbers_in_words_stand_beside_the_period_before(branchbook, book):
    answer = branchbook("measures", book, "--from", "2026-01-01", "--to", "2026-06-30")
    assert "党员总数" in answer.out
    assert "上期" in answer.out
    assert "2026-01-01 至 2026-06-30" in answer.out


def test_a_report_is_written_whole_and_its_blanks_are_told(branchbook, book, tmp_path):
    document = Document()
    document.add_paragraph("党员 {{ 数.党员总数 }} 名，党课 {{ 数.党课 }} 次")
    document.save(tmp_path / "模板.docx")
    answer = branchbook(
        "report", book, tmp_path / "模板.docx", "--to", "2026-06-30", "-o", tmp_path / "汇报.docx"
    )
    assert "党员 " in Document(tmp_path / "汇报.docx").paragraphs[0].text
    assert "已填好" in answer.out


def test_a_report_is_set_as_pdf_with_its_table_of_numbers(branchbook, book, tmp_path):
    from tests.forms.reading import flat

    document = Document()
    document.add_paragraph("工作情况", style="Title")
    document.add_paragraph("党员 {{ 数.党员总数 }} 名。")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(tmp_path / "模板.docx")
    pdf, numbers = tmp_path / "汇报.pdf", tmp_path / "依据.pdf"
    more = ("--pdf", pdf, "--numbers", numbers, "-o", tmp_path / "汇报.docx")
    answer = branchbook("report", book, tmp_path / "模板.docx", "--to", "2026-06-30", *more)
    assert "工作情况" in flat(pdf.read_bytes())
    assert "口径" in flat(numbers.read_bytes())
    assert "PDF 里没有（保留在 Word 文件里）：页眉页脚" in answer.out


@pytest.mark.parametrize("words", [("measures",), ("report",)])
def test_a_period_that_ends_before_it_starts_is_refused(branchbook, book, tmp_path, words):
    document = Document()
    document.save(tmp_path / "模板.docx")
    more = (tmp_path / "模板.docx", "-o", tmp_path / "x.docx") if words == ("report",) else ()
    answer = branchbook(*words, book, *more, "--from", "2026-06-30", "--to", "2026-01-01")
    refused(answer, "早于开始")
    assert not (tmp_path / "x.docx").exists()
