"""What a place is: one screen of the window, reached from the rail.

How to write one::

    class Members(Place):
        key = "members"

        def __init__(self) -> None:
            super().__init__()
            self.content.addWidget(...)            # cards, side by side in a splitter or a row

        def open(self, context: PlaceContext) -> None:
            super().open(context)                  # keeps self.context
            self._load()

        def reload(self, changes: Changes) -> None:
            if changes.touches("person", "person_fact"):
                self._load()

        def _load(self) -> None:
            book, scope = self.context.book, self.context.scope
            self.ask(lambda: list_members(book, scope.organisation_id), self._show)

A place is passive: it turns clicks into service calls (``self.ask``, ``self.do``, ``self.work``) and shows what
comes back or the problem, beside the work, in its own banner. It never opens a window on a window, never
touches storage, and keeps no value that the book owns except what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.commands import Commands, Progress, Running
from branchbook.ui.widgets.banner import Banner

if TYPE_CHECKING:  # the window is painted before any service is loaded
    from uuid import UUID

    from branchbook.domain.history import Changes
    from branchbook.services.operations import Actor, Outcome
    from branchbook.services.store import Book

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """Whose work and which year the whole window shows: a branch or the general branch, and a year."""

    organisation_id: UUID
    year: int


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What a place works with while it is open.

    ``now`` reads the clock of this computer; ``operator`` is the name that history will show. A new context
    comes by a further ``open`` when the branch, the year or the operator is changed in the window.
    """

    book: Book
    commands: Commands
    scope: ScopeChoice
    operator: str
    now: Callable[[], datetime]

    @property
    def today(self) -> date:
        """The day it is, for services that want ``today``."""
        return self.now().date()

    def actor(self) -> Actor:
        """Who does something now: the first argument after the book of every service that writes."""
        from branchbook.services.operations import Actor

        return Actor(self.operator, self.now())


# ------------------------------------------------------------------------- going from place to place


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """Open a record that exists."""

    record_id: UUID


@dataclass(frozen=True, slots=True)
class BeginRecord:
    """Begin a record of these kinds for an organisation (a branch or a group), dated or undated.

    ``people`` fills fields with persons of the roster, ``fields`` others with their values, both by field key.
    """

    kinds: tuple[str, ...]
    organisation_id: UUID
    held_on: date | None
    people: tuple[tuple[str, tuple[UUID, ...]], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Open a person."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class ShowPaper:
    """Preview a paper: its key, the record it shows where it shows one, the day where it is of one."""

    paper: str
    record_id: UUID | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ShowFoundDraft:
    """Show what an earlier run left unsaved."""


@dataclass(frozen=True, slots=True)
class ShowRules:
    """Show the rules with their corrections."""


@dataclass(frozen=True, slots=True)
class ShowProcedure:
    """Open a procedure that exists, at one of its steps (empty: where work goes on), of an evaluation at a member."""

    procedure_id: UUID
    step: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BeginProcedure:
    """Offer to begin a procedure of this shape for an organisation (empty: the shape that fits), or about a person.

    ``year`` is that of a yearly round, 0 where a procedure is about none.
    """

    shape: str
    organisation_id: UUID
    person_id: UUID | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class ShowLedgerRow:
    """Open a row of a ledger."""

    row_id: UUID


@dataclass(frozen=True, slots=True)
class ShowLedger:
    """Show a ledger by its key; with ``words``, of all years those rows that contain them."""

    ledger: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShowTalks:
    """Show who talked with whom in a branch."""

    branch_id: UUID


Subject = (
    ShowRecord
    | BeginRecord
    | ShowPerson
    | ShowPaper
    | ShowFoundDraft
    | ShowRules
    | ShowProcedure
    | BeginProcedure
    | ShowLedgerRow
    | ShowLedger
    | ShowTalks
)


@dataclass(frozen=True, slots=True)
class Destination:
    """A place by its key (``desk``, ``members``, ``meetings``, ``evaluations``, ``elections``, ``conversions``,
    ``ledgers``, ``print``, ``statistics``, ``safety``, ``settings``) and what to show there; None shows the place as it
    was left."""

    place: str
    subject: Subject | None = None


# -------------------------------------------------------------------------------------- the place


class _Inside(QWidget):
    """As high as the window allows: a scroll area would give what wraps all the height that it likes best, and
    scroll where it need not."""

    def hasHeightForWidth(self) -> bool:
        """The layout inside shares out the height that there is."""
        return False

    def heightForWidth(self, _width: int) -> int:
        """None of its own: a scroll area asks for this whatever the answer above."""
        return 0


class Place(QWidget):
    """One screen of the window.

    ``go`` asks the window for another place (a ``Destination``); ``badge_changed`` sets the number on the
    rail (0 hides it). ``content`` is the layout to fill: 16 px margins, 16 px between cards, and below it
    nothing. ``banner`` stands above it and is hidden while there is nothing to say. Where text is too large
    for the window, the place scrolls: it never makes the window larger than the screen.
    """

    key = ""

    go = Signal(object)
    badge_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context: PlaceContext
        self.banner = Banner(self)
        self.content = QHBoxLayout()
        self.content.setSpacing(16)
        inside = _Inside()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addLayout(self.content, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def open(self, context: PlaceContext) -> None:
        """Be shown, or be shown anew for another branch or year. Overrides call this first, then load."""
        self.context = context
        self.banner.clear()

    def leave(self) -> None:
        """Another place is shown, or the book closes: keep drafts, stop playing. (``close`` is Qt's.)"""

    def reload(self, changes: Changes) -> None:
        """The book changed: decide by ``changes.touches("record", …)`` whether to ask again."""

    def show_subject(self, subject: Subject) -> None:
        """Show what another place asked for; called after ``open``."""

    def focus_first(self) -> None:
        """Put the keyboard where work begins; by default where it was last, else on the first
        widget that takes it."""
        inside: QWidget | None = self.focusWidget()
        if inside is not None and inside is not self:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for widget in self.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # short forms of the context's commands, with this place as the owner of results and problems

    def ask(self, question: Callable[[], T], then: Callable[[T], None], *, key: str = "") -> Running:
        """Read off the window's thread, show the answer in it. With ``key`` only the latest is shown."""
        return self.context.commands.ask(question, then, owner=self, key=key)

    def do(
        self,
        operation: Callable[[], Outcome[T]],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> Running:
        """Change the book: one operation. ``then`` gets the outcome's value; every place its changes."""
        return self.context.commands.do(operation, then, owner=self, failed=failed)

    def work(
        self, title: str, job: Callable[[Progress], T], then: Callable[[T], None] | None = None
    ) -> Running:
        """Do long work with progress and a Cancel; see ``Commands.work``."""
        return self.context.commands.work(title, job, then, owner=self)


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """A place as the rail knows it: built by ``factory`` when it is first opened.

    ``digit`` is the key after Ctrl ("1" … "9", "0", empty for none); ``icon`` a Lucide name;
    ``at_bottom`` sets it apart at the rail's foot (the gear).
    """

    key: str
    title: str
    icon: str
    digit: str
    factory: Callable[[], Place]
    at_bottom: bool = False


class FileChooser(Protocol):
    """Asks for files, so that a test can answer without a dialog. None means that the user gave up."""

    def open_file(self, title: str, pattern: str) -> Path | None:
        """One existing file; ``pattern`` such as ``表格 (*.xlsx)``."""
        ...

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        """A file to write."""
        ...

    def folder(self, title: str) -> Path | None:
        """An existing folder."""
        ...
