"""From what a row says to dated facts: all of a new person's, and the differences of a known one's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from branchbook.domain.dates import add_months
from branchbook.domain.organisations import FOUNDING_UNKNOWN, Organisation, OrganisationKind
from branchbook.domain.people import (
    COMMITTEE_POSTS,
    FactKind,
    Mark,
    MembershipChange,
    PersonFact,
    Post,
    Standing,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.roster_places import RosterPlaces
from branchbook.services.roster_values import RosterRow, Severity
from branchbook.services.roster_words import GENERAL_BRANCH_PREFIX, ReadPost, words_of
from branchbook.services.words import word_of

Note = Callable[[str, str, str], None]
"""Called with (label, before, after) for every difference."""


@dataclass
class FactPlan:
    """The facts of one person as they will be. ``new_posts`` are added last, when all others are known."""

    person_id: UUID
    on: date
    kept: list[PersonFact] = field(default_factory=list)
    new_posts: list[PersonFact] = field(default_factory=list)

    def holding(self, kind: FactKind) -> list[PersonFact]:
        """Facts of a kind that hold on the day of the import."""
        return [fact for fact in self.kept if fact.kind == kind and fact.holds_on(self.on)]

    def end(self, fact: PersonFact, ending: str = "", on: date | None = None) -> None:
        """End a fact; one that began the same day is taken back instead."""
        day = on or self.on
        self.kept.remove(fact)
        if fact.from_on < day:
            self.kept.append(replace(fact, to_on=day, ending=ending or fact.ending))

    def begin(self, kind: FactKind, value: str, since: date, place: Organisation | None = None) -> PersonFact:
        """Add a fact that holds from ``since``."""
        place_id = place.id if place else None
        fact = PersonFact(uuid4(), self.person_id, kind, value, since, organisation_id=place_id)
        self.kept.append(fact)
        return fact


def facts_of_new(row: RosterRow, person_id: UUID, on: date, places: RosterPlaces, roster: Roster) -> FactPlan:
    """Everything that a row says about someone whom the book does not know yet.

    Where the file gives no day, membership holds since the later of the branch's founding and the
    acceptance, so that meetings entered late find their members. Raises RefusedProblem for a branch that
    cannot be.
    """
    plan = FactPlan(person_id, on)
    branch = places.branch(row.branch)
    since = _member_since(row, branch, on)
    change = MembershipChange.TRANSFERRED_IN if "member_since" in row.dates else MembershipChange.ON_RECORD
    plan.begin(FactKind.MEMBERSHIP, change, since, branch)
    group = places.group(branch, row.group) if row.group else None
    if group is not None:
        plan.begin(FactKind.GROUP, "", max(since, group.founded_on), group)
    _begin_standing(row, plan, since)
    for mark in sorted(row.marks or ()):
        plan.begin(FactKind.MARK, mark, since)
    _plan_posts(row, plan, branch, group, places, _posts_since(row, branch, since, on, roster))
    _refuse_restrictions(row, frozenset())
    return plan


def facts_of_known(
    row: RosterRow, person_id: UUID, on: date, places: RosterPlaces, roster: Roster, note: Note
) -> FactPlan:
    """The person's facts with what the row says differently, from the day of the import on."""
    plan = FactPlan(person_id, on, list(roster.facts_of(person_id)))
    branch = _change_branch(row, plan, places, roster, note)
    group = _change_group(row, plan, branch, places, roster, note)
    _change_standing(row, plan, note)
    _change_marks(row, plan, note)
    _change_posts(row, plan, branch, group, places, roster, note)
    _refuse_restrictions(row, roster.restrictions_on(person_id, on))
    return plan


def _member_since(row: RosterRow, branch: Organisation, on: date) -> date:
    stated = row.day("member_since")
    if stated is not None and stated < branch.founded_on:
        text = f"{stated} 早于支部成立日期 {branch.founded_on}，按支部成立日期登记"
        row.note(Severity.CHECK, "member_since", text)
    known = stated or row.day("accepted_on") or row.day("applied_on") or branch.founded_on
    return max(branch.founded_on, min(known, on))


def _begin_standing(row: RosterRow, plan: FactPlan, since: date) -> None:
    standing = row.standing or _likely_standing(row, plan.on)
    accepted, full = row.day("accepted_on"), row.day("full_member_since")
    if standing is Standing.FULL:
        begins = full or accepted or since
        if full is None:
            counted = (
                "按一直是正式党员登记" if begins == FOUNDING_UNKNOWN else f"正式党员身份从 {begins} 起算"
            )
            row.note(Severity.CHECK, "full_member_since", f"没有转正时间，{counted}，请补填")
        if accepted is not None and accepted < begins:
            before = plan.begin(FactKind.STANDING, Standing.PROBATIONARY, accepted)
            plan.kept[-1] = replace(before, to_on=begins)
    elif standing is Standing.PROBATIONARY:
        begins = accepted or since
    else:
        begins = row.day("applied_on") or since
    plan.begin(FactKind.STANDING, standing, begins)


def _likely_standing(row: RosterRow, on: date) -> Standing:
    """A roster of members without a column of standing: probationary only within a year of acceptance."""
    accepted = row.day("accepted_on")
    if row.day("full_member_since") is None and accepted is not None and add_months(accepted, 12) > on:
        row.note(Severity.CHECK, "standing", "没有写党籍状态；入党不满一年，按预备党员登记，请核对")
        return Standing.PROBATIONARY
    if row.day("full_member_since") is None:
        row.note(Severity.CHECK, "standing", "没有写党籍状态，按正式党员登记，请核对")
    return Standing.FULL


def _posts_since(row: RosterRow, branch: Organisation, since: date, on: date, roster: Roster) -> date:
    """The day given, else that of the committee's election, else that of the membership."""
    stated = row.day("posts_since")
    if stated is not None:
        return max(stated, since)
    term = roster.term_on(branch.id, on)
    return max(term.elected_on if term else since, since)


def _plan_posts(
    row: RosterRow,
    plan: FactPlan,
    branch: Organisation | None,
    group: Organisation | None,
    places: RosterPlaces,
    since: date,
) -> None:
    for read in row.posts or ():
        try:
            place = _place_of_post(read, branch, group, places)
        except RefusedProblem as problem:
            row.note(Severity.CELL_REFUSED, "posts", f"“{problem.where}”：{problem.what}，没有读入")
            continue
        from_on = max(since, place.founded_on)
        plan.new_posts.append(
            PersonFact(uuid4(), plan.person_id, FactKind.POST, read.post, from_on, organisation_id=place.id)
        )


def _place_of_post(
    read: ReadPost, branch: Organisation | None, group: Organisation | None, places: RosterPlaces
) -> Organisation:
    if read.in_general_branch:
        place, missing = places.general_branch, "簿中没有党总支"
    elif read.post in COMMITTEE_POSTS:
        place, missing = branch, "没有写所在支部"
    else:
        place, missing = group, "没有写所在党小组"
    if place is None:
        raise RefusedProblem(missing, word_of(read.post))
    return place


def _refuse_restrictions(row: RosterRow, known: Iterable[StrEnum]) -> None:
    """Discipline and suspended rights need a day and a document, which a roster does not carry."""
    if row.restrictions is not None and row.restrictions != frozenset(known):
        text = "处分、权利限制的登记和解除须有日期和文号，没有读入；请在党员页面登记"
        row.note(Severity.CELL_REFUSED, "restrictions", text)


def _organisation(plan: FactPlan, kind: FactKind, roster: Roster) -> Organisation | None:
    held = plan.holding(kind)
    if not held or held[-1].organisation_id is None:
        return None
    return roster.organisation_by_id.get(held[-1].organisation_id)


def _change_branch(
    row: RosterRow, plan: FactPlan, places: RosterPlaces, roster: Roster, note: Note
) -> Organisation | None:
    before = _organisation(plan, FactKind.MEMBERSHIP, roster)
    if not row.branch and before is not None:
        return before
    branch = places.branch(row.branch)
    if before is not None and branch.id == before.id:
        return before
    note("所在支部", before.name_on(plan.on) if before else "", branch.name_on(plan.on))
    moved = MembershipChange.REDRAWN if before else MembershipChange.TRANSFERRED_IN
    for kind in (FactKind.MEMBERSHIP, FactKind.GROUP):
        for fact in plan.holding(kind):
            plan.end(fact, moved if kind is FactKind.MEMBERSHIP else "")
    for fact in plan.holding(FactKind.POST):
        place = roster.organisation_by_id.get(fact.organisation_id) if fact.organisation_id else None
        if place is None or place.kind is not OrganisationKind.GENERAL_BRANCH:
            plan.end(fact)
    plan.begin(FactKind.MEMBERSHIP, moved, max(plan.on, branch.founded_on), branch)
    return branch


def _change_group(
    row: RosterRow,
    plan: FactPlan,
    branch: Organisation | None,
    places: RosterPlaces,
    roster: Roster,
    note: Note,
) -> Organisation | None:
    before = _organisation(plan, FactKind.GROUP, roster)
    if not row.group or branch is None:
        return before
    group = places.group(branch, row.group)
    if before is not None and group.id == before.id:
        return before
    note("所在党小组", before.name_on(plan.on) if before else "", group.name_on(plan.on))
    for fact in plan.holding(FactKind.GROUP):
        plan.end(fact)
    plan.begin(FactKind.GROUP, "", max(plan.on, group.founded_on), group)
    return group


def _change_standing(row: RosterRow, plan: FactPlan, note: Note) -> None:
    held = plan.holding(FactKind.STANDING)
    before = Standing(held[-1].value) if held else None
    if row.standing is None or row.standing is before:
        return
    key = {Standing.FULL: "full_member_since", Standing.PROBATIONARY: "accepted_on"}.get(row.standing, "")
    day = row.day(key) or plan.on
    if held and day <= held[-1].from_on:
        day = plan.on
    note("党籍状态", word_of(before) if before else "", word_of(row.standing))
    for fact in held:
        plan.end(fact, on=day)
    plan.begin(FactKind.STANDING, row.standing, day)


def _change_marks(row: RosterRow, plan: FactPlan, note: Note) -> None:
    held = {fact.value: fact for fact in plan.holding(FactKind.MARK)}
    if row.marks is None or {str(mark) for mark in row.marks} == held.keys():
        return
    note("标记", words_of(Mark(value) for value in held), words_of(row.marks))
    for value, fact in held.items():
        if value not in row.marks:
            plan.end(fact)
    for mark in sorted(row.marks):
        if mark not in held:
            plan.begin(FactKind.MARK, mark, plan.on)


def _change_posts(
    row: RosterRow,
    plan: FactPlan,
    branch: Organisation | None,
    group: Organisation | None,
    places: RosterPlaces,
    roster: Roster,
    note: Note,
) -> None:
    if row.posts is None:
        return
    held = {read_post(fact, roster): fact for fact in plan.holding(FactKind.POST)}
    if set(row.posts) == held.keys():
        return
    note("党内职务", post_words(held), post_words(row.posts))
    for read, fact in held.items():
        if read not in row.posts:
            plan.end(fact)
    added = replace(row, posts=tuple(read for read in row.posts if read not in held))
    _plan_posts(added, plan, branch, group, places, row.day("posts_since") or plan.on)


def read_post(fact: PersonFact, roster: Roster) -> ReadPost:
    """A post as a roster's cell names it."""
    place = roster.organisation_by_id.get(fact.organisation_id) if fact.organisation_id else None
    return ReadPost(Post(fact.value), place is not None and place.kind is OrganisationKind.GENERAL_BRANCH)


def post_words(posts: Iterable[ReadPost]) -> str:
    """Posts as one cell that ``roster_words.posts_of`` reads back."""
    ordered = sorted(posts, key=lambda read: (not read.in_general_branch, list(Post).index(read.post)))
    return "、".join(
        f"{GENERAL_BRANCH_PREFIX if read.in_general_branch else ''}{word_of(read.post)}" for read in ordered
    )
