"""A place for tests of the window: it writes down what the window tells it."""

from PySide6.QtWidgets import QVBoxLayout

from branchbook.ui.place import Place
from branchbook.ui.top_bar import BookHeading
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.long_text import LongText
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH

HEADING = BookHeading(
    "示例总支", ((FIRST_BRANCH, "第一支部（5 人）"), (SECOND_BRANCH, "第二支部（5 人）")), (2026, 2025)
)


class NotePlace(Place):
    """A place that writes down what the window tells it."""

    def __init__(self, key: str, calls: list) -> None:
        super().__init__()
        self.key = key
        self._calls = calls
        self.line = LineField()
        self.text = LongText()
        column = QVBoxLayout()
        column.addWidget(self.line)
        column.addWidget(self.text)
        self.content.addLayout(column)

    def open(self, context):
        super().open(context)
        self._calls.append((self.key, "open", context.scope.year))

    def leave(self):
        self._calls.append((self.key, "leave"))

    def reload(self, told):
        self._calls.append((self.key, "reload", told.touches("record")))

    def show_subject(self, subject):
        self._calls.append((self.key, "show", subject))
