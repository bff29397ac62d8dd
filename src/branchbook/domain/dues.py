"""Membership dues (党费): what a member owes a month, which months, and what is in arrears. Amounts in whole fen.

The rates stand in the rulebook (党费收缴使用管理规定 第二条 to 第七条): a rate holds for the whole base and not by
slices (F-05). How amounts are rounded is written nowhere (F-17, 待核实): a setting decides and the rounding is told.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.rulebook import Rule, Rulebook


class Payer(StrEnum):
    """By what a member's dues are reckoned."""

    WAGE = "wage"  # monthly wage, F-01 to F-04
    RETIRED = "retired"  # pension, F-08
    FARMER = "farmer"  # a sum between two bounds, F-09
    LOW_INCOME = "low_income"  # students, unemployed, on relief: one sum, F-10
    REDUCED = "reduced"  # less or none, approved by the higher organisation, F-11


class DuesRounding(StrEnum):
    """What is done with parts of a fen (F-17, 待核实)."""

    FEN = "fen"  # half up
    DOWN = "down"  # left out
    JIAO = "jiao"  # half up to ten fen


WITH_BASE = frozenset({Payer.WAGE, Payer.RETIRED})
WITH_SUM = frozenset({Payer.FARMER, Payer.REDUCED})
LARGEST_BASE = 10**9
"""Ten million yuan a month, in fen: beyond it somebody mistyped."""


@dataclass(frozen=True, slots=True)
class MonthlyDue:
    """What is owed a month: ``fen``; ``permille`` where a rate applies; ``thousandths`` of a fen before rounding."""

    fen: int
    thousandths: int
    permille: int | None
    rule: Rule

    @property
    def rounded(self) -> bool:
        """Whether the amount is not what the rate gives exactly."""
        return self.fen * 1000 != self.thousandths


def monthly_due(
    payer: Payer, base_fen: int | None, sum_fen: int | None, rules: Rulebook, rounding: DuesRounding
) -> MonthlyDue | None:
    """What a member owes a month; None as long as the base, or the sum that was fixed, is not known.

    ``rules`` are those in force on the day; None too where they have no rule for it.
    """
    if payer in WITH_BASE:
        rule, permille = _rate(payer, base_fen, rules)
        if rule is None or base_fen is None:
            return None
        exact = base_fen * permille
        return MonthlyDue(_rounded(exact, rounding), exact, permille, rule)
    rule = rules.find(_SUMS[payer])
    fen = rule.number("fen") if rule and payer is Payer.LOW_INCOME else sum_fen
    return MonthlyDue(fen, fen * 1000, None, rule) if rule is not None and fen is not None else None


_SUMS = {Payer.FARMER: "F-09", Payer.LOW_INCOME: "F-10", Payer.REDUCED: "F-11"}
_WAGE_BANDS = ("F-01", "F-02", "F-03", "F-04")


def _rate(payer: Payer, base_fen: int | None, rules: Rulebook) -> tuple[Rule | None, int]:
    """The band of a base: its upper bound still belongs to it (以下 includes the number)."""
    if base_fen is None:
        return None, 0
    if payer is Payer.RETIRED:
        rule = rules.find("F-08")
        if rule is None:
            return None, 0
        return rule, rule.number("permille" if base_fen <= rule.number("to_fen") else "above_permille")
    for rule_id in _WAGE_BANDS:
        rule = rules.find(rule_id)
        if rule is not None and ("to_fen" not in rule.values or base_fen <= rule.number("to_fen")):
            return rule, rule.number("permille")
    return None, 0


def _rounded(thousandths: int, rounding: DuesRounding) -> int:
    if rounding is DuesRounding.DOWN:
        return thousandths // 1000
    if rounding is DuesRounding.JIAO:
        return (thousandths + 5000) // 10_000 * 10
    return (thousandths + 500) // 1000


def check_fixing(
    payer: Payer, base_fen: int | None, sum_fen: int | None, approval: str, rules: Rulebook
) -> None:
    """Refuse what cannot be fixed: no base or a senseless one, a farmer's sum out of bounds (F-09), less or none
    without the approval (F-11)."""
    if payer in WITH_BASE and (base_fen is None or not 0 < base_fen <= LARGEST_BASE):
        raise RefusedProblem("计算基数应是大于 0 的金额", "计算基数", "请填写每月的工资或养老金")
    if payer in WITH_SUM and (sum_fen is None or not 0 <= sum_fen <= LARGEST_BASE):
        raise RefusedProblem("请填写每月应交的金额", "月应交", "例如 0.50")
    if payer is Payer.FARMER and sum_fen is not None and (rule := rules.find("F-09")):
        least, most = rule.number("least_fen"), rule.number("most_fen")
        if not least <= sum_fen <= most:
            bounds = f"{least // 100}.{least % 100:02d} 元至 {most // 100}.{most % 100:02d} 元"
            raise RefusedProblem(f"农民党员每月交 {bounds}", "月应交", f"依据：{rule.citation}")
    if payer is Payer.REDUCED and not approval.strip():
        rule = rules.find("F-11")
        raise ReasonProblem(
            "少交或免交要支部研究、上一级党委批准",
            "批准依据",
            f"请写明批准的文件或日期（{rule.citation if rule else ''}）",
        )


# ------------------------------------------------------------------------------------ which months


@dataclass(frozen=True, slots=True)
class PayingSpan:
    """Days on which a member owes dues in one place: from ``from_on`` to before ``to_on`` (None: still).

    ``accepted``: it begins with the meeting that accepted the member, who owes from that day (F-12).
    """

    place: UUID
    from_on: date
    to_on: date | None = None
    accepted: bool = False


def months_owed(spans: Iterable[PayingSpan], place: UUID, year: int) -> tuple[int, ...]:
    """The months of a year owed in a place: where the member stood on the month's first day, so that nobody owes a
    month twice; the month of acceptance besides (第八条, F-12). The first day is this program's own convention."""
    known = tuple(spans)
    return tuple(month for month in range(1, 13) if _place_of(known, year, month) == place)


def _place_of(spans: Sequence[PayingSpan], year: int, month: int) -> UUID | None:
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    for each in spans:
        if each.from_on <= first and (each.to_on is None or first < each.to_on):
            return each.place
    accepted = (each for each in spans if each.accepted and first < each.from_on <= last)
    return next((each.place for each in accepted), None)


# --------------------------------------------------------------------------------------- arrears


@dataclass(frozen=True, slots=True)
class Arrears:
    """Months owed and not paid before the month of the day asked. ``run``: how many of them follow one another."""

    months: tuple[tuple[int, int], ...] = ()
    run: int = 0


def arrears_on(owed: Iterable[tuple[int, int]], paid: Collection[tuple[int, int]], day: date) -> Arrears:
    """The arrears as of a day; months are (year, month). A month is late once it is over."""
    over = sorted(each for each in set(owed) if each < (day.year, day.month))
    late = tuple(each for each in over if each not in paid)
    longest = run = 0
    for each in over:
        run = run + 1 if each not in paid else 0
        longest = max(longest, run)
    return Arrears(late, longest)


def arrears_rule(arrears: Arrears, rules: Rulebook) -> Rule | None:
    """The rule that arrears come under: six months running without good reason (F-14), before that criticism and
    education (M-15). The program only counts: what was the reason, and what follows, the meeting decides."""
    if not arrears.months:
        return None
    lapse = rules.find("F-14")
    if lapse is not None and arrears.run >= lapse.number("months"):
        return lapse
    return rules.find("M-15")


def is_late_payment(month: tuple[int, int], day: date, rules: Rulebook) -> bool:
    """Whether a payment comes later than dues are usually paid back (一般不超过 6 个月, 第十二条, F-13)."""
    rule = rules.find("F-13")
    behind = (day.year - month[0]) * 12 + day.month - month[1]
    return rule is not None and behind > rule.number("months")
