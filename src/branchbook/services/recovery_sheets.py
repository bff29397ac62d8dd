"""The recovery sheet of a protected book: its key on paper."""

from __future__ import annotations

from pathlib import Path

from branchbook.catalogue.papers.recovery_sheet import GROUPS_A_LINE, PAPER
from branchbook.domain.papers import Booklet, Paragraph, ParagraphStyle, Sheet, Value, single
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import write_groups
from branchbook.services.locksmith import Locksmith
from branchbook.services.operations import Actor
from branchbook.services.store import Book

_BEFORE = (
    "这张纸能打开下面这本簿，和口令一样要紧。请锁在保险柜或上锁的抽屉里，不要拍照，不要和电脑放在一起。",
    "忘了口令时：打开簿，在输入口令的地方选“用恢复单打开”，照着逐组输入；哪一组输错，程序会指出来。",
)
_AFTER = (
    "更换或者去掉口令以后，这张恢复单作废，请销毁，另打一张。用旧口令做的备份仍要用旧的恢复单或旧口令打开。",
    "字母只用大写，没有 I、L、O、U；看起来像 O 的是数字 0，像 I 的是数字 1。每组最后一个字符是校验用的。",
)


def recovery_groups(locksmith: Locksmith, book: Book) -> tuple[str, ...]:
    """The groups that open this book. Raises RefusedProblem where it has no passphrase."""
    key = locksmith.key_in_use(book)
    if key is None:
        raise RefusedProblem("这本簿没有口令，不需要恢复单", str(book.path), "请先设置口令")
    return write_groups(key)


def recovery_booklet(locksmith: Locksmith, book: Book, actor: Actor) -> Booklet:
    """The sheet, ready for the press. It goes to the printer; a file of it is a key lying about."""
    groups = recovery_groups(locksmith, book)
    return single(recovery_sheet(groups, book.path, actor))


def recovery_sheet(groups: tuple[str, ...], path: Path, actor: Actor) -> Sheet:
    """The groups in lines of five, each line with the number of its first and last group."""
    rows = []
    for start in range(0, len(groups), GROUPS_A_LINE):
        line = groups[start : start + GROUPS_A_LINE]
        cells = {f"group_{at}": group for at, group in enumerate(line, 1)}
        rows.append({"numbers": f"{start + 1}–{start + len(line)}", **cells})
    plain = ParagraphStyle.PLAIN
    values: dict[str, Value] = {
        "book": path.name,
        "made_on": actor.today.isoformat(),
        "made_by": actor.who,
        "rows": tuple(rows),
        "before": tuple(Paragraph(text, plain) for text in _BEFORE),
        "after": tuple(Paragraph(text, plain) for text in _AFTER),
    }
    return Sheet(PAPER, PAPER.title, values)
