"""缺少佐证材料清单: the missing-evidence list as one page to take along before an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from branchbook.domain.papers import Value
from branchbook.domain.records import Record
from branchbook.services.evidence import EvidenceList, missing_evidence
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day, subject_of
from branchbook.services.store import RecordQuery


def missing_evidence_values(binding: Binding) -> Mapping[str, Value]:
    """The list as rows, of the organisation and everything below it; a single row where nothing is missing.

    What another organisation held is told by its name before the subject.
    """
    own = binding.subject_organisation.id
    found = missing_evidence(binding.reading, own, binding.year)
    records = _records(binding, found)
    rows = tuple(
        {
            "number": str(number),
            "held_on": month_day(each.held_on),
            "kind": each.kind,
            "subject": ("" if each.organisation_id == own else f"{each.organisation}：")
            + subject_of(records[each.record_id]),
            "missing": each.missing_words,
        }
        for number, each in enumerate(found.lines, 1)
    )
    day = month_day(binding.request.day)
    return {
        "rows": rows or ({"subject": "没有缺少的佐证材料"},),
        "checked": f"{binding.year}年已定稿的记录 {found.checked} 份，齐全 {found.complete} 份，截至{day}",
    }


def _records(binding: Binding, found: EvidenceList) -> Mapping[UUID, Record]:
    """The records on the list: one without a subject is known by its first item."""
    ids = tuple(each.record_id for each in found.lines)
    return {each.id: each for each in binding.reading.records(RecordQuery(ids=ids))} if ids else {}
