"""What the list of people shows of one organisation on one day, asked from the book in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import Standing
from branchbook.services.member_table import Listed, MemberFilter, MemberRow, matching, member_rows
from branchbook.services.store import Reading

MEMBERS, FULL, PROBATIONARY, APPLICANTS, FORMER = "members", "full", "probationary", "applicants", "former"
STANDING_OF = {FULL: Standing.FULL, PROBATIONARY: Standing.PROBATIONARY}
EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """People of an organisation on ``day``. ``places`` are its groups, or a general branch's branches."""

    organisation_id: UUID
    organisation: str
    day: date
    members: tuple[MemberRow, ...]
    applicants: tuple[MemberRow, ...]
    former: tuple[MemberRow, ...]
    places: tuple[tuple[UUID, str], ...]
    general: bool

    @property
    def empty(self) -> bool:
        """Whether nobody was ever entered here."""
        return not (self.members or self.applicants or self.former)

    def rows(self, chip: str) -> tuple[MemberRow, ...]:
        """The rows of one chip of standing."""
        if chip == APPLICANTS:
            return self.applicants
        if chip == FORMER:
            return self.former
        wanted = STANDING_OF.get(chip)
        return tuple(row for row in self.members if wanted in (None, row.standing))

    def shown(self, chip: str, place: str, text: str) -> tuple[MemberRow, ...]:
        """The rows of a chip in one place (its id as text; EVERYWHERE: all) that match the typed text."""
        rows = matching(self.rows(chip), MemberFilter(text))
        if place == EVERYWHERE:
            return rows
        return tuple(row for row in rows if place in (str(row.group_id), str(row.branch_id)))


def listing(reading: Reading, organisation_id: UUID, day: date) -> Listing:
    """Everyone whom an organisation lists on a day, in the roster's order."""
    roster = reading.roster()
    organisation = roster.organisation_by_id[organisation_id]
    general = organisation.kind is OrganisationKind.GENERAL_BRANCH
    wanted = OrganisationKind.BRANCH if general else OrganisationKind.GROUP
    below = roster.children_of(organisation_id, day, wanted)
    return Listing(
        organisation_id,
        organisation.name_on(day),
        day,
        member_rows(reading, organisation_id, day),
        member_rows(reading, organisation_id, day, Listed.APPLICANTS),
        member_rows(reading, organisation_id, day, Listed.FORMER),
        tuple((each.id, each.name_on(day)) for each in below),
        general,
    )
