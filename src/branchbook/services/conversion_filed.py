"""The contents of a person's file: every paper that the book asks for, and the five kinds that the article names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.conversion_steps import MATERIALS
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.conversion_facts import ConversionFacts, FiledMaterial
from branchbook.services.file_checklist import FilePaper, file_checklist
from branchbook.services.store import Reading
from branchbook.services.vote_lines import cited, tight

_OWN_WORDS = frozenset({"application", "form"})
"""Steps whose paper the person writes."""
_DECIDED_ABOVE = frozenset({"approval", "preliminary_review"})


def with_file(
    facts: ConversionFacts, reading: Reading, procedures: Sequence[Procedure], person_id: UUID, day: date
) -> ConversionFacts:
    """The facts with the file as it is on ``day``, and what it lacks as a sentence with its article (D-23, D26-17)."""
    checklist = file_checklist(reading, person_id, day)
    own = {each.id: each for each in procedures}
    found = [_filed(each, facts, own) for each in checklist.papers if each.required or each.present_on]
    rows = (*_other_kinds(facts, checklist.papers), *found)
    lacking = [each.name for each in rows if each.there is False]
    said = f"应有 {len(rows)} 件，" + (
        f"本簿没有登记的 {len(lacking)} 件：{'、'.join(lacking)}" if lacking else "本簿都有登记"
    )
    return replace(facts, filed=rows, filed_words=f"{tight(said)}。{cited(checklist.article)}")


def _other_kinds(facts: ConversionFacts, papers: Sequence[FilePaper]) -> Iterator[FiledMaterial]:
    """Kinds that the article names and no step of the book tells of: where the joining is not kept here."""
    told = {each.material for each in papers}
    for material in MATERIALS:
        if material not in told:
            yield FiledMaterial(material, there=material in facts.archived)


def _filed(paper: FilePaper, facts: ConversionFacts, own: dict[UUID, Procedure]) -> FiledMaterial:
    procedure = own.get(paper.procedure_id) if paper.procedure_id else None
    entry = procedure.entry(paper.step) if procedure else StepEntry(paper.step)
    archived = paper.name == paper.material and paper.material in facts.archived
    return FiledMaterial(
        paper.name,
        _author(paper, facts, entry),
        entry.text("document") or entry.text("number"),
        paper.present_on,
        paper.present_on is not None or archived,
    )


def _author(paper: FilePaper, facts: ConversionFacts, entry: StepEntry) -> str:
    """The person, whoever decided above, else the branch."""
    if paper.step in _OWN_WORDS:
        return facts.person
    if paper.step in _DECIDED_ABOVE or paper.step.endswith("_filed"):
        return entry.text("authority") or facts.higher
    if paper.step == "group_opinion":
        return facts.group
    return facts.organisation
