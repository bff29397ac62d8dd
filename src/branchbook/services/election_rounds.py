"""Rounds of ballots: begun after the freeze, counted as typed, confirmed and then frozen, and what follows them.

Nobody takes a seat by ranking: a tie and open seats each ask for a ballot of their own (E-30, E-32), unless half of
the voters agree to fewer seats (E-33).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import HeldRound, NextRound, current, following
from branchbook.domain.ballots import Ballot, BallotLine, BallotRound, Base, ElectionKind
from branchbook.domain.candidacy import standing
from branchbook.domain.elections import KIND_WORDS, cited, kinds_of, seats_of
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.election_candidates import candidate_findings
from branchbook.services.election_confirming import (
    agree_to_fewer_seats,
    confirm_round,
    discard_round,
    error_words,
)
from branchbook.services.election_counting import found_count, keep_count, save_round
from branchbook.services.election_guards import refuse_not_ready, round_day, round_voters
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_results import (
    Elected,
    elected_of,
    held,
    held_rounds,
    round_result,
)
from branchbook.services.guards import clean_text
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading

__all__ = [
    "Elected",
    "ElectionOutcome",
    "NextRound",
    "agree_to_fewer_seats",
    "begin_round",
    "confirm_round",
    "discard_round",
    "election_outcome",
    "found_count",
    "keep_count",
    "round_result",
    "save_round",
    "what_follows",
]


def begin_round(
    book: Book,
    procedure_id: UUID,
    step: str,
    kind: ElectionKind,
    actor: Actor,
    ballot: Ballot = Ballot.MAIN,
    after: UUID | None = None,
    *,
    on: date | None = None,
    reason: str = "",
) -> Outcome[Procedure]:
    """Issue ballots: as many as voters are present, for the candidates or for those whom the last ballot left.

    ``after`` is the round that asks for this one (None: the last). ``on`` is the day of the committee's own
    meeting, where its step does not say it yet; the general meeting's is that of the freeze. Raises
    RefusedProblem before the freeze, without quorum (E-17), without the method of the election passed (E-37;
    a ``reason`` lets a meeting of long ago go on), while another count is open, for a ballot that nothing asks
    for, and for candidates with an error.
    """
    reason = clean_text(reason, "原因").strip()
    with operate(book, actor, f"开始投票：{KIND_WORDS[kind]}", reason=reason) as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        if kind not in kinds_of(shape_of(procedure.shape), step):
            rules = rulebook_of(writing).on(actor.today)
            said = cited(rules, "B-37", f"这一步不选举{KIND_WORDS[kind]}")
            raise RefusedProblem(
                said, shape_of(procedure.shape).name, "委员由党员大会选举，书记、副书记由支委会选举"
            )
        refuse_not_ready(writing, procedure, step, actor, on, reason)
        wanted = _wanted(writing, procedure, kind, ballot, after)
        begun = _issued(writing, procedure, step, wanted, round_day(procedure, step, actor, on), reason)
        _refuse_faulty(writing, procedure, begun)
        changed = replace(procedure, rounds=(*procedure.rounds, begun))
        writing.put(changed)
    return Outcome(changed, operating.changes)


def what_follows(reading: Reading, procedure: Procedure, voting: BallotRound) -> tuple[NextRound, ...]:
    """The ballot that a round's result asks for, as if it were confirmed; none once another was begun after it."""
    rounds = [each for each in procedure.rounds if each.kind == voting.kind]
    ids = [each.id for each in rounds]
    if voting.id not in ids or ids[-1] != voting.id:
        return ()
    earlier = [held(reading, procedure, each) for each in rounds[:-1] if each.is_confirmed]
    chain = current([*earlier, held(reading, procedure, voting)])
    found = _following(reading, procedure, voting.kind, chain)
    return (found,) if found else ()


def _following(
    reading: Reading, procedure: Procedure, kind: ElectionKind, chain: Sequence[HeldRound]
) -> NextRound | None:
    names = _names(reading, procedure, kind)
    rules = rulebook_of(reading).on(chain[-1].voting.held_on) if chain else Rulebook(())
    return following(chain, names, rules)


def _wanted(
    reading: Reading, procedure: Procedure, kind: ElectionKind, ballot: Ballot, after: UUID | None
) -> NextRound:
    """The ballot to be issued: what the last one asks for, or the main one where none was held.

    On a day without rules of election nothing is derived, so that any ballot may follow another.
    """
    chain = held_rounds(reading, procedure, kind)
    if after is not None and (not chain or chain[-1].voting.id != after):
        raise RefusedProblem("所选的一轮不是最后确认的一轮", KIND_WORDS[kind], "请刷新后再试")
    found = _following(reading, procedure, kind, chain)
    if not chain:
        found = NextRound(Ballot.MAIN, kind, 0, (), "")
    elif chain[-1].result.valid and not chain[-1].result.needed:
        found = NextRound(ballot, kind, chain[-1].voting.seats, _names(reading, procedure, kind), "")
    if found is not None and found.ballot == Ballot.MAIN:
        names = _names(reading, procedure, kind)
        found = replace(found, names=names, seats=seats_of(procedure, kind))
    if found is None:
        raise RefusedProblem(f"{KIND_WORDS[kind]}已经选出，不需要再投票", "", "如有差错，请用撤销或更正")
    if found.ballot != ballot:
        raise RefusedProblem(found.sentence or "还没有进行第一次投票", KIND_WORDS[kind], "请按提示的一轮投票")
    if not found.names:
        raise RefusedProblem("没有可供投票的候选人", KIND_WORDS[kind], "请先补充候选人")
    return found


def _names(reading: Reading, procedure: Procedure, kind: ElectionKind) -> tuple[str, ...]:
    """The names of those who stand; the secretary elected does not stand for deputy."""
    taken: frozenset[UUID] = frozenset()
    if kind == ElectionKind.DEPUTY:
        taken = frozenset(each.person_id for each in elected_of(reading, procedure, ElectionKind.SECRETARY))
    return tuple(each.name for each in standing(procedure, kind) if each.person_id not in taken)


def _issued(
    reading: Reading, procedure: Procedure, step: str, wanted: NextRound, day: date, reason: str
) -> BallotRound:
    counts = round_voters(reading, procedure, step, day)
    rule = rulebook_of(reading).on(day).find("E-28")
    on_due = rule is not None and rule.values.get("base") == Base.DUE
    return BallotRound(
        id=uuid4(),
        step=step,
        kind=wanted.kind,
        held_on=day,
        seats=wanted.seats,
        due=counts.due,
        present=counts.present,
        issued=counts.present,
        ballot=wanted.ballot,
        base=Base.DUE if on_due else Base.PRESENT,
        lines=tuple(BallotLine(name, person_id) for name, person_id in _people(procedure, wanted)),
        note=reason,
    )


def _people(procedure: Procedure, wanted: NextRound) -> list[tuple[str, UUID | None]]:
    """The names of a ballot with the people behind them: candidates, and those written in who are tied."""
    known: dict[str, UUID | None] = {}
    for each in standing(procedure, wanted.kind):
        if each.name in known and each.name in wanted.names:
            raise RefusedProblem("两名候选人同名", each.name, "请在姓名后加注区别，如所在党小组")
        known[each.name] = each.person_id
    for voting in procedure.rounds:
        if voting.kind == wanted.kind:
            voted = [(each.name, each.person_id) for each in voting.lines]
            voted += [(each.name, each.person_id) for each in voting.write_ins]
            known = dict(voted) | known
    return [(name, known.get(name)) for name in wanted.names]


def _refuse_faulty(reading: Reading, procedure: Procedure, begun: BallotRound) -> None:
    """Errors of the candidates of a kind (a tie ballot has its own), and of those on this ballot.

    Too few on a further ballot are told before it is held: its count could never be confirmed (E-11).
    """
    said = ""
    if begun.ballot != Ballot.TIE:
        said = error_words(candidate_findings(reading, procedure, begun.kind, begun.step))
    said = said or error_words(
        each for each in round_result(reading, procedure, begun).findings if each.rule in ("E-04", "E-11")
    )
    if said:
        raise RefusedProblem(said, f"{KIND_WORDS[begun.kind]}候选人", "请先调整候选人")
