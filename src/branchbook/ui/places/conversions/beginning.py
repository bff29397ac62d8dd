"""Beginning someone's joining or conversion, in place of their steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branchbook.catalogue.procedures import conversion_steps
from branchbook.domain.procedures import Procedure
from branchbook.services.conversions import begin_conversion
from branchbook.services.joining import begin_joining
from branchbook.services.operations import Outcome
from branchbook.ui.places.conversions.record_view import RecordOnScreen
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class BeginningCard(Card):
    """Explains what is not begun yet and begins it. ``begun`` gives the procedure, ``closed`` tells the form went."""

    begun = Signal(object)
    closed = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place)
        self.place = place
        self.record: RecordOnScreen | None = None
        self.offering = False
        self.form: InlineForm | None = None
        self.host = FormHost(self)
        self.host.closed.connect(self._close)
        self.empty = EmptyState("sprout", self.tr("还没有建立档案"), "", self.tr("开始办理"), self)
        self.empty.acted.connect(self.offer)
        self.ended = EmptyState("circle-check", self.tr("没有可以办理的事项"), "", "", self)
        for widget in (self.host, self.empty, self.ended):
            self.add(widget)
        self.body.addStretch(1)

    def show_record(self, record: RecordOnScreen) -> None:
        """Show what can be begun for someone; a form for somebody else goes."""
        if self.record is not None and self.record.person.id != record.person.id:
            self.host.shut()
        self.record = record
        converting = record.may_begin == conversion_steps.FAMILY
        joins = self.tr("从递交入党申请书起逐步登记；旧档按当年的日期补录，也可以用日期表一次导入。")
        converts = self.tr("季度考察、转正申请、征求意见、审查、表决、审批和归档都在这里逐步办理。")
        self.empty.say(converts if converting else joins)
        self._arrange()

    def _arrange(self) -> None:
        may = self.record is not None and bool(self.record.may_begin)
        self.empty.setVisible(may and not self.offering)
        self.ended.setVisible(not may and not self.offering)

    def offer(self) -> None:
        """Ask from which day on."""
        record = self.record
        if record is None or not record.may_begin:
            return
        self.offering = True
        self._arrange()
        converting = record.may_begin == conversion_steps.FAMILY
        title = self.tr("开始预备党员转正") if converting else self.tr("建立发展党员档案")
        hint = self.tr("补录旧档的，写当年开始办理的日期")
        form = InlineForm(self.place, title, self.tr("开始"), hint)
        self.begun_on = form.add_date(self.tr("开始日期"), self._usual_day(record))
        form.submitted.connect(lambda: self._begin(form, record))
        self.form = form
        self.host.open(form)

    def _usual_day(self, record: RecordOnScreen) -> date:
        """A joining begins with the application; a conversion is begun today."""
        today = self.place.context.today
        line = record.line.line
        if record.may_begin == conversion_steps.FAMILY or line is None or line.since is None:
            return today
        return min(record.person.applied_on or line.since, today)

    def _begin(self, form: InlineForm, record: RecordOnScreen) -> None:
        book, actor = self.place.context.book, self.place.context.actor()
        day, person_id = form.day(self.begun_on), record.person.id
        converting = record.may_begin == conversion_steps.FAMILY

        def operation() -> Outcome[Procedure]:
            if converting:
                return begin_conversion(book, person_id, day, actor)
            return begin_joining(book, person_id, day, actor)

        form.run(operation, self.begun.emit)

    def shut(self) -> None:
        """Give the form up."""
        self.host.shut()

    def _close(self) -> None:
        self.offering = False
        self._arrange()
        self.closed.emit()
