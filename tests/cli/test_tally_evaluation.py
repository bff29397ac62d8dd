"""tally of an evaluation's ballots: the documented form, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Answer, CommandLine, refused

BALLOTS: dict[str, Any] = {
    "kind": "evaluation",
    "due": 3,
    "present": 3,
    "issued": 3,
    "returned": 3,
    "invalid": 1,
    "members": [
        {"name": "甲", "standing": "full"},
        {"name": "乙", "standing": "full"},
        {"name": "丙", "standing": "probationary"},
    ],
    "ballots": [{"甲": "excellent", "乙": ["qualified", "unqualified"]}, {"甲": "basically_qualified"}],
}


@pytest.fixture
def counted(branchbook: CommandLine, tmp_path):
    def run(content: Any, *options: str) -> Answer:
        path = tmp_path / "测评.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return branchbook("tally", path, *options)

    return run


def test_six_numbers_and_the_cap(counted):
    answer = counted(BALLOTS, "--json")
    assert (answer.code, answer.errors) == (0, "")
    assert list(answer.json) == ["valid", "members", "cap", "findings"]
    assert answer.json["members"][0] == {
        "name": "甲",
        "excellent": 1,
        "qualified": 0,
        "basically_qualified": 1,
        "unqualified": 0,
        "blank": 0,
        "void": 0,
    }
    assert answer.json["members"][1]["void"] == 1
    assert answer.json["cap"] == {"n": 2, "base": "full_members", "max": 0}


def test_a_grade_for_a_probationary_member_ends_with_one(counted):
    answer = counted(BALLOTS | {"ballots": [{"丙": "qualified"}, {}]}, "--json")
    assert answer.code == 1
    assert answer.json["valid"] is False


def test_the_words_for_people(counted):
    answer = counted(BALLOTS)
    assert "民主评议测评　计票有效" in answer.out
    assert "甲：优秀 1，合格 0，基本合格 1，不合格 0，弃权 0，作废 0" in answer.out


@pytest.mark.parametrize(
    "change",
    [
        {"ballots": [{"丁": "excellent"}, {}]},
        {"ballots": [{"甲": "perfect"}, {}]},
        {"members": [{"name": "甲", "standing": "full"}, {"name": "甲", "standing": "full"}]},
        {"members": [{"name": "甲", "standing": "applicant"}]},
        {"returned": -1},
        {"base": "everyone"},
        {"seats": 3},
    ],
)
def test_what_cannot_be_read(counted, change):
    refused(counted(BALLOTS | change, "--json"), "计票文件有误", code=2)
