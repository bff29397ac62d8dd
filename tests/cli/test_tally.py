"""tally: counts in real files, what is reported of them, and every file that cannot be read."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from tests.cli.conftest import Answer, CommandLine, refused

VOTES = {"甲": 17, "乙": 15, "丙": 11, "丁": 9}
TOTALS: dict[str, Any] = {
    "kind": "committee",
    "on": "2026-05-20",
    "due": 23,
    "present": 19,
    "issued": 19,
    "returned": 19,
    "seats": 3,
    "base": "present",
    "candidates": list(VOTES),
    "totals": [
        {"name": name, "for": votes, "against": 18 - votes, "abstain": 1, "illegible": 0}
        for name, votes in VOTES.items()
    ],
    "invalid": 0,
    "write_ins": [{"name": "戊", "for": 2}],
}
BALLOTS: dict[str, Any] = {
    key: value for key, value in TOTALS.items() if key not in ("totals", "invalid", "write_ins")
} | {
    "seats": 1,
    "due": 4,
    "present": 4,
    "issued": 4,
    "returned": 4,
    "candidates": ["甲", "乙", "丙"],
    "ballots": [
        {"甲": "for", "乙": "against", "丙": "abstain", "write_ins": []},
        {"甲": "for", "乙": "for"},
        {"甲": "for", "乙": "illegible", "write_ins": ["戊"]},
        {"甲": "against", "write_ins": ["戊"]},
    ],
}
KEYS = ["valid", "elected", "tie", "vacant", "quorum", "ballots", "results", "findings"]


@pytest.fixture
def counted(branchbook: CommandLine, tmp_path):
    """Tallies a table, or the text or bytes of a file."""

    def run(content: Any, *options: str) -> Answer:
        path = tmp_path / "计票.json"
        text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return branchbook("tally", path, *options)

    return run


def changed(content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return deepcopy(content) | changes


class TestReports:
    def test_totals_as_json(self, counted):
        answer = counted(TOTALS, "--json")
        assert (answer.code, answer.errors) == (0, "")
        report = answer.json
        assert list(report) == KEYS
        assert (report["valid"], report["elected"], report["tie"]) == (True, ["甲", "乙", "丙"], [])
        assert report["vacant"] == 0
        assert report["quorum"] == {"needed": 19, "present": 19, "met": True}
        assert report["ballots"] == {"issued": 19, "returned": 19, "valid": 19, "invalid": 0}
        assert report["results"][0] == {
            "name": "甲",
            "for": 17,
            "against": 1,
            "abstain": 1,
            "outcome": "elected",
        }
        assert report["results"][-1] == {
            "name": "戊",
            "for": 2,
            "against": 0,
            "abstain": 0,
            "outcome": "not_over_half",
        }
        assert all(list(each) == ["level", "rule", "article", "text"] for each in report["findings"])
        (warning,) = (each for each in report["findings"] if each["level"] == "warning")
        assert (warning["rule"], "丙" in warning["text"]) == ("E-28", True)

    def test_ballots_as_json(self, counted):
        """One with two picks for one seat is invalid; a name written without any 不赞成 is not counted."""
        answer = counted(BALLOTS, "--json")
        assert answer.code == 0
        assert answer.json["ballots"] == {"issued": 4, "returned": 4, "valid": 3, "invalid": 1}
        assert [(each["name"], each["for"], each["abstain"]) for each in answer.json["results"]] == [
            ("甲", 2, 0),
            ("乙", 0, 1),
            ("丙", 0, 3),
            ("戊", 1, 0),
        ]
        assert (answer.json["elected"], answer.json["vacant"]) == ([], 1)  # 2 of 4 are exactly half

    def test_a_name_written_with_a_blank_and_without_is_one_person(self, counted):
        """E-24: three of four is more than half, however the name was typed from each ballot."""
        written = [{"甲": "against", "write_ins": [name]} for name in ("戊 己", "戊己", "戊　己")]
        report = counted(changed(BALLOTS, kind="secretary", ballots=[*written, {}]), "--json").json
        assert report["valid"]
        assert report["elected"] == ["戊 己"]

    def test_the_setting_of_write_ins_counts_them_too(self, counted):
        report = counted(changed(BALLOTS, write_in_without_against="count"), "--json").json
        assert report["ballots"]["invalid"] == 2  # 甲 and 戊 on one ballot are two picks for one seat
        assert report["results"][-1]["for"] == 1

    def test_ballots_and_their_totals_are_reported_alike(self, counted):
        by_hand = {key: value for key, value in BALLOTS.items() if key != "ballots"} | {
            "totals": [
                {"name": "乙", "for": 0, "against": 1, "abstain": 1, "illegible": 1},
                {"name": "甲", "for": 2, "against": 1, "abstain": 0},
                {"name": "丙", "for": 0, "against": 0, "abstain": 3},
            ],
            "invalid": 1,
            "write_ins": [{"name": "戊", "for": 1}],
        }
        assert counted(by_hand, "--json").json == counted(BALLOTS, "--json").json

    def test_in_words(self, counted):
        answer = counted(TOTALS)
        assert (answer.code, answer.errors) == (0, "")
        lines = answer.out.splitlines()
        assert lines[0] == "委员选举　2026-05-20　计票有效"
        assert "应到会有选举权 23 名，实到 19 名，需到会 19 名" in lines
        assert "  丁：赞成 9，不赞成 9，弃权 1　未过半数" in lines
        assert "  戊（另选他人）：赞成 2　未过半数" in lines
        assert "当选：甲、乙、丙" in lines
        assert any(line.startswith("注意：丙：") and "〔E-28　" in line for line in lines)

    def test_a_tie_in_words(self, counted):
        tie = changed(
            TOTALS,
            due=20,
            present=20,
            issued=20,
            returned=20,
            write_ins=[],
            totals=[
                {"name": name, "for": votes, "against": 20 - votes, "abstain": 0}
                for name, votes in (("甲", 16), ("乙", 13), ("丙", 12), ("丁", 12))
            ],
        )
        answer = counted(tie)
        assert answer.code == 0
        assert "票数相等，须再次投票：丙、丁" in answer.out
        assert counted(tie, "--json").json["tie"] == ["丙", "丁"]

    @pytest.mark.parametrize("kind,words", [("secretary", "书记选举"), ("deputy", "副书记选举")])
    def test_a_secretarys_election(self, counted, kind, words):
        votes = [{"name": "甲", "for": 4, "against": 1, "abstain": 0}]
        one = changed(TOTALS, kind=kind, seats=1, candidates=["甲"], totals=votes, write_ins=[])
        answer = counted(one | dict.fromkeys(("due", "present", "issued", "returned"), 5))
        assert (answer.code, answer.out.startswith(words)) == (0, True)

    def test_a_second_vote_among_the_tied(self, counted):
        tie = changed(
            TOTALS,
            ballot="tie",
            seats=1,
            candidates=["丙", "丁"],
            write_ins=[],
            totals=[
                {"name": "丙", "for": 8, "against": 0, "abstain": 11},
                {"name": "丁", "for": 9, "against": 0, "abstain": 10},
            ],
        )
        assert counted(tie, "--json").json["elected"] == ["丁"]
        assert "平票再次投票" in counted(tie).out

    def test_defaults_may_be_left_out_or_written(self, counted):
        written = changed(TOTALS, ballot="main", write_in_without_against="void_write_in")
        left_out = changed(TOTALS)
        del left_out["base"]
        for each in left_out["totals"]:
            del each["illegible"]
        assert counted(written, "--json").json == counted(left_out, "--json").json

    def test_from_standard_input(self, branchbook, counted):
        answer = branchbook.typing(json.dumps(TOTALS))("tally", "-", "--json")
        assert answer == counted(TOTALS, "--json")

    def test_before_the_rules_only_the_numbers_are_checked(self, counted):
        answer = counted(changed(TOTALS, on="2015-03-01", due=100), "--json")
        assert answer.code == 0
        assert (answer.json["valid"], answer.json["elected"], answer.json["vacant"]) == (True, [], 3)
        assert {each["rule"] for each in answer.json["findings"]} == {""}
        assert "该日期无规则依据" in counted(changed(TOTALS, on="2015-03-01")).out


class TestNotValid:
    """Well-formed numbers that break a rule: exit 1, and the JSON is printed all the same."""

    @pytest.mark.parametrize(
        "changes,rule",
        [
            ({"due": 24}, "E-17"),
            ({"due": 18}, "E-17"),
            ({"issued": 20}, "E-26"),
            ({"issued": 18}, "E-26"),
            ({"seats": 4}, "E-11"),
            ({"invalid": 1}, "E-25"),
            ({"invalid": 20}, "E-25"),
            ({"returned": 18}, "E-25"),
            ({"write_ins": [{"name": "戊", "for": 20}]}, "E-25"),
            ({"seats": 2}, "E-27"),
            ({"seats": 0}, ""),
        ],
    )
    def test_a_rule_is_broken(self, counted, changes, rule):
        answer = counted(changed(TOTALS, **changes), "--json")
        assert (answer.code, answer.errors) == (1, "")
        report = answer.json
        assert rule in [each["rule"] for each in report["findings"] if each["level"] == "error"]
        assert (report["valid"], report["elected"], report["tie"]) == (False, [], [])
        assert report["vacant"] == changes.get("seats", 3)
        assert "计票无效" in counted(changed(TOTALS, **changes)).out

    def test_ballots_that_are_not_as_many_as_returned(self, counted):
        answer = counted(changed(BALLOTS, ballots=BALLOTS["ballots"][:3]), "--json")
        assert answer.code == 1
        assert any("逐票录入 3 张，与收回的 4 张不符" in each["text"] for each in answer.json["findings"])

    def test_fewer_returned_than_issued_is_valid(self, counted):
        one_less = changed(BALLOTS, returned=3, ballots=BALLOTS["ballots"][:3])
        answer = counted(one_less, "--json")
        assert answer.code == 0
        assert any("比发出的少 1 张" in each["text"] for each in answer.json["findings"])


def without(content: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != key}


def in_total(**changes: Any) -> dict[str, Any]:
    totals = deepcopy(TOTALS["totals"])
    totals[1] |= changes
    return changed(TOTALS, totals=totals)


def on_ballot(*names: str, **marks: Any) -> dict[str, Any]:
    written = {"write_ins": list(names)} if names else {}
    return changed(BALLOTS, ballots=[*BALLOTS["ballots"][:3], marks | written])


UNREADABLE = {
    "empty": ("", "不是 JSON 文件"),
    "not JSON": ("甲 17 票", "第 1 行第 1 列"),
    "cut short": (json.dumps(TOTALS)[:-5], "不是 JSON 文件"),
    "two values": ("{}\n{}", "第 2 行第 1 列"),
    "not UTF-8": ('{"kind": "甲乙丙丁"}'.encode("gb18030"), "请用 UTF-8 编码"),
    "brackets without end": ("[" * 100_000, "不是 JSON 文件"),
    "a number without end": (json.dumps(TOTALS).replace("23", "9" * 5000), "不是 JSON 文件"),
    "not a number": (json.dumps(TOTALS).replace("23", "NaN"), "不是 JSON 文件"),
    "infinite": (json.dumps(TOTALS).replace("23", "Infinity"), "不是 JSON 文件"),
    "a list": ([TOTALS], "最外层应为一个对象"),
    "no kind": (without(TOTALS, "kind"), "缺少这个键（计票.json 的 kind）"),
    "another kind": (changed(TOTALS, kind="president"), "不认识的种类 'president'"),
    "kind no text": (changed(TOTALS, kind=["committee"]), "不认识的种类"),
    "unknown key": (changed(TOTALS, voters=19), "不认识的键 voters"),
    "unknown key in totals": (in_total(illegibles=1), "不认识的键 illegibles（计票.json 的 totals[1]）"),
    "unknown base": (changed(TOTALS, base="all"), "不认识的值 'all'（计票.json 的 base）"),
    "unknown ballot": (changed(TOTALS, ballot="second"), "不认识的值 'second'"),
    "unknown setting": (changed(BALLOTS, write_in_without_against="maybe"), "不认识的值 'maybe'"),
    "no totals": (without(TOTALS, "totals"), "须有其中一个键，且只有一个"),
    "totals and ballots": (changed(TOTALS, ballots=[]), "须有其中一个键，且只有一个"),
    "ballots and invalid": (changed(BALLOTS, invalid=0), "不认识的键 invalid"),
    "ballots and write-ins": (changed(BALLOTS, write_ins=[]), "不认识的键 write_ins"),
    "date in words": (changed(TOTALS, on="五月二十日"), "须是 2026-05-20 这样的日期"),
    "no such day": (changed(TOTALS, on="2026-02-30"), "须是 2026-05-20 这样的日期"),
    "date as number": (changed(TOTALS, on=20260520), "计票.json 的 on"),
    "negative": (changed(TOTALS, due=-1), "不能是负数（计票.json 的 due）"),
    "fraction": (changed(TOTALS, present=19.5), "须是整数，不能是小数（计票.json 的 present）"),
    "fraction that is none": (changed(TOTALS, present=19.0), "须是整数，不能是小数"),
    "too many": (changed(TOTALS, issued=100_001), "不能大于 100000（计票.json 的 issued）"),
    "far too many": (changed(TOTALS, returned=10**30), "不能大于 100000"),
    "number as text": (changed(TOTALS, seats="3"), "须是整数（计票.json 的 seats）"),
    "yes": (changed(TOTALS, seats=True), "须是整数"),
    "nothing": (changed(TOTALS, due=None), "须是整数"),
    "negative votes": (in_total(**{"for": -2}), "不能是负数（计票.json 的 totals[1].for）"),
    "fraction of a vote": (in_total(abstain=0.5), "totals[1].abstain"),
    "too many illegible": (in_total(illegible=10**9), "不能大于 100000"),
    "write-in of a fraction": (changed(TOTALS, write_ins=[{"name": "戊", "for": 1.5}]), "write_ins[0].for"),
    "candidates no list": (changed(TOTALS, candidates="甲乙丙丁"), "须是列表"),
    "candidate no text": (changed(TOTALS, candidates=["甲", 2]), "须是文字（计票.json 的 candidates[1]）"),
    "candidate twice": (changed(TOTALS, candidates=["甲", "乙", "甲"]), "姓名“甲”出现两次"),
    "candidate twice with a blank": (changed(BALLOTS, candidates=["甲乙", "甲　乙"]), "姓名“甲 乙”出现两次"),
    "candidate without name": (changed(TOTALS, candidates=["甲", " "]), "姓名不能为空（计票.json 的 candidates[1]）"),
    "candidate half a character": (
        json.dumps(changed(TOTALS, candidates=["\ud800"])),
        "控制字符",
    ),
    "candidate with a control character": (changed(TOTALS, candidates=["甲\u0000"]), "控制字符"),
    "candidate called like a key": (changed(BALLOTS, candidates=["甲", "write_ins"]), "不能是“write_ins”"),
    "totals of nobody": (in_total(name="庚"), "“庚”不在 candidates 里"),
    "totals twice": (in_total(name="甲"), "姓名“甲”出现两次（计票.json 的 totals[1]）"),
    "totals missing": (changed(TOTALS, totals=TOTALS["totals"][:3]), "缺少候选人“丁”的票数"),
    "write-in a candidate": (changed(TOTALS, write_ins=[{"name": "甲", "for": 1}]), "“甲”是候选人"),
    "write-in a candidate with a blank": (
        changed(TOTALS, write_ins=[{"name": "甲　", "for": 1}]),
        "是候选人，不能又是另选他人",
    ),
    "candidate written on a ballot with a blank": (
        changed(BALLOTS, ballots=[{"乙": "against", "write_ins": [" 甲"]}] * 4),
        "另选他人写的是候选人“甲”",
    ),
    "write-in twice": (changed(TOTALS, write_ins=[{"name": "戊", "for": 1}] * 2), "姓名“戊”出现两次"),
    "ballots no list": (changed(BALLOTS, ballots={}), "须是列表"),
    "ballot no object": (changed(BALLOTS, ballots=["甲"]), "须是对象 {…}（计票.json 的 ballots[0]）"),
    "unknown mark": (on_ballot(甲="yes"), "标记须是 for、against、abstain、illegible 之一"),
    "mark no text": (on_ballot(甲=1), "计票.json 的 ballots[3].甲"),
    "mark a list": (on_ballot(甲=["for"]), "计票.json 的 ballots[3].甲"),
    "mark for nobody": (on_ballot(庚="for"), "选票上标记的人不是候选人“庚”（计票.json 的 ballots[3]）"),
    "written a candidate": (on_ballot("乙", 甲="against"), "另选他人写的是候选人“乙”（计票.json 的 ballots[3]）"),
    "written twice": (on_ballot("戊", "戊"), "姓名“戊”出现两次（计票.json 的 ballots[3].write_ins[1]）"),
    "written nothing": (on_ballot("", 甲="against"), "姓名不能为空（计票.json 的 ballots[3].write_ins[0]）"),
    "written no list": (on_ballot(write_ins="戊"), "须是姓名的列表（计票.json 的 ballots[3].write_ins）"),
    "written no text": (on_ballot(write_ins=[7]), "须是姓名的列表"),
    "marked twice": (
        json.dumps(BALLOTS).replace('{"\\u7532": "against"', '{"\\u7532": "for", "\\u7532": "against"'),
        "出现两次（计票.json 的 甲）",
    ),
    "an endless key": (changed(TOTALS, **{"键\n" * 9000: 1}), "不认识的键 键 键 键"),
    "a key twice": ('{"kind": "committee", "kind": "deputy"}', "出现两次（计票.json 的 kind）"),
}  # fmt: skip


@pytest.mark.parametrize("content,said", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_named_and_ends_with_2(counted, content, said):
    for options in ((), ("--json",)):
        refused(counted(content, *options), said, code=2)


@pytest.mark.parametrize("key", [key for key in TOTALS if key not in ("kind", "base", "totals", "write_ins")])
def test_a_missing_key_is_named(counted, key):
    refused(counted(without(TOTALS, key)), f"缺少键 {key}", "计票.json", code=2)


@pytest.mark.parametrize("key", ["name", "for", "against", "abstain"])
def test_a_missing_key_of_a_total_is_named(counted, key):
    totals = deepcopy(TOTALS["totals"])
    del totals[2][key]
    refused(counted(changed(TOTALS, totals=totals)), f"缺少键 {key}", "totals[2]", code=2)


def test_a_file_that_is_not_there(branchbook, tmp_path):
    refused(branchbook("tally", tmp_path / "没有.json"), "没有这个文件", code=2)
    refused(branchbook("tally", tmp_path), "这是一个文件夹", code=2)
    refused(branchbook("tally", "a\0b"), "文件读不出来", code=2)


def test_other_than_utf_8_with_a_mark_is_still_json(counted):
    assert counted(b"\xef\xbb\xbf" + json.dumps(TOTALS).encode()).code == 0
