"""The values of the handbook's own pages: cover, instructions, photos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.papers.handbook_pages import INSTRUCTION_LINES
from branchbook.domain.papers import Paragraph, Photo, Value
from branchbook.domain.people import Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment, AttachmentKind, Record
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_roster import holder_name


def cover_values(binding: Binding) -> Mapping[str, Value]:
    """Year, names, and who was secretary on the day."""
    return {
        "year": f"{binding.year}年",
        "higher_organisation": binding.names.higher,
        "organisation": binding.names.organisation,
        "secretary": holder_name(binding, Post.SECRETARY),
    }


def instruction_values(_binding: Binding) -> Mapping[str, Value]:
    """How a handbook is kept, in numbered sentences."""
    lines = (f"{number}．{line}" for number, line in enumerate(INSTRUCTION_LINES, 1))
    return {"body": tuple(Paragraph(line) for line in lines)}


def photo_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """The photos of one record. Raises RefusedProblem where it has none."""
    attachments = () if binding.withholds(record) else binding.reading.attachments_of((record.id,))
    photos = photos_of(attachments, {record.id: record})
    if not photos:
        raise RefusedProblem(f"这份{kind.name}记录没有照片", record.subject, "添加照片附件后再打印")
    return {"photos": photos}


def photos_of(attachments: Iterable[Attachment], records: Mapping[object, Record]) -> tuple[Photo, ...]:
    """The photos among attachments, each with the day and meeting it shows."""
    return tuple(
        Photo(each.print_sha256 or each.sha256, _caption(each, records[each.record_id]))
        for each in attachments
        if each.kind == AttachmentKind.PHOTO
    )


def _caption(attachment: Attachment, record: Record) -> str:
    day = f"{record.held_on.month}月{record.held_on.day}日" if record.held_on else ""
    about = attachment.caption.strip() or record.subject.strip()
    return f"{day}{kind_of(record.kind).name}" + (f"：{about}" if about else "")
