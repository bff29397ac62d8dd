"""A face is read as fontTools reads it; a damaged or forbidden one is refused in words."""

import contextlib
import random
import shutil
import struct
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.problems import Problem
from branchbook.forms.embedding import subset_file
from branchbook.forms.face import Face, components
from branchbook.resources import resource_path

FACES = sorted(resource_path("fonts").rglob("*.ttf"))


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_the_character_map_is_the_one_that_fonttools_reads(path):
    face = Face(path)
    with TTFont(path, lazy=True) as reference:
        characters = reference.getBestCmap()
        order = {name: number for number, name in enumerate(reference.getGlyphOrder())}
    assert {code: face.glyph(code) for code in characters} == {
        c: order[name] for c, name in characters.items()
    }
    unknown = [code for code in (*range(0xE000, 0xE100), 0x10FFFF) if code not in characters]
    assert not any(face.glyph(code) for code in unknown)


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_widths_and_outlines_are_those_of_the_file(path):
    face = Face(path)
    with TTFont(path, lazy=True) as reference:
        order = reference.getGlyphOrder()
        for number in random.Random(7).sample(range(len(order)), min(60, len(order))):
            assert face.raw_metrics(number)[0] == reference["hmtx"][order[number]][0]
            assert bool(face.outline(number)) == bool(reference["glyf"][order[number]].numberOfContours)


def test_every_han_character_of_the_shipped_faces_is_one_em_wide():
    for path in FACES:
        face = Face(path)
        wide = {face.advance(glyph) for code in range(0x4E00, 0x9FFF) if (glyph := face.glyph(code))}
        assert wide <= {1000}, path.name


@pytest.fixture(scope="module")
def composed(tmp_path_factory) -> Path:
    """A face whose glyph é is composed of e and an accent, as the faces of a user's system are."""
    names = [".notdef", "e", "acute", "eacute"]
    outlines, pens = {}, {}
    for name, side in (("e", 400), ("acute", 100)):
        pen = pens[name] = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((side, 0))
        pen.lineTo((side, side))
        pen.closePath()
        outlines[name] = pen.glyph()
    outlines[".notdef"] = TTGlyphPen(None).glyph()
    pen = TTGlyphPen(outlines)
    pen.addComponent("e", (1, 0, 0, 1, 0, 0))
    pen.addComponent("acute", (0.5, 0, 0, 0.5, 100, 450))
    outlines["eacute"] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x65: "e", 0xE9: "eacute"})
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path_factory.mktemp("faces") / "composed.ttf"
    builder.save(path)
    return path


def test_parts_of_a_composite_glyph_come_into_the_subset(composed, tmp_path):
    face = Face(composed)
    assert len(components(face.outline(face.glyph(0xE9)))) == 2
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset_file(face, [0, face.glyph(0xE9)]))
    with TTFont(file, checkChecksums=2) as subset:
        order = subset.getGlyphOrder()
        glyph = subset["glyf"][order[1]]
        assert len(order) == 4
        assert [order.index(part.glyphName) for part in glyph.components] == [2, 3]
        assert glyph.components[1].x == 100


def test_a_subset_is_a_valid_font_with_the_same_outlines(body, tmp_path):
    face = body.faces[0]
    numbers = [0, *(face.glyph(ord(character)) for character in "支部手册A1，")]
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset_file(face, numbers))
    with TTFont(file, checkChecksums=2) as subset, TTFont(face.path, lazy=True) as whole:
        for place, number in enumerate(numbers):
            mine = subset["glyf"][subset.getGlyphOrder()[place]]
            theirs = whole["glyf"][whole.getGlyphOrder()[number]]
            assert mine.getCoordinates(subset["glyf"]) == theirs.getCoordinates(whole["glyf"])


def test_a_face_that_forbids_embedding_is_refused(composed, tmp_path):
    path = tmp_path / "forbidden.ttf"
    with TTFont(composed) as font:
        font["OS/2"].fsType = 0x0002
        font.save(path)
    with pytest.raises(Problem) as caught:
        Face(path)
    assert "forbidden.ttf" in str(caught.value)
    assert "设置" in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"no font at all", b"ttcf\0\1\0\0\0\0\0\0", b"OTTO\0\0\0\0\0\0\0\0"]
)
def test_what_is_no_truetype_face_is_refused_in_chinese(content, tmp_path):
    path = tmp_path / "坏字体.ttf"
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        Face(path)
    assert "坏字体.ttf" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Problem):
        Face(tmp_path / "absent.ttf")


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 4000), value=st.integers(0, 255), cut=st.integers(0, 4000))
def test_a_damaged_face_is_refused_or_read_but_never_crashes(composed, tmp_path_factory, place, value, cut):
    raw = bytearray(composed.read_bytes())
    raw[place % len(raw)] = value
    path = tmp_path_factory.mktemp("damaged") / "face.ttf"
    path.write_bytes(raw[: max(len(raw) - cut, 1)] if cut % 2 else raw)
    with contextlib.suppress(Problem):
        face = Face(path)
        for code in (0x65, 0xE9, 0x4E00):
            components(face.outline(face.glyph(code)))
            assert face.advance(face.glyph(code)) >= 0
    shutil.rmtree(path.parent)


def test_a_collection_gives_the_face_asked_for(composed, tmp_path):
    raw = composed.read_bytes()
    header = struct.pack(">4sIII", b"ttcf", 0x00010000, 1, 16)
    moved = bytearray(raw)
    for row in range(struct.unpack_from(">H", raw, 4)[0]):
        offset = struct.unpack_from(">I", raw, 12 + 16 * row + 8)[0]
        struct.pack_into(">I", moved, 12 + 16 * row + 8, offset + 16)
    path = tmp_path / "collection.ttc"
    path.write_bytes(header + bytes(moved))
    assert Face(path, 0).glyph(0xE9) == Face(composed).glyph(0xE9)
    with pytest.raises(Problem):
        Face(path, 1)
