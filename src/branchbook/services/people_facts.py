"""Dated facts about a person: standing, group, posts, restrictions and marks, each with its document.

Every function is one operation. Whatever it writes is checked as a whole first (``fact_guards``), so a
person never stands in two branches, two groups or two standings on one day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.people import FactKind, Mark, Person, PersonFact, Post, Restriction, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.fact_guards import check_person_facts, check_single_posts, ends
from branchbook.services.fact_words import fact_words, span_words
from branchbook.services.guards import cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.probations import probation_in
from branchbook.services.store import Book, Writing
from branchbook.services.words import word_of

Facts = tuple[PersonFact, ...]

NEEDS_DOCUMENT_TO_LIFT = frozenset(
    {Restriction.DISCIPLINARY_PROBATION, Restriction.RIGHTS_SUSPENDED, Restriction.MEMBERSHIP_SUSPENDED}
)
"""Rights do not come back by themselves when a period ends: a decision to restore them is needed."""


def set_standing(
    book: Book, person_id: UUID, standing: Standing, from_on: date, document: str, actor: Actor
) -> Outcome[PersonFact]:
    """A new standing from a day on; the one before it ends that day.

    Dates of acceptance and of becoming a full member are filled in where they are still empty: the latter is the
    end of the probation, however late the standing was changed (细则2014 第三十四、三十六条).
    """
    new = PersonFact(uuid4(), person_id, FactKind.STANDING, standing, from_on, document=document)

    def filled(writing: Writing, person: Person) -> Person:
        if standing == Standing.PROBATIONARY and person.accepted_on is None:
            return replace(person, accepted_on=from_on)
        if standing == Standing.FULL and person.full_member_since is None:
            probation = probation_in(writing, person)
            since = min(from_on, probation.ends_on) if probation else from_on
            return replace(person, full_member_since=since)
        return person

    return _begin(book, new, f"登记身份：{word_of(standing)}", actor, filled)


def join_group(
    book: Book, person_id: UUID, group_id: UUID, from_on: date, actor: Actor, document: str = ""
) -> Outcome[PersonFact]:
    """Join a group of one's own branch, leaving the former group the same day."""
    new = PersonFact(uuid4(), person_id, FactKind.GROUP, "", from_on, None, group_id, document)
    return _begin(book, new, "编入党小组", actor)


def leave_group(book: Book, person_id: UUID, on: date, actor: Actor) -> Outcome[PersonFact]:
    """Leave the group without joining another."""
    with book.reading() as reading:
        held = reading.roster().facts_on(person_id, FactKind.GROUP, on)
    if not held:
        raise RefusedProblem("这一天不在任何党小组", str(on), "请核对日期")
    return end_fact(book, held[-1].id, on, actor, label="退出党小组")


def appoint(
    book: Book,
    person_id: UUID,
    organisation_id: UUID,
    post: Post,
    from_on: date,
    document: str,
    actor: Actor,
    to_on: date | None = None,
) -> Outcome[PersonFact]:
    """Take up a post. Refused where someone else holds a post that only one person holds."""
    new = PersonFact(uuid4(), person_id, FactKind.POST, post, from_on, to_on, organisation_id, document)
    return _add(book, new, f"任职：{word_of(post)}", actor)


def restrict(
    book: Book, person_id: UUID, restriction: Restriction, from_on: date, document: str, actor: Actor
) -> Outcome[PersonFact]:
    """Discipline, disposal or suspended rights from a day on, until it is lifted by a decision."""
    if not document.strip():
        raise RefusedProblem("没有写决定的文号", word_of(restriction), "请填写作出决定的文件名称或文号")
    new = PersonFact(uuid4(), person_id, FactKind.RESTRICTION, restriction, from_on, document=document)
    return _add(book, new, f"登记{word_of(restriction)}", actor)


def restore(book: Book, fact_id: UUID, on: date, document: str, actor: Actor) -> Outcome[PersonFact]:
    """Lift a restriction. After 留党察看 or suspended rights only a decision restores them (选举条例 第五条)."""
    with book.reading() as reading:
        fact = still_there(reading, PersonFact, fact_id, "这条登记")
    label = f"解除{word_of(Restriction(fact.value))}"
    return end_fact(book, fact_id, on, actor, label, document=document)


def mark(
    book: Book, person_id: UUID, what: Mark, from_on: date, actor: Actor, document: str = ""
) -> Outcome[PersonFact]:
    """A mark such as 流动党员 from a day on; it changes no rights by itself."""
    new = PersonFact(uuid4(), person_id, FactKind.MARK, what, from_on, document=document)
    return _add(book, new, f"标记：{word_of(what)}", actor)


def end_fact(
    book: Book,
    fact_id: UUID,
    on: date,
    actor: Actor,
    label: str = "",
    *,
    document: str = "",
    ending: str = "",
) -> Outcome[PersonFact]:
    """End a post, mark or other fact: ``on`` is the first day on which it no longer holds.

    Raises RefusedProblem where the end would give rights back without the ``document`` that restores them.
    """
    with operate(book, actor, label or "结束一条登记") as operating:
        fact = still_there(operating.writing, PersonFact, fact_id, "这条登记")
        roster = operating.writing.roster()
        if fact.to_on is not None:
            raise RefusedProblem(
                "这条登记已经结束", f"{fact_words(roster, fact)}，{span_words(fact)}", "请改用更正"
            )
        ended = cleaned(replace(fact, to_on=on, ending_document=document, ending=ending or fact.ending))
        _refuse_unrestored(fact, ended)
        write_facts(operating.writing, fact.person_id, _with(roster.facts_of(fact.person_id), ended))
    return Outcome(ended, operating.changes)


def correct_fact(book: Book, fact: PersonFact, actor: Actor) -> Outcome[PersonFact]:
    """Replace a fact by a corrected one with the same id: dates, document, place or value.

    Raises RefusedProblem where that would end a restriction of rights without the decision that restores them.
    """
    with operate(book, actor, "更正一条登记") as operating:
        before = still_there(operating.writing, PersonFact, fact.id, "这条登记")
        if (before.person_id, before.kind) != (fact.person_id, fact.kind):
            raise RefusedProblem("不能把一条登记改给别的人或别的种类", "", "请删除后重新登记")
        corrected = cleaned(fact)
        _refuse_unrestored(before, corrected)
        facts = operating.writing.roster().facts_of(fact.person_id)
        write_facts(operating.writing, fact.person_id, _with(facts, corrected))
    return Outcome(corrected, operating.changes)


def remove_fact(book: Book, fact_id: UUID, actor: Actor) -> Outcome[None]:
    """Take back a fact that was entered by mistake; it goes to the recycle bin."""
    with operate(book, actor, "删除一条登记") as operating:
        fact = still_there(operating.writing, PersonFact, fact_id, "这条登记")
        facts = operating.writing.roster().facts_of(fact.person_id)
        write_facts(operating.writing, fact.person_id, tuple(each for each in facts if each.id != fact_id))
    return Outcome(None, operating.changes)


def write_facts(
    writing: Writing, person_id: UUID, facts: Iterable[PersonFact], roster: Roster | None = None
) -> None:
    """Make ``facts`` all the facts of a person: checked as a whole, then only the differences written.

    ``roster`` is the writing's own, for those who have just asked for it: it must be as it is now but for
    other people's facts that the same operation only ended.
    """
    wanted = {fact.id: fact for fact in facts}
    roster = roster or writing.roster()
    check_person_facts(roster, wanted.values())
    before = {fact.id: fact for fact in roster.facts_of(person_id)}
    changed = [fact for fact in wanted.values() if before.get(fact.id) != fact]
    check_single_posts(roster, changed, roster.facts)
    for fact_id in before.keys() - wanted.keys():
        writing.remove(PersonFact, fact_id)
    writing.put_all(changed)


def inserted(roster: Roster, facts: Facts, new: PersonFact) -> Facts:
    """Facts of one kind follow each other: the one that holds ends where ``new`` begins, and ``new``
    ends where the next one begins."""
    same = [fact for fact in facts if fact.kind == new.kind]
    for fact in same:
        if fact.from_on == new.from_on:
            raise RefusedProblem(
                f"{fact.from_on} 当天已登记“{fact_words(roster, fact)}”",
                fact_words(roster, new),
                "请更正那一条登记",
            )
    later = [fact.from_on for fact in same if fact.from_on > new.from_on]
    bounded = replace(new, to_on=min(later)) if later and ends(new) > min(later) else new
    cut = (
        replace(fact, to_on=new.from_on) if fact in same and fact.holds_on(new.from_on) else fact
        for fact in facts
    )
    return (*cut, bounded)


def _begin(
    book: Book,
    new: PersonFact,
    label: str,
    actor: Actor,
    fill: Callable[[Writing, Person], Person] | None = None,
) -> Outcome[PersonFact]:
    with operate(book, actor, label) as operating:
        writing = operating.writing
        person = still_there(writing, Person, new.person_id, "这个人")
        roster = writing.roster()
        facts = inserted(roster, roster.facts_of(person.id), cleaned(new))
        write_facts(writing, person.id, facts)
        if fill is not None:
            writing.put(fill(writing, person))
    return Outcome(facts[-1], operating.changes)


def _add(book: Book, new: PersonFact, label: str, actor: Actor) -> Outcome[PersonFact]:
    with operate(book, actor, label) as operating:
        person = still_there(operating.writing, Person, new.person_id, "这个人")
        fact = cleaned(new)
        write_facts(operating.writing, person.id, (*operating.writing.roster().facts_of(person.id), fact))
    return Outcome(fact, operating.changes)


def _with(facts: Facts, changed: PersonFact) -> Facts:
    return tuple(changed if fact.id == changed.id else fact for fact in facts)


def _refuse_unrestored(before: PersonFact, after: PersonFact) -> None:
    """Rights do not come back because a period is over: 留党察看 and suspension end by a decision."""
    if after.kind != FactKind.RESTRICTION or after.to_on is None or after.to_on == before.to_on:
        return
    restriction = Restriction(after.value)
    if restriction in NEEDS_DOCUMENT_TO_LIFT and not after.ending_document.strip():
        raise RefusedProblem(
            "恢复权利须有决定", word_of(restriction), "期满不自动恢复，请填写恢复权利的决定文件或文号"
        )
