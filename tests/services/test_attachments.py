"""Attachments: known by content, stored once, refused when hostile, opened only as read-only copies."""

import hashlib
import io
import stat
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.records import Attachment, AttachmentKind, Record, RecordState
from branchbook.services.attachments import (
    NewFile,
    add_attachment,
    describe_attachment,
    open_copy,
    remove_attachment,
    reorder_attachments,
)
from branchbook.services.evidence import missing_evidence, places_below
from branchbook.services.file_types import LONGEST_NAME, media_type, safe_file_name
from branchbook.services.operations import operate
from branchbook.services.settings import change_setting
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    actor,
    named,
    small_book,
)

RECORD = named("示例大会")
PDF = b"%PDF-1.7 example"
PNG = b"\x89PNG\r\n\x1a\n example"
KINDS = AttachmentKind


class HalvingReducer:
    """Stands for the reducer of pictures: gives the first half, so that a test sees it was asked."""

    def reduced(self, content: bytes) -> bytes:
        return content[: len(content) // 2]


PHOTOS = HalvingReducer()


def book_with_record() -> FakeBook:
    book = small_book()
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(Record(RECORD, ("general_meeting",), FIRST_BRANCH, date(2026, 3, 1)))
    return book


def add(
    book: FakeBook, content: bytes, name: str, kind: KINDS = KINDS.OTHER, owner: UUID = RECORD
) -> Attachment:
    return add_attachment(book, owner, NewFile(content, name, kind), actor(1), PHOTOS).value.attachment


def of_record(book: FakeBook) -> tuple[Attachment, ...]:
    with book.reading() as reading:
        return reading.attachments_of((RECORD,))


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "content, kind",
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        (
            zipped("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("other.txt"), "application/zip"),
        ("会议通知".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_content_says_what_a_file_is(content: bytes, kind: str) -> None:
    assert media_type(content) == kind


@pytest.mark.parametrize(
    "name, kind, kept",
    [
        ("通知.pdf", "application/pdf", "通知.pdf"),
        ("../../etc/通知.pdf", "application/pdf", "通知.pdf"),
        ("C:\\资料\\照片.PNG", "image/png", "照片.PNG"),
        ("照片.png", "image/jpeg", "照片.png.jpg"),
        ('会议"通知"?.pdf', "application/pdf", "会议_通知__.pdf"),
        ("", "application/pdf", "附件.pdf"),
        ("...", "application/octet-stream", "附件"),
        ("签\x00到\u202e表.docx", "application/zip", "签到表.docx"),
        ("老文件.wps", "application/msword", "老文件.wps"),
    ],
)
def test_a_file_name_is_safe_and_ends_as_its_content_asks(name: str, kind: str, kept: str) -> None:
    assert safe_file_name(name, kind) == kept


@given(st.text(max_size=300), st.sampled_from(["application/pdf", "image/jpeg", "application/zip"]))
def test_any_name_becomes_one_that_stays_in_its_folder(name: str, kind: str) -> None:
    safe = safe_file_name(name, kind)
    assert 0 < len(safe) <= LONGEST_NAME
    assert Path("folder", safe).parent == Path("folder")
    assert not set('/\\:*?"<>|\x00') & set(safe)


def test_a_picture_is_kept_whole_and_reduced_once() -> None:
    book = book_with_record()
    attachment = add(book, PNG, "照片.png", KINDS.PHOTO)
    assert (attachment.media_type, attachment.size, attachment.position) == ("image/png", len(PNG), 0)
    with book.reading() as reading:
        assert reading.content(attachment.sha256) == PNG
        assert reading.content(attachment.print_sha256) == PNG[: len(PNG) // 2]


def test_equal_content_is_stored_once() -> None:
    book = book_with_record()
    first = add(book, PDF, "通知.pdf")
    other = add(book, PDF, "决议.pdf", owner=named("赵示例"))
    assert first.sha256 == other.sha256 == hashlib.sha256(PDF).hexdigest()
    assert list(book.state.contents) == [first.sha256]
    refused(book, "已有内容相同的附件“通知.pdf”", lambda: add(book, PDF, "又一份.pdf"))


@pytest.mark.parametrize(
    "file, remark",
    [
        (NewFile(b"\x00\x00\x00\x18ftypheic", "a.heic", KINDS.PHOTO), "转成 JPEG"),
        (NewFile(PDF, "a.pdf", KINDS.PHOTO), "不是图片"),
    ],
)
def test_what_cannot_be_printed_is_kept_with_a_remark(file: NewFile, remark: str) -> None:
    added = add_attachment(book_with_record(), RECORD, file, actor(), PHOTOS).value
    assert remark in added.remarks[0]
    assert added.attachment.print_sha256 == ""


@pytest.mark.parametrize(
    "content, name, said",
    [
        (b"", "空.pdf", "文件是空的"),
        (b"MZ\x90\x00", "通知.pdf", "可以运行的程序"),
        (b"\x7fELF", "通知", "可以运行的程序"),
        (b"#!/bin/sh", "通知.txt", "可以运行的程序"),
        (b"plain text", "通知.pdf.bat", "可以运行的程序"),
        (b"plain text", "通知.LNK ", "可以运行的程序"),
        (b"x" * (1024 * 1024 + 1), "大.txt", "文件 2 MB，超过单个附件的上限 1 MB"),
    ],
)
def test_what_may_not_come_in(content: bytes, name: str, said: str) -> None:
    book = book_with_record()
    change_setting(book, "attachment_megabytes", 1, actor())
    refused(book, said, lambda: add(book, content, name))


def test_a_damaged_picture_leaves_nothing_behind() -> None:
    class Refusing:
        def reduced(self, content: bytes) -> bytes:
            raise Problem("图片打不开")

    book = book_with_record()
    before = book.state
    with pytest.raises(Problem, match="图片打不开"):
        add_attachment(book, RECORD, NewFile(PNG, "a.png", KINDS.PHOTO), actor(), Refusing())
    assert book.state is before


def test_an_attachment_needs_an_owner() -> None:
    book = book_with_record()
    refused(book, "已不在簿中", lambda: add(book, PDF, "通知.pdf", owner=uuid4()))
    add(book, PDF, "通知.pdf", owner=named("赵示例"))
    add(book, PDF, "通知.pdf", owner=FIRST_BRANCH)


def test_name_caption_and_kind_are_changed_by_themselves() -> None:
    book = book_with_record()
    attachment = add(book, PDF, "通知.pdf")
    describe_attachment(book, attachment.id, actor(2), caption=" 会场\n全景 ")
    describe_attachment(book, attachment.id, actor(3), file_name="../改名")
    changed = describe_attachment(book, attachment.id, actor(4), kind=KINDS.NOTICE).value
    assert (changed.caption, changed.file_name, changed.kind) == ("会场 全景", "改名.pdf", KINDS.NOTICE)


def test_the_order_is_the_users() -> None:
    book = book_with_record()
    ids = [add(book, PDF + bytes([number]), f"{number}.pdf").id for number in range(3)]
    reorder_attachments(book, RECORD, ids[::-1], actor(2))
    assert [each.id for each in of_record(book)] == ids[::-1]
    refused(book, "已有增减", lambda: reorder_attachments(book, RECORD, ids[:2], actor(3)))
    remove_attachment(book, ids[2], actor(4))
    assert [each.id for each in of_record(book)] == [ids[1], ids[0]]
    assert add(book, PNG, "后.png").position == 3
    refused(book, "已不在簿中", lambda: remove_attachment(book, ids[2], actor(5)))


def test_a_copy_is_read_only_and_made_anew_when_it_was_changed(tmp_path: Path) -> None:
    book = book_with_record()
    attachment = add(book, PDF, "通知.pdf")
    with book.reading() as reading:
        path = open_copy(reading, attachment.id, tmp_path)
        assert path.read_bytes() == PDF
        assert path.name == "通知.pdf"
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IRGRP | stat.S_IROTH)
        path.chmod(0o600)
        path.write_bytes(b"changed")
        assert open_copy(reading, attachment.id, tmp_path).read_bytes() == PDF
        assert open_copy(reading, attachment.id, tmp_path) == path


@pytest.mark.parametrize("content", [None, b"other bytes"])
def test_a_content_that_is_not_its_hash_is_not_opened(content: bytes | None, tmp_path: Path) -> None:
    book = book_with_record()
    attachment = add(book, PDF, "通知.pdf")
    del book.state.contents[attachment.sha256]
    if content is not None:
        book.state.contents[attachment.sha256] = content
    with book.reading() as reading, pytest.raises(RefusedProblem, match="缺失或已损坏"):
        open_copy(reading, attachment.id, tmp_path)


# ---- the missing-evidence list ----


def held(
    kinds: tuple[str, ...], day: date, state: RecordState = RecordState.FINAL, place: UUID = FIRST_BRANCH
) -> Record:
    return Record(uuid4(), kinds, place, day, subject="主题", state=state)


def evidence_book() -> tuple[FakeBook, Record]:
    book = book_with_record()
    complete = held(("committee_meeting",), date(2026, 2, 1))
    with operate(book, actor(), "准备") as operating:
        operating.writing.put_all(
            (
                complete,
                held(("party_lesson", "theme_party_day"), date(2026, 5, 1)),
                held(("group_meeting",), date(2026, 4, 1), place=FIRST_GROUP),
                held(("general_meeting",), date(2025, 4, 1)),
                held(("general_meeting",), date(2026, 6, 1), RecordState.DRAFT),
                held(("committee_meeting",), date(2026, 7, 1), RecordState.CORRECTED, SECOND_BRANCH),
                held(("work_plan",), date(2026, 1, 1)),
            )
        )
    add(book, PDF, "签到.pdf", KINDS.SIGN_IN, complete.id)
    return book, complete


def test_what_is_missing_is_listed_by_date_for_held_records_of_the_year() -> None:
    book, _ = evidence_book()
    with book.reading() as reading:
        found = missing_evidence(reading, FIRST_BRANCH, 2026)
        everything = missing_evidence(reading, GENERAL_BRANCH, 2026)
    assert [(line.kind, line.organisation, line.missing_words) for line in found.lines] == [
        ("小组会", "第一支部 第一小组", "签到表"),
        ("党课、党日", "第一支部", "签到表、照片、课件"),
    ]
    assert (found.checked, found.complete) == (4, 2)
    assert (everything.checked, len(everything.lines)) == (5, 3)


def test_the_setting_decides_what_is_expected() -> None:
    book, complete = evidence_book()
    wanted = {"committee_meeting": (KINDS.SIGN_IN, KINDS.RESOLUTION), "group_meeting": (), "party_lesson": ()}
    change_setting(book, "expected_attachments", wanted, actor(5))
    with book.reading() as reading:
        found = missing_evidence(reading, FIRST_BRANCH, 2026).lines
    assert found[0].record_id == complete.id
    assert [line.missing_words for line in found] == ["决议", "签到表、照片"]


def test_everything_below_is_looked_at() -> None:
    with small_book().reading() as reading:
        assert set(places_below(reading.roster(), GENERAL_BRANCH)) == {
            each.id for each in reading.roster().organisations
        }
