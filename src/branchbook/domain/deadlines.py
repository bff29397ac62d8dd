"""Dates that follow from other dates by calendar months: terms, probation, approvals. Month ends are clamped."""

from __future__ import annotations

from datetime import date

from branchbook.domain.dates import add_months
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook

PROBATION = ("D-01", "D26-14")
EXTENSION = ("D-15", "D26-18")
CONVERSION_APPROVAL = ("D-18", "D26-16")
ACCEPTANCE_APPROVAL = ("D-24", "D26-12")
POSTPONEMENT = ("D-21", "D26-20")


def term_ends_on(elected_on: date, years: int) -> date:
    """The same calendar day after the years of the term (关于党的基层组织任期的意见; the day itself is 待核实)."""
    return add_months(elected_on, 12 * years)


def probation_ends_on(accepted_on: date, rulebook: Rulebook) -> date:
    """Twelve calendar months from the day of the branch's resolution (发展党员工作细则; 党章 第七条)."""
    return add_months(accepted_on, _rule(rulebook, *PROBATION).number("months"))


def extended_until(ends_on: date, months: int, rulebook: Rulebook) -> date:
    """The end of an extended probation. Raises RefusedProblem outside of 6 to 12 months (D-15, D26-18)."""
    rule = _rule(rulebook, *EXTENSION)
    least, most = rule.number("least_months"), rule.number("most_months")
    if not least <= months <= most:
        raise RefusedProblem(
            f"延长预备期应为 {least} 至 {most} 个月",
            f"所填 {months} 个月；{rule.citation}",
            "请改为这个范围内的月数",
        )
    return add_months(ends_on, months)


def conversion_approval_due_on(reported_on: date, rulebook: Rulebook) -> date:
    """Three calendar months from the report, else from the meeting (D-18, D26-16)."""
    return add_months(reported_on, _rule(rulebook, *CONVERSION_APPROVAL).number("months"))


def acceptance_approval_due_on(reported_on: date, rulebook: Rulebook, *, special: bool = False) -> date:
    """Three calendar months, in special cases six (D-24, D26-12)."""
    rule = _rule(rulebook, *ACCEPTANCE_APPROVAL)
    return add_months(reported_on, rule.number("special_months" if special else "months"))


def postponed_until(ends_on: date, rulebook: Rulebook) -> date:
    """The last day for a meeting on someone transferred in: six months later (D-21, D26-20).

    The day of conversion stays the end of probation.
    """
    return add_months(ends_on, _rule(rulebook, *POSTPONEMENT).number("months"))


def _rule(rulebook: Rulebook, *rule_ids: str) -> Rule:
    rule = rulebook.first_of(*rule_ids)
    if rule is None:
        raise RefusedProblem(NO_RULEBOOK, "、".join(rule_ids), "请核对日期")
    return rule
