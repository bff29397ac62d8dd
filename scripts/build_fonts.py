"""Rebuild resources/fonts from the packages of Debian 12 and npm.

Run on Debian 12 with apt-get, dpkg-deb and npm at hand: ``python scripts/build_fonts.py``. What is kept in the
repository is exactly what this script writes: TrueType faces without hints and layout tables (the papers are set
glyph by glyph), cut down to the characters each face is asked for, the licence of each beside it, and a note
of what was changed. Nothing in the program runs this; it is here so that the faces can be audited and renewed.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import lzma
import re
import shutil
import subprocess
import tarfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEBIAN_PACKAGES = (
    "texlive-lang-chinese=2022.20230122-1",
    "fonts-lxgw-wenkai=1.250+repack-1",
    "unicode-data",
    "fonts-dejavu-core",
)
NPM_PACKAGES = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
DEJAVU = "usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CFF_TOLERANCE = 0.6  # of 1000 units: far below what 600 dpi can show at 16 pt
FIXED_TIME = 3786825600  # 2024-01-01 in the epoch of TrueType, so that two builds give the same bytes

SYMBOLS = "☐☑☒✓✔✕✖✗✘●○◎◐◑◒◓◔◕■□▢▪▫▲△▼▽◆◇★☆→←↑↓⇒⇐↔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳№℃℉‰€£¥•‣†‡§¶©®™☎✉⚠≒"


@dataclass(frozen=True)
class Recipe:
    """One face: where its outlines come from, the name it gets and the characters it keeps."""

    source: Path
    target: str
    family: str
    characters: frozenset[int]
    note: str


def run(*command: str, cwd: Path) -> None:
    """Run a command and stop with its message when it fails."""
    subprocess.run(command, cwd=cwd, check=True)


def fetch(work: Path) -> Path:
    """Download and unpack every package once; return the folder that holds them unpacked."""
    unpacked = work / "unpacked"
    downloads = work / "downloads"
    if (unpacked / "complete").exists():
        return unpacked
    downloads.mkdir(parents=True, exist_ok=True)
    unpacked.mkdir(parents=True, exist_ok=True)
    for package in DEBIAN_PACKAGES:
        run("apt-get", "download", package, cwd=downloads)
    for package in NPM_PACKAGES:
        run("npm", "pack", "--silent", package, cwd=downloads)
    for archive in sorted(downloads.glob("*.deb")):
        run("dpkg-deb", "-x", str(archive), str(unpacked), cwd=downloads)
    for archive in sorted(downloads.glob("*.tgz")):
        with tarfile.open(archive) as bundle:
            bundle.extractall(unpacked / archive.name.split("-sc-")[0].rpartition("noto-")[2], filter="data")
    (unpacked / "complete").touch()
    return unpacked


def standard_list(unpacked: Path) -> frozenset[int]:
    """The 8,105 characters of the 通用规范汉字表, from field kTGH of the Unihan database."""
    found: set[int] = set()
    pattern = re.compile(r"^U\+([0-9A-F]{4,5})\tkTGH\t")
    for file in sorted((unpacked / "usr/share/unicode").glob("Unihan_*.txt.bz2")):
        with bz2.open(file, "rt", encoding="utf-8") as lines:
            found.update(int(match[1], 16) for line in lines if (match := pattern.match(line)))
    if len(found) != 8105:
        raise SystemExit(f"kTGH names {len(found)} characters, not 8105")
    return frozenset(found)


def legacy(codec: str) -> frozenset[int]:
    """Every character that an old two-byte code can write, found by encoding the whole first plane."""
    found = set()
    for code in range(0x80, 0x10000):
        try:
            chr(code).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(code)
    return frozenset(found)


def marks() -> frozenset[int]:
    """Latin, Greek, Cyrillic, punctuation, kana, numbers in circles and the signs that the papers draw."""
    ranges = [(0x20, 0x180), (0x2000, 0x2070), (0x2100, 0x2200), (0x2460, 0x2500), (0x2500, 0x2600)]
    ranges += [(0x3000, 0x3100), (0x3200, 0x3400), (0xFE10, 0xFE70), (0xFF00, 0xFFF0)]
    codes = {code for low, high in ranges for code in range(low, high)} | set(map(ord, SYMBOLS))
    codes |= {code for code in legacy("gb2312") if code < 0x4E00}
    return frozenset(code for code in codes if unicodedata.category(chr(code)) not in ("Cc", "Cn", "Cf"))


def coverage_of(file: Path) -> frozenset[int]:
    """The characters that the face in a file maps to a glyph."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def to_truetype(font: Any) -> None:
    """Replace the cubic outlines of a CFF face by quadratic ones, in place."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    names, outlines, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    tolerance = CFF_TOLERANCE * font["head"].unitsPerEm / 1000
    for name in names:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, tolerance, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, glyphs
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font["glyf"].compile(font)
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.recalc(font)
    font.sfntVersion = "\000\001\000\000"


def rename(font: Any, family: str) -> None:
    """Give the face its own name, so that no reserved name of its authors stands on a changed font."""
    table = font["name"]
    kept = [record for record in table.names if record.nameID in (0, 13, 14) and record.platformID == 3]
    table.names = kept
    plain = family.replace(" ", "")
    for identifier, text in (
        (1, family),
        (2, "Regular"),
        (3, plain),
        (4, family),
        (5, "Version 1.0"),
        (6, plain),
    ):
        table.setName(text, identifier, 3, 1, 0x409)


def subset(font: Any, characters: Iterable[int]) -> None:
    """Keep the glyphs of these characters only; drop hints, layout tables and glyph names."""
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "vhea",
        "vmtx",
        "VVAR",
        "STAT",
        "DSIG",
        "gasp",
        "meta",
    ]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)


def build(recipe: Recipe, target: Path) -> None:
    """Write one face as its recipe says."""
    from fontTools.ttLib import TTFont

    font = TTFont(recipe.source, lazy=False, recalcTimestamp=False)
    if "CFF " in font:
        to_truetype(font)
    subset(font, recipe.characters)
    rename(font, recipe.family)
    font["post"].formatType = 3.0
    font["head"].created = font["head"].modified = FIXED_TIME
    file = target / recipe.target
    file.parent.mkdir(parents=True, exist_ok=True)
    font.save(file)
    font.close()
    kept = len(coverage_of(file))
    (file.parent / "CHANGES.txt").write_text(
        f"{file.name}: {recipe.family}\n{recipe.note}\nCharacters kept: {kept}.\nWritten by scripts/build_fonts.py.\n",
        encoding="utf-8",
    )
    print(f"{recipe.target}: {kept} characters, {file.stat().st_size / 1e6:.1f} MB")


def recipes(unpacked: Path) -> list[Recipe]:
    """The six faces: body, its fallback, titles, headings, second headings, signs."""
    listed, signs = standard_list(unpacked), marks()
    fandol = coverage_of(unpacked / FANDOL)
    serif = unpacked / "serif/package"
    light, bold = (
        serif / "200ExtraLight/NotoSerifSC_200ExtraLight.ttf",
        serif / "700Bold/NotoSerifSC_700Bold.ttf",
    )
    medium = unpacked / "sans/package/500Medium/NotoSansSC_500Medium.ttf"
    wide = listed | signs | legacy("gbk") | set(range(0x3400, 0x4DC0)) | set(range(0x4E00, 0xA000))
    common = listed | signs
    names = legacy("gb2312") | {code for code in signs if code < 0x3200} | signs
    wide_note = (
        "Only the characters that the 仿宋 face lacks: Unified Ideographs, Extension A, the 8,105 list."
    )
    return [
        Recipe(
            unpacked / FANDOL,
            "fandol/BranchBookFang.ttf",
            "BranchBook Fang",
            fandol,
            "FandolFang-Regular of the Fandol fonts (texlive-lang-chinese 2022.20230122): cubic outlines turned into "
            "quadratic ones, hints and layout tables dropped, renamed. The unchanged original is "
            "FandolFang-Regular.otf.xz beside this note; licence in COPYING and README.",
        ),
        Recipe(
            light,
            "noto-serif-light/BranchBookSerifLight.ttf",
            "BranchBook Serif Light",
            frozenset(wide - (fandol - signs)),
            f"Noto Serif SC ExtraLight, cut down. {wide_note} Licence in OFL.txt.",
        ),
        Recipe(
            bold,
            "noto-serif-bold/BranchBookSerifBold.ttf",
            "BranchBook Serif Bold",
            common,
            "Noto Serif SC Bold, cut down to the 8,105 list and signs. Licence in OFL.txt.",
        ),
        Recipe(
            medium,
            "noto-sans/BranchBookSans.ttf",
            "BranchBook Sans",
            common,
            "Noto Sans SC Medium, cut down to the 8,105 list and signs. Licence in OFL.txt.",
        ),
        Recipe(
            unpacked / WENKAI,
            "kai/BranchBookKai.ttf",
            "BranchBook Kai",
            frozenset(names),
            "LXGW WenKai Regular 1.250 (fonts-lxgw-wenkai), cut down to GB 2312 and signs, renamed because "
            "the name of the original is reserved. Licence in OFL.txt.",
        ),
        Recipe(
            unpacked / DEJAVU,
            "dejavu/BranchBookSigns.ttf",
            "BranchBook Signs",
            frozenset(map(ord, SYMBOLS)),
            "DejaVu Sans (fonts-dejavu-core), cut down to tick boxes, circles and arrows. Licence in LICENSE.txt.",
        ),
    ]


def copy_licences(unpacked: Path, target: Path) -> None:
    """Put every licence beside its face, and the unchanged Fandol original beside the changed one (GPL)."""
    documents = unpacked / "usr/share/doc"
    fandol = documents / "texlive-doc/fonts/fandol"
    with gzip.open(fandol / "COPYING.gz") as packed:
        (target / "fandol/COPYING").write_bytes(packed.read())
    shutil.copyfile(fandol / "README", target / "fandol/README")
    original = (unpacked / FANDOL).read_bytes()
    (target / "fandol/FandolFang-Regular.otf.xz").write_bytes(
        lzma.compress(original, preset=9 | lzma.PRESET_EXTREME)
    )
    for folder in ("noto-serif-light", "noto-serif-bold"):
        shutil.copyfile(unpacked / "serif/package/LICENSE_FONT", target / folder / "OFL.txt")
    shutil.copyfile(unpacked / "sans/package/LICENSE_FONT", target / "noto-sans/OFL.txt")
    shutil.copyfile(documents / "fonts-lxgw-wenkai/copyright", target / "kai/OFL.txt")
    shutil.copyfile(documents / "fonts-dejavu-core/copyright", target / "dejavu/LICENSE.txt")


def main() -> None:
    """Fetch, build, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("--work", type=Path, default=root / "build/fonts", help="where packages are unpacked")
    parser.add_argument(
        "--target", type=Path, default=root / "resources/fonts", help="where the faces are written"
    )
    parser.add_argument("--only", default="", help="build only the faces whose path contains this")
    chosen = parser.parse_args()
    unpacked = fetch(chosen.work)
    for recipe in recipes(unpacked):
        if chosen.only in recipe.target:
            build(recipe, chosen.target)
    copy_licences(unpacked, chosen.target)


if __name__ == "__main__":
    main()
