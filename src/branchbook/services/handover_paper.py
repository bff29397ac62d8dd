"""交接清单: how much the book holds, and what the next secretary finds open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Value
from branchbook.domain.people import Post
from branchbook.domain.records import Record
from branchbook.services.desk import DeskView, desk
from branchbook.services.evidence import places_below
from branchbook.services.paper_binding import Binding
from branchbook.services.store import RecordQuery


def handover_values(binding: Binding) -> Mapping[str, Value]:
    """Of the organisation and everything below it, on the day. Signatures and the backup's name stay open.

    The Desk's due items, open resolutions and running procedures are the open matters.
    """
    roster, day, own = binding.roster, binding.day, binding.subject_organisation
    below = OrganisationKind.BRANCH if own.kind == OrganisationKind.GENERAL_BRANCH else OrganisationKind.GROUP
    records = binding.reading.records(RecordQuery(places_below(roster, own.id)))
    held = sorted(each.held_on for each in records if each.held_on and each.is_final)
    drafts = sum(1 for each in records if not each.is_final)
    secretary = roster.holder_of(own.id, Post.SECRETARY, day)
    view = desk(binding.reading, own.id, day.year, day)
    return {
        "organisation": binding.names.organisation,
        "day": chinese_date(day),
        "secretary": secretary.name if secretary else "",
        "members": f"{view.members} 名",
        "groups_count": f"{len(roster.children_of(own.id, day, below))} 个",
        "records": f"{len(records)} 份（草稿 {drafts} 份）",
        "last_meeting": chinese_date(held[-1]) if held else "",
        "years": f"{held[0].year}年至{held[-1].year}年" if held else "还没有定稿的记录",
        "counts": tuple(_counts(records)) or ({"kind": "还没有记录"},),
        "open_matters": tuple(_open_matters(view)) or ({"matter": "没有未办结事项"},),
    }


def _counts(records: tuple[Record, ...]) -> Iterator[Mapping[str, str]]:
    """One row for each kind that there is; a record of two kinds stands under both."""
    for kind in KINDS:
        own = [each for each in records if kind.key in each.kinds]
        held = [each.held_on for each in own if each.held_on is not None and each.is_final]
        if own:
            yield {
                "kind": kind.name,
                "final": str(sum(1 for each in own if each.is_final)),
                "draft": str(sum(1 for each in own if not each.is_final)),
                "last": chinese_date(max(held)) if held else "",
            }


def _open_matters(view: DeskView) -> Iterator[Mapping[str, str]]:
    """As the Desk has them, the overdue first, then the resolutions that wait to be carried out."""
    matters = [(each.title, each.detail, each.badge) for each in view.due]
    matters += [
        (
            f"决议：{line.passed.resolution.text}",
            "；".join(part for part in (line.organisation_name, line.responsible) if part),
            _due(line.passed.resolution.due_on, line.overdue),
        )
        for line in view.resolutions
    ]
    for number, (matter, detail, state) in enumerate(matters, 1):
        yield {"number": str(number), "matter": matter, "detail": detail, "state": state}


def _due(due_on: date | None, overdue: bool) -> str:
    if due_on is None:
        return "待落实"
    return f"{due_on:%Y-%m-%d}前" + ("，逾期" if overdue else "")
