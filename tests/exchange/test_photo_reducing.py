"""Pictures for print: upright, small, the same bytes every time; hostile ones are refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from branchbook.domain.problems import UnreadableProblem
from branchbook.exchange.photo_reducing import LONGEST_EDGE, PillowPhotoReducer

REDUCER = PillowPhotoReducer()
RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(width: int, height: int, kind: str = "JPEG", *, orientation: int = 1, mode: str = "RGB") -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    out = io.BytesIO()
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010E] = "private description"
        image.save(out, kind, exif=exif)
    else:
        image.convert(mode).save(out, kind)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def colour_at(image: Image.Image, x: float, y: float) -> str:
    pixel = image.getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (1601, 10), (800, 600)])
def test_the_longer_side_is_at_most_1600_and_nothing_grows(size: tuple[int, int]) -> None:
    reduced = opened(REDUCER.reduced(picture(*size)))
    assert max(reduced.size) == min(max(size), LONGEST_EDGE)
    assert reduced.format == "JPEG"
    assert abs(reduced.width / reduced.height - size[0] / size[1]) < 0.1 * size[0] / size[1]


@pytest.mark.parametrize(
    "orientation, place, size",
    [
        (1, (0.1, 0.5), (400, 200)),
        (3, (0.9, 0.5), (400, 200)),
        (6, (0.5, 0.1), (200, 400)),
        (8, (0.5, 0.9), (200, 400)),
    ],
)
def test_the_picture_is_turned_as_the_camera_says(
    orientation: int, place: tuple[float, float], size: tuple[int, int]
) -> None:
    """The red half is at the left, the right, on top or at the bottom."""
    reduced = opened(REDUCER.reduced(picture(400, 200, orientation=orientation)))
    assert reduced.size == size
    assert colour_at(reduced, *place) == "red"


def test_nothing_of_the_camera_s_notes_is_kept() -> None:
    reduced = REDUCER.reduced(picture(2000, 1000))
    assert b"private description" not in reduced
    assert not opened(reduced).getexif()


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = picture(2500, 1500)
    assert REDUCER.reduced(content) == PillowPhotoReducer().reduced(content)


@pytest.mark.parametrize(
    "kind, mode",
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "1"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("TIFF", "CMYK"),
        ("WEBP", "RGB"),
    ],
)
def test_every_usual_format_becomes_a_plain_jpeg(kind: str, mode: str) -> None:
    reduced = opened(REDUCER.reduced(picture(300, 200, kind, mode=mode)))
    assert (reduced.format, reduced.mode, reduced.size) == ("JPEG", "RGB", (300, 200))


def test_what_is_transparent_prints_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(REDUCER.reduced(out.getvalue())).getpixel((25, 25)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(12_000, 12_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableProblem, match=r"过大|打不开"):
        REDUCER.reduced(bomb(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff not a picture",
        picture(800, 600)[:2000],
        picture(300, 200, "PNG")[:-40],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(UnreadableProblem, match="图片打不开"):
        REDUCER.reduced(content)
