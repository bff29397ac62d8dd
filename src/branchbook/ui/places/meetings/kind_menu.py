"""Menus of kinds: what to begin, and what a meeting is at the same time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from branchbook.catalogue.kinds_list import KINDS, kind_of
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import Record

_KEYS = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NewMenu(QMenu):
    """``chosen`` gives the key of the kind to begin; a digit or letter chooses it from the keyboard."""

    chosen = Signal(str)

    def offer(self, kinds: Sequence[str]) -> None:
        """Offer these kinds; the yearly texts stand apart from the meetings."""
        self.clear()
        parted = False
        for number, key in enumerate(kinds, start=1):
            kind = kind_of(key)
            if not kind.is_meeting and not parted:
                self.addSeparator()
                parted = True
            action = QAction(f"&{_KEYS[number - 1]}  {kind.name}", self)
            action.triggered.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.addAction(action)


class KindMenu(QMenu):
    """``chosen`` gives all kinds of the record after one was added or taken away."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("这次会议同时是"))

    def show_kinds(self, record: Record, held_by: OrganisationKind, *, locked: bool) -> None:
        """Offer the meetings that this organisation holds; those that the record is are ticked."""
        self.clear()
        main = kind_of(record.kind)
        self.setEnabled(main.is_meeting and not locked)
        self.menuAction().setVisible(main.is_meeting)
        for kind in KINDS:
            if not kind.is_meeting or held_by not in kind.held_by or kind.key == record.kind:
                continue
            action = QAction(kind.name, self)
            action.setCheckable(True)
            action.setChecked(kind.key in record.kinds)
            action.triggered.connect(lambda on, key=kind.key: self._toggle(record, key, on))
            self.addAction(action)

    def _toggle(self, record: Record, key: str, on: bool) -> None:
        others = tuple(each for each in record.kinds if each != key)
        self.chosen.emit((*others, key) if on else others)
