"""Which shape of election fits an organisation on a day, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.elections import (
    BY_ELECTION,
    GENERAL_BRANCH,
    WITH_COMMITTEE,
    WITHOUT_COMMITTEE,
)
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Standing
from branchbook.domain.procedures import ProcedureShape
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.guards import still_there
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading
from branchbook.services.term_dates import TermDates, term_dates

LEAST_FOR_COMMITTEE = 7
"""Full members from which on a branch has a committee, where no rule of the day says so (B-32)."""


@dataclass(frozen=True, slots=True)
class SuggestedShape:
    """The shape that fits, why it does as a sentence, and the article behind that."""

    shape: ProcedureShape
    reason: str
    article: str = ""


def suggested_shape(reading: Reading, organisation_id: UUID, day: date) -> SuggestedShape:
    """The shape of election that fits an organisation on a day (支部工作条例, B-32, B-35, B-39).

    Raises RefusedProblem where the organisation is in the recycle bin.
    """
    still_there(reading, Organisation, organisation_id, "这个组织")
    rulebook = rulebook_of(reading).on(day)
    dates = term_dates(reading, organisation_id, day)
    return suggested_in(reading.roster(), rulebook, dates, organisation_id, day)


def suggested_in(
    roster: Roster, rulebook: Rulebook, dates: TermDates | None, organisation_id: UUID, day: date
) -> SuggestedShape:
    """As ``suggested_shape``, for those who have roster, rules of the day and dates of the term at hand.

    While a term runs and its reminder is not due yet, only a vacancy can be filled.
    """
    if dates is not None and day < dates.remind_on:
        rule = rulebook.find("B-39")
        reason = f"本届任期到{chinese_date(dates.ends_on)}才届满，任期内的空缺用补选"
        return SuggestedShape(BY_ELECTION, reason, rule.citation if rule else "")
    if roster.organisation_by_id[organisation_id].kind == OrganisationKind.GENERAL_BRANCH:
        rule = rulebook.find("T-01")
        return SuggestedShape(GENERAL_BRANCH, "党总支设委员会", rule.citation if rule else "")
    full, least = full_members(roster, organisation_id, day), least_for_committee(rulebook)
    rule = rulebook.find("B-32" if full >= least else "B-35")
    article = rule.citation if rule else ""
    if full >= least:
        reason = f"当日有正式党员 {full} 名，{least} 名以上应设支部委员会"
        return SuggestedShape(WITH_COMMITTEE, reason, article)
    reason = f"当日有正式党员 {full} 名，不足 {least} 名的不设支部委员会，选书记"
    return SuggestedShape(WITHOUT_COMMITTEE, reason, article)


def shape_findings(
    roster: Roster, rulebook: Rulebook, shape_key: str, organisation_id: UUID, day: date
) -> tuple[Finding, ...]:
    """Whether a shape still fits the number of full members on a day (B-32, B-35); it advises, refuses nothing."""
    if shape_key not in (WITH_COMMITTEE.key, WITHOUT_COMMITTEE.key) or rulebook.find("B-32") is None:
        return ()
    full, least = full_members(roster, organisation_id, day), least_for_committee(rulebook)
    if shape_key == WITH_COMMITTEE.key and full < least:
        text = f"当日有正式党员 {full} 名，不足 {least} 名的不设支部委员会，只选书记"
        return (finding(Level.WARNING, rulebook, "B-35", text),)
    if shape_key == WITHOUT_COMMITTEE.key and full >= least:
        text = f"当日有正式党员 {full} 名，{least} 名以上应设支部委员会"
        return (finding(Level.WARNING, rulebook, "B-32", text),)
    return ()


def full_members(roster: Roster, organisation_id: UUID, day: date) -> int:
    """How many full members belong to an organisation on a day."""
    members = roster.members_on(organisation_id, day)
    return sum(roster.standing_on(each.id, day) == Standing.FULL for each in members)


def least_for_committee(rulebook: Rulebook) -> int:
    """Full members from which on a branch has a committee (B-32)."""
    rule = rulebook.find("B-32")
    return rule.number("full_members") if rule else LEAST_FOR_COMMITTEE
