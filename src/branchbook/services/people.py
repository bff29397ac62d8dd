"""People: added, corrected, removed; what looks wrong is said and never stands in the way of saving."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.dates import full_years
from branchbook.domain.identity_number import faults, is_masked, normalised
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment
from branchbook.domain.roster import Roster
from branchbook.services.guards import cleaned, required_line, still_there
from branchbook.services.initials import initials_of
from branchbook.services.mentions import ledger_rows_naming, mentions_of, procedures_on
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people_facts import write_facts
from branchbook.services.store import Book, Reading, Writing

IMPOSSIBLE_NUMBER = re.compile(r"[^0-9Xx\s*＊]")
ADULT_AT = 18
"""党章 第一条: who applies to join is at least eighteen."""

MOST_NAMED = 5
"""How many records a refusal names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How a new person comes into the book: where, as what, since when.

    ``standing`` None leaves it open; ``group_id`` None means no group.
    """

    branch_id: UUID
    since: date
    standing: Standing | None = Standing.FULL
    group_id: UUID | None = None
    change: MembershipChange = MembershipChange.ON_RECORD
    document: str = ""
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """A person as saved, with what looks wrong in Chinese sentences."""

    person: Person
    warnings: tuple[str, ...] = ()


def add_person(book: Book, person: Person, joining: Joining, actor: Actor) -> Outcome[SavedPerson]:
    """Add a person with their branch, group and standing. A second person of the same name is kept too."""
    with operate(book, actor, f"新增人员：{person.name.strip()}") as operating:
        writing = operating.writing
        if writing.get(Person, person.id) is not None:
            raise RefusedProblem("这个人已在簿中", person.name, "请打开原有的一条更正")
        saved = save_new(writing, person, joining)
        warnings = person_warnings(writing, saved)
    return Outcome(SavedPerson(saved, warnings), operating.changes)


def save_new(writing: Writing, person: Person, joining: Joining, roster: Roster | None = None) -> Person:
    """Within an operation: write a new person and the facts of their joining.

    ``roster`` may be given where many are added at once: organisations as they are, without the new ones.
    """
    saved = prepared(person, None)
    writing.put(saved)
    write_facts(writing, saved.id, joining_facts(saved.id, joining), roster)
    return saved


def joining_facts(person_id: UUID, joining: Joining) -> tuple[PersonFact, ...]:
    """Membership, and where given group and standing, all from the same day."""
    since = joining.since
    facts = [
        PersonFact(
            uuid4(),
            person_id,
            FactKind.MEMBERSHIP,
            joining.change,
            since,
            organisation_id=joining.branch_id,
            document=joining.document,
            counterpart=joining.counterpart,
        )
    ]
    if joining.standing is not None:
        facts.append(PersonFact(uuid4(), person_id, FactKind.STANDING, joining.standing, since))
    if joining.group_id is not None:
        facts.append(PersonFact(uuid4(), person_id, FactKind.GROUP, "", since, None, joining.group_id))
    return tuple(map(cleaned, facts))


def correct_person(book: Book, person: Person, actor: Actor) -> Outcome[SavedPerson]:
    """Replace identity and dates. A masked identity number leaves the stored one as it is."""
    with operate(book, actor, f"更正人员：{person.name.strip()}") as operating:
        before = still_there(operating.writing, Person, person.id, "这个人")
        saved = prepared(person, before)
        operating.writing.put(saved)
        warnings = person_warnings(operating.writing, saved)
    return Outcome(SavedPerson(saved, warnings), operating.changes)


def remove_person(book: Book, person_id: UUID, actor: Actor) -> Outcome[None]:
    """Remove a person entered by mistake, with their facts; refused while a record or procedure names them."""
    with operate(book, actor, "删除人员") as operating:
        writing = operating.writing
        person = still_there(writing, Person, person_id, "这个人")
        _refuse_if_named(writing, person)
        for attachment in writing.attachments_of((person_id,)):
            writing.remove(Attachment, attachment.id)
        for fact in writing.roster().facts_of(person_id):
            for key in writing.settings(f"transfer.{fact.id}."):
                writing.put_json("setting", key, None)
            writing.remove(PersonFact, fact.id)
        writing.remove(Person, person_id)
    return Outcome(None, operating.changes)


def prepared(person: Person, before: Person | None) -> Person:
    """A person ready to be written: texts cleaned, initials stored, number normalised or refused."""
    clean = cleaned(person, "人员")
    name = required_line(clean.name, "姓名")
    number = normalised(clean.identity_number)
    if is_masked(number):
        if before is None:
            raise RefusedProblem("身份证号带有 * 号", name, "请填写完整的号码，或先留空")
        number = before.identity_number
    elif IMPOSSIBLE_NUMBER.search(number):
        raise RefusedProblem("身份证号只能有数字和末位的 X", name, "请对照证件填写，或先留空")
    return replace(clean, name=name, identity_number=number, initials=initials_of(name))


def person_warnings(reading: Reading, person: Person) -> tuple[str, ...]:
    """What looks wrong with a person, beside the others in the book. It advises and blocks nothing."""
    others = [other for other in reading.roster().people if other.id != person.id]
    found = [fault.text for fault in faults(person.identity_number, person.born_on, person.sex)]
    found += [
        f"身份证号与{other.name}相同，请核对是否重复登记"
        for other in others
        if person.identity_number and other.identity_number == person.identity_number
    ]
    if any(other.name == person.name for other in others):
        found.append(f"簿中已有同名的“{person.name}”，两人都保留，名单中以出生年月和所在支部区分")
    return (*found, *_date_warnings(person))


def _date_warnings(person: Person) -> Iterator[str]:
    born, accepted, full = person.born_on, person.accepted_on, person.full_member_since
    if born and accepted and full_years(born, accepted) < ADULT_AT:
        yield f"入党时间 {accepted} 时不满 {ADULT_AT} 周岁，请核对"
    if person.applied_on and accepted and accepted < person.applied_on:
        yield f"入党时间 {accepted} 早于申请入党时间 {person.applied_on}，请核对"
    if accepted and full and full < accepted:
        yield f"转正时间 {full} 早于入党时间 {accepted}，请核对"
    if born and person.work_started_on and person.work_started_on < born:
        yield f"参加工作时间 {person.work_started_on} 早于出生日期 {born}，请核对"


def _refuse_if_named(reading: Reading, person: Person) -> None:
    found = [mention.words for mention in mentions_of(reading, person.id)]
    where = "记录" if found else "办理事项"
    found += procedures_on(reading, "person", person.id)
    where = where if found else "台账"
    found += ledger_rows_naming(reading, person.id)
    if not found:
        return
    shown = "；".join(found[:MOST_NAMED])
    more = f" 等 {len(found)} 份" if len(found) > MOST_NAMED else ""
    raise RefusedProblem(
        f"{person.name}还出现在{where}中，不能删除",
        f"{shown}{more}",
        "已离开的党员请登记转出或其他去向，记录中的姓名会保留",
    )
