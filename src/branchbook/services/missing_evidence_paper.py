"""缺少佐证材料清单: the missing-evidence list as one page to take along before an inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from branchbook.domain.papers import Value
from branchbook.domain.roster import Roster
from branchbook.services.evidence import MissingEvidence, missing_evidence
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day

Place = tuple[tuple[int, str], ...]
Row = tuple[Place, str, str, str]
"""Where an organisation comes in the book, its name, the kinds, what is missing: what one row stands for."""


def missing_evidence_values(binding: Binding) -> Mapping[str, Value]:
    """The list of the organisation and everything below it; a single row where nothing is missing.

    Meetings of one organisation and kind that lack the same stand in one row with their days: so the year
    of a large branch is one page, and one walk through the files fills a row.
    """
    own = binding.subject_organisation.id
    found = missing_evidence(binding.reading, own, binding.year)
    days: dict[Row, list[date]] = {}
    for each in found.lines:
        name = "" if each.organisation_id == own else _short(each, binding.names.organisation)
        key = (_place(binding.roster, each.organisation_id), name, each.kind, each.missing_words)
        days.setdefault(key, []).append(each.held_on)
    rows = tuple(
        {
            "number": str(number),
            "organisation": key[1] or binding.names.organisation,
            "kind": key[2],
            "missing": key[3],
            "count": str(len(days[key])),
            "held_on": _days(days[key]),
        }
        for number, key in enumerate(sorted(days, key=lambda each: each[0]), 1)
    )
    day = month_day(binding.request.day)
    return {
        "rows": rows or ({"held_on": "没有缺少的佐证材料"},),
        "checked": f"{binding.year}年已定稿的记录 {found.checked} 份，齐全 {found.complete} 份，截至{day}",
    }


def _place(roster: Roster, organisation_id: UUID) -> Place:
    """Each branch followed by its groups, in the book's order."""
    path: list[tuple[int, str]] = []
    place = roster.organisation_by_id.get(organisation_id)
    while place is not None:
        path.insert(0, (place.position, place.name))
        place = roster.organisation_by_id.get(place.parent_id) if place.parent_id else None
    return tuple(path)


def _short(line: MissingEvidence, own_name: str) -> str:
    """A group's name without its branch's where the page is the branch's."""
    return line.organisation.removeprefix(own_name).strip() or line.organisation


def _days(days: Iterable[date]) -> str:
    """1.19、2.16; 6.18（2 次） where it met twice on one day."""
    times = Counter(days)
    return "、".join(
        f"{day.month}.{day.day}" + (f"（{number} 次）" if number > 1 else "")
        for day, number in sorted(times.items())
    )
