"""Fonts are embedded so that paper looks right and text copies right, in every plane of Unicode."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from branchbook.forms.drawing import Drawing
from branchbook.forms.embedding import unicode_map
from branchbook.forms.library import Role
from branchbook.forms.page import POINT, Frame, Page, Text
from tests.forms import reading
from tests.forms.examples import RARE_NAMES, SENTENCE

FRAME = Frame(210.0, 297.0, 20.0, 20.0, 170.0, 257.0, 20.0, 20.0)


def _print(typeface, *lines: str, size: float = 12.0) -> bytes:
    page = Page(FRAME)
    for number, line in enumerate(lines):
        page.texts.append(Text(0.0, 10.0 + 8 * number, line, typeface, size))
    drawing = Drawing("试印")
    drawing.draw(page)
    return drawing.finish()


@pytest.mark.parametrize("role", list(Role))
def test_text_extracts_whole_and_in_order(fonts, role):
    lines = [SENTENCE, RARE_NAMES + "李𬭎", "Abc 123, GB/T 9704—2012", "（一）①②③ ☑☐ ●○◐"]
    assert reading.flat(_print(fonts.typeface(role), *lines)) == "".join("".join(lines).split())


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30))
def test_any_han_text_extracts_as_written(body, text):
    assert reading.flat(_print(body, text)) == text


def test_only_embedded_fonts_are_named(body):
    pdf = _print(body, SENTENCE, RARE_NAMES)
    assert b"Helvetica" not in pdf
    names = reading.base_fonts(pdf)
    assert {name[7:] for name in names} == {"BranchBookFang", "BranchBookSerifLight"}
    assert all(re.fullmatch(r"[A-Z]{6}\+BranchBook\w+", name) for name in names)
    assert pdf.count(b"/FontFile2") == 2


def test_only_the_glyphs_used_are_embedded(body):
    assert len(_print(body, "支部手册")) < 12_000


def test_a_character_outside_the_first_plane_has_two_units_in_the_map():
    rows = unicode_map(["", "李", "𬭎"]).decode("ascii")
    assert "<0001> <674E>" in rows
    assert "<0002> <D872DF4E>" in rows
    assert "<0000> <" not in rows.split("endcodespacerange")[1]


def test_the_map_is_written_in_blocks_of_at_most_a_hundred():
    written = unicode_map(["", *map(chr, range(0x4E00, 0x4E00 + 250))]).decode("ascii")
    assert [int(count) for count in re.findall(r"(\d+) beginbfchar", written)] == [100, 100, 50]


def test_code_zero_is_never_written(body):
    """Number 0 is "no glyph": a character on it would be shifted onto its neighbour and still copy right."""
    shown = b"".join(
        stream for stream in reading.streams(_print(body, SENTENCE + "\u3000 ")) if b" Tf <" in stream
    )
    codes = [
        run[place : place + 4]
        for run in re.findall(rb"<([0-9A-F]+)>", shown)
        for place in range(0, len(run), 4)
    ]
    assert codes
    assert b"0000" not in codes


@pytest.mark.parametrize("path", ["fandol/BranchBookFang.ttf", "noto-sans/BranchBookSans.ttf"])
def test_pixels_are_those_of_the_stock_font_class(fonts, path):
    """The stock class embeds in another way, but ink must fall on the same places."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas

    role = Role.BODY if "Fang" in path else Role.HEADING
    line = "党支部会议记录，应到19名、实到17名。Abc"
    typeface = fonts.typeface(role)
    pdfmetrics.registerFont(ttfonts.TTFont(f"Stock{role}", str(typeface.faces[0].path)))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(210 / POINT, 297 / POINT))
    canvas.setFont(f"Stock{role}", 20)
    canvas.drawString(round(20 / POINT, 2), round((297 - 30) / POINT, 2), line)
    canvas.save()
    ours = reading.picture(_print(typeface, line, size=20.0))
    stock = reading.picture(target.getvalue())
    assert reading.darkest(ours) < 60
    assert reading.lightest(ImageChops.difference(ours, stock)) <= 8


def test_a_character_that_no_face_has_is_drawn_as_a_missing_sort_and_still_copies(body):
    drawing = Drawing("试印")
    page = Page(FRAME, texts=[Text(0.0, 10.0, "掌声😀热烈", body, 20.0)])
    drawing.draw(page)
    pdf = drawing.finish()
    assert drawing.missing == {"😀": "掌声😀热烈"}
    assert reading.flat(pdf) == "掌声😀热烈"
    bars = reading.picture(pdf).crop((int(20 / POINT * 2) + 80, 40, int(20 / POINT * 2) + 120, 180))
    assert reading.darkest(bars) < 60


def test_identical_pages_give_identical_bytes(body):
    assert _print(body, SENTENCE, RARE_NAMES) == _print(body, SENTENCE, RARE_NAMES)
    assert _print(body, SENTENCE) != _print(body, SENTENCE + "。")
