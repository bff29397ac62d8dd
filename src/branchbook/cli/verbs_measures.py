"""measures and report: every number of a period, with the records behind it, and a template filled with them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import write_whole
from branchbook.domain.dates import Period
from branchbook.domain.measures import Figure
from branchbook.services.measures import FigurePair, compared, faults_of
from branchbook.services.reports import Report, fill_report
from branchbook.services.shipped_templates import SHIPPED_TEMPLATES, template_named
from branchbook.services.store import Reading


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    measures = verbs.add_parser("measures", help="统计一段时间的各项数字，每个数字都能追到记录")
    measures.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    add_period(measures)
    measures.add_argument("--json", action="store_true", help="以 JSON 输出：名称、数值、背后的记录")
    measures.accept_passphrase()
    measures.set_defaults(run=run_measures)
    report = verbs.add_parser("report", help="用一段时间的数字、名单填好一份 Word 模板")
    report.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    names = "、".join(each.name for each in SHIPPED_TEMPLATES)
    report.add_argument(
        "template",
        type=Path,
        metavar="TEMPLATE.docx",
        help=f"用 Word 或 WPS 写的模板，或自带模板的名称：{names}",
    )
    add_period(report)
    report.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.docx", help="填好的文件")
    report.add_argument(
        "--pdf", type=Path, metavar="OUT.pdf", help="另存一份按公文格式（GB/T 9704）排好的 PDF"
    )
    report.add_argument("--numbers", type=Path, metavar="OUT.pdf", help="另存一份数字依据表（口径和记录）")
    report.accept_passphrase()
    report.set_defaults(run=run_report)


def add_period(verb: Any) -> None:
    """The arguments of a period and a scope."""
    verb.add_argument(
        "--from", dest="start", type=day_argument, metavar="D", help="开始日期，默认今年 1 月 1 日"
    )
    verb.add_argument("--to", dest="end", type=day_argument, metavar="D", help="结束日期，默认今天")
    verb.add_argument("--scope", metavar="NAME", help="只统计这个支部或党总支，默认整本簿")


def period_of(arguments: argparse.Namespace, around: Surroundings) -> Period:
    """The period that was asked for; this year until today where none was."""
    end: date = arguments.end or around.now.date()
    return Period(arguments.start or date(end.year, 1, 1), end)


def run_measures(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every measure in its order; a number without records behind it is blank."""
    period = period_of(arguments, around)
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        pairs = compared(reading, period, _scope(reading, arguments.scope, period))
        faults = faults_of(reading)
    for fault in faults:
        around.warn(f"未统计：{fault.what}（{fault.where}）")
    if arguments.json:
        around.report([_as_json(each.now) for each in pairs])
        return 0
    group = ""
    for each in pairs:
        if each.now.measure.group != group:
            group = each.now.measure.group
            around.say(group)
        around.say(_in_words(each))
    around.say(f"{period.start} 至 {period.end}")
    return 0


def run_report(arguments: argparse.Namespace, around: Surroundings) -> int:
    """The docx and where asked for the papers, then what stayed blank and what looks left over."""
    period = period_of(arguments, around)
    template = template_named(arguments.template)
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        report = fill_report(
            reading,
            around.workshop.templates,
            template,
            period,
            _scope(reading, arguments.scope, period),
            around.now.date(),
        )
        papers = _papers(arguments, around, reading, report, period)
    write_whole(arguments.out, report.filled.docx)
    for path, content in papers:
        write_whole(path, content)
    _tell(report, around, pdf=bool(arguments.pdf))
    around.say(
        f"已填好：{arguments.out}（用到 {len(report.numbers)} 个数字，空白 {len(report.unfilled)} 处）"
    )
    return 0


def _papers(
    arguments: argparse.Namespace, around: Surroundings, reading: Reading, report: Report, period: Period
) -> list[tuple[Path, bytes]]:
    """What is to be written as PDF; without it the press is not loaded."""
    if not (arguments.pdf or arguments.numbers):
        return []
    from branchbook.services.report_paper import numbers_booklet, report_booklet

    name = arguments.template.stem
    found = []
    if arguments.pdf:
        found.append((arguments.pdf, around.workshop.press.press(report_booklet(report, name)).pdf))
    if arguments.numbers:
        booklet = numbers_booklet(reading, report, f"{name}（{period.words}）")
        found.append((arguments.numbers, around.workshop.press.press(booklet).pdf))
    return found


def _tell(report: Report, around: Surroundings, *, pdf: bool) -> None:
    for each in report.unfilled:
        around.say(f"  空白：{each}")
    for remark in report.remarks:
        around.say(f"  请核对：{remark}")
    if pdf:
        from branchbook.services.report_paper import not_on_paper

        if missing := not_on_paper(report):
            around.say(f"  PDF 里没有（保留在 Word 文件里）：{'、'.join(missing)}")


def _scope(reading: Reading, name: str | None, period: Period) -> UUID | None:
    return organisation_named(reading.roster(), name, period.end).id if name else None


def _in_words(pair: FigurePair) -> str:
    measure, before = pair.now.measure, pair.before.value
    shown = "—" if pair.now.value is None else f"{pair.now.value} {measure.unit}"
    return f"  {measure.name}  {shown}（上期 {'—' if before is None else before}）"


def _as_json(figure: Figure) -> dict[str, Any]:
    value = figure.value
    return {
        "key": figure.measure.key,
        "name": figure.measure.name,
        "unit": figure.measure.unit,
        "definition": figure.measure.definition,
        "value": None
        if value is None
        else int(value)
        if value == value.to_integral_value()
        else float(value),
        "blank_reason": figure.blank_reason,
        "records": [
            {"entity": each.entity, "id": str(each.id), "on": each.on.isoformat()} for each in figure.facts
        ],
    }
