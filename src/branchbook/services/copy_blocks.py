"""Texts ready to be copied into the fields of a web platform, in the user's order, filled like a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.dates import Period
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.codec import decode, to_json
from branchbook.services.guards import clean_text, required_line
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.report_templates import ReportTemplates
from branchbook.services.reports import ReportWords
from branchbook.services.store import Book, Reading, Setting

BLOCKS = "report.blocks"
"""The setting that holds the user's blocks, as JSON."""

MOST_BLOCKS = 60
LONGEST = 20_000
_WHERE = "复制块"


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """One field of a platform: its title there, and the text with the same places as a report template."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledBlock:
    """A block with its text filled. ``problem`` says in Chinese why it could not be (the text is empty then);
    ``unfilled`` are its places that stayed blank."""

    block: CopyBlock
    text: str
    problem: str = ""
    unfilled: tuple[str, ...] = ()


SUGGESTED = (
    CopyBlock("单位名称", "{{ 名.单位 }}"),
    CopyBlock("党员人数", "{{ 数.党员总数 }}"),
    CopyBlock(
        "三会一课",
        "{{ 名.统计期 }}召开支部党员大会 {{ 数.支部党员大会 }} 次、支委会 {{ 数.支部委员会会议 }} 次、"
        "党小组会 {{ 数.党小组会 }} 次，讲党课 {{ 数.党课 }} 次。",
    ),
    CopyBlock("主题党日", "{% for 次 in 主题党日 %}{{ 次.日期 }}：{{ 次.主题 }}\n{% endfor %}"),
)
"""What stands there until the user keeps blocks of their own."""


def blocks_of(reading: Reading) -> tuple[CopyBlock, ...]:
    """The user's blocks in their order; the suggested ones while there are none. Raises UnreadableProblem."""
    text = reading.setting(BLOCKS)
    return SUGGESTED if text is None else decode(text, tuple[CopyBlock, ...], _WHERE)


def keep_blocks(book: Book, blocks: Sequence[CopyBlock], actor: Actor) -> Outcome[tuple[CopyBlock, ...]]:
    """Keep the blocks as they are given, in this order. Raises RefusedProblem for a block without a title.

    A text that cannot be filled is kept all the same: what is wrong with it is told where it is filled.
    """
    if len(blocks) > MOST_BLOCKS:
        raise RefusedProblem(f"复制块最多 {MOST_BLOCKS} 个", _WHERE, "请先删去不用的")
    kept = tuple(
        CopyBlock(
            required_line(each.title, f"第 {number} 个复制块的标题"),
            clean_text(each.text, f"第 {number} 个复制块", LONGEST),
        )
        for number, each in enumerate(blocks, 1)
    )
    with operate(book, actor, "修改复制块") as operating:
        operating.writing.put(Setting(BLOCKS, to_json(kept)))
    return Outcome(kept, operating.changes)


def filled_blocks(
    reading: Reading,
    templates: ReportTemplates,
    period: Period,
    organisation_id: UUID | None,
    today: date,
) -> tuple[FilledBlock, ...]:
    """Every block filled for a period, each by itself: one that is wrong does not hinder the others.

    Raises RefusedProblem for a period that ends before it starts.
    """
    words = ReportWords(reading, period, organisation_id, today)
    found = []
    for block in blocks_of(reading):
        words.forget()
        try:
            text = templates.fill_text(block.title, block.text, words.words, words.unknown)
        except Problem as problem:
            found.append(FilledBlock(block, "", str(problem)))
            continue
        found.append(FilledBlock(block, text.strip(), unfilled=words.unfilled))
    return tuple(found)
