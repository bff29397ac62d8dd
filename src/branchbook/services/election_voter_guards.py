"""What may no longer change about the voters of an election, and which exclusions cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from branchbook.domain.ballots import Voter
from branchbook.domain.elections import GENERAL_MEETING, cited, has_ballots
from branchbook.domain.electorate import exclusion_faults
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.operations import Actor

_FROZEN = "应到人数已经冻结"


def refuse_frozen(procedure: Procedure) -> None:
    """Once 应到 is frozen nothing about it changes."""
    if procedure.voters_frozen_on is not None:
        raise RefusedProblem(
            _FROZEN, f"{procedure.voters_frozen_on}", "名册之后的变动只作提示；会议另行召开的可重新核定"
        )


def refuse_after_freeze(procedure: Procedure, stored: Voter, changed: Voter) -> None:
    """After the freeze only the presence of those due changes, until ballots are counted."""
    if stored.present != changed.present:
        refuse_counted(procedure)
    if procedure.voters_frozen_on is None:
        return
    if replace(stored, present=changed.present) != changed:
        raise RefusedProblem(_FROZEN, stored.name, "发票之后不能再改不计入的人员")
    if stored.present != changed.present and not stored.is_due:
        raise RefusedProblem(f"{stored.name}不计入应到，到会与否不影响选举", _FROZEN)


def refuse_counted(procedure: Procedure) -> None:
    """Who was present stands once ballots of the meeting are counted."""
    held = [each for each in procedure.rounds if each.step == GENERAL_MEETING and has_ballots(each)]
    if procedure.voters_frozen_on is not None and any(
        each.held_on == procedure.voters_frozen_on for each in held
    ):
        raise RefusedProblem("已经开始计票，到会人数不能再改", "投票计票", "请先清空未确认的计票")


def refuse_faulty(voters: Iterable[Voter], day: date | None, rules: Rulebook) -> None:
    """Exclusions that cannot be, each with the article of its class (X1–X6)."""
    for voter in voters:
        faults = tuple(exclusion_faults(voter, day, rules))
        if faults:
            said = cited(rules, voter.exclusion or "X1", "；".join(faults))
            raise RefusedProblem(said, voter.name, "须上级同意（文号、日期）并经大会通过")


def refuse_day(procedure: Procedure, day: date, actor: Actor) -> None:
    """The freeze is on the day of the meeting, not before the voters were looked at, and not in the future."""
    if day > actor.today:
        raise RefusedProblem("大会日期在今天之后，还不能冻结应到人数", f"{day}", "开会当天再冻结")
    opened = procedure.done_on("opening")
    if opened is not None and opened != day:
        raise RefusedProblem(f"与大会开幕的日期 {opened} 不同", f"{day}", "请核对日期")
    earlier = procedure.done_on("voters")
    if earlier is not None and earlier > day:
        raise RefusedProblem(f"早于核定选举权人的日期 {earlier}", f"{day}", "请核对日期")
