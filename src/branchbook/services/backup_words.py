"""Backups in Chinese words, for the window and for the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.backups import BackupKind
from branchbook.services.backup_shelf import BooksCompared, OnlyThere, RecordName, RestorePreview
from branchbook.services.workshop import BackupResult, BookContents

KIND_WORDS: Mapping[BackupKind, str] = {
    BackupKind.ROUTINE: "日常",
    BackupKind.PRE_UPGRADE: "升级前",
    BackupKind.PRE_RESTORE: "恢复前",
    BackupKind.PRE_IMPORT: "导入前",
    BackupKind.PRE_REKEY: "换口令时",
}

NAMED = 5
"""How many records or people are named; the rest are counted."""


def contents_words(contents: BookContents) -> str:
    """组织 3 个、人员 41 名、记录 52 份、附件 9 个，最近一次会议 2026-05-08."""
    last = f"，最近一次会议 {contents.last_meeting_on:%Y-%m-%d}" if contents.last_meeting_on else ""
    counts = f"组织 {contents.organisations} 个、人员 {contents.people} 名、记录 {contents.records} 份"
    return f"{counts}、附件 {contents.attachments} 个{last}"


def size_words(size: int) -> str:
    """3.4 MB, 1.2 GB."""
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{size / 2**20:.1f} MB"


def verified_words(backup: BackupResult) -> str:
    """When a backup was last found whole, or that it was not."""
    if backup.verified_at is None:
        return "上次校验未通过"
    return f"{backup.verified_at:%Y-%m-%d %H:%M} 校验完好"


def record_words(record: RecordName) -> str:
    """2026-05-08 支部党员大会“讨论年度工作”."""
    kinds = "、".join(KIND_BY_KEY[key].name if key in KIND_BY_KEY else key for key in record.kinds)
    day = f"{record.held_on:%Y-%m-%d}" if record.held_on else "未填日期"
    return f"{day} {kinds}“{record.subject}”" if record.subject else f"{day} {kinds}"


def preview_lines(preview: RestorePreview) -> tuple[str, ...]:
    """What restoring would bring, line by line; beside the present book where it was compared with one."""
    noted, compared = preview.noted, preview.compared
    lines = []
    if noted is not None:
        made = f"{noted.created_at:%Y-%m-%d %H:%M} 备份（{KIND_WORDS[noted.kind]}），{size_words(noted.size)}"
        lines.append(f"{made}，{verified_words(noted)}")
    else:
        lines.append("没有说明文件，恢复时先完整校验")
    if preview.protected:
        lines.append("这份备份有口令，恢复后仍用当时的口令打开")
    lines.append(f"备份里：{contents_words(preview.contents)}")
    if compared is not None and compared.present is not None:
        lines.append(f"现在的簿：{contents_words(compared.present)}")
        lines += comparison_lines(compared)
    return tuple(lines)


def comparison_lines(compared: BooksCompared) -> tuple[str, ...]:
    """What only one of them has, by name, and which records differ."""
    if compared.only_in_backup.nothing and compared.only_in_book.nothing:
        return ("备份与现在的簿内容相同",)
    lines = []
    if compared.diverged:
        lines.append("备份和现在的簿各有对方没有的改动，恢复不会把两边合在一起")
    lines += _own("只在备份里", compared.only_in_backup)
    lines += _own("只在现在的簿里", compared.only_in_book)
    if compared.changed:
        lines.append(f"两边都有、内容不同的{_records(compared.changed)}")
    return tuple(lines)


def _own(where: str, own: OnlyThere) -> list[str]:
    parts = [
        _records(own.records) if own.records else "",
        f"人员 {_some(own.people, '名')}" if own.people else "",
        f"组织 {_some(own.organisations, '个')}" if own.organisations else "",
        f"办理事项 {own.procedures} 件" if own.procedures else "",
    ]
    said = "；".join(part for part in parts if part)
    if said or own.operations:
        times = f"（修改 {own.operations} 次）" if own.operations else ""
        return [f"{where}：{said or '没有整份的记录或人员'}{times}"]
    return []


def _records(records: tuple[RecordName, ...]) -> str:
    return f"记录 {_some([record_words(each) for each in records], '份')}"


def _some(names: Iterable[str], measure: str) -> str:
    every = list(names)
    more = " 等" if len(every) > NAMED else ""
    return f"{len(every)} {measure}：{'、'.join(every[:NAMED])}{more}"
