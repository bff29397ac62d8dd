"""backup, backups, restore, drill on the command line."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from branchbook.services.settings import change_setting
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import NOW, CommandLine, assert_words, refused
from tests.services.small_book import actor
from tests.storage.backups import add_person, damage
from tests.storage.test_damage import change


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture
def backup(branchbook, book, folder) -> Path:
    return Path(branchbook("backup", book, folder, "--json").json["file"])


def changed(book: Path) -> None:
    """One more person in the book."""
    opened = Shelf().open(book, None, writable=True, holder="")
    add_person(opened)
    opened.close()


def test_a_folder_lists_its_backups(branchbook, backup, folder):
    answer = branchbook("backups", folder)
    assert_words(answer.out, ["日常", "校验完好", "人员 10 名", backup.name])
    (found,) = branchbook("backups", folder, "--json").json
    assert (found["file"], found["kind"], found["pinned"]) == (str(backup), "routine", False)
    assert found["verified_at"] == NOW.isoformat()


def test_an_empty_or_missing_folder_is_told(branchbook, folder):
    assert "没有备份" in branchbook("backups", folder).out
    refused(branchbook("backups", folder / "没有"), "没有这个文件夹", code=2)


def test_rotating_is_asked_for(branchbook, book, folder):
    opened = Shelf().open(book, None, writable=True, holder="")
    for key in ("backups_of_days", "backups_of_weeks", "backups_of_months", "backups_of_years"):
        change_setting(opened, key, 0, actor())
    opened.close()
    for minutes in range(3):
        CommandLine(NOW + timedelta(minutes=minutes))("backup", book, folder)
    assert len(list(folder.glob("*.branchbook"))) == 3
    answer = CommandLine(NOW + timedelta(minutes=9))("backup", book, folder, "--rotate")
    assert answer.out.count("按轮换的份数删除") == 2
    assert len(list(folder.glob("*.branchbook"))) == 2


def test_a_folder_that_is_synchronised_is_warned_about(branchbook, book, tmp_path):
    folder = tmp_path / "Nutstore Files"
    folder.mkdir()
    answer = branchbook("backup", book, folder)
    assert answer.code == 0
    assert "坚果云" in answer.errors


def test_a_preview_says_what_differs_and_writes_nothing(branchbook, book, backup):
    changed(book)
    before = book.read_bytes()
    answer = branchbook("restore", backup, book, "--preview")
    assert_words(answer.out, ["备份里：", "现在的簿：", "只在现在的簿里：人员 1 名：孙示例"])
    found = branchbook("restore", backup, book, "--preview", "--json").json
    assert found["compared"]["only_in_book"]["people"] == ["孙示例"]
    assert found["compared"]["only_in_backup"]["records"] == []
    assert book.read_bytes() == before


def test_a_preview_without_a_book_shows_the_backup_alone(branchbook, backup, tmp_path):
    answer = branchbook("restore", backup, tmp_path / "没有.branchbook", "--preview")
    assert "备份里：" in answer.out
    assert "现在的簿" not in answer.out


def test_replacing_keeps_the_book_first(branchbook, book, backup):
    changed(book)
    refused(branchbook("restore", backup, book), "同名的文件")
    answer = branchbook("restore", backup, book, "--replace", "--json")
    kept = Path(answer.json["kept"])
    assert branchbook("verify", kept, "--json").json["people"] == 11
    assert branchbook("verify", book, "--json").json["people"] == 10
    assert [each["kind"] for each in branchbook("backups", book.parent, "--json").json] == ["pre_restore"]


def test_replace_and_preview_exclude_each_other(branchbook, book, backup):
    refused(branchbook("restore", backup, book, "--replace", "--preview"), "不能同时用", code=2)


def test_a_drill_tells_every_step(branchbook, book, backup):
    answer = branchbook("drill", backup, "--book", book)
    assert_words(answer.out, ["能恢复", "通过：与现在的簿逐项相同"])
    damage(backup)
    answer = branchbook("drill", backup, "--json")
    assert (answer.code, answer.json["passed"]) == (1, False)


def test_before_an_import_the_book_is_kept(branchbook, book, tmp_path):
    other = Path(shutil.copy(book, tmp_path / "别处.branchbook"))
    changed(other)
    branchbook("export", other, tmp_path / "来.zip")
    assert branchbook("import", book, tmp_path / "来.zip", "--dry-run").code == 0
    assert list(tmp_path.glob("*导入前*")) == []
    assert branchbook("import", book, tmp_path / "来.zip").code == 0
    (kept,) = tmp_path.glob("示例 总支 导入前 *.branchbook")
    assert branchbook("verify", kept, "--json").json["people"] == 10


def test_a_handover_pack_is_made_and_said_to_be_unprotected(branchbook, book, tmp_path):
    answer = branchbook("handover", book, tmp_path / "交接")
    assert answer.code == 0
    assert "没有加密" in answer.errors
    assert (tmp_path / "交接" / "交接清单.pdf").is_file()
    refused(branchbook("handover", book, tmp_path / "交接"), "同名")
    found = branchbook("handover", book, tmp_path / "交接.zip", "--json").json
    assert (tmp_path / "交接.zip").is_file()
    assert "请先看.txt" in found["files"]


def test_a_backup_of_a_book_that_was_changed_outside_is_made_and_told(branchbook, book, folder):
    change(book, "UPDATE record SET subject = '换成别的'")
    answer = branchbook("backup", book, folder)
    assert answer.code == 1
    assert "没有通过校验" in answer.out
    assert "与操作记录不符" in answer.errors
    assert len(list(folder.glob("*.branchbook"))) == 1
