"""Which characters the shipped faces have: the whole of every national list, in each role's chain."""

import lzma
import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from branchbook.forms.face import Face
from branchbook.forms.library import FontLibrary, Role
from branchbook.resources import resource_path
from tests.forms.examples import RARE_NAMES

STANDARD = Path(__file__).with_name("standard_characters.txt")  # 通用规范汉字表 (2013)


def _legacy(codec: str) -> set[str]:
    found = set()
    for code in range(0xA0, 0x10000):
        try:
            chr(code).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(chr(code))
    return found


LISTS = {
    "GB 2312": lambda: _legacy("gb2312"),
    "GBK": lambda: _legacy("gbk"),
    "Extension A": lambda: {chr(code) for code in range(0x3400, 0x4DC0)},
    "8105": lambda: set(STANDARD.read_text(encoding="utf-8").replace("\n", "")),
    "rare names": lambda: set(RARE_NAMES),
    "signs of the papers": lambda: set("☐☑✓●○◐■□—…·〇〓①②③〔〕“”‘’→№℃‰ⅠⅡ㈠"),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", LISTS)
def test_every_role_can_print_the_whole_list(fonts, role, name):
    typeface = fonts.typeface(role)
    characters = "".join(sorted(LISTS[name]()))
    assert typeface.missing(characters) == []


def test_the_national_list_has_8105_characters():
    assert len(LISTS["8105"]()) == 8105


def test_the_body_face_alone_is_not_enough(body):
    """FandolFang lacks rare characters of names: the chain behind it is needed, and is said to have been used."""
    assert {character for character, _face in body.substitutes("王" + RARE_NAMES)} == set(RARE_NAMES)
    assert {face for _character, face in body.substitutes(RARE_NAMES)} == {"BranchBookSerifLight"}


def test_a_face_of_the_users_system_stands_first_and_ours_behind_it():
    folder = resource_path("fonts")
    chosen = FontLibrary(folder, {Role.BODY: (folder / "kai/BranchBookKai.ttf", 0)})
    typeface = chosen.typeface(Role.BODY)
    assert typeface.runs("国") == [(0, "国")]
    assert typeface.faces[0].name == "BranchBookKai"
    assert not typeface.missing(RARE_NAMES)
    assert chosen.typeface(Role.TITLE).faces[0].name == "BranchBookSerifBold"


def test_every_face_lies_beside_its_licence_and_a_note_of_what_was_changed():
    for face in resource_path("fonts").rglob("*.ttf"):
        names = {file.name for file in face.parent.iterdir()}
        assert "CHANGES.txt" in names
        assert names & {"OFL.txt", "COPYING", "LICENSE.txt"}, face.parent.name
        assert face.stem in (face.parent / "CHANGES.txt").read_text(encoding="utf-8")


def test_the_unchanged_fandol_original_is_kept_as_its_licence_asks():
    packed = resource_path("fonts/fandol/FandolFang-Regular.otf.xz")
    assert lzma.decompress(packed.read_bytes())[:4] == b"OTTO"


def test_the_fonts_stay_within_their_share_of_the_repository():
    folder = resource_path("fonts")
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 35_000_000


def test_no_reserved_name_stands_on_a_changed_face():
    for path in resource_path("fonts").rglob("*.ttf"):
        names = Face(path).table(b"name")
        for reserved in ("LXGW", "WenKai", "Source Han"):
            assert reserved.encode("utf-16-be") not in _family_part(names), path.name


def _family_part(table: bytes) -> bytes:
    """The strings of a name table that name the face (numbers 1, 4 and 6)."""
    count, start = int.from_bytes(table[2:4], "big"), int.from_bytes(table[4:6], "big")
    found = b""
    for row in range(count):
        entry = table[6 + 12 * row : 18 + 12 * row]
        length, offset = int.from_bytes(entry[8:10], "big"), int.from_bytes(entry[10:12], "big")
        if int.from_bytes(entry[6:8], "big") in (1, 4, 6):
            found += table[start + offset : start + offset + length]
    return found


def test_an_optional_last_resort_is_asked_when_it_lies_in_the_folder(tmp_path):
    """HanaMinB is a separate download: 30 MB for Extension B to F, used only where it is."""
    folder = tmp_path / "fonts"
    shutil.copytree(resource_path("fonts"), folder, ignore=shutil.ignore_patterns("*.xz"))
    before = FontLibrary(folder).typeface(Role.BODY)
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({0x2000B: "rare"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "rare")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "rare"), (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupPost()
    builder.save(folder / "HanaMinB.ttf")
    after = FontLibrary(folder).typeface(Role.BODY)
    if "HanaMinB" not in {face.name for face in before.faces}:
        assert before.missing("\U0002000b") == ["\U0002000b"]
    assert after.missing("\U0002000b") == []
    assert after.faces[-1].path == folder / "HanaMinB.ttf"
