"""Terms of office of an organisation, and everyone who held a post in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.organisations import Term
from branchbook.services.terms import remove_term
from branchbook.ui.models.rows import Column
from branchbook.ui.place import ShowPerson
from branchbook.ui.places.members.organisation_view import OrganisationView, PostLine
from branchbook.ui.places.members.term_forms import TermForms
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class TermsPage(QWidget):
    """Terms above, posts over time below; a double click on a post shows the person."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.host = FormHost(self)
        self.forms = TermForms(self, place, self.host)
        self.terms: Table[Term] = Table(self._term_columns(), self, key=lambda term: term.id)
        self.terms.setAccessibleName(self.tr("届次"))
        self.terms.setFixedHeight(Look.current().px(32 + 3 * 34))
        self.terms.chosen.connect(lambda _: self._enable())
        self.posts: Table[PostLine] = Table(self._post_columns(), self, key=lambda line: line.fact_id)
        self.posts.setAccessibleName(self.tr("历任职务"))
        self.posts.setMinimumHeight(Look.current().px(170))
        self.posts.opened.connect(lambda line: place.show_subject(ShowPerson(line.person_id)))
        self.begin = self._button(self.tr("登记新一届"), self.forms.begin)
        self.end = self._button(self.tr("结束"), lambda: self._with_term(self.forms.end))
        self.correct = self._button(self.tr("更正"), lambda: self._with_term(self.forms.correct))
        self.remove = self._button(self.tr("删除"), lambda: self._with_term(self._remove))
        self._lay_out()

    def show_view(self, view: OrganisationView) -> None:
        """Show an organisation's terms and posts, the latest first."""
        self.forms.view = view
        self.terms.set_rows(view.terms)
        self.posts.set_rows(view.posts)
        self._enable()

    # ------------------------------------------------------------------------------------ inside

    def _enable(self) -> None:
        term = self.terms.current_row
        self.end.setEnabled(term is not None and term.ended_on is None)
        self.correct.setEnabled(term is not None)
        self.remove.setEnabled(term is not None)

    def _with_term(self, act: Callable[[Term], object]) -> None:
        term = self.terms.current_row
        if term is not None:
            act(term)

    def _remove(self, term: Term) -> None:
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: remove_term(book, term.id, actor))

    def _button(self, text: str, act: Callable[[], object]) -> Button:
        button = Button(text, parent=self)
        button.clicked.connect(lambda: act())
        return button

    def _term_columns(self) -> tuple[Column[Term], ...]:
        return (
            Column(self.tr("选举日期"), lambda term: term.elected_on.isoformat(), 92),
            Column(self.tr("任期"), lambda term: self.tr("{n} 年").format(n=term.years), 56),
            Column(self.tr("班子"), self._committee, 110),
            Column(
                self.tr("结束"),
                lambda term: term.ended_on.isoformat() if term.ended_on else self.tr("在任"),
                92,
                tone=lambda term: None if term.ended_on else Tone.OK,
            ),
            Column(self.tr("文号"), lambda term: term.document),
        )

    def _committee(self, term: Term) -> str:
        return self.tr("设委员会") if term.with_committee else self.tr("不设委员会")

    def _post_columns(self) -> tuple[Column[PostLine], ...]:
        return (
            Column(self.tr("姓名"), lambda line: line.name, 124),
            Column(
                self.tr("职务"),
                lambda line: line.post,
                132,
                tone=lambda line: Tone.WARN if line.awaits else None,
            ),
            Column(self.tr("起"), lambda line: line.from_on.isoformat(), 92),
            Column(self.tr("止"), self._until, 92),
            Column(self.tr("文号"), lambda line: line.document),
        )

    def _until(self, line: PostLine) -> str:
        if line.awaits:
            return self.tr("待批复")
        return line.to_on.isoformat() if line.to_on else self.tr("至今")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 0, 14, 0)
        buttons.setSpacing(6)
        buttons.addWidget(self.begin)
        buttons.addStretch(1)
        buttons.addWidget(Text(self.tr("选中的一届："), "dim"))
        for button in (self.end, self.correct, self.remove):
            buttons.addWidget(button)
        forms = QVBoxLayout()
        forms.setContentsMargins(14, 0, 14, 0)
        forms.addWidget(self.host)
        title = QHBoxLayout()
        title.setContentsMargins(14, 6, 14, 0)
        title.addWidget(Text(self.tr("历任职务"), "title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addLayout(forms)
        column.addWidget(self.terms)
        column.addLayout(title)
        column.addWidget(self.posts, 1)
