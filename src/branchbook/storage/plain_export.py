"""A plain SQLite file for archives: everything that the book holds, for tools that know no SQLCipher."""

from __future__ import annotations

from pathlib import Path

from branchbook.storage import driver
from branchbook.storage.book_file import BookFile
from branchbook.storage.check import sha256_of
from branchbook.storage.copy_check import Progress
from branchbook.storage.copying import flush, temporary
from branchbook.storage.problems import BackupFailedProblem, WouldOverwriteProblem


def export_plain(file: BookFile, target: Path, progress: Progress | None = None) -> str:
    """Write ``target``, which must not exist, without key or page checks; gives the SHA-256 of its bytes.

    The version and the mark of the book are written too. Raises a Problem where it can't be written.
    """
    if target.exists():
        raise WouldOverwriteProblem(target)
    with temporary(target) as part:
        _export(file, part, target)
        flush(part)
        if progress is not None:
            progress(1, 2)
        digest = sha256_of(part)
        part.rename(target)
        flush(target.parent)
    return digest


def _export(file: BookFile, part: Path, target: Path) -> None:
    """On a connection of its own: attaching would otherwise wait for a transaction of the book's."""
    with driver.translated(target):
        connection = driver.open_connection(file.path, file.key, "ro")
        try:
            version = driver.number(connection, "PRAGMA user_version")
            connection.execute("ATTACH DATABASE ? AS plain KEY ''", (f"{part.absolute().as_uri()}?mode=rwc",))
            connection.execute("SELECT sqlcipher_export('plain')").fetchall()
            # The search index is made anew from the rest, and older tools can't read its kind of table.
            connection.execute("DROP TABLE IF EXISTS plain.search_index")
            connection.execute("VACUUM plain")
            connection.execute(f"PRAGMA plain.user_version = {version}")
            connection.execute(f"PRAGMA plain.application_id = {driver.APPLICATION_ID}")
            whole = connection.execute("PRAGMA plain.integrity_check").fetchall()
            connection.execute("DETACH DATABASE plain")
        finally:
            connection.close()
    if whole != [("ok",)]:
        raise BackupFailedProblem(target, str(whole[0][0]))
