"""党员: reached from other places, and by the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from branchbook.ui.place import ShowPerson
from tests.services.small_book import (
    named,
    small_book,
)
from tests.ui.places.members_screen import on_screen, write

ZHAO, QIAN, ZHENG = named("赵示例"), named("钱示例"), named("郑示例")


@pytest.fixture
def screen(shown):
    return on_screen(shown, small_book())


def test_another_place_can_ask_for_a_person_behind_a_filter(screen):
    write(screen.place.people.filter, "李")
    screen.place.show_subject(ShowPerson(QIAN))
    screen.settle()
    assert screen.place.person.view.person.id == QIAN
    assert screen.place.people.table.current_row.person_id == QIAN


def test_every_control_can_be_reached_and_has_a_name(screen):
    for page in ("fields", "facts", "life"):
        screen.place.person.show_page(page)
        nameless = [
            type(widget).__name__
            for widget in screen.place.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        ]
        assert nameless == []
