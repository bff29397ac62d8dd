"""The places of the rail: key, name, icon and digit as the design gives them; each module imported when opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from branchbook.ui.place import FileChooser, Place, PlaceSpec

if TYPE_CHECKING:
    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.workshop import Workshop
    from branchbook.ui.places.safety import Safety
    from branchbook.ui.places.settings import Settings


class PlaceMaker:
    """Makes places with what they need. ``made`` is told of each, so that the window's owner can connect it."""

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        made: Callable[[Place], None],
    ) -> None:
        self._given = (workshop, settings_file, files)
        self._made = made

    def specs(self) -> tuple[PlaceSpec, ...]:
        """The rail from top to bottom; digits of places still to come stay free."""
        say = QCoreApplication.translate
        return (
            PlaceSpec("desk", say("Places", "工作台"), "layout-dashboard", "1", self._desk),
            PlaceSpec("members", say("Places", "党员"), "users", "2", self._members),
            PlaceSpec("meetings", say("Places", "组织生活"), "messages-square", "3", self._meetings),
            PlaceSpec("evaluations", say("Places", "民主评议"), "clipboard-check", "4", self._evaluations),
            PlaceSpec("elections", say("Places", "换届选举"), "vote", "5", self._elections),
            PlaceSpec("conversions", say("Places", "发展党员"), "sprout", "6", self._conversions),
            PlaceSpec("ledgers", say("Places", "台账"), "archive", "7", self._ledgers),
            PlaceSpec("print", say("Places", "打印"), "printer", "8", self._printing),
            PlaceSpec("statistics", say("Places", "统计汇报"), "chart-column", "9", self._statistics),
            PlaceSpec("safety", say("Places", "备份与安全"), "shield-check", "0", self._safety),
            PlaceSpec("settings", say("Places", "设置"), "settings", "", self._settings, at_bottom=True),
        )

    def _tell(self, place: Place) -> Place:
        self._made(place)
        return place

    def _desk(self) -> Place:
        from branchbook.ui.places.desk import Desk

        return self._tell(Desk())

    def _members(self) -> Place:
        from branchbook.ui.places.members import Members

        return self._tell(Members(*self._given))

    def _meetings(self) -> Place:
        from branchbook.ui.places.meetings import Meetings

        return self._tell(Meetings(*self._given))

    def _evaluations(self) -> Place:
        from branchbook.ui.places.evaluations import Evaluations

        return self._tell(Evaluations(*self._given))

    def _elections(self) -> Place:
        from branchbook.ui.places.elections import Elections

        return self._tell(Elections(*self._given))

    def _conversions(self) -> Place:
        from branchbook.ui.places.conversions import Conversions

        return self._tell(Conversions(*self._given))

    def _ledgers(self) -> Place:
        from branchbook.ui.places.ledgers import Ledgers

        return self._tell(Ledgers(*self._given))

    def _printing(self) -> Place:
        from branchbook.ui.places.printing import Printing

        return self._tell(Printing(*self._given))

    def _statistics(self) -> Place:
        from branchbook.ui.places.statistics import Statistics

        return self._tell(Statistics(*self._given))

    def _safety(self) -> Safety:
        from branchbook.ui.places.safety import Safety

        place = Safety(*self._given)
        self._made(place)
        return place

    def _settings(self) -> Settings:
        from branchbook.ui.places.settings import Settings

        place = Settings(*self._given)
        self._made(place)
        return place
