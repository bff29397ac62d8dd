"""Breaking Chinese text into lines.

Words, numbers and blanks to fill in (＿＿) stay whole; a mark that may not begin a line stays with what precedes it,
one that may not end a line with what follows it (GB/T 15834-2011, 5.1); a dash or an ellipsis is never cut in two.
Where only such a closing mark does not fit, the line is squeezed a little instead (标点挤压). Widths are in thousandths
of an em.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from branchbook.forms.typeface import Typeface

NO_LINE_START = frozenset(
    "!%),.:;?]}¢°·»’”†‡•‥…‧′″℃℉、。〃々〉》」』】〕〗〙〛〞〟–—‐‑‒―⸺"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶゝゞヽヾーー゠〜～"
    "！％），．：；？］｝～｠｡｣､･／﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞‰‱"
)
NO_LINE_END = frozenset("([{«‘“〈《「『【〔〖〘〚〝（［｛｟｢﹙﹛﹝$£¥￥＄￡№")
SQUEEZE = 40  # at most four hundredths of an em are taken from each gap of a squeezed line
LONGEST_KEPT = 2000  # characters of a paragraph whose lines are kept
LOOSEST_GAP = 250  # a line that would need wider gaps than a quarter em stays ragged


def _class(characters: frozenset[str]) -> str:
    return "".join(re.escape(character) for character in sorted(characters))


_START, _END = _class(NO_LINE_START), _class(NO_LINE_END)
_LETTER = r"[0-9A-Za-z\uff3f\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff_@#&*+=~^|\\<>'\"`/-]"
_WORD = rf"{_LETTER}+(?:[.,:%’]{_LETTER}+)*(?:(?<=[0-9\uff3f])[年月日号时])?"
_CLUSTERS = re.compile(
    rf"(?:[{_END}]\s*)*(?:{_WORD}|[^{_END}\s])(?:\s*[{_START}])*|(?:[{_END}]\s*)+|\s+(?![{_START}])|\s"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn. ``spacing`` is what justification adds after each character (may be negative)."""

    text: str
    width: int
    indent: int = 0
    spacing: float = 0.0


def clusters(text: str) -> list[str]:
    """The pieces of a paragraph between which a line may end; joined they are the paragraph."""
    return _CLUSTERS.findall(text)


def break_paragraph(
    text: str,
    typeface: Typeface,
    width: int,
    first_indent: int = 0,
    hanging_indent: int = 0,
    justified: bool = True,
) -> tuple[Line, ...]:
    """The lines of one paragraph (text without line ends) in a column `width` thousandths of an em wide.

    An empty paragraph is one empty line. A piece wider than the column is cut between its characters: nothing is lost.
    """
    return _break(text, typeface, width, first_indent, hanging_indent, justified)


def break_text(text: str, typeface: Typeface, width: int, justified: bool = False) -> tuple[Line, ...]:
    """The lines of a text that may hold line ends, without indents."""
    if "\n" not in text:
        return _break(text, typeface, width, 0, 0, justified)
    parts = (_break(part, typeface, width, 0, 0, justified) for part in text.split("\n"))
    return tuple(line for part in parts for line in part)


def balanced(text: str, typeface: Typeface, width: int) -> tuple[Line, ...]:
    """The lines of a title: as few as fit, and as even as they can be."""
    lines = break_text(text, typeface, width)
    if len(lines) < 2 or "\n" in text:
        return lines
    low, high = min(max(map(typeface.measure, clusters(text))), width), width
    while high - low > 100:
        middle = (low + high) // 2
        if len(break_text(text, typeface, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return break_text(text, typeface, high)


def _break(
    text: str, typeface: Typeface, width: int, first_indent: int, hanging_indent: int, justified: bool
) -> tuple[Line, ...]:
    """The lines, kept for the next time unless the paragraph is so long that keeping many would fill memory."""
    breaker = _kept if len(text) <= LONGEST_KEPT else _broken
    return breaker(text, typeface, width, first_indent, hanging_indent, justified)


def _broken(
    text: str, typeface: Typeface, width: int, first_indent: int, hanging_indent: int, justified: bool
) -> tuple[Line, ...]:
    pieces = _fitting_pieces(clusters(text), typeface, max(width - max(first_indent, hanging_indent), 1))
    measures = typeface.measures
    ends = [0, *accumulate(map(measures.__getitem__, pieces))]
    lines: list[Line] = []
    start, indent, count = 0, first_indent, len(pieces)
    while start < count:
        room = width - indent
        stop = min(bisect_right(ends, ends[start] + room, start + 1) - 1, count)
        stop = max(stop, start + 1)
        spacing = 0.0
        if stop < count:
            stop, spacing = _squeezed(pieces, ends, start, stop, room)
        lines.append(_line(pieces, ends, start, stop, indent, room, spacing, justified and stop < count))
        start, indent = stop, hanging_indent
        while start < count and pieces[start].isspace():
            start += 1
    return tuple(lines) or (Line("", 0, first_indent),)


_kept = lru_cache(maxsize=4096)(_broken)


def _fitting_pieces(pieces: list[str], typeface: Typeface, room: int) -> list[str]:
    """The pieces, with those wider than a line cut between characters."""
    measures = typeface.measures
    if max(map(measures.__getitem__, pieces), default=0) <= room:
        return pieces
    fitting: list[str] = []
    for piece in pieces:
        if measures[piece] <= room:
            fitting.append(piece)
        else:
            fitting.extend(_cut(piece, typeface, room))
    return fitting


def _cut(piece: str, typeface: Typeface, room: int) -> list[str]:
    """A piece wider than a line, cut into parts as long as fit, at least one character each."""
    ends = list(accumulate(map(typeface.advances.__getitem__, piece)))
    parts, start, taken = [], 0, 0
    while start < len(piece):
        stop = max(bisect_right(ends, taken + room, start), start + 1)
        parts.append(piece[start:stop])
        taken, start = ends[stop - 1], stop
    return parts


def _squeezed(pieces: list[str], ends: list[int], start: int, stop: int, room: int) -> tuple[int, float]:
    """Whether the next piece, a character with its closing mark, fits when gaps are narrowed: (stop, spacing)."""
    piece = pieces[stop]
    if len(piece) != 2 or piece[1] not in NO_LINE_START or piece[0] in NO_LINE_START:
        return stop, 0.0
    excess = ends[stop + 1] - ends[start] - room
    gaps = sum(map(len, pieces[start : stop + 1])) - 1
    if gaps > 0 and 0 < excess <= 1000 and excess <= SQUEEZE * gaps:
        return stop + 1, -excess / gaps
    return stop, 0.0


def _line(
    pieces: list[str],
    ends: list[int],
    start: int,
    stop: int,
    indent: int,
    room: int,
    spacing: float,
    justified: bool,
) -> Line:
    """One line from its pieces: blank space at its end dropped, gaps widened when it is to be justified."""
    last = stop
    while last > start + 1 and pieces[last - 1].isspace():
        last -= 1
    text = "".join(pieces[start:last])
    width = ends[last] - ends[start]
    if not spacing and justified and len(text) > 1:
        spacing = (room - width) / (len(text) - 1)
        if spacing > LOOSEST_GAP:
            spacing = 0.0
    return Line(text, width, indent, spacing)
