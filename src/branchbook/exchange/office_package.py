"""What a file really is, whatever its name says, and whether it is safe to unpack."""

from __future__ import annotations

import lzma
import os
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from branchbook.domain.problems import UnreadableProblem

BROKEN_PACKAGE: tuple[type[Exception], ...] = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    struct.error,
    OSError,
)
"""What opening or reading a damaged zip may raise: by its list of contents, a method of packing, or what is packed."""

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""An xlsx of 100,000 people and 25 columns unpacks to about 150 MB."""

MAX_RATIO = 250
"""Sheets of real rosters pack 10 to 60 times smaller; only a bomb exceeds this."""

_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS = "请用 WPS 表格或 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”，再导入"
_CHOOSE = "请选择 *.xlsx 文件"


def check_workbook(path: Path) -> None:
    """Raise UnreadableProblem, saying what the file is, unless it is an xlsx that is safe to unpack."""
    head = _first_bytes(path)
    if not head:
        raise UnreadableProblem("文件是空的，没有任何内容", path.name, _CHOOSE)
    if head.startswith(_OLE):
        raise _ole_problem(path)
    if not head.startswith(b"PK\x03\x04"):
        raise _not_a_package(head, path)
    try:
        with ZipFile(path) as package:
            _check_parts(package, path)
            check_sizes(package, path)
            _check_declarations(package, path)
    except BROKEN_PACKAGE as error:
        raise UnreadableProblem(
            "文件已损坏，打不开", f"{path.name}：{error}", "请用 WPS 表格或 Excel 打开检查后重新保存"
        ) from error


def check_sizes(package: ZipFile, path: Path) -> None:
    """Raise UnreadableProblem where a zip would unpack to far more than it says it holds."""
    unpacked = sum(part.file_size for part in package.infolist())
    packed = max(1, path.stat().st_size)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableProblem(
            f"文件展开后有 {unpacked // 1024**2} MB，超过 {MAX_UNPACKED_BYTES // 1024**2} MB 的上限，没有读入",
            path.name,
            "请只保留花名册所在的工作表，另存后再导入",
        )
    if unpacked > _RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO:
        raise UnreadableProblem(
            f"文件的压缩比异常（展开后为 {unpacked // packed} 倍），可能是恶意文件，没有读入",
            path.name,
            "请确认文件的来源",
        )


def replace_when_complete(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write beside ``path`` and move into place at the end, so that a failure leaves the old file.

    Raises UnreadableProblem with what the system says where the folder cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> UnreadableProblem:
    reason = error.strerror or str(error)
    return UnreadableProblem(
        f"文件写不进去：{reason}", str(path), "请检查磁盘空间和文件夹权限；原有文件没有改动"
    )


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise UnreadableProblem(
            f"文件打不开：{error.strerror or error}", str(path), "请检查文件是否存在、能否读取"
        ) from error


def _ole_problem(path: Path) -> UnreadableProblem:
    content = path.read_bytes()[: 4 * 1024 * 1024]
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableProblem(
            "文件设了打开密码，不能读取", path.name, "请在 WPS 表格或 Excel 中去掉密码后另存，再导入"
        )
    if "WordDocument".encode("utf-16-le") in content:
        return UnreadableProblem("这是旧版 Word 文档（.doc），不是表格", path.name, _CHOOSE)
    return UnreadableProblem("这是旧版 Excel 文件（.xls），不能直接读取", path.name, _SAVE_AS)


def _not_a_package(head: bytes, path: Path) -> UnreadableProblem:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return UnreadableProblem("这是 PDF 文件，不是表格", path.name, _CHOOSE)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return UnreadableProblem("这是网页或 XML 文件改了扩展名，不是真正的 xlsx", path.name, _SAVE_AS)
    if b"\x00" not in head:
        return UnreadableProblem("这是纯文本（如 CSV），不是 xlsx", path.name, _SAVE_AS)
    return UnreadableProblem("这不是 Excel 工作簿", path.name, _CHOOSE)


def _check_parts(package: ZipFile, path: Path) -> None:
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise UnreadableProblem("这是 Word 文档（docx）改了扩展名，不是表格", path.name, _CHOOSE)
    if "ppt/presentation.xml" in names:
        raise UnreadableProblem("这是演示文稿（pptx）改了扩展名，不是表格", path.name, _CHOOSE)
    if "xl/workbook.bin" in names:
        raise UnreadableProblem("这是二进制工作簿（.xlsb），不能直接读取", path.name, _SAVE_AS)
    if "content.xml" in names:
        raise UnreadableProblem("这是 OpenDocument 文件（.ods），不能直接读取", path.name, _SAVE_AS)
    raise UnreadableProblem("这是压缩包，不是 Excel 工作簿", path.name, _CHOOSE)


def _check_declarations(package: ZipFile, path: Path) -> None:
    """No part of an office file declares a document type; entities in one are an attack."""
    for part in package.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with package.open(part) as file:
            head = file.read(4096).replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise UnreadableProblem(
                "文件里有不该有的实体声明，可能是恶意文件，没有读入", path.name, "请确认文件的来源"
            )
