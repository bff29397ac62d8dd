"""What a file is, by its content: never by its name, which anybody can write as they like."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from branchbook.domain.problems import RefusedProblem

PRINTABLE_IMAGES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"}
)
"""Pictures that can be reduced for print. Telephones' HEIC is kept but cannot be printed."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
)

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPS: tuple[tuple[bytes, str], ...] = (
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
)

SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/bmp": (".bmp",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    _OFFICE + "wordprocessingml.document": (".docx",),
    _OFFICE + "spreadsheetml.sheet": (".xlsx",),
    _OFFICE + "presentationml.presentation": (".pptx",),
    "application/msword": (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"),
    "application/rtf": (".rtf",),
    "video/mp4": (".mp4", ".mov", ".m4a"),
    "text/plain": (".txt", ".csv", ".md"),
}
"""The endings that fit a type, the usual one first."""

_PROGRAM_BEGINNINGS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14",
)
_PROGRAM_SUFFIXES = frozenset(
    {".exe", ".com", ".bat", ".cmd", ".scr", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".ps1"}
    | {".hta", ".lnk", ".desktop", ".jar", ".sh", ".py", ".reg", ".cpl", ".url"}
)
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]')
LONGEST_NAME = 120


def media_type(content: bytes) -> str:
    """The type of a file's content; application/octet-stream where nothing is known about it."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return "image/heic" if content[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "video/mp4"
    if content.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _ZIPS if part in content), "application/zip")
    return "text/plain" if _is_text(content) else "application/octet-stream"


def refuse_programs(content: bytes, file_name: str) -> None:
    """Refuse what would run when opened: evidence is opened from the program with a double click."""
    suffix = PurePosixPath(file_name.lower().rstrip(". ")).suffix
    if content.startswith(_PROGRAM_BEGINNINGS) or suffix in _PROGRAM_SUFFIXES:
        raise RefusedProblem("这是可以运行的程序，不能作为附件", file_name, "请添加图片、文档或扫描件")


def safe_file_name(file_name: str, kind: str) -> str:
    """A name that every system can hold, without folders, ending as its content asks.

    Characters that no file name may hold become _; a name that ends otherwise than its content gets the
    right ending added, so that the right program opens it.
    """
    last = re.split(r"[/\\]", file_name)[-1]
    name = _NOT_IN_NAMES.sub("_", "".join(each for each in last if each.isprintable())).strip(" .")
    path = PurePosixPath(name or "附件")
    endings = SUFFIXES.get(kind, ())
    suffix = path.suffix if not endings or path.suffix.lower() in endings else endings[0]
    stem = path.stem if suffix == path.suffix else path.name
    return stem[: LONGEST_NAME - len(suffix)] + suffix


def _is_text(content: bytes) -> bool:
    try:
        start = content[:4096].decode("utf-8", errors="strict" if len(content) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return "\x00" not in start and bool(start)
