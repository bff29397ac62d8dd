"""The card of a row: its fields made from the ledger, its files, and one button that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.problems import Problem
from branchbook.services.attachments import PhotoReducer
from branchbook.services.ledgers import add_row, change_row, remove_rows
from branchbook.services.operations import Outcome
from branchbook.ui.place import FileChooser
from branchbook.ui.places.ledgers.row_draft import RowDraft
from branchbook.ui.places.ledgers.row_fields import hint_below, label_width, narrow, row_editor
from branchbook.ui.places.ledgers.row_view import RowView, row_view
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.amount_field import AmountField
from branchbook.ui.widgets.attachments_panel import AttachmentsPanel
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.field_editors import (
    Edit,
    Entered,
    FieldEditor,
    settle_focus,
)
from branchbook.ui.widgets.fields import FieldGrid, LeavableLine
from branchbook.ui.widgets.filing import Filing
from branchbook.ui.widgets.long_text import LongText

if TYPE_CHECKING:
    from branchbook.ui.place import Place

Then = Callable[[], None]


class RowCard(Card):
    """``kept`` gives the id of the row that was written, ``removed`` tells that it went to the recycle bin."""

    kept = Signal(object)
    removed = Signal()

    def __init__(self, place: Place, files: FileChooser, photos: Callable[[], PhotoReducer]) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self.view: RowView | None = None
        self._entered = Entered({}, {})
        # What was asked for and has not come yet: a change of the book meanwhile must not put another in its place.
        self._awaited: tuple[str, UUID | None, Callable[[RowView], None] | None] | None = None
        self._holder_id: UUID | None = None
        # One operation at a time: a new row must not be added twice.
        self._keeping = False
        self._quietly = False
        self._turned_down: Entered | None = None
        self._waiting: list[Then | None] = []
        self.editors: dict[str, FieldEditor] = {}
        self.save_button = Button(self.tr("保存"), "check", primary=True)
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.save_button.clicked.connect(lambda: self.save())
        self.remove_button = Button(self.tr("删除"), "trash-2")
        self.remove_button.clicked.connect(self._remove)
        self.give_up_button = Button(self.tr("放弃"), "x")
        self.give_up_button.clicked.connect(self._give_up)
        self._draft = RowDraft(place, self._typed)
        self.add_action(self.give_up_button)
        self.add_action(self.remove_button)
        self.add_action(self.save_button)
        self.scrolled = ScrolledBody()
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolled.column.setContentsMargins(14, 12, 14, 12)
        self.holder = ChoiceField()
        self.grid = FieldGrid(1)
        self.attachments = AttachmentsPanel()
        self.filing = Filing(place, self.attachments, self._with_row, files, photos)
        self.filing.changed.connect(self._filed)
        self.scrolled.column.addWidget(self.grid)
        self.scrolled.column.addWidget(self.attachments)
        self.scrolled.column.addStretch(1)
        self.add(self.scrolled, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    # ------------------------------------------------------------------------------------- showing

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that the book does not hold."""
        if self.view is None:
            return False
        row = self.view.row
        same = (dict(self._entered.values), dict(self._entered.people)) == (
            dict(row.values),
            dict(row.people),
        )
        return not same or self._holder_id != row.organisation_id or self._unread() is not None

    def show_row(
        self, ledger: str, row_id: UUID | None, then: Callable[[RowView], None] | None = None
    ) -> None:
        """Show a row of the book, or a new one (None)."""
        context = self._place.context
        book, scope, today = context.book, context.scope, context.today

        def question() -> RowView:
            with book.reading() as reading:
                return row_view(reading, ledger, row_id, scope.organisation_id, today)

        self._awaited = (ledger, row_id, then)

        def show(view: RowView) -> None:
            self._awaited = None
            self._show(view)
            if then is not None:
                then(view)

        context.commands.ask(question, show, owner=self._place, key="row", failed=lambda _: self._gone())

    def refresh(self) -> None:
        """Ask again, unless something is typed that would be lost."""
        if self._awaited is not None:
            self.show_row(*self._awaited)
        elif self.view is not None and not self.view.is_new and not self.is_changed:
            self.show_row(self.view.ledger.key, self.view.row.id)

    def forget(self) -> None:
        """No row is shown any more; what is typed is let go."""
        self.view = self._awaited = None

    def focus_first(self) -> None:
        """The keyboard into the first field."""
        for editor in self.editors.values():
            editor.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _filed(self) -> None:
        """Files came or went: the list says whether some are missing."""
        if self.view is not None:
            self.kept.emit(self.view.row.id)

    def _gone(self) -> None:
        self.forget()
        self.removed.emit()

    def _show(self, view: RowView) -> None:
        built = self._shape(self.view) != self._shape(view)
        if not built and self.view is not None and self.view.row.id == view.row.id and self.is_changed:
            self.attachments.show_attachments(view.attachments, view.expected)
            return  # typed on meanwhile: it is kept next
        self.view = view
        typed = view.typed or view.row
        self._draft.found(view.typed)
        self._entered = Entered(dict(typed.values), dict(typed.people))
        self._holder_id = typed.organisation_id
        if built:
            self._build(view)
        self.grid.clear_problems()
        for editor in self.editors.values():
            editor.show(self._entered, view.people)
        self.holder.set_value(self._holder_id)
        self.attachments.show_attachments(view.attachments, view.expected)
        self._say()

    @staticmethod
    def _shape(view: RowView | None) -> object:
        """What the fields are made of: other rows of one ledger keep them."""
        if view is None:
            return None
        return view.ledger, view.holders, view.organisations, view.links, view.half_cents

    def _say(self) -> None:
        if self.view is None:
            return
        name = self.view.ledger.name
        title = self.tr("新的一条") if self.view.is_new else (self.view.title or name)
        self.set_title(title, self.tr("有没保存的修改") if self.is_changed else "")
        self.give_up_button.setVisible(self.is_changed or self.view.is_new)
        self.remove_button.setVisible(not self.give_up_button.isVisibleTo(self))
        self.save_button.setEnabled(self.view.is_new or self.is_changed)

    # -------------------------------------------------------------------------------------- fields

    def _build(self, view: RowView) -> None:
        old, self.grid = self.grid, FieldGrid(1, label_width=label_width(view.ledger))
        self.scrolled.column.replaceWidget(old, self.grid)
        old.hide()
        old.deleteLater()
        self.editors = {}
        self.holder = ChoiceField(view.holders)
        narrow(self.holder)
        self.holder.value_changed.connect(self._change_holder)
        for spec in view.ledger.shown:
            if spec.type is not FieldType.ATTACHMENT:
                editor = row_editor(spec, view, self._edit, self._place.context.today)
                self.editors[spec.key] = editor
                self._watch(editor.widget)
                label = f"{spec.label} *" if spec.required else spec.label
                editor.widget.setAccessibleName(spec.label)
                self.grid.add(label, editor.widget, hint=spec.hint if hint_below(spec) else "")
        self.grid.add(self.tr("所属组织"), self.holder)
        self.grid.set_shown(self.holder, len(view.holders) > 1)
        stops = [stop for editor in self.editors.values() for stop in editor.stops]
        order: list[QWidget] = [*stops, self.holder, *self.attachments.stops()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _edit(self, edit: Edit) -> None:
        self._entered = edit(self._entered)
        self._draft.edited()
        self._say()

    def _typed(self) -> LedgerRow | None:
        """The row as it is typed, where the book does not hold it and is not about to."""
        if self.view is None or not self.is_changed or self._keeping:
            return None
        return replace(
            self.view.row,
            organisation_id=self._holder_id or self.view.row.organisation_id,
            values=dict(self._entered.values),
            people=dict(self._entered.people),
        )

    def _give_up(self) -> None:
        """Let go what is typed: a new row altogether, a row of the book back to what the book holds."""
        view = self.view
        if view is None:
            return
        self._place.banner.clear()
        back = self.removed.emit if view.is_new else partial(self.show_row, view.ledger.key, view.row.id)

        def dropped() -> None:
            self.forget()
            back()

        self._draft.drop(dropped)

    def _change_holder(self, holder_id: UUID) -> None:
        self._holder_id = holder_id
        self._say()
        self._keep_if_whole()

    def _keep_soon(self, *_: object) -> None:
        QTimer.singleShot(0, self, self._keep_if_whole)

    def _watch(self, widget: QWidget) -> None:
        """Keep what is typed when the field is left, what is chosen at once; both after the edit was told."""
        if isinstance(widget, LeavableLine | LongText):
            widget.left.connect(self._keep_soon)
        elif isinstance(widget, ChoiceField):
            narrow(widget)
            widget.value_changed.connect(self._keep_soon)
        for box in widget.findChildren(QCheckBox) or ([widget] if isinstance(widget, QCheckBox) else []):
            box.clicked.connect(self._keep_soon)
        if isinstance(widget, DateField | AmountField):
            widget.edited.connect(lambda _: self._say())

    def _unread(self) -> tuple[FieldEditor, Problem] | None:
        """The first field whose text cannot be read."""
        for editor in self.editors.values():
            if isinstance(editor.widget, DateField | AmountField) and (problem := editor.widget.problem()):
                return editor, problem
        return None

    # -------------------------------------------------------------------------------------- keeping

    def save(self, then: Then | None = None, *, quietly: bool = False) -> None:
        """Keep what is typed, then go on; where it is refused the field says why and nothing goes on.

        ``quietly`` (a field was left) leaves the keyboard where it is.
        """
        settle_focus()
        self._quietly = quietly
        if self._keeping:
            self._waiting.append(then)
            return
        if self.view is None or not (self.is_changed or (self.view.is_new and then is None)):
            if then is not None:
                then()
            return
        if unread := self._unread():
            self._mark(unread[0], unread[1])
            return
        self._keeping = True
        sent = self._entered
        self._place.do(self._operation(self.view), partial(self._saved, then, sent), failed=self._refused)

    def _operation(self, view: RowView) -> Callable[[], Outcome[LedgerRow]]:
        book, actor = self._place.context.book, self._place.context.actor()
        holder = self._holder_id or view.row.organisation_id
        values, people = dict(self._entered.values), dict(self._entered.people)
        if view.is_new:
            return lambda: add_row(book, view.ledger.key, holder, actor, values, people)
        row = replace(view.row, organisation_id=holder, values=values, people=people)
        return lambda: change_row(book, row, actor)

    def _keep_if_whole(self) -> None:
        """A field was left: what can be kept is kept; a new row as soon as it has what its ledger asks for."""
        if self.view is None or not self.is_changed or self._unread() is not None:
            return
        if self._entered == self._turned_down:
            return  # said already; asking again would say it again
        row = replace(self.view.row, values=self._entered.values, people=self._entered.people)
        asked = (s for s in self.view.ledger.shown if s.required and s.type is not FieldType.ATTACHMENT)
        if all(row.has(spec) for spec in asked):
            self.save(quietly=True)

    def _saved(self, then: Then | None, sent: Entered, row: LedgerRow) -> None:
        """What was typed meanwhile stays, and is kept next."""
        self._keeping = False
        self._draft.drop()
        waiting, self._waiting = self._waiting, []
        if self.view is not None:
            self.view = replace(self.view, row=row, is_new=False, typed=None)
            if self._entered == sent:
                self._entered = Entered(dict(row.values), dict(row.people))
        self._place.banner.clear()
        self.grid.clear_problems()
        self._say()
        if then is not None:
            then()
        else:
            self.kept.emit(row.id)
        for each in waiting:
            self.save(each)

    def _refused(self, problem: Problem) -> None:
        """Say it under the field that it is about, else in the place's banner."""
        self._keeping, self._waiting, self._turned_down = False, [], self._entered
        for editor in self.editors.values():
            if problem.where == editor.spec.label:
                self._mark(editor, problem)
                return
        self._place.banner.show_problem(problem)

    def _mark(self, editor: FieldEditor, problem: Problem) -> None:
        self.grid.set_problem(editor.widget, Problem(problem.what, "", problem.next_step))
        if not self._quietly:
            editor.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.scrolled.ensureWidgetVisible(editor.widget)

    def _with_row(self, use: Callable[[UUID], None]) -> None:
        """What hangs on the row needs it in the book first."""

        def known() -> None:
            if self.view is not None:
                use(self.view.row.id)

        if self.view is not None and not self.view.is_new and not self.is_changed:
            known()
        else:
            self.save(known)

    def _remove(self) -> None:
        if self.view is None or self.view.is_new:
            return
        book, actor, row = self._place.context.book, self._place.context.actor(), self.view.row
        self._place.do(lambda: remove_rows(book, [row.id], actor), lambda _: self._removed())

    def _removed(self) -> None:
        self.forget()
        more = self.tr("按 Ctrl+Z 可以撤销，也可以在“备份与安全”的回收站里恢复。")
        self._place.banner.say(Tone.OK, self.tr("已删除一行"), more=more)
        self.removed.emit()
