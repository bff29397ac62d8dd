"""dates import and export: stage dates of joining in real workbooks and a real book."""

from __future__ import annotations

from datetime import date
from uuid import uuid5

import pytest
from openpyxl import Workbook, load_workbook

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.services.operations import operate
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.small_book import SECOND_BRANCH, actor, named


@pytest.fixture
def with_applicants(book):
    """The book with two applicants of the second branch."""
    opened = Shelf().open(book, None, writable=True, holder="示例")
    with operate(opened, actor(), "准备") as operating:
        for name in ("卫示例", "蒋示例"):
            person_id = named(name)
            operating.writing.put(Person(person_id, name, born_on=date(1999, 5, 4)))
            operating.writing.put_all(
                PersonFact(uuid5(person_id, kind), person_id, kind, value, date(2026, 1, 5), None, place)
                for kind, value, place in (
                    (FactKind.MEMBERSHIP, MembershipChange.ON_RECORD, SECOND_BRANCH),
                    (FactKind.STANDING, Standing.APPLICANT, None),
                )
            )
    opened.close()
    return book


@pytest.fixture
def sheet(tmp_path):
    """Dates as dates, as text and as a serial number; one row that cannot be."""
    workbook = Workbook()
    page = workbook.active
    page.append(["姓名", "谈话时间", "申请入党时间", "确定积极分子时间", "政治面貌"])
    page.append(["卫示例", "2023年3月20日", date(2023, 3, 1), 45078, "群众"])
    page.append(["蒋示例", "2023-03-20", "2023-04-01", "", ""])
    path = tmp_path / "日期表.xlsx"
    workbook.save(path)
    return path


def test_a_preview_then_the_import(branchbook, with_applicants, sheet):
    preview = branchbook("dates", "import", with_applicants, sheet, "--dry-run")
    assert preview.code == 0
    assert "新建档案 1 人，更新 0 人，未变 0 人，未导入 1 行" in preview.out
    assert "没有读取的列：政治面貌" in preview.out
    assert "第 3 行“谈话时间”" in preview.out
    assert "没有写入" in preview.out
    real = branchbook("dates", "import", with_applicants, sheet)
    assert (real.code, "有 1 行没有导入" in real.errors) == (0, True)
    again = branchbook("dates", "import", with_applicants, sheet)
    assert "未变 1 人" in again.out


def test_exported_and_read_again(branchbook, with_applicants, sheet, tmp_path):
    branchbook("dates", "import", with_applicants, sheet)
    target = tmp_path / "导出.xlsx"
    answer = branchbook("dates", "export", with_applicants, target, "--branch", "第二支部")
    assert (answer.code, answer.out) == (0, f"已导出 2 人：{target}\n")
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["姓名"], first["确定积极分子时间"]) == ("卫示例", "2023-06-01")
    again = branchbook("dates", "import", with_applicants, target).out
    assert "未变 2 人" in again
    assert "没有需要写入的" in again
    assert "已导入" not in again


def test_anything_else_is_refused(branchbook, with_applicants, tmp_path):
    workbook = Workbook()
    workbook.active.append(["姓名", "性别"])
    path = tmp_path / "别的表.xlsx"
    workbook.save(path)
    answer = branchbook("dates", "import", with_applicants, path)
    assert (answer.code, "没有找到日期表" in answer.errors) == (2, True)
    refused(branchbook("dates", "export", with_applicants, tmp_path / "导出.pdf"), "xlsx", code=2)
