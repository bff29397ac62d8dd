"""The Evaluations place: its views by chips, one of them shown; each is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.place import FileChooser, Place, PlaceContext, Subject
from branchbook.ui.places.evaluations.views_list import VIEWS, ViewNeeds, ViewSpec
from branchbook.ui.widgets.chips import Chips


class Evaluations(Place):
    """Hands everything to its views; a subject goes to the view that shows such ones."""

    key = "evaluations"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
        *,
        views: Sequence[ViewSpec] = VIEWS,
    ) -> None:
        super().__init__(parent)
        self._specs = {each.key: each for each in views}
        self._needs = ViewNeeds(self, workshop, files)
        self._views: dict[str, Any] = {}
        self._opened: dict[str, PlaceContext] = {}
        self.chips = Chips(self)
        self.chips.setAccessibleName(self.tr("民主评议的各页"))
        self.chips.set_chips([(each.key, each.title()) for each in views])
        self.chips.chosen.connect(self.show_view)
        self.chips.setVisible(len(views) > 1)
        self.stack = QStackedWidget(self)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.chips)
        column.addWidget(self.stack, 1)
        self.content.addLayout(column)

    @property
    def view(self) -> Any:
        """The view that is shown."""
        return self._view(self.chips.current)

    def _view(self, key: str) -> Any:
        if key not in self._views:
            made = self._specs[key].make(self._needs)
            self._views[key] = made
            self.stack.addWidget(made)  # type: ignore[arg-type]
        return self._views[key]

    def show_view(self, key: str) -> None:
        """Show another view; what is typed in the one before is kept."""
        before: QWidget | None = self.stack.currentWidget()
        view = self._view(key)
        if before is not None and before is not view and hasattr(before, "leave"):
            before.leave()
        self.chips.choose(key)
        self.stack.setCurrentWidget(view)
        if self._opened.get(key) is not self.context:
            self._opened[key] = self.context
            view.open(self)

    # ----------------------------------------------------------------------------- the contract

    def open(self, context: PlaceContext) -> None:
        """Show the view that was shown last, for the branch and year of the window."""
        super().open(context)
        self._opened = {}
        self.show_view(self.chips.current)

    def leave(self) -> None:
        """Keep what is being typed."""
        if hasattr(self.view, "leave"):
            self.view.leave()

    def reload(self, changes: Changes) -> None:
        """Views that were opened follow the book; the others ask it when they are."""
        for key in self._opened:
            self._views[key].reload(changes)

    def show_subject(self, subject: Subject) -> None:
        """Show it in the view whose it is."""
        for spec in self._specs.values():
            if isinstance(subject, spec.subjects):
                self.show_view(spec.key)
                self.view.show_subject(subject)
                return

    def focus_first(self) -> None:
        """The keyboard where work goes on in the view that is shown."""
        focus = getattr(self.view, "focus_first", None)
        if focus is not None:
            focus()
        else:
            super().focus_first()
