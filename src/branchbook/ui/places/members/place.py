"""The Members place: people or organisations in a list at the left, the record of one at the right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.domain.history import Changes
from branchbook.services.roster_export import export_roster
from branchbook.services.settings import book_settings
from branchbook.ui.place import FileChooser, Place, PlaceContext, ShowPerson, Subject
from branchbook.ui.places.members.import_card import ImportCard
from branchbook.ui.places.members.inline_form import FormHost
from branchbook.ui.places.members.listing import Listing, listing
from branchbook.ui.places.members.new_person import NewPersonForm, Vacancies, vacancies
from branchbook.ui.places.members.people_list import PeopleList
from branchbook.ui.places.members.person_card import PersonCard
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.workshop import Workshop

PEOPLE, ORGANISATIONS = "people", "organisations"
_TOUCHING = ("person", "person_fact", "organisation", "term", "record", "setting", "attachment")


class Members(Place):
    """``day`` is the day as of which everything is shown: today, or one that the user chose."""

    key = "members"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._settings_file = settings_file
        self._files = files
        self._chosen_day: date | None = None
        self._wanted: UUID | None = None
        self._title = ""
        self.pages = QStackedWidget()
        self.content.addWidget(self._left_card(), 48)
        self.content.addWidget(self._right_side(), 52)

    def open(self, context: PlaceContext) -> None:
        """Show the people of the organisation in the window's scope."""
        super().open(context)
        self.day_field.set_today(context.today)
        self.day_field.set_value(self.day)
        self._load()
        self.person.refresh()

    def leave(self) -> None:
        """Save what is still in a field."""
        self.person.fields.save()

    def reload(self, changes: Changes) -> None:
        """People, facts, organisations and the records that name people may have changed."""
        if changes.touches(*_TOUCHING):
            self._load()
            self.person.refresh()

    def show_subject(self, subject: Subject) -> None:
        """Show a person that another place asked for."""
        if isinstance(subject, ShowPerson):
            self.show_view(PEOPLE)
            self._wanted = subject.person_id
            self.show_person(subject.person_id)

    @property
    def day(self) -> date:
        """As of which day everything is shown."""
        return self._chosen_day or self.context.today

    def show_view(self, key: str) -> None:
        """People or organisations."""
        self.views.choose(key)
        people = key == PEOPLE
        self.lists.setCurrentWidget(self.people)
        for button in (self.import_button, self.export_button, self.add_button):
            button.setVisible(people)

    def show_person(self, person_id: UUID) -> None:
        """Show a person's card."""
        self.banner.clear()
        self.pages.setCurrentWidget(self.person)
        self.person.show_person(person_id)

    # ------------------------------------------------------------------------------ import, export

    def choose_import(self) -> None:
        """Ask for a roster and read it."""
        path = self._files.open_file(self.tr("选择花名册"), self.tr("Excel 表格 (*.xlsx);;所有文件 (*)"))
        if path is not None:
            self.importing.read(path)

    def export(self) -> None:
        """Write the roster of the day; numbers are masked where the settings say so."""
        name = self.tr("{organisation}花名册 {day}.xlsx")
        suggested = name.format(organisation=self._title, day=self.day)
        path = self._files.save_file(self.tr("导出花名册"), self.tr("Excel 表格 (*.xlsx)"), suggested)
        if path is not None:
            self.work(self.tr("导出花名册"), lambda _: self._write(path), lambda n: self._exported(path, n))

    def _write(self, path: Path) -> int:
        book, tables, day = self.context.book, self._workshop.tables, self.day
        with book.reading() as reading:
            masked = book_settings(reading).identity_masked
            scope = self.context.scope.organisation_id
            return export_roster(tables, path, reading.roster(), day, scope, masked=masked)

    def _exported(self, path: Path, count: int) -> None:
        text = self.tr("已导出 {n} 人：{name}").format(n=count, name=path.name)
        self.banner.say(Tone.OK, text, more=str(path.parent))

    # ------------------------------------------------------------------------------------- adding

    def add(self) -> None:
        """Open the form of a new person."""
        book, scope, today = self.context.book, self.context.scope, self.context.today

        def question() -> Vacancies:
            with book.reading() as reading:
                return vacancies(reading, scope.organisation_id, today)

        self.ask(question, self._open_addition, key="vacancies")

    def _open_addition(self, rooms: Vacancies) -> None:
        self.banner.clear()
        self.addition.open(NewPersonForm(self, rooms, self._added))
        self.pages.setCurrentWidget(self.addition_card)
        self.addition.focus_first()

    def _added(self, person_id: UUID) -> None:
        self._wanted = person_id
        self.show_person(person_id)

    def _back_to_person(self) -> None:
        self.pages.setCurrentWidget(self.person if self.person.person_id else self.nobody)

    # ------------------------------------------------------------------------------------ loading

    def _load(self) -> None:
        book, scope, day = self.context.book, self.context.scope, self.day

        def question() -> Listing:
            with book.reading() as reading:
                return listing(reading, scope.organisation_id, day)

        self.ask(question, self._show_listing, key="listing")

    def _show_listing(self, view: Listing) -> None:
        self._title = view.organisation
        self.people.show_listing(view)
        count = self.tr("{organisation} {n} 人").format(organisation=view.organisation, n=len(view.members))
        self.card.set_title(self.tr("党员"), count)
        wanted, self._wanted = self._wanted or self.person.person_id, None
        if wanted is not None:
            self.people.select(wanted)
        elif view.members and self.pages.currentWidget() is self.nobody:
            self.people.select(view.members[0].person_id)
            self.show_person(view.members[0].person_id)

    def _change_day(self, day: date | None) -> None:
        self._chosen_day = None if day == self.context.today else day
        if day is None:
            self.day_field.set_value(self.day)
        self._load()
        self.person.refresh()

    def _person_removed(self) -> None:
        self.person.person_id = None
        self.pages.setCurrentWidget(self.nobody)

    # ------------------------------------------------------------------------------------- layout

    def _left_card(self) -> Card:
        self.card = Card(self.tr("党员"), " ", padding=0)
        self.import_button = Button(self.tr("导入 Excel"), "upload")
        self.import_button.clicked.connect(self.choose_import)
        self.export_button = Button(self.tr("导出 Excel"), "download")
        self.export_button.clicked.connect(self.export)
        self.add_button = Button(self.tr("新增"), "plus", primary=True)
        self.add_button.clicked.connect(self.add)
        for button in (self.import_button, self.export_button, self.add_button):
            self.card.add_action(button)
        self.people = PeopleList()
        self.people.person_chosen.connect(self.show_person)
        self.people.import_asked.connect(self.choose_import)
        self.people.addition_asked.connect(self.add)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.people)
        self.card.body.setContentsMargins(0, 10, 0, 0)
        self.card.body.addLayout(self._view_row())
        self.card.add(self.lists, 1)
        return self.card

    def _view_row(self) -> QHBoxLayout:
        self.views = Chips()
        self.views.setAccessibleName(self.tr("党员或组织"))
        self.views.set_chips([(PEOPLE, self.tr("党员")), (ORGANISATIONS, self.tr("组织"))])
        self.views.chosen.connect(self.show_view)
        self.day_field = DateField(date.min)
        self.day_field.setAccessibleName(self.tr("截至日期"))
        self.day_field.setFixedWidth(Look.current().px(112))
        self.day_field.value_changed.connect(self._change_day)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.views, 1)
        row.addWidget(Text(self.tr("截至日期"), "label"))
        row.addWidget(self.day_field)
        return row

    def _right_side(self) -> QStackedWidget:
        self.nobody = Card(padding=0)
        text = self.tr("在左边选一个人，查看和更正资料。")
        self.nobody.add(EmptyState("user", self.tr("没有选中的人"), text), 1)
        self.person = PersonCard(self, lambda: self.day)
        self.person.removed.connect(self._person_removed)
        self.importing = ImportCard(self, self._workshop)
        self.importing.opened.connect(lambda: self.pages.setCurrentWidget(self.importing))
        self.importing.ended.connect(self._back_to_person)
        self.addition_card = Card(self.tr("新增人员"))
        self.addition = FormHost()
        self.addition.closed.connect(self._back_to_person)
        self.addition_card.add(self.addition)
        self.addition_card.body.addStretch(1)
        for page in (self.nobody, self.person, self.importing, self.addition_card):
            self.pages.addWidget(page)
        return self.pages
