"""Where a verb writes: never over what is something else, never half a file, and the reason in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchbook.cli.writing import make_folder, write_whole
from branchbook.domain.problems import RefusedProblem
from tests.cli.conftest import CommandLine, refused

TARGETS = [
    (("export", "{book}", "{target}"), "出.zip"),
    (("roster", "export", "{book}", "{target}"), "出.xlsx"),
    (("print", "{book}", "general_meeting_minutes", "--blank", "-o", "{target}"), "出.pdf"),
    (("print", "{book}", "general_meeting_minutes", "--blank", "-o", "{target}"), "出.docx"),
    (("restore", "{book}", "{target}"), "出.branchbook"),
    (("new", "{target}", "--branch", "甲支部"), "出.branchbook"),
]


def run(branchbook: CommandLine, words: tuple[str, ...], book: Path, target: Path):
    return branchbook(*[each.format(book=book, target=target) for each in words])


@pytest.mark.parametrize("words, name", TARGETS, ids=[each[0][0] + each[1][1:] for each in TARGETS])
def test_a_missing_folder_and_a_folder_of_that_name_are_wrong_use(branchbook, book, tmp_path, words, name):
    answer = run(branchbook, words, book, tmp_path / "没有" / name)
    refused(answer, "没有这个文件夹", str(tmp_path / "没有"), name, code=2)
    (tmp_path / name).mkdir()
    refused(run(branchbook, words, book, tmp_path / name), "这是一个文件夹", str(tmp_path / name), code=2)
    assert list((tmp_path / name).iterdir()) == []
    assert not (tmp_path / "没有").exists()


@pytest.mark.parametrize("words, name", TARGETS[:4], ids=[each[0][0] + each[1][1:] for each in TARGETS[:4]])
def test_a_read_only_place_is_told_without_english_and_nothing_is_left(
    branchbook, kept, read_only_place, tmp_path, words, name
):
    target = read_only_place(kept.path).with_name(name)
    answer = run(branchbook, words, kept.path, target)
    assert answer.code in (1, 2)
    assert answer.errors.startswith("branchbook：文件写不进去")
    assert name in answer.errors
    assert not target.exists()


def test_a_demo_into_a_file_is_refused(branchbook, tmp_path):
    (tmp_path / "占位").write_text("", "utf-8")
    refused(branchbook("demo", "--out", tmp_path / "占位"), "文件夹建不了", "同名的是一个文件")
    refused(branchbook("demo", "--out", tmp_path / "占位" / "里"), "文件夹建不了", "不是文件夹")


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path):
    path = tmp_path / "出.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["出.pdf"]
    make_folder(tmp_path / "甲" / "乙")
    with pytest.raises(RefusedProblem, match="文件名太长"):
        write_whole(tmp_path / ("长" * 200), b"three")
    with pytest.raises(RefusedProblem, match="没有这个文件夹"):
        write_whole(tmp_path / "丙" / "出.pdf", b"four")
