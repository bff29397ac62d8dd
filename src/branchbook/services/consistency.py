"""What must hold after values were put back as they once were: nothing dangles, nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from branchbook.domain.checklists import ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.history import Touch
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.domain.roster import Roster
from branchbook.services.codec import from_json, to_json
from branchbook.services.exchange_references import bound_to
from branchbook.services.fact_guards import check_person_facts, check_single_posts
from branchbook.services.ledger_reading import row_words
from branchbook.services.mentions import ledger_rows_naming, mentions_of, named_people, procedures_on
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.terms import check_term
from branchbook.services.value_words import subject_words

Key = tuple[str, str]

_OWNERS = frozenset(
    {"organisation", "person", "record", "procedure", "ledger_row", "ledger_definition", "checklist"}
)
"""Types to which others belong."""


def check_put_back(reading: Reading, touches: Iterable[Touch]) -> None:
    """Check the book after an undo or restore that made ``touches``.

    Raises RefusedProblem naming what would be left without what it refers to, or the two facts that
    would overlap.
    """
    made = tuple(touches)
    roster = reading.roster()
    removes_people = any(touch.entity == "person" and touch.after is None for touch in made)
    named = named_people(reading) if removes_people else frozenset()
    for touch in made:
        if touch.after is None:
            left = referrers(reading, roster, touch.entity, touch.entity_id, named)
            if left:
                raise RefusedProblem(
                    f"{subject_words(roster, touch.entity, touch.before)}还被后来的内容用到",
                    "；".join(left[:5]),
                    "请先处理这些内容",
                )
        else:
            gone = missing_references(reading, roster, touch.entity, touch.after)
            if gone:
                raise RefusedProblem(
                    "所属的内容已不在簿中",
                    f"{subject_words(roster, touch.entity, touch.after)}需要：{'、'.join(gone)}",
                    "请先从回收站恢复它",
                )
    _refuse_frozen(reading, roster, made)
    _check_facts(roster, made)
    for touch in made:
        if touch.entity == "term" and touch.after is not None:
            check_term(reading, from_json("term", touch.after))


def references(entity: str, payload: str) -> frozenset[Key]:
    """(type, id) of everything without which a value may not stand."""
    value = from_json(entity, payload)
    found: set[tuple[str, UUID | None]] = set()
    if isinstance(value, Organisation):
        found = {("organisation", each) for each in (value.parent_id, *value.predecessor_ids)}
    elif isinstance(value, PersonFact):
        found = {("person", value.person_id), ("organisation", value.organisation_id)}
    elif isinstance(value, Assessment):
        found = {("procedure", value.procedure_id), ("person", value.person_id)}
    elif isinstance(value, Term | ChecklistTick | Record | Procedure | LedgerRow):
        found = {("organisation", value.organisation_id)}
    if isinstance(value, ChecklistTick):
        found.add(("checklist", value.checklist_id))
    if isinstance(value, Record):
        found |= {("person", line.person_id) for line in value.attendance}
        found |= {("person", each.person_id) for each in value.exclusions}
    if isinstance(value, Procedure):
        found |= set(bound_to(value))
    return frozenset((name, str(each)) for name, each in found if each is not None)


def missing_references(reading: Reading, roster: Roster, entity: str, payload: str) -> tuple[str, ...]:
    """What a value refers to and the book does not hold, in words."""
    found = [
        subject_words(roster, name, _in_bin(reading, name, identity))
        for name, identity in sorted(references(entity, payload))
        if reading.current_json(name, identity) is None
    ]
    value = from_json(entity, payload)
    if isinstance(value, Attachment) and _owner(reading, value.record_id) is None:
        found.append("附件所属的记录、办理事项、台账或人员")
    return tuple(found)


def referrers(
    reading: Reading, roster: Roster, entity: str, entity_id: str, named: frozenset[UUID]
) -> tuple[str, ...]:
    """What refers to a value, in words; empty where it can go. ``named`` are those of ``named_people``."""
    if entity not in _OWNERS:
        return ()
    identity = UUID(entity_id)
    found = [f"附件“{each.file_name}”" for each in reading.attachments_of((identity,))]
    if entity == "person":
        found += [f"{_of(roster, fact)}" for fact in roster.facts_of(identity)]
        if identity in named:
            found += [mention.words for mention in mentions_of(reading, identity)]
            found += procedures_on(reading, entity, identity)
            found += ledger_rows_naming(reading, identity)
    elif entity == "organisation":
        found += _in_organisation(reading, roster, identity)
    elif entity == "record":
        found += [f"{each}的步骤" for each in procedures_on(reading, entity, identity)]
    elif entity == "procedure":
        found += [f"{each.name}的评议表" for each in reading.assessments((identity,))]
    elif entity == "ledger_definition":
        found += _rows_without_ledger(reading, _in_bin(reading, entity, entity_id))
    elif entity == "checklist":
        ticks = (tick for tick in reading.all(ChecklistTick) if tick.checklist_id == identity)
        found += [f"{tick.period_start} 起时段的清单登记" for tick in ticks]
    return tuple(found)


def _refuse_frozen(reading: Reading, roster: Roster, touches: tuple[Touch, ...]) -> None:
    """What belongs to a procedure that has ended does not change alone: its end, or a correction, goes first."""
    own = {touch.entity_id for touch in touches if touch.entity == "procedure"}
    for touch in touches:
        payload = touch.after or touch.before
        if touch.entity != "assessment" or payload is None:
            continue
        procedure = reading.get(Procedure, from_json("assessment", payload).procedure_id)
        if procedure is not None and not procedure.is_open and str(procedure.id) not in own:
            raise RefusedProblem(
                f"{subject_words(roster, 'procedure', to_json(procedure))}已经结束",
                subject_words(roster, touch.entity, payload),
                "请用“更正”并写明原因，或先撤销办结",
            )


def _rows_without_ledger(reading: Reading, definition: str | None) -> Iterator[str]:
    """The rows of a user's own ledger whose definition went: no screen could show them."""
    gone = from_json("ledger_definition", definition) if definition else None
    if gone is not None and gone.own:
        yield from (f"{gone.name}的一行" for _ in reading.ledger_rows(gone.key))


def _in_organisation(reading: Reading, roster: Roster, identity: UUID) -> Iterator[str]:
    for organisation in roster.organisations:
        if identity in (organisation.parent_id, *organisation.predecessor_ids):
            yield f"组织“{organisation.name}”"
    for fact in roster.facts:
        if fact.organisation_id == identity:
            yield _of(roster, fact)
    if any(term.organisation_id == identity for term in roster.terms):
        yield "届次"
    for summary in reading.summaries(RecordQuery((identity,))):
        yield f"{summary.held_on or '未定日期'} 的记录“{summary.subject}”"
    if any(tick.organisation_id == identity for tick in reading.all(ChecklistTick)):
        yield "清单登记"
    yield from procedures_on(reading, "organisation", identity)
    for row in reading.all(LedgerRow):
        if row.organisation_id == identity:
            yield row_words(reading, row)


def _of(roster: Roster, fact: PersonFact) -> str:
    person = roster.person_by_id.get(fact.person_id)
    return f"{person.name if person else ''}的经历（{fact.from_on} 起）"


def _check_facts(roster: Roster, touches: tuple[Touch, ...]) -> None:
    """Whatever touched people, facts or organisations leaves nobody in two places."""
    people: set[UUID] = set()
    for touch in touches:
        for payload in (touch.before, touch.after):
            if payload is None:
                continue
            if touch.entity == "person_fact":
                people.add(from_json("person_fact", payload).person_id)
            elif touch.entity == "organisation":
                place = UUID(touch.entity_id)
                people.update(fact.person_id for fact in roster.facts if fact.organisation_id == place)
    for person_id in sorted(people & roster.person_by_id.keys()):
        facts = roster.facts_of(person_id)
        check_person_facts(roster, facts)
        check_single_posts(roster, facts, roster.facts)


def _in_bin(reading: Reading, entity: str, entity_id: str) -> str | None:
    for value in reading.removed():
        if (value.entity, value.entity_id) == (entity, entity_id):
            return value.payload
    return None


def _owner(reading: Reading, identity: UUID) -> Record | Procedure | LedgerRow | Person | Organisation | None:
    return (
        reading.get(Record, identity)
        or reading.get(Procedure, identity)
        or reading.get(LedgerRow, identity)
        or reading.get(Person, identity)
        or reading.get(Organisation, identity)
    )
