"""What the chosen paper is to be printed of: a strip with only the fields that this paper needs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QWidget

from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.papers.plans import WEEK
from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.papers import Subject
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_gallery import PRINTED_FROM_THE_ROSTER, PaperNeeds
from branchbook.services.printing import PaperEntry
from branchbook.ui.place import ScopeChoice
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField


class PaperFields(QFrame):
    """``changed`` when the user chose otherwise (``record_changed`` before it, where it was the record);
    ``adjusting`` when 调整表样 is pressed."""

    changed = Signal()
    record_changed = Signal()
    adjusting = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self.entry: PaperEntry | None = None
        self.blank = False
        self._needs = PaperNeeds((), ())
        self.record = _choice(self.tr("记录"), 18)
        self.item = _choice(self.tr("哪项议题的决议"), 8)
        self.person = _choice(self.tr("哪一名党员"), 8)
        self.kind = _choice(self.tr("按哪种记录打印"), 6)
        self.organisation = _choice(self.tr("组织"), 8)
        self.day = DateField(date(2000, 1, 1), self)
        self.day.setFixedWidth(Look.current().px(108))
        self.private = QCheckBox(self.tr("连同不公开的内容"), self)
        self.private.setToolTip(self.tr("只对这一次预览和打印有效"))
        self.private.toggled.connect(lambda _: self.changed.emit())
        self.adjust = Button(self.tr("调整表样"), "pencil", self)
        self.adjust.clicked.connect(self.adjusting)
        self._lay_out()
        self.record.value_changed.connect(self._choose_record)
        for field in (self.item, self.person, self.kind, self.organisation, self.day):
            field.value_changed.connect(lambda _: self.changed.emit())
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.record, 3)
        row.addWidget(self.organisation, 2)
        row.addWidget(self.kind, 1)
        row.addWidget(self.item, 2)
        row.addWidget(self.person, 2)
        row.addWidget(self.day)
        row.addWidget(self.private)
        row.addStretch(0)
        row.addWidget(self.adjust)

    def begin(self, today: date) -> None:
        """Ask for the roster of this day until the user types another."""
        self.day.set_today(today)
        self.day.set_value(today)

    def set_paper(self, entry: PaperEntry, record_id: UUID | None = None) -> None:
        """Another paper; its choices come by `set_needs`, until then it is asked for with this record."""
        self.entry = entry
        self._forget_private()
        self._needs = PaperNeeds((), (), record_id)
        for field in (self.record, self.item, self.person, self.kind, self.organisation):
            field.set_choices(())
        if record_id is not None:
            self.record.set_choices([(record_id, "")])
        self._show_fields()
        self.show()

    def let_go(self) -> None:
        """No paper is chosen."""
        self.entry = None
        self.hide()

    def set_blank(self, blank: bool) -> None:
        """Print it blank: no record is needed then."""
        self.blank = blank
        self._show_fields()

    def set_needs(self, needs: PaperNeeds) -> None:
        """What can be chosen for the paper; what is chosen stays where it still can be."""
        assert self.entry is not None
        self._needs = needs
        records: list[tuple[Any, str]] = [(each.id, each.words) for each in needs.records]
        if self.entry.key in PRINTED_FROM_THE_ROSTER:
            records.append((None, self.tr("不选会议，按花名册")))
        before = self.record.value() if self.record.count() else needs.record_id
        self.record.set_choices(records)
        self.record.set_value(before)
        self.kind.set_choices(self._kinds(needs.kinds))
        everything: list[tuple[int | None, str]] = [(None, self.tr("全部决议"))]
        self.item.set_choices(everything + list(needs.items))
        everybody: list[tuple[Any, str]] = [(None, self.tr("全部党员"))]
        self.person.set_choices(everybody + [(each.id, each.words) for each in needs.people])
        self.organisation.set_choices([(each.id, each.name) for each in needs.organisations])
        self._show_fields()

    def request(self, scope: ScopeChoice, today: date) -> PaperRequest:
        """What is asked for now. A paper of a record without one is blank, or made of the roster."""
        assert self.entry is not None
        of_record = self.entry.subject in (Subject.RECORD, Subject.PROCEDURE)
        of_procedure = self.entry.subject == Subject.PROCEDURE
        record_id = self.record.value() if of_record and not self.blank else None
        from_roster = of_record and self.entry.key in PRINTED_FROM_THE_ROSTER
        return PaperRequest(
            self.entry.key,
            self.day.value() or today,
            record_id,
            self.organisation.value() or scope.organisation_id,
            scope.year,
            kind=(self.kind.value() or "") if bool(record_id) is not of_procedure else "",
            item=self.item.value() if record_id else None,
            blank=self.blank or (of_record and record_id is None and not from_roster),
            person_id=self.person.value() if record_id else None,
            private_content=self.private.isChecked() and self._needs.has_private,
        )

    def _forget_private(self) -> None:
        """What is private is asked for anew for each paper and each record."""
        self.private.blockSignals(True)
        self.private.setChecked(False)
        self.private.blockSignals(False)

    def _is_blank(self) -> bool:
        """Whether no record is asked for, by choice or because there is none."""
        return self.blank or self.record.value() is None

    def _kinds(self, keys: tuple[str, ...]) -> list[tuple[Any, str]]:
        """Kinds of record; of an election the shapes whose words a blank paper can have."""
        if self.entry is None or self.entry.subject != Subject.PROCEDURE:
            return [(key, kind_of(key).name) for key in keys]
        return [("", self.tr("按本组织的情形")), *((key, shape_of(key).name) for key in keys)]

    def _choose_record(self, _record_id: object) -> None:
        self._forget_private()
        self.kind.set_choices(())
        self.item.set_choices(())
        self.person.set_choices(())
        self.record_changed.emit()
        self.changed.emit()

    def _show_fields(self) -> None:
        of_procedure = self.entry is not None and self.entry.subject == Subject.PROCEDURE
        of_record = of_procedure or (self.entry is not None and self.entry.subject == Subject.RECORD)
        with_record = of_record and not self.blank
        of_week = self.entry is not None and self.entry.key == WEEK.key
        on_a_day = of_week or (self.entry is not None and self.entry.subject == Subject.ORGANISATION)
        self.day.setToolTip(self.tr("打印这一天所在的周") if of_week else self.tr("按这一天的花名册打印"))
        self.day.setAccessibleName(self.tr("所在周") if of_week else self.tr("花名册日期"))
        by_name = not with_record or self.record.value() is None
        self.record.setVisible(with_record and self.record.count() > 0)
        has_kinds = len(self._needs.kinds) > 1
        self.kind.setVisible(has_kinds and (self._is_blank() if of_procedure else with_record))
        # All papers of a procedure are no paper, and a user's own ledger is changed in the settings.
        self.adjust.setVisible(self.entry is None or self.entry.key in PAPER_BY_KEY)
        self.item.setVisible(with_record and len(self._needs.items) > 1)
        self.person.setVisible(with_record and len(self._needs.people) > 1)
        self.organisation.setVisible(by_name and len(self._needs.organisations) > 1)
        self.day.setVisible(on_a_day and not self.blank)
        self.private.setVisible(self._needs.has_private and not self.blank)


def _choice(name: str, letters: int) -> ChoiceField:
    field = ChoiceField()
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(letters)
    return field
