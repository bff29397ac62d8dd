"""salvage, compare and the repair of the search index on the command line."""

from __future__ import annotations

import shutil

import pytest

from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book
from tests.storage.example import head, meeting
from tests.storage.test_damage import change


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "簿.branchbook"
    make_book(found).close()
    return found


def test_a_whole_book_verifies(branchbook, path):
    answer = branchbook("verify", path)
    assert answer.code == 0
    assert "完好" in answer.out


def test_an_edited_row_is_named(branchbook, path):
    change(path, "UPDATE record SET subject = '换成别的'")
    answer = branchbook("verify", path)
    assert answer.code == 1
    assert "记录“2026-05-08 支部党员大会”与操作记录不符：主题" in answer.out
    assert branchbook("verify", path, "--json").json["whole"] is False


def test_the_search_index_is_built_anew_only_when_asked_and_only_when_it_is_alone(branchbook, path):
    change(path, "DELETE FROM search_entry")
    before = path.read_bytes()
    answer = branchbook("verify", path)
    assert answer.code == 1
    assert "可以重建索引" in answer.out
    assert path.read_bytes() == before
    answer = branchbook("verify", path, "--repair-index")
    assert (answer.code, answer.errors) == (0, "已按内容重建搜索索引\n")
    assert branchbook("verify", path).code == 0
    change(path, "DELETE FROM search_entry")
    change(path, "UPDATE person SET phone = '1'")
    assert branchbook("verify", path, "--repair-index").errors == ""


def test_salvage_says_what_was_saved_and_what_was_lost(branchbook, path, tmp_path):
    bad = tmp_path / "坏.branchbook"
    content = bytearray(path.read_bytes())
    content[5 * 4096 + 10] ^= 1
    bad.write_bytes(content)
    assert branchbook("verify", bad).code == 1
    answer = branchbook("salvage", bad, tmp_path / "新.branchbook")
    assert answer.code == 0, answer.out
    assert answer.out.startswith("已抢救到 新.branchbook：组织 1、")
    assert "损坏的文件有 1 页读不出" in answer.out
    assert "新簿校验完好" in answer.out
    assert Shelf().check(tmp_path / "新.branchbook").whole
    assert branchbook("salvage", bad, tmp_path / "新.branchbook").code == 1


def test_what_is_no_book_cannot_be_salvaged(branchbook, tmp_path):
    other = tmp_path / "信.branchbook"
    other.write_text("不是簿" * 3000)
    answer = branchbook("salvage", other, tmp_path / "新.branchbook")
    assert answer.code != 0
    assert not (tmp_path / "新.branchbook").exists()


def test_compare_tells_which_copy_went_further(branchbook, path, tmp_path):
    copy = tmp_path / "副本.branchbook"
    shutil.copy(path, copy)
    assert branchbook("compare", path, copy).code == 0
    book = Shelf().open(copy, None, writable=True, holder="x")
    with book.writing(head("later", hour=10)) as writing:
        writing.put(meeting(subject="改了主题"))
    book.close()
    answer = branchbook("compare", path, copy)
    assert answer.code == 1
    assert "“副本.branchbook”较新" in answer.out
    assert "　　　　主题：讨论年度计划 → 改了主题" in answer.out
    found = branchbook("compare", path, copy, "--json").json
    assert (found["newer"], found["common_operations"], found["more_in_second"]) == ("second", 1, 1)
    assert found["differing"][0]["differences"] == [
        {"label": "主题", "before": "讨论年度计划", "after": "改了主题"}
    ]
