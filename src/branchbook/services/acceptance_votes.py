"""The vote on an acceptance, as the meeting's record has it: without one that passed there is nothing to approve."""

from __future__ import annotations

from collections.abc import Iterator

from branchbook.domain.records import AgendaItem, DecisionKind, Record
from branchbook.domain.tally_findings import Finding, Level
from branchbook.domain.voting import decide
from branchbook.services.step_cases import StepCase


def failed_vote(case: StepCase, level: Level) -> Iterator[Finding]:
    """The vote on this person in the final record of the step's meeting that did not pass, with its count (D-09).

    Of several people voted on at one meeting the item that names the person; a record without such a vote, and one
    whose recorded outcome has its reason, says nothing.
    """
    record_id = case.procedure.entry("meeting").record_id
    record = case.reading.get(Record, record_id) if record_id else None
    if record is None or record.frozen is None or record.held_on is None:
        return
    for item in _about(case, record):
        if item.vote is None or item.vote.reason.strip():
            continue
        rules = case.rulebook.on(record.held_on)
        found = decide(item.vote, record.frozen.due_votes, record.frozen.present_votes, rules)
        if found.article and not found.passed:
            yield Finding(level, "", found.article, f"大会对“{item.title}”的表决没有通过：{found.sentence}")


def _about(case: StepCase, record: Record) -> list[AgendaItem]:
    items = [
        each
        for each in record.agenda
        if each.vote is not None and each.vote.decision == DecisionKind.ACCEPTANCE
    ]
    name = case.person.name if case.person else ""
    named = [each for each in items if name and name in each.title]
    return named or (items if len(items) == 1 else [])
