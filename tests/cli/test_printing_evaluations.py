"""print BOOK evaluation:KIND --year N: the round is found by its year, one member by --person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from branchbook.domain.procedures import Procedure
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.paper_gallery import OF_ONE_MEMBER
from branchbook.services.printing import paper_entries
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.small_book import FIRST_BRANCH, actor, named

KEYS = [entry.key for entry in paper_entries() if entry.group == "evaluation"]
BRANCH = ("--branch", "第一支部")


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
def evaluation(book) -> Procedure:
    """The round of 2026 begun in the first branch of the book."""
    opened = Shelf().open(book, None, writable=True, holder="")
    try:
        return begin_evaluation(opened, FIRST_BRANCH, 2026, date(2026, 11, 2), actor()).value
    finally:
        opened.close()


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_of_a_year_is_printed_by_branch_and_year(branchbook, book, evaluation, tmp_path, key):
    path = tmp_path / "评议.pdf"
    answer = branchbook("print", book, key, "--year", 2026, *BRANCH, "-o", path)
    assert answer.code == 0, answer.errors
    assert "None" not in text_of(path)


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_is_printed_blank_without_a_round(branchbook, book, tmp_path, key):
    path = tmp_path / "空白.pdf"
    answer = branchbook("print", book, key, "--year", 2025, *BRANCH, "--blank", "-o", path)
    assert answer.code == 0, answer.errors
    assert "赵示例" not in text_of(path)


def test_year_and_id_name_the_same_round(branchbook, book, evaluation, tmp_path):
    one, same = tmp_path / "一.pdf", tmp_path / "同.pdf"
    branchbook("print", book, "evaluation:member_forms", "--year", 2026, *BRANCH, "-o", one)
    branchbook("print", book, "evaluation:member_forms", "--record", evaluation.id, "-o", same)
    assert one.read_bytes() == same.read_bytes()
    assert text_of(one).count("民主评议党员登记表") == 6


@pytest.mark.parametrize("key", sorted(OF_ONE_MEMBER))
def test_one_member_alone(branchbook, book, evaluation, tmp_path, key):
    path = tmp_path / "一人.pdf"
    words = ("--year", 2026, *BRANCH, "--person", named("钱示例"), "-o", path)
    answer = branchbook("print", book, key, *words)
    assert answer.code == 0, answer.errors
    text = text_of(path)
    assert "钱示例" in text
    assert "赵示例" not in text


def test_the_report_as_docx(branchbook, book, evaluation, tmp_path):
    path = tmp_path / "报告.docx"
    answer = branchbook("print", book, "evaluation:report", "--year", 2026, *BRANCH, "-o", path)
    assert answer.code == 0, answer.errors
    text = "\n".join(each.text for each in docx.Document(str(path)).paragraphs)
    assert "关于2026年度民主评议党员情况的报告" in text
    refused(branchbook("print", book, "evaluation:all", "--year", 2026, *BRANCH, "-o", path), "不能存为 docx")


def test_a_year_without_a_round_is_told(branchbook, book, evaluation, tmp_path):
    path = tmp_path / "无.pdf"
    words = ("print", book, "evaluation:summary", *BRANCH, "-o", path, "--year")
    refused(branchbook(*words, 2024), "2024年度还没有开始民主评议", "--blank")
    assert not path.exists()


def test_several_branches_want_a_name(branchbook, book, evaluation, tmp_path):
    answer = branchbook("print", book, "evaluation:summary", "--year", 2026, "-o", tmp_path / "a.pdf")
    refused(answer, "需要指明哪一个", "第一支部")


def test_person_goes_with_papers_of_one_member_alone(branchbook, book, evaluation, tmp_path):
    words = ("--year", 2026, *BRANCH, "--person", named("钱示例"), "-o", tmp_path / "a.pdf")
    assert branchbook("print", book, "evaluation:summary", *words).code == 2
    assert branchbook("print", book, "evaluation:feedback", *words, "--blank").code == 2
    stranger = ("--year", 2026, *BRANCH, "--person", named("无此人"), "-o", tmp_path / "a.pdf")
    refused(branchbook("print", book, "evaluation:feedback", *stranger), "没有参加这一年的民主评议")


def test_an_id_that_is_not_in_the_book_is_told(branchbook, book, tmp_path):
    answer = branchbook(
        "print", book, "evaluation:summary", "--record", named("无"), "-o", tmp_path / "a.pdf"
    )
    refused(answer, "本簿没有这次民主评议", "--year")


def test_papers_says_what_they_are_printed_of(branchbook):
    lines = [line for line in branchbook("papers").out.splitlines() if line.startswith("evaluation:")]
    assert len(lines) == len(KEYS)
    assert all(line.endswith("一年的民主评议（--branch、--year）") for line in lines)
