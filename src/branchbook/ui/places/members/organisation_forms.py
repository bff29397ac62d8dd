"""The forms that make and rename organisations, and dissolve a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from branchbook.domain.organisations import OrganisationKind
from branchbook.services.organisations import add_branch, add_group, dissolve_group, rename
from branchbook.ui.places.members.organisation_view import OrganisationView
from branchbook.ui.places.members.placing_list import PlacingList
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class OrganisationForms(QObject):
    """Opens a form about the organisation of ``view`` in the host; each is one operation."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: OrganisationView | None = None

    def add(self) -> InlineForm:
        """A branch below the general branch, or a group below a branch."""
        above = self._viewed().organisation
        general = above.kind is OrganisationKind.GENERAL_BRANCH
        title = self.tr("新建党支部") if general else self.tr("新建党小组")
        form = InlineForm(self._place, title, self.tr("新建"))
        name = form.add_line(self.tr("名称"))
        on = form.add_date(self.tr("成立日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"), wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            called, day, text = name.value(), form.day(on), document.value()
            if general:
                form.run(lambda: add_branch(book, called, day, actor, text))
            else:
                form.run(lambda: add_group(book, above.id, called, day, actor, text))

        form.submitted.connect(act)
        return self._host.open(form)

    def rename(self) -> InlineForm:
        """A new name from a day on; records of earlier days keep the earlier name."""
        organisation = self._viewed().organisation
        hint = self.tr("更名日期以前的记录和打印件仍用原来的名称。")
        form = InlineForm(self._place, self.tr("更名"), self.tr("更名"), hint)
        name = form.add_line(self.tr("新名称"), organisation.name)
        on = form.add_date(self.tr("起用日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"), wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            called, day, text = name.value(), form.day(on), document.value()
            form.run(lambda: rename(book, organisation.id, called, day, text, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    def dissolve(self) -> InlineForm:
        """Dissolve a group: each of its members joins another group of the branch, or none."""
        view = self._viewed()
        hint = self.tr("党小组的职务同日结束。请选定每名党员编入哪个小组。")
        form = InlineForm(self._place, self.tr("撤销党小组"), self.tr("撤销"), hint)
        on = form.add_date(self.tr("撤销日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"))
        reason = form.add_line(self.tr("理由"), "", self.tr("还有未办结事项时填写"), wide=True)
        placing = PlacingList(self.tr("党员去向"))
        people = [(each.person_id, each.name) for each in view.people]
        placing.ask(people, [*view.beside, (None, self.tr("不编组"))])
        if people:
            form.add_below(placing)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            group_id, day, text, why = view.organisation.id, form.day(on), document.value(), reason.value()
            moves = {person: group for person, group in placing.placed().items() if group is not None}
            form.run(lambda: dissolve_group(book, group_id, day, text, actor, moves=moves, reason=why))

        form.submitted.connect(act)
        return self._host.open(form)

    def _viewed(self) -> OrganisationView:
        assert self.view is not None
        return self.view
