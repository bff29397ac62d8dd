"""What a book knows of an election, gathered for its papers."""

from __future__ import annotations

from dataclasses import replace

from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Standing
from branchbook.services.election_facts import ElectionFacts, ElectionShape
from branchbook.services.paper_binding import Binding

LEAST_FOR_COMMITTEE = 7
"""支部工作条例: a committee from seven full members on (B-32)."""
SHAPES = {
    "term_election": ElectionShape.WITH_COMMITTEE,
    "general_branch_election": ElectionShape.WITH_COMMITTEE,
    "secretary_election": ElectionShape.WITHOUT_COMMITTEE,
    "by_election": ElectionShape.BY_ELECTION,
}


def facts_of(binding: Binding) -> ElectionFacts:
    """The facts of the procedure asked for; without one only the organisation's names."""
    return blank_facts(binding)


def blank_facts(binding: Binding) -> ElectionFacts:
    """Nothing but names, in the words of the shape asked for, else of the one that the organisation would have."""
    facts = ElectionFacts(shape=SHAPES.get(binding.request.kind, ElectionShape.WITH_COMMITTEE))
    if binding.request.kind == "general_branch_election":
        facts = replace(facts, kind=OrganisationKind.GENERAL_BRANCH)
    own = binding.organisation
    if own is None or own.kind == OrganisationKind.GROUP:
        return facts
    facts = replace(
        facts, organisation=binding.names.organisation, higher=binding.names.higher, kind=own.kind
    )
    if not binding.request.kind and _too_few_for_committee(binding, own):
        return replace(facts, shape=ElectionShape.WITHOUT_COMMITTEE)
    return facts


def _too_few_for_committee(binding: Binding, own: Organisation) -> bool:
    members = binding.roster.members_on(own.id, binding.day)
    if own.kind != OrganisationKind.BRANCH or not members:
        return False
    full = sum(1 for each in members if binding.roster.standing_on(each.id, binding.day) == Standing.FULL)
    return full < LEAST_FOR_COMMITTEE
