"""The form for one local cadence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.cadences import CADENCE_NAMES
from branchbook.domain.problems import Problem
from branchbook.services.rule_choices import LocalCadence
from branchbook.ui.places.settings.organisation_boxes import OrganisationBoxes
from branchbook.ui.places.settings.setting_row import WholeNumberField
from branchbook.ui.widgets.inline_form import InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class CadenceForm(InlineForm):
    """``filled`` gives a ``LocalCadence`` when every field can be read."""

    filled = Signal(object)

    def __init__(
        self, place: Place, organisations: Sequence[tuple[UUID, str]], known: LocalCadence | None
    ) -> None:
        title = self.tr("修改频次") if known else self.tr("登记更严的频次")
        super().__init__(place, title, self.tr("保存"))
        self.requirement = self.add_choice(self.tr("工作"), [(each.key, each.title) for each in REQUIREMENTS])
        self.cadence = self.add_choice(self.tr("周期"), CADENCE_NAMES.items())
        self.times = WholeNumberField()
        self.times.set_number(1)
        self.fields.add(self.tr("次数"), self.times)
        self.since = self.add_date(self.tr("起始日期"), None, required=False)
        self.source = self.add_line(self.tr("依据文件"), "", self.tr("文件名称或文号，必填"), wide=True)
        self.scope = OrganisationBoxes()
        self.scope.set_organisations(organisations)
        self.fields.add(self.tr("适用于"), self.scope, wide=True, hint=self.tr("都不选，就是所有支部。"))
        if known:
            self._show(known)
        self.submitted.connect(self._tell)

    def _show(self, known: LocalCadence) -> None:
        self.requirement.set_value(known.requirement)
        self.cadence.set_value(known.cadence)
        self.times.set_number(known.times)
        self.since.set_value(known.from_on)
        self.source.set_value(known.source)
        self.scope.set_value(known.organisation_ids)

    def _tell(self) -> None:
        times = self.times.number()
        problem = Problem(self.tr("请填写整数")) if times is None else None
        self.fields.set_problem(self.times, problem)
        missing = None if self.source.value().strip() else Problem(self.tr("请写明依据的文件"))
        self.fields.set_problem(self.source, missing)
        if times is None or missing is not None:
            return
        self.filled.emit(
            LocalCadence(
                self.requirement.value(),
                self.cadence.value(),
                self.source.value().strip(),
                times,
                self.since.value(),
                self.scope.value(),
            )
        )
