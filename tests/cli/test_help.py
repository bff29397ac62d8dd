"""The command line speaks Chinese: help of every verb, and every complaint about wrong use."""

from __future__ import annotations

import argparse
import re

import pytest

from branchbook.cli.main import parser
from branchbook.cli.parsing import ChineseParser
from tests.cli.conftest import refused

VERBS = (
    "demo", "new", "roster import", "roster export", "ledger", "plan", "due", "papers", "print", "backup", "backups",
    "restore",
    "drill", "verify", "handover", "export", "import", "search", "rules", "conversions", "election", "evaluation",
    "talks", "hours", "tally", "dates import", "dates export", "measures", "report", "inspect",
    "export-plain", "salvage", "compare",
    "passphrase set", "passphrase change", "passphrase remove", "passphrase recovery-sheet", "passphrase copies",
)  # fmt: skip
NAMES = {"branchbook", "pdf", "docx", "xlsx", "zip", "json", "excel", "id", "b", "sqlite"}


def english(text: str) -> set[str]:
    """Words of small letters that are neither an option, a verb, a file type nor the program's name."""
    verbs = {word for verb in VERBS for word in re.split("[ -]", verb)}
    bare = re.sub(r"(?<![\w-])--?[a-z][a-z-]*", "", text)
    return set(re.findall(r"(?<![A-Za-z])[a-z]+", bare)) - verbs - NAMES


def subparsers(top: argparse.ArgumentParser) -> dict[str, ChineseParser]:
    found: dict[str, ChineseParser] = {}
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, each in action.choices.items():
                below = subparsers(each)
                found.update({f"{name} {verb}": own for verb, own in below.items()} or {name: each})
    return found


def test_the_verbs_are_those_that_are_documented():
    assert sorted(subparsers(parser())) == sorted(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_found_without_loading_the_others(verb):
    first = verb.split()[0]
    found = subparsers(parser(["--passphrase-stdin", *verb.split()]))
    assert verb in found
    assert len(found) < len(VERBS)
    assert first in {name.split()[0] for name in found}


@pytest.mark.parametrize("verb", ["", "roster", *VERBS])
def test_help_is_chinese(branchbook, capsys, verb):
    with pytest.raises(SystemExit) as ended:
        branchbook(*verb.split(), "--help")
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith(f"用法：branchbook {verb}".rstrip())
    assert "显示帮助" in shown
    assert english(shown) == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_argument_is_explained(verb):
    for action in subparsers(parser())[verb]._actions:
        assert action.help, action.dest
        assert re.search(r"[\u4e00-\u9fff]", action.help), action.dest


def test_a_passphrase_is_never_an_argument():
    for verb, each in subparsers(parser()).items():
        for action in each._actions:
            if "passphrase" in action.dest:
                assert action.nargs == 0, verb


@pytest.mark.parametrize(
    "words, expected",
    [
        ([], "缺少参数 命令"),
        (["下雨"], "没有这个选择 '下雨'"),
        (["roster"], "缺少参数 import|export"),
        (["new", "x.branchbook"], "缺少参数 --branch"),
        (["due"], "缺少参数 BOOK"),
        (["due", "x", "--下"], "不认识的参数 --下"),
        (["due", "x", "--on"], "后面要跟一个值"),
        (["due", "x", "--on", "昨天"], "看不懂这个日期（昨天）"),
        (["due", "x", "--json=1"], "后面不跟值，多了 '1'"),
        (["due", "x", "--bra", "甲"], "不认识的参数 --bra 甲"),
        (["print", "x", "handbook"], "缺少参数 -o/--output"),
        (["print", "x", "handbook", "--year", "今年", "-o", "x.pdf"], "“今年”不是年份"),
        (["print", "x", "handbook", "--year", "0", "-o", "x.pdf"], "“0”不是年份"),
        (["print", "x", "handbook", "--year", "99999", "-o", "x.pdf"], "“99999”不是年份"),
        (["print", "x", "handbook", "--record", "7", "-o", "x.pdf"], "记录编号的写法不对：7"),
        (["search", "x"], "缺少参数 WORDS"),
        (["tally"], "缺少参数 FILE"),
        (["verify", "x", "y"], "不认识的参数 y"),
    ],
)
def test_wrong_use_is_told_in_chinese_and_ends_with_2(branchbook, words, expected):
    answer = branchbook(*words)
    refused(answer, "命令的写法不对", expected, "--help", code=2)
    assert english(answer.errors) <= {"x", "y"}


def test_the_version_is_told(branchbook, capsys):
    with pytest.raises(SystemExit) as ended:
        branchbook("--version")
    assert ended.value.code == 0
    assert re.fullmatch(r"branchbook \d+\.\d+\.\d+\n", capsys.readouterr().out)
