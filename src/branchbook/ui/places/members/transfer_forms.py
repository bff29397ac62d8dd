"""The forms of membership: out to another organisation, to another branch of the book, ended, back in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from branchbook.domain.people import MembershipChange, Standing
from branchbook.services.memberships import ENDS_EVERYTHING
from branchbook.services.people import Joining
from branchbook.services.transfers import (
    Transfer,
    end_membership,
    move_between_branches,
    note_receipt,
    transfer_in,
    transfer_out,
)
from branchbook.services.words import word_of
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place

MOVED = "moved"
"""The way out that stays in the book: to another branch of the general branch."""


class TransferForms(QObject):
    """Opens a form about the membership of the person of ``view``; each is one operation."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: PersonView | None = None

    def leave(self) -> InlineForm:
        """Out with a letter, to another branch of the book, or the end of membership."""
        view = self._viewed()
        hint = self.tr("党小组和职务同日结束；记录中的姓名保留。")
        form = InlineForm(self._place, self.tr("转出或离开"), self.tr("登记"), hint)
        way = form.add_choice(self.tr("方式"), self._ways(view))
        on = form.add_date(self.tr("日期"), self._place.context.today)
        others = [each for each in view.branches if each[0] != view.branch_id]
        branch = form.add_choice(self.tr("转入支部"), others)
        counterpart = form.add_line(self.tr("转入单位"))
        letter = form.add_line(self.tr("介绍信"), "", self.tr("编号"))
        document = form.add_line(self.tr("文号"), wide=True)
        asked: dict[Any, tuple[QWidget, ...]] = {
            MembershipChange.TRANSFERRED_OUT: (counterpart, letter),
            MOVED: (branch, document),
        }

        def offer(chosen: Any) -> None:
            form.fields.show_only(way, on, *asked.get(chosen, (document,)))

        def act() -> None:
            book, actor, person_id = self._place.context.book, self._place.context.actor(), view.person.id
            day, chosen, text = form.day(on), way.value(), document.value()
            to, number, target = counterpart.value(), letter.value(), branch.value()
            if chosen is MembershipChange.TRANSFERRED_OUT:
                form.run(lambda: transfer_out(book, person_id, day, to, number, actor))
            elif chosen == MOVED:
                form.run(lambda: move_between_branches(book, person_id, target, day, actor, document=text))
            else:
                form.run(lambda: end_membership(book, person_id, chosen, day, text, actor))

        way.value_changed.connect(offer)
        offer(way.value())
        form.submitted.connect(act)
        return self._host.open(form)

    def come(self) -> InlineForm:
        """Back into a branch of the book, with the letter's number; the past stays."""
        view = self._viewed()
        form = InlineForm(self._place, self.tr("转入"), self.tr("登记转入"))
        branch = form.add_choice(self.tr("转入支部"), view.branches)
        since = form.add_date(self.tr("转入日期"), self._place.context.today)
        counterpart = form.add_line(self.tr("转出单位"))
        letter = form.add_line(self.tr("介绍信"), "", self.tr("编号"))
        standings = [(each, word_of(each)) for each in reversed(Standing)]
        standing = form.add_choice(self.tr("身份"), standings)

        def act() -> None:
            book, actor, person = self._place.context.book, self._place.context.actor(), view.person
            day, number = form.day(since), letter.value()
            joining = Joining(branch.value(), day, standing.value(), None, counterpart=counterpart.value())
            form.run(lambda: transfer_in(book, person, joining, number, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    def receipt(self, transfer: Transfer) -> InlineForm:
        """The receipt of a transfer: its day and number."""
        title = self.tr("登记回执：{counterpart}").format(counterpart=transfer.counterpart)
        form = InlineForm(self._place, title, self.tr("登记"))
        on = form.add_date(self.tr("回执日期"), self._place.context.today)
        number = form.add_line(self.tr("回执编号"))

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            day, text = form.day(on), number.value()
            form.run(lambda: note_receipt(book, transfer.fact_id, transfer.direction, day, text, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    # ------------------------------------------------------------------------------------ inside

    def _viewed(self) -> PersonView:
        assert self.view is not None
        return self.view

    def _ways(self, view: PersonView) -> list[tuple[Any, str]]:
        ways: list[tuple[Any, str]] = [(MembershipChange.TRANSFERRED_OUT, self.tr("转出到其他单位"))]
        if len(view.branches) > 1:
            ways.append((MOVED, self.tr("调到本簿另一支部")))
        return [*ways, *((each, word_of(each)) for each in MembershipChange if each in ENDS_EVERYTHING)]
