"""What of a conversion goes to others and comes from them: acceptance, notice, report and approval, for its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from branchbook.catalogue.procedures.joining import FAMILY as JOINING_FAMILY
from branchbook.domain.admission_versions import VERSION_VALUE, rules_of
from branchbook.domain.ballots import QuestionRound
from branchbook.domain.dates import add_months, chinese_date
from branchbook.domain.deadlines import CONVERSION_APPROVAL
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.conversion_facts import Approval, JoiningFacts, PublicNotice, Report
from branchbook.services.paper_binding import Binding
from branchbook.services.probations import family_of
from branchbook.services.public_notices import ENDS_ON, LOCAL_WORKING_DAYS
from branchbook.services.store import Reading
from branchbook.services.work_calendar import work_calendar_of


def joining_of(person: Person, procedures: Sequence[Procedure]) -> JoiningFacts:
    """What the book keeps of the person's way to the acceptance; of several the one begun last."""
    own = [each for each in procedures if family_of(each) == JOINING_FAMILY]
    if not own:
        return JoiningFacts(person.applied_on)
    joining = max(own, key=lambda each: each.begun_on)
    sponsors = joining.entry("sponsors").people.get("sponsors", ())
    return JoiningFacts(
        joining.done_on("application") or person.applied_on,
        tuple(each.name for each in sponsors),
        _training(joining.entry("training")),
        joining.entry("form").text("number"),
        joining.done_on("political_review"),
        joining.done_on("form"),
    )


def _training(entry: StepEntry) -> str:
    """2024年10月12日结业，3天，结业证号…; only what was entered."""
    if entry.done_on is None:
        return ""
    parts = [f"{chinese_date(entry.done_on)}短期集中培训结业"]
    parts += [f"{entry.number('days')}天"] if entry.number("days") else []
    parts += [f"{entry.number('hours')}学时"] if entry.number("hours") else []
    parts += [f"结业证号{entry.text('certificate')}"] if entry.text("certificate") else []
    return "，".join(parts)


def notice_of(reading: Reading, entry: StepEntry) -> PublicNotice:
    """The notice with its working days (国务院办公厅放假通知), 暂算 where a year on the way has no table."""
    begins_on, ends_on = entry.done_on, entry.day(ENDS_ON)
    notice = PublicNotice(begins_on, ends_on, entry.text("phone"), entry.text("result"))
    if begins_on is None:
        return notice
    calendar = work_calendar_of(reading)
    least = calendar.last_day(begins_on, LOCAL_WORKING_DAYS)
    notice = replace(notice, least_on=least.day, provisional=least.provisional, notices=least.notices)
    if ends_on is None or ends_on < begins_on:
        return notice
    known = calendar.knows(begins_on) and calendar.knows(ends_on)
    return replace(
        notice,
        working_days=calendar.working_days(begins_on, ends_on),
        provisional=notice.provisional or not known,
    )


def report_of(binding: Binding, procedure: Procedure, decided: QuestionRound | None, higher: str) -> Report:
    """What went up, and until when it is to be decided by the rules of its day (D-18, D26-16)."""
    entry = procedure.entry("report")
    report = Report(
        entry.done_on,
        entry.text("document"),
        entry.text("addressee") or higher,
        entry.text("contact"),
        entry.text("phone"),
    )
    reported_on = entry.done_on or (decided.held_on if decided else None)
    if reported_on is None:
        return report
    rules = rules_of(binding.view.rulebook, reported_on, entry.text(VERSION_VALUE))
    rule = rules.first_of(*CONVERSION_APPROVAL)
    if rule is None:
        return report
    return replace(report, due_on=add_months(reported_on, rule.number("months")), article=rule.citation)


def approval_of(procedure: Procedure) -> Approval:
    """The decision, and what was done where it was refused."""
    entry = procedure.entry("approval")
    return Approval(
        entry.done_on,
        entry.text("document"),
        entry.text("authority"),
        entry.text("outcome"),
        entry.text("note"),
        procedure.entry("after_refusal").text("note"),
    )
