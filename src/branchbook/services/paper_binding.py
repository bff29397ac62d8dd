"""What a paper is bound to: the subject asked for, and the book's answers about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.organisations import Organisation, OrganisationKind, by_position
from branchbook.domain.papers import Subject
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.services.paper_words import Names, names_on
from branchbook.services.privacy import open_part
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """Which paper, of what, on which day.

    A paper of a record needs ``record_id`` (or none: it prints blank), one of an organisation
    ``organisation_id``, one of a year also ``year``. ``kind`` chooses under which of its kinds a record
    prints; ``item`` one agenda item (from 1) of which to print the resolution. ``day`` is the day on which
    the roster is asked; papers of a record ask on the record's own day. ``identity_numbers`` prints them
    whole: True, masked: False, as the book's setting says: None. A paper of a procedure has its id in
    ``record_id``; blank, ``kind`` names the shape of the procedure whose words it takes. ``person_id`` chooses one
    member of a paper that has a sheet for each. ``private_content`` prints what is private too:
    asked for at the printing of one paper, never by a handbook.
    """

    paper: str
    day: date
    record_id: UUID | None = None
    organisation_id: UUID | None = None
    year: int | None = None
    kind: str = ""
    item: int | None = None
    blank: bool = False
    identity_numbers: bool | None = None
    with_drafts: bool = False
    person_id: UUID | None = None
    private_content: bool = False


@dataclass(frozen=True)
class BookView:
    """What all sheets of one printing ask of the book, read once: a handbook binds a hundred of them."""

    reading: Reading

    @cached_property
    def roster(self) -> Roster:
        """People and organisations."""
        return self.reading.roster()

    @cached_property
    def settings(self) -> BookSettings:
        """The book's settings."""
        return book_settings(self.reading)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules of all times, as this book corrects them."""
        return rulebook_of(self.reading)

    @cached_property
    def gathered(self) -> dict[UUID, object]:
        """What was gathered of a procedure for one of its papers, kept for the others of the same printing."""
        return {}

    @cached_property
    def _procedures(self) -> dict[UUID, Procedure | None]:
        return {}

    def procedure(self, procedure_id: UUID) -> Procedure | None:
        """A procedure, read once; None where it is gone."""
        if procedure_id not in self._procedures:
            self._procedures[procedure_id] = self.reading.get(Procedure, procedure_id)
        return self._procedures[procedure_id]


@dataclass(frozen=True)
class Binding:
    """A request with the book behind it; every question about the subject is answered here once.

    ``loaded`` is the record, where whoever binds has it already.
    """

    view: BookView
    request: PaperRequest
    loaded: Record | None = None

    @property
    def reading(self) -> Reading:
        """The book."""
        return self.view.reading

    @property
    def roster(self) -> Roster:
        """People and organisations."""
        return self.view.roster

    @cached_property
    def record(self) -> Record | None:
        """The record as it may be printed, None where the request names none.

        Raises RefusedProblem for one that is gone.
        """
        record = self.loaded
        if record is None:
            if self.request.record_id is None or self.procedure is not None:
                return None
            record = self.reading.get(Record, self.request.record_id)
        if record is None:
            raise RefusedProblem("找不到这份记录", "", "它可能已移到回收站，请刷新列表")
        return record if self.request.private_content else open_part(record)

    def withholds(self, record: Record) -> bool:
        """Whether the content of a record is left out here."""
        return record.is_private and not self.request.private_content

    @cached_property
    def procedure(self) -> Procedure | None:
        """The procedure, None where the request names none. Raises RefusedProblem for one that is gone."""
        paper = PAPER_BY_KEY.get(self.request.paper)
        of_procedure = paper is not None and paper.subject == Subject.PROCEDURE
        if not of_procedure or self.request.record_id is None:
            return None
        procedure = self.view.procedure(self.request.record_id)
        if procedure is None:
            raise RefusedProblem("找不到这项办理事项", "", "它可能已移到回收站，请刷新列表")
        return procedure

    @cached_property
    def day(self) -> date:
        """The day on which the roster is asked: the record's own, else the one requested, within its year.

        Papers of a procedure ask on the day on which it was held, or else on that of the request.
        """
        if self.procedure is not None:
            return _day_of(self.procedure) or self.request.day
        if self.record is not None and self.record.held_on is not None:
            return self.record.held_on
        year = self.request.year
        return self.request.day if year is None else within_year(self.request.day, year)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force on the day."""
        return self.view.rulebook.on(self.day)

    @property
    def year(self) -> int:
        """The record's own year, else the one asked for, else the day's."""
        if self.procedure is not None:
            return self.procedure.year or self.day.year
        if self.record is not None and self.record.held_on is not None:
            return self.record.held_on.year
        return self.request.year or self.day.year

    @cached_property
    def organisation(self) -> Organisation | None:
        """The record's or procedure's organisation, else the one requested."""
        subject = self.procedure or self.record
        wanted = subject.organisation_id if subject else self.request.organisation_id
        if wanted is None:
            return None
        found = self.roster.organisation_by_id.get(wanted)
        if found is None:
            raise RefusedProblem("找不到这个组织", "", "请重新选择支部或党小组")
        return found

    @property
    def subject_organisation(self) -> Organisation:
        """The organisation, where the paper cannot do without one."""
        if self.organisation is None:
            raise RefusedProblem("没有选择支部", "", "请先选择要打印哪个支部的表册")
        return self.organisation

    @cached_property
    def names(self) -> Names:
        """Names of the organisation and those above it on the day; empty without an organisation."""
        if self.organisation is None:
            return Names("", "", "")
        return names_on(self.roster, self.organisation.id, self.day)

    @cached_property
    def organisations_of_year(self) -> tuple[Organisation, ...]:
        """The organisation itself, and its groups of the year, also those closed or founded within it."""
        own = self.subject_organisation
        groups = (
            each
            for each in self.roster.organisations
            if each.kind == OrganisationKind.GROUP
            and each.parent_id == own.id
            and existed_in(each, self.year)
        )
        return (own, *sorted(groups, key=lambda each: (each.position, each.founded_on)))

    @cached_property
    def places_of_year(self) -> tuple[UUID, ...]:
        """Whose requirements a summary shows: the organisation; below a general branch its branches first."""
        own = self.subject_organisation
        if own.kind != OrganisationKind.GENERAL_BRANCH:
            return (own.id,)
        branches = (
            each
            for each in self.roster.organisations
            if each.kind == OrganisationKind.BRANCH
            and each.parent_id == own.id
            and existed_in(each, self.year)
        )
        return (*(each.id for each in by_position(branches)), own.id)


def _day_of(procedure: Procedure) -> date | None:
    """The day of the election or of the vote itself; before it was held, of what stands nearest to it."""
    held = next((each.held_on for each in procedure.rounds if each.step != "first_meeting"), None)
    days = (
        procedure.done_on("count"),
        held,
        procedure.done_on("opening"),
        procedure.voters_frozen_on,
        procedure.done_on("first_meeting"),
        procedure.done_on("ballot"),
        next((each.held_on for each in procedure.grade_rounds), None),
        procedure.done_on("participants"),
        procedure.done_on("meeting"),
        procedure.questions[-1].held_on if procedure.questions else None,
    )
    return next((day for day in days if day is not None), None)


def existed_in(organisation: Organisation, year: int) -> bool:
    """Whether the organisation existed on any day of the year."""
    founded_before_end = organisation.founded_on.year <= year
    return founded_before_end and (
        organisation.closed_on is None or organisation.closed_on > date(year, 1, 1)
    )


def within_year(day: date, year: int) -> date:
    """The day itself in its year; 31 December of a year that is over, 1 January of one to come."""
    return max(min(day, date(year, 12, 31)), date(year, 1, 1))
