"""Amounts of money and other numbers with places behind the point, exact: whole numbers of their smallest part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.problems import RefusedProblem

MONEY_DECIMALS = 2
"""Yuan have two places: an amount is kept in fen."""

LARGEST_UNITS = 10**13
"""A hundred thousand million yuan in fen; beyond it a spreadsheet no longer keeps every digit."""

_WRITTEN = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DRESSING = str.maketrans("", "", "¥￥元 \t")


class HalfCents(StrEnum):
    """What is done with an amount that has parts of a fen: the rules say nothing (F-17, 待核实)."""

    REFUSE = "refuse"
    ROUND = "round"  # 四舍五入


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as read: ``units`` of the smallest part; ``rounded`` where the text said more than that."""

    units: int
    rounded: bool = False


def decimals_of(spec: FieldSpec) -> int:
    """The places behind the point of a field's numbers."""
    return MONEY_DECIMALS if spec.type == FieldType.MONEY else spec.decimals


def read_amount(text: str, decimals: int, half_cents: HalfCents = HalfCents.REFUSE) -> Amount:
    """An amount as people write it: 1,234.5, ￥50, 50元, full-width digits.

    Raises RefusedProblem for anything else, for a negative one, and for more places than there are where
    ``half_cents`` does not round them.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DRESSING)
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        what = "不能是负数" if plain.startswith("-") else "不是一个数"
        raise RefusedProblem(what, text.strip(), "例如 200 或 12.50")
    exact = Decimal(plain.replace(",", "")).scaleb(decimals)
    units = int(exact.to_integral_value(ROUND_HALF_UP))
    if units > LARGEST_UNITS:
        raise RefusedProblem("数目太大", text.strip(), "请核对")
    if units != exact and half_cents is HalfCents.REFUSE:
        raise RefusedProblem(
            f"最多 {decimals} 位小数" if decimals else "应是整数",
            text.strip(),
            "请改正，或在设置“金额不足一分时”中选择四舍五入",
        )
    return Amount(units, units != exact)


def amount_words(units: int, decimals: int) -> str:
    """1234.50; a number without places as it is. Without thousands' marks: files are read again."""
    if not decimals:
        return str(units)
    whole, part = divmod(abs(units), 10**decimals)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{decimals}}"
