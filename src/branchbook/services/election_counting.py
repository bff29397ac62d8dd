"""A count while it is entered: kept as typed, number by number, and given back after a crash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID

from branchbook.domain.ballots import BallotRound, WriteInLine
from branchbook.domain.elections import KIND_WORDS
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.codec import decode, to_json
from branchbook.services.drafts import BALLOT_ROUND
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.store import Book, Draft, Reading

LARGEST_KEPT = 2**53
"""A number that every file keeps exactly; larger ones are no number of ballots and cannot be kept."""


def save_round(book: Book, procedure_id: UUID, voting: BallotRound, actor: Actor) -> Outcome[Procedure]:
    """Keep a count as it was typed, however wrong: what does not fit is told by ``round_result``.

    What was issued (day, seats, candidates, kind of ballot) stays as it was begun. Names written in are found in
    the roster where they are unique. Raises RefusedProblem for a confirmed count, other candidates than those on
    the ballot, and a number that no file can hold.
    """
    voting = cleaned(voting, "计票")
    with operate(book, actor, f"填写计票：{KIND_WORDS[voting.kind]}") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        before = stored_round(procedure, voting.id)
        _refuse_structure(before, voting)
        changed = with_round(procedure, _as_typed(writing, procedure, before, voting))
        if changed != procedure:
            writing.put(changed)
        writing.drop_draft(voting.id)
    return Outcome(changed, operating.changes)


def keep_count(book: Book, procedure_id: UUID, voting: BallotRound, actor: Actor | None = None) -> None:
    """Keep the totals after a ballot was entered: on the disk at once, without a line of history.

    Raises RefusedProblem for a round that was not begun or is confirmed.
    """
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    if procedure is None:
        raise RefusedProblem("这项办理事项已不在簿中", "", "可能已移到回收站，请刷新后再试")
    _refuse_structure(stored_round(procedure, voting.id), voting)
    saved_at = actor.now if actor else datetime.combine(voting.held_on, time(), UTC)
    book.save_draft(Draft(voting.id, BALLOT_ROUND, to_json(cleaned(voting, "计票")), saved_at))


def found_count(reading: Reading, procedure_id: UUID) -> BallotRound | None:
    """The count that was being entered when the program ended, None where there is none or it was saved."""
    procedure = reading.get(Procedure, procedure_id)
    rounds = {each.id: each for each in procedure.rounds} if procedure else {}
    for draft in reading.drafts():
        stored = rounds.get(draft.id)
        if draft.entity == BALLOT_ROUND and stored is not None and not stored.is_confirmed:
            try:
                voting = decode(draft.payload, BallotRound, "计票草稿")
            except Problem:
                continue
            if voting != stored:
                return voting
    return None


def stored_round(procedure: Procedure, round_id: UUID) -> BallotRound:
    """A round of the procedure. Raises RefusedProblem where it has none with this id."""
    found = next((each for each in procedure.rounds if each.id == round_id), None)
    if found is None:
        raise RefusedProblem("这一轮投票已不在簿中", "", "可能已删去，请刷新后再试")
    return found


def with_round(procedure: Procedure, voting: BallotRound) -> Procedure:
    """The procedure with one of its rounds anew."""
    return replace(
        procedure, rounds=tuple(voting if each.id == voting.id else each for each in procedure.rounds)
    )


def numbers_of(voting: BallotRound) -> Iterator[int]:
    """Every number of a round: those with which it was begun, and those that are counted."""
    yield from (voting.seats, voting.due, voting.consenting or 0)
    yield from (voting.present, voting.issued, voting.returned, voting.invalid)
    for line in voting.lines:
        yield from (line.votes_for, line.votes_against, line.abstentions, line.illegible)
    for written in voting.write_ins:
        yield written.votes_for


def _as_typed(
    reading: Reading, procedure: Procedure, before: BallotRound, voting: BallotRound
) -> BallotRound:
    """The stored round with the numbers and names that were typed."""
    return replace(
        before,
        present=voting.present,
        issued=voting.issued,
        returned=voting.returned,
        invalid=voting.invalid,
        lines=voting.lines,
        write_ins=_matched(reading, procedure, before, voting.write_ins),
        note=voting.note,
    )


def _matched(
    reading: Reading, procedure: Procedure, voting: BallotRound, written: tuple[WriteInLine, ...]
) -> tuple[WriteInLine, ...]:
    """Names written in with the member of that name, where there is exactly one; empty lines go."""
    by_name: dict[str, list[UUID]] = defaultdict(list)
    if written:
        for person in reading.roster().members_on(procedure.organisation_id, voting.held_on):
            by_name[person.name].append(person.id)

    def matched(line: WriteInLine) -> WriteInLine:
        found = by_name[line.name]
        if line.person_id in found or (line.person_id is not None and not found):
            return line
        return replace(line, person_id=found[0] if len(found) == 1 else None)

    return tuple(matched(each) for each in written if each.name or each.votes_for)


def _refuse_structure(before: BallotRound, voting: BallotRound) -> None:
    if before.is_confirmed:
        raise RefusedProblem("计票已经确认，不能再改", f"{before.confirmed_on}", "刚确认的可以撤销")
    if [(each.name, each.person_id) for each in before.lines] != [
        (each.name, each.person_id) for each in voting.lines
    ]:
        raise RefusedProblem("选票上的候选人和发出的不同", KIND_WORDS[before.kind], "请刷新后再试")
    if any(abs(each) > LARGEST_KEPT for each in numbers_of(voting)):
        raise RefusedProblem("数字太大，无法保存", KIND_WORDS[before.kind], "选票数在 0 到 100000 之间")
