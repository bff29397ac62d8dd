"""What a file is, before any database engine touches it: a book and its key, or why it is none."""

from __future__ import annotations

from collections import Counter
from math import log2
from pathlib import Path

from branchbook.domain.recovery_code import Secret
from branchbook.storage import keys
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import (
    DamagedBookProblem,
    MissingBookProblem,
    NotABookProblem,
    PlainDatabaseProblem,
    WrongPassphraseProblem,
    has_journal,
    of_disk_error,
)

_PLAIN_DATABASE = b"SQLite format 3\x00"
_KNOWN_BEGINNINGS = (
    (b"PK\x03\x04", "压缩包或 Office 文件（zip、xlsx、docx）"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（xls、doc）"),
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "照片（JPEG）"),
    (b"\x89PNG", "图片（PNG）"),
    (b"Rar!", "压缩包（RAR）"),
    (b"7z\xbc\xaf", "压缩包（7z）"),
)
_ENCRYPTED_ENTROPY = 7.8
"""Bits per byte over 4,096 bytes: encrypted pages lie near 7.95, text and office files well below 7."""


def find_key(path: Path, passphrase: Secret | None) -> BookKey:
    """The key under which a file verifies, or the Problem that says what the file is instead.

    A passphrase given for a book that has none is ignored. A torn first page is accepted only when a
    rollback journal lies beside the book: the engine mends it when it opens.
    """
    try:
        return _find_key(path, passphrase)
    except OSError as error:
        raise of_disk_error(error, path) from error


def _find_key(path: Path, passphrase: Secret | None) -> BookKey:
    if not path.exists():
        raise MissingBookProblem(path)
    with path.open("rb") as file:
        head = file.read(keys.PAGE_SIZE)
    _refuse_other_formats(path, head)
    candidates = [keys.OPEN]
    if passphrase is not None and not keys.first_page_verifies(path, keys.OPEN):
        candidates.append(keys.key_of(passphrase, head[: keys.SALT_SIZE]))
    for key in candidates:
        if keys.first_page_verifies(path, key):
            if key.salt != head[: keys.SALT_SIZE]:
                raise DamagedBookProblem(path, "文件开头的标记被改动")
            return key
    for key in candidates:
        if keys.any_page_verifies(path, key):
            if has_journal(path):
                return key
            raise DamagedBookProblem(path, "第 1 页没有通过校验")
    if _entropy(head) < _ENCRYPTED_ENTROPY or len(head) < keys.PAGE_SIZE:
        raise NotABookProblem(path)
    raise WrongPassphraseProblem(path, given=passphrase is not None)


def _refuse_other_formats(path: Path, head: bytes) -> None:
    """Name the formats that people try to open most often."""
    if not head:
        raise NotABookProblem(path, "空文件")
    if head.startswith(_PLAIN_DATABASE):
        raise PlainDatabaseProblem(path)
    for beginning, name in _KNOWN_BEGINNINGS:
        if head.startswith(beginning):
            raise NotABookProblem(path, name)
    if head.startswith(keys.OPEN_SALT) and len(head) < keys.PAGE_SIZE:
        raise DamagedBookProblem(path, "文件不完整，只剩开头的一小段")


def _entropy(content: bytes) -> float:
    """Shannon entropy in bits per byte; 0 for nothing."""
    total = len(content)
    return -sum(n / total * log2(n / total) for n in Counter(content).values()) if total else 0.0
