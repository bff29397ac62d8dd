"""The command line: one verb a call, Chinese help, exit codes 0 done, 1 refused, 2 wrong use."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

from branchbook import __version__
from branchbook.cli import verbs_book, verbs_demo, verbs_print, verbs_records, verbs_roster, verbs_safety
from branchbook.cli.parsing import PASSPHRASE_HELP, ChineseParser
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.problems import Problem


def parser() -> ChineseParser:
    """The whole command line; without a verb the program opens its window."""
    top = ChineseParser(
        prog="branchbook",
        description="支部手册：在一台电脑上、不联网地记录和打印党支部的会议、名册与手册。不带命令时打开窗口。",
    )
    top.add_argument("--version", action="version", version=f"branchbook {__version__}", help="显示版本号")
    top.add_argument("--passphrase-stdin", action="store_true", help=PASSPHRASE_HELP)
    verbs = top.add_subparsers(
        title="命令", metavar="命令", dest="verb", required=True, parser_class=ChineseParser
    )
    for module in (verbs_demo, verbs_book, verbs_roster, verbs_records, verbs_print, verbs_safety):
        module.add_verbs(verbs)
    return top


def run(arguments: Sequence[str], around: Surroundings) -> int:
    """Run one verb; every Problem becomes one Chinese line on the error stream and its exit code."""
    try:
        parsed = parser().parse_args(list(arguments))
        around.passphrase_stdin = parsed.passphrase_stdin
        code: int = parsed.run(parsed, around)
    except Problem as problem:
        around.warn(f"branchbook：{problem}")
        return problem.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001 - the user gets a sentence, the developer the lines of the fault
        around.warn(
            "branchbook：程序内部出错，这一步没有完成。手册里已保存的内容不受影响；请把下面几行告诉维护人员"
        )
        around.warn(f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip())
        return 1
    return code
