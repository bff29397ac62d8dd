"""argparse speaking Chinese: usage, help and errors; wrong use ends with exit code 2."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from branchbook.domain.problems import UnreadableProblem

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助",
}

_COMPLAINTS = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"^the following arguments are required: ", "缺少参数 "),
        (r"^unrecognized arguments: ", "不认识的参数 "),
        (r"ignored explicit argument (.*)", r"后面不跟值，多了 \1"),
        (r"^argument ", "参数 "),
        (r"invalid choice: (.*?) \(choose from (.*)\)", r"没有这个选择 \1（可选 \2）"),
        (r"expected (at least )?one argument", "后面要跟一个值"),
        (r"expected (\d+) arguments?", r"后面要跟 \1 个值"),
        (r"invalid \w+ value: ", "看不懂这个值 "),
        (r"not allowed with argument ", "不能同时用 "),
        (r"^one of the arguments (.*) is required$", r"以下参数须有一个：\1"),
    )
)
"""What argparse complains of, of all that our verbs can make it say; names and values stay as typed."""

FIRST_YEAR, LAST_YEAR = 1921, 2199
"""Years that a paper can be asked for: from the first that can have records to far ahead."""

PASSPHRASE_HELP = "从标准输入读取口令（一行）"


class _ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese usage prefix."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _WORDS["usage: "] if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and errors are Chinese. Errors raise UnreadableProblem."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _ChineseFormatter)
        add_help = settings.pop("add_help", True)
        # An abbreviated option would change its meaning with the next option that begins alike.
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self._positionals.title = _WORDS["positional arguments"]
        self._optionals.title = _WORDS["options"]
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_WORDS["show this help message and exit"])

    def accept_passphrase(self) -> None:
        """Take ``--passphrase-stdin`` also behind the verb, where people write it."""
        self.add_argument(
            "--passphrase-stdin", action="store_true", default=argparse.SUPPRESS, help=PASSPHRASE_HELP
        )

    def error(self, message: str) -> NoReturn:
        """Turn argparse's English complaint into one Chinese sentence that keeps the names in it."""
        raise UnreadableProblem("命令的写法不对", _translated(message), f"请看 {self.prog} --help")


def _translated(message: str) -> str:
    for english, chinese in _COMPLAINTS:
        message = english.sub(chinese, message)
    return message


def year_argument(text: str) -> int:
    """A year of the Gregorian calendar in which there can be records."""
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是年份，请写成 {FIRST_YEAR} 至 {LAST_YEAR} 之间的四位数字"
        )
    return int(text)
