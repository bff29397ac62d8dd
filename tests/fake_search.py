"""The plain search of the book in memory: every word stands somewhere in the text of a value."""

from __future__ import annotations

from collections.abc import Sequence

from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import entity_name
from branchbook.services.privacy import open_part
from branchbook.services.store import SearchHit


def hit_of(
    value: Person | Record | Procedure | Assessment | LedgerRow | Attachment, wanted: Sequence[str]
) -> SearchHit | None:
    """A plain search: every word stands somewhere in the text of the value."""
    kind = entity_name(type(value))
    if isinstance(value, Person):
        title, text = value.name, f"{value.name} {value.initials} {value.work_post} {value.phone}"
    elif isinstance(value, Record):
        value = open_part(value)
        title, text = value.subject, _record_text(value)
    elif isinstance(value, Procedure):
        names = (each.name for each in value.candidates)
        title, text = value.shape, " ".join((*names, value.note, *map(str, _step_values(value))))
    elif isinstance(value, Assessment):
        title, text = value.name, " ".join(_assessment_texts(value))
    elif isinstance(value, LedgerRow):
        people = (ref.name for refs in value.people.values() for ref in refs)
        title, text = value.ledger, " ".join((*map(str, value.values.values()), *people))
    else:
        title, text = value.file_name, f"{value.file_name} {value.caption}"
    lowered = text.lower()
    if not all(word in lowered for word in wanted):
        return None
    start = lowered.find(wanted[0])
    first = max(0, start - 20)
    mark = (start - first, start - first + len(wanted[0]))
    held_on = value.held_on if isinstance(value, Record) else getattr(value, "begun_on", None)
    return SearchHit(kind, value.id, title, text[first : start + 60], (mark,), held_on)


def _step_values(procedure: Procedure) -> tuple[object, ...]:
    return tuple(value for entry in procedure.steps for value in entry.values.values())


def _assessment_texts(value: Assessment) -> tuple[str, ...]:
    said = tuple(text for each in value.criticisms for text in (each.text, each.reply))
    branch = (value.opinion, value.departure_reason, value.problems, value.advice, value.superior_opinion)
    return (value.name, value.summary, value.self_criticism, *said, *branch, value.own_words, value.use)


def _record_text(record: Record) -> str:
    pieces = [
        record.subject,
        record.occasion,
        record.venue,
        record.held_on.isoformat() if record.held_on else "",
    ]
    pieces += [ref.name for refs in record.people.values() for ref in refs]
    pieces += [str(value) for value in record.fields.values()]
    for item in record.agenda:
        pieces.append(item.title)
        pieces += [f"{speech.name} {speech.text}" for speech in item.speeches]
        pieces += [resolution.text for resolution in item.resolutions]
    return " ".join(filter(None, pieces))
