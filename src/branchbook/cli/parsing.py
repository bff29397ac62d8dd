"""argparse speaking Chinese: usage, help and errors; wrong use ends with exit code 2."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from branchbook.domain.problems import UnreadableProblem

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助",
    "show program's version number and exit": "显示版本号",
}


class _ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese usage prefix."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _WORDS["usage: "] if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and errors are Chinese. Errors raise UnreadableProblem."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _ChineseFormatter)
        add_help = settings.pop("add_help", True)
        super().__init__(**settings, add_help=False)
        self._positionals.title = _WORDS["positional arguments"]
        self._optionals.title = _WORDS["options"]
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_WORDS["show this help message and exit"])

    def error(self, message: str) -> NoReturn:
        """Turn argparse's English complaint into one Chinese sentence that keeps the names in it."""
        raise UnreadableProblem("命令的写法不对", _translated(message), f"请看 {self.prog} --help")


def _translated(message: str) -> str:
    replacements = (
        ("the following arguments are required:", "缺少参数"),
        ("unrecognized arguments:", "不认识的参数"),
        ("argument ", "参数 "),
        ("invalid choice:", "没有这个选择"),
        ("choose from", "可选"),
        ("expected one argument", "后面要跟一个值"),
        ("invalid int value:", "不是整数"),
        ("invalid date value:", "不是日期"),
        ("not allowed with", "不能同时用"),
        ("one of the arguments", "以下参数须有一个"),
        ("is required", ""),
    )
    for english, chinese in replacements:
        message = message.replace(english, chinese)
    return message
