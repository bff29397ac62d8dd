"""A private talk in the Print place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.records import PRIVATE, Record
from tests.ui.places.printing_screen import PrintScreen


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


def test_a_private_talk_prints_its_content_only_while_the_switch_is_on(screen):
    """The switch is off for every paper and record anew, and absent where nothing is private."""
    fields = screen.papers.fields
    screen.show("talk_record", "talk")
    assert fields.private.isHidden()
    assert "了解近期思想" in screen.text
    with screen.book.reading() as reading:
        talk = reading.get(Record, screen.records["talk"])
    screen.change("talk", fields={**talk.fields, PRIVATE: True})
    screen.settle()
    screen.show("talk_record", "talk")
    assert fields.private.isVisible()
    assert not fields.private.isChecked()
    assert "内容不公开" in screen.text
    QTest.keyClick(fields.private, Qt.Key.Key_Space)
    screen.settle()
    assert "了解近期思想" in screen.text
    screen.show("talk_summary")
    assert fields.private.isVisible(), "the table of the year has a private row"
    assert not fields.private.isChecked()
    assert "内容不公开" in screen.text
    screen.choose("general_meeting_minutes")
    assert fields.private.isHidden()
    screen.show("talk_record", "talk")
    assert "内容不公开" in screen.text
