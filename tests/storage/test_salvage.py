"""A damaged book: what is not on damaged pages is saved, what is can mostly be rebuilt, and the new book is whole."""

from __future__ import annotations

import contextlib
import random
import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import Problem
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import ENTITY_TYPES, to_json
from branchbook.services.operations import Actor
from branchbook.services.store import Draft, PrintedPaper, Setting
from branchbook.storage import driver, keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import create_book_file, open_book_file
from branchbook.storage.content_check import LastTouch, load_values
from branchbook.storage.problems import WouldOverwriteProblem, WrongPassphraseProblem
from branchbook.storage.salvage import choose, salvage_book
from tests.storage.example import ABDU, ROSTER, attached, head, identity, meeting
from tests.storage.test_damage import change
from tests.storage.test_kept_books import KEPT

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ACTOR = Actor("抢救员", AT)
PAGE = keys.PAGE_SIZE
MEETINGS, PHOTOS = 40, 12


def fill(path, passphrase=None):
    book = StoredBook(create_book_file(path, passphrase, "试用员"))
    with book.writing(head("roster")) as writing:
        writing.put_all(ROSTER)
        writing.put(Setting("book.title", '"甲"'))
    for number in range(MEETINGS):
        with book.writing(head(f"op{number}", "登记会议", 10)) as writing:
            record = meeting(f"m{number}", subject=f"第 {number} 次")
            writing.put(record)
            if number < PHOTOS:
                content = random.Random(number).randbytes(9000 + number)
                writing.put(attached(record, writing.keep_content(content)))
    with book.writing(head("gone", "删除", 11)) as writing:
        writing.remove(Record, meeting(f"m{MEETINGS - 1}").id)
    with book.writing(head("print", "打印", 12)) as writing:
        writing.put_printed(PrintedPaper(identity("paper"), "minutes", "s", AT, "a", "b"))
    book.save_draft(Draft(identity("draft"), "record", "{}", AT))
    book.close()


def held(path, passphrase=None):
    """Every value of a book as JSON, what is in the bin, and attachments' bytes."""
    book = StoredBook(open_book_file(path, passphrase, writable=False))
    with book.reading() as reading:
        values = {
            (name, str(each.id)): to_json(each)
            for name, kind in ENTITY_TYPES.items()
            if kind is not Setting
            for each in reading.all(kind)
        }
        values |= {("setting", key): value for key, value in reading.settings().items()}
        photos = {each.sha256: reading.content(each.sha256) for each in reading.all(Attachment)}
        rest = SimpleNamespace(
            removed=[each.entity_id for each in reading.removed()],
            drafts=len(reading.drafts()),
            printed=len(reading.printed()),
            operations=len(reading.operations(1000)),
            hits=len(reading.search("第 7 次")),
        )
    book.close()
    return values, photos, rest


def readable(path, values):
    """The values that the engine alone still gives by their ids as they were: those not on damaged pages.

    Without attachments, whose bytes stand elsewhere.
    """
    found = set()
    for entity, key in values:
        try:
            connection = driver.open_connection(path, keys.OPEN, "ro")
        except driver.engine_errors():
            return set()  # the list of tables is damaged: the engine alone gives nothing
        with contextlib.suppress(*driver.engine_errors(), ValueError, Problem):
            value = load_values(connection, entity, [key])[0].get(key)
            if entity != "attachment" and value is not None and to_json(value) == values[entity, key]:
                found.add((entity, key))
        connection.close()
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("salvage") / "簿.branchbook"
    fill(path)
    return SimpleNamespace(
        bytes=path.read_bytes(), values=held(path)[0], photos=held(path)[1], rest=held(path)[2]
    )


def damaged(tmp_path, content, *pages):
    path = tmp_path / "坏.branchbook"
    bad = bytearray(content)
    for page in pages:
        bad[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(bad)
    return path


def test_a_whole_book_is_salvaged_wholly(tmp_path, whole):
    path = tmp_path / "好.branchbook"
    path.write_bytes(whole.bytes)
    report = salvage_book(path, tmp_path / "新.branchbook", None, ACTOR)
    assert report.check.whole, report.check.findings
    assert (report.lost_count, report.rebuilt_count, report.lost_operations) == (0, 0, 0)
    assert held(report.path) == (whole.values, whole.photos, whole.rest)
    assert path.read_bytes() == whole.bytes
    assert sorted(each.name for each in tmp_path.iterdir()) == ["好.branchbook", "新.branchbook"]


def test_with_any_one_page_damaged_next_to_nothing_is_lost(tmp_path, whole):
    """Every value is saved, unless the page held the beginning of attachments' bytes, which stand only once.

    A page of the table of bytes begins no more than eight of them.
    """
    pages = len(whole.bytes) // PAGE
    chosen = [*range(1, 20), *range(20, pages + 1, 14)]
    unsaved = []
    for page in chosen:
        path, target = damaged(tmp_path, whole.bytes, page), tmp_path / f"新{page}.branchbook"
        try:
            report = salvage_book(path, target, None, ACTOR)
        except Problem as problem:
            unsaved.append((page, str(problem)))
            continue
        assert report.check.whole, (page, report.check.findings)
        values, photos, _ = held(target)
        lost = {key for key, value in whole.values.items() if values.get(key) != value}
        assert {entity for entity, _ in lost} <= {"attachment"}, (page, lost)
        assert len(lost) <= 8
        assert report.lost_count == len(lost)
        assert all(whole.photos[key] == content for key, content in photos.items())
        target.unlink()
    assert unsaved == []


def test_with_many_pages_damaged_the_rest_is_saved(tmp_path, whole):
    chance = random.Random(6)
    pages = len(whole.bytes) // PAGE
    for _ in range(3):
        bad = chance.sample(range(2, pages + 1), pages // 20)
        report = salvage_book(damaged(tmp_path, whole.bytes, *bad), tmp_path / "新.branchbook", None, ACTOR)
        values = held(report.path)[0]
        assert report.check.whole
        assert report.damaged_pages == tuple(sorted(bad))
        kept = sum(values.get(key) == value for key, value in whole.values.items())
        assert kept >= 0.5 * len(whole.values)
        plainly = readable(tmp_path / "坏.branchbook", whole.values)
        assert kept >= len(plainly)
        assert all(values[key] == whole.values[key] for key in plainly)
        assert all(whole.values[key] == value for key, value in values.items())
        assert sum(report.saved.values()) == len(values)
        report.path.unlink()


def test_a_truncated_book_gives_what_is_left(tmp_path, whole):
    path = tmp_path / "截.branchbook"
    path.write_bytes(whole.bytes[: len(whole.bytes) * 3 // 4 + 7])
    report = salvage_book(path, tmp_path / "新.branchbook", None, ACTOR)
    assert report.check.whole
    assert report.saved["person"] == 2
    assert report.saved["record"] > 0
    assert report.lost_operations > 0


def test_a_row_that_another_program_changed_is_put_back(tmp_path, whole):
    path = tmp_path / "改.branchbook"
    path.write_bytes(whole.bytes)
    change(path, "UPDATE person SET name = '别人' WHERE name = '周试一'")
    change(path, "UPDATE record SET held_on = 'gestern' WHERE subject = '第 3 次'")
    report = salvage_book(path, tmp_path / "新.branchbook", None, ACTOR)
    assert report.check.whole
    assert set(report.rebuilt) == {"人员“周试一”", "记录“2026-05-08 支部党员大会”"}
    assert held(report.path)[0] == whole.values


def test_a_history_that_another_program_changed_does_not_win_over_the_rows(tmp_path, whole):
    path = tmp_path / "改.branchbook"
    path.write_bytes(whole.bytes)
    change(path, "UPDATE touch SET after = replace(after, '第 3 次', '假的') WHERE after LIKE '%第 3 次%'")
    report = salvage_book(path, tmp_path / "新.branchbook", None, ACTOR)
    assert report.check.whole
    assert report.lost_operations == 1
    assert held(report.path)[0] == whole.values


def test_a_protected_book_is_salvaged_under_its_passphrase(tmp_path):
    path = tmp_path / "密.branchbook"
    fill(path, "口令")
    before = held(path, "口令")[0]
    bad = damaged(tmp_path, path.read_bytes(), 5)
    with pytest.raises(WrongPassphraseProblem):
        salvage_book(bad, tmp_path / "新.branchbook", None, ACTOR)
    report = salvage_book(bad, tmp_path / "新.branchbook", "口令", ACTOR)
    assert report.check.whole
    assert report.check.protected
    assert held(report.path, "口令")[0] == before


def test_salvage_refuses_to_write_over_a_file(tmp_path, whole):
    path = damaged(tmp_path, whole.bytes, 5)
    with pytest.raises(WouldOverwriteProblem):
        salvage_book(path, path, None, ACTOR)


def test_a_cancelled_salvage_leaves_nothing(tmp_path, whole):
    path = damaged(tmp_path, whole.bytes, 5)
    with pytest.raises(Problem, match="已取消"):
        salvage_book(path, tmp_path / "新.branchbook", None, ACTOR, lambda done, total: False)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


OLD, NEW = ABDU, Person(ABDU.id, "改名", "gm")


@pytest.mark.parametrize(
    "value, unreadable, after, newer_lost, chosen, from_history",
    [
        (NEW, False, NEW, False, NEW, False),
        (NEW, False, OLD, False, OLD, True),
        (NEW, False, OLD, True, NEW, False),
        (None, True, OLD, True, OLD, True),
        (None, False, OLD, False, OLD, True),
        (None, True, None, False, None, False),
        (NEW, False, None, False, None, False),
        (NEW, False, None, True, NEW, False),
    ],
)
def test_rows_or_history(value, unreadable, after, newer_lost, chosen, from_history):
    said = LastTouch(str(ABDU.id), None, None if after is None else to_json(after), 1)
    assert choose("person", value, unreadable, said, newer_lost=newer_lost) == (chosen, from_history)


def test_without_history_only_the_rows_can_tell():
    assert choose("person", OLD, False, None, newer_lost=True) == (OLD, False)
    assert choose("person", None, True, None, newer_lost=True) == (None, False)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_damaged_book_of_an_earlier_version_is_salvaged_into_one_of_this(tmp_path, kept):
    whole_copy = tmp_path / "旧.branchbook"
    shutil.copy(kept, whole_copy)
    StoredBook(open_book_file(whole_copy, now=AT)).close()
    values = held(whole_copy)[0]
    pages = kept.stat().st_size // PAGE
    for page in range(2, pages, 14):
        report = salvage_book(
            damaged(tmp_path, kept.read_bytes(), page), tmp_path / "新.branchbook", None, ACTOR
        )
        assert report.check.whole, report.check.findings
        found = held(report.path)[0]
        assert {key: value for key, value in values.items() if found.get(key) != value} == {}
        report.path.unlink()
