"""A small place around one of the views, which writes down where it is asked to go."""

from __future__ import annotations

from typing import Any

from branchbook.domain.history import Changes
from branchbook.ui.place import Destination, Place, PlaceContext


class Host(Place):
    """Owns a view as the Evaluations place does."""

    key = "evaluations"

    def __init__(self, view: Any) -> None:
        super().__init__()
        self.view: Any = view
        self.content.addWidget(view)
        self.asked: list[Destination] = []
        self.go.connect(self.asked.append)

    def open(self, context: PlaceContext) -> None:
        super().open(context)
        self.view.open(self)

    def reload(self, changes: Changes) -> None:
        self.view.reload(changes)


def hosted(shown, context, settled, view: Any) -> Host:
    """The view in a place that is shown at 1100 × 640, loaded."""
    host = Host(view)
    host.resize(1100, 640)
    shown(host)
    context.commands.changed.connect(host.reload)
    host.open(context)
    settled(context.commands)
    return host
