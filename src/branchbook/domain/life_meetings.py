"""Criticism and self-criticism at an organisational life meeting, read from the agenda of its record.

An item that bears the name of someone who is named in its minutes or stands in the attendance is that person's:
what they say first is their self-criticism, what others say the criticism of them, what they say after that
their reply. So a meeting is typed as any other, and what was typed before this was known is read alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from branchbook.domain.records import AgendaItem, Record, Speech


@dataclass(frozen=True, slots=True)
class Examination:
    """What one person said of themselves and heard from others."""

    name: str
    person_id: UUID | None
    self_criticism: tuple[Speech, ...]
    criticisms: tuple[Speech, ...]
    reply: tuple[Speech, ...]


def examination_in(item: AgendaItem, record: Record) -> Examination | None:
    """The examination that an item holds, None for any other item."""
    name = item.title.strip()
    own = [speech for speech in item.speeches if speech.name.strip() == name]
    known = [line for line in record.attendance if line.name.strip() == name]
    if not name or not (own or known):
        return None
    ids = [each.person_id for each in own if each.person_id is not None]
    ids += [line.person_id for line in known]
    first_other = next(
        (number for number, each in enumerate(item.speeches) if _of_other(each, name)), len(item.speeches)
    )
    return Examination(
        name,
        ids[0] if ids else None,
        tuple(item.speeches[:first_other]),
        tuple(each for each in item.speeches[first_other:] if _of_other(each, name)),
        tuple(each for each in item.speeches[first_other:] if not _of_other(each, name)),
    )


def examinations(record: Record) -> tuple[Examination, ...]:
    """Everyone's examination in the order of the meeting."""
    found = (examination_in(item, record) for item in record.agenda)
    return tuple(each for each in found if each is not None)


def other_items(record: Record) -> tuple[AgendaItem, ...]:
    """The items of the agenda that are nobody's examination."""
    return tuple(item for item in record.agenda if examination_in(item, record) is None)


def without_criticism(record: Record) -> tuple[str, ...]:
    """Whom nobody criticised: every member hears at least one criticism, which is advice and no rule."""
    return tuple(each.name for each in examinations(record) if not each.criticisms)


def _of_other(speech: Speech, name: str) -> bool:
    """Whether someone else speaks; minutes without a name belong to whoever spoke before."""
    return bool(speech.name.strip()) and speech.name.strip() != name
