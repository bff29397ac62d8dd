"""tally: the count of one ballot from a file, so that anyone can check it without a book."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.domain.problems import UnreadableProblem
from branchbook.services.tally_files import report_of

MOST_MEGABYTES = 256
_STANDARD_INPUT = "-"


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    tally = verbs.add_parser(
        "tally",
        help="核算一次投票的计票结果",
        description="核算一次投票：人数、选票、各人得票、当选人，每一步写明算法和条款。不需要簿文件。",
        epilog="退出码：0 计票有效；1 数字不合规定（结果照样输出）；2 文件读不懂。",
    )
    tally.add_argument("file", metavar="FILE", help="JSON 文件，写法见交换格式说明；- 表示标准输入")
    tally.add_argument("--json", action="store_true", help="以 JSON 输出")
    tally.set_defaults(run=run_tally)


def run_tally(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Exit 0 where the count is valid, 1 where a rule or a sum says that it is not; 2 where it cannot be read."""
    if arguments.file == _STANDARD_INPUT:
        report = report_of(_typed(around), "标准输入")
    else:
        path = Path(arguments.file)
        report = report_of(_content(path), path.name)
    if arguments.json:
        around.report(report.json)
    else:
        for line in report.lines:
            around.say(line)
    return 0 if report.valid else 1


def _typed(around: Surroundings) -> bytes | str:
    """What came in: as bytes where the stream has them, for a file is UTF-8 whatever the terminal speaks."""
    stream: Any = getattr(around.stdin, "buffer", around.stdin)
    content: bytes | str = stream.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    _check_size(len(content), "标准输入")
    return content


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    except FileNotFoundError as error:
        raise UnreadableProblem("没有这个文件", str(path), "请检查文件名和所在的文件夹") from error
    except IsADirectoryError as error:
        raise UnreadableProblem("这是一个文件夹，不是文件", str(path), "请写明文件名") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableProblem("文件读不出来", str(path), "请检查文件的权限") from error
    _check_size(len(content), str(path))
    return content


def _check_size(size: int, where: str) -> None:
    if size > MOST_MEGABYTES * 1024 * 1024:
        raise UnreadableProblem(f"文件超过 {MOST_MEGABYTES} MB", where, "计票文件不会这么大，请核对文件")
