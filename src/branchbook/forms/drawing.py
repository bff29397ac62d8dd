"""Drawing laid-out pages on a ReportLab canvas: the only module, with embedding, that knows ReportLab.

The canvas is asked for its stream of drawing commands directly: every text is one BT…ET with codes of our own fonts.
The same pages give the same bytes, since nothing of the clock or of the machine goes into the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from branchbook.domain.problems import UnreadableProblem
from branchbook.forms.embedding import FontBook
from branchbook.forms.page import POINT, Box, Page, Picture, Rule, Text, merged
from branchbook.forms.typeface import TO_FILL_IN

_STAND_IN = "BranchBookStandIn"
_JPEG = b"\xff\xd8\xff"


class _StandInFont:
    """A font without objects: keeps ReportLab from naming its unembedded Helvetica on every page."""

    _dynamicFont = 1  # noqa: N815  the names that ReportLab asks for
    _multiByte = 1  # noqa: N815
    fontName = name = _STAND_IN  # noqa: N815

    @property
    def face(self) -> _StandInFont:
        """ReportLab asks a font for the name of its face."""
        return self


def _new_canvas(target: BytesIO, title: str) -> Any:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    if _STAND_IN not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(_StandInFont())
    canvas = Canvas(target, pageCompression=1, invariant=1, initialFontName=_STAND_IN, lang="zh-CN")
    canvas.setTitle(title)
    canvas.setCreator("BranchBook")
    canvas.setAuthor("")
    canvas.setSubject("")
    return canvas


class Drawing:
    """One PDF being drawn. ``missing`` maps each character that no face has to the text it stood in first."""

    def __init__(self, title: str, content: Callable[[str], bytes | None] | None = None) -> None:
        self._target = BytesIO()
        self._canvas = _new_canvas(self._target, title)
        self._fonts = FontBook()
        self._content = content
        self._readers: dict[str, Any] = {}
        self.missing: dict[str, str] = {}
        self.substitutes: dict[str, str] = {}

    def draw(self, page: Page, even: bool = False, anchors: Sequence[str] = ()) -> None:
        """Draw one page. `even`: a left-hand page, with its own margins. `anchors`: names that bookmarks lead to."""
        frame, canvas = page.frame, self._canvas
        left = frame.even_left if even else frame.left
        top = frame.page_height - (frame.even_top if even else frame.top)
        canvas.setPageSize((frame.page_width / POINT, frame.page_height / POINT))
        for anchor in anchors:
            canvas.bookmarkPage(anchor, fit="Fit")
        commands: list[str] = []
        self._boxes(page.boxes, left, top, commands)
        self._rules(page.rules, left, top, commands)
        for text in page.texts:
            self._text(text, left, top, commands)
        canvas._code.extend(commands)
        for picture in page.pictures:
            self._picture(picture, left, top)
        for link in page.links:
            box = (link.x + left, top - link.y - link.height, link.x + left + link.width, top - link.y)
            canvas.linkRect(
                "", f"s{link.section}", tuple(side / POINT for side in box), relative=0, thickness=0
            )
        canvas.showPage()

    def outline(self, title: str, anchor: str, level: int) -> None:
        """Add a bookmark that leads to an anchor, each to one of its own. Levels must not be skipped."""
        self._canvas.addOutlineEntry(title, anchor, level, closed=level > 0)

    def finish(self) -> bytes:
        """Embed the fonts and return the file's bytes."""
        self._fonts.add_objects(self._canvas._doc)
        self._canvas.save()
        return self._target.getvalue()

    def _boxes(self, boxes: list[Box], left: float, top: float, commands: list[str]) -> None:
        if not boxes:
            return
        for x, y, width, height, grey in boxes:
            place = f"{(x + left) / POINT:.2f} {(top - y - height) / POINT:.2f}"
            commands.append(f"{grey:.2f} g {place} {width / POINT:.2f} {height / POINT:.2f} re f")
        commands.append("0 g")

    def _rules(self, rules: list[Rule], left: float, top: float, commands: list[str]) -> None:
        for weight, group in groupby(merged(rules), lambda rule: rule.weight):
            path = "\n".join(
                f"{(x1 + left) / POINT:.2f} {(top - y1) / POINT:.2f} m "
                f"{(x2 + left) / POINT:.2f} {(top - y2) / POINT:.2f} l"
                for x1, y1, x2, y2, _weight in group
            )
            commands.append(f"{weight:.2f} w 2 J\n{path} S")

    def _text(self, text: Text, left: float, top: float, commands: list[str]) -> None:
        x, baseline, characters, typeface, size, spacing = text
        if not characters:
            return
        shown = []
        for place, run in typeface.runs(characters):
            name, codes = self._fonts.codes(typeface.faces[place])
            known = len(codes.missing)
            shown.append(f"/{name} {size:g} Tf <{''.join(map(codes.__getitem__, run))}> Tj")
            for character in codes.missing[known:]:
                self.missing.setdefault(character, characters)
            if place:
                self._note_substitutes(run, typeface.faces[place].name)
        gap = f"{spacing:.3f} Tc " if spacing else ""
        back = " 0 Tc" if spacing else ""
        commands.append(
            f"BT {gap}1 0 0 1 {(x + left) / POINT:.2f} {(top - baseline) / POINT:.2f} Tm {' '.join(shown)}{back} ET"
        )

    def _note_substitutes(self, run: str, face: str) -> None:
        for character in run:
            if ord(character) >= 0x3400 and character != TO_FILL_IN:
                self.substitutes.setdefault(character, face)

    def _picture(self, picture: Picture, left: float, top: float) -> None:
        reader = self._reader(picture.sha256)
        if reader is None:  # the picture is not in the book: its place stays visible
            self._canvas.rect(
                (picture.x + left) / POINT,
                (top - picture.y - picture.height) / POINT,
                picture.width / POINT,
                picture.height / POINT,
            )
            return
        width, height = reader.getSize()
        scale = min(picture.width / width, picture.height / height)
        x = picture.x + left + (picture.width - width * scale) / 2
        y = top - picture.y - picture.height  # on the foot of its box, next to the caption
        self._canvas.drawImage(
            reader, x / POINT, y / POINT, width * scale / POINT, height * scale / POINT, mask="auto"
        )

    def _reader(self, sha256: str) -> Any:
        """ReportLab's reader of a photo, one for each photo of the document; None when it is not in the book."""
        if sha256 not in self._readers:
            raw = self._content(sha256) if self._content else None
            self._readers[sha256] = None if raw is None else _image_reader(raw, sha256)
        return self._readers[sha256]


def _image_reader(raw: bytes, sha256: str) -> Any:
    """A reader of a photo's bytes. Raises UnreadableProblem when they are no picture."""
    from reportlab.lib.utils import ImageReader

    try:
        if raw.startswith(_JPEG):
            return _jpeg_reader(ImageReader.__new__(ImageReader), raw, sha256)
        reader = ImageReader(BytesIO(raw))
        reader.getSize()
    except Exception as error:  # Pillow and ReportLab raise many kinds for a damaged picture
        raise UnreadableProblem("一张照片无法读取", sha256[:8], "请重新添加这张照片后再打印") from error
    return reader


def _jpeg_reader(reader: Any, raw: bytes, sha256: str) -> Any:
    """A reader whose JPEG goes into the file as it is: of its bytes only the head is looked at, without Pillow.

    ReportLab tells pictures apart by their pixels. Decoding them for a name alone would be most of the work, and
    all pixels would stay in memory: the hash is the name.
    """
    from reportlab.pdfbase.pdfutils import readJPEGInfo

    reader._ident, reader.fileName, reader.fp = None, sha256, BytesIO(raw)
    reader._width, reader._height, *_ = readJPEGInfo(reader.fp)
    reader._data, reader._dataA, reader.jpeg_fh = sha256.encode(), None, reader._jpeg_fh
    return reader
