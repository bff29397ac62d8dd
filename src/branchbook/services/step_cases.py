"""What the checks of joining and conversion ask of a step, and the checks that hold for every step of both.

A check yields findings: an error refuses the step, a warning is told and stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.admission_versions import VERSION_VALUE, rules_of
from branchbook.domain.conversion_vote import RuleVersion, version_on
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Record
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level
from branchbook.domain.working_days import WorkCalendar
from branchbook.services.rules import rulebook_of
from branchbook.services.step_order import later_than
from branchbook.services.store import Reading
from branchbook.services.work_calendar import work_calendar_of


@dataclass(frozen=True, slots=True)
class StepCase:
    """A step that is done, with everything that its checks ask.

    ``procedure`` holds the step as entered; ``rules`` are those of the step's day, or of the version chosen
    for it; ``rulebook`` those of all times.
    """

    reading: Reading
    procedure: Procedure
    entry: StepEntry
    day: date
    person: Person | None
    roster: Roster
    rulebook: Rulebook
    rules: Rulebook
    calendar: WorkCalendar

    def finding(self, level: Level, text: str, *rule_ids: str) -> Finding:
        """A finding by the first of the rules that the step's rules have; uncited where they have none."""
        rule = self.rules.first_of(*rule_ids)
        return Finding(level, rule.id if rule else "", rule.citation if rule else "", text)

    def number(self, key: str, *rule_ids: str) -> int | None:
        """A number of the first of these rules; None where the step's rules have none."""
        rule = self.rules.first_of(*rule_ids)
        return rule.number(key) if rule else None


StepFindings = Callable[[StepCase], Iterator[Finding]]


def case_of(reading: Reading, procedure: Procedure, entry: StepEntry) -> StepCase:
    """The case of a step that is done; ``procedure`` already holds it."""
    if entry.done_on is None:
        raise ValueError("a step that is not done has no case")
    roster, rulebook = reading.roster(), rulebook_of(reading)
    return StepCase(
        reading,
        procedure,
        entry,
        entry.done_on,
        roster.person_by_id.get(procedure.subject_id or UUID(int=0)),
        roster,
        rulebook,
        rules_of(rulebook, entry.done_on, entry.text(VERSION_VALUE)),
        work_calendar_of(reading),
    )


def rule_version(reading: Reading, entry: StepEntry) -> RuleVersion | None:
    """Which text of 发展党员工作细则 a step follows: the one chosen, else that of its day; None before 2014."""
    chosen = entry.text(VERSION_VALUE)
    if chosen in {each.value for each in RuleVersion}:
        return RuleVersion(chosen)
    return version_on(entry.done_on, rulebook_of(reading)) if entry.done_on else None


def refuse_faults(
    reading: Reading,
    procedure: Procedure,
    entry: StepEntry,
    checks: Mapping[str, tuple[StepFindings, ...]],
) -> None:
    """Raise RefusedProblem for the first error of a step as it is being entered, citing its article."""
    if entry.done_on is None:
        return
    case = case_of(reading, procedure.with_entry(entry), entry)
    for found in _findings(case, checks):
        if found.level == Level.ERROR:
            raise RefusedProblem(found.text, found.article or _name(case), "请核对日期和内容；已录入的没有丢")


def warnings_of(
    reading: Reading, procedure: Procedure, checks: Mapping[str, tuple[StepFindings, ...]]
) -> Iterator[Finding]:
    """What is worth a look about the steps that are done, in the order in which they were entered."""
    for entry in procedure.steps:
        yield from warnings_of_step(reading, procedure, entry, checks)


def warnings_of_step(
    reading: Reading,
    procedure: Procedure,
    entry: StepEntry,
    checks: Mapping[str, tuple[StepFindings, ...]],
) -> Iterator[Finding]:
    """What is worth a look about one step; nothing about one that is not done."""
    if entry.done_on is not None:
        case = case_of(reading, procedure, entry)
        yield from (each for each in _findings(case, checks) if each.level == Level.WARNING)


def _findings(case: StepCase, checks: Mapping[str, tuple[StepFindings, ...]]) -> Iterator[Finding]:
    for check in (_version, _in_order, _still_here, _meeting_day, *checks.get(case.entry.step, ())):
        yield from check(case)


def _name(case: StepCase) -> str:
    spec = shape_of(case.procedure.shape).step(case.entry.step)
    return spec.name if spec else case.entry.step


def _version(case: StepCase) -> Iterator[Finding]:
    """Another version than that of the day needs a reason, and must be one that there is."""
    chosen = case.entry.text(VERSION_VALUE)
    if not chosen:
        return
    if chosen not in {each.value for each in RuleVersion}:
        yield Finding(Level.ERROR, "", "", f"没有“{chosen}”这一版发展党员工作细则，只有 2014 和 2026-05")
    elif version_on(case.day, case.rulebook) != chosen and not case.entry.reason.strip():
        yield Finding(Level.ERROR, "", "", f"{case.day} 不在 {chosen} 版施行期内，改用这一版须写明原因")


def _in_order(case: StepCase) -> Iterator[Finding]:
    """Also a step further back must not be later, unless a reason says why."""
    if not case.entry.reason.strip():
        for text in later_than(shape_of(case.procedure.shape), case.procedure, case.entry):
            yield Finding(Level.ERROR, "", "", text)


def _still_here(case: StepCase) -> Iterator[Finding]:
    """D-22: after a transfer out the branch that took the person in goes on."""
    if case.person is None:
        return
    facts = case.roster.facts_of(case.person.id, FactKind.MEMBERSHIP)
    if any(fact.holds_on(case.day) for fact in facts):
        return
    left = [each for each in facts if each.ending == MembershipChange.TRANSFERRED_OUT and each.to_on]
    gone = [each.to_on for each in left if each.to_on and each.to_on <= case.day]
    if gone:
        text = f"{case.person.name}已于 {max(gone)} 转出，{case.day} 的事项由转入的支部办理"
        yield case.finding(Level.ERROR, text, "D-22")


def _meeting_day(case: StepCase) -> Iterator[Finding]:
    """A step that names its meeting happened on the meeting's day."""
    record = case.reading.get(Record, case.entry.record_id) if case.entry.record_id else None
    if record is not None and record.held_on is not None and record.held_on != case.day:
        yield Finding(Level.WARNING, "", "", f"{_name(case)}登记为 {case.day}，所选会议在 {record.held_on}")
