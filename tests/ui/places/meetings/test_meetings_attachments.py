"""The record's files: added, described, opened as copies, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from branchbook.domain.records import (
    AttachmentKind,
)
from tests.ui.places.meetings.meetings_place import (
    at_hand,
    records_of,
    stored_record,
)


class TestAttachments:
    def test_a_file_is_added_described_and_removed(self, place, show, settle, hand, tmp_path):
        body = show(stored_record(place.context.book))
        panel = body.attachments
        assert panel.missing.text() == "还缺会议通知、签到表、照片"
        path = tmp_path / "签到表.txt"
        path.write_text("赵示例 到", encoding="utf-8")
        place.editing.filing._files.path = path
        panel.add_asked.emit(AttachmentKind.SIGN_IN)
        settle()
        assert [row.attachment.file_name for row in panel.rows] == ["签到表.txt"]
        assert panel.missing.text() == "还缺会议通知、照片"
        place.editing.filing._files.path = tmp_path / "照片.txt"
        (tmp_path / "照片.txt").write_text("不是照片", encoding="utf-8")
        panel.add_asked.emit(AttachmentKind.PHOTO)
        settle()
        assert "不会印在照片页上" in place.banner.text
        panel.rows[1].caption.setFocus()
        hand.write("会场")
        hand.tab()
        with place.context.book.reading() as reading:
            assert [each.caption for each in reading.attachments_of((at_hand(place).id,))] == ["", "会场"]
        panel.rows[0].remove_button.click()
        settle()
        assert [row.attachment.kind for row in panel.rows] == [AttachmentKind.PHOTO]

    def test_a_file_makes_a_record_of_one_in_which_nothing_was_typed(self, place, begin, settle, tmp_path):
        body = begin("general_meeting")
        path = tmp_path / "通知.txt"
        path.write_text("定于今天开会", encoding="utf-8")
        place.editing.filing._files.path = path
        body.attachments.add_asked.emit(AttachmentKind.NOTICE)
        settle()
        assert len(records_of(place.context.book)) == 1
        assert len(body.attachments.rows) == 1

    def test_a_copy_is_opened_and_not_the_books_own_content(self, place, show, settle, tmp_path):
        body = show(stored_record(place.context.book))
        path = tmp_path / "签到表.txt"
        path.write_text("赵示例 到", encoding="utf-8")
        place.editing.filing._files.path = path
        body.attachments.add_asked.emit(AttachmentKind.SIGN_IN)
        settle()
        copies: list[Path] = []
        place.editing.filing.opened.disconnect()
        place.editing.filing.opened.connect(copies.append)
        body.attachments.rows[0].open_button.click()
        settle()
        (copy,) = copies
        assert copy.read_text(encoding="utf-8") == "赵示例 到"
        assert copy.stat().st_mode & 0o222 == 0

    def test_where_no_program_opens_it_the_copy_is_named(self, place, show, settle, tmp_path):
        """The screen of tests knows no programs at all."""
        body = show(stored_record(place.context.book))
        path = tmp_path / "签到表.txt"
        path.write_text("赵示例 到", encoding="utf-8")
        place.editing.filing._files.path = path
        body.attachments.add_asked.emit(AttachmentKind.SIGN_IN)
        settle()
        body.attachments.rows[0].open_button.click()
        settle()
        assert "没有能打开“签到表.txt”的程序" in place.banner.text
        assert "副本（只读）在" in place.banner.text

    def test_a_file_that_is_gone_says_so(self, place, show, settle, tmp_path):
        body = show(stored_record(place.context.book))
        place.editing.filing._files.path = tmp_path / "没有.txt"
        body.attachments.add_asked.emit(AttachmentKind.OTHER)
        settle()
        assert "读不出这个文件" in place.banner.text


def test_files_are_put_in_another_order_by_keys(place, show, hand, settle, tmp_path):
    """Photos print in the order in which they stand."""
    body = show(stored_record(place.context.book))
    panel = body.attachments
    for name in ("甲", "乙", "丙"):
        path = tmp_path / f"{name}.txt"
        path.write_text(name, encoding="utf-8")
        place.editing.filing._files.path = path
        panel.add_asked.emit(AttachmentKind.OTHER)
        settle()
    assert not panel.rows[0].raise_button.isVisible()
    panel.rows[2].raise_button.setFocus()
    hand.press(Qt.Key.Key_Return)
    settle()
    assert [row.attachment.file_name for row in panel.rows] == ["甲.txt", "丙.txt", "乙.txt"]
    assert panel.rows[1].raise_button.hasFocus()
    panel.rows[1].raise_button.click()
    settle()
    with place.context.book.reading() as reading:
        stored = reading.attachments_of((at_hand(place).id,))
    assert [each.file_name for each in stored] == ["丙.txt", "甲.txt", "乙.txt"]
