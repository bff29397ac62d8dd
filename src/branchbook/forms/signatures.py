"""Signature lines: names to sign beside one another in fixed columns, and the date to be written at the right."""

from __future__ import annotations

from collections.abc import Sequence

from branchbook.forms.flow import Flow
from branchbook.forms.setting import SetLine, Setter, block_height, set_text

SIGNATURE_HEIGHT = 15.0  # what a record table keeps free under itself for its signatures, mm
DATE_LINE = "年\u3000\u3000月\u3000\u3000日"
MOST_BESIDE = 3
PEN_ROOM = 4.0  # between the text of a cell and the signature under it, mm
SEAL_ROOM = 45.0  # a branch's seal is 42 mm across
SEAL_MARK = "（盖章）"
SEAL_PLACE = 0.86  # where the mark ends, of the cell's width: the seal comes to lie on the date


def place_signatures(
    flow: Flow, labels: Sequence[str], date_line: bool, left: float, width: float, size: float, setter: Setter
) -> None:
    """Place the lines under what stands in the flow, on its page when they fit.

    A label without a colon gets one: 主持人（签名） → 主持人（签名）：.
    """
    lines = signature_lines(labels, date_line, width, size, setter)
    if not lines:
        return
    flow.space(3.0)
    flow.whole(lines, left)


def closing_lines(
    labels: Sequence[str], seal: bool, width: float, size: float, setter: Setter
) -> tuple[SetLine, ...]:
    """What stands at the foot of a cell: the seal's place, the signatures and the date; nothing without both."""
    if not labels and not seal:
        return ()
    lines = signature_lines(labels, True, width, size, setter)
    if not seal:
        return (SetLine(PEN_ROOM), *lines)
    room = max(SEAL_ROOM - block_height(lines), 8.0)
    (mark,) = set_text(SEAL_MARK, setter.body, size, width * SEAL_PLACE, "right")
    lowered = tuple(text._replace(baseline=text.baseline + (room - mark.height) / 2) for text in mark.texts)
    return (SetLine(room, lowered), *lines)


def signature_lines(
    labels: Sequence[str], date_line: bool, width: float, size: float, setter: Setter
) -> tuple[SetLine, ...]:
    """The lines of signatures, at most three beside one another; the date stands at the end of the last."""
    rows = [list(labels[start : start + MOST_BESIDE]) for start in range(0, len(labels), MOST_BESIDE)] or [[]]
    lines: list[SetLine] = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        lines += _signature_row(row, date_line and last, width, size, setter)
    return tuple(lines) if labels or date_line else ()


def _signature_row(
    labels: list[str], dated: bool, width: float, size: float, setter: Setter
) -> tuple[SetLine, ...]:
    date = set_text(DATE_LINE, setter.body, size, width, "right") if dated else ()
    date_width = setter.body.measure(DATE_LINE) * size / 1000 * 25.4 / 72 + 6.0 if dated else 0.0
    column = (width - date_width) / max(len(labels), 1)
    blocks = [set_text(_with_colon(label), setter.body, size, column - 2.0) for label in labels]
    height = max([block_height(block) for block in (*blocks, date)], default=0.0)
    texts = list(date[0].texts) if date else []
    for place, block in reversed(list(enumerate(blocks))):
        drop = 0.0
        found = []
        for line in block:
            found += [
                text._replace(x=text.x + place * column, baseline=text.baseline + drop) for text in line.texts
            ]
            drop += line.height
        texts = found + texts
    return (SetLine(height + 1.5, tuple(texts)),)


def _with_colon(label: str) -> str:
    return label if label.endswith(("：", ":")) or not label else label + "："
