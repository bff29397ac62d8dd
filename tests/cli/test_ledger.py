"""branchbook ledger: all ledgers, the rows of one, and files in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import assert_words, refused

HEAD = ("问题来源", "问题表现", "发现日期", "整改时限", "责任人", "所属组织")
ROWS = (
    ("组织生活会", "联系群众不够", "2026-03-05", "2026-06-30", "赵示例", "第一支部"),
    ("自查", "=1+1", "2025-05-01", "", "外请专家", "第二支部"),
)


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    made.save(path)
    return path


@pytest.fixture
def filled(branchbook, book, tmp_path) -> Path:
    """The book with two rectifications."""
    answer = branchbook("ledger", "import", book, "整改台账", workbook(tmp_path / "甲.xlsx", HEAD, *ROWS))
    assert answer.code == 0, answer
    assert_words(answer.out, ["新增 2 行", "花名册里没有“外请专家”", "已导入"])
    return book


def test_all_ledgers_are_listed(branchbook, filled):
    answer = branchbook("ledger", filled)
    assert answer.code == 0
    assert_words(
        answer.out, ["rectification  整改台账  2 行，逾期 1 行", "contact_points  领导干部联系点台账  0 行"]
    )
    found = {each["key"]: each for each in branchbook("ledger", filled, "--json").json}
    assert found["rectification"]["rows"] == 2
    assert found["rectification"]["own"] is False
    assert found["hardship_visits"]["fields"][4] == {
        "key": "money", "label": "金额（元）", "type": "money", "required": False, "choices": [],
    }  # fmt: skip


def test_the_rows_of_one_are_told_in_words_and_as_json(branchbook, filled):
    answer = branchbook("ledger", filled, "整改台账")
    assert_words(answer.out, ["联系群众不够", "赵示例", "【逾期】", "第一支部", "整改台账：2 行，逾期 1 行"])
    found = branchbook("ledger", filled, "rectification", "--json", "--branch", "第二支部").json
    assert [row["values"]["problem"] for row in found["rows"]] == ["=1+1"]
    assert found["rows"][0]["overdue"] is False
    assert found["totals"] == {}


def test_a_row_that_is_found_is_called_by_its_ledger(branchbook, filled):
    answer = branchbook("search", filled, "联系群众")
    assert_words(answer.out, ["2026-03-05  整改台账 · 联系群众不够", "共 1 条"])
    assert "rectification" not in answer.out


def test_a_period_narrows_the_rows(branchbook, filled):
    found = branchbook("ledger", filled, "整改台账", "--to", "2025-12-31", "--json").json
    assert len(found["rows"]) == 1
    refused(
        branchbook("ledger", filled, "--from", "2026-02-01", "--to", "2026-01-01"), "结束早于开始", code=2
    )


def test_what_goes_out_comes_back_without_a_change(branchbook, filled, tmp_path):
    answer = branchbook("ledger", "export", filled, "整改台账", tmp_path / "出.xlsx")
    assert_words(answer.out, ["已导出 2 行"])
    sheet = load_workbook(tmp_path / "出.xlsx").active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells["=1+1"] == "s", "no formula, whatever was typed"
    again = branchbook("ledger", "import", filled, "整改台账", tmp_path / "出.xlsx")
    assert_words(again.out, ["新增 0 行，更新 0 行，未变 2 行"])


def test_a_preview_writes_nothing_and_tells_row_and_column(branchbook, book, tmp_path):
    path = workbook(tmp_path / "乙.xlsx", HEAD, ("听说", "甲"), ("自查", "乙", "没有"))
    answer = branchbook("ledger", "import", book, "整改台账", path, "--dry-run")
    assert answer.code == 0
    assert_words(answer.out, ["第 2 行“问题来源”：没有“听说”", "第 3 行“发现日期”", "没有写入"])
    assert branchbook("ledger", book, "整改台账", "--json").json["rows"] == []


@pytest.mark.parametrize(
    "words, said, code",
    [
        (("没有的台账",), "没有这本台账", 1),
        (("整改台账", "多了"), "多了参数", 2),
        (("整改台账", "--branch", "第九支部"), "没有这个名称的组织", 1),
    ],
)
def test_wrong_words_are_refused(branchbook, book, words, said, code):
    refused(branchbook("ledger", book, *words), said, code=code)


def test_wrong_files_are_refused(branchbook, book, tmp_path):
    refused(branchbook("ledger", "export", book, "整改台账", tmp_path / "出.pdf"), ".xlsx", code=2)
    refused(branchbook("ledger", "export", book, "整改台账"), "命令的写法不对", code=2)
    strange = workbook(tmp_path / "丙.xlsx", ("姓名",), ("甲",))
    refused(branchbook("ledger", "import", book, "整改台账", strange), "没有找到整改台账的表头", code=2)


def test_the_paper_prints_filled_and_blank(branchbook, filled, tmp_path):
    for words in ((), ("--blank",)):
        target = tmp_path / f"台账{len(words)}.pdf"
        answer = branchbook(
            "print", filled, "ledger:rectification", "--branch", "第一支部", "-o", target, *words
        )
        assert answer.code == 0, answer
        assert target.read_bytes().startswith(b"%PDF")
    refused(branchbook("print", filled, "ledger:gold", "-o", tmp_path / "x.pdf"), "没有这种表册", code=2)
