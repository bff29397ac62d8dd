"""A pack is whole at its place or not there at all."""

from __future__ import annotations

import zipfile

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.exchange.packing import Packing


def write(folder, text="内容"):
    (folder / "手册").mkdir()
    (folder / "手册" / "一.pdf").write_text(text, "utf-8")
    (folder / "请先看.txt").write_text(text, "utf-8")


def test_a_folder_takes_its_place(tmp_path):
    out = tmp_path / "交接"
    with Packing().packing(out) as folder:
        write(folder)
        assert not out.exists()
    assert sorted(each.relative_to(out).as_posix() for each in out.rglob("*")) == [
        "手册",
        "手册/一.pdf",
        "请先看.txt",
    ]
    assert [each.name for each in tmp_path.iterdir()] == ["交接"]


def test_a_zip_holds_one_folder_of_its_name(tmp_path):
    out = tmp_path / "交接.zip"
    with Packing().packing(out) as folder:
        write(folder)
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["交接/手册/一.pdf", "交接/请先看.txt"]
    assert [each.name for each in tmp_path.iterdir()] == ["交接.zip"]


@pytest.mark.parametrize("name", ["交接", "交接.zip"])
def test_what_fails_leaves_nothing(tmp_path, name):
    def fail(folder):
        write(folder)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Packing().packing(tmp_path / name) as folder:
        fail(folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["交接", "交接.zip"])
def test_what_is_there_is_never_written_over(tmp_path, name):
    (tmp_path / name).write_text("原来的")
    with pytest.raises(RefusedProblem, match="同名"), Packing().packing(tmp_path / name):
        pass
    assert (tmp_path / name).read_text() == "原来的"


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(RefusedProblem, match="没有这个文件夹"), Packing().packing(tmp_path / "没有" / "交接"):
        pass


def test_a_disk_error_is_told_in_chinese(tmp_path):
    with pytest.raises(RefusedProblem, match="没有写成"), Packing().packing(tmp_path / "交接"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
