"""tally of the vote on a probationary member: the form of the issue's example, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Answer, CommandLine, refused

VOTE: dict[str, Any] = {
    "kind": "conversion",
    "rule_version": "2014",
    "question": "convert",
    "due": 15,
    "present": 8,
    "issued": 8,
    "returned": 8,
    "invalid": 0,
    "for": 6,
    "against": 1,
    "abstain": 1,
    "written": {"for": 2, "against": 1, "abstain": 0},
}


@pytest.fixture
def counted(branchbook: CommandLine, tmp_path):
    def run(content: Any, *options: str) -> Answer:
        path = tmp_path / "表决.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return branchbook("tally", path, *options)

    return run


def test_a_vote_that_passes_with_written_opinions(counted):
    answer = counted(VOTE, "--json")
    assert (answer.code, answer.errors) == (0, "")
    result = json.loads(answer.out)
    assert list(result) == ["valid", "passed", "quorum", "needed", "for_total", "findings"]
    assert result["quorum"] == {"needed": 8, "present": 8, "met": True}
    assert (result["valid"], result["passed"], result["needed"], result["for_total"]) == (True, True, 8, 8)


def test_issued_returned_and_invalid_may_be_left_out(counted):
    short = {key: VOTE[key] for key in VOTE if key not in ("issued", "returned", "invalid", "written")}
    answer = counted(short, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["passed"] is False


def test_without_a_quorum_nothing_is_valid(counted):
    answer = counted(VOTE | {"due": 16}, "--json")
    assert answer.code == 1
    assert json.loads(answer.out)["valid"] is False


def test_a_valid_vote_that_fails_is_no_error(counted):
    answer = counted(VOTE | {"for": 5, "against": 2}, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["passed"] is False


def test_the_words_for_people(counted):
    answer = counted(VOTE)
    assert "按期转正（按 2014 版细则）　通过" in answer.out
    assert "含书面 2 票" in answer.out


@pytest.mark.parametrize(
    "change",
    [
        {"question": "promote"},
        {"rule_version": "2020"},
        {"for": -1},
        {"for": 1.5},
        {"due": 100_001},
        {"written": {"for": 1, "perhaps": 1}},
        {"seats": 1},
    ],
)
def test_what_cannot_be_read(counted, change):
    refused(counted(VOTE | change, "--json"), "计票文件有误", code=2)
