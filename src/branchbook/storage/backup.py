"""Backups: a checked copy with a manifest beside it that says what it holds."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver, volumes
from branchbook.storage.check import CheckReport
from branchbook.storage.content_check import check_content
from branchbook.storage.copy_check import Progress
from branchbook.storage.copying import copy_book, free_name
from branchbook.storage.history_chain import chain_head
from branchbook.storage.keys import PAGE_SIZE, BookKey
from branchbook.storage.manifest import (
    Backup,
    Manifest,
    last_operation,
    manifest_path,
    read_manifest,
    write_manifest,
)
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import (
    BackupFailedProblem,
    FileTooLargeProblem,
    NoRoomProblem,
    UnpluggedProblem,
)

_STARTED_AT = time.time()
"""Seconds since 1970 when this program began to make backups: what is older cannot be its own."""

_PATIENCE_SECONDS = 600
"""Another program may be checking its copy, which takes a while without a write."""

_KIND_WORDS = {
    BackupKind.ROUTINE: "",
    BackupKind.PRE_UPGRADE: " 升级前",
    BackupKind.PRE_RESTORE: " 恢复前",
    BackupKind.PRE_IMPORT: " 导入前",
    BackupKind.PRE_REKEY: " 换口令",
}
"""What a backup's name says it was made for."""

_UNFINISHED = re.compile(r"\..+ \d{4}-\d\d-\d\d \d{6}( \(\d+\))?\.branchbook(\.json)?\.part(-journal)?")
"""The names under which a backup and its manifest lie until they are whole."""

_MANIFEST = re.compile(r".+ \d{4}-\d\d-\d\d \d{6}( \(\d+\))?\.branchbook\.json")


def backup_book(
    source: driver.Connection,
    book: Path,
    folder: Path,
    key: BookKey,
    now: datetime,
    progress: Progress | None = None,
    kind: BackupKind = BackupKind.ROUTINE,
    *,
    held: bool = False,
    source_key: BookKey | None = None,
) -> Backup:
    """Back up the open book ``book`` (whose connection is ``source``) into ``folder``.

    The name is the book's with what it was made for, day and time; a name that is taken gets a number. Any
    kind but a routine one is pinned. ``held`` says that this program holds the book's lock; ``source_key`` is
    the book's own key where the backup is to have another one. Raises a Problem for a full disk, a read-only
    folder, a file too large for FAT32, or a copy that fails its check; then nothing of it is left, and no other
    file was touched.
    """
    if not folder.is_dir():
        raise RefusedProblem("找不到备份的文件夹", str(folder), "请检查U盘是否插好，或另选一个文件夹")
    remove_unfinished(folder)
    warnings = [*_room_for(source, folder)]
    target = free_name(folder, backup_name(book, kind, now), book.suffix or ".branchbook")

    described: list[Manifest] = []

    def describe(part: Path, check: CheckReport) -> None:
        manifest, findings = _manifest_of(part, check, key, (now, kind), _Cancel(target, check, progress))
        described.append(manifest)
        warnings.extend(findings)
        if held and described[0].last_operation != last_operation(source):
            raise BackupFailedProblem(target, "簿文件在打开以后被移动或替换了")
        write_manifest(target, described[0])

    try:
        copy_book(source, target, key, progress, describe, book if held else None, source_key)
    except BaseException:
        with contextlib.suppress(OSError):
            manifest_path(target).unlink(missing_ok=True)
        raise
    return Backup(target, described[0], tuple(warnings))


def backup_name(book: Path, kind: BackupKind, now: datetime) -> str:
    """The stem of a backup's file: the book's name, what it was made for, day and time."""
    return f"{book.stem}{_KIND_WORDS[kind]} {now:%Y-%m-%d %H%M%S}"


class _Cancel:
    """Called while the contents of a copy are compared: all is copied and checked, and it may still be cancelled."""

    def __init__(self, target: Path, check: CheckReport, progress: Progress | None) -> None:
        self._target, self._progress = target, progress
        self._all = 2 * max(check.size // PAGE_SIZE, 1)

    def __call__(self, _: int) -> None:
        """Raises RefusedProblem where the user wants no more."""
        if self._progress is not None and not self._progress(self._all, self._all):
            raise RefusedProblem("已取消", str(self._target), "没有留下不完整的文件")


def _manifest_of(
    path: Path,
    check: CheckReport,
    key: BookKey,
    made: tuple[datetime, BackupKind],
    step: Callable[[int], None],
) -> tuple[Manifest, tuple[str, ...]]:
    """What a copy that has passed its check holds, and what is wrong in the book that it is an equal copy of.

    Asked of the copy, since another program may go on writing. A copy of a book whose contents are not what its
    history says is kept, and not called verified: so no rotation ever removes a good one for it.
    """
    now, kind = made
    head, findings = "", tuple[str, ...]()
    index_differs = False
    try:
        connection = driver.open_connection(path, key, "ro")
        try:
            last = last_operation(connection)
            if check.schema_version == SCHEMA_VERSION:  # kept before its upgrade a book has no chain yet
                head = chain_head(connection).hash
                content = check_content(connection, step)
                findings, index_differs = content.findings, content.index_differs
        finally:
            connection.close()
    except driver.engine_errors() as error:  # it was whole a moment ago
        raise UnpluggedProblem(path) from error
    manifest = Manifest(
        now,
        check.size,
        check.sha256,
        key.salt.hex(),
        key.protected,
        check.schema_version,
        check.contents,
        kind,
        pinned=kind != BackupKind.ROUTINE,
        verified_at=None if findings else now,
        last_operation=last,
        chain_head=head,
    )
    return manifest, _content_words(findings, index_differs)


def _content_words(findings: tuple[str, ...], index_differs: bool) -> tuple[str, ...]:
    if findings:
        more = f"等 {len(findings)} 处" if len(findings) > 1 else ""
        return (f"备份与簿一致，但簿里有内容不对：{findings[0]}{more}。请校验本簿，旧备份先不要删",)
    return ("搜索索引与内容不一致，请在“校验与副本”中重建（内容不受影响）",) if index_differs else ()


def remove_unfinished(folder: Path, started_at: float = _STARTED_AT) -> None:
    """Remove what backups that were killed or cut off left in a folder, as large as a book and hidden.

    Only files named as ours that were last written well before this program began (``started_at``, seconds
    since 1970); one that cannot be removed is left for the next time. Manifests whose backup never came, or
    is gone, go too.
    """
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if path.is_file() and not path.is_symlink() and (_is_unfinished(path) or _is_orphan(path)):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < started_at - _PATIENCE_SECONDS:
                        path.unlink()


def _is_unfinished(path: Path) -> bool:
    return _UNFINISHED.fullmatch(path.name) is not None


def _is_orphan(path: Path) -> bool:
    backup = path.with_suffix("")
    return (
        _MANIFEST.fullmatch(path.name) is not None
        and not backup.exists()
        and read_manifest(backup) is not None
    )


def _room_for(source: driver.Connection, folder: Path) -> tuple[str, ...]:
    """Refuse what the volume can't hold, and warn before FAT32's largest file is met."""
    size = driver.number(source, "PRAGMA page_count") * driver.number(source, "PRAGMA page_size")
    fat = size >= volumes.FAT32_WARNING and volumes.is_fat32(folder)
    if fat and size > volumes.FAT32_LIMIT:
        raise FileTooLargeProblem(folder)
    free = volumes.free_bytes(folder)
    if free is not None and free < size:
        raise NoRoomProblem(folder, size, free)
    if not fat:
        return ()
    return ("簿已超过 3.5 GiB，这个U盘的格式（FAT32）最多存 4 GiB 的文件，请尽早换成 exFAT 格式",)
