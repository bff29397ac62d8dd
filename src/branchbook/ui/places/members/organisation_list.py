"""The organisations of the book as a tree that is always open: general branch, branches, groups."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.services.words import word_of
from branchbook.ui.models.rows import Column
from branchbook.ui.places.members.organisation_view import OrganisationRow
from branchbook.ui.widgets.table import Table

_INDENT = "\u3000\u3000"


class OrganisationList(QWidget):
    """``organisation_chosen`` gives the id of the one that became current."""

    organisation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table[OrganisationRow] = Table(self._columns(), self, key=lambda row: row.id)
        self.table.setAccessibleName(self.tr("组织"))
        self.table.chosen.connect(lambda row: self.organisation_chosen.emit(row.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_rows(self, rows: tuple[OrganisationRow, ...]) -> None:
        """Show the organisations of a day."""
        self.table.set_rows(rows)

    def select(self, organisation_id: UUID) -> bool:
        """Make one current without telling; False where the day does not have it."""
        return self.table.select(organisation_id)

    def _columns(self) -> tuple[Column[OrganisationRow], ...]:
        return (
            Column(self.tr("名称"), lambda row: _INDENT * row.depth + row.name),
            Column(self.tr("层级"), lambda row: word_of(row.kind), 80),
            Column(self.tr("党员"), lambda row: str(row.members), 60, right=True),
            Column(self.tr("成立"), lambda row: row.founded_on.isoformat() if row.founded_on else "", 104),
        )
