"""The values of the papers about dues: the register with bases and rates, and the published list without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.dues import DuesLine, DuesView, due_words, dues_of_year, rate_words, yuan
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_year import members_of_year, moves_of

_MONTHS = range(1, 13)


def dues_values(binding: Binding) -> Mapping[str, Value]:
    """党费收缴登记表: what was fixed and paid; the names alone where the branch does not keep its dues in the book.

    Who came or went in the year has the month in the remark. The lines under the table are signed by hand.
    """
    view = _view(binding)
    if view is None or not view.is_kept:
        people = enumerate(members_of_year(binding), 1)
        rows = tuple(
            {"number": str(number), "name": person.name, "note": moves_of(binding, person.id)}
            for number, person in people
        )
        return {"rows": rows, "total": ({"name": "合计"},)}
    rows = tuple(
        {
            "number": str(number),
            "name": line.name,
            "base": yuan(line.base_fen),
            "rate": rate_words(line.due),
            "monthly": yuan(line.due.fen) if line.due else "",
            **_paid(line),
            "sum": yuan(line.total) if line.paid else "",
            "note": _note(binding, line),
        }
        for number, line in enumerate(view.lines, 1)
    )
    return {"rows": rows, "total": (_totals(view.lines),)}


def published_values(binding: Binding) -> Mapping[str, Value]:
    """党费收缴公示: who paid how much, without anybody's base or rate; nothing where nothing is kept."""
    view = _view(binding)
    if view is None or not view.is_kept:
        return {"rows": (), "notes": (_paragraph("本年没有在簿中登记党费。"),)}
    rows = tuple(
        {
            "number": str(number),
            "name": line.name,
            "months": month_words(line.paid),
            "sum": yuan(line.total) if line.paid else "",
            "note": line.remark,
        }
        for number, line in enumerate(view.lines, 1)
    )
    payers = sum(1 for line in view.lines if line.paid)
    total = {"name": "合计", "months": f"{payers} 人", "sum": yuan(sum(line.total for line in view.lines))}
    note = f"截至 {view.day}。党费收缴情况一般每年公布一次；计算基数不公布。"
    return {"rows": rows, "total": (total,), "notes": (_paragraph(note),)}


def month_words(months: Iterable[int]) -> str:
    """1—3、5月 for months that follow one another."""
    spans: list[list[int]] = []
    for month in sorted(months):
        if spans and month == spans[-1][-1] + 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    words = [str(span[0]) if len(span) == 1 else f"{span[0]}—{span[-1]}" for span in spans]
    return f"{'、'.join(words)}月" if words else ""


def _view(binding: Binding) -> DuesView | None:
    place = binding.subject_organisation
    if place.kind != OrganisationKind.BRANCH:
        return None
    return dues_of_year(binding.reading, place.id, binding.year, binding.request.day)


def _paid(line: DuesLine) -> Mapping[str, str]:
    """What was paid in each month; a stroke where the month is not owed here."""
    return {f"month_{month}": yuan(line.paid.get(month)) if month in line.owed else "—" for month in _MONTHS}


def _totals(lines: Sequence[DuesLine]) -> Mapping[str, str]:
    months = {
        f"month_{month}": yuan(sum(fen))
        for month in _MONTHS
        if (fen := [line.paid[month] for line in lines if month in line.paid])
    }
    return {"name": "合计", **months, "sum": yuan(sum(line.total for line in lines))}


def _note(binding: Binding, line: DuesLine) -> str:
    rounded = due_words(line.due) if line.due is not None and line.due.rounded else ""
    words = (moves_of(binding, line.person_id), line.remark, rounded.partition("（")[2].removesuffix("）"))
    return "，".join(filter(None, words))


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, ParagraphStyle.NOTE)
