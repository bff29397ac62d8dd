"""The forms with which a dated fact begins: post, group, standing, restriction, mark."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from branchbook.domain.people import COMMITTEE_POSTS, Mark, Post, Restriction, Standing
from branchbook.services.people_facts import (
    appoint,
    join_group,
    leave_group,
    mark,
    restrict,
    set_standing,
)
from branchbook.services.words import word_of
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place
    from branchbook.ui.widgets.date_field import DateField


class FactForms(QObject):
    """Opens a form for the person of ``view`` in the host; each is one operation."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: PersonView | None = None

    def post(self) -> InlineForm:
        """Take up a post, in the committee of the branch or general branch or in the own group."""
        view = self._viewed()
        form = self._form(self.tr("任职"), self.tr("登记任职"))
        post = form.add_choice(self.tr("职务"), _worded(Post))
        where = form.add_choice(self.tr("所在组织"), view.committees)
        since, until = self._span(form)
        document = form.add_line(self.tr("文号"), "", self.tr("任职决定或选举结果"), wide=True)

        def offer(chosen: Post) -> None:
            own = [each for each in view.groups if each[0] == view.group_id]
            where.set_choices(view.committees if chosen in COMMITTEE_POSTS else own)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            person_id, place, what = view.person.id, where.value(), post.value()
            day, end, text = form.day(since), until.value(), document.value()
            form.run(lambda: appoint(book, person_id, place, what, day, text, actor, end))

        post.value_changed.connect(offer)
        form.submitted.connect(act)
        return self._host.open(form)

    def group(self) -> InlineForm:
        """Join a group of the own branch, or none; the former group is left the same day."""
        view = self._viewed()
        form = self._form(self.tr("编入党小组"), self.tr("编入"), self.tr("原来的党小组同日结束。"))
        groups: list[tuple[UUID | None, str]] = [each for each in view.groups if each[0] != view.group_id]
        if view.group_id is not None:
            groups.append((None, self.tr("不编入小组")))
        group = form.add_choice(self.tr("党小组"), groups)
        group.set_value(groups[0][0] if groups else None)
        since = form.add_date(self.tr("起始日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"))

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            where, day, text = group.value(), form.day(since), document.value()
            if where is None:
                form.run(lambda: leave_group(book, view.person.id, day, actor))
            else:
                form.run(lambda: join_group(book, view.person.id, where, day, actor, text))

        form.act.setEnabled(bool(group.count()))
        form.submitted.connect(act)
        return self._host.open(form)

    def standing(self) -> InlineForm:
        """A new standing from a day on, such as full member after the conversion."""
        view = self._viewed()
        form = self._form(self.tr("登记身份"), self.tr("登记"), self.tr("原来的身份同日结束。"))
        standing = form.add_choice(self.tr("身份"), _worded(reversed(Standing)))
        since = form.add_date(self.tr("起始日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"), "", self.tr("批准文件或会议决议"), wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            what, day, text = standing.value(), form.day(since), document.value()
            form.run(lambda: set_standing(book, view.person.id, what, day, text, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    def restriction(self) -> InlineForm:
        """Discipline, disposal or suspended rights, until a decision lifts it."""
        view = self._viewed()
        hint = self.tr("期满不自动恢复：恢复权利须另有决定，在下面选中这一条后登记。")
        form = self._form(self.tr("处分、处置与权利限制"), self.tr("登记"), hint)
        what = form.add_choice(self.tr("种类"), _worded(Restriction))
        since = form.add_date(self.tr("起始日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"), "", self.tr("作出决定的文件"), wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            chosen, day, text = what.value(), form.day(since), document.value()
            form.run(lambda: restrict(book, view.person.id, chosen, day, text, actor))

        form.submitted.connect(act)
        return self._host.open(form)

    def mark(self) -> InlineForm:
        """A mark such as 流动党员; it changes no rights."""
        view = self._viewed()
        form = self._form(self.tr("标记"), self.tr("登记"), self.tr("标记不改变党员的权利。"))
        what = form.add_choice(self.tr("标记"), _worded(Mark))
        since = form.add_date(self.tr("起始日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"), wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            chosen, day, text = what.value(), form.day(since), document.value()
            form.run(lambda: mark(book, view.person.id, chosen, day, actor, text))

        form.submitted.connect(act)
        return self._host.open(form)

    # ------------------------------------------------------------------------------------ inside

    def _viewed(self) -> PersonView:
        assert self.view is not None
        return self.view

    def _form(self, title: str, action: str, hint: str = "") -> InlineForm:
        return InlineForm(self._place, title, action, hint)

    def _span(self, form: InlineForm) -> tuple[DateField, DateField]:
        since = form.add_date(self.tr("起始日期"), self._place.context.today)
        until = form.add_date(self.tr("截止日期"), None, required=False)
        return since, until


def _worded(members: Iterable[StrEnum]) -> list[tuple[StrEnum, str]]:
    return [(each, word_of(each)) for each in members]
