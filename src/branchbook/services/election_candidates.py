"""Candidates of an election: who may stand, how many, in which order, and who left since they were nominated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.candidacy import misplaced, number_findings, standing
from branchbook.domain.elections import (
    COMMITTEE_MEETING,
    GENERAL_MEETING,
    HEADS,
    KIND_WORDS,
    cited,
    day_of,
    kinds_of,
    seats_of,
    step_of,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_count import MOST_COUNTED
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.election_results import elected_of, held_rounds, why_not_elected
from branchbook.services.election_scrutineers import check_scrutineers
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading
from branchbook.services.stroke_order import in_stroke_order as by_strokes
from branchbook.services.stroke_order import stroke_order

__all__ = ["candidate_findings", "in_order_around", "in_stroke_order", "set_candidates", "standing"]


def set_candidates(
    book: Book, procedure_id: UUID, kind: ElectionKind, candidates: Sequence[Candidate], actor: Actor
) -> Outcome[Procedure]:
    """The whole list of one kind, in the order of the ballot.

    Raises RefusedProblem for the same person twice, someone who cannot be elected on the day (第五条), a
    scrutineer or teller (第二十二条), committee candidates out of the order of strokes without a reason
    (第二十四条), a list changed while a ballot of it is open, and someone who was voted on and is left out.
    """
    given = tuple(cleaned(each, "候选人") for each in candidates)
    with operate(book, actor, f"填写{KIND_WORDS[kind]}候选人") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        _refuse_misfits(procedure, kind, given)
        _refuse_voted_on(procedure, kind, given)
        named = tuple(_named(writing.roster(), each) for each in given)
        _refuse_not_electable(writing, procedure, kind, named)
        _refuse_out_of_order(writing, procedure, kind, named)
        others = tuple(each for each in procedure.candidates if each.kind != kind)
        changed = replace(procedure, candidates=(*others, *named))
        for step in ("method", COMMITTEE_MEETING):
            check_scrutineers(writing, changed, changed.entry(step))
        if changed != procedure:
            writing.put(changed)
    return Outcome(changed, operating.changes)


def in_stroke_order(reading: Reading, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates by the strokes of their names in the roster (第二十四条, E-22); others keep their own."""
    people = reading.roster().person_by_id

    def name_of(candidate: Candidate) -> str:
        person = people.get(candidate.person_id)
        return person.name if person else candidate.name

    return by_strokes(candidates, name_of, book_settings(reading))


def in_order_around(reading: Reading, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """By strokes, except who stands elsewhere with a reason: they keep their places, so that the reason stays true."""
    given = tuple(candidates)
    bound = iter(in_stroke_order(reading, (each for each in given if not each.manual_reason.strip())))
    return tuple(each if each.manual_reason.strip() else next(bound) for each in given)


def candidate_findings(
    reading: Reading, procedure: Procedure, kind: ElectionKind, step: str = ""
) -> tuple[Finding, ...]:
    """What is to be said of the candidates of a kind: errors stand in the way of a ballot.

    Their number (E-11, E-15), who lost the right or left since (E-04), the order (E-22), and for secretary and
    deputies whether they are on the committee (B-37). Scrutineers have ``scrutineer_findings``. ``step`` is
    where the ballot is held, where it is known.
    """
    step = step or _step_of(reading, procedure, kind)
    rules = rulebook_of(reading).on(day_of(procedure, step))
    return (
        *_about_number(reading, procedure, kind, rules),
        *_about_persons(reading, procedure, kind, step),
        *_about_order(reading, procedure, kind, rules),
        *_about_committee(reading, procedure, kind, rules),
    )


def _step_of(reading: Reading, procedure: Procedure, kind: ElectionKind) -> str:
    """Where a kind is elected: in a by-election at the committee's meeting if that has new members, else by all."""
    new_members = elected_of(reading, procedure, ElectionKind.COMMITTEE)
    if kind in HEADS and not new_members and not _is_only_at_committee(procedure, kind):
        return GENERAL_MEETING
    return step_of(shape_of(procedure.shape), kind)


def _is_only_at_committee(procedure: Procedure, kind: ElectionKind) -> bool:
    return kind not in kinds_of(shape_of(procedure.shape), GENERAL_MEETING)


def _about_number(
    reading: Reading, procedure: Procedure, kind: ElectionKind, rules: Rulebook
) -> Iterator[Finding]:
    rounds = held_rounds(reading, procedure, kind)
    if rounds and not rounds[-1].is_void:
        return  # the margin is that of the first ballot
    people, seats = standing(procedure, kind), seats_of(procedure, kind)
    by_margin = book_settings(reading).secretary_election_margin
    yield from number_findings(kind, seats, len(people), rules, heads_by_margin=by_margin)
    approved = procedure.entry("reply").number("candidates")
    if kind == ElectionKind.COMMITTEE and approved and people and approved != len(people):
        text = f"上级批复委员候选人 {approved} 名，现有 {len(people)} 名，请核对"
        yield finding(Level.WARNING, rules, "E-12", text)


def _about_persons(
    reading: Reading, procedure: Procedure, kind: ElectionKind, step: str
) -> Iterator[Finding]:
    why_not = why_not_elected(reading, procedure, step)
    for each in standing(procedure, kind):
        reason = why_not(each.person_id)
        if reason is not None:
            yield Finding(
                Level.ERROR, "E-04", reason.article, f"候选人{each.name}：{reason.text}，不能作为候选人"
            )


def _about_order(
    reading: Reading, procedure: Procedure, kind: ElectionKind, rules: Rulebook
) -> Iterator[Finding]:
    people = standing(procedure, kind)
    if kind in HEADS:
        if len(people) > 1:
            text = f"{KIND_WORDS[kind]}候选人按上级批准的顺序排列，请与批复核对"
            yield finding(Level.INFO, rules, "E-22", text)
        return
    hint = stroke_order().hint(each.name for each in people)
    if hint:
        yield finding(Level.INFO, rules, "E-22", hint)
    by_rule = in_stroke_order(reading, people)
    for each in people:
        if each.manual_reason.strip() and people != by_rule:
            text = f"{each.name}没有按姓氏笔画排列：{each.manual_reason}"
            yield finding(Level.INFO, rules, "E-22", text)
    pair = misplaced(people, by_rule)
    if pair is not None:
        yield finding(Level.ERROR, rules, "E-22", _order_words(*pair))


def _about_committee(
    reading: Reading, procedure: Procedure, kind: ElectionKind, rules: Rulebook
) -> Iterator[Finding]:
    """Before the committee is elected: a secretary who does not even stand for it cannot become one."""
    if not _is_only_at_committee(procedure, kind) or elected_of(reading, procedure, ElectionKind.COMMITTEE):
        return
    committee = {each.person_id for each in standing(procedure, ElectionKind.COMMITTEE)}
    outside = [each.name for each in standing(procedure, kind) if each.person_id not in committee]
    if committee and outside:
        text = f"{'、'.join(outside)}不是委员候选人；书记、副书记从当选的委员中选举"
        yield finding(Level.WARNING, rules, "B-37", text)


def _named(roster: Roster, candidate: Candidate) -> Candidate:
    """With the name as the roster has it; a note behind it tells two of one name apart, and stays."""
    person = roster.person_by_id.get(candidate.person_id)
    if person is None:
        raise RefusedProblem("候选人不在名册中", candidate.name, "请从名册中选择")
    return candidate if candidate.name.startswith(person.name) else replace(candidate, name=person.name)


def _refuse_misfits(procedure: Procedure, kind: ElectionKind, given: Sequence[Candidate]) -> None:
    shape = shape_of(procedure.shape)
    if kind not in (*kinds_of(shape, GENERAL_MEETING), *kinds_of(shape, COMMITTEE_MEETING)):
        raise RefusedProblem(f"{shape.name}不选举{KIND_WORDS[kind]}", "", "请核对")
    seen: set[UUID] = set()
    for each in given:
        if each.kind != kind:
            raise RefusedProblem("候选人的职务与名单不符", each.name, f"这里填写{KIND_WORDS[kind]}候选人")
        if each.person_id in seen:
            raise RefusedProblem("同一个人不能两次作为候选人", each.name, "请删去一处")
        seen.add(each.person_id)
        if each.nominated_votes is not None and not 0 <= each.nominated_votes <= MOST_COUNTED:
            raise RefusedProblem(
                f"推荐票数应在 0 到 {MOST_COUNTED} 之间", f"{each.name} {each.nominated_votes}", "请核对"
            )


def _refuse_voted_on(procedure: Procedure, kind: ElectionKind, given: Sequence[Candidate]) -> None:
    """While a ballot is open its candidates stay; afterwards nobody who was voted on disappears."""
    rounds = [each for each in procedure.rounds if each.kind == kind]
    if any(not each.is_confirmed for each in rounds):
        raise RefusedProblem(
            "这一轮投票还没有确认，候选人不能改", KIND_WORDS[kind], "请先确认计票，或删去这一轮"
        )
    kept = {each.person_id for each in given}
    known = {each.person_id for each in procedure.candidates if each.kind == kind}
    lost = [
        line.name
        for each in rounds
        for line in each.lines
        if line.person_id in known and line.person_id not in kept
    ]
    if lost:
        names = "、".join(dict.fromkeys(lost))
        raise RefusedProblem(
            f"已经对这些人投过票，不能删去：{names}", KIND_WORDS[kind], "不再参加的请写明退出原因"
        )


def _refuse_not_electable(
    reading: Reading, procedure: Procedure, kind: ElectionKind, named: Sequence[Candidate]
) -> None:
    """The general meeting's roster decides; that heads are on the committee is a finding (they are named earlier).

    Who stands already and has lost the right since is a finding too: of two who left, one can go after the other.
    """
    why_not = why_not_elected(reading, procedure, GENERAL_MEETING)
    stood = {each.person_id for each in standing(procedure, kind)}
    for each in named:
        if each.person_id in stood:
            continue
        reason = why_not(each.person_id)
        if reason is not None and not each.withdrawn_reason.strip():
            said = f"{reason.text}，不能作为候选人" + (f"（{reason.article}）" if reason.article else "")
            raise RefusedProblem(said, each.name, "请换一名候选人，或写明退出原因")


def _refuse_out_of_order(
    reading: Reading, procedure: Procedure, kind: ElectionKind, named: Sequence[Candidate]
) -> None:
    if kind in HEADS:
        return
    people = [each for each in named if not each.withdrawn_reason.strip()]
    pair = misplaced(people, in_stroke_order(reading, people))
    if pair is not None:
        rules = rulebook_of(reading).on(day_of(procedure))
        raise RefusedProblem(
            cited(rules, "E-22", _order_words(*pair)), pair[0].name, "请按姓氏笔画排列；另有次序的，写明原因"
        )


def _order_words(before: Candidate, after: Candidate) -> str:
    return f"委员候选人以姓氏笔画为序，{after.name}应在{before.name}之前"
