"""Signature lines: names to sign beside one another in fixed columns, and the date to be written at the right."""

from __future__ import annotations

from collections.abc import Sequence

from branchbook.forms.flow import Flow
from branchbook.forms.setting import SetLine, Setter, block_height, set_text

SIGNATURE_HEIGHT = 15.0  # what a record table keeps free under itself for its signatures, mm
DATE_LINE = "年\u3000\u3000月\u3000\u3000日"
MOST_BESIDE = 3


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
