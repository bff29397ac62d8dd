"""A person's dated facts: what holds, what held, with its documents; forms to add, end and correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.people import FactKind
from branchbook.services.people_facts import remove_fact
from branchbook.services.person_page import FactLine
from branchbook.ui.models.rows import Column
from branchbook.ui.place import Destination, ShowPerson
from branchbook.ui.places.members.fact_endings import FactEndings
from branchbook.ui.places.members.fact_forms import FactForms
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.places.members.transfer_forms import TransferForms
from branchbook.ui.places.members.transfer_list import TransferList
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table
from branchbook.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_ORDER = {kind: number for number, kind in enumerate(FactKind)}


class FactsPage(QWidget):
    """Buttons that open a form, the facts, the transfers that await a receipt."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.view: PersonView | None = None
        self.kind_words = {
            FactKind.MEMBERSHIP: self.tr("组织关系"),
            FactKind.GROUP: self.tr("党小组"),
            FactKind.STANDING: self.tr("身份"),
            FactKind.RESTRICTION: self.tr("处分限制"),
            FactKind.POST: self.tr("职务"),
            FactKind.MARK: self.tr("标记"),
        }
        self.host = FormHost(self)
        self.forms = FactForms(self, place, self.host)
        self.moves = TransferForms(self, place, self.host)
        self.endings = FactEndings(self, place, self.host)
        self.table: Table[FactLine] = Table(self._columns(), self, key=lambda line: line.fact_id)
        self.table.setAccessibleName(self.tr("组织关系、身份与职务"))
        self.table.setMinimumHeight(Look.current().px(170))
        self.table.chosen.connect(lambda _: self._enable())
        self.transfers = TransferList(place, self.moves)
        self.remark = Text("", "dim", wrap=True)
        self.on_the_way = Text("", wrap=True)
        self.on_the_way.setAccessibleName(self.tr("发展和转正"))
        self.to_conversions = Button(self.tr("到“发展党员”办理"), "sprout")
        self.to_conversions.clicked.connect(self._go_to_conversions)
        self._lay_out()

    def show_view(self, view: PersonView) -> None:
        """Show a person's facts, those of one kind together, the latest first."""
        self.view = view
        self.forms.view = self.moves.view = self.endings.view = view
        self.table.set_rows(sorted(view.page.facts, key=lambda line: _ORDER[line.kind]))
        self.on_the_way.setText(view.page.on_the_way)
        self.on_the_way.setVisible(bool(view.page.on_the_way))
        self.to_conversions.setVisible(bool(view.page.on_the_way))
        self.transfers.show_view(view)
        for button in (self.post, self.group, self.standing, self.restriction, self.mark, self.leave):
            button.setVisible(view.belongs)
        self.come.setVisible(not view.belongs)
        self._enable()

    # ------------------------------------------------------------------------------------ inside

    def _go_to_conversions(self) -> None:
        if self.view is not None:
            person_id = self.view.page.person.id
            self._place.go.emit(Destination("conversions", ShowPerson(person_id)))

    def _enable(self) -> None:
        line = self.table.current_row
        self.end.setEnabled(line is not None and line.to_on is None and line.kind is not FactKind.MEMBERSHIP)
        self.end.setText(self.endings.word_for(line.kind if line else None))
        self.correct.setEnabled(line is not None)
        self.remove.setEnabled(line is not None)
        remarks = (line.note, line.ending_document) if line else ()
        self.remark.setText("；".join(filter(None, remarks)))
        self.remark.setVisible(bool(self.remark.text()))

    def _end(self) -> None:
        line = self.table.current_row
        if line is not None and self.view is not None:
            self.endings.end(self.view.facts[line.fact_id], line.words)

    def _correct(self) -> None:
        line = self.table.current_row
        if line is not None and self.view is not None:
            self.endings.correct(self.view.facts[line.fact_id], line.words)

    def _remove(self) -> None:
        line = self.table.current_row
        if line is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: remove_fact(book, line.fact_id, actor))

    def _columns(self) -> tuple[Column[FactLine], ...]:
        return (
            Column(self.tr("类别"), lambda line: self.kind_words[line.kind], 78, tone=_tone),
            Column(self.tr("内容"), lambda line: self._words(line) if line.ending else line.words, 150),
            Column(self.tr("起"), lambda line: line.from_on.isoformat(), 88),
            Column(self.tr("止"), self._until, 88),
            Column(self.tr("文号"), lambda line: line.document),
        )

    def _until(self, line: FactLine) -> str:
        return line.to_on.isoformat() if line.to_on else self.tr("至今")

    def _words(self, line: FactLine) -> str:
        """第一支部（转出）."""
        return self.tr("{words}（{ending}）").format(words=line.words, ending=line.ending)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._starting_buttons())
        shown = QVBoxLayout()
        shown.setContentsMargins(14, 0, 14, 0)
        way = QHBoxLayout()
        way.setSpacing(8)
        way.addWidget(self.on_the_way, 1)
        way.addWidget(self.to_conversions)
        shown.addLayout(way)
        shown.addWidget(self.host)
        column.addLayout(shown)
        column.addWidget(self.table, 1)
        self.remark.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self.remark)
        column.addLayout(self._ending_buttons())
        column.addWidget(self.transfers)

    def _starting_buttons(self) -> QHBoxLayout:
        self.post = self._button(self.tr("任职"), self.forms.post)
        self.group = self._button(self.tr("编入小组"), self.forms.group)
        self.standing = self._button(self.tr("身份"), self.forms.standing)
        self.restriction = self._button(self.tr("处分限制"), self.forms.restriction)
        self.mark = self._button(self.tr("标记"), self.forms.mark)
        self.leave = self._button(self.tr("转出或离开"), self.moves.leave)
        self.come = self._button(self.tr("转入"), self.moves.come)
        beginnings = (self.post, self.group, self.standing, self.restriction, self.mark)
        row = WrappingRow(gap=6)
        for button in (*beginnings, self.leave, self.come):
            row.add(button)
        indented = QHBoxLayout()
        indented.setContentsMargins(14, 0, 14, 0)
        indented.addWidget(row)
        return indented

    def _ending_buttons(self) -> QHBoxLayout:
        self.end = self._button(self.endings.word_for(None), self._end)
        self.correct = self._button(self.tr("更正"), self._correct)
        self.remove = self._button(self.tr("删除这条"), self._remove)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 10)
        row.setSpacing(6)
        row.addWidget(Text(self.tr("选中的一条："), "dim"))
        for button in (self.end, self.correct, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _button(self, text: str, act: object) -> Button:
        button = Button(text, parent=self)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button


def _tone(line: FactLine) -> Tone | None:
    if line.to_on is not None:
        return Tone.QUIET
    return Tone.BAD if line.kind is FactKind.RESTRICTION else Tone.OK
