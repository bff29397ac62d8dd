"""Settings of the program survive a restart, and a damaged file never stops the start."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from branchbook.services.program import (
    MOST_RECENT,
    BackupNote,
    ProgramSettings,
    with_backup,
    with_recent,
    without_recent,
)
from branchbook.storage.program_settings import JsonProgramSettings


def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "配置" / "settings.json"
    note = BackupNote(
        str(tmp_path / "备份" / "甲.branchbook"), datetime(2026, 5, 8, 9, 0, tzinfo=UTC), "ab" * 32
    )
    settings = with_backup(
        ProgramSettings(operator="示例操作员", theme="dark"), tmp_path / "甲.branchbook", note
    )
    JsonProgramSettings(file).save(settings)
    assert JsonProgramSettings(file).load() == settings
    assert [each.name for each in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"theme": 5}', b"\xff\xfe\x00"])
def test_a_damaged_file_reads_as_the_defaults(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(damage)
    assert JsonProgramSettings(file).load() == ProgramSettings()


def test_recent_books_stand_once_each_the_latest_first(tmp_path: Path) -> None:
    settings = ProgramSettings()
    books = [tmp_path / f"{number}.branchbook" for number in range(MOST_RECENT + 3)]
    for book in [*books, books[4]]:
        settings = with_recent(settings, book)
    assert settings.recent[0] == str(books[4])
    assert len(settings.recent) == len(set(settings.recent)) == MOST_RECENT
    assert str(books[4]) not in without_recent(settings, str(books[4])).recent
