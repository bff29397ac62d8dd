"""The handbook of a closed year: kept as PDF with its hash, and what a reprint would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from branchbook.domain.problems import RefusedProblem
from branchbook.services.codec import decode, to_json
from branchbook.services.handbook import Handbook, handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.kept_contents import CLOSED_HANDBOOK
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.printed_papers import handbook_subject
from branchbook.services.printing import content_hash
from branchbook.services.printing_press import PaperPress, Progress
from branchbook.services.store import Book, PrintedPaper, Reading, Setting


@dataclass(frozen=True, slots=True)
class KeptSection:
    """One section of a kept handbook: what it is known by, its name, and the hash of what it showed."""

    key: str
    name: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class KeptHandbook:
    """A handbook as it was closed. ``pdf_sha256`` names the kept file."""

    closed_at: datetime
    closed_by: str
    title: str
    pdf_sha256: str
    pages: int
    sections: tuple[KeptSection, ...]


class SectionChange(StrEnum):
    """What a reprint would show otherwise than the kept handbook."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_WORDS = {SectionChange.ADDED: "新增", SectionChange.CHANGED: "有改动", SectionChange.REMOVED: "已不在"}


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """One section that differs, and how."""

    name: str
    change: SectionChange

    @property
    def sentence(self) -> str:
        """3月20日 学习讨论：有改动."""
        return f"{self.name}：{CHANGE_WORDS[self.change]}"


def close_handbook(
    book: Book, press: PaperPress, request: HandbookRequest, actor: Actor, progress: Progress | None = None
) -> Outcome[KeptHandbook]:
    """Press the year's handbook and keep it in the book. Closing again keeps the newer one beside the old.

    Raises RefusedProblem for a year that has not begun, for a blank handbook, and for one with drafts.
    """
    if request.year > actor.today.year:
        raise RefusedProblem("这一年还没有开始，不能封存手册", f"{request.year}年", "请选择已经结束的年度")
    if request.blank or request.with_drafts:
        raise RefusedProblem("封存的手册只收已定稿的记录", f"{request.year}年", "请取消“空白”和“包含草稿”")
    with book.reading() as reading:
        made = handbook(reading, request)
        pressed = press.press(made.booklet, reading.content, progress)
    sha256 = hashlib.sha256(pressed.pdf).hexdigest()
    sections = _kept_sections(made)
    kept = KeptHandbook(actor.now, actor.who, made.booklet.title, sha256, pressed.pages, sections)
    subject = handbook_subject(request.organisation_id, request.year)
    with operate(book, actor, f"封存{request.year}年度手册") as operating:
        writing = operating.writing
        stored = writing.keep_content(pressed.pdf)
        writing.put(Setting(_key(request.organisation_id, request.year), to_json(kept)))
        shown = content_hash(each.section.sheet for each in made.sections)
        writing.put_printed(PrintedPaper(uuid4(), "handbook", subject, actor.now, shown, sha256, stored))
    return Outcome(kept, operating.changes)


def kept_handbook(reading: Reading, organisation_id: UUID, year: int) -> KeptHandbook | None:
    """The handbook kept for a year, None where none was closed."""
    text = reading.setting(_key(organisation_id, year))
    return decode(text, KeptHandbook, f"{year}年度封存手册") if text else None


def kept_pdf(reading: Reading, kept: KeptHandbook) -> bytes:
    """The kept file. Raises RefusedProblem where it is missing or is not what was kept."""
    pdf = reading.content(kept.pdf_sha256)
    if pdf is None:
        raise RefusedProblem("封存的手册文件不在簿中", kept.title, "可从封存之后的备份中取回")
    if hashlib.sha256(pdf).hexdigest() != kept.pdf_sha256:
        raise RefusedProblem("封存的手册文件与封存时不一致", kept.title, "请从备份中取回，并检查簿文件")
    return pdf


def handbook_changes(reading: Reading, request: HandbookRequest) -> tuple[ChangedSection, ...]:
    """What a reprint would show otherwise than the kept handbook, in the order of the reprint.

    Nothing where it would show the same. Raises RefusedProblem where none was closed.
    """
    kept = kept_handbook(reading, request.organisation_id, request.year)
    if kept is None:
        raise RefusedProblem("这一年的手册还没有封存", f"{request.year}年", "封存后才能比较")
    before = {section.key: section for section in kept.sections}
    now = _kept_sections(handbook(reading, request))
    changes = []
    for section in now:
        old = before.pop(section.key, None)
        if old is None:
            changes.append(ChangedSection(section.name, SectionChange.ADDED))
        elif old.content_hash != section.content_hash:
            changes.append(ChangedSection(section.name, SectionChange.CHANGED))
    changes.extend(ChangedSection(old.name, SectionChange.REMOVED) for old in before.values())
    return tuple(changes)


def _kept_sections(made: Handbook) -> tuple[KeptSection, ...]:
    return tuple(
        KeptSection(each.key, _name(made, index), content_hash((each.section.sheet,)))
        for index, each in enumerate(made.sections)
    )


def _name(made: Handbook, index: int) -> str:
    """What the user knows the section by: its paper, and for a record its day and subject."""
    each = made.sections[index]
    section = each.section
    title = section.sheet.title
    return f"{title}（{section.bookmark}）" if each.record_id else title


def _key(organisation_id: UUID, year: int) -> str:
    return f"{CLOSED_HANDBOOK}{organisation_id}.{year}"
