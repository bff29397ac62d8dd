"""Two copies of a book: what each has, what differs, and which went further, told by the histories."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from branchbook.domain.records import PRIVATE, Record
from branchbook.services.copies import CopyHistory, Newer, common_operations, comparison_words
from branchbook.services.privacy import WITHHELD
from branchbook.services.store import Setting
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book
from tests.storage.example import ZHOU, head, meeting
from tests.storage.test_damage import change


@pytest.fixture
def pair(tmp_path):
    """Two equal copies with two operations, closed."""
    first, second = tmp_path / "办公室.branchbook", tmp_path / "家里.branchbook"
    book = make_book(first)
    with book.writing(head("second", hour=10)) as writing:
        writing.put(meeting("shared", subject="共有的会"))
    book.close()
    shutil.copy(first, second)
    return first, second


def write(path, *values, hour=11, remove=()):
    book = StoredBook(open_book_file(path))
    with book.writing(head(f"{path.name} {hour}", "改动", hour)) as writing:
        writing.put_all(values)
        for kind, key in remove:
            writing.remove(kind, key)
    book.close()


def compare(pair):
    return Shelf().compare(*pair)


def test_equal_copies(pair):
    found = compare(pair)
    assert (found.newer, found.common, found.counts) == (Newer.SAME, 2, (0, 0, 0))
    assert found.same_content
    assert comparison_words(found, "甲", "乙") == ("两份的操作记录完全相同，内容也相同",)


def test_the_one_that_went_further_is_newer_whatever_its_clock_said(pair):
    write(pair[1], replace(ZHOU, phone="13800000001"), meeting("later", subject="后开的会"), hour=1)
    found = compare(pair)
    assert (found.newer, found.common, found.more_in_first, found.more_in_second) == (Newer.SECOND, 2, 0, 1)
    assert found.only_first == ()
    assert found.only_second == ("记录“2026-05-08 支部党员大会”",)
    (value,) = found.differing
    assert value.name == "人员“周试一”"
    assert [(each.label, each.before, each.after) for each in value.differences] == [
        ("电话", "", "13800000001")
    ]
    assert compare(pair[::-1]).newer is Newer.FIRST
    words = comparison_words(found, "办公室", "家里")
    assert words[0] == "“家里”较新：包含另一份的全部操作，另外多 1 次（到 2026-11-24 10:00 为止相同）"
    assert "　　　　电话：（空） → 13800000001" in words


def test_copies_that_both_went_on_have_diverged(pair):
    write(pair[0], meeting("office"), Setting("book.title", '"甲"'))
    write(pair[1], meeting("home"), hour=12)
    write(pair[1], hour=13, remove=[(Record, meeting("shared").id)])
    found = compare(pair)
    assert (found.newer, found.common, found.more_in_first, found.more_in_second) == (Newer.DIVERGED, 2, 1, 2)
    assert found.counts == (3, 1, 0)
    assert "设置“book.title”" in found.only_first
    assert "各自改动过：“甲”另有 1 次操作，“乙”另有 2 次" in comparison_words(found, "甲", "乙")[0]


def test_books_that_are_no_copies_of_each_other(pair, tmp_path):
    other = tmp_path / "别的.branchbook"
    book = StoredBook(Shelf().create(other, "x").file)
    with book.writing(head("own")) as writing:
        writing.put(Setting("book.title", '"乙"'))
    book.close()
    found = compare((pair[0], other))
    assert found.newer is Newer.UNRELATED
    assert "不是同一本簿的副本" in comparison_words(found, "甲", "乙")[0]


def test_equal_histories_with_other_content_are_not_called_equal(pair):
    change(pair[1], "UPDATE person SET phone = '1' WHERE name = '周试一'")
    found = compare(pair)
    assert found.newer is Newer.SAME
    assert not found.same_content
    assert comparison_words(found, "甲", "乙")[0] == "两份的操作记录完全相同，内容却不同，请先校验"


@pytest.mark.parametrize(
    "first, second, common",
    [
        ({}, {}, 0),
        ({1: "a"}, {}, 0),
        ({1: "a", 2: "b"}, {1: "a", 2: "c"}, 1),
        ({1: "a", 3: "c"}, {1: "a", 3: "c"}, 3),
    ],
)
def test_the_common_beginning(first, second, common):
    histories = (CopyHistory(max(each, default=0), each) for each in (first, second))
    assert common_operations(*histories) == common


def test_what_differs_in_a_private_talk_is_not_told(pair):
    talk = replace(meeting("talk", kinds=("heart_to_heart_talk",), subject="谈家事"), fields={PRIVATE: True})
    for path, content in zip(pair, ("住院借款", "盼望调岗"), strict=True):
        write(path, replace(talk, fields={**talk.fields, "content": content}))
    found = compare(pair)
    said = "\n".join(comparison_words(found, "甲", "乙"))
    assert found.counts == (0, 0, 1)
    assert WITHHELD in said
    assert not [secret for secret in ("谈家事", "住院借款", "盼望调岗") if secret in said]
