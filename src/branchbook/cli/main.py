"""The command line: one verb a call, Chinese help, exit codes 0 done, 1 refused, 2 wrong use."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from branchbook import __version__
from branchbook.cli.parsing import PASSPHRASE_HELP, ChineseParser
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.problems import Problem

_MODULES = {
    "verbs_demo": ("demo",),
    "verbs_book": ("new", "export", "import"),
    "verbs_roster": ("roster",),
    "verbs_records": ("due", "search", "rules"),
    "verbs_print": ("papers", "print"),
    "verbs_conversions": ("conversions",),
    "verbs_talks": ("talks",),
    "verbs_hours": ("hours",),
    "verbs_dates": ("dates",),
    "verbs_ledger": ("ledger",),
    "verbs_plan": ("plan",),
    "verbs_election": ("election",),
    "verbs_evaluation": ("evaluation",),
    "verbs_tally": ("tally",),
    "verbs_measures": ("measures", "report"),
    "verbs_inspect": ("inspect",),
    "verbs_safety": ("backup", "backups", "restore", "drill", "verify"),
    "verbs_handover": ("handover",),
    "verbs_passphrase": ("passphrase",),
    "verbs_plain": ("export-plain",),
    "verbs_copies": ("salvage", "compare"),
}
"""Where each verb is, in the order of the help. A verb does not wait for what only the others need."""


def parser(words: Sequence[str] = ()) -> ChineseParser:
    """The command line; without a verb the program opens its window.

    ``words`` are those typed: where they name a verb only its module is loaded, else all are.
    """
    top = ChineseParser(
        prog="branchbook",
        description="支部手册：在一台电脑上、不联网地记录和打印党支部的会议、名册与手册。不带命令时打开窗口。",
    )
    top.add_argument("--version", action="version", version=f"branchbook {__version__}", help="显示版本号")
    top.add_argument("--passphrase-stdin", action="store_true", help=PASSPHRASE_HELP)
    verbs = top.add_subparsers(
        title="命令", metavar="命令", dest="verb", required=True, parser_class=ChineseParser
    )
    verb = next((word for word in words if not word.startswith("-")), "")
    named = [module for module, its_verbs in _MODULES.items() if verb in its_verbs]
    for module in named or _MODULES:
        import_module(f"branchbook.cli.{module}").add_verbs(verbs)
    return top


def run(arguments: Sequence[str], around: Surroundings) -> int:
    """Run one verb; every Problem becomes one Chinese line on the error stream and its exit code."""
    try:
        parsed = parser(arguments).parse_args(list(arguments))
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
