"""What a conversion lacks on a day, in the order of the year, each part with its article."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from branchbook.catalogue.procedures.conversion_steps import REFUSED
from branchbook.domain.dates import add_months
from branchbook.domain.deadlines import CONVERSION_APPROVAL
from branchbook.domain.probation import ConversionNeed, Probation
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.probations import EXTENDED_SHAPE
from branchbook.services.rule_choices import ObservationCadence

OBSERVATION_MONTHS = {ObservationCadence.QUARTERLY: 3, ObservationCadence.HALF_YEARLY: 6}

_NEED_RULES = {
    ConversionNeed.OBSERVATION: ("D-05", "D26-14-observation"),
    ConversionNeed.APPLICATION: ("D-07", "D26-15"),
    ConversionNeed.MEETING: ("D-06", "D26-14-early"),
    ConversionNeed.APPROVAL: ("D-18", "D26-16"),
    ConversionNeed.TALK: ("D-19", "D26-16-talk"),
    ConversionNeed.ARCHIVE: ("D-23", "D26-17"),
}
_NEED_WORDS = {
    ConversionNeed.OBSERVATION: "考察意见",
    ConversionNeed.APPLICATION: "转正申请",
    ConversionNeed.MEETING: "支部大会讨论",
    ConversionNeed.APPROVAL: "上级审批",
    ConversionNeed.TALK: "谈话并宣布",
    ConversionNeed.ARCHIVE: "材料归档",
}


@dataclass(frozen=True, slots=True)
class MissingPart:
    """One thing that a conversion lacks on the day: what, since or until when, and by which article."""

    need: ConversionNeed
    due_on: date
    overdue: bool
    article: str

    @property
    def need_words(self) -> str:
        """考察意见."""
        return _NEED_WORDS[self.need]

    @property
    def words(self) -> str:
        """考察意见（2026-08-23 前）."""
        return f"{self.need_words}（{self.due_on} 前）"


def missing_parts(
    probation: Probation, procedures: Sequence[Procedure], rules: Rulebook, day: date, every: int
) -> Iterator[MissingPart]:
    """What is owed by ``day``, in the order of the year. Observations made before a transfer count on."""
    current = next((each for each in procedures if each.is_open), None)
    done = _done(current, day)
    observed = _observed(procedures, probation, day)
    for due_on in _observations(probation, current, every)[observed:]:
        if day >= due_on and "meeting" not in done:
            yield _part(ConversionNeed.OBSERVATION, due_on, rules, day)
    if day >= probation.application_on and "application" not in done:
        yield _part(ConversionNeed.APPLICATION, probation.ends_on, rules, day)
    if day >= probation.ends_on and "meeting" not in done:
        until = current.entry("postponement").day("until") if current else None
        yield _part(ConversionNeed.MEETING, until or probation.ends_on, rules, day)
    if "meeting" in done and "approval" not in done:
        rule = rules.first_of(*CONVERSION_APPROVAL)
        reported_on = done.get("report", done["meeting"])
        due_on = add_months(reported_on, rule.number("months") if rule else 0)
        yield _part(ConversionNeed.APPROVAL, due_on, rules, day)
    if current is not None:
        yield from parts_after_approval(current, rules, day)


def parts_after_approval(procedure: Procedure, rules: Rulebook, day: date) -> Iterator[MissingPart]:
    """The talk and the file, which are owed once the approval is recorded."""
    done = _done(procedure, day)
    if "approval" in done and "talk" not in done:
        yield _part(ConversionNeed.TALK, done["approval"], rules, day)
    if "talk" in done and "archive" not in done:
        yield _part(ConversionNeed.ARCHIVE, done["talk"], rules, day)


def _part(need: ConversionNeed, due_on: date, rules: Rulebook, day: date) -> MissingPart:
    rule = rules.first_of(*_NEED_RULES[need])
    return MissingPart(need, due_on, day > due_on, rule.citation if rule else "")


def _done(procedure: Procedure | None, day: date) -> Mapping[str, date]:
    if procedure is None:
        return {}
    days = procedure.days
    if procedure.latest_on is not None and procedure.latest_on > day:
        days = {key: done_on for key, done_on in days.items() if done_on <= day}
    approval = procedure.entry("approval")
    if "approval" in days and approval.text("outcome") == REFUSED:
        return {key: done_on for key, done_on in days.items() if key not in _undone_by_refusal(procedure)}
    return days


def _undone_by_refusal(procedure: Procedure) -> Collection[str]:
    """D-14: what was not approved is not decided; the branch discusses again, and that is what is approved then."""
    refused_on = procedure.done_on("approval")
    again = any(
        each.confirmed_on is not None and refused_on is not None and each.held_on > refused_on
        for each in procedure.questions
    )
    return ("approval",) if again else ("approval", "report", "meeting")


def _observed(procedures: Sequence[Procedure], probation: Probation, day: date) -> int:
    """How many observations were made: of the first year in any branch, of an extension in its own conversion."""
    extended = probation.extension is not None
    own = (each for each in procedures if (each.shape == EXTENDED_SHAPE) == extended)
    return len({step for each in own for step in _done(each, day) if step.startswith("observation_")})


def _observations(probation: Probation, procedure: Procedure | None, every: int) -> tuple[date, ...]:
    """When observations are due: as the conversion at hand has them, else by the setting; of an extension one."""
    if probation.extension is not None:
        return (probation.ends_on,)
    return probation.observations(_EVERY.get(procedure.shape, every) if procedure else every)


_EVERY = {"conversion": 3, "conversion_half_yearly": 6}
