"""A short run of the damages of ``flips``: every sort, none read as good; and what only a backup can tell."""

from __future__ import annotations

import pytest

from branchbook.services.copies import Newer
from branchbook.storage.shelf import Shelf
from tests.faults.flips import DAMAGES, make_files, run


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_files(tmp_path_factory.mktemp("flips"))


@pytest.fixture(autouse=True)
def no_shares(monkeypatch):
    """Every sort as often as any other."""
    monkeypatch.setattr("tests.faults.flips.DAMAGES", tuple((name, damage, 1) for name, damage, _ in DAMAGES))


def test_no_damage_is_read_as_good(files):
    figures = run(files, 240, 7)
    assert figures.missed == []
    assert len(figures.tried) == len(DAMAGES) * 2
    found = sum(figures.at_open.values()) + sum(figures.at_verify.values())
    assert found + sum(figures.same.values()) == sum(figures.tried.values())
    assert sum(figures.same.values()) < sum(figures.tried.values()) / 10


def test_a_whole_older_file_is_told_by_the_last_backup_only(files):
    """Nothing in it is wrong: it is the book of that day. docs/reliability.md says so."""
    older = files.book.with_name("旧.branchbook")
    older.write_bytes(files.older["book"])
    assert Shelf().check(older).whole
    found = Shelf().compare(older, files.backup)
    assert found.newer is Newer.SECOND
    assert found.more_in_second > 0
