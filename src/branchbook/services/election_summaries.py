"""One short line for each step of an election, as the time line shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.catalogue.procedures.elections import TERM_EXTENSION
from branchbook.domain.elections import COMMITTEE_MEETING
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_voters import voter_counts
from branchbook.services.store import Reading

_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class _Step:
    """What a line may say something about."""

    procedure: Procedure
    entry: StepEntry
    outcome: ElectionOutcome | None


def summaries_of(reading: Reading, procedure: Procedure, today: date) -> Mapping[str, str]:
    """Each step on which something is entered: its day and what matters most; empty lines are left out."""
    outcome = None if procedure.shape == TERM_EXTENSION.key else election_outcome(reading, procedure)
    found = {}
    for entry in procedure.steps:
        said = _WORDS.get(entry.step, _documents)(_Step(procedure, entry, outcome))
        line = _SEPARATOR.join(filter(None, (_day(entry.done_on, today), said)))
        if line:
            found[entry.step] = line
    return found


def _day(day: date | None, today: date) -> str:
    """8 月 20 日, with its year only where it is not this one."""
    if day is None:
        return ""
    short = f"{day.month} 月 {day.day} 日"
    return short if day.year == today.year else f"{day.year} 年 {short}"


def _documents(step: _Step) -> str:
    return _SEPARATOR.join(filter(None, (step.entry.text("document"), step.entry.text("outcome"))))


def _decided(step: _Step) -> str:
    counts = (
        (step.entry.text("vacated_posts"), "空缺"),
        (step.entry.number("seats"), "委员"),
        (step.entry.number("deputies"), "其中副书记" if step.entry.number("seats") else "副书记"),
        (step.entry.number("candidates"), "候选人"),
    )
    return "，".join(
        f"{word} {value} 名" if isinstance(value, int) else f"{word}{value}"
        for value, word in counts
        if value
    )


def _replied(step: _Step) -> str:
    early = "同意提前换届" if step.entry.flag("early") else ""
    return _SEPARATOR.join(filter(None, (_documents(step), early)))


def _nominated(step: _Step) -> str:
    issued, returned = step.entry.number("issued"), step.entry.number("returned")
    return f"发出推荐票 {issued} 张，收回 {returned} 张" if issued or returned else ""


def _voters(step: _Step) -> str:
    counts = voter_counts(step.procedure)
    if not counts.members:
        return ""
    left = counts.without_right + counts.excluded
    return f"应到 {counts.due} 名" + (f"，不计入 {left} 名" if left else "")


def _opened(step: _Step) -> str:
    counts = voter_counts(step.procedure)
    return f"应到 {counts.due} 名，实到 {counts.present} 名" if counts.present else ""


def _method(step: _Step) -> str:
    named = {key: dict.fromkeys(each.name for each in people) for key, people in step.entry.people.items()}
    watching = "、".join({**named.get("chief_scrutineer", {}), **named.get("scrutineers", {})})
    return f"监票人{watching}" if watching else ""


def _counted(step: _Step) -> str:
    outcome = step.outcome
    if outcome is None:
        return ""
    if outcome.void:
        return "选举无效"
    if outcome.committee:
        return f"当选委员 {len(outcome.committee)} 名"
    return _heads(outcome)


def _met(step: _Step) -> str:
    return _heads(step.outcome) if step.outcome is not None else ""


def _heads(outcome: ElectionOutcome) -> str:
    secretary = f"书记{outcome.secretary.name}" if outcome.secretary else ""
    deputies = "、".join(each.name for each in outcome.deputies)
    return "，".join(filter(None, (secretary, f"副书记{deputies}" if deputies else "")))


def _divided(step: _Step) -> str:
    people = {each.person_id for each in step.procedure.assignments}
    return f"{len(people)} 人分工" if people else ""


def _filed(step: _Step) -> str:
    return step.entry.text("place")


_WORDS: Mapping[str, Callable[[_Step], str]] = {
    "decision": _decided,
    "reply": _replied,
    "nomination": _nominated,
    "voters": _voters,
    "opening": _opened,
    "method": _method,
    "count": _counted,
    COMMITTEE_MEETING: _met,
    "division": _divided,
    "filing": _filed,
}
"""Steps that say more than the number of their document."""
