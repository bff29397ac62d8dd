"""The values of the yearly table of talks: one row for each talk, what is private left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from branchbook.catalogue.meetings.heart_to_heart_talk import KIND
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.records import Record
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day, named
from branchbook.services.privacy import WITHHELD, open_part
from branchbook.services.store import RecordQuery

_NOTE = "只列入已定稿的记录。"


def talk_summary_values(binding: Binding) -> Mapping[str, Value]:
    """The branch's talks of the year in order of day; a general branch's table lists those of its branches."""
    query = RecordQuery(
        tuple(_branches(binding)),
        (KIND.key,),
        from_on=date(binding.year, 1, 1),
        to_on=date(binding.year, 12, 31),
        undated=False,
    )
    records = [
        each for each in binding.reading.records(query) if each.is_final or binding.request.with_drafts
    ]
    rows = tuple(
        {"number": str(number), **_row(binding, record)} for number, record in enumerate(records, start=1)
    )
    withheld = any(binding.withholds(each) for each in records)
    note = f"{_NOTE}标明“{WITHHELD}”的谈话只列谈话人、对象和日期。" if withheld else _NOTE
    return {"rows": rows, "notes": (Paragraph(note, ParagraphStyle.NOTE),)}


def _branches(binding: Binding) -> list[UUID]:
    own = binding.subject_organisation
    return list(binding.places_of_year) if own.kind == OrganisationKind.GENERAL_BRANCH else [own.id]


def _row(binding: Binding, record: Record) -> Mapping[str, str]:
    shown = record if binding.request.private_content else open_part(record)
    texts = {
        key: " ".join(str(shown.fields.get(key, "")).split())
        for key in ("talk_kind", "talk_occasion", "follow_up")
    }
    return {
        "held_on": month_day(record.held_on),
        "talker": named(record.people.get("talker", ())),
        "talked_with": named(record.people.get("talked_with", ())),
        **texts,
        "subject": WITHHELD if binding.withholds(record) else shown.subject,
    }
