"""Photos with captions: a page of two, four or six, and rows of them inside a record."""

from __future__ import annotations

from collections.abc import Sequence

from branchbook.domain.papers import Photo, PhotoPage, Sheet
from branchbook.forms.flow import Flow
from branchbook.forms.library import Role
from branchbook.forms.page import Frame, Page, Picture
from branchbook.forms.setting import SetLine, Setter, block_height, set_text, set_title
from branchbook.forms.values import photos_of

GAP = 6.0
CAPTION_SIZE = 10.5
TALLEST = 1.05  # of a photo with its caption, as a part of its width
INSIDE_HEIGHT = 52.0  # of a photo inside a record, mm


def lay_out_photos(sheet: Sheet, layout: PhotoPage, frame: Frame, setter: Setter) -> list[Page]:
    """Pages of photos, each as large as its share of the page allows; a blank page shows where they are to be glued."""
    columns = 1 if layout.per_page <= 2 else 2
    rows = max((layout.per_page + columns - 1) // columns, 1)
    photos = list(photos_of(sheet, "photos")) or [Photo("", "")] * (columns * rows)
    flow = Flow(frame)
    for start in range(0, len(photos), columns * rows):
        if start:
            flow.new_page()
        flow.lines(set_title(sheet.title, setter.face(Role.TITLE), 18.0, frame.width))
        _fill_page(flow, photos[start : start + columns * rows], columns, rows, setter)
    return flow.pages


def _fill_page(flow: Flow, photos: Sequence[Photo], columns: int, rows: int, setter: Setter) -> None:
    top = flow.y + 4.0
    width = (flow.frame.width - GAP * (columns - 1)) / columns
    height = min((flow.frame.height - top - GAP * (rows - 1)) / rows, width * TALLEST)
    for number, photo in enumerate(photos):
        x = (number % columns) * (width + GAP)
        y = top + (number // columns) * (height + GAP)
        caption = set_text(photo.caption, setter.body, CAPTION_SIZE, width, "centre", 1.3)
        room = max(height - max(block_height(caption), 6.0) - 1.5, height / 3)
        _frame_or_picture(flow.page, photo, x, y, width, room)
        drop = y + room + 1.5
        for line in caption:
            line.draw(flow.page, x, drop)
            drop += line.height


def _frame_or_picture(page: Page, photo: Photo, x: float, y: float, width: float, height: float) -> None:
    if photo.sha256:
        page.pictures.append(Picture(x, y, width, height, photo.sha256))
    else:
        page.box(x, y, width, height)


def photo_lines(photos: Sequence[Photo], setter: Setter, width: float) -> tuple[SetLine, ...]:
    """Photos inside a cell `width` mm wide, two beside one another, each with its caption under it."""
    half = (width - GAP) / 2
    lines = []
    for start in range(0, len(photos), 2):
        pictures, texts, tallest = [], [], 0.0
        for place, photo in enumerate(photos[start : start + 2]):
            x = place * (half + GAP)
            pictures.append(Picture(x, 1.0, half, INSIDE_HEIGHT, photo.sha256))
            caption = set_text(photo.caption, setter.body, CAPTION_SIZE, half, "centre", 1.3)
            drop = INSIDE_HEIGHT + 2.0
            for line in caption:
                texts += [text._replace(x=text.x + x, baseline=text.baseline + drop) for text in line.texts]
                drop += line.height
            tallest = max(tallest, drop)
        lines.append(SetLine(tallest + 1.0, tuple(texts), tuple(pictures)))
    return tuple(lines)
