"""The values of papers about a branch on a day: basics, committee, groups, roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from branchbook.domain.dates import add_months, chinese_date, full_years
from branchbook.domain.identity_number import mask
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.people import COMMITTEE_POSTS, FactKind, Mark, Person, Post, Sex, Standing
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day, within_general_branch, year_month
from branchbook.services.words import word_of

YOUNG_BELOW_YEARS = 35
_SORT_WORDS = {OrganisationKind.GENERAL_BRANCH: "党总支", OrganisationKind.BRANCH: "支部"}


def basics_values(binding: Binding) -> Mapping[str, Value]:
    """党支部基本情况: what the branch is, and how many members of which sort it has on the day."""
    roster, day, own = binding.roster, binding.day, binding.subject_organisation
    members = roster.members_on(own.id, day)
    term = roster.term_on(own.id, day)
    below = OrganisationKind.BRANCH if own.kind == OrganisationKind.GENERAL_BRANCH else OrganisationKind.GROUP
    return {
        "organisation": binding.names.organisation,
        "higher_organisation": binding.names.higher,
        "category": own.category,
        "founded_on": chinese_date(own.known_founding) if own.known_founding else "",
        "elected_on": chinese_date(term.elected_on) if term else "",
        "term_ends_on": chinese_date(add_months(term.elected_on, 12 * term.years)) if term else "",
        "secretary": holder_name(binding, Post.SECRETARY),
        "deputy_secretary": holder_name(binding, Post.DEPUTY_SECRETARY),
        "phone": own.phone,
        "email": own.email,
        "venue": own.venue,
        "groups_count": str(len(roster.children_of(own.id, day, below))),
        "committee": tuple(_committee_rows(binding)),
        **_composition(binding, members),
    }


def holder_name(binding: Binding, post: Post) -> str:
    """Who held a post of the organisation on that day; blank where nobody did."""
    holder = binding.roster.holder_of(binding.subject_organisation.id, post, binding.day)
    return holder.name if holder else ""


def _composition(binding: Binding, members: tuple[Person, ...]) -> Mapping[str, str]:
    roster, day = binding.roster, binding.day
    standings = [roster.standing_on(person.id, day) for person in members]
    marks = [roster.marks_on(person.id, day) for person in members]
    ages = [full_years(person.born_on, day) for person in members if person.born_on]
    counts = {
        "members": len(members),
        "full": standings.count(Standing.FULL),
        "probationary": standings.count(Standing.PROBATIONARY),
        "women": sum(1 for person in members if person.sex == Sex.FEMALE),
        "minority": sum(1 for person in members if _is_minority(person)),
        "young": sum(1 for age in ages if age < YOUNG_BELOW_YEARS),
        "retired": sum(1 for each in marks if Mark.RETIRED in each),
        "floating": sum(1 for each in marks if Mark.FLOATING in each),
    }
    return {key: str(count) for key, count in counts.items()}


def _is_minority(person: Person) -> bool:
    return person.ethnic_group not in ("", "汉", "汉族")


def committee_values(binding: Binding) -> Mapping[str, Value]:
    """支部委员花名册: those in office on the day, in order of post."""
    return {"rows": tuple(_committee_rows(binding))}


def _committee_rows(binding: Binding) -> list[Mapping[str, str]]:
    """One row a person; who holds several posts stands once, with all of them."""
    facts = [
        fact
        for fact in binding.roster.post_facts_on(binding.subject_organisation.id, binding.day)
        if Post(fact.value) in COMMITTEE_POSTS
    ]
    rows: list[Mapping[str, str]] = []
    for person_id in dict.fromkeys(fact.person_id for fact in facts):
        held = [fact for fact in facts if fact.person_id == person_id]
        person = binding.roster.person_by_id[person_id]
        rows.append(
            {
                **person_cells(binding, person),
                "accepted_on": year_month(person.accepted_on),
                "post": "、".join(word_of(Post(fact.value)) for fact in held),
                "in_office_since": year_month(min(fact.from_on for fact in held)),
                "duty": "；".join(dict.fromkeys(fact.note for fact in held if fact.note)),
            }
        )
    return rows


def groups_values(binding: Binding) -> Mapping[str, Value]:
    """党小组概况: head and members of every group on the day; of every branch below a general branch."""
    roster, day = binding.roster, binding.day
    own = binding.subject_organisation
    head = Post.SECRETARY if own.kind == OrganisationKind.GENERAL_BRANCH else Post.GROUP_LEADER
    rows = []
    for group in roster.children_of(own.id, day):
        members = roster.members_on(group.id, day)
        leader = roster.holder_of(group.id, head, day)
        rows.append(
            {
                "group": within_general_branch(group.name_on(day), binding.names.organisation),
                "leader": leader.name if leader else "",
                "count": str(len(members)),
                "names": "、".join(person.name for person in members),
                "contact": group.note,
            }
        )
    return {"rows": tuple(rows)}


def roster_values(binding: Binding) -> Mapping[str, Value]:
    """党员花名册: the members on the day in the roster's order, and how many of which sort."""
    members = binding.roster.members_on(binding.subject_organisation.id, binding.day)
    rows = tuple(
        {"number": str(number), **person_cells(binding, person)} for number, person in enumerate(members, 1)
    )
    counts = _composition(binding, members)
    total = (
        f"合计：党员{counts['members']}名，其中正式党员{counts['full']}名、预备党员{counts['probationary']}名；"
        f"女党员{counts['women']}名，少数民族党员{counts['minority']}名。"
    )
    return {
        "rows": rows,
        "as_of": chinese_date(binding.day),
        "notes": (Paragraph(total, ParagraphStyle.PLAIN),),
    }


def person_cells(binding: Binding, person: Person) -> Mapping[str, str]:
    """What the roster's columns show of a person on the day, by the keys of the columns."""
    roster, day = binding.roster, binding.day
    standing = roster.standing_on(person.id, day)
    return {
        "name": person.name,
        "sex": word_of(person.sex) if person.sex else "",
        "ethnic_group": person.ethnic_group,
        "born_on": year_month(person.born_on),
        "age": str(full_years(person.born_on, day)) if person.born_on else "",
        "native_place": person.native_place,
        "work_started_on": year_month(person.work_started_on),
        "applied_on": month_day(person.applied_on),
        "accepted_on": month_day(person.accepted_on),
        "full_member_since": _since(person.full_member_since, day),
        "education": person.education,
        "degree": person.degree,
        "title": person.title,
        "party_post": "、".join(post_words(binding, person.id, day)),
        "work_post": person.work_post,
        "group": _place(binding, person.id),
        "identity_number": person.identity_number
        if _whole_numbers(binding)
        else mask(person.identity_number),
        "phone": person.phone,
        "address": person.address,
        "standing": word_of(standing) if standing else "",
        "joined_branch_on": _joined_branch_on(binding, person.id),
        "note": person.note,
    }


def post_words(binding: Binding, person_id: UUID, day: date) -> Iterable[str]:
    """书记, 党总支书记: a post held in another organisation than the roster's says in what sort of one."""
    roster, own = binding.roster, binding.subject_organisation.id
    facts = roster.posts_on(person_id, day)
    for fact in sorted(facts, key=lambda fact: fact.organisation_id != own):
        place = roster.organisation_by_id.get(fact.organisation_id) if fact.organisation_id else None
        word = word_of(Post(fact.value))
        elsewhere = place is not None and place.id != own
        sort = _SORT_WORDS.get(place.kind, "") if place is not None and elsewhere else ""
        yield word if word.startswith(sort) else sort + word


def _since(since: date | None, day: date) -> str:
    """A day that had come by then; who was still probationary has no day of conversion yet."""
    return month_day(since) if since and since <= day else ""


def _place(binding: Binding, person_id: UUID) -> str:
    """The group; in a general branch's roster the branch."""
    if binding.subject_organisation.kind == OrganisationKind.GENERAL_BRANCH:
        place = binding.roster.branch_of(person_id, binding.day)
    else:
        place = binding.roster.group_of(person_id, binding.day)
    return within_general_branch(place.name_on(binding.day), binding.names.organisation) if place else ""


def _joined_branch_on(binding: Binding, person_id: UUID) -> str:
    facts = binding.roster.facts_on(person_id, FactKind.MEMBERSHIP, binding.day)
    return month_day(facts[-1].from_on) if facts else ""


def _whole_numbers(binding: Binding) -> bool:
    asked = binding.request.identity_numbers
    return asked if asked is not None else not binding.view.settings.identity_masked
