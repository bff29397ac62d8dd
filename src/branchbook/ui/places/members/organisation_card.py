"""The organisation's card: its record and names, terms and posts, and the forms that redraw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.organisations import OrganisationKind
from branchbook.services.words import word_of
from branchbook.ui.places.members.organisation_fields import OrganisationFields
from branchbook.ui.places.members.organisation_forms import OrganisationForms
from branchbook.ui.places.members.organisation_view import OrganisationView, organisation_view
from branchbook.ui.places.members.redrawing_forms import RedrawingForms
from branchbook.ui.places.members.terms_page import TermsPage
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from branchbook.ui.place import Place

FIELDS, TERMS = "fields", "terms"


class OrganisationCard(Card):
    """Shows one organisation as of a day."""

    def __init__(self, place: Place, day: Callable[[], date]) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self._day = day
        self.organisation_id: UUID | None = None
        self.view: OrganisationView | None = None
        self.host = FormHost(self)
        self.forms = OrganisationForms(self, place, self.host)
        self.redrawing = RedrawingForms(self, place, self.host)
        self.fields = OrganisationFields(place)
        self.terms = TermsPage(place)
        self.chips = Chips()
        self.chips.setAccessibleName(self.tr("组织资料的各页"))
        self.chips.set_chips([(FIELDS, self.tr("基本情况")), (TERMS, self.tr("届次与班子"))])
        self.chips.chosen.connect(self.show_page)
        self._add_buttons()
        self._lay_out()

    def show_organisation(self, organisation_id: UUID) -> None:
        """Show an organisation."""
        if organisation_id != self.organisation_id:
            self.fields.save()
            self.host.shut()
            self.terms.host.shut()
        self.organisation_id = organisation_id
        self.refresh()

    def show_page(self, key: str) -> None:
        """The record, or terms and posts."""
        self.chips.choose(key)
        self.pages.setCurrentIndex(0 if key == FIELDS else 1)

    def refresh(self) -> None:
        """Ask again."""
        if self.organisation_id is None:
            return
        book, organisation_id, day = self._place.context.book, self.organisation_id, self._day()

        def question() -> OrganisationView:
            with book.reading() as reading:
                return organisation_view(reading, organisation_id, day)

        self._place.ask(question, self._show, key="organisation")

    # ------------------------------------------------------------------------------------ inside

    def _show(self, view: OrganisationView) -> None:
        self.view = view
        self.forms.view = self.redrawing.view = view
        organisation = view.organisation
        closed = organisation.closing_reason
        ended = self.tr("{day} {reason}")
        words = ended.format(day=organisation.closed_on, reason=word_of(closed)) if closed else view.summary
        self.set_title(organisation.name_on(view.day), words)
        self.fields.show_view(view)
        self.terms.show_view(view)
        self._show_buttons(view)

    def _show_buttons(self, view: OrganisationView) -> None:
        kind, open_ = view.organisation.kind, view.organisation.closed_on is None
        branch = kind is OrganisationKind.BRANCH
        below = self.tr("新建党小组") if branch else self.tr("新建党支部")
        self.add_below.setText(below)
        self.add_below.setVisible(open_ and kind is not OrganisationKind.GROUP)
        self.rename.setVisible(open_)
        self.divide.setVisible(open_ and branch)
        self.split.setVisible(open_ and branch)
        self.merge.setVisible(open_ and branch and bool(view.beside))
        self.close_branch.setVisible(open_ and branch and bool(view.beside))
        self.dissolve.setVisible(open_ and kind is OrganisationKind.GROUP)
        self.chips.setVisible(kind is not OrganisationKind.GROUP)
        if kind is OrganisationKind.GROUP:
            self.show_page(FIELDS)

    def _add_buttons(self) -> None:
        self.add_below = self._button(self.tr("新建党支部"), self.forms.add)
        self.rename = self._button(self.tr("更名"), self.forms.rename)
        self.divide = self._button(self.tr("拆分"), self.redrawing.divide)
        self.split = self._button(self.tr("分出"), self.redrawing.split_off)
        self.merge = self._button(self.tr("合并"), self.redrawing.merge)
        self.close_branch = self._button(self.tr("撤销"), self.redrawing.close)
        self.dissolve = self._button(self.tr("撤销"), self.forms.dissolve)

    def _button(self, text: str, act: Callable[[], object]) -> Button:
        button = Button(text, parent=self)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 10, 0, 0)
        self.body.setSpacing(10)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(self.chips)
        self.body.addLayout(row)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._record_page())
        terms_scroll = ScrolledBody()
        terms_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        terms_scroll.column.addWidget(self.terms)
        self.pages.addWidget(terms_scroll)
        self.body.addWidget(self.pages, 1)

    def _record_page(self) -> QWidget:
        shown = (self.add_below, self.rename, self.divide, self.split, self.merge)
        buttons = WrappingRow(gap=6)
        for button in (*shown, self.close_branch, self.dissolve):
            buttons.add(button)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(buttons)
        forms = QVBoxLayout()
        forms.setContentsMargins(14, 0, 14, 0)
        forms.addWidget(self.host)
        page = ScrolledBody()
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.column.addLayout(row)
        page.column.addLayout(forms)
        page.column.addWidget(self.fields, 1)
        return page
