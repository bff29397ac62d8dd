"""The exchange file: a zip of ``book.json`` and attachments named by hash (docs/exchange-format.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from branchbook.domain.problems import UnreadableProblem
from branchbook.exchange.json_stream import JsonStream
from branchbook.exchange.office_package import BROKEN_PACKAGE, replace_when_complete
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.exchange_files import ExchangeLimits, ExchangeReader
from branchbook.services.printing_press import ContentSource

FORMAT = "branchbook-exchange"
VERSION = 2
_SINCE = {"procedure": 2, "assessment": 2, "ledger_definition": 2, "ledger_row": 2}
"""Lists that a later version of the format brought; a file of an earlier version has none."""
BOOK_PART = "book.json"
ATTACHMENT_FOLDER = "attachments/"
_HASH = re.compile(r"[0-9a-f]{64}")
_MAX_PARTS = 200_000
_READ_BYTES = 1 << 20
_UNCHANGED = "簿中没有任何改动"


class ZipArchives:
    """``services.exchange_files.ExchangeArchives`` with zip files. Holds nothing."""

    def write(
        self, path: Path, entities: Iterator[tuple[str, str]], contents: Sequence[str], source: ContentSource
    ) -> None:
        """Write (type name, JSON text) pairs, grouped by type in the codec's order, then attachments.

        The same values give the same bytes: no moment of writing, no name of a machine goes into the file.
        """

        def write(file: BinaryIO) -> None:
            with ZipFile(file, "w") as package:
                with package.open(_part(BOOK_PART, ZIP_DEFLATED), "w", force_zip64=True) as part:
                    _write_book(part, entities)
                for sha256 in contents:
                    _write_content(package, sha256, source)

        replace_when_complete(path, write)

    @contextmanager
    def open(self, path: Path, limits: ExchangeLimits) -> Iterator[ExchangeReader]:
        """Open a file and check its list of contents; values and attachments are read when asked for."""
        try:
            package = ZipFile(path)
        except BROKEN_PACKAGE as error:
            reason = getattr(error, "strerror", None) or "不是压缩包，或已损坏"
            raise UnreadableProblem(
                f"交换文件打不开：{reason}", path.name, f"请选择由本程序导出的 *.zip 文件；{_UNCHANGED}"
            ) from error
        with package:
            _check_parts(package, path, limits)
            yield _OpenArchive(package, path, limits)


def _part(name: str, compression: int) -> ZipInfo:
    part = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    part.compress_type = compression
    part.create_system = 3
    part.external_attr = 0o600 << 16
    return part


def _write_book(part: IO[bytes], entities: Iterator[tuple[str, str]]) -> None:
    names = iter(ENTITY_TYPES)
    current = next(names)
    part.write(f'{{"format":"{FORMAT}",\n"version":{VERSION},\n"{current}":['.encode())
    first = True
    for name, text in entities:
        while name != current:
            current = next(names)
            part.write(f'\n],\n"{current}":['.encode())
            first = True
        part.write(b"\n" if first else b",\n")
        part.write(text.encode())
        first = False
    for name in names:
        part.write(f'\n],\n"{name}":['.encode())
    part.write(b"\n]}\n")


def _write_content(package: ZipFile, sha256: str, source: ContentSource) -> None:
    content = source(sha256)
    if content is None:
        raise UnreadableProblem("簿中缺少一个附件的内容", sha256, "请在“安全”页面检查本簿后再导出")
    # Photos and office files are packed already; storing them is quicker and just as small.
    package.writestr(_part(ATTACHMENT_FOLDER + sha256, ZIP_STORED), content)


def _check_parts(package: ZipFile, path: Path, limits: ExchangeLimits) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    for name in names:
        if name != BOOK_PART and not _is_attachment(name):
            raise UnreadableProblem(
                "交换文件里有不该有的文件", f"{path.name}：{name[:200]}", f"文件可能被人改动过；{_UNCHANGED}"
            )
    if BOOK_PART not in names:
        raise UnreadableProblem(
            f"压缩包里没有 {BOOK_PART}，不是本程序导出的交换文件",
            path.name,
            "请选择由本程序导出的 *.zip 文件",
        )
    if len(set(names)) < len(names) or len(names) > _MAX_PARTS:
        raise UnreadableProblem("交换文件的目录有重复或过多", path.name, f"文件可能被人改动过；{_UNCHANGED}")
    total = sum(part.file_size for part in parts)
    if total > limits.total_bytes:
        raise UnreadableProblem(
            f"交换文件展开后有 {_megabytes(total)} MB，超过 {_megabytes(limits.total_bytes)} MB 的上限",
            path.name,
            f"确认来源可靠后，可在设置中调大“{limits.setting_name}”再导入；{_UNCHANGED}",
        )


def _is_attachment(name: str) -> bool:
    """Only ``attachments/`` and a hash: no folder, no way up, no drive, whatever else the name may try."""
    return name.startswith(ATTACHMENT_FOLDER) and bool(_HASH.fullmatch(name[len(ATTACHMENT_FOLDER) :]))


def _megabytes(size: int) -> int:
    return -(-size // 1024**2)


class _OpenArchive:
    """One open exchange file."""

    def __init__(self, package: ZipFile, path: Path, limits: ExchangeLimits) -> None:
        self._package = package
        self._path = path
        self._limits = limits

    def entities(self) -> Iterator[tuple[str, str]]:
        """Each value as (type name, JSON text), in the file's order."""
        try:
            with self._package.open(BOOK_PART) as part:
                yield from self._values(JsonStream(part, self._limits.entity_bytes))
        except BROKEN_PACKAGE as error:
            raise UnreadableProblem(
                f"{BOOK_PART} 的内容不完整或不是 JSON",
                f"{self._path.name}：{error}",
                f"文件可能没有传完，请重新取得一份；{_UNCHANGED}",
            ) from error

    def content_names(self) -> frozenset[str]:
        """The hashes of the attachments in the file."""
        names = (name for name in self._package.namelist() if name != BOOK_PART)
        return frozenset(name[len(ATTACHMENT_FOLDER) :] for name in names)

    def content(self, sha256: str) -> bytes:
        """An attachment's bytes, checked against the hash that is its name."""
        try:
            content = self._package.read(ATTACHMENT_FOLDER + sha256)
        except BROKEN_PACKAGE as error:
            raise UnreadableProblem(
                "附件缺失或已损坏", f"{self._path.name}：{sha256}", f"请重新取得一份；{_UNCHANGED}"
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise UnreadableProblem(
                "附件内容与它的校验值不符",
                f"{self._path.name}：{sha256}",
                f"文件可能被人改动过；{_UNCHANGED}",
            )
        return content

    def _values(self, stream: JsonStream) -> Iterator[tuple[str, str]]:
        stream.expect("{")
        version = self._version(stream)
        for name in ENTITY_TYPES:
            if _SINCE.get(name, 1) > version:
                continue
            if stream.peek() == "}":
                raise self._wrong(f"缺少“{name}”一项")
            stream.expect(",")
            found = stream.text()
            if found != name:
                raise self._wrong(f"应为“{name}”，却是“{found[:50]}”")
            stream.expect(":")
            for text in _array(stream):
                yield name, text
        if stream.peek() == ",":
            raise self._wrong("有不认识的项目")
        stream.expect("}")
        if stream.peek():
            raise ValueError("something follows the document")

    def _version(self, stream: JsonStream) -> int:
        """The version of the format that the head gives."""
        if stream.text() != "format":
            raise self._wrong("开头不是 format")
        stream.expect(":")
        if stream.text() != FORMAT:
            raise self._wrong("不是支部手册的交换文件")
        stream.expect(",")
        if stream.text() != "version":
            raise self._wrong("缺少“version”一项")
        stream.expect(":")
        version = stream.number()
        if not 1 <= version <= VERSION:
            newer = "请用本程序的新版本打开" if version > VERSION else "请用导出它的版本打开后重新导出"
            raise UnreadableProblem(
                f"交换文件的格式版本是 {version}，本程序只能读取版本 1 至 {VERSION}",
                self._path.name,
                f"{newer}；{_UNCHANGED}",
            )
        return version

    def _wrong(self, what: str) -> UnreadableProblem:
        return UnreadableProblem(
            f"{BOOK_PART} 的结构不对：{what}", self._path.name, f"请重新导出一份；{_UNCHANGED}"
        )


def _array(stream: JsonStream) -> Iterator[str]:
    stream.expect("[")
    if stream.peek() != "]":
        yield stream.raw_object()
        while stream.peek() == ",":
            stream.expect(",")
            yield stream.raw_object()
    stream.expect("]")
