"""What every place gets from its base: short ways to services, a banner, the keyboard in the right field."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTextEdit, QVBoxLayout

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.operations import Actor, Outcome
from branchbook.ui.place import Place
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from tests.ui.conftest import NOW, changes


class TwoFields(Place):
    """A heading that takes no keyboard, then two fields."""

    key = "two-fields"

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = LineField(), LineField()
        column = QVBoxLayout()
        for widget in (QLabel("抬头"), self.first, self.second):
            column.addWidget(widget)
        self.content.addLayout(column)


@pytest.fixture
def place(shown, context):
    made = TwoFields()
    made.open(context)
    return shown(made)


def test_a_context_says_who_does_what_when(context):
    assert context.actor() == Actor("李操作", NOW)
    assert context.today == NOW.date()


def test_an_answer_reaches_the_place(place, commands, settled):
    answers: list[int] = []
    place.ask(lambda: 41, answers.append)
    settled(commands)
    assert answers == [41]


def test_a_refusal_stands_in_its_banner_until_it_is_opened_again(place, context, commands, settled):
    def refuse():
        raise RefusedProblem("定稿后不能修改", "10月支委会", "请用“更正”")

    place.do(refuse)
    settled(commands)
    assert place.banner.isVisible()
    place.open(context)
    assert not place.banner.isVisible()


def test_a_refusal_can_be_shown_beside_its_field_instead(place, commands, settled):
    seen: list[Problem] = []

    def refuse():
        raise RefusedProblem("定稿后不能修改")

    place.do(refuse, failed=seen.append)
    settled(commands)
    assert len(seen) == 1
    assert not place.banner.isVisible()


def test_an_operation_and_long_work_give_their_values(place, commands, settled, qtbot):
    values: list[object] = []
    with qtbot.waitSignal(commands.changed):
        place.do(lambda: Outcome("记录", changes("record")), values.append)
    with qtbot.waitSignal(commands.job_ended):
        place.work("生成手册", lambda progress: b"%PDF", values.append)
    settled(commands)
    assert values == ["记录", b"%PDF"]


def test_the_keyboard_begins_in_the_first_field_and_comes_back_to_the_last(place):
    place.focus_first()
    assert place.first.hasFocus()
    place.second.setFocus()
    place.focus_first()
    assert place.second.hasFocus()


def test_a_place_without_fields_takes_no_keyboard(shown, context):
    place = Place()
    place.content.addWidget(Text("空"))
    place.open(context)
    shown(place)
    place.focus_first()
    assert not any(child.hasFocus() for child in place.findChildren(Text))


def test_a_place_scrolls_only_where_it_does_not_fit(shown, qtbot):
    """A banner that wraps takes its share of the height; only what is larger than the window scrolls."""
    place = shown(Place())
    wrapping = QTextEdit()  # it likes to be 192 px high, and can be lower
    place.content.addWidget(wrapping)
    place.resize(700, 200)
    place.banner.say(Tone.OK, "已存为 党日记录.docx")
    QApplication.processEvents()
    area = place.findChild(QScrollArea)
    assert not area.verticalScrollBar().isVisible()
    wrapping.setMinimumSize(900, 400)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert area.horizontalScrollBar().isVisible()
    assert place.minimumSizeHint().width() < 200
