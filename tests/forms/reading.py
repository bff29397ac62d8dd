"""Reading a finished PDF back, as a reader's program would: text, places, bookmarks, pictures."""

import re
import zlib
from typing import NamedTuple

import pypdfium2
from PIL import Image

POINT = 25.4 / 72
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


class Glyph(NamedTuple):
    """A character with its cell on the page, in millimetres from the page's top left corner."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


def texts(pdf: bytes) -> list[str]:
    """The text of every page, in reading order."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flat(pdf: bytes) -> str:
    """The text of all pages without blank space and line ends."""
    return "".join("".join(texts(pdf)).split())


def glyphs(pdf: bytes, page: int = 0) -> list[Glyph]:
    """The characters of a page with their cells."""
    with pypdfium2.PdfDocument(pdf) as document:
        height = document[page].get_height()
        layer = document[page].get_textpage()
        found = []
        for place in range(layer.count_chars()):
            left, bottom, right, top = layer.get_charbox(place, loose=True)
            character = layer.get_text_range(place, 1)
            if character.strip():
                found.append(
                    Glyph(
                        character,
                        left * POINT,
                        (height - top) * POINT,
                        right * POINT,
                        (height - bottom) * POINT,
                    )
                )
        return found


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page, in whole millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(round(page.get_width() * POINT), round(page.get_height() * POINT)) for page in document]


def bookmarks(pdf: bytes) -> list[tuple[str, int, int]]:
    """Title, level and page (from 0) of every bookmark."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in document.get_toc()]


def picture(pdf: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    """A page as it looks, in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=scale).to_pil().convert("L")


def ink_box(pdf: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """The rectangle that holds all ink of a page: left, top, right, bottom in millimetres."""
    image = picture(pdf, page, 4.0)
    box = image.point(lambda grey: 255 if grey < 200 else 0).getbbox() or (0, 0, 0, 0)
    left, top, right, bottom = (side / 4.0 * POINT for side in box)
    return left, top, right, bottom


def base_fonts(pdf: bytes) -> set[str]:
    """The names of all fonts that the file mentions."""
    return {name.decode() for name in re.findall(rb"/BaseFont /([^\s/>]+)", pdf)}


def streams(pdf: bytes) -> list[bytes]:
    """The contents of all compressed streams."""
    found = []
    for match in _STREAM.finditer(pdf):
        raw = pdf[match.end() : match.end() + int(match[1])]
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            continue
    return found


def darkest(image: Image.Image) -> int:
    """The darkest grey of a picture, 0 black to 255 white."""
    return min(image.tobytes())


def lightest(image: Image.Image) -> int:
    """The lightest grey of a picture."""
    return max(image.tobytes())
