"""修改历史 beside a value: what changed in words, and only that it changed where the record is private."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from branchbook.services.history import NOT_TOLD, FieldDifference, ValueChange
from branchbook.ui.widgets.value_history import ValueHistory


def change(*differences: FieldDifference) -> ValueChange:
    at = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
    return ValueChange(uuid4(), 1, at, "赵示例", "填写谈心谈话", "", "更改", differences)


def test_of_a_private_record_it_says_only_that_it_changed(qtbot):
    history = ValueHistory()
    qtbot.addWidget(history)
    history.show_changes((change(*NOT_TOLD), change(FieldDifference("地点", "", "会议室"))))
    lines = [line.strip() for line in history.lines.text().splitlines()]
    assert lines[1] == "内容不公开"
    assert lines[3] == "地点：（空） → 会议室"
