"""The lines of an evaluation's round: one for each member on the ballot, following the list until counting begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from branchbook.domain.evaluation_count import GradeCount
from branchbook.domain.evaluation_participants import casts_ballot, is_on_ballot
from branchbook.domain.evaluations import (
    Audience,
    BallotForm,
    GradeLine,
    GradeRound,
    ItemCount,
    Participant,
)
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure


def blank_lines(participants: Iterable[Participant], form: BallotForm) -> tuple[GradeLine, ...]:
    """Empty totals for everyone on the ballot; two of one name are told apart by their group or number."""
    listed = [each for each in participants if is_on_ballot(each)]
    names = _names(listed)
    items = tuple(map(ItemCount, BALLOT_ITEMS)) if form == BallotForm.ITEMS else ()
    return tuple(
        GradeLine(each.person_id, GradeCount(name), items) for each, name in zip(listed, names, strict=True)
    )


def has_marks(voting: GradeRound) -> bool:
    """Whether anything was counted yet."""
    counted = any(each.count.all or any(item.all for item in each.items) for each in voting.lines)
    return counted or voting.returned > 0


def due_of(participants: Iterable[Participant]) -> tuple[int, int]:
    """How many are due at the ballot, and how many of them came; everyone, while nobody is marked."""
    due = [each for each in participants if casts_ballot(each)]
    marked = [each for each in due if each.present is not None]
    present = sum(each.present is True for each in due) if marked else len(due)
    return len(due), present


def followed_by_rounds(before: Procedure, after: Procedure) -> Procedure:
    """The procedure with the rounds that were not counted yet following its list; confirmed ones stay as they are.

    Raises RefusedProblem where a round that is being counted would name others.
    """
    if after.participants == before.participants:
        return after
    return replace(after, grade_rounds=tuple(_following(each, after) for each in after.grade_rounds))


def _following(voting: GradeRound, after: Procedure) -> GradeRound:
    lines = blank_lines(after.participants, voting.form)
    same = [each.person_id for each in lines] == [each.person_id for each in voting.lines]
    if voting.is_confirmed:
        return voting
    if has_marks(voting):
        if not same:
            raise RefusedProblem(
                "测评票正在录入，被测评人不能再变",
                f"{voting.held_on}",
                "请先确认这一轮的计票，或删去重新录入",
            )
        return voting
    if voting.audience == Audience.MASSES:
        return replace(voting, lines=lines)
    due, present = due_of(after.participants)
    return replace(voting, lines=lines, due=due, present=present, issued=present)


def _names(listed: Iterable[Participant]) -> list[str]:
    found: list[str] = []
    seen: dict[str, int] = {}
    for each in listed:
        seen[each.name] = seen.get(each.name, 0) + 1
        number = seen[each.name]
        found.append(each.name if number == 1 else f"{each.name}（{number}）")
    return found
