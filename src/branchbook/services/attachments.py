"""Attachments: files kept inside the book, stored once by content, pictures reduced once for print."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, AttachmentKind, Record
from branchbook.services.file_types import PRINTABLE_IMAGES, media_type, refuse_programs, safe_file_name
from branchbook.services.guards import clean_line, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading

MEGABYTE = 1024 * 1024


class PhotoReducer(Protocol):
    """Makes the picture that is printed. ``exchange`` implements it."""

    def reduced(self, content: bytes) -> bytes:
        """A JPEG, turned upright, at most about 1600 pixels on its longer side; the same bytes every time.

        Raises UnreadableProblem for a damaged, truncated or hostile picture.
        """
        ...


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as chosen: its bytes, its name, and what it is evidence of."""

    content: bytes
    file_name: str
    kind: AttachmentKind
    caption: str = ""


@dataclass(frozen=True, slots=True)
class AddedFile:
    """An attachment as kept, with remarks in Chinese (a picture that cannot be printed)."""

    attachment: Attachment
    remarks: tuple[str, ...] = ()


def add_attachment(
    book: Book, owner_id: UUID, file: NewFile, actor: Actor, photos: PhotoReducer
) -> Outcome[AddedFile]:
    """Keep a file with a record, person or organisation. The original stays as it is.

    Raises Problem for an empty or too large file, a program, a damaged picture, and for a content that
    the same record already has.
    """
    with book.reading() as reading:
        _refuse_size(file, book_settings(reading).attachment_megabytes)
    refuse_programs(file.content, file.file_name)
    kind = media_type(file.content)
    reduced = photos.reduced(file.content) if kind in PRINTABLE_IMAGES else b""
    with operate(book, actor, "添加附件") as operating:
        writing = operating.writing
        _refuse_unowned(writing, owner_id)
        others = writing.attachments_of((owner_id,))
        sha256 = writing.keep_content(file.content)
        _refuse_twice(others, sha256, file.file_name)
        attachment = Attachment(
            id=uuid4(),
            record_id=owner_id,
            kind=file.kind,
            file_name=safe_file_name(file.file_name, kind),
            sha256=sha256,
            size=len(file.content),
            media_type=kind,
            caption=clean_line(file.caption, "附件说明"),
            print_sha256=writing.keep_content(reduced) if reduced else "",
            position=max((each.position for each in others), default=-1) + 1,
        )
        writing.put(attachment)
    return Outcome(AddedFile(attachment, _remarks(attachment)), operating.changes)


def describe_attachment(
    book: Book,
    attachment_id: UUID,
    actor: Actor,
    *,
    file_name: str | None = None,
    caption: str | None = None,
    kind: AttachmentKind | None = None,
) -> Outcome[Attachment]:
    """Change name, caption or kind; what is None stays."""
    with operate(book, actor, "更改附件说明") as operating:
        before = still_there(operating.writing, Attachment, attachment_id, "这个附件")
        changed = replace(
            before,
            file_name=before.file_name
            if file_name is None
            else safe_file_name(clean_line(file_name, "文件名"), before.media_type),
            caption=before.caption if caption is None else clean_line(caption, "附件说明"),
            kind=kind or before.kind,
        )
        operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def reorder_attachments(
    book: Book, owner_id: UUID, ordered_ids: Sequence[UUID], actor: Actor
) -> Outcome[tuple[Attachment, ...]]:
    """Put a record's attachments in the order given; every one must be named once."""
    with operate(book, actor, "调整附件顺序") as operating:
        present = {each.id: each for each in operating.writing.attachments_of((owner_id,))}
        if sorted(ordered_ids) != sorted(present):
            raise RefusedProblem("附件已有增减，不能按这个顺序排列", "", "请刷新后重新排列")
        ordered = tuple(
            replace(present[each], position=position) for position, each in enumerate(ordered_ids)
        )
        operating.writing.put_all(ordered)
    return Outcome(ordered, operating.changes)


def remove_attachment(book: Book, attachment_id: UUID, actor: Actor) -> Outcome[Attachment]:
    """Move an attachment to the recycle bin; its content stays in the book."""
    with operate(book, actor, "删除附件") as operating:
        attachment = still_there(operating.writing, Attachment, attachment_id, "这个附件")
        operating.writing.remove(Attachment, attachment_id)
    return Outcome(attachment, operating.changes)


def open_copy(reading: Reading, attachment_id: UUID, folder: Path) -> Path:
    """Write a read-only copy into ``folder`` and give its path; the book's own content is never opened.

    Raises RefusedProblem where the content is missing or does not match its hash.
    """
    attachment = still_there(reading, Attachment, attachment_id, "这个附件")
    content = reading.content(attachment.sha256)
    if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise RefusedProblem(
            "附件的内容缺失或已损坏", attachment.file_name, "请从备份中找回，或重新添加原文件"
        )
    place = folder / attachment.sha256[:16]
    place.mkdir(parents=True, exist_ok=True)
    path = place / attachment.file_name
    if not (path.exists() and path.read_bytes() == content):
        path.unlink(missing_ok=True)
        path.write_bytes(content)
    path.chmod(stat.S_IRUSR)
    return path


def _refuse_size(file: NewFile, megabytes: int) -> None:
    if not file.content:
        raise RefusedProblem("文件是空的", file.file_name, "请检查原文件")
    if len(file.content) > megabytes * MEGABYTE:
        size = -(-len(file.content) // MEGABYTE)
        raise RefusedProblem(
            f"文件 {size} MB，超过单个附件的上限 {megabytes} MB",
            file.file_name,
            "请压缩后再添加，或在设置“单个附件最大（MB）”中调高",
        )


def _refuse_unowned(reading: Reading, owner_id: UUID) -> None:
    owner = (
        reading.get(Record, owner_id)
        or reading.get(Procedure, owner_id)
        or reading.get(LedgerRow, owner_id)
        or reading.get(Person, owner_id)
        or reading.get(Organisation, owner_id)
    )
    if owner is None:
        raise RefusedProblem("附件要放入的记录已不在簿中", "", "可能已移到回收站，请刷新后再试")


def _refuse_twice(others: Sequence[Attachment], sha256: str, file_name: str) -> None:
    for other in others:
        if other.sha256 == sha256:
            raise RefusedProblem(f"已有内容相同的附件“{other.file_name}”", file_name, "不必重复添加")


def _remarks(attachment: Attachment) -> tuple[str, ...]:
    if attachment.media_type == "image/heic":
        return ("HEIC 照片可以保存和打开，但不能打印；需要打印请先在手机或电脑上转成 JPEG",)
    if attachment.kind == AttachmentKind.PHOTO and not attachment.print_sha256:
        return ("这个文件不是图片，不会印在照片页上",)
    return ()
