"""委员分工: each elected member with one or two posts, the work taken over, and the group to keep contact with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.ballots import Assignment
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.services.election_office import set_assignments
from branchbook.services.election_posts import HEAD_POSTS
from branchbook.services.words import word_of
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Look
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.followed_body import lock_fields
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

POSTS = tuple(post for post in Post if post in COMMITTEE_POSTS - HEAD_POSTS - {Post.COMMITTEE_MEMBER})


class DivisionRow(QWidget):
    """One elected member. ``changed`` when something was chosen or a text was left."""

    changed = Signal()

    def __init__(self, person_id: UUID, name: str, head: Post | None, groups: Sequence[str]) -> None:
        super().__init__()
        self.person_id, self.name, self.head = person_id, name, head
        posts = [(post, word_of(post)) for post in POSTS]
        self.post = ChoiceField([(None, self.tr("委员")), *posts])
        self.also = ChoiceField([(None, self.tr("不兼任")), *posts])
        self.duties = LineField("", self.tr("分管的工作"))
        self.group = ChoiceField([("", self.tr("不联系党小组")), *((each, each) for each in groups)])
        self.post.setAccessibleName(self.tr("{name}的职务").format(name=name))
        self.also.setAccessibleName(self.tr("{name}兼任的职务").format(name=name))
        self.duties.setAccessibleName(self.tr("{name}分管的工作").format(name=name))
        self.group.setAccessibleName(self.tr("{name}联系的党小组").format(name=name))
        for choice in (self.post, self.also, self.group):
            choice.value_changed.connect(lambda _: self.changed.emit())
        self.duties.left.connect(self.changed)
        self._lay_out()

    def _lay_out(self) -> None:
        look = Look.current()
        label = Text(self.name, "", self)
        label.setFixedWidth(look.px(84))
        head = Text(word_of(self.head) if self.head else "", "", self)
        head.setFixedWidth(look.px(112))
        for choice, width in ((self.post, 112), (self.also, 112), (self.group, 130)):
            choice.setFixedWidth(look.px(width))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (label, head, self.post, self.also):
            row.addWidget(widget)
        row.addWidget(self.duties, 1)
        row.addWidget(self.group)
        head.setVisible(self.head is not None)
        self.post.setVisible(self.head is None)

    def show_assignments(self, own: Sequence[Assignment]) -> None:
        """Show what is assigned to this member; a text that is being typed stays."""
        posts = [each.post for each in own if each.post in POSTS]
        self.post.set_value(posts[0] if posts and self.head is None else None)
        rest = posts if self.head is not None else posts[1:]
        self.also.set_value(rest[0] if rest else None)
        if not self.duties.being_typed:
            self.duties.set_value(own[0].duties if own else "")
        group = own[0].contact_group if own else ""
        if group and group not in self.group._values:
            self.group.add_choice(group, group)
        self.group.set_value(group)

    def assignments(self) -> tuple[Assignment, ...]:
        """What is assigned now; nothing where nothing was chosen or written."""
        first = self.head or self.post.value() or Post.COMMITTEE_MEMBER
        duties, group, also = self.duties.text().strip(), self.group.value() or "", self.also.value()
        if first == Post.COMMITTEE_MEMBER and not (duties or group or also):
            return ()
        own = Assignment(self.person_id, self.name, first, duties, group)
        return (own, Assignment(self.person_id, self.name, also)) if also not in (None, first) else (own,)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        first = [self.post] if self.head is None else []
        return [*first, self.also, self.duties, self.group]


class DivisionSection(StepSection):
    """One row for each elected member; every change gives the whole division to the book."""

    steps = frozenset({"division"})
    parts = frozenset({"assignments"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.rows: list[DivisionRow] = []
        self._members: tuple[tuple[UUID, Post | None], ...] = ()
        self.nobody = Text(self.tr("还没有当选的委员：先完成投票计票并确认"), "dim-body", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addWidget(Text(self.tr("委员分工"), "label", self))
        self.column.addWidget(self.nobody)
        self.column.addLayout(self._list)

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the division as the book holds it."""
        super().show_step(view, locked=locked)
        found = view.outcome
        if found is None:
            return
        members = tuple((each.person_id, found.heads.get(each.person_id)) for each in found.outcome.committee)
        if members != self._members:
            self._members = members
            self._build(view)
        self.nobody.setVisible(not members)
        for row in self.rows:
            own = [each for each in view.procedure.assignments if each.person_id == row.person_id]
            row.show_assignments(own)
            lock_fields(row, locked)
        self.arranged.emit()

    def _build(self, view: StepView) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        found = view.outcome
        assert found is not None
        self.rows = [
            DivisionRow(each.person_id, each.name, found.heads.get(each.person_id), found.groups)
            for each in found.outcome.committee
        ]
        for row in self.rows:
            row.changed.connect(self.keep)
            self._list.addWidget(row)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [stop for row in self.rows for stop in row.stops()]

    def leave(self) -> None:
        """Take what is typed in a field."""
        self.keep()

    def keep(self) -> None:
        """Give the division as it is shown to the book."""
        view = self.view
        if view is None or self.locked:
            return
        given = tuple(each for row in self.rows for each in row.assignments())
        if given != view.procedure.assignments:
            book, actor = self.place.context.book, self.place.context.actor()
            self.do(lambda: set_assignments(book, view.procedure.id, given, actor))
