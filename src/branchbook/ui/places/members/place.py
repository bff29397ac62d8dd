"""The Members place: people or organisations in a list at the left, the record of one at the right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from branchbook.domain.history import Changes
from branchbook.ui.place import FileChooser, Place, PlaceContext, ShowPerson, Subject
from branchbook.ui.places.members.import_card import ImportCard
from branchbook.ui.places.members.listing import Listing, listing
from branchbook.ui.places.members.lists_card import ORGANISATIONS, PEOPLE, ListsCard
from branchbook.ui.places.members.new_person import NewPersonForm, Vacancies, vacancies
from branchbook.ui.places.members.organisation_card import OrganisationCard
from branchbook.ui.places.members.organisation_view import OrganisationRow, organisation_rows
from branchbook.ui.places.members.person_card import PersonCard
from branchbook.ui.places.members.roster_output import RosterOutput
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.inline_form import FormHost

if TYPE_CHECKING:
    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.workshop import Workshop

_TOUCHING = ("person", "person_fact", "organisation", "term", "record", "procedure", "setting", "attachment")


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
        self._fresh = True
        self.output = RosterOutput(self, workshop, files)
        self._chosen_day: date | None = None
        self._wanted: UUID | None = None
        self._scope_id: UUID | None = None
        self.pages = QStackedWidget()
        self._fill_left()
        self._fill_pages()
        for widget, share in ((self.lists, 52), (self.pages, 48)):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            self.content.addWidget(widget, share)

    @property
    def day(self) -> date:
        """As of which day everything is shown."""
        return self._chosen_day or self.context.today

    def open(self, context: PlaceContext) -> None:
        """Show the people of the organisation in the window's scope."""
        super().open(context)
        if context.scope.organisation_id != self._scope_id:
            self._scope_id = context.scope.organisation_id
            self._forget()
        self.lists.show_day(self.day, context.today)
        self._load_all()

    def leave(self) -> None:
        """Save what is still in a field."""
        self.person.fields.save()
        self.organisation.fields.save()

    def reload(self, changes: Changes) -> None:
        """People, facts, organisations and the records that name people may have changed."""
        if changes.touches(*_TOUCHING):
            self._load_all()

    def focus_first(self) -> None:
        """In the filter at first, later where the keyboard was last."""
        if self._fresh:
            self._fresh = False
            self.people.filter.setFocus()
        else:
            super().focus_first()

    def show_subject(self, subject: Subject) -> None:
        """Show a person that another place asked for."""
        if isinstance(subject, ShowPerson):
            self._wanted = subject.person_id
            self.lists.choose_view(PEOPLE)
            self.people.select(subject.person_id)
            self.show_person(subject.person_id)

    def show_view(self, key: str) -> None:
        """People or organisations, with the card that was last shown of either."""
        self.lists.choose_view(key)
        if key == PEOPLE:
            self._back_to_person()
        elif self.organisation.organisation_id is None:
            self.show_organisation(self.context.scope.organisation_id)
        else:
            self.pages.setCurrentWidget(self.organisation)

    def show_person(self, person_id: UUID) -> None:
        """Show a person's card."""
        self.pages.setCurrentWidget(self.person)
        self.person.show_person(person_id)

    def show_organisation(self, organisation_id: UUID) -> None:
        """Show an organisation's card."""
        self.organisations.select(organisation_id)
        self.pages.setCurrentWidget(self.organisation)
        self.organisation.show_organisation(organisation_id)

    # ------------------------------------------------------------------------------ import, adding

    def choose_import(self) -> None:
        """Ask for a roster and read it."""
        path = self._files.open_file(self.tr("选择花名册"), self.tr("Excel 表格 (*.xlsx);;所有文件 (*)"))
        if path is not None:
            self.importing.read(path)

    def add(self) -> None:
        """Open the form of a new person."""
        book, scope, today = self.context.book, self.context.scope, self.context.today

        def question() -> Vacancies:
            with book.reading() as reading:
                return vacancies(reading, scope.organisation_id, today)

        self.ask(question, self._open_addition, key="vacancies")

    def _open_addition(self, rooms: Vacancies) -> None:
        self.banner.clear()
        self.pages.setCurrentWidget(self.addition_card)
        self.addition.open(NewPersonForm(self, rooms, self._added))

    def _added(self, person_id: UUID) -> None:
        self._wanted = person_id
        self.show_person(person_id)

    def _back_to_person(self) -> None:
        self.pages.setCurrentWidget(self.person if self.person.person_id else self.nobody)

    # ------------------------------------------------------------------------------------ loading

    def _load_all(self) -> None:
        self._load()
        self.person.refresh()
        self.organisation.refresh()

    def _load(self) -> None:
        book, scope, day = self.context.book, self.context.scope, self.day

        def question() -> tuple[Listing, tuple[OrganisationRow, ...]]:
            with book.reading() as reading:
                return listing(reading, scope.organisation_id, day), organisation_rows(reading, day)

        self.ask(question, self._show_lists, key="lists")

    def _show_lists(self, found: tuple[Listing, tuple[OrganisationRow, ...]]) -> None:
        view, rows = found
        self.people.show_listing(view)
        self.organisations.show_rows(rows)
        if self.organisation.organisation_id is not None:
            self.organisations.select(self.organisation.organisation_id)
        words = self.tr("{organisation} {n} 人").format(organisation=view.organisation, n=len(view.members))
        self.lists.set_words(PEOPLE, words)
        self.lists.set_words(ORGANISATIONS, self.tr("{n} 个").format(n=len(rows)))
        wanted, self._wanted = self._wanted or self.person.person_id, None
        if wanted is not None:
            self.people.select(wanted)
        elif view.members and self.pages.currentWidget() is self.nobody:
            self.people.select(view.members[0].person_id)
            self.show_person(view.members[0].person_id)

    def _change_day(self, day: date | None) -> None:
        self._chosen_day = None if day == self.context.today else day
        if day is None:
            self.lists.show_day(self.day, self.context.today)
        self._load_all()

    def _forget(self) -> None:
        """Another organisation is shown: nobody of the one before stays on the right."""
        self.person.person_id = self.organisation.organisation_id = None
        self.pages.setCurrentWidget(self.nobody)
        self.lists.choose_view(PEOPLE)

    def _person_gone(self) -> None:
        self.person.person_id = None
        if self.pages.currentWidget() is self.person:
            self.pages.setCurrentWidget(self.nobody)

    # ------------------------------------------------------------------------------------- layout

    def _fill_left(self) -> None:
        self.lists = ListsCard()
        self.people, self.organisations = self.lists.people, self.lists.organisations
        for chosen, show in (
            (self.people.person_chosen, self.show_person),
            (self.organisations.organisation_chosen, self.show_organisation),
            (self.lists.view_changed, self.show_view),
        ):
            chosen.connect(self.banner.clear)
            chosen.connect(show)
        self.lists.import_asked.connect(self.choose_import)
        self.lists.export_asked.connect(self.output.export)
        self.lists.print_asked.connect(self.output.print_roster)
        self.lists.addition_asked.connect(self.add)
        self.lists.day_changed.connect(self._change_day)

    def _fill_pages(self) -> None:
        self.nobody = Card(padding=0)
        text = self.tr("在左边选一个人，查看和更正资料。")
        self.nobody.add(EmptyState("user", self.tr("没有选中的人"), text), 1)
        self.person = PersonCard(self, lambda: self.day)
        self.person.removed.connect(self._person_gone)
        self.organisation = OrganisationCard(self, lambda: self.day)
        self.importing = ImportCard(self, self._workshop)
        self.importing.opened.connect(lambda: self.pages.setCurrentWidget(self.importing))
        self.importing.ended.connect(self._back_to_person)
        self.addition_card = Card(self.tr("新增人员"))
        self.addition = FormHost()
        self.addition.closed.connect(self._back_to_person)
        self.addition_card.add(self.addition)
        self.addition_card.body.addStretch(1)
        for page in (self.nobody, self.person, self.organisation, self.importing, self.addition_card):
            self.pages.addWidget(page)
