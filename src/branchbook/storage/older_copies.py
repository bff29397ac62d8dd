"""Copies of a book that open without its present passphrase: found, protected, deleted."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.locksmith import OlderCopy, OpensWith
from branchbook.storage import driver, keys
from branchbook.storage.book_file import BookFile
from branchbook.storage.check import verify_with_key
from branchbook.storage.copying import copy_book, flush
from branchbook.storage.driver import Connection
from branchbook.storage.keys import OPEN, BookKey
from branchbook.storage.manifest import manifest_path, read_manifest, write_manifest
from branchbook.storage.unfinished import fresh_name

_UNFINISHED = re.compile(r"\.(?P<name>.+\.branchbook)(\.json)?\.(part|upgrade|rekey)(\.part)?(-journal)?")
_PAGES_LOOKED_AT = 64
_FIRST_OPERATION = "SELECT id FROM operation ORDER BY number LIMIT 1"


def older_copies(file: BookFile, folders: Iterable[Path], former: BookKey | None) -> tuple[OlderCopy, ...]:
    """Copies of the open book in these folders and beside it that open without its key, the oldest first."""
    mark, own = _first_operation(file.connection), file.path.resolve()
    found = []
    for path in _files({own.parent, *(folder.resolve() for folder in folders)}):
        if path.resolve() != own and (copy := _looked_at(path, file, former, mark)) is not None:
            found.append(copy)
    return tuple(sorted(found, key=lambda each: (each.changed_at, each.path.name)))


def protect_copy(file: BookFile, copy: OlderCopy, former: BookKey | None) -> None:
    """The copy again under the book's key: written beside it, verified, then put in its place.

    Its manifest is written anew with the hash of the new bytes. Raises a Problem where the copy is damaged.
    """
    key = OPEN if copy.opens_with is OpensWith.NOTHING else former
    if key is None or not copy.can_be_protected:
        raise RefusedProblem("这份副本在这里打不开，不能改用现在的口令", str(copy.path), "可以删除它")
    manifest, path = read_manifest(copy.path), copy.path
    fresh = fresh_name(path)
    fresh.unlink(missing_ok=True)
    try:
        source = driver.open_connection(path, key, "ro")
        try:
            report = copy_book(source, fresh, file.key, source_key=key)
        finally:
            source.close()
        fresh.replace(path)
        flush(path.parent)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    if manifest is not None:
        own = file.key
        write_manifest(
            path,
            replace(
                manifest,
                size=report.size,
                sha256=report.sha256,
                salt=own.salt.hex(),
                protected=own.protected,
            ),
        )


def delete_copy(file: BookFile, copy: OlderCopy, folders: Iterable[Path]) -> None:
    """Delete a copy with its manifest. Refused unless a whole backup under the book's key exists."""
    if not any(_is_whole_backup(path, file) for path in _backups(folders)):
        raise RefusedProblem(
            "没有找到用现在的口令做的完好备份，不能删除旧的", str(copy.path), "请先备份一次，再删除旧副本"
        )
    try:
        copy.path.unlink()
        manifest_path(copy.path).unlink(missing_ok=True)
        flush(copy.path.parent)
    except OSError as error:
        raise RefusedProblem("删不掉这份副本", str(copy.path), "请检查它是否正被别的程序使用") from error


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Books, and what was left of them half-written, in the folders themselves."""
    for folder in sorted(folders):
        with contextlib.suppress(OSError):
            for path in sorted(folder.iterdir()):
                named = path.suffix == ".branchbook" or _UNFINISHED.fullmatch(path.name)
                if named and path.is_file() and not path.is_symlink():
                    yield path


def _looked_at(path: Path, file: BookFile, former: BookKey | None, mark: str) -> OlderCopy | None:
    """What the file opens with, None where it is another book, no book, or under the present key."""
    unfinished = _UNFINISHED.fullmatch(path.name)
    try:
        status = path.stat()
        opens = _opens_with(path, file.key, former)
    except OSError:
        return None
    if opens is None:
        return None
    named_alike = (unfinished["name"] if unfinished else path.name).startswith(file.path.stem)
    key = {OpensWith.NOTHING: OPEN, OpensWith.FORMER: former}.get(opens)
    found = _first_operation_in(path, key)  # None where it can't be read: then the name has to do
    if not (found == mark or (found is None and named_alike)):
        return None
    changed_at = datetime.fromtimestamp(status.st_mtime, UTC)
    return OlderCopy(path, status.st_size, changed_at, opens, unfinished is not None)


def _opens_with(path: Path, present: BookKey, former: BookKey | None) -> OpensWith | None:
    """None for the present key. The first page decides, and where it is damaged any other."""
    if keys.first_page_verifies(path, present):
        return None
    if keys.first_page_verifies(path, OPEN) or keys.read_salt(path) == keys.OPEN_SALT:
        return OpensWith.NOTHING
    if former is not None and keys.first_page_verifies(path, former):
        return OpensWith.FORMER
    return None if _begins_under(path, present) else OpensWith.UNKNOWN


def _begins_under(path: Path, key: BookKey) -> bool:
    """Whether one of the first pages is of this key: a copy whose first page is damaged is no older one for that."""
    check = keys.PageCheck(key)
    return any(check.verifies(number, page) for number, page in islice(keys.pages_of(path), _PAGES_LOOKED_AT))


def _first_operation(connection: Connection) -> str:
    """What tells one book from another: the id of the first thing ever done in it."""
    row = connection.execute(_FIRST_OPERATION).fetchone()
    return str(row[0]) if row else ""


def _first_operation_in(path: Path, key: BookKey | None) -> str | None:
    if key is None:
        return None
    try:
        connection = driver.open_connection(path, key, "ro")
        try:
            return _first_operation(connection)
        finally:
            connection.close()
    except driver.engine_errors():
        return None


def _backups(folders: Iterable[Path]) -> Iterator[Path]:
    for path in _files({folder.resolve() for folder in folders}):
        if read_manifest(path) is not None:
            yield path


def _is_whole_backup(path: Path, file: BookFile) -> bool:
    """Under the book's key, of this book, and nothing found against it."""
    try:
        if not keys.first_page_verifies(path, file.key) or not verify_with_key(path, file.key).whole:
            return False
    except (Problem, OSError):
        return False
    return _first_operation_in(path, file.key) == _first_operation(file.connection)
