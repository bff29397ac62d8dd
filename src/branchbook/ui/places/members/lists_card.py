"""The card at the left: people or organisations, as of a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.ui.places.members.organisation_list import OrganisationList
from branchbook.ui.places.members.people_list import PeopleList
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.labels import Text

PEOPLE, ORGANISATIONS = "people", "organisations"


class ListsCard(Card):
    """``day_changed`` gives the day that was chosen, None where the field was emptied."""

    import_asked = Signal()
    export_asked = Signal()
    print_asked = Signal()
    addition_asked = Signal()
    day_changed = Signal(object)
    view_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", "", parent, padding=0)
        self._words = {PEOPLE: "", ORGANISATIONS: ""}
        self.import_button = self._button(self.tr("导入 Excel"), "upload", self.import_asked)
        self.export_button = self._button(self.tr("导出 Excel"), "download", self.export_asked)
        self.print_button = IconButton("printer", self.tr("打印花名册"))
        self.print_button.clicked.connect(self.print_asked)
        self.add_action(self.print_button)
        self.add_button = self._button(self.tr("新增"), "plus", self.addition_asked, primary=True)
        self.people = PeopleList()
        self.people.import_asked.connect(self.import_asked)
        self.people.addition_asked.connect(self.addition_asked)
        self.organisations = OrganisationList()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.people)
        self.lists.addWidget(self.organisations)
        self.body.setContentsMargins(0, 10, 0, 0)
        self.body.addLayout(self._view_row())
        self.add(self.lists, 1)

    @property
    def view(self) -> str:
        """PEOPLE or ORGANISATIONS."""
        return self.views.current

    def choose_view(self, key: str) -> None:
        """Show people or organisations, without telling."""
        self.views.choose(key)
        self.lists.setCurrentWidget(self.people if key == PEOPLE else self.organisations)
        for button in (self.import_button, self.export_button, self.print_button, self.add_button):
            button.setVisible(key == PEOPLE)
        self._say()

    def set_words(self, key: str, words: str) -> None:
        """The quiet words beside the title of one of the two views."""
        self._words[key] = words
        self._say()

    def show_day(self, day: date, today: date) -> None:
        """The day as of which all is shown."""
        self.day_field.set_today(today)
        self.day_field.set_value(day)

    # ------------------------------------------------------------------------------------ inside

    def _say(self) -> None:
        title = self.tr("党员") if self.view == PEOPLE else self.tr("组织")
        self.set_title(title, self._words[self.view])

    def _button(self, text: str, icon: str, asked: object, *, primary: bool = False) -> Button:
        button = Button(text, icon, primary=primary)
        button.clicked.connect(lambda: asked.emit())  # type: ignore[attr-defined]
        self.add_action(button)
        return button

    def _view_row(self) -> QHBoxLayout:
        self.views = Chips()
        self.views.setAccessibleName(self.tr("党员或组织"))
        self.views.set_chips([(PEOPLE, self.tr("党员")), (ORGANISATIONS, self.tr("组织"))])
        self.views.chosen.connect(self._change_view)
        self.day_field = DateField(date.min)
        self.day_field.setAccessibleName(self.tr("截至日期"))
        self._widen_day()
        Look.current().changed.connect(self._widen_day)
        self.day_field.value_changed.connect(self.day_changed)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.views, 1)
        row.addWidget(Text(self.tr("截至日期"), "label"))
        row.addWidget(self.day_field)
        return row

    def _widen_day(self) -> None:
        self.day_field.setFixedWidth(Look.current().px(112))

    def _change_view(self, key: str) -> None:
        self.choose_view(key)
        self.view_changed.emit(key)
