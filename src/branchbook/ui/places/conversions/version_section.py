"""Which text of 发展党员工作细则 a step follows, shown with its doubt, and changed with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.catalogue.procedures import conversions, joining
from branchbook.domain.admission_versions import VERSION_VALUE
from branchbook.domain.conversion_vote import RuleVersion
from branchbook.domain.procedures import StepEntry
from branchbook.ui.places.conversions.conversion_step import ConversionStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.labels import Elided, Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class VersionSection(StepSection):
    """One line below the fields of every step."""

    steps = frozenset(each.key for each in (*joining.STEPS, *conversions.STEPS))

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.label = Text(self.tr("所依规定"), "label", self)
        self.choice = ChoiceField()
        self.choice.setAccessibleName(self.tr("所依的发展党员工作细则版本"))
        self.choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.choice.value_changed.connect(self._choose)
        self.badge = Badge("", parent=self)
        self.note = Elided("", "dim", self)
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (self.label, self.choice, self.badge):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        self.column.addLayout(row)

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the version of the step's day, or the one chosen for it."""
        super().show_step(view, locked=locked)
        assert isinstance(view, ConversionStep)
        by_day = self._words(view.day_version) if view.day_version else self.tr("当时没有这项规定")
        others = [each for each in RuleVersion if each != view.day_version]
        self.choice.set_choices(
            [
                ("", self.tr("按日期：{version}").format(version=by_day)),
                *(
                    (each.value, self.tr("改用：{version}").format(version=self._words(each)))
                    for each in others
                ),
            ]
        )
        chosen = self.typed().text(VERSION_VALUE)
        self.choice.set_value("" if chosen == view.day_version else chosen)
        self.choice.setEnabled(not locked)
        doubtful = (chosen or view.day_version) == RuleVersion.OF_2026
        self.badge.say(self.tr("待核实") if doubtful else "", Tone.WARN)
        self.badge.setVisible(doubtful)
        self.note.setText(self.tr("条文未见正式公布，没有把握的数字沿用 2014 年版") if doubtful else "")

    def stops(self) -> list[QWidget]:
        """What Tab visits."""
        return [self.choice]

    def _words(self, version: RuleVersion) -> str:
        words = {RuleVersion.OF_2014: self.tr("2014 年版"), RuleVersion.OF_2026: self.tr("2026 年 5 月版")}
        return words[version]

    def _choose(self, version: str) -> None:
        def change(entry: StepEntry) -> StepEntry:
            values = {key: value for key, value in entry.values.items() if key != VERSION_VALUE}
            return replace(entry, values={**values, VERSION_VALUE: version} if version else values)

        self.edited.emit(change)
