"""The rows of declared settings, made from their table, parted by lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.services.settings_table import SPECS, SettingSpec, SettingType
from branchbook.ui.places.settings.setting_row import SettingRow
from branchbook.ui.places.settings.view import SettingsView

if TYPE_CHECKING:
    from branchbook.ui.places.settings.page import Page


def specs_of(group: str) -> tuple[SettingSpec, ...]:
    """The settings of a group that are made from the table, those with an editor of their own left out."""
    return tuple(spec for spec in SPECS if spec.group == group and spec.type != SettingType.TABLE)


class SpecRows(QWidget):
    """Each change is saved at once; a refusal stands under its field."""

    def __init__(self, page: Page, specs: Iterable[SettingSpec]) -> None:
        super().__init__(page)
        self._page = page
        self.rows: dict[str, SettingRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for spec in specs:
            if self.rows:
                rule = QFrame(self)
                rule.setProperty("role", "rule")
                column.addWidget(rule)
            column.addWidget(self._row(spec))

    def _row(self, spec: SettingSpec) -> SettingRow:
        row = SettingRow(spec, self)
        row.changed.connect(
            lambda value: self._page.change(spec.key, value, lambda problem: self._refuse(row, problem))
        )
        row.reset_asked.connect(lambda: self._page.reset(spec.key))
        self.rows[spec.key] = row
        return row

    def _refuse(self, row: SettingRow, problem: Problem) -> None:
        """Say why; what was typed stays, a tick or a choice goes back to what the book holds."""
        if row.spec.type != SettingType.NUMBER and self._page.view is not None:
            self.show_view(self._page.view)
        row.show_problem(problem)

    def show_view(self, view: SettingsView) -> None:
        """Show every setting as the book holds it."""
        for key, row in self.rows.items():
            row.show_value(getattr(view.settings, key), is_changed=key in view.changed)
