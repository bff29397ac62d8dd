"""One TrueType face, read through a memory map: which glyph a character has, how wide it is, its outline.

Nothing is parsed that is not asked for: the character map is kept as three arrays that are searched by bisection,
the widths and offsets as arrays, and an outline is a slice of the file. Opening a face of ten thousand characters
takes about a millisecond, so no cache of parsed faces is kept on disk.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from pathlib import Path

from branchbook.domain.problems import Problem

_NEEDED = (b"head", b"hhea", b"maxp", b"hmtx", b"cmap", b"loca", b"glyf")
_ARGUMENTS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


def _big_endian(kind: str, raw: bytes) -> array[int]:
    """Read numbers that a font stores with the most significant byte first."""
    numbers: array[int] = array(kind)
    numbers.frombytes(raw[: len(raw) - len(raw) % numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


class Face:
    """A face of TrueType outlines. Widths are in thousandths of an em; heights likewise.

    Raises Problem when the file is no TrueType face, is damaged, has no outlines that can be embedded, or when its
    maker does not allow embedding.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.name = path.stem
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory(index)
            self._read()
        except (OSError, ValueError, struct.error, IndexError) as error:
            raise Problem(
                f"字体文件“{path.name}”无法读取。请重新安装程序,或在设置中改用其他字体。"
            ) from error

    def _directory(self, index: int) -> dict[bytes, tuple[int, int]]:
        """Where each table begins and how long it is, for the face `index` of a collection."""
        start = 0
        if self._bytes[:4] == b"ttcf":
            count = struct.unpack_from(">I", self._bytes, 8)[0]
            if not 0 <= index < count:
                raise ValueError("no such face in the collection")
            start = struct.unpack_from(">I", self._bytes, 12 + 4 * index)[0]
        number = struct.unpack_from(">H", self._bytes, start + 4)[0]
        tables = {}
        for row in range(number):
            tag, _checksum, offset, length = struct.unpack_from(">4sIII", self._bytes, start + 12 + 16 * row)
            if offset + length > len(self._bytes):
                raise ValueError("a table lies outside the file")
            tables[tag] = (offset, length)
        if any(tag not in tables for tag in _NEEDED):
            raise ValueError("a needed table is missing")
        return tables

    def _read(self) -> None:
        head, hhea = self.table(b"head"), self.table(b"hhea")
        self.units: int = struct.unpack_from(">H", head, 18)[0]
        if not 16 <= self.units <= 16384:
            raise ValueError("units per em out of range")
        self.box: tuple[int, ...] = tuple(self.scaled(v) for v in struct.unpack_from(">4h", head, 36))
        self.ascent, self.descent = (self.scaled(v) for v in struct.unpack_from(">2h", hhea, 4))
        self.glyph_count: int = struct.unpack_from(">H", self.table(b"maxp"), 4)[0]
        measured: int = struct.unpack_from(">H", hhea, 34)[0]
        metrics = _big_endian("H", self.table(b"hmtx"))
        self._advances = metrics[0 : 2 * measured : 2]
        self._bearings = metrics[1 : 2 * measured : 2] + metrics[2 * measured :]
        if not self._advances:
            raise ValueError("no widths")
        long_offsets = struct.unpack_from(">h", head, 50)[0]
        offsets = _big_endian("I" if long_offsets else "H", self.table(b"loca"))
        self._offsets = offsets if long_offsets else array("I", [2 * offset for offset in offsets])
        self._read_map()
        if self.embedding_forbidden():
            raise ValueError("embedding forbidden")

    def table(self, tag: bytes) -> bytes:
        """The bytes of one table; empty when the face has none of that name."""
        offset, length = self._tables.get(tag, (0, 0))
        return self._bytes[offset : offset + length]

    def scaled(self, units: int) -> int:
        """A length of the face in thousandths of an em."""
        return round(units * 1000 / self.units)

    def embedding_forbidden(self) -> bool:
        """Whether the maker forbids embedding (field fsType of table OS/2: restricted licence, or bitmaps only)."""
        table = self.table(b"OS/2")
        rights: int = struct.unpack_from(">H", table, 8)[0] if len(table) >= 10 else 0
        return bool(rights & 0x0200) or (rights & 0x000F) == 0x0002

    def _read_map(self) -> None:
        """Choose the widest Unicode map that the face offers and keep it as ranges or as a dictionary."""
        table = self.table(b"cmap")
        found: dict[int, int] = {}
        for row in range(struct.unpack_from(">H", table, 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * row)
            if platform == 0 or (platform == 3 and encoding in (1, 10)):
                found[struct.unpack_from(">H", table, offset)[0]] = offset
        self._starts: array[int] = array("I")
        self._few: dict[int, int] = {}
        if 12 in found:
            self._read_ranges(table, found[12])
        elif 4 in found:
            self._few = _segments(table[found[4] :])
        else:
            raise ValueError("no Unicode map")

    def _read_ranges(self, table: bytes, offset: int) -> None:
        count = struct.unpack_from(">I", table, offset + 12)[0]
        numbers = _big_endian("I", table[offset + 16 : offset + 16 + 12 * count])
        self._starts, self._ends, self._firsts = numbers[0::3], numbers[1::3], numbers[2::3]

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 when the face has none."""
        if self._few:
            return self._few.get(code, 0)
        row = bisect_right(self._starts, code) - 1
        if row < 0 or code > self._ends[row]:
            return 0
        glyph = self._firsts[row] + code - self._starts[row]
        return glyph if glyph < self.glyph_count else 0

    def advance(self, glyph: int) -> int:
        """The width of a glyph in thousandths of an em."""
        return self.scaled(self.raw_metrics(glyph)[0])

    def raw_metrics(self, glyph: int) -> tuple[int, int]:
        """Width and left bearing of a glyph in units of the face, as the face stores them."""
        last = len(self._advances) - 1
        bearing = self._bearings[glyph] if glyph < len(self._bearings) else 0
        return self._advances[min(glyph, last)], bearing

    def outline(self, glyph: int) -> bytes:
        """The outline of a glyph as the face stores it; empty for a space."""
        if glyph + 1 >= len(self._offsets):
            return b""
        table, length = self._tables[b"glyf"]
        start, end = self._offsets[glyph], self._offsets[glyph + 1]
        if not start <= end <= length:
            raise Problem(f"字体文件“{self.path.name}”已损坏。请重新安装程序,或在设置中改用其他字体。")
        return self._bytes[table + start : table + end]


def _segments(table: bytes) -> dict[int, int]:
    """A character map of format 4 (first plane only) as a dictionary."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = _big_endian("H", table[14 : 14 + 2 * count])
    rest = 16 + 2 * count
    starts = _big_endian("H", table[rest : rest + 2 * count])
    deltas = _big_endian("H", table[rest + 2 * count : rest + 4 * count])
    offsets = _big_endian("H", table[rest + 4 * count : rest + 6 * count])
    found = {}
    for row, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = rest + 4 * count + 2 * row + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", table, place)[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def components(outline: bytes) -> list[tuple[int, int]]:
    """The glyphs that a composite outline is made of, each with the place of its number in the bytes."""
    if len(outline) < 12 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, place, flags = [], 10, _MORE
    while flags & _MORE and place + 4 <= len(outline):  # a damaged outline ends where it is cut
        flags, glyph = struct.unpack_from(">HH", outline, place)
        found.append((glyph, place + 2))
        place += 8 if flags & _ARGUMENTS_ARE_WORDS else 6
        if flags & _HAS_SCALE:
            place += 2
        elif flags & _HAS_XY_SCALE:
            place += 4
        elif flags & _HAS_MATRIX:
            place += 8
    return found
