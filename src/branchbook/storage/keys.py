"""Keys of a book, and the check of its pages that needs no database engine.

A book is a SQLCipher 4 file: pages of 4,096 bytes, each ending in 16 bytes of initialisation vector
and 64 bytes of HMAC-SHA512 over the page's content and number. The first 16 bytes of the file are
the salt. Without a passphrase key and salt are :data:`OPEN_KEY` and :data:`OPEN_SALT`, which are
published: the HMACs then protect the integrity of the file, not its secrecy, and the file begins with
a readable mark. With a passphrase the salt is random and the key is derived as SQLCipher 4 does, so
its own tools can open the book as well.

The engine says the same for a wrong passphrase and for damage. Here they are told apart: if any page
verifies under a key, that key is right, and the pages that fail are damaged.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from branchbook.domain.recovery_code import RecoveryKey, Secret

PAGE_SIZE = 4096
SALT_SIZE = 16
HMAC_SIZE = 64
KDF_ROUNDS = 256_000
"""Rounds of PBKDF2-HMAC-SHA512 from passphrase to key: SQLCipher 4's own cost."""

OPEN_KEY = hashlib.sha256(b"BranchBook open key 1: integrity, not secrecy").digest()
"""The key of every book without a passphrase (32 bytes, documented, no secret)."""

OPEN_SALT = b"BranchBook open1"
"""The first 16 bytes of every book without a passphrase: its mark, and its salt."""

LOCK_PAGE = 2**30 // PAGE_SIZE + 1
"""The page (from 1) that the engine locks bytes of and never writes: in a book over 1 GiB it holds anything."""

_READ_AHEAD = 256 * PAGE_SIZE


@dataclass(frozen=True, slots=True)
class BookKey:
    """The 32-byte key of one book together with the 16-byte salt in its header."""

    key: bytes
    salt: bytes

    @property
    def pragma(self) -> str:
        """The key in the form that ``PRAGMA key`` takes without deriving anything: x'key salt'."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    @property
    def protected(self) -> bool:
        """True when a passphrase stands behind the key."""
        return self.key != OPEN_KEY

    def __repr__(self) -> str:
        """Says whether a passphrase is behind the key, and never the key: this may end up in a log."""
        return f"BookKey(protected={self.protected})"


OPEN = BookKey(OPEN_KEY, OPEN_SALT)
"""Key and salt of every book without a passphrase."""


def new_key(passphrase: str | None) -> BookKey:
    """A key for a book that is about to be made; with a passphrase the salt is fresh and random."""
    return OPEN if passphrase is None else derive_key(passphrase, secrets.token_bytes(SALT_SIZE))


def derive_key(passphrase: str, salt: bytes) -> BookKey:
    """The key for a passphrase and a salt (about 0.1 s, which is its purpose)."""
    derived = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, KDF_ROUNDS, 32)
    return BookKey(derived, salt)


def key_of(secret: Secret, salt: bytes) -> BookKey:
    """The key that a passphrase gives with this salt; the recovery groups carry their own."""
    if isinstance(secret, RecoveryKey):
        return BookKey(secret.key, secret.salt)
    return derive_key(secret, salt)


def read_salt(path: Path) -> bytes:
    """The salt at the head of a book's file (fewer than 16 bytes when the file is shorter)."""
    with path.open("rb") as file:
        return file.read(SALT_SIZE)


class PageCheck:
    """Verifies single pages of a book under one key."""

    def __init__(self, key: BookKey) -> None:
        """Derive the HMAC key: two rounds over the key with every byte of the salt xor 0x3a."""
        mac_salt = bytes(byte ^ 0x3A for byte in key.salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key.key, mac_salt, 2, 32)

    def verifies(self, number: int, page: bytes) -> bool:
        """True when ``page`` (4,096 bytes) is page ``number`` (from 1) as it was written under this key.

        The page of locks is never written, so whatever it holds is right.
        """
        if len(page) != PAGE_SIZE:
            return False
        if number == LOCK_PAGE:
            return True
        body = page[SALT_SIZE if number == 1 else 0 : -HMAC_SIZE] + number.to_bytes(4, "little")
        return hmac.compare_digest(hmac.digest(self._mac_key, body, "sha512"), page[-HMAC_SIZE:])


def pages_of(path: Path) -> Generator[tuple[int, bytes], None, None]:
    """The pages of a file with their numbers from 1; the last may be short when the file is torn."""
    number = 0
    with path.open("rb") as file:
        while block := file.read(_READ_AHEAD):
            for start in range(0, len(block), PAGE_SIZE):
                number += 1
                yield number, block[start : start + PAGE_SIZE]


def first_page_verifies(path: Path, key: BookKey) -> bool:
    """True when page 1 verifies under the key."""
    with path.open("rb") as file:
        return PageCheck(key).verifies(1, file.read(PAGE_SIZE))


def any_page_verifies(path: Path, key: BookKey) -> bool:
    """True as soon as one page of the file verifies under the key: the key is then the right one.

    A wrong key costs one pass over the whole file (about 4 µs per page); the right one, one page.
    """
    check = PageCheck(key)
    return any(check.verifies(number, page) for number, page in pages_of(path) if number != LOCK_PAGE)


def damaged_pages(path: Path, key: BookKey) -> list[int]:
    """Numbers of all pages that fail under the key; a torn last page counts as damaged."""
    check = PageCheck(key)
    return [number for number, page in pages_of(path) if not check.verifies(number, page)]
