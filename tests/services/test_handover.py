"""换书记交接: everything in one folder, whole or not there, and a page for both signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pypdfium2
import pytest
from openpyxl import load_workbook

from branchbook.app import Workshop
from branchbook.domain.papers import Sheet
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, PersonRef, Resolution
from branchbook.services.handover import BLANK, FILLED, READ_FIRST, make_handover_pack
from branchbook.services.meetings import save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.record_defaults import new_record
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, actor, fill, small_book

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


def draft(book):
    """A draft with a resolution that is still to be carried out."""
    with book.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 11, 20), actor())
    resolution = Resolution(uuid4(), "增设意见箱", (PersonRef("赵示例"),), due_on=date(2026, 12, 1))
    item = AgendaItem(uuid4(), "讨论", resolutions=(resolution,))
    return save_record(book, replace(record, subject="研究工作", agenda=(item,)), actor()).value


@pytest.fixture
def book(tmp_path):
    made = Workshop().shelf.create(tmp_path / "示例 总支.branchbook", "试用员")
    fill(made)
    draft(made)
    yield made
    made.close()


def rows(sheet: Sheet, key: str) -> list[dict[str, str]]:
    """The rows of one grid of the page."""
    values = sheet.values or {}
    return [dict(row) for row in values[key] if isinstance(row, Mapping)]


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document), "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_pack_holds_everything_and_its_backup_is_whole(book, tmp_path):
    out = tmp_path / "交接"
    pack = make_handover_pack(Workshop(), book, out, NOW)
    found = {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()}
    assert found == set(pack.files)
    assert {READ_FIRST, FILLED, BLANK, "列表/2026年列表.xlsx", "列表/花名册.xlsx"} <= found
    assert sum(name.startswith("手册/") for name in found) == 3  # two branches and the general branch
    (copy,) = (out / "备份").glob("*.branchbook")
    check = Workshop().shelf.check(copy)
    assert check.whole
    assert check.sha256 == pack.backup.sha256
    assert load_workbook(out / "列表" / "2026年列表.xlsx").sheetnames
    words = (out / READ_FIRST).read_text("utf-8-sig")
    assert "没有口令" in words
    assert pack.backup.sha256 in words
    assert all(name in words for name in found - {READ_FIRST})


def test_the_page_says_what_is_open_and_has_room_for_the_signatures(book, tmp_path):
    out = tmp_path / "交接"
    pack = make_handover_pack(Workshop(), book, out, NOW)
    _, filled = text_of(out / FILLED)
    words = (
        "2026年11月24日",
        "1 份（草稿 1 份）",
        "增设意见箱",
        "移交人签名",
        "接收人签名",
        pack.backup.path.name,
    )
    for each in words:
        assert each in filled.replace("\r\n", ""), each
    pages, blank = text_of(out / BLANK)
    assert pages == 1
    assert "接收人签名" in blank
    assert "增设意见箱" not in blank


def test_a_zip_is_one_file(book, tmp_path):
    before = {each.name for each in tmp_path.iterdir()}
    make_handover_pack(Workshop(), book, tmp_path / "交接.zip", NOW)
    assert {each.name for each in tmp_path.iterdir()} - before == {"交接.zip"}


def test_cancelling_leaves_nothing(book, tmp_path):
    before = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(RefusedProblem, match="已取消"):
        make_handover_pack(Workshop(), book, tmp_path / "交接", NOW, lambda done, _total: done < 1)
    assert {each.name for each in tmp_path.iterdir()} == before


def test_a_book_without_a_branch_has_nothing_to_hand_over(tmp_path):
    book = Workshop().shelf.create(tmp_path / "空.branchbook", "试用员")
    with pytest.raises(RefusedProblem, match="没有支部"):
        make_handover_pack(Workshop(), book, tmp_path / "交接", NOW)
    assert not (tmp_path / "交接").exists()
    book.close()


def test_of_a_branch_alone_the_paper_counts_its_own(tmp_path):
    book = small_book()
    draft(book)
    with book.reading() as reading:
        request = PaperRequest("handover", NOW.date(), organisation_id=FIRST_BRANCH)
        (own,) = sheets_for(reading, request)
        (above,) = sheets_for(reading, replace(request, organisation_id=GENERAL_BRANCH))
    assert own.values is not None
    assert above.values is not None
    assert own.values["members"] == "6 名"
    assert above.values["members"] == "10 名"
    (row,) = rows(own, "counts")
    assert (row["kind"], row["draft"]) == ("支部党员大会", "1")
    assert any("增设意见箱" in each["matter"] for each in rows(own, "open_matters"))
