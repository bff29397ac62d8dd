"""What follows a ballot: a vote among the tied, a further one for seats left open, or the whole again (E-26 to E-33).

Nobody is ever filled in by ranking: a seat is taken by a ballot of its own, or given up with the voters' consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.domain.elections import KIND_WORDS, cited
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import TallyResult


@dataclass(frozen=True, slots=True)
class HeldRound:
    """A round with its result. ``reduced``: half of the voters agreed to leave its open seats unfilled (E-33)."""

    voting: BallotRound
    result: TallyResult
    reduced: bool = False

    @property
    def is_void(self) -> bool:
        """Whether the election itself is void, not only miscounted: too few came (E-17), too many ballots (E-26)."""
        voting = self.voting
        if self.result.valid or not self.result.needed or voting.present > voting.due:
            return False
        too_many = voting.returned > voting.issued or voting.issued > voting.present
        return too_many or not self.result.quorum.met

    @property
    def open_seats(self) -> int:
        """Seats that still have to be filled."""
        return 0 if self.reduced else self.result.vacant


@dataclass(frozen=True, slots=True)
class NextRound:
    """A ballot that the result of another asks for. ``names`` are on it, in the order of the ballot."""

    ballot: Ballot
    kind: ElectionKind
    seats: int
    names: tuple[str, ...]
    sentence: str


def current(rounds: Sequence[HeldRound]) -> tuple[HeldRound, ...]:
    """The rounds of one kind from its last main ballot on; an earlier main ballot was void and is replaced."""
    starts = [at for at, each in enumerate(rounds) if each.voting.ballot == Ballot.MAIN]
    return tuple(rounds[starts[-1] :]) if starts else ()


def elected_in(rounds: Iterable[HeldRound]) -> Iterator[tuple[BallotRound, str]]:
    """Who was elected, and in which round."""
    for each in rounds:
        yield from ((each.voting, name) for name in each.result.elected)


def open_seats(rounds: Sequence[HeldRound]) -> int:
    """Seats that the rounds of a kind so far have not filled; 0 where they were given up."""
    return rounds[-1].open_seats if rounds else 0


def following(rounds: Sequence[HeldRound], standing: Sequence[str], rules: Rulebook) -> NextRound | None:
    """The ballot that has to follow the last of ``rounds`` (those of one kind, from its main ballot on).

    ``standing`` are the candidates who have not withdrawn. None where the seats are filled or given up, where the
    count does not fit and has to be put right first, and on a day without rules of election.
    """
    if not rounds:
        return None
    last = rounds[-1]
    if last.is_void:
        return _again(last, rules)
    if not last.result.valid or not last.open_seats or not last.result.needed:
        return None
    if last.result.tie:
        return _among_the_tied(last, rules)
    taken = {name for _, name in elected_in(rounds)}
    names = tuple(name for name in standing if name not in taken)
    return _further(last, names, rules)


def _again(last: HeldRound, rules: Rulebook) -> NextRound:
    voting = last.voting
    names = tuple(line.name for line in voting.lines)
    said = cited(rules, "E-26", "选举无效，须重新选举")
    return NextRound(voting.ballot, voting.kind, voting.seats, names, said)


def _among_the_tied(last: HeldRound, rules: Rulebook) -> NextRound:
    tied, seats = last.result.tie, last.result.vacant
    text = (
        f"{'、'.join(tied)}票数相等，就这 {len(tied)} 名再次投票，选 {seats} 名{KIND_WORDS[last.voting.kind]}"
    )
    return NextRound(Ballot.TIE, last.voting.kind, seats, tied, cited(rules, "E-30", text))


def _further(last: HeldRound, names: tuple[str, ...], rules: Rulebook) -> NextRound:
    seats, asked = last.result.vacant, last.voting.consenting
    text = f"不足的 {seats} 个{KIND_WORDS[last.voting.kind]}名额另行选举，不得按票数递补"
    if asked is not None:
        text = f"同意减少名额的 {asked} 名，不足实到 {last.voting.present} 名的半数；{text}"
    return NextRound(Ballot.FURTHER, last.voting.kind, seats, names, cited(rules, "E-32", text))
