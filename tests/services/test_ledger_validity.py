"""What no book can hold of a ledger is refused when a file brings it; what only a newer program knows is kept."""

from __future__ import annotations

from uuid import uuid4

import pytest

from branchbook.domain.fields import FieldSpec
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.problems import UnreadableProblem
from branchbook.services.exchange_validity import valid
from branchbook.services.ledger_reading import definition_id
from tests.services.small_book import FIRST_BRANCH

OF_IT = definition_id("rectification")


def row(ledger: str, **values) -> LedgerRow:
    return LedgerRow(uuid4(), ledger, FIRST_BRANCH, values)


@pytest.mark.parametrize(
    "value, said",
    [
        (row("rectification", due_on="六月底"), "整改时限”不是日期“六月底”"),
        (row("rectification", due_on=5), "整改时限”不是日期"),
        (row("rectification", problem=5), "问题表现”不是文字"),
        (row("hardship_visits", money="一百"), "金额（元）”不是数"),
        (row("hardship_visits", money=True), "金额（元）”不是数"),
        (row(""), "没有写明是哪本台账"),
        (LedgerDefinition(uuid4(), "own-1", own=True), "没有名称或栏目"),
        (LedgerDefinition(uuid4(), "", fields=(FieldSpec("a", "甲"),)), "没有名称或栏目"),
        (LedgerDefinition(OF_IT, "rectification", fields=(FieldSpec("a", "甲"),) * 2), "两个同名的栏目"),
        (LedgerDefinition(uuid4(), "rectification", hidden=("target",)), "编号与台账不符"),
        (
            LedgerDefinition(uuid4(), "rectification", own=True, name="甲", fields=(FieldSpec("a", "甲"),)),
            "用了随程序附带的台账的代号",
        ),
    ],
)
def test_it_is_refused_with_the_field(value, said):
    with pytest.raises(UnreadableProblem, match=said):
        valid(value, "第 1 项")


@pytest.mark.parametrize(
    "value",
    [
        row("rectification", problem="甲", due_on="2026-06-30", newer="来自新版本"),
        row("rectification", source="旧来源", due_on=""),
        row("来自新版本", due_on="六月底"),
        LedgerDefinition(OF_IT, "rectification", hidden=("target",)),
        LedgerDefinition(uuid4(), "来自新版本", hidden=("target",)),
    ],
)
def test_it_is_kept_as_it_is(value):
    assert valid(value, "第 1 项") == value


def test_texts_are_cleaned_as_if_they_had_been_typed():
    assert valid(row("rectification", problem="甲\x00乙"), "第 1 项").text("problem") == "甲乙"
