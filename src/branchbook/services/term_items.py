"""What the Desk says about terms that end, and about procedures under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures import election_steps
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY, shape_of
from branchbook.domain.dates import chinese_date
from branchbook.domain.procedures import Procedure, StepStanding, StepState, next_step, standings
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import UNCONFIRMED_MARK, Rulebook
from branchbook.services.due_items import DueItem
from branchbook.services.election_shapes import suggested_in
from branchbook.services.evaluation_reading import is_evaluation
from branchbook.services.store import Reading
from branchbook.services.term_dates import REMINDER_MONTHS, TermDates, anchors_of, dates_of_term


def term_items(
    reading: Reading, roster: Roster, rulebook: Rulebook, places: Sequence[UUID], today: date
) -> Iterator[DueItem]:
    """Terms from the day of the reminder on; the button opens the election of the place or begins it (B-40).

    ``rulebook`` holds the rules of ``today``. A term past its end, or past the day approved beyond it, is
    cited by the article that it breaks (选举条例 第三条, E-02).
    """
    procedures = reading.all(Procedure)
    for place in places:
        term = roster.term_on(place, today)
        dates = dates_of_term(term, procedures, rulebook, today) if term else None
        if dates is not None and today >= dates.remind_on:
            yield _term_item(roster, rulebook, dates, procedures, today, named=len(places) > 1)


def procedure_items(
    reading: Reading, roster: Roster, rulebook: Rulebook, places: Sequence[UUID], today: date
) -> Iterator[DueItem]:
    """Open procedures with the step that is overdue, else the next one, each with its article.

    Those about a person have lines of their own (``conversion_items``), and so have yearly rounds.
    """
    procedures = reading.all(Procedure)
    shown = [
        each
        for each in procedures
        if each.is_open and each.organisation_id in places and each.subject_id is None
        if not is_evaluation(each)
    ]
    for procedure in sorted(shown, key=lambda each: (places.index(each.organisation_id), each.begun_on)):
        if procedure.shape not in SHAPE_BY_KEY:  # of a later version of the program
            continue
        term = roster.term_on(procedure.organisation_id, today)
        dates = dates_of_term(term, procedures, rulebook, today) if term else None
        shape = shape_of(procedure.shape)
        steps = standings(shape, procedure, today, anchors_of(procedure, dates), rulebook)
        step = urgent_step(steps)
        if step is not None:
            name = roster.organisation_by_id[procedure.organisation_id].name_on(today)
            whose = f"{name} · " if len(places) > 1 else ""
            yield step_item(procedure, shape.name, whose, step, rulebook, today)


def _term_item(
    roster: Roster,
    rulebook: Rulebook,
    dates: TermDates,
    procedures: Sequence[Procedure],
    today: date,
    *,
    named: bool,
) -> DueItem:
    place = dates.term.organisation_id
    days = (dates.latest_on - today).days
    over = days < 0
    body = f"{'委员会' if dates.term.with_committee else '书记'}任期"
    rule = rulebook.find("E-02" if over else "B-40")
    opened = next((each for each in procedures if _is_election_of(each, place)), None)
    return DueItem(
        title=f"{roster.organisation_by_id[place].name_on(today)}{body}" if named else body,
        badge=f"超期 {-days} 天" if over else f"还有 {days} 天",
        tone="bad" if over else "quiet",
        detail=_term_words(dates, rulebook),
        article=rule.citation if rule else "",
        action="打开" if opened else "开始换届",
        organisation_id=place,
        procedure_id=opened.id if opened else None,
        begin_procedure="" if opened else suggested_in(roster, rulebook, dates, place, today).shape.key,
    )


def _term_words(dates: TermDates, rulebook: Rulebook) -> str:
    reminder = rulebook.find("B-40")
    months = reminder.number("months") if reminder else REMINDER_MONTHS
    return f"{chinese_date(dates.ends_on)}届满 · {dates.extended_words or f'提前 {months} 个月提醒'}"


def _is_election_of(procedure: Procedure, place: UUID) -> bool:
    shape = SHAPE_BY_KEY.get(procedure.shape)
    return (
        procedure.is_open
        and procedure.organisation_id == place
        and shape is not None
        and shape.family == election_steps.FAMILY
    )


def urgent_step(steps: tuple[StepStanding, ...]) -> StepStanding | None:
    """The overdue step that was due first; else where work goes on."""
    late = [each for each in steps if each.overdue and each.state is not StepState.NOT_NEEDED and each.due_on]
    return min(late, key=lambda each: each.due_on or date.max) if late else next_step(steps)


def step_item(
    procedure: Procedure, name: str, whose: str, step: StepStanding, rulebook: Rulebook, today: date
) -> DueItem:
    """The line of a procedure at one of its steps. ``name`` is the procedure's, ``whose`` the place's or empty."""
    due = step.spec.due
    rules = (due.rule_id if due and due.rule_id else "", *step.spec.rule_ids)
    rule = rulebook.first_of(*filter(None, rules))
    doubtful = bool(due and due.unconfirmed) and not (rule and (rule.unconfirmed or rule.source))
    if step.due_on is None:
        badge, tone = "办理中", "quiet"
        detail = f"{whose}下一步 · {chinese_date(procedure.begun_on)}开始办理"
    else:
        days = (step.due_on - today).days
        badge = f"逾期 {-days} 天" if step.overdue else f"还有 {days} 天"
        tone = "bad" if step.overdue else "warn" if days <= 31 else "quiet"
        detail = f"{whose}{chinese_date(step.due_on)}前"
    return DueItem(
        title=f"{name}：{step.spec.name}",
        badge=badge,
        tone=tone,
        detail=f"{detail}（{UNCONFIRMED_MARK}）" if doubtful and step.due_on else detail,
        article=rule.citation if rule else "",
        action="打开",
        organisation_id=procedure.organisation_id,
        procedure_id=procedure.id,
    )
