"""Pictures reduced once for print: upright, small enough, and the same bytes every time."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from branchbook.domain.problems import UnreadableProblem

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 120_000_000
"""Larger than any telephone's picture; a picture that unpacks to more is a decompression bomb."""

LONGEST_EDGE = 1600
QUALITY = 85
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
"""The only decoders that are let loose on a foreign file."""


class PillowPhotoReducer:
    """Reduces pictures with Pillow, which is loaded when the first picture comes."""

    def reduced(self, content: bytes) -> bytes:
        """A JPEG of quality 85, upright, at most 1600 pixels on its longer side, without any metadata.

        Raises UnreadableProblem for what is no picture, is truncated, or would unpack to too much.
        """
        from PIL import Image, UnidentifiedImageError

        problems = (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            IndexError,
            OverflowError,
            Image.DecompressionBombError,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own warning of large pictures; the limit is ours
            try:
                with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                    _refuse_bomb(image)
                    return _jpeg(_upright(image))
            except problems as error:
                raise UnreadableProblem(
                    "图片打不开，可能没有下载完整或已损坏", type(error).__name__, "请用原图重新添加"
                ) from error


def _refuse_bomb(image: Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableProblem(
            f"图片尺寸 {image.width}×{image.height} 过大", "", "请缩小后再添加；正常照片不会有这么大"
        )


def _upright(image: Image) -> Image:
    """The picture turned as its EXIF says, on white, in plain RGB, and reduced."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        layered = turned.convert("RGBA")
        white = Pictures.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        turned = white
    plain = turned.convert("RGB")
    plain.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Pictures.Resampling.LANCZOS)
    return plain


def _jpeg(image: Image) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=False, subsampling="4:2:0")
    return out.getvalue()
