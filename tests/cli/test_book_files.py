"""new, export, import, backup, restore, verify: whole files in, whole files out, nothing ever written over."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from branchbook.services.meetings import save_record
from branchbook.storage.book_file import create_book_file
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import NOW, CommandLine, assert_words, refused
from tests.services.small_book import actor


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


class TestNew:
    def test_a_book_with_one_branch(self, branchbook, tmp_path):
        path = tmp_path / "一支部.branchbook"
        answer = branchbook("new", path, "--branch", " 第一党支部 ")
        assert (answer.code, answer.errors) == (0, "")
        assert_words(answer.out, ["第一党支部", str(path)])
        assert {each["scope"] for each in branchbook("due", path, "--json").json} == {"第一党支部"}
        assert names_in(tmp_path) == {path.name}

    def test_a_file_that_is_there_stays(self, branchbook, book):
        before = digest(book)
        refused(branchbook("new", book, "--branch", "甲支部"), "已经有同名的文件", str(book))
        assert digest(book) == before

    def test_without_a_name_or_a_folder_nothing_is_left(self, branchbook, tmp_path):
        refused(branchbook("new", tmp_path / "x.branchbook", "--branch", "  "), "名称不能为空")
        refused(
            branchbook("new", tmp_path / "无" / "x.branchbook", "--branch", "甲"), "没有这个文件夹", code=2
        )
        assert names_in(tmp_path) == set()

    def test_a_passphrase_is_not_silently_ignored(self, branchbook, tmp_path):
        answer = branchbook.typing("口令\n")(
            "--passphrase-stdin", "new", tmp_path / "x.branchbook", "--branch", "甲"
        )
        refused(answer, "新建的簿没有口令", code=2)
        assert names_in(tmp_path) == set()


class TestExchange:
    def test_out_in_and_out_again_is_byte_equal(self, branchbook, book, new_book, tmp_path):
        first, second = tmp_path / "一.zip", tmp_path / "二.zip"
        empty = Shelf().create(tmp_path / "空.branchbook", "")
        empty.close()
        assert branchbook("export", book, first).code == 0
        answer = branchbook("import", empty.path, first)
        assert (answer.code, answer.errors) == (0, "")
        assert "已导入" in answer.out
        assert branchbook("export", empty.path, second).code == 0
        assert digest(first) == digest(second)

    def test_exporting_twice_gives_the_same_bytes_and_leaves_the_book_alone(self, branchbook, book, tmp_path):
        before = digest(book)
        for name in ("一.zip", "二.zip"):
            assert branchbook("export", book, tmp_path / name).code == 0
        assert digest(tmp_path / "一.zip") == digest(tmp_path / "二.zip")
        assert digest(book) == before

    def test_a_preview_writes_nothing(self, branchbook, book, tmp_path):
        branchbook("export", book, tmp_path / "一.zip")
        empty = Shelf().create(tmp_path / "空.branchbook", "")
        empty.close()
        before = digest(empty.path)
        answer = branchbook("import", empty.path, tmp_path / "一.zip", "--dry-run")
        assert answer.code == 0
        assert_words(answer.out, ["新增", "预览，没有写入"])
        assert digest(empty.path) == before

    def test_a_second_import_changes_nothing(self, branchbook, book, tmp_path):
        branchbook("export", book, tmp_path / "一.zip")
        answer = branchbook("import", book, tmp_path / "一.zip")
        assert (answer.code, answer.errors) == (0, "")
        assert_words(answer.out, ["新增 0 项", "更新 0 项"])

    def test_an_export_never_replaces_a_book(self, branchbook, book):
        before = digest(book)
        refused(branchbook("export", book, book), "须以 .zip 结尾", code=2)
        refused(branchbook("roster", "export", book, book), "须以 .xlsx 结尾", code=2)
        refused(branchbook("print", book, "handbook", "-o", book), "须以 .pdf 或 .docx 结尾", code=2)
        assert digest(book) == before

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", None])
    def test_what_is_no_exchange_file_is_told_and_changes_nothing(self, branchbook, book, tmp_path, content):
        path, before = tmp_path / "来.zip", digest(book)
        if content is not None:
            path.write_bytes(content)
        refused(branchbook("import", book, path), path.name, code=2)
        assert digest(book) == before


class TestBackup:
    def test_a_backup_is_verified_and_restored_into_a_new_file(self, branchbook, book, tmp_path):
        folder, back = tmp_path / "U盘", tmp_path / "恢复.branchbook"
        folder.mkdir()
        answer = branchbook("backup", book, folder)
        assert (answer.code, answer.errors) == (0, "")
        (copy,) = folder.glob("*.branchbook")
        assert_words(answer.out, [str(copy), digest(copy), "人员 10 名", "最近一次会议 2026-05-08"])
        assert branchbook("verify", copy).code == 0
        answer = branchbook("restore", copy, back)
        assert (answer.code, answer.errors) == (0, "")
        assert "人员 10 名" in answer.out
        assert branchbook("due", back, "--json").json == branchbook("due", book, "--json").json

    def test_restoring_refuses_a_file_that_is_there(self, branchbook, book, new_book, tmp_path):
        before = digest(new_book)
        refused(branchbook("restore", book, new_book), "同名的文件", str(new_book))
        assert digest(new_book) == before

    def test_restoring_what_is_no_backup_leaves_nothing(self, branchbook, tmp_path):
        (tmp_path / "信.branchbook").write_text("这不是备份" * 1000, "utf-8")
        refused(
            branchbook("restore", tmp_path / "信.branchbook", tmp_path / "新.branchbook"),
            "不是支部手册的文件",
            code=2,
        )
        assert names_in(tmp_path) == {"信.branchbook"}

    def test_a_folder_that_is_not_there_is_told(self, branchbook, book, tmp_path):
        refused(branchbook("backup", book, tmp_path / "没插"), "找不到备份的文件夹", "没插")

    def test_two_backups_lie_side_by_side(self, book, tmp_path):
        for minutes in (0, 0, 5):
            assert CommandLine(NOW + timedelta(minutes=minutes))("backup", book, tmp_path / ".").code == 0
        assert len(list(tmp_path.glob("示例 总支 *.branchbook"))) == 3


class TestVerify:
    def test_a_whole_book(self, branchbook, book):
        answer = branchbook("verify", book)
        assert (answer.code, answer.errors) == (0, "")
        assert_words(answer.out, ["完好", "记录 2 份"])
        report = branchbook("verify", book, "--json").json
        assert (report["whole"], report["findings"], report["people"]) == (True, [], 10)
        assert report["sha256"] == digest(book)

    @pytest.mark.parametrize("place", [3, 100, 4095, 4096 * 5 + 7, -1])
    def test_a_flipped_bit_is_found_wherever_it_lies(self, branchbook, book, place):
        content = bytearray(book.read_bytes())
        content[place] ^= 1
        book.write_bytes(content)
        answer = branchbook("verify", book)
        assert (answer.code, answer.errors) == (1, "")
        assert "有问题" in answer.out
        report = branchbook("verify", book, "--json")
        assert report.code == 1
        assert report.json["whole"] is False
        assert report.json["findings"]

    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04 docx", b"SQLite format 3\x00" + bytes(4080), b"text" * 2000]
    )
    def test_what_is_no_book_at_all_ends_with_2(self, branchbook, tmp_path, content):
        path = tmp_path / "来历不明.branchbook"
        path.write_bytes(content)
        refused(branchbook("verify", path), str(path), code=2)

    def test_a_file_that_is_not_there(self, branchbook, tmp_path):
        refused(branchbook("verify", tmp_path / "无.branchbook"), "找不到这个文件", code=2)
        refused(branchbook("due", tmp_path), "文件夹", code=2)


class TestPassphrase:
    @pytest.fixture
    def protected(self, tmp_path, book) -> Path:
        path = tmp_path / "有口令.branchbook"
        create_book_file(path, "示例口令", "").close()
        return path

    def test_it_comes_from_standard_input_before_or_behind_the_verb(self, branchbook, protected):
        typing = branchbook.typing("示例口令\n")
        assert typing("--passphrase-stdin", "search", protected, "甲").code == 0
        assert typing("search", protected, "甲", "--passphrase-stdin").code == 0
        assert typing("verify", "--passphrase-stdin", protected, "--json").json["protected"] is True

    def test_a_backup_of_a_protected_book_is_protected(self, branchbook, protected, tmp_path):
        typing = branchbook.typing("示例口令\r\n")
        assert typing("backup", protected, tmp_path / ".", "--passphrase-stdin").code == 0
        (copy,) = tmp_path.glob("有口令 *.branchbook")
        refused(branchbook("verify", copy), "需要口令")
        back = tmp_path / "恢复.branchbook"
        assert typing("restore", copy, back, "--passphrase-stdin").code == 0
        assert typing("verify", back, "--passphrase-stdin").code == 0

    @pytest.mark.parametrize("typed", ["错的\n", "", "示例口令 \n"])
    def test_a_wrong_one_is_refused(self, branchbook, protected, typed):
        refused(branchbook.typing(typed)("due", protected, "--passphrase-stdin"), "口令不对")

    def test_without_one_and_without_a_terminal_it_says_so(self, branchbook, protected):
        refused(branchbook("due", protected), "打开这个文件需要口令")

    def test_a_book_without_one_ignores_it(self, branchbook, book):
        assert branchbook.typing("随便\n")("search", book, "食堂", "--passphrase-stdin").code == 0


def test_an_import_takes_what_was_changed_elsewhere(branchbook, book, kept, tmp_path):
    changed = Path(shutil.copy(book, tmp_path / "改过.branchbook"))
    opened = Shelf().open(changed, None, writable=True, holder="")
    save_record(opened, replace(kept.draft, subject="改过的题目"), actor())
    opened.close()
    branchbook("export", changed, tmp_path / "改.zip")
    answer = branchbook("import", book, tmp_path / "改.zip")
    assert_words(answer.out, ["更新 1 项"])
    assert "改过的题目" in branchbook("search", book, "改过的题目").out


def test_one_branch_is_exported_by_its_name_and_comes_back_unchanged(branchbook, book, tmp_path):
    """The branch alone: fewer values than the whole book, and a second import changes nothing."""
    part, whole = tmp_path / "一个支部.zip", tmp_path / "全簿.zip"
    assert branchbook("export", book, part, "--branch", "第一支部").code == 0
    assert branchbook("export", book, whole).code == 0
    assert part.stat().st_size < whole.stat().st_size
    refused(branchbook("export", book, whole, "--branch", "没有的支部"), "没有这个名称的组织", "没有的支部")
    again = branchbook("import", book, part).out
    assert "新增 0 项、更新 0 项" in again
