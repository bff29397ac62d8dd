"""What was saved of a damaged book, in sentences."""

from __future__ import annotations

from branchbook.services.field_words import entity_word
from branchbook.services.workshop import SalvageResult


def salvage_words(result: SalvageResult) -> tuple[str, ...]:
    """The report of a salvage, one sentence a line: saved, whether the new book is whole, rebuilt, lost.

    What matters most comes first: the start page shows the beginning of it."""
    saved = "、".join(f"{entity_word(entity)} {count}" for entity, count in result.saved.items() if count)
    lines = [f"已抢救到 {result.path.name}：{saved or '没有读出内容'}；操作记录 {result.operations} 条"]
    lines.append(
        "新簿校验完好" if result.check.whole else f"新簿校验有问题：{'；'.join(result.check.findings[:3])}"
    )
    if result.damaged_pages:
        lines.append(f"损坏的文件有 {len(result.damaged_pages)} 页读不出")
    lines += _listed("由操作记录补回", result.rebuilt, result.rebuilt_count)
    lines += _listed("丢失", result.lost, result.lost_count)
    if result.lost_operations:
        lines.append(
            f"另有 {result.lost_operations} 条操作记录丢失或不完整；被这些操作新增、且别处也读不出的内容无法列出"
        )
    return tuple(lines)


def _listed(what: str, names: tuple[str, ...], count: int) -> list[str]:
    if not count:
        return []
    more = f" 等 {count} 项" if count > len(names) else ""
    return [f"{what} {count} 项：", *(f"　　{each}" for each in names), *([f"　　……{more}"] if more else [])]
