"""Above the pages: a row, a page or a line of history that is not what the program left is found and named."""

from __future__ import annotations

import contextlib
import shutil
from datetime import UTC, datetime

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.store import Draft, PrintedPaper, Setting
from branchbook.storage import keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import verify, verify_contents
from branchbook.storage.problems import BookInUseProblem
from tests.storage.backups import rows_of
from tests.storage.conftest import child, make_book
from tests.storage.example import ABDU, ZHOU, attached, head, identity, meeting
from tests.storage.test_damage import change
from tests.storage.test_kept_books import KEPT, NOW

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
PAGE = keys.PAGE_SIZE


@pytest.fixture
def lived_in(tmp_path):
    """A closed book with something everywhere: bin, attachment, setting, printed paper, draft, two meetings."""
    path = tmp_path / "用过.branchbook"
    book = make_book(path)
    with book.writing(head("second", "登记会议", 10)) as writing:
        writing.put(meeting("other", subject="另一次"))
        writing.put(Setting("book.title", '"甲"'))
        writing.put(attached(meeting(), writing.keep_content(b"photo")))
    with book.writing(head("third", "删除会议", 11)) as writing:
        writing.remove(Record, meeting("other").id)
    with book.writing(head("print", "打印", 12)) as writing:
        writing.put_printed(PrintedPaper(identity("paper"), "minutes", "s", AT, "a", "b"))
    book.save_draft(Draft(identity("draft"), "record", "{}", AT))
    book.close()
    return path


def findings(path):
    return verify_contents(path, keys.OPEN).findings


def test_a_book_that_only_the_program_wrote_is_whole(lived_in):
    assert findings(lived_in) == ()


@pytest.mark.parametrize(
    "statement, words",
    [
        (
            "UPDATE record SET subject = '换成别的'",
            "记录“2026-05-08 支部党员大会”与操作记录不符：主题（最后一次改动：2026-11-24 09:00 试用员“改动”）",
        ),
        ("UPDATE person SET phone = '1' WHERE name = '周试一'", "人员“周试一”与操作记录不符：电话"),
        ("UPDATE attendance SET presence = 'absent' WHERE line = 0", "与操作记录不符：考勤"),
        ("UPDATE vote SET votes_for = 3", "与操作记录不符：议题"),
        ("UPDATE setting SET value = '\"乙\"'", "设置“book.title”与操作记录不符：内容"),
        ("DELETE FROM term", "不见了，操作记录里还在"),
        ("UPDATE record SET held_on = 'gestern'", "记录“2026-05-08 支部党员大会”读不出"),
        ("INSERT INTO setting VALUES ('fremd', '1')", "设置“fremd”没有操作记录"),
        ("UPDATE record_kind SET kind = 'party_lesson'", "种类的登记与记录不符"),
        ("DELETE FROM removed", "回收站里的记录“2026-05-08 支部党员大会”与操作记录不符"),
        ("UPDATE removed SET payload = '{}'", "回收站里的记录"),
        ("DELETE FROM printed_paper", "打印登记与簿里记下的校验和不符"),
        ("UPDATE draft SET payload = '{\"a\":1}'", "草稿与簿里记下的校验和不符"),
        ("UPDATE operation SET who = '别人' WHERE number = 2", "操作记录第 2 条（2026-11-24 10:00 别人“登记会议”）"),
        ("DELETE FROM operation WHERE number = 3", "簿里记着共有 3 条，现在读到第 2 条"),
        ("DELETE FROM operation WHERE number = 2", "它前面缺第 2 至 2 条"),
        ("UPDATE book_state SET number = 2", "操作记录的末尾不对"),
        (
            "CREATE TRIGGER fremd AFTER INSERT ON person BEGIN DELETE FROM term; END",
            "簿里有不是本程序建立的触发器或视图：fremd",
        ),
        ("UPDATE touch SET after = replace(after, '周试一', '周试二')", "操作记录第 1 条"),
    ],
)  # fmt: skip
def test_every_edit_outside_the_program_is_found_and_named(lived_in, statement, words):
    change(lived_in, statement)
    found = findings(lived_in)
    assert any(words in each for each in found), found


def test_an_identity_number_is_not_told(tmp_path):
    path = tmp_path / "号.branchbook"
    book = make_book(path)
    from dataclasses import replace

    with book.writing(head("number", hour=10)) as writing:
        writing.put(replace(ZHOU, identity_number="110101199003074610"))
    book.close()
    change(path, "UPDATE person SET identity_number = '110101199003074611'")
    found = "".join(findings(path))
    assert "人员“周试一”与操作记录不符" in found
    assert "19900307" not in found


def test_a_search_index_with_other_words_is_told_apart_from_damage(lived_in):
    change(lived_in, "DELETE FROM search_index WHERE rowid = (SELECT max(number) FROM search_entry)")
    report = verify_contents(lived_in, keys.OPEN)
    assert report.index_differs
    assert len(report.findings) == 1
    book = StoredBook(open_book_file(lived_in))
    book.rebuild_search_index()
    book.close()
    assert findings(lived_in) == ()


def test_words_that_another_page_of_the_index_brought_are_found(lived_in):
    """Entries and digests fit; only the words themselves are others."""
    change(
        lived_in,
        "INSERT OR REPLACE INTO search_index(rowid, words) SELECT max(number), 'fremd' FROM search_entry",
    )
    assert verify_contents(lived_in, keys.OPEN).index_differs


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_an_upgraded_book_is_whole(kept, tmp_path):
    path = tmp_path / "旧簿.branchbook"
    shutil.copy(kept, path)
    StoredBook(open_book_file(path, now=NOW)).close()
    assert findings(path) == ()


def test_a_value_removed_in_the_operation_that_changed_it_goes_into_the_bin_as_it_was(book):
    with book.writing(head("both", hour=10)) as writing:
        writing.put(meeting(subject="改了"))
        writing.put(meeting("short"))
        writing.remove(Record, meeting().id)
        writing.remove(Record, meeting("short").id)
    with book.reading() as reading:
        assert [each.entity_id for each in reading.removed()] == [str(meeting().id)]
    path = book.path
    book.close()
    assert findings(path) == ()


def test_one_older_page_put_back_is_found(tmp_path):
    """Every page of the version before, alone: each passes its own check, and none is read as good.

    A page that the book no longer reads, or reads to the same end, is no fault.
    """
    path, older = tmp_path / "簿.branchbook", tmp_path / "旧.branchbook"
    book = make_book(path)
    with book.writing(head("more", hour=10)) as writing:
        writing.put_all(meeting(f"m{number}", subject=f"第 {number} 次") for number in range(20))
    shutil.copy(path, older)
    with book.writing(head("later", "更改", 11)) as writing:
        writing.put_all(meeting(f"m{number}", subject=f"改第 {number} 次") for number in range(10))
        writing.put(Person(ABDU.id, "阿卜杜·改名", "abd"))
    book.close()
    new, old = path.read_bytes(), older.read_bytes()
    good = what_is_read(path)
    found = 0
    missed = []
    for start in range(0, len(old), PAGE):
        if new[start : start + PAGE] == old[start : start + PAGE]:
            continue
        path.write_bytes(new[:start] + old[start : start + PAGE] + new[start + PAGE :])
        report = verify_contents(path, keys.OPEN)
        assert not report.damaged_pages
        found += not report.whole
        if report.whole and what_is_read(path) != good:
            missed.append(start // PAGE + 1)
    assert missed == []
    assert found > 15


def what_is_read(path):
    """Every row of the program's own tables, and the index's answer to a search; not the engine's bookkeeping."""
    rows = {
        name: found
        for name, found in rows_of(path).items()
        if not name.startswith(("search_index", "sqlite_"))
    }
    book = StoredBook(open_book_file(path, writable=False))
    with book.reading() as reading:
        hits = reading.search("第 1 次")
    book.close()
    return rows, hits


def test_progress_is_told_and_cancels(lived_in):
    told = []

    def tell(done, total):
        told.append((done, total))
        return True

    verify_contents(lived_in, keys.OPEN, tell)
    assert told
    assert all(done <= total for done, total in told)
    assert told == sorted(told)
    with pytest.raises(RefusedProblem, match="已取消"):
        verify_contents(lived_in, keys.OPEN, lambda done, total: False)
    assert verify(lived_in).whole


WRITE = """
import sys; from pathlib import Path
from branchbook.storage.shelf import Shelf
from tests.storage.example import head, meeting
book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='x')
print('open', flush=True)
for number in range(60):
    with book.writing(head(f'w{number}', hour=10)) as writing:
        writing.put_all(meeting(f'w{each}', subject=f'第 {number} 次') for each in range(5))
book.close()
"""


def test_a_book_that_another_program_is_writing_is_not_called_damaged(lived_in):
    """Pages are read from the file itself, so no commit may come in between."""
    with child(WRITE, lived_in) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        while writer.poll() is None:
            with contextlib.suppress(BookInUseProblem):  # a busy machine: it says so, and nothing else
                StoredBook(open_book_file(lived_in, writable=False)).close()
                assert verify(lived_in).whole
        assert writer.returncode == 0
    assert findings(lived_in) == ()
