"""A filled report as papers: the text after GB/T 9704, and the table of its numbers with definitions and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from branchbook.catalogue.papers import reports as papers
from branchbook.domain.papers import (
    Booklet,
    Paragraph,
    ParagraphStyle,
    Section,
    Sheet,
    TextTable,
    Value,
    single,
)
from branchbook.services.report_templates import BlockKind, TextBlock
from branchbook.services.reports import Report, ReportNumber
from branchbook.services.statistics import CountedLine, counted_lines, shown
from branchbook.services.store import Reading

MOST_COLUMNS = 12
"""So many columns of a table can be read on a standing page."""

MOST_RECORDS = 120
"""So many records stand under one number on paper; the window shows them all."""

_STYLES = {BlockKind.HEADING: ParagraphStyle.HEADING, BlockKind.SUBHEADING: ParagraphStyle.SUBHEADING}
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,28}")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][^。；]{1,28}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def report_booklet(report: Report, name: str) -> Booklet:
    """The report as an official document; ``name`` is its title where the template has none."""
    return single(Sheet(papers.REPORT, name, document_values(report.filled.blocks)))


def not_on_paper(report: Report) -> tuple[str, ...]:
    """What the official layout does not carry of this report, in Chinese."""
    wide = [len(each.rows[0]) for each in report.filled.blocks if each.rows and _too_wide(each)]
    return (*report.filled.not_carried, *(f"有 {columns} 栏的表格" for columns in wide))


def document_values(blocks: Sequence[TextBlock]) -> Mapping[str, Value]:
    """Title, subtitle, addressee, body, signature and date of a text, as the official document takes them."""
    rest = list(blocks)
    values: dict[str, Value] = {}
    for kind, key in ((BlockKind.TITLE, "title"), (BlockKind.SUBTITLE, "subtitle")):
        if rest and rest[0].kind is kind:
            values[key] = rest.pop(0).text
    if rest and rest[0].kind is BlockKind.BODY and rest[0].text.endswith(("：", ":")):
        values["addressee"] = rest.pop(0).text
    values |= _closing(rest)
    values["body"] = tuple(_body(rest))
    return values


def _closing(rest: list[TextBlock]) -> Mapping[str, str]:
    """Who signs and the day: the lines at the right that end the text; taken off it."""
    lines: list[str] = []
    while rest and rest[-1].kind is BlockKind.CLOSING and len(lines) < 2:
        lines.insert(0, rest.pop().text)
    if lines and _DATE.fullmatch(lines[-1]):
        return {"signed_by": "\n".join(lines[:-1]), "signed_on": lines[-1]}
    return {"signed_by": "\n".join(lines)}


def _body(blocks: Sequence[TextBlock]) -> Iterator[Paragraph | TextTable]:
    count = 0
    for block in blocks:
        count = count + 1 if block.kind is BlockKind.NUMBERED else 0
        if block.kind is BlockKind.TABLE:
            if not _too_wide(block):
                yield TextTable(block.rows)
            continue
        text = f"{count}.{block.text}" if count else block.text
        yield Paragraph(text, _style(block))


def _style(block: TextBlock) -> ParagraphStyle:
    """By the style of the template; a level typed by hand (一、 or （一）) is one too."""
    if block.kind is BlockKind.BODY:
        if _FIRST_LEVEL.fullmatch(block.text):
            return ParagraphStyle.HEADING
        if _SECOND_LEVEL.fullmatch(block.text):
            return ParagraphStyle.SUBHEADING
    if block.kind in (BlockKind.TITLE, BlockKind.SUBTITLE):
        return ParagraphStyle.HEADING
    return _STYLES.get(block.kind, ParagraphStyle.BODY)


def _too_wide(block: TextBlock) -> bool:
    return max(map(len, block.rows)) > MOST_COLUMNS


# --------------------------------------------------------------------------------------------- the numbers


def numbers_booklet(reading: Reading, report: Report, title: str) -> Booklet:
    """Every number of a report with its definition and its records; ``title`` names organisation and period."""
    values: Mapping[str, Value] = {
        "rows": tuple(
            _row(number, each, counted_lines(reading, each.figure.facts))
            for number, each in enumerate(report.numbers, 1)
        ),
        "note": "数字由本簿的记录统计得出；没有记录的留空白，不填 0。",
    }
    heading = f"{title}数字依据表"
    return Booklet(heading, (Section(Sheet(papers.REPORT_NUMBERS, heading, values), heading),))


def _row(number: int, each: ReportNumber, lines: Sequence[CountedLine]) -> Mapping[str, str]:
    measure = each.figure.measure
    blank = f"（{each.figure.blank_reason}）" if each.figure.blank_reason else ""
    words = [f"{line.on.isoformat()} {line.words}" for line in lines[:MOST_RECORDS]]
    if len(lines) > MOST_RECORDS:
        words.append(f"……共 {len(lines)} 条，其余在程序的“统计汇报”里查看")
    return {
        "number": str(number),
        "place": each.place,
        "value": f"{shown(each.figure.value)} {measure.unit}" if each.figure.value is not None else "",
        "definition": f"{each.period.start} 至 {each.period.end}。{measure.definition}{blank}",
        "count": str(len(lines)),
        "records": "；".join(words),
    }
