"""People of an election as its papers name them: candidates, voters not counted, officers, old and new board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from branchbook.domain.ballots import ElectionKind, Voter
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import PersonRef
from branchbook.domain.rights import exclusion_classes
from branchbook.services.election_facts import OFFICE_WORDS, Nominee, NotCounted, Officer
from branchbook.services.election_outcomes import ElectionOutcome
from branchbook.services.election_results import Elected
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_roster import person_cells, post_words
from branchbook.services.words import word_of

NO_NEED = "—"
_KEPT_CELLS = (
    "sex", "ethnic_group", "born_on", "age", "native_place", "work_started_on", "accepted_on",
    "full_member_since", "education", "degree", "title", "party_post", "work_post", "phone",
)  # fmt: skip
"""What papers of an election show of a person; nothing else of the roster goes into them."""


def cells_of(binding: Binding, person_id: UUID | None) -> Mapping[str, str]:
    """What the roster knows of a person on the day; nothing of one who is not in it."""
    person = binding.roster.person_by_id.get(person_id) if person_id else None
    if person is None:
        return {}
    cells = person_cells(binding, person)
    return {key: cells.get(key, "") for key in _KEPT_CELLS}


def nominees(binding: Binding, procedure: Procedure, kind: ElectionKind) -> tuple[Nominee, ...]:
    """Those who stand for an office, in the procedure's order; who withdrew stands no more.

    The post that one holds (现任党内职务) is the one of the day before the election, not what it led to.
    """
    held = procedure.done_on("count")
    before = held - timedelta(days=1) if held else binding.day

    def cells(person_id: UUID) -> Mapping[str, str]:
        found = cells_of(binding, person_id)
        return {**found, "party_post": "、".join(post_words(binding, person_id, before))} if found else found

    return tuple(
        Nominee(each.name, (kind,), cells(each.person_id))
        for each in procedure.candidates
        if each.kind == kind and not each.withdrawn_reason.strip()
    )


def recommended(binding: Binding, procedure: Procedure) -> tuple[Mapping[str, str], ...]:
    """Whom members recommended, by votes; each once, whatever for."""
    votes = {
        each.person_id: (each.name, each.nominated_votes)
        for each in procedure.candidates
        if each.nominated_votes is not None
    }
    ranked = sorted(votes.items(), key=lambda item: -(item[1][1] or 0))
    return tuple(
        {
            "number": str(place),
            "name": name,
            "work_post": cells_of(binding, person_id).get("work_post", ""),
            "votes": str(count),
        }
        for place, (person_id, (name, count)) in enumerate(ranked, 1)
    )


def not_counted(binding: Binding, procedure: Procedure) -> tuple[NotCounted, ...] | None:
    """Person by person with the reason; None before anybody looked who may vote.

    After 应到 froze an exclusion that lacks one of its approvals is none: that member is counted.
    """
    if not procedure.voters:
        return None
    frozen = procedure.voters_frozen_on is not None
    classes = exclusion_classes(binding.rulebook)
    opened = procedure.done_on("opening")
    return tuple(
        _not_counted(each, classes, opened)
        for each in procedure.voters
        if not each.has_right or each.is_excluded or (each.exclusion and not frozen)
    )


def _not_counted(voter: Voter, classes: Mapping[str, str], opened: date | None) -> NotCounted:
    if not voter.has_right:
        article = f"（{voter.article}）" if voter.article else ""
        return NotCounted(voter.name, voter.reason + article, NO_NEED, NO_NEED, NO_NEED)
    reason = classes.get(
        voter.exclusion, voter.exclusion
    )  # the voter's own reason tells of rights that are kept
    consent = [voter.consent_document, chinese_date(voter.consented_on) if voter.consented_on else ""]
    passed = ["通过", chinese_date(opened) if opened else ""] if voter.approved_by_meeting else []
    return NotCounted(voter.name, reason, higher=_lines(consent), meeting=_lines(passed))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def officers(binding: Binding, people: Iterable[PersonRef], duty: str) -> tuple[Officer, ...]:
    """Scrutineers and tellers with their groups."""
    found = []
    for each in people:
        group = _place_of(binding, each.person_id) if each.person_id else None
        found.append(Officer(each.name, duty, group=group.name_on(binding.day) if group else ""))
    return tuple(found)


def _place_of(binding: Binding, person_id: UUID) -> Organisation | None:
    """The group; in a general branch the branch."""
    roster = binding.roster
    of_general_branch = binding.subject_organisation.kind == OrganisationKind.GENERAL_BRANCH
    return (roster.branch_of if of_general_branch else roster.group_of)(person_id, binding.day)


def board(binding: Binding, procedure: Procedure, outcome: ElectionOutcome) -> tuple[Officer, ...]:
    """Who serves after the election: as work was divided; whoever has no share of it yet as elected, by post."""
    found = [
        Officer(
            each.name,
            word_of(each.post),
            each.duties,
            each.contact_group,
            cells=cells_of(binding, each.person_id),
        )
        for each in sorted(procedure.assignments, key=lambda each: COMMITTEE_ORDER.get(each.post, 99))
    ]
    placed = {each.person_id for each in procedure.assignments}
    for kind, people in elected_by_kind(outcome).items():
        for each in people:
            if each.person_id not in placed:
                placed.add(each.person_id)
                found.append(Officer(each.name, OFFICE_WORDS[kind], cells=cells_of(binding, each.person_id)))
    return tuple(found)


def elected_by_kind(outcome: ElectionOutcome) -> Mapping[ElectionKind, tuple[Elected, ...]]:
    """Heads first: who was elected into the committee and then its head is the head."""
    return {
        ElectionKind.SECRETARY: (outcome.secretary,) if outcome.secretary else (),
        ElectionKind.DEPUTY: outcome.deputies,
        ElectionKind.COMMITTEE: outcome.committee,
    }


COMMITTEE_ORDER = {post: place for place, post in enumerate(Post)}


def former_board(binding: Binding, before: date, serving: Iterable[str]) -> tuple[Officer, ...]:
    """Who served on the last day before the election. Why one left is written by hand."""
    own, roster = binding.subject_organisation.id, binding.roster
    stays = set(serving)
    posts: dict[UUID, list[str]] = {}
    for fact in roster.post_facts_on(own, before):
        if Post(fact.value) in COMMITTEE_POSTS:
            posts.setdefault(fact.person_id, []).append(word_of(Post(fact.value)))
    return tuple(
        Officer(
            roster.person_by_id[person_id].name,
            "、".join(held),
            note="继续当选" if roster.person_by_id[person_id].name in stays else "",
        )
        for person_id, held in posts.items()
    )
