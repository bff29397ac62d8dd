"""The views of the Evaluations place, in the order of their chips. A further view is one line in ``VIEWS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from branchbook.domain.history import Changes
from branchbook.services.workshop import Workshop
from branchbook.ui.place import BeginProcedure, FileChooser, ShowProcedure, ShowTalks

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class EvaluationsView(Protocol):
    """A widget that shows one side of the place. ``leave`` and ``focus_first`` are called where it has them,
    ``show_subject`` where its ``ViewSpec`` names subjects."""

    def open(self, place: Place) -> None:
        """Be shown, or be shown anew for another branch or year; the place has its context."""
        ...

    def reload(self, changes: Changes) -> None:
        """The book changed."""
        ...


@dataclass(frozen=True, slots=True)
class ViewNeeds:
    """What a view is made with."""

    place: Place
    workshop: Workshop
    files: FileChooser


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """A view as its chip names it; ``make`` gives a widget that is an ``EvaluationsView``.

    ``subjects`` are the types of what it shows when another place asks for it.
    """

    key: str
    title: Callable[[], str]
    make: Callable[[ViewNeeds], EvaluationsView]
    subjects: tuple[type, ...] = ()


def _yearly(needs: ViewNeeds) -> EvaluationsView:
    from branchbook.ui.places.evaluations.yearly.view import YearlyView

    workshop = needs.workshop
    return YearlyView(needs.place, needs.files, lambda: workshop.photos)


def _talks(_: ViewNeeds) -> EvaluationsView:
    from branchbook.ui.places.evaluations.talks.talks_view import TalksView

    return TalksView()


def _dual_life(_: ViewNeeds) -> EvaluationsView:
    from branchbook.ui.places.evaluations.dual_life.dual_life_view import DualLifeView

    return DualLifeView()


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "yearly",
        lambda: QCoreApplication.translate("Evaluations", "年度评议"),
        _yearly,
        (ShowProcedure, BeginProcedure),
    ),
    ViewSpec("talks", lambda: QCoreApplication.translate("Evaluations", "谈心谈话"), _talks, (ShowTalks,)),
    ViewSpec("dual_life", lambda: QCoreApplication.translate("Evaluations", "双重组织生活"), _dual_life),
)
