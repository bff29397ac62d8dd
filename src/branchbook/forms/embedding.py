"""Embedding a face in a PDF as a CID font with Identity-H codes: only the glyphs used, with their characters.

A document numbers the glyphs of each face as they come, from 1. Number 0 is the face's own mark for "no glyph" and is
never handed out, so a character can never be shifted onto its neighbour. Every number has its character in the
ToUnicode map, in all planes of Unicode, so that text is found and copied as it was typed.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator
from typing import Any

from branchbook.forms.face import Face, components
from branchbook.forms.typeface import MISSING_SORT, is_space

_SUBSET_TABLES = (b"cvt ", b"fpgm", b"prep")
_CHUNK = 100  # the most entries that one bfchar block may hold (Adobe technical note 5014)


class EmbeddedFace:
    """The part of a face that one document uses."""

    def __init__(self, face: Face, internal_name: str) -> None:
        self.face = face
        self.internal_name = internal_name
        self.glyphs: list[int] = [0]
        self.texts: list[str] = [""]

    def add(self, glyph: int, character: str) -> int:
        """Take one more glyph into the document; return its number there."""
        self.glyphs.append(glyph)
        self.texts.append(character)
        return len(self.glyphs) - 1

    def widths(self) -> list[int]:
        """Widths of the glyphs taken, in thousandths of an em."""
        return [self.face.advance(glyph) for glyph in self.glyphs]


class Codes(dict[str, str]):
    """The four hexadecimal digits by which a document writes each character of one face.

    ``missing`` are the characters that the face has no glyph for (drawn as 〓), in the order they came.
    """

    def __init__(self, embedded: EmbeddedFace) -> None:
        super().__init__()
        self._embedded = embedded
        self.missing: list[str] = []

    def __missing__(self, character: str) -> str:
        face = self._embedded.face
        glyph = face.glyph(ord(character))
        if not glyph:
            if is_space(character):
                glyph = face.glyph(0x3000 if character == "\u3000" else 0x20)
            else:
                glyph = face.glyph(MISSING_SORT)
                self.missing.append(character)
        code = self[character] = f"{self._embedded.add(glyph, character):04X}"
        return code


class FontBook:
    """The fonts of one document: hands out codes while pages are drawn, and the font objects at the end."""

    def __init__(self) -> None:
        self._embedded: dict[int, EmbeddedFace] = {}
        self._codes: dict[int, tuple[str, Codes]] = {}

    def codes(self, face: Face) -> tuple[str, Codes]:
        """The PDF name of a face and the map from its characters to codes."""
        found = self._codes.get(id(face))
        if found is None:
            embedded = self._embedded[id(face)] = EmbeddedFace(face, f"F{len(self._embedded) + 1}")
            found = self._codes[id(face)] = (embedded.internal_name, Codes(embedded))
        return found

    def used(self) -> Iterator[EmbeddedFace]:
        """The faces of which at least one glyph was drawn."""
        return (embedded for embedded in self._embedded.values() if len(embedded.glyphs) > 1)

    def add_objects(self, document: Any) -> None:
        """Write the fonts into a ReportLab document and into its dictionary of fonts."""
        from reportlab.pdfbase import pdfdoc

        fonts = document.idToObject["BasicFonts"].dict
        for embedded in self.used():
            font = _font_object(pdfdoc, document, embedded)
            fonts[embedded.internal_name] = document.Reference(font, embedded.internal_name)


def _stream(pdfdoc: Any, content: bytes, **entries: Any) -> Any:
    """A compressed PDF stream of bytes."""
    stream = pdfdoc.PDFStream(content=zlib.compress(content, 1))
    stream.dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **entries})
    return stream


def _font_object(pdfdoc: Any, document: Any, embedded: EmbeddedFace) -> Any:
    """The Type 0 font with its descendant, descriptor, file and ToUnicode map."""
    name = pdfdoc.PDFName
    file = subset_file(embedded.face, embedded.glyphs)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(file).digest()[:6])
    full_name = name(f"{tag}+{embedded.face.name}")
    descendant = {
        "Type": name("Font"),
        "Subtype": name("CIDFontType2"),
        "BaseFont": full_name,
        "CIDSystemInfo": _system(pdfdoc),
        "CIDToGIDMap": name("Identity"),
        "DW": 1000,
        "W": pdfdoc.PDFArray(list(_width_ranges(pdfdoc, embedded.widths()))),
        "FontDescriptor": document.Reference(_descriptor(pdfdoc, document, embedded.face, full_name, file)),
    }
    font = {
        "Type": name("Font"),
        "Subtype": name("Type0"),
        "BaseFont": full_name,
        "Encoding": name("Identity-H"),
        "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": document.Reference(_stream(pdfdoc, unicode_map(embedded.texts))),
    }
    return pdfdoc.PDFDictionary(font)


def _descriptor(pdfdoc: Any, document: Any, face: Face, full_name: Any, file: bytes) -> Any:
    """The font's measures and its file. Flag 4: its characters are not those of a Latin alphabet."""
    entries = {
        "Type": pdfdoc.PDFName("FontDescriptor"),
        "FontName": full_name,
        "Flags": 4,
        "FontBBox": pdfdoc.PDFArray(list(face.box)),
        "ItalicAngle": 0,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": 700,
        "StemV": 80,
        "FontFile2": document.Reference(_stream(pdfdoc, file, Length1=len(file))),
    }
    return pdfdoc.PDFDictionary(entries)


def _system(pdfdoc: Any) -> Any:
    """The registry of codes: none but our own order of glyphs."""
    entries = {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
    return pdfdoc.PDFDictionary(entries)


def _width_ranges(pdfdoc: Any, widths: list[int]) -> Iterator[Any]:
    """Widths that are not one em, as PDF writes them: first number, then the widths that follow."""
    run: list[int] = []
    for number, width in enumerate([*widths, 1000]):
        if width != 1000:
            run.append(width)
        elif run:
            yield number - len(run)
            yield pdfdoc.PDFArray(run)
            run = []


def unicode_map(texts: list[str]) -> bytes:
    """The ToUnicode map: number → character as UTF-16, two units above U+FFFF."""
    rows = [
        f"<{number:04X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>"
        for number, text in enumerate(texts)
        if number
    ]
    blocks = []
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    foot = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    return (head + "\n".join(blocks) + foot).encode("ascii")


def subset_file(face: Face, glyphs: list[int]) -> bytes:
    """A TrueType file of these glyphs in this order, with the parts of composite glyphs added behind them."""
    order, outlines = _closed(face, glyphs)
    offsets, position = [0], 0
    for outline in outlines:
        position += len(outline)
        offsets.append(position)
    head = bytearray(face.table(b"head"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(face.table(b"hhea"))
    struct.pack_into(">H", hhea, 34, len(order))
    maxp = bytearray(face.table(b"maxp"))
    struct.pack_into(">H", maxp, 4, len(order))
    tables = {
        b"glyf": b"".join(outlines),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": b"".join(struct.pack(">HH", *face.raw_metrics(glyph)) for glyph in order),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": bytes(maxp),
    }
    tables.update((tag, face.table(tag)) for tag in _SUBSET_TABLES if face.table(tag))
    return _assemble(tables)


def _closed(face: Face, glyphs: list[int]) -> tuple[list[int], list[bytes]]:
    """The glyphs and the parts they are composed of, with the outlines renumbered and padded to four bytes."""
    order = list(glyphs)
    places: dict[int, int] = {}
    for place, glyph in enumerate(order):
        places.setdefault(glyph, place)
    outlines: list[bytes] = []
    while len(outlines) < len(order):
        outline = face.outline(order[len(outlines)])
        parts = components(outline)
        if parts:
            changed = bytearray(outline)
            for glyph, place in parts:
                if glyph not in places:
                    places[glyph] = len(order)
                    order.append(glyph)
                struct.pack_into(">H", changed, place, places[glyph])
            outline = bytes(changed)
        outlines.append(outline + bytes(-len(outline) % 4))
    return order, outlines


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    """Bring tables together as one TrueType file, with the checksums that the format asks for."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, count * 16 - power * 16
    )
    position, directory, bodies, total, head = 12 + 16 * count, header, [], 0, 0
    for tag, body in sorted(tables.items()):
        padded = body + bytes(-len(body) % 4)
        checksum = _checksum(padded)
        directory += struct.pack(">4sIII", tag, checksum, position, len(body))
        bodies.append(padded)
        head = position if tag == b"head" else head
        position += len(padded)
        total += checksum
    file = bytearray(directory + b"".join(bodies))
    struct.pack_into(">I", file, head + 8, (0xB1B0AFBA - total - _checksum(directory)) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(padded: bytes) -> int:
    numbers = array("I", padded)
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) & 0xFFFFFFFF
