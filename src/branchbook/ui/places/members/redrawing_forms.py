"""The forms that redraw branches: divide, split off, merge, close. Every member is placed in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from branchbook.services.redrawing import NewPart, Redrawn, close_branch, divide, merge, split_off
from branchbook.ui.places.members.organisation_view import OrganisationView
from branchbook.ui.places.members.placing_list import PlacingList
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place
    from branchbook.ui.widgets.date_field import DateField
    from branchbook.ui.widgets.fields import LineField

MOST_PARTS = 3


class RedrawingForms(QObject):
    """Opens a form about the branch of ``view`` in the host; each is one operation."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: OrganisationView | None = None

    def divide(self) -> InlineForm:
        """Divide the branch into two or three new ones; it ends itself."""
        view = self._viewed()
        hint = self.tr("原支部同日撤销，每个人都要分到一个新支部；原来的记录仍属原支部。")
        form, on, document, reason = self._form(self.tr("拆分党支部"), self.tr("拆分"), hint)
        names = [form.add_line(self.tr("新支部{n}").format(n=n + 1)) for n in range(MOST_PARTS)]
        names[-1].setPlaceholderText(self.tr("没有就不填"))
        placing = self._placing(form, view, self._parts(names))

        def offer(_: str) -> None:
            placing.offer(self._parts(names))

        def act() -> None:
            book, actor, placed = self._place.context.book, self._place.context.actor(), placing.placed()
            parts = [
                NewPart(line.value(), tuple(each for each, part in placed.items() if part == number))
                for number, line in enumerate(names)
                if line.value().strip() or number < 2
            ]
            day, text, why, branch_id = form.day(on), document.value(), reason.value(), view.organisation.id
            form.run(lambda: divide(book, branch_id, parts, day, text, actor, reason=why), self._say)

        for line in names:
            line.edited.connect(offer)
        form.submitted.connect(act)
        return self._host.open(form)

    def split_off(self) -> InlineForm:
        """Some members form a new branch; the branch goes on with the others."""
        view = self._viewed()
        hint = self.tr("选中的人从这一天起属于新支部，其余的人留在原支部。")
        form, on, document, _ = self._form(self.tr("分出新支部"), self.tr("分出"), hint, reason=False)
        name = form.add_line(self.tr("新支部"))
        placing = self._placing(form, view, [(False, self.tr("留在原支部")), (True, self.tr("到新支部"))])

        def act() -> None:
            book, actor, placed = self._place.context.book, self._place.context.actor(), placing.placed()
            part = NewPart(name.value(), tuple(each for each, goes in placed.items() if goes))
            day, text, branch_id = form.day(on), document.value(), view.organisation.id
            form.run(lambda: split_off(book, branch_id, part, day, text, actor), self._say)

        form.submitted.connect(act)
        return self._host.open(form)

    def merge(self) -> InlineForm:
        """This branch and others become one new branch."""
        view = self._viewed()
        hint = self.tr("本支部和选中的支部同日撤销，全体人员转入合并后的新支部。")
        form, on, document, reason = self._form(self.tr("合并党支部"), self.tr("合并"), hint)
        name = form.add_line(self.tr("新支部"))
        others = PlacingList(self.tr("合并哪些支部"))
        others.ask(view.beside, [(False, self.tr("不合并")), (True, self.tr("合并"))])
        form.add_below(others)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            chosen = [each for each, joins in others.placed().items() if joins]
            ids, called = (view.organisation.id, *chosen), name.value()
            day, text, why = form.day(on), document.value(), reason.value()
            form.run(lambda: merge(book, ids, called, day, text, actor, reason=why), self._say)

        form.submitted.connect(act)
        return self._host.open(form)

    def close(self) -> InlineForm:
        """Close the branch; each of its people goes to another one."""
        view = self._viewed()
        hint = self.tr("请为每个人选定转入的支部；党小组、职务和届次同日结束。")
        form, on, document, reason = self._form(self.tr("撤销党支部"), self.tr("撤销"), hint)
        placing = self._placing(form, view, view.beside)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            moves = {person: branch for person, branch in placing.placed().items() if branch is not None}
            day, text, why, branch_id = form.day(on), document.value(), reason.value(), view.organisation.id
            form.run(lambda: close_branch(book, branch_id, moves, day, text, actor, reason=why))

        form.submitted.connect(act)
        return self._host.open(form)

    # ------------------------------------------------------------------------------------ inside

    def _viewed(self) -> OrganisationView:
        assert self.view is not None
        return self.view

    def _form(
        self, title: str, action: str, hint: str, *, reason: bool = True
    ) -> tuple[InlineForm, DateField, LineField, LineField]:
        form = InlineForm(self._place, title, action, hint)
        on = form.add_date(self.tr("日期"), self._place.context.today)
        document = form.add_line(self.tr("批复文号"))
        why = document
        if reason:
            why = form.add_line(self.tr("理由"), "", self.tr("还有未办结事项时填写"), wide=True)
        return form, on, document, why

    def _placing(
        self, form: InlineForm, view: OrganisationView, choices: list[tuple[object, str]] | object
    ) -> PlacingList:
        placing = PlacingList(self.tr("人员去向"))
        people = [(each.person_id, each.name) for each in view.people]
        placing.ask(people, choices)  # type: ignore[arg-type]
        form.add_below(placing)
        return placing

    def _parts(self, names: list[LineField]) -> list[tuple[object, str]]:
        return [
            (number, line.value().strip() or self.tr("新支部{n}").format(n=number + 1))
            for number, line in enumerate(names)
            if number < 2 or line.value().strip()
        ]

    def _say(self, redrawn: Redrawn) -> None:
        if redrawn.warnings:
            self._place.banner.say(Tone.WARN, "；".join(redrawn.warnings))
