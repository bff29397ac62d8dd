"""Before the meeting: opinions of members and masses (D3), the committee's review (D4), the register of the notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Value
from branchbook.domain.working_days import PROVISIONAL_MARK
from branchbook.services.conversion_facts import ConversionFacts
from branchbook.services.paper_values_conversion_register import day_or_empty
from branchbook.services.paper_words import paragraphs
from branchbook.services.public_notices import LOCAL_WORKING_DAYS

Values = Mapping[str, Value]


def people(count: int | None) -> str:
    """12名; empty where it is not known."""
    return "" if count is None else f"{count}名"


def opinion_values(facts: ConversionFacts) -> Values:
    """The talk with members and masses; the one who is talked about does not come."""
    asked = facts.opinions
    return {
        "time": day_or_empty(asked.given_on),
        "person": facts.person,
        "members": people(asked.members),
        "masses": people(asked.masses),
        "opinion": paragraphs(asked.text),
    }


def opinion_list_values(facts: ConversionFacts) -> Values:
    """Empty lines to be written by those asked."""
    return {"person": facts.person}


def review_values(facts: ConversionFacts) -> Values:
    """What was looked at and what the committee concluded."""
    review = facts.review
    conclusion = f"提请支部大会讨论{review.conclusion}" if review.conclusion else ""
    return {
        "person": facts.person,
        "held_on": day_or_empty(review.held_on),
        "due": people(review.due),
        "present": people(review.present),
        "checks": tuple({"what": what, "found": found} for what, found in _checks(facts)),
        "conclusion": conclusion,
        "opinion": paragraphs(review.text),
    }


def _checks(facts: ConversionFacts) -> Iterator[tuple[str, str]]:
    """What is looked at, each with what the book knows; the rest is written in by hand."""
    yield "转正申请书", f"{chinese_date(facts.applied_on)}递交" if facts.applied_on else ""
    reports = facts.review.reports
    if reports is None:
        reports = sum(each.reports or 0 for each in facts.observations) or None
    yield "思想汇报", "" if reports is None else f"{reports}篇"
    observed = [each for each in facts.observations if each.observed_on is not None]
    wanted = len(facts.observations)
    yield "教育考察登记表", f"已考察{len(observed)}次，应考察{wanted}次" if observed else ""
    yield "党小组意见", _given(facts.group_opinion.given_on is not None, facts.group_opinion.text)
    yield "征求党员和群众意见", _asked(facts)
    yield "公示情况", _notice(facts)
    yield "奖惩情况", ""
    yield "其他", ""


def _given(given: bool, text: str) -> str:
    """A short opinion as it is; a long one stands in its own paper."""
    if not given:
        return ""
    line = text.strip().splitlines()[0] if text.strip() else "已提出"
    return line if len(line) <= 44 else "已提出，见《预备党员教育考察登记表》"


def _asked(facts: ConversionFacts) -> str:
    asked = facts.opinions
    if asked.given_on is None:
        return ""
    counted = ""
    if asked.members is not None or asked.masses is not None:
        counted = f"，党员{asked.members or 0}名、群众{asked.masses or 0}名"
    return f"{chinese_date(asked.given_on)}征求{counted}"


def _notice(facts: ConversionFacts) -> str:
    notice = facts.notice
    if notice.begins_on is None:
        return ""
    until = f"至{chinese_date(notice.ends_on)}" if notice.ends_on else "起"
    return f"{chinese_date(notice.begins_on)}{until}公示"


def notice_register_values(facts: ConversionFacts) -> Values:
    """The register of the notice: how long it ran in working days, and what came of it."""
    notice = facts.notice
    return {
        "person": facts.person,
        "begins_on": day_or_empty(notice.begins_on),
        "ends_on": day_or_empty(notice.ends_on),
        "working_days": _working_days(facts),
        "phone": notice.phone,
        "objections": paragraphs(notice.result),
    }


def _working_days(facts: ConversionFacts) -> str:
    """6个工作日（暂算）; the mark where the notice on days off of a year on the way is not known."""
    notice = facts.notice
    if notice.working_days is None:
        return ""
    mark = f"（{PROVISIONAL_MARK}，没有当年的放假通知）" if notice.provisional else ""
    short = f"，不足{LOCAL_WORKING_DAYS}个" if notice.working_days < LOCAL_WORKING_DAYS else ""
    return f"{notice.working_days}个工作日{short}{mark}"
