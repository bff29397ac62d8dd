"""Who stands for election: how many, in which order, and who may not count the ballots (E-11, E-15, E-20 to E-22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.election_arithmetic import min_candidates
from branchbook.domain.elections import HEADS, KIND_WORDS
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import PersonRef
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding


def standing(procedure: Procedure, kind: ElectionKind) -> tuple[Candidate, ...]:
    """The candidates of a kind who have not withdrawn, in the order of the ballot."""
    return tuple(
        each for each in procedure.candidates if each.kind == kind and not each.withdrawn_reason.strip()
    )


def number_findings(
    kind: ElectionKind, seats: int, candidates: int, rules: Rulebook, *, heads_by_margin: bool = False
) -> Iterator[Finding]:
    """Whether enough stand.

    A committee is elected from a fifth more candidates than seats, rounded up and never as many (第十三条, E-11).
    Secretary and deputies normally stand one for each post (E-15, 通行做法), or more where the setting
    ``heads_by_margin`` says so. On a day without rules nothing is said of it.
    """
    word = KIND_WORDS[kind]
    if not candidates:
        yield finding(Level.ERROR, rules, "E-11" if kind not in HEADS else "E-13", f"还没有{word}候选人")
    elif seats < 1:
        yield finding(Level.ERROR, rules, "E-11", f"还没有确定{word}名额")
    elif kind in HEADS:
        yield from _heads(word, seats, candidates, rules, heads_by_margin)
    elif rules.find("E-11"):
        least = min_candidates(seats, rules)
        said = (
            f"应选{word} {seats} 名，差额至少 {least - seats} 名，候选人须有 {least} 名，现有 {candidates} 名"
        )
        enough = candidates >= least
        level, verdict = (Level.INFO, "符合规定") if enough else (Level.ERROR, "差额不足")
        yield finding(level, rules, "E-11", f"{said}；{verdict}")


def _heads(word: str, seats: int, candidates: int, rules: Rulebook, by_margin: bool) -> Iterator[Finding]:
    said = f"应选{word} {seats} 名，候选人 {candidates} 名"
    if candidates < seats:
        yield finding(Level.ERROR, rules, "E-15", f"{said}；候选人不足")
    elif by_margin and candidates == seats:
        yield finding(Level.WARNING, rules, "E-15", f"{said}；设置为差额选举，请核对")
    elif not by_margin and candidates > seats:
        yield finding(Level.WARNING, rules, "E-15", f"{said}；一般等额选举，请核对上级批复")


def misplaced(
    candidates: Sequence[Candidate], in_order: Sequence[Candidate]
) -> tuple[Candidate, Candidate] | None:
    """Two candidates of whom the first stands before the second against the order, neither with a reason.

    ``in_order`` are the same candidates in the order that the rule gives (E-22, 第二十四条).
    """
    place = {each.person_id: at for at, each in enumerate(in_order)}
    bound = [each for each in candidates if not each.manual_reason.strip()]
    for before, after in pairwise(bound):
        if place[before.person_id] > place[after.person_id]:
            return before, after
    return None


def named_among(people: Iterable[PersonRef], candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Names of people who are candidates: by person, or by name where someone was typed in."""
    standing_people = tuple(candidates)
    ids: set[UUID] = {each.person_id for each in standing_people}
    names = {each.name for each in standing_people}
    found = (
        each.name
        for each in people
        if each.person_id in ids or (each.person_id is None and each.name in names)
    )
    return tuple(dict.fromkeys(found))
