"""The script that makes the shipped faces: outlines turned, cut down, renamed, the same bytes every time."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from branchbook.forms.face import Face
from scripts import build_fonts


@pytest.fixture
def cubic(tmp_path):
    """A face with cubic outlines, a round 口 and a 日, under a reserved name."""
    names = [".notdef", "kou", "ri"]
    strings = {}
    for name in names:
        pen = T2CharStringPen(1000, None)
        if name != ".notdef":
            pen.moveTo((100, 0))
            pen.curveTo((100, 500), (300, 800), (900, 800))
            pen.lineTo((900, 0))
            pen.closePath()
        strings[name] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x53E3: "kou", 0x65E5: "ri"})
    builder.setupCFF("ReservedSong", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Reserved Song", "styleName": "Regular", "copyright": "Somebody"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "cubic.otf"
    builder.save(path)
    return path


def _recipe(source, characters):
    return build_fonts.Recipe(
        source, "song/BranchBookSong.ttf", "BranchBook Song", frozenset(characters), "Changed."
    )


def test_a_cubic_face_becomes_a_face_that_can_be_embedded(cubic, tmp_path, capsys):
    build_fonts.build(_recipe(cubic, {0x53E3}), tmp_path / "out")
    face = Face(tmp_path / "out/song/BranchBookSong.ttf")
    assert face.outline(face.glyph(0x53E3))
    assert face.advance(face.glyph(0x53E3)) == 1000
    assert face.glyph(0x65E5) == 0
    assert "1 characters" in capsys.readouterr().out


def test_the_turned_outline_keeps_its_shape(cubic, tmp_path):
    build_fonts.build(_recipe(cubic, {0x53E3}), tmp_path)
    with TTFont(tmp_path / "song/BranchBookSong.ttf") as font:
        glyph = font["glyf"][font.getBestCmap()[0x53E3]]
        glyph.recalcBounds(font["glyf"])
        assert (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) == (100, 0, 900, 800)


def test_the_reserved_name_goes_and_the_copyright_stays(cubic, tmp_path):
    build_fonts.build(_recipe(cubic, {0x53E3}), tmp_path)
    with TTFont(tmp_path / "song/BranchBookSong.ttf") as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == names[4] == "BranchBook Song"
    assert names[6] == "BranchBookSong"
    assert names[0] == "Somebody"
    assert "Reserved" not in "".join(names.values())


def test_a_note_says_what_was_changed(cubic, tmp_path):
    build_fonts.build(_recipe(cubic, {0x53E3, 0x65E5}), tmp_path)
    note = (tmp_path / "song/CHANGES.txt").read_text(encoding="utf-8")
    assert "BranchBookSong.ttf: BranchBook Song" in note
    assert "Changed." in note
    assert "Characters kept: 2." in note


def test_two_builds_give_the_same_bytes(cubic, tmp_path):
    for folder in ("one", "two"):
        build_fonts.build(_recipe(cubic, {0x53E3}), tmp_path / folder)
    first, second = (tmp_path / folder / "song/BranchBookSong.ttf" for folder in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_the_old_codes_are_found_whole():
    assert len(build_fonts.legacy("gb2312")) == 7445
    assert 0x4E02 in build_fonts.legacy("gbk") - build_fonts.legacy("gb2312")


def test_signs_are_printable():
    assert {ord(sign) for sign in "☐☑●○◐□…—〔〕①℃"} <= build_fonts.marks()
    assert not {0x00, 0x0A, 0x200B, 0xFEFF} & build_fonts.marks()
