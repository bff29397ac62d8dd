"""From ballots to totals: one by one as they are read out, or all at once. Nothing of a single ballot is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from branchbook.domain.election_arithmetic import ballot_is_valid
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.tally_count import (
    BallotMark,
    CandidateCount,
    Count,
    WriteIn,
    WriteInWithoutAgainst,
)

_VOID = WriteInWithoutAgainst.VOID_WRITE_IN
_FIELDS = {
    BallotMark.FOR: "votes_for",
    BallotMark.AGAINST: "votes_against",
    BallotMark.ABSTAIN: "abstentions",
    BallotMark.ILLEGIBLE: "illegible",
}


@dataclass(frozen=True, slots=True)
class BallotReading:
    """What one ballot comes to. ``picks`` are the persons it is for, ``write_ins`` those that count.

    ``void_write_ins`` are names that do not count because the ballot is against nobody.
    """

    picks: int
    valid: bool
    write_ins: tuple[str, ...] = ()
    void_write_ins: tuple[str, ...] = ()


def one_ballot(
    count: Count,
    marks: Mapping[str, BallotMark],
    write_ins: Sequence[str] = (),
    *,
    write_in_without_against: WriteInWithoutAgainst = _VOID,
) -> BallotReading:
    """Read one ballot; more picks than seats make it invalid (E-27), exactly as many do not.

    A name written on a ballot against nobody follows ``write_in_without_against`` (E-24, 第二十五条).
    Raises UnreadableProblem for a mark or name that no ballot can bear.
    """
    _check_names(count, marks, write_ins)
    given = tuple(marks.values())
    counts = BallotMark.AGAINST in given or write_in_without_against == WriteInWithoutAgainst.COUNT
    written = tuple(write_ins) if counts else ()
    picks = given.count(BallotMark.FOR) + len(written)
    return BallotReading(
        picks, ballot_is_valid(picks, count.seats), written, () if counts else tuple(write_ins)
    )


def add_ballot(
    count: Count,
    marks: Mapping[str, BallotMark],
    write_ins: Sequence[str] = (),
    *,
    write_in_without_against: WriteInWithoutAgainst = _VOID,
) -> Count:
    """The totals with one more ballot. An invalid one raises ``returned`` and ``invalid`` and nothing else.

    Raises UnreadableProblem as ``one_ballot`` does.
    """
    return _counted(count, marks, write_ins, write_in_without_against, 1)


def take_back(
    count: Count,
    marks: Mapping[str, BallotMark],
    write_ins: Sequence[str] = (),
    *,
    write_in_without_against: WriteInWithoutAgainst = _VOID,
) -> Count:
    """The totals without a ballot that was just added: the exact inverse of ``add_ballot``.

    The ballot is handed in again, for nothing of it was kept. A write-in that falls to no vote goes. Raises
    RefusedProblem where the totals hold no such ballot.
    """
    taken = _counted(count, marks, write_ins, write_in_without_against, -1)
    parts = (
        each
        for one in taken.candidates
        for each in (one.votes_for, one.votes_against, one.abstentions, one.illegible)
    )
    if min(taken.returned, taken.invalid, taken.valid, *parts) < 0:
        raise RefusedProblem("累计票数里没有这样一张选票", "撤回上一票", "累计票数没有改动，请核对")
    return taken


def count_ballots(
    count: Count,
    ballots: Iterable[tuple[Mapping[str, BallotMark], Sequence[str]]],
    *,
    write_in_without_against: WriteInWithoutAgainst = _VOID,
) -> Count:
    """The totals with many more ballots, each its marks and its write-ins: ``add_ballot`` for all, but quick.

    Raises UnreadableProblem as ``one_ballot`` does.
    """
    marked: Counter[tuple[str, BallotMark]] = Counter()
    written: Counter[str] = Counter()
    always = write_in_without_against == WriteInWithoutAgainst.COUNT
    returned = invalid = 0
    names = frozenset(each.name for each in count.candidates)
    seats, of, against = count.seats, BallotMark.FOR, BallotMark.AGAINST
    for marks, write_ins in ballots:
        returned += 1
        if write_ins or not names.issuperset(marks):
            _check_names(count, marks, write_ins)
        given = list(marks.values())
        counted = write_ins if write_ins and (always or against in given) else ()
        if not ballot_is_valid(given.count(of) + len(counted), seats):
            _check_marks(given)
            invalid += 1
            continue
        marked.update(marks.items())
        written.update(counted)
    _check_marks(mark for _, mark in marked)
    return _with_totals(count, returned, invalid, marked, written)


def _with_totals(
    count: Count,
    returned: int,
    invalid: int,
    marked: Mapping[tuple[str, BallotMark], int],
    written: Mapping[str, int],
) -> Count:
    valid = returned - invalid
    candidates = []
    for one in count.candidates:
        f, a, i = (
            marked.get((one.name, mark), 0)
            for mark in (BallotMark.FOR, BallotMark.AGAINST, BallotMark.ILLEGIBLE)
        )
        candidates.append(
            CandidateCount(
                one.name,
                one.votes_for + f,
                one.votes_against + a,
                one.abstentions + valid - f - a - i,  # marked so, or without a mark
                one.illegible + i,
            )
        )
    return replace(
        count,
        returned=count.returned + returned,
        invalid=count.invalid + invalid,
        candidates=tuple(candidates),
        write_ins=_with_write_ins(count.write_ins, written),
    )


def _counted(
    count: Count,
    marks: Mapping[str, BallotMark],
    write_ins: Sequence[str],
    write_in_without_against: WriteInWithoutAgainst,
    step: int,
) -> Count:
    reading = one_ballot(count, marks, write_ins, write_in_without_against=write_in_without_against)
    returned = count.returned + step
    if not reading.valid:
        return replace(count, returned=returned, invalid=count.invalid + step)
    candidates = tuple(
        replace(one, **{field: getattr(one, field) + step})
        for one in count.candidates
        for field in (_FIELDS[BallotMark(marks.get(one.name, BallotMark.ABSTAIN))],)
    )
    written = dict.fromkeys(reading.write_ins, step)
    return replace(
        count,
        returned=returned,
        candidates=candidates,
        write_ins=_with_write_ins(count.write_ins, written),
    )


def _with_write_ins(kept: tuple[WriteIn, ...], more: Mapping[str, int]) -> tuple[WriteIn, ...]:
    """Write-ins with more votes. A new name goes where its characters place it, so that the order in which

    ballots are read shows nowhere; one taken back to no vote goes.
    """
    names = [each.name for each in kept]
    votes = {each.name: each.votes_for for each in kept}
    for name, number in more.items():
        if name not in votes:
            names.insert(bisect_left(names, name), name)
        votes[name] = votes.get(name, 0) + number
        if votes[name] < 0:
            raise RefusedProblem("累计票数里没有这样一张选票", name, "累计票数没有改动，请核对")
        if votes[name] == 0:
            names.remove(name)
    return tuple(WriteIn(name, votes[name]) for name in names)


def _check_names(count: Count, marks: Mapping[str, BallotMark], write_ins: Sequence[str]) -> None:
    _check_marks(marks.values())
    candidates = {each.name for each in count.candidates}
    for name in marks:
        if name not in candidates:
            raise UnreadableProblem(
                "选票上标记的人不是候选人", name, "请核对姓名；不是候选人的请写入另选他人"
            )
    for name in write_ins:
        if not name.strip():
            raise UnreadableProblem("另选他人的姓名是空的", "另选他人", "请填写姓名")
        if name in candidates:
            raise UnreadableProblem("另选他人写的是候选人", name, "请直接在这名候选人处标记")
    twice = next((name for name, times in Counter(write_ins).items() if times > 1), None)
    if twice is not None:
        raise UnreadableProblem("一张选票上把同一个人写了两次", twice, "请只写一次")


def _check_marks(marks: Iterable[str]) -> None:
    for mark in marks:
        if mark not in _FIELDS:
            raise UnreadableProblem("不认识的标记", str(mark), f"可用的标记：{'、'.join(_FIELDS)}")
