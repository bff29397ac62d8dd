"""The forms of a term of office: begun with those who take office, ended, corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject

from branchbook.domain.organisations import OrganisationKind, Term
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.services.terms import (
    WITHOUT_COMMITTEE,
    YEARS,
    Appointment,
    BegunTerm,
    begin_term,
    correct_term,
    end_term,
)
from branchbook.services.words import word_of
from branchbook.ui.places.members.organisation_view import OrganisationView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.inline_form import FormHost, InlineForm
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class TermForms(QObject):
    """Opens a form about a term of the organisation of ``view``; each is one operation."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: OrganisationView | None = None

    def begin(self) -> InlineForm:
        """A new term: the one before ends the same day, and those picked take office."""
        view = self._viewed()
        hint = self.tr("上一届同日结束。选了人的，原班子的职务同日结束，由选中的人任职。")
        form = InlineForm(self._place, self.tr("登记新一届"), self.tr("登记"), hint)
        on = form.add_date(self.tr("选举日期"), self._place.context.today)
        years = form.add_choice(self.tr("任期"), self._years())
        committee = form.add_choice(self.tr("班子"), self._committees())
        document = form.add_line(self.tr("批复文号"))
        pickers = {post: self._picker(form, post, view) for post in Post if post in COMMITTEE_POSTS}

        def offer(with_committee: bool) -> None:
            posts = COMMITTEE_POSTS if with_committee else WITHOUT_COMMITTEE
            shown = [picker for post, picker in pickers.items() if post in posts]
            form.fields.show_only(on, years, committee, document, *shown)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            day, length, with_committee = form.day(on), years.value(), committee.value()
            organisation_id, text = view.organisation.id, document.value()
            term = Term(uuid4(), organisation_id, day, length, with_committee, document=text)
            posts = COMMITTEE_POSTS if with_committee else WITHOUT_COMMITTEE
            taken = [
                Appointment(choice.id, post)
                for post, picker in pickers.items()
                if post in posts and (choice := picker.value()) is not None
            ]
            form.run(lambda: begin_term(book, term, actor, taken), self._say)

        committee.value_changed.connect(offer)
        form.submitted.connect(act)
        return self._host.open(form)

    def end(self, term: Term) -> InlineForm:
        """End a term without a new one."""
        form = InlineForm(self._place, self.tr("结束届次"), self.tr("结束"), self.tr("从这一天起不再任职。"))
        on = form.add_date(self.tr("日期"), self._place.context.today)

        def act() -> None:
            book, actor, day = self._place.context.book, self._place.context.actor(), form.day(on)
            form.run(lambda: end_term(book, term.id, day, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    def correct(self, term: Term) -> InlineForm:
        """Correct a term that was entered wrongly; posts stay as they are."""
        form = InlineForm(self._place, self.tr("更正届次"), self.tr("更正"))
        on = form.add_date(self.tr("选举日期"), term.elected_on)
        ended = form.add_date(self.tr("结束日期"), term.ended_on, required=False)
        years = form.add_choice(self.tr("任期"), self._years())
        years.set_value(term.years)
        committee = form.add_choice(self.tr("班子"), self._committees())
        committee.set_value(term.with_committee)
        document = form.add_line(self.tr("批复文号"), term.document, wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            corrected = replace(
                term,
                elected_on=form.day(on),
                ended_on=ended.value(),
                years=years.value(),
                with_committee=committee.value(),
                document=document.value(),
            )
            form.run(lambda: correct_term(book, corrected, actor), self._say)

        form.submitted.connect(act)
        return self._host.open(form)

    # ------------------------------------------------------------------------------------ inside

    def _viewed(self) -> OrganisationView:
        assert self.view is not None
        return self.view

    def _years(self) -> list[tuple[int, str]]:
        return [(years, self.tr("{n} 年").format(n=years)) for years in YEARS]

    def _committees(self) -> list[tuple[bool, str]]:
        general = self._viewed().organisation.kind is OrganisationKind.GENERAL_BRANCH
        with_one = self.tr("设总支委员会") if general else self.tr("设支部委员会")
        return [(True, with_one), (False, self.tr("不设委员会，只选书记"))]

    def _picker(self, form: InlineForm, post: Post, view: OrganisationView) -> PersonPicker:
        picker = PersonPicker()
        picker.set_people([PersonChoice(each.person_id, each.name, each.initials) for each in view.people])
        form.fields.add(word_of(post), picker)
        return picker

    def _say(self, begun: BegunTerm) -> None:
        if begun.warnings:
            self._place.banner.say(Tone.WARN, "；".join(begun.warnings))
