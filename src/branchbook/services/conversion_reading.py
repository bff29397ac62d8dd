"""What a book knows of a conversion, gathered for its papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.conversion_steps import FAMILY
from branchbook.catalogue.procedures_list import SHAPES, shape_of
from branchbook.domain.dates import add_months
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Person, Standing
from branchbook.domain.probation import Probation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.services.conversion_facts import ConversionFacts, Observation, Opinion
from branchbook.services.conversion_file import materials_of
from branchbook.services.conversion_filed import with_file
from branchbook.services.conversion_meeting_facts import meeting_of, review_of, talk_of, votes_of
from branchbook.services.conversion_office_facts import approval_of, joining_of, notice_of, report_of
from branchbook.services.guards import still_there
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_roster import person_cells
from branchbook.services.probations import EXTENDED_SHAPE, decided_question, probation_from
from branchbook.services.procedures import procedures_of
from branchbook.services.store import Reading

CONVERSION_SHAPES = tuple(each.key for each in SHAPES if each.family == FAMILY)


def conversion_facts(binding: Binding) -> ConversionFacts:
    """The facts of the procedure asked for; without one, or blank, only the organisation's names.

    Raises RefusedProblem for a procedure that is no conversion.
    """
    procedure = binding.procedure
    if procedure is None or binding.request.blank:
        return blank_conversion(binding)
    kept = binding.view.gathered.get(procedure.id)
    if isinstance(kept, ConversionFacts):
        return kept
    if procedure.shape not in CONVERSION_SHAPES:
        raise RefusedProblem("这项办理事项不是预备党员转正，没有转正的表册", "", "请选择一次转正")
    facts = _with_person(_with_names(ConversionFacts(shape=procedure.shape), binding), binding, procedure)
    facts = _with_steps(facts, binding, procedure)
    facts = replace(facts, materials=materials_of(facts))
    if procedure.subject_id is not None:
        own = [each for each in binding.reading.all(Procedure) if each.subject_id == procedure.subject_id]
        facts = with_file(facts, binding.reading, own, procedure.subject_id, binding.request.day)
    binding.view.gathered[procedure.id] = facts
    return facts


def latest_conversion(reading: Reading, person_id: UUID) -> Procedure:
    """A person's conversion, of several the one begun last.

    Raises RefusedProblem for a person who is not in the book, or whose conversion was not begun.
    """
    person = still_there(reading, Person, person_id, "这个人")
    own = [each for each in procedures_of(reading, family=FAMILY) if each.subject_id == person_id]
    if not own:
        raise RefusedProblem(
            f"{person.name}还没有开始办理转正", "", "请先在“发展党员”里开始，或用 --blank 打印空白表"
        )
    return own[0]


def blank_conversion(binding: Binding) -> ConversionFacts:
    """Nothing but names, in the words of the shape asked for, else of the book's cadence."""
    wanted = binding.request.kind
    shape = wanted if wanted in CONVERSION_SHAPES else _usual_shape(binding)
    facts = ConversionFacts(shape=shape, observations=_empty(shape))
    if binding.organisation is None or binding.organisation.kind == OrganisationKind.GROUP:
        return replace(facts, materials=materials_of(facts))
    facts = _with_names(facts, binding)
    return replace(facts, materials=materials_of(facts))


def _usual_shape(binding: Binding) -> str:
    half_yearly = binding.view.settings.observation_cadence.value == "half_yearly"
    return "conversion_half_yearly" if half_yearly else "conversion"


def _with_names(facts: ConversionFacts, binding: Binding) -> ConversionFacts:
    own, names, day = binding.subject_organisation, binding.names, binding.day
    above = binding.roster.organisation_by_id.get(own.parent_id) if own.parent_id else None
    return replace(
        facts,
        organisation=names.organisation,
        higher=names.higher,
        kind=own.kind,
        under_general_branch=above is not None and above.kind == OrganisationKind.GENERAL_BRANCH,
        has_committee=binding.roster.has_committee_on(own.id, day),
    )


def _with_person(facts: ConversionFacts, binding: Binding, procedure: Procedure) -> ConversionFacts:
    person = binding.roster.person_by_id.get(procedure.subject_id or UUID(int=0))
    if person is None:
        raise RefusedProblem("这次转正的预备党员已不在名册里", "", "请先在回收站恢复这个人")
    own = [each for each in binding.reading.all(Procedure) if each.subject_id == person.id]
    probation = probation_from(person, own, binding.view.rulebook)
    group = binding.roster.group_of(person.id, binding.day)
    facts = replace(
        facts,
        person=person.name,
        cells=person_cells(binding, person),
        born_on=person.born_on,
        group=group.name_on(binding.day) if group else "",
        joining=joining_of(person, own),
        acceptance_approved_on=_approved_acceptance(binding, person),
    )
    return _with_probation(facts, procedure, probation)


def _approved_acceptance(binding: Binding, person: Person) -> date | None:
    facts = binding.roster.facts_of(person.id, FactKind.STANDING)
    return next((each.from_on for each in facts if each.value == Standing.PROBATIONARY), None)


def _with_probation(
    facts: ConversionFacts, procedure: Procedure, probation: Probation | None
) -> ConversionFacts:
    """Of the first conversion the first end; the extended one only where this is the conversion after it."""
    if probation is None:
        return facts
    extension = probation.extension if procedure.shape == EXTENDED_SHAPE else None
    return replace(
        facts,
        accepted_on=probation.accepted_on,
        first_end=probation.first_end,
        ends_on=extension.to_on if extension else probation.first_end,
        extension=extension,
    )


def _with_steps(facts: ConversionFacts, binding: Binding, procedure: Procedure) -> ConversionFacts:
    oath, archive = procedure.entry("oath"), procedure.entry("archive")
    kept = archive.values.get("materials", ())
    rulebook = binding.view.rulebook
    votes = votes_of(procedure, facts, rulebook)
    decided = decided_question(procedure, rulebook)
    at = next((n for n, each in enumerate(procedure.questions) if decided and each.id == decided.id), None)
    return replace(
        facts,
        oath_on=oath.done_on,
        oath_venue=oath.text("venue"),
        observations=tuple(_observations(procedure, facts)),
        applied_on=procedure.done_on("application"),
        group_opinion=_opinion(procedure.entry("group_opinion")),
        opinions=_opinion(procedure.entry("opinions")),
        review=review_of(binding.reading, procedure.entry("review")),
        notice=notice_of(binding.reading, procedure.entry("public_notice")),
        meeting=meeting_of(binding, procedure),
        votes=votes,
        decided=votes[at] if at is not None else None,
        report=report_of(binding, procedure, decided, facts.higher),
        approval=approval_of(procedure),
        talk=talk_of(binding.reading, procedure.entry("talk")),
        archived_on=archive.done_on,
        archived=kept if isinstance(kept, tuple) else (),
        place=archive.text("place"),
        corrected=procedure.state == ProcedureState.CORRECTED,
        correction=procedure.correction_reason,
    )


def _observations(procedure: Procedure, facts: ConversionFacts) -> Iterator[Observation]:
    """Each from the day after the one before it (the first from the acceptance) to its own due day."""
    before = facts.first_end if facts.is_extended else facts.accepted_on
    for each in _empty(procedure.shape):
        entry = procedure.entry(f"observation_{each.months}")
        to_on = facts.ends_on if facts.is_extended else _after(facts.accepted_on, each.months)
        yield replace(
            each,
            from_on=before,
            to_on=to_on,
            observed_on=entry.done_on,
            opinion=entry.text("opinion"),
            sponsors=_names(entry.people.get("sponsors", ())),
            reports=number_of(entry, "reports"),
            self_assessment=entry.text("self_assessment"),
        )
        before = to_on


def _after(day: date | None, months: int) -> date | None:
    return add_months(day, months) if day else None


def _empty(shape: str) -> tuple[Observation, ...]:
    steps = (each for each in shape_of(shape).steps if each.key.startswith("observation_"))
    return tuple(Observation(int(each.key.rpartition("_")[2]), each.name) for each in steps)


def _opinion(entry: StepEntry) -> Opinion:
    return Opinion(
        entry.done_on, entry.text("opinion"), number_of(entry, "members"), number_of(entry, "masses")
    )


def _names(people: tuple[PersonRef, ...]) -> tuple[str, ...]:
    return tuple(each.name for each in people)


def number_of(entry: StepEntry, key: str) -> int | None:
    """A number as it was entered; None where none was."""
    found = entry.values.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
