"""The window: a rail, a top bar, one place at a time, a status line. It hosts places and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from branchbook.ui.book_search import BookSearch
from branchbook.ui.place import Destination, Place, PlaceContext, PlaceSpec, ScopeChoice
from branchbook.ui.rail import Rail
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.status_line import StatusLine
from branchbook.ui.theme import Look, Tone
from branchbook.ui.top_bar import BookHeading, TopBar
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.window_frame import first_size, framed

if TYPE_CHECKING:
    from branchbook.domain.history import Changes


class MainWindow(QMainWindow):
    """Made before any book is open, with the start page; `open_book` fills it, `show_start` empties it.

    ``scope_changed`` gives the ``ScopeChoice`` that the user made, ``place_changed`` the key of the place
    shown, ``closing`` is emitted when the window closes, after the place has kept its drafts, ``lock_asked`` when
    the book is to be locked.
    """

    scope_changed = Signal(object)
    place_changed = Signal(str)
    closing = Signal()
    lock_asked = Signal()

    def __init__(self, specs: Sequence[PlaceSpec], start_page: QWidget) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in specs}
        self._places: dict[str, Place] = {}
        self._current = ""
        self._context: PlaceContext | None = None
        self._start_page = start_page
        self.rail = Rail(specs, self)
        self.top_bar = TopBar(self)
        self._book_search = BookSearch(self.top_bar.search)
        self.status_line = StatusLine(self)
        self.banner = Banner(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(start_page)
        rows = (self.top_bar, self.banner, self._stack, self.status_line)
        self.setCentralWidget(framed(self, self.rail, *rows, stretched=self._stack))
        self._connect()
        self.setWindowTitle(self.tr("支部手册"))
        self.resize(first_size(self.screen()))
        self.show_start()

    def _connect(self) -> None:
        look, box = Look.current(), self.top_bar.search
        self.rail.chosen.connect(lambda key: self.go(Destination(key)))
        self.top_bar.scope_chosen.connect(self._choose_scope)
        self._book_search.go.connect(self.go)
        places = [spec for spec in self._specs.values() if spec.digit]
        add_shortcuts(
            self, [(each.title, f"Ctrl+{each.digit}", self.rail.buttons[each.key].click) for each in places]
        )
        keys = [
            (self.tr("搜索"), "Ctrl+F", box.take_focus),
            (self.tr("放大文字"), "Ctrl++ Ctrl+=", look.larger),
            (self.tr("缩小文字"), "Ctrl+-", look.smaller),
            (self.tr("撤销"), "Ctrl+Z", self._undo),
            (self.tr("重做"), "Ctrl+Shift+Z Ctrl+Y", self._redo),
            (self.tr("锁定"), "Ctrl+L", self.lock_asked.emit),
        ]
        add_shortcuts(self, keys)

    def open_book(self, context: PlaceContext, heading: BookHeading, place: str = "desk") -> None:
        """Show a book, beginning with a place. The book before it must have been left by `show_start`."""
        self._keep(context)
        self.status_line.follow(context.commands)
        context.commands.problem.connect(self.banner.show_problem)
        context.commands.changed.connect(self._reload)
        self.set_heading(heading)
        self.rail.set_usable(True)
        self.go(Destination(place))

    def set_heading(self, heading: BookHeading) -> None:
        """The book's owner, branches and years; again after organisations have changed."""
        self.rail.set_owner(heading.owner)
        self.top_bar.set_heading(heading)
        if self._context is not None:
            self.top_bar.set_scope(self._context.scope)

    def set_context(self, context: PlaceContext) -> None:
        """Another operator, branch or year of the same book: the place shown is opened anew."""
        self._keep(context)
        self.top_bar.set_scope(context.scope)
        for each in self._places.values():
            each.context = context
        if self.place is not None:
            self.place.leave()
            self.place.open(context)

    def show_start(self) -> None:
        """No book: leave the place, forget all places, show the start page."""
        self._leave_place()
        for place in self._places.values():
            self._stack.removeWidget(place)
            place.deleteLater()
        self._places.clear()
        self._keep(None)
        self.rail.set_usable(False)
        self.rail.set_owner("")
        self.rail.set_current("")
        self.top_bar.set_heading(None)
        self.status_line.clear()
        self.banner.clear()
        self._stack.setCurrentWidget(self._start_page)

    def take_nothing_in(self, busy: bool) -> None:
        """While a book is backed up before it closes only the status line can be pressed."""
        for widget in (self.rail, self.top_bar, self.banner, self._stack):
            widget.setEnabled(not busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving asks nothing: the place keeps what is being typed, then app closes the book."""
        self._leave_place()
        self.closing.emit()
        super().closeEvent(event)

    # ------------------------------------------------------------------------ from place to place

    @property
    def place(self) -> Place | None:
        """The place shown, None on the start page."""
        return self._places.get(self._current)

    def go(self, destination: Destination) -> None:
        """Show a place, and in it what is asked for. Unknown keys (a place of a later version) do nothing."""
        if self._context is None or destination.place not in self._specs:
            return
        place = self._places.get(destination.place) or self._make(destination.place)
        from_rail = self.rail.is_used()
        if destination.place != self._current:
            self._leave_place()
            self._current = destination.place
            self._stack.setCurrentWidget(place)
            place.open(self._context)
            self.place_changed.emit(destination.place)
        self.rail.set_current(destination.place)
        if destination.subject is not None:
            place.show_subject(destination.subject)
        if not from_rail and (destination.subject is None or self.rail.is_used()):
            place.focus_first()  # hiding the place before may have left the keyboard on the rail

    def _keep(self, context: PlaceContext | None) -> None:
        self._context = context
        self._book_search.set_context(context)

    def _leave_place(self) -> None:
        place, self._current = self.place, ""
        if place is not None:
            place.leave()

    def _make(self, key: str) -> Place:
        place = self._specs[key].factory()
        place.go.connect(self.go)
        place.badge_changed.connect(self.rail.buttons[key].set_badge)
        self._places[key] = place
        self._stack.addWidget(place)
        return place

    def _reload(self, changes: Changes) -> None:
        for place in self._places.values():
            place.reload(changes)

    def _choose_scope(self, scope: ScopeChoice) -> None:
        if self._context is not None and scope != self._context.scope:
            self.set_context(replace(self._context, scope=scope))
            self.scope_changed.emit(scope)

    def _undo(self) -> None:
        if self._context is not None:
            self._forget_success()
            self._context.commands.undo()

    def _redo(self) -> None:
        if self._context is not None:
            self._forget_success()
            self._context.commands.redo()

    def _forget_success(self) -> None:
        """“已导入” is no longer true once it is undone."""
        self.banner.clear()
        if self.place is not None and self.place.banner.tone == Tone.OK:
            self.place.banner.clear()
