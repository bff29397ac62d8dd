"""passphrase and export-plain: the lock of a book from the command line, on real files."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from branchbook.services.program import ProgramSettings, with_backup
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.program_settings import JsonProgramSettings
from tests.cli.conftest import NOW, Terminal, assert_words, refused

FIRST, SECOND = "骆驼 电池 竹篮", "海带 台灯 铁轨"
ONE, BOTH = f"{FIRST}\n", f"{FIRST}\n{SECOND}\n"


@pytest.fixture
def program(branchbook, tmp_path):
    """The command line with settings of its own."""
    return replace(branchbook, settings_file=JsonProgramSettings(tmp_path / "设置" / "settings.json"))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture
def protected(program, book, folder):
    answer = program.typing(ONE)("passphrase", "set", book, "--passphrase-stdin", "--backup", folder)
    assert (answer.code, answer.errors) == (0, ""), answer
    return book


class TestSetting:
    def test_it_is_said_that_nobody_can_help_and_a_backup_is_made_first(self, program, book, folder):
        answer = program.typing(ONE)("passphrase", "set", book, "--passphrase-stdin", "--backup", folder)
        assert_words(answer.out, ["谁也打不开", "恢复单", "口令强度", "已先备份并校验", "已设置口令"])
        assert FIRST not in answer.out + answer.errors
        (backup,) = folder.glob("*.branchbook")
        assert verify(backup, FIRST).whole
        assert verify(book, FIRST).protected
        settings = program.settings_file.load()
        assert settings.salts[str(book.resolve())] == (book.read_bytes()[:16].hex(),)
        assert settings.backups[str(book.resolve())].sha256 == sha256_of(backup)

    def test_readable_older_copies_are_listed_or_protected(self, program, book, folder):
        assert program("backup", book, folder).code == 0
        (older,) = folder.glob("*.branchbook")
        answer = replace(program, now=NOW.replace(hour=15)).typing(ONE)(
            "passphrase", "set", book, "--passphrase-stdin", "--backup", folder
        )
        assert_words(answer.errors, [str(older), "不用口令就能打开"])
        answer = replace(program, now=NOW.replace(hour=16)).typing(BOTH)(
            "passphrase", "change", book, "--passphrase-stdin", "--protect-copies"
        )
        assert (answer.code, answer.errors) == (0, ""), answer
        for each in folder.glob("*.branchbook"):
            assert verify(each, SECOND).whole, each

    def test_a_second_set_a_change_without_one_and_a_short_one_are_refused(
        self, program, protected, new_book
    ):
        run = program.typing(BOTH)
        refused(run("passphrase", "set", protected, "--passphrase-stdin"), "已经有口令")
        refused(run("passphrase", "change", new_book, "--passphrase-stdin"), "没有口令")
        refused(run("passphrase", "remove", new_book, "--passphrase-stdin"), "没有口令")
        answer = program.typing("短\n")("passphrase", "set", new_book, "--passphrase-stdin")
        assert answer.code == 1
        assert "至少" in answer.errors
        assert not verify(new_book).protected

    def test_a_wrong_present_one_changes_nothing(self, program, protected):
        before = sha256_of(protected)
        answer = program.typing(f"错的口令\n{SECOND}\n")(
            "passphrase", "change", protected, "--passphrase-stdin"
        )
        assert answer.code == 1
        assert "口令不对" in answer.errors
        assert sha256_of(protected) == before

    def test_a_change_voids_the_first_and_removing_leaves_a_book_for_everyone(self, program, protected):
        answer = program.typing(BOTH)("passphrase", "change", protected, "--passphrase-stdin")
        assert_words(answer.out, ["恢复单作废"])
        assert verify(protected, SECOND).whole
        later = replace(program, now=NOW.replace(hour=18))
        answer = later.typing(f"{SECOND}\n")("passphrase", "remove", protected, "--passphrase-stdin")
        assert_words(answer.out, ["已去掉口令"])
        assert verify(protected).whole


class TestTerminal:
    def test_a_new_passphrase_is_typed_twice(self, program, book):
        terminal = Terminal(FIRST, SECOND)
        answer = program.at(terminal)("passphrase", "set", book)
        assert answer.code == 1
        assert "两次输入的口令不一样" in answer.errors
        terminal = Terminal(FIRST, FIRST)
        assert program.at(terminal)("passphrase", "set", book).code == 0
        assert verify(book, FIRST).whole

    def test_after_the_third_wrong_one_there_are_growing_pauses(self, program, protected):
        terminal = Terminal("一", "二", "三", "四", FIRST)
        answer = program.at(terminal)("due", protected)
        assert (answer.code, terminal.pauses) == (0, [0, 0, 2, 4])
        assert answer.errors.count("口令不对") == 4

    def test_enter_alone_gives_up(self, program, protected):
        answer = program.at(Terminal(""))("due", protected)
        assert answer.code == 1
        assert "没有输入口令" in answer.errors


class TestRecovery:
    @pytest.fixture
    def groups(self, program, protected):
        answer = program.typing(ONE)("passphrase", "recovery-sheet", protected, "--passphrase-stdin")
        assert answer.code == 0
        return [line.split()[-1] for line in answer.out.splitlines()]

    def test_the_groups_open_the_book_and_a_typing_error_is_located(self, program, protected, groups):
        assert len(groups) == 20
        assert program.typing(" ".join(groups))("due", protected, "--passphrase-stdin").code == 0
        wrong = [*groups]
        wrong[6] = ("0" if wrong[6][0] != "0" else "1") + wrong[6][1:]
        terminal = Terminal(" ".join(wrong), "-".join(groups))
        answer = program.at(terminal)("due", protected)
        assert answer.code == 0
        assert "第 7 组打错了" in answer.errors

    def test_they_set_a_new_passphrase_and_are_void_then(self, program, protected, groups):
        typed = f"{' '.join(groups)}\n{SECOND}\n"
        answer = program.typing(typed)("passphrase", "change", protected, "--passphrase-stdin")
        assert answer.code == 0, answer
        assert verify(protected, SECOND).whole
        assert program.typing(" ".join(groups))("due", protected, "--passphrase-stdin").code == 1

    def test_the_sheet_holds_groups_and_warning_and_nothing_of_the_book(
        self, program, protected, groups, tmp_path
    ):
        target = tmp_path / "恢复单.pdf"
        answer = program.typing(ONE)(
            "passphrase", "recovery-sheet", protected, "-o", target, "--passphrase-stdin"
        )
        assert "请立即删除" in answer.errors
        document = PdfDocument(target)
        assert len(document) == 1
        text = "".join(document[0].get_textpage().get_text_range().split())
        document.close()
        assert_words(text, ["口令恢复单", "作废", "16–20", *groups])
        assert "赵示例" not in text

    def test_a_book_without_a_passphrase_has_no_sheet(self, program, book):
        refused(program("passphrase", "recovery-sheet", book), "没有口令")


class TestCopies:
    def test_they_are_listed_protected_and_deleted_by_name(self, program, book, folder):
        for hour in (10, 11):
            assert replace(program, now=NOW.replace(hour=hour))("backup", book, folder).code == 0
        first, second = sorted(folder.glob("*.branchbook"))
        program.typing(ONE)("passphrase", "set", book, "--passphrase-stdin", "--backup", folder)
        run = program.typing(ONE)
        answer = run("passphrase", "copies", book, "--passphrase-stdin")
        assert answer.code == 1
        assert_words(answer.out, [str(first), str(second)])
        words = ("--protect", first, "--delete", second, "--passphrase-stdin")
        answer = run("passphrase", "copies", book, *words)
        assert answer.code == 0, answer
        assert_words(answer.out, ["已改用现在的口令", "已删除", "没有"])
        assert verify(first, FIRST).whole
        assert not second.exists()
        answer = run("passphrase", "copies", book, "--delete", book, "--passphrase-stdin")
        assert "这不是查到的旧副本" in answer.errors

    def test_nothing_is_deleted_without_a_good_backup(self, program, protected, folder, tmp_path):
        (backup,) = folder.glob("*.branchbook")
        copy = tmp_path / f"{protected.stem} 升级前.branchbook"
        plain = program.typing(ONE)("restore", backup, copy, "--passphrase-stdin")
        assert plain.code == 0
        program.typing(ONE)("passphrase", "remove", copy, "--passphrase-stdin")
        for each in (*folder.glob("*"), *tmp_path.glob("*.json")):
            each.unlink()
        for each in tmp_path.glob("* 2026-*.branchbook"):
            each.unlink()
        answer = program.typing(ONE)(
            "passphrase", "copies", protected, "--delete", copy, "--passphrase-stdin"
        )
        assert answer.code == 1
        assert "不能删除旧的" in answer.errors
        assert copy.exists()


def test_a_damaged_salt_is_mended_on_the_way(program, protected):
    content = bytearray(protected.read_bytes())
    whole = bytes(content)
    content[1] ^= 8
    protected.write_bytes(content)
    settings = program.settings_file.load()
    program.settings_file.save(with_backup(settings, protected, next(iter(settings.backups.values()))))
    run = replace(program, terminal=Terminal(FIRST))
    answer = run("due", protected)
    assert answer.code == 0
    assert "盐" in answer.errors
    assert protected.read_bytes()[:16] == whole[:16]


class TestPlainExport:
    def test_it_can_be_read_by_anything_names_its_hash_and_says_that_it_is_open(
        self, program, protected, tmp_path
    ):
        target = tmp_path / "存档.sqlite"
        answer = program.typing(ONE)("export-plain", protected, target, "--passphrase-stdin")
        assert_words(answer.out, [sha256_of(target), "没有加密"])
        plain = sqlite3.connect(target)
        assert plain.execute("SELECT count(*) FROM person").fetchone() == (10,)
        plain.close()
        refused(
            program.typing(ONE)("export-plain", protected, tmp_path / "x.zip", "--passphrase-stdin"),
            "须以 .sqlite",
            code=2,
        )

    @pytest.mark.parametrize("words", [("export", "书.zip"), ("roster export", "册.xlsx")])
    def test_every_export_of_a_protected_book_says_that_it_is_open(self, program, protected, tmp_path, words):
        verb, name = words
        parts = (*verb.split(), protected, tmp_path / name)
        assert "没有加密" in program.typing(ONE)(*parts, "--passphrase-stdin").out

    def test_a_book_that_is_no_secret_needs_no_such_line(self, program, book, tmp_path):
        assert "没有加密" not in program("export", book, tmp_path / "书.zip").out


def test_settings_keep_three_salts_and_read_older_files(tmp_path):
    file = JsonProgramSettings(tmp_path / "settings.json")
    (tmp_path / "settings.json").write_text('{"operator": "甲"}')
    assert file.load() == ProgramSettings(operator="甲")
