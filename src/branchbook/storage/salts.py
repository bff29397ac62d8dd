"""A damaged salt, found and mended: without its 16 bytes at the head of the file no passphrase opens the book.

Copies of the salt stand in the manifest of every backup and in the settings of the program. The first page's HMAC
leaves the salt out, so a passphrase with the right salt still verifies there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from branchbook.domain.problems import DamagedProblem, PassphraseProblem
from branchbook.domain.recovery_code import RecoveryKey, Secret
from branchbook.storage import keys
from branchbook.storage.copying import flush
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey
from branchbook.storage.manifest import manifest_path, read_manifest
from branchbook.storage.problems import of_disk_error


def known_salts(folders: Iterable[Path]) -> tuple[bytes, ...]:
    """The salts that the manifests of protected backups in these folders name, each once."""
    found: dict[bytes, None] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            backup = file.with_suffix("")
            manifest = read_manifest(backup) if manifest_path(backup) == file else None
            if manifest is not None and manifest.protected:
                found.update(dict.fromkeys(_salts([manifest.salt])))
    return tuple(found)


def mend_salt(path: Path, secret: Secret, salts: Iterable[bytes]) -> bool:
    """Write the right salt back where one of ``salts`` opens the book with this secret; False where none does.

    A book whose salt is whole is left alone. Raises a Problem where the file is in use or can't be written.
    """
    salt = right_salt(path, secret, salts)
    if salt is None or salt == keys.read_salt(path):
        return False
    with FileLock(path):
        _write_salt(path, salt)
    return True


def right_salt(path: Path, secret: Secret, salts: Iterable[bytes]) -> bytes | None:
    """The salt with which a secret opens the first page; the recovery groups carry their own."""
    candidates = [secret.salt] if isinstance(secret, RecoveryKey) else dict.fromkeys(salts)
    fitting = (salt for salt in candidates if keys.first_page_verifies(path, keys.key_of(secret, salt)))
    return next(fitting, None)


def key_of_backup(backup: Path, secret: Secret | None) -> BookKey:
    """The key of a backup, also where its salt is damaged and its manifest has it. Raises what ``find_key`` does.

    The backup is only read: what is restored from it gets the right salt.
    """
    try:
        return find_key(backup, secret)
    except (PassphraseProblem, DamagedProblem):
        manifest = read_manifest(backup)
        if manifest is None or (manifest.protected and secret is None):
            raise
        if not manifest.protected or secret is None:
            key = keys.OPEN
        else:
            salt = right_salt(backup, secret, _salts([manifest.salt]))
            if salt is None:
                raise
            key = keys.key_of(secret, salt)
        if not keys.first_page_verifies(backup, key):
            raise
        return key


def sha256_with_salt(path: Path, salt: bytes) -> str:
    """SHA-256 of a file as it would be with this salt at its head, in hexadecimal."""
    with path.open("rb") as file:
        file.seek(keys.SALT_SIZE)
        digest = hashlib.sha256(salt)
        while block := file.read(1024 * keys.PAGE_SIZE):
            digest.update(block)
    return digest.hexdigest()


def _write_salt(path: Path, salt: bytes) -> None:
    """Nothing but the 16 bytes changes: cut off half-way, the salt is as damaged as before."""
    try:
        with path.open("r+b") as file:
            file.write(salt)
            file.flush()
            os.fsync(file.fileno())
        flush(path.parent)
    except OSError as error:
        raise of_disk_error(error, path) from error


def _salts(texts: Iterable[str]) -> list[bytes]:
    """Hexadecimal texts that are salts; others are left out: a manifest may be damaged too."""
    found = []
    for text in texts:
        try:
            salt = bytes.fromhex(text)
        except ValueError:
            continue
        if len(salt) == keys.SALT_SIZE:
            found.append(salt)
    return found


def salts_of(texts: Iterable[str]) -> tuple[bytes, ...]:
    """The salts among hexadecimal texts, as the program's settings keep them."""
    return tuple(_salts(texts))
