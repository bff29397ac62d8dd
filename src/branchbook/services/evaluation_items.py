"""What the Desk says of the yearly evaluation: due or overdue by the year (B-29, V-01), begun, or to be carried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import YEARLY
from branchbook.domain.procedures import Procedure, standings
from branchbook.domain.requirements import Finding, FindingState
from branchbook.domain.rulebook import Rulebook
from branchbook.services.due_items import DueItem, short_date
from branchbook.services.evaluation_reading import EVALUATION, evaluations_in
from branchbook.services.store import Reading
from branchbook.services.term_items import step_item, urgent_step


def evaluation_items(
    reading: Reading,
    found: Sequence[Finding],
    words: Mapping[UUID, str],
    places: Sequence[UUID],
    rules: Rulebook,
    today: date,
) -> tuple[DueItem, ...]:
    """A line for each branch that owes the year's evaluation, which opens its round or begins it; then other rounds.

    ``found`` are the findings of the year shown, ``rules`` those of ``today``. A line with its finding stands in
    place of the finding's own.
    """
    opened = [each for each in evaluations_in(reading) if each.is_open and each.organisation_id in places]
    owed = [each for each in found if _owes(each)]
    covered: set[UUID] = set()
    items: list[DueItem] = []
    for finding in owed:
        own = next((each for each in opened if _is_of(each, finding)), None)
        covered |= {own.id} if own else set()
        items.append(_owed_item(finding, own, words, rules, today))
    return (*items, *_others([each for each in opened if each.id not in covered], words, rules, today))


def _owes(finding: Finding) -> bool:
    """A record that is planned stays a record; nothing is taken away from who keeps simple records."""
    open_states = (FindingState.DUE, FindingState.OVERDUE)
    return finding.requirement == EVALUATION and finding.state in open_states and not finding.records


def _is_of(procedure: Procedure, finding: Finding) -> bool:
    return (procedure.organisation_id, procedure.year) == (finding.organisation_id, finding.period_end.year)


def _owed_item(
    finding: Finding, own: Procedure | None, words: Mapping[UUID, str], rules: Rulebook, today: date
) -> DueItem:
    days = (finding.period_end - today).days
    late = finding.state == FindingState.OVERDUE
    whose = words.get(finding.organisation_id, "")
    parts = [whose, f"{short_date(finding.period_end, today)}前{'应完成' if late else ''}"]
    if own is not None:
        step = urgent_step(standings(YEARLY, own, today, {}, rules))
        parts.append(f"下一步：{step.spec.name}" if step else "可以办结")
    return DueItem(
        title=f"{finding.period_end.year}年度{finding.title}",
        badge=f"逾期 {-days} 天" if late else f"还有 {days} 天",
        tone="bad" if late else "warn",
        detail=" · ".join(part for part in parts if part),
        article=finding.article,
        action="打开" if own else "开始评议",
        finding=finding,
        organisation_id=finding.organisation_id,
        procedure_id=own.id if own else None,
        begin_procedure="" if own else YEARLY.key,
        year=finding.period_end.year,
    )


def _others(
    opened: Sequence[Procedure], words: Mapping[UUID, str], rules: Rulebook, today: date
) -> Iterator[DueItem]:
    """Rounds that are graded, or of another year, and not ended: at the step where they stand."""
    for each in sorted(opened, key=lambda each: (each.year, each.begun_on)):
        step = urgent_step(standings(YEARLY, each, today, {}, rules))
        name, whose = f"{each.year}年度民主评议党员", words.get(each.organisation_id, "")
        if step is not None:
            item = step_item(each, name, f"{whose} · " if whose else "", step, rules, today)
            yield replace(item, year=each.year)
        else:
            yield DueItem(
                title=name,
                badge="可以办结",
                tone="quiet",
                detail=whose,
                article="",
                action="打开",
                organisation_id=each.organisation_id,
                procedure_id=each.id,
                year=each.year,
            )
