"""A damaged book is never read as if whole: every sampled fault is found by ``verify``."""

from __future__ import annotations

import random

import pytest

from branchbook.domain.problems import Problem
from branchbook.storage import driver, keys
from branchbook.storage.check import verify
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book

FLIPS = 200


def is_reported(path, passphrase=None) -> bool:
    """True when verify refuses the file or lists findings."""
    try:
        return not verify(path, passphrase).whole
    except Problem:
        return True


@pytest.mark.parametrize("passphrase", [None, "口令"])
def test_every_flipped_bit_is_found(tmp_path, passphrase):
    path = tmp_path / "翻.branchbook"
    make_book(path, passphrase).close()
    assert verify(path, passphrase).whole
    good, chance = path.read_bytes(), random.Random(2)
    missed = []
    flips = FLIPS if passphrase is None else FLIPS // 20  # each one pays for the derivation of the key
    for _ in range(flips):
        place, bit = chance.randrange(len(good)), chance.randrange(8)
        bad = bytearray(good)
        bad[place] ^= 1 << bit
        path.write_bytes(bad)
        if not is_reported(path, passphrase):
            missed.append((place, bit))
    assert missed == []


def test_every_kind_of_place_in_a_page_is_found(closed_book):
    """Mark, body, initialisation vector and HMAC, of the first and of a later page."""
    good = closed_book.read_bytes()
    for page in (0, 4096 * 7):
        for place in (0, 16, 2000, 4015, 4016, 4031, 4032, 4095):
            bad = bytearray(good)
            bad[page + place] ^= 0x80
            closed_book.write_bytes(bad)
            assert is_reported(closed_book), (page, place)


def test_truncations_and_additions_are_found(closed_book):
    good, chance = closed_book.read_bytes(), random.Random(3)
    lengths = [0, 1, 15, 16, 4095, 4096, len(good) - 4096, len(good) - 1]
    for length in lengths + [chance.randrange(len(good)) for _ in range(20)]:
        closed_book.write_bytes(good[:length])
        assert is_reported(closed_book), length
    for more in (b"\x00", bytes(4096), good[-4096:]):
        closed_book.write_bytes(good + more)
        assert is_reported(closed_book), len(more)


@pytest.mark.parametrize("size", [512, 4096])
def test_zeroed_sectors_and_pages_are_found(closed_book, size):
    good, chance = closed_book.read_bytes(), random.Random(size)
    for _ in range(20):
        start = chance.randrange(len(good) // size) * size
        closed_book.write_bytes(good[:start] + bytes(size) + good[start + size :])
        assert is_reported(closed_book), start


def test_pages_that_changed_places_are_found(closed_book):
    good = closed_book.read_bytes()
    first, second = good[4096 * 5 : 4096 * 6], good[4096 * 9 : 4096 * 10]
    swapped = good[: 4096 * 5] + second + good[4096 * 6 : 4096 * 9] + first + good[4096 * 10 :]
    closed_book.write_bytes(swapped)
    report = verify(closed_book)
    assert report.damaged_pages == (6, 10)
    assert "第 6、10 页" in report.findings[0]


def test_a_whole_book_is_reported_with_its_contents(closed_book):
    report = verify(closed_book)
    assert report.whole
    assert (report.contents.people, report.contents.records, report.contents.organisations) == (2, 1, 1)
    assert str(report.contents.last_meeting_on) == "2026-05-08"
    assert report.size == closed_book.stat().st_size
    assert not report.protected


def change(path, statement):
    """Change a closed book behind the program's back, with a good key."""
    connection = driver.open_connection(path, keys.OPEN, "rw")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()


def test_attachments_that_are_not_what_their_hash_says_are_found(closed_book):
    change(closed_book, "INSERT INTO content VALUES ('00', x'01')")
    assert verify(closed_book).findings == ("1 个附件的内容与登记的校验值不同",)


def test_an_index_that_differs_is_reported_by_the_full_check(closed_book):
    assert Shelf().check(closed_book).whole
    change(closed_book, "UPDATE person SET name = '改过'")
    assert verify(closed_book).whole
    report = Shelf().check(closed_book)
    assert report.index_differs
    assert "搜索索引" in report.findings[-1]


def test_references_that_lead_nowhere_are_found(closed_book):
    change(closed_book, "DELETE FROM person")
    (finding,) = verify(closed_book).findings
    assert "attendance" in finding
    assert "person_fact" in finding
