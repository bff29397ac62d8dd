"""The groups of the settings, in their order; the page of each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from branchbook.ui.places.settings.page import Page
    from branchbook.ui.places.settings.place import Settings


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A group as the list at the left shows it, and what makes its page."""

    key: str
    title: str
    detail: str
    factory: Callable[[Settings], Page]


def groups() -> tuple[GroupSpec, ...]:
    """All groups."""
    say = QCoreApplication.translate
    return (
        GroupSpec("computer", say("Settings", "本机"), say("Settings", "操作人、主题、文字大小"), _computer),
        GroupSpec("rules", say("Settings", "规定与口径"), say("Settings", "口径、频次、规则与更正"), _rules),
        GroupSpec(
            "records", say("Settings", "记录与附件"), say("Settings", "应有的附件、附件大小"), _records
        ),
        GroupSpec(
            "checklists", say("Settings", "清单"), say("Settings", "“五必做”等自己定的清单"), _checklists
        ),
        GroupSpec("ledgers", say("Settings", "台账"), say("Settings", "自建台账，增减栏目"), _ledgers),
        GroupSpec("measures", say("Settings", "统计指标"), say("Settings", "自己加的指标，试算"), _measures),
        GroupSpec("printing", say("Settings", "打印"), say("Settings", "选票样式，改过的表格"), _printing),
        GroupSpec("roster", say("Settings", "花名册"), say("Settings", "身份证号、列的对应"), _roster),
        GroupSpec("backup", say("Settings", "备份与交换"), say("Settings", "备份文件夹、交换上限"), _backup),
        GroupSpec("about", say("Settings", "关于"), say("Settings", "版本、许可、不联网"), _about),
    )


def _computer(place: Settings) -> Page:
    from branchbook.ui.places.settings.computer_page import ComputerPage

    return ComputerPage(place)


def _rules(place: Settings) -> Page:
    from branchbook.ui.places.settings.rules_page import RulesPage

    return RulesPage(place)


def _records(place: Settings) -> Page:
    from branchbook.ui.places.settings.records_page import RecordsPage

    return RecordsPage(place)


def _checklists(place: Settings) -> Page:
    from branchbook.ui.places.settings.checklists_page import ChecklistsPage

    return ChecklistsPage(place)


def _ledgers(place: Settings) -> Page:
    from branchbook.ui.places.settings.ledgers_page import LedgersPage

    return LedgersPage(place)


def _measures(place: Settings) -> Page:
    from branchbook.ui.places.settings.measures_page import MeasuresPage

    return MeasuresPage(place)


def _printing(place: Settings) -> Page:
    from branchbook.ui.places.settings.printing_page import PrintingPage

    return PrintingPage(place)


def _roster(place: Settings) -> Page:
    from branchbook.ui.places.settings.roster_page import RosterPage

    return RosterPage(place)


def _backup(place: Settings) -> Page:
    from branchbook.ui.places.settings.backup_page import BackupPage

    return BackupPage(place)


def _about(place: Settings) -> Page:
    from branchbook.ui.places.settings.about_page import AboutPage

    return AboutPage(place)
