"""roster import and export: real workbooks, the shipped example, and files that only look like one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from branchbook.resources import resource_path
from branchbook.services.organisations import NewBranch, found_general_branch
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import HELD_ON, assert_words, refused
from tests.cli.test_book_files import digest
from tests.services.roster_files import number_for
from tests.services.small_book import FOUNDED, actor

HEAD = ("姓名", "性别", "出生日期", "身份证号", "入党时间", "转正时间")


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def people_of(branchbook, book: Path) -> int:
    return branchbook("verify", book, "--json").json["people"]


@pytest.fixture
def two(tmp_path) -> Path:
    """Two rows that are in order."""
    return workbook(
        tmp_path / "花名册.xlsx",
        HEAD,
        ("甲示例", "男", "1980-05-06", number_for(HELD_ON.replace(1980, 5, 6)), "2005.7.1", "2006年7月1日"),
        ("乙示例", "女", "1990-01-02", number_for(HELD_ON.replace(1990, 1, 2), 2), "20150701", "2016.7.1"),
    )


class TestImport:
    def test_rows_become_members_at_once(self, branchbook, new_book, two):
        answer = branchbook("roster", "import", new_book, two)
        assert (answer.code, answer.errors) == (0, "")
        assert_words(answer.out, ["新增 2 人", "已导入"])
        assert people_of(branchbook, new_book) == 2
        again = branchbook("roster", "import", new_book, two)
        assert_words(again.out, ["新增 0 人", "未变 2 人"])
        assert people_of(branchbook, new_book) == 2

    def test_a_preview_writes_nothing(self, branchbook, new_book, two):
        before = digest(new_book)
        answer = branchbook("roster", "import", new_book, two, "--dry-run")
        assert (answer.code, answer.errors) == (0, "")
        assert_words(answer.out, ["新增 2 人", "预览，没有写入"])
        assert digest(new_book) == before

    def test_a_row_left_out_is_told_by_its_number_and_the_others_come_in(
        self, branchbook, new_book, tmp_path
    ):
        rows = [("丙示例", "男", "1980-05-06", "", "", ""), ("", "女", "1990-01-02", "", "", "")]
        path = workbook(tmp_path / "缺名.xlsx", HEAD, *rows)
        answer = branchbook("roster", "import", new_book, path)
        assert answer.code == 0
        assert_words(answer.out, ["第 3 行：没有姓名", "未导入 1 行"])
        assert "有 1 行没有导入" in answer.errors
        assert people_of(branchbook, new_book) == 1

    def test_an_identity_number_damaged_by_excel_is_explained_and_not_guessed(
        self, branchbook, new_book, tmp_path
    ):
        damaged = number_for(HELD_ON.replace(1980, 5, 6))[:15] + "000"
        path = workbook(tmp_path / "坏号.xlsx", HEAD, ("丁示例", "男", "1980-05-06", damaged, "", ""))
        answer = branchbook("roster", "import", new_book, path, "--dry-run")
        assert_words(answer.out, ["第 2 行", "末三位是 000", "不会猜"])

    def test_where_nothing_can_come_in_it_ends_with_1(self, branchbook, new_book):
        """The example's members belong to three branches that this book does not have."""
        before = digest(new_book)
        example = resource_path("example/roster.xlsx")
        preview = branchbook("roster", "import", new_book, example, "--dry-run")
        assert preview.code == 1
        assert_words(preview.out, ["未导入 68 行", "第 3 行：簿中没有支部", "没有写入"])
        real = branchbook("roster", "import", new_book, example)
        assert real.code == 1
        assert_words(real.errors, ["没有一行可以导入", "簿中没有改动"])
        assert digest(new_book) == before

    def test_the_shipped_example_comes_in_whole(self, branchbook, tmp_path):
        path = tmp_path / "总支.branchbook"
        opened = Shelf().create(path, "")
        names = ("示例机关第一党支部", "示例机关第二党支部", "示例机关第三党支部")
        found_general_branch(opened, "示例机关党总支", [NewBranch(each) for each in names], FOUNDED, actor())
        opened.close()
        answer = branchbook("roster", "import", path, resource_path("example/roster.xlsx"))
        assert answer.code == 0
        assert "新增 68 人" in answer.out
        assert people_of(branchbook, path) == 68

    def test_rows_without_a_branch_go_to_the_one_named(self, branchbook, book, two):
        answer = branchbook("roster", "import", book, two, "--branch", "第二支部")
        assert (answer.code, answer.errors) == (0, "")
        out = two.with_name("第二.xlsx")
        assert branchbook("roster", "export", book, out, "--branch", "第二支部").out.startswith("已导出 6 人")
        refused(branchbook("roster", "import", book, two, "--branch", "第九支部"), "没有这个名称的组织")


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def word_document() -> bytes:
    content = io.BytesIO()
    docx.Document().save(content)
    return content.getvalue()


def bomb() -> bytes:
    """A workbook's parts around one that unpacks to 300 MB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("xl/workbook.xml", "w") as part:
            for _ in range(300):
                part.write(bytes(1 << 20))
    return content.getvalue()


@pytest.mark.parametrize(
    "make, words",
    [
        (old_excel, ("xls", "另存为")),
        (word_document, ("docx", "Word")),
        (bomb, ()),
        (lambda: b"", ()),
        (lambda: b"%PDF-1.7 not a table", ()),
        (lambda: "姓名,性别\n甲,男\n".encode(), ()),
    ],
    ids=["xls", "docx", "bomb", "empty", "pdf", "csv"],
)
def test_a_file_that_is_no_workbook_is_told_for_what_it_is(branchbook, new_book, tmp_path, make, words):
    path, before = tmp_path / "花名册.xlsx", digest(new_book)
    path.write_bytes(make())
    answer = branchbook("roster", "import", new_book, path)
    refused(answer, path.name, code=2)
    assert any(word in answer.errors for word in words) or not words
    assert digest(new_book) == before


def test_files_that_are_not_there_are_told(branchbook, new_book, two, tmp_path):
    refused(branchbook("roster", "import", new_book, tmp_path / "无.xlsx"), "无.xlsx", code=2)
    refused(branchbook("roster", "import", tmp_path / "无.branchbook", two), "找不到这个文件", code=2)


class TestExport:
    def test_it_is_read_again_as_the_same(self, branchbook, book, tmp_path):
        path = tmp_path / "出.xlsx"
        answer = branchbook("roster", "export", book, path)
        assert (answer.code, answer.errors) == (0, "")
        assert answer.out.startswith("已导出 10 人")
        again = branchbook("roster", "import", book, path)
        assert_words(again.out, ["新增 0 人，更新 0 人，未变 10 人"])

    def test_nothing_in_it_is_a_formula(self, branchbook, new_book, tmp_path):
        """A name that begins like a formula stays text, and comes back as it was."""
        rows = [("+甲示例", "男"), ("@乙示例", "女"), ("-丙示例", "男")]
        branchbook("roster", "import", new_book, workbook(tmp_path / "进.xlsx", ("姓名", "性别"), *rows))
        branchbook("roster", "export", new_book, tmp_path / "出.xlsx")
        sheets = load_workbook(tmp_path / "出.xlsx").worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert {"+甲示例", "@乙示例", "-丙示例"} <= {str(cell.value).lstrip("'") for cell in cells}

    def test_a_masked_number_never_overwrites_the_real_one(self, branchbook, new_book, two, tmp_path):
        branchbook("roster", "import", new_book, two)
        masked, plain = tmp_path / "遮.xlsx", tmp_path / "全.xlsx"
        branchbook("roster", "export", new_book, masked, "--masked")
        number = number_for(HELD_ON.replace(1980, 5, 6))
        shown = [str(cell.value) for row in load_workbook(masked).active.iter_rows() for cell in row]
        assert number not in shown
        assert branchbook("roster", "import", new_book, masked).code == 0
        branchbook("roster", "export", new_book, plain)
        shown = [str(cell.value) for row in load_workbook(plain).active.iter_rows() for cell in row]
        assert number not in shown, "whole numbers are shown only where they are asked for"
        assert branchbook("roster", "export", new_book, plain, "--whole-numbers").code == 0
        shown = [str(cell.value) for row in load_workbook(plain).active.iter_rows() for cell in row]
        assert number in shown
