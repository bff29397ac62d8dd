"""The missing-evidence list: held records that lack an attachment which the settings expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import AttachmentKind, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.words import word_of


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """One record and what it lacks, in words ready for the screen and for the page."""

    record_id: UUID
    organisation_id: UUID
    held_on: date
    organisation: str
    kind: str
    subject: str
    missing: tuple[AttachmentKind, ...]

    @property
    def missing_words(self) -> str:
        """签到表、照片."""
        return "、".join(word_of(kind) for kind in self.missing)


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """A year's list: how many records were looked at, how many are complete, and the others by date."""

    checked: int
    complete: int
    lines: tuple[MissingEvidence, ...]


def expected_of(
    kinds: tuple[str, ...], expected: Mapping[str, tuple[AttachmentKind, ...]]
) -> tuple[AttachmentKind, ...]:
    """What a record of these kinds should have; one of several kinds owes what each of them asks."""
    wanted: set[AttachmentKind] = set()
    for key in kinds:
        shipped = KIND_BY_KEY[key].expected if key in KIND_BY_KEY else ()
        wanted.update(expected.get(key, shipped))
    return tuple(kind for kind in AttachmentKind if kind in wanted)


def missing_evidence(reading: Reading, organisation_id: UUID, year: int) -> EvidenceList:
    """The list of an organisation and everything below it; only records that count as held."""
    roster = reading.roster()
    places = places_below(roster, organisation_id)
    query = RecordQuery(places, from_on=date(year, 1, 1), to_on=date(year, 12, 31), undated=False)
    held = [each for each in reversed(reading.summaries(query)) if each.is_held]
    present: dict[UUID, set[AttachmentKind]] = {each.id: set() for each in held}
    for attachment in reading.attachments_of(tuple(present)):
        present[attachment.record_id].add(attachment.kind)
    expected = book_settings(reading).expected_attachments
    lines = []
    for summary in held:
        wanted = expected_of(summary.kinds, expected)
        missing = tuple(kind for kind in wanted if kind not in present[summary.id])
        if missing and summary.held_on is not None:
            lines.append(_line(roster, summary, summary.held_on, missing))
    return EvidenceList(len(held), len(held) - len(lines), tuple(lines))


def places_below(roster: Roster, organisation_id: UUID) -> tuple[UUID, ...]:
    """An organisation, and whatever ever stood below it: branches and groups of every year."""
    found = [organisation_id]
    for place in found:
        found += [each.id for each in roster.organisations if each.parent_id == place]
    return tuple(found)


def _line(
    roster: Roster, summary: RecordSummary, held_on: date, missing: tuple[AttachmentKind, ...]
) -> MissingEvidence:
    return MissingEvidence(
        summary.id,
        summary.organisation_id,
        held_on,
        place_words(roster, summary.organisation_id, held_on),
        "、".join(KIND_BY_KEY[key].short_name if key in KIND_BY_KEY else key for key in summary.kinds),
        summary.subject,
        missing,
    )


def place_words(roster: Roster, organisation_id: UUID, day: date) -> str:
    """The organisation's name; a group's with its branch before it."""
    place = roster.organisation_by_id[organisation_id]
    parent = roster.organisation_by_id.get(place.parent_id) if place.parent_id else None
    if place.kind == OrganisationKind.GROUP and parent is not None:
        return f"{parent.name_on(day)} {place.name_on(day)}"
    return place.name_on(day)
