"""缺少佐证材料清单: what an inspection would miss, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.papers import Value
from branchbook.domain.records import AttachmentKind, Record
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day, subject_of
from branchbook.services.store import RecordQuery
from branchbook.services.words import word_of


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """A held record and the attachments that its kinds want and it does not have."""

    record: Record
    missing: tuple[AttachmentKind, ...]


def missing_evidence(binding: Binding) -> tuple[MissingEvidence, ...]:
    """Final records of the year, of the organisation and its groups, by date, that lack something.

    What is expected of each kind is a setting of the book; a record of several kinds must satisfy all.
    """
    query = RecordQuery(
        tuple(each.id for each in binding.organisations_of_year),
        from_on=date(binding.year, 1, 1),
        to_on=date(binding.year, 12, 31),
        undated=False,
    )
    records = [each for each in binding.reading.records(query) if each.is_final]
    expected = binding.view.settings.expected_attachments
    present: dict[object, set[AttachmentKind]] = {each.id: set() for each in records}
    for attachment in binding.reading.attachments_of([each.id for each in records]):
        present[attachment.record_id].add(attachment.kind)
    found = []
    for record in records:
        wanted = {kind for key in record.kinds for kind in expected.get(key, ())}
        lacking = tuple(kind for kind in AttachmentKind if kind in wanted - present[record.id])
        if lacking:
            found.append(MissingEvidence(record, lacking))
    return tuple(found)


def missing_evidence_values(binding: Binding) -> Mapping[str, Value]:
    """The list as rows; a single row 无 where nothing is missing."""
    rows = tuple(
        {
            "number": str(number),
            "held_on": month_day(each.record.held_on),
            "kind": "、".join(kind_of(key).short_name for key in each.record.kinds),
            "subject": subject_of(each.record),
            "missing": "、".join(word_of(kind) for kind in each.missing),
        }
        for number, each in enumerate(missing_evidence(binding), 1)
    )
    return {
        "rows": rows or ({"subject": "没有缺少的佐证材料"},),
        "checked": f"{binding.year}年已定稿的记录，截至{month_day(binding.request.day)}",
    }
