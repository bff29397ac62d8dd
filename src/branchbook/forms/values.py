"""Taking values of the right shape out of a sheet; a blank sheet has none of any shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from branchbook.domain.charts import Chart
from branchbook.domain.papers import GridRows, Paragraph, ParagraphStyle, Photo, Sheet, TextTable
from branchbook.domain.plans import TimeLine


def text_of(sheet: Sheet, key: str) -> str:
    """A value as plain text; paragraphs are joined by line ends, tables and photos give nothing."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return value
    return "\n".join(_spoken(part) for part in value if isinstance(part, Paragraph))


def _spoken(paragraph: Paragraph) -> str:
    return f"{paragraph.lead}：{paragraph.text}" if paragraph.lead else paragraph.text


def paragraphs_of(
    sheet: Sheet, key: str, style: ParagraphStyle = ParagraphStyle.BODY
) -> tuple[Paragraph, ...]:
    """A value as paragraphs; plain text becomes one paragraph a line in the style given."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return tuple(Paragraph(line, style) for line in value.splitlines()) if value else ()
    return tuple(part for part in value if isinstance(part, Paragraph))


def body_of(sheet: Sheet, key: str) -> tuple[Paragraph | TextTable, ...]:
    """A value as paragraphs with the plain tables that stand among them."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return paragraphs_of(sheet, key)
    return tuple(part for part in value if isinstance(part, Paragraph | TextTable))


def rows_of(sheet: Sheet, key: str) -> GridRows:
    """A value as the rows of a table."""
    value = (sheet.values or {}).get(key, ())
    if isinstance(value, Mapping):
        return (value,)
    return () if isinstance(value, str) else tuple(part for part in value if isinstance(part, Mapping))


def photos_of(sheet: Sheet, key: str) -> Sequence[Photo]:
    """A value as photos."""
    value = (sheet.values or {}).get(key, ())
    return () if isinstance(value, str) else tuple(part for part in value if isinstance(part, Photo))


def charts_of(sheet: Sheet, key: str) -> Sequence[Chart]:
    """A value as charts."""
    value = (sheet.values or {}).get(key, ())
    return () if isinstance(value, str) else tuple(part for part in value if isinstance(part, Chart))


def time_line_of(sheet: Sheet, key: str) -> TimeLine | None:
    """A value as the one time line that it holds."""
    return next((part for part in (sheet.values or {}).get(key, ()) if isinstance(part, TimeLine)), None)
