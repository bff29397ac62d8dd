"""The card at the left: everyone on the way of joining, narrowed by stage and by name."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.stages import Stage
from branchbook.services.words import word_of
from branchbook.ui.places.conversions.people_view import CHIPS, ENDED, EVERYONE, PeopleView, PersonLine
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.entry_list import Entry, EntryList
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.probation_bar import paint_bar

WIDTH, MOST_WIDTH = 272, 16_777_215
_SOON_DAYS = 31


class PeopleCard(Card):
    """``person_chosen`` gives a person's id, ``person_opened`` does so after a click or Enter.

    ``import_asked`` wants the dates sheet read, ``export_asked`` written; ``added`` wants a new applicant.
    """

    person_chosen = Signal(object)
    person_opened = Signal(object)
    import_asked = Signal()
    export_asked = Signal()
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.set_title(self.tr("发展党员"))
        self.view = PeopleView()
        self._alone = False
        self.add_button = IconButton("user-plus", self.tr("登记入党申请人（到“党员”）"), self)
        self.add_button.clicked.connect(self.added)
        self.export_button = IconButton("download", self.tr("导出日期表"), self)
        self.export_button.clicked.connect(self.export_asked)
        self.import_button = IconButton("file-spreadsheet", self.tr("导入日期表（Ctrl+I）"), self)
        self.import_button.clicked.connect(self.import_asked)
        for button in (self.add_button, self.export_button, self.import_button):
            self.add_action(button)
        self.filter = LineField("", self.tr("姓名、拼音首字母"))
        self.filter.setAccessibleName(self.tr("按姓名或拼音首字母筛选"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._narrow())
        self.filter.returnPressed.connect(self._open_first)
        self.chips = Chips(wrapping=True)
        self.chips.setAccessibleName(self.tr("按阶段筛选"))
        self.chips.chosen.connect(lambda _: self._narrow())
        self.people = EntryList()
        self.people.setAccessibleName(self.tr("发展党员名单"))
        self.people.chosen.connect(self.person_chosen)
        self.people.activated_key.connect(self.person_opened)
        self.people.clicked.connect(lambda _: self.person_opened.emit(self.people.current_key))
        self.nobody = Text("", "dim", wrap=True)
        self.nobody.setContentsMargins(14, 12, 14, 12)
        self._lay_out()
        self._measure()

    def _lay_out(self) -> None:
        above = QWidget(self)
        column = QVBoxLayout(above)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.chips)
        self.body.setSpacing(0)
        self.body.addWidget(above)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.people, 1)

    # ------------------------------------------------------------------------------------ showing

    def show_people(self, view: PeopleView) -> None:
        """Show everyone; stages that nobody is in have no chip."""
        self.view = view
        words: dict[str, str] = {stage.value: word_of(stage) for stage in Stage}
        words |= {
            EVERYONE: self.tr("全部"),
            ENDED: self.tr("已办完"),
            Stage.PROBATIONARY: self.tr("预备"),
            Stage.ACTIVIST: self.tr("积极分子"),
            Stage.APPLICANT: self.tr("申请人"),
            Stage.ACCEPTANCE: self.tr("待接收"),
        }
        counted = [(str(key), words[key], view.count(key)) for key in CHIPS]
        shown = [(key, f"{word} {n}") for key, word, n in counted if n or key == EVERYONE]
        self.chips.set_chips(shown)
        self._narrow()

    def select(self, person_id: UUID, *, reveal: bool = False) -> None:
        """Make someone current without telling; to ``reveal`` them, filters that hide them are taken off."""
        if self.people.select(person_id) or not reveal:
            return
        person = self.view.find(person_id)
        if person is None:
            return
        self.filter.set_value("")
        self.chips.choose(EVERYONE if person.stage is not None or person.owed else ENDED)
        self._narrow()
        self.people.select(person_id)

    def _narrow(self) -> None:
        text = self.filter.value()
        found = self.view.shown(self.chips.current, text)
        self.people.set_entries([self._entry(each) for each in found])
        said = self.tr("没有符合“{text}”的人").format(text=text.strip()) if text.strip() else ""
        self.nobody.setText(said or self.tr("这里没有人"))
        self.nobody.setVisible(not found)

    def _open_first(self) -> None:
        """Enter in the filter shows the first who matches; the arrows go on from there."""
        entries = self.people.entries
        if entries:
            self.people.setFocus()
            self.people.select(entries[0].key)
            self.person_opened.emit(entries[0].key)

    def _entry(self, person: PersonLine) -> Entry:
        badge, tone = self._badge(person)
        bar = person.bar
        return Entry(
            person.person_id,
            person.name,
            " · ".join(filter(None, (person.branch, self._detail(person)))),
            badge=badge,
            tone=tone,
            picture=partial(paint_bar, bar=bar) if bar else None,
            picture_words=bar.words if bar else "",
        )

    def _detail(self, person: PersonLine) -> str:
        line = person.line
        if line is None:
            lacks = self.tr("还缺：{owed}").format(owed=person.owed)
            return lacks if person.owed else self.tr("已办完")
        conversion = person.conversion
        if conversion is not None and conversion.probation is None:
            return self.tr("没有登记接收日期")
        if conversion is not None:
            return "、".join(dict.fromkeys(each.need_words for each in conversion.missing)) or self.tr(
                "没有欠缺"
            )
        words = self.tr("{stage} · {step}")
        return (
            words.format(stage=word_of(line.stage), step=line.next_step)
            if line.next_step
            else word_of(line.stage)
        )

    def _badge(self, person: PersonLine) -> tuple[str, Tone]:
        line, bar = person.line, person.bar
        if bar is not None:
            left = bar.days_left
            if left < 0:
                words = self.tr("推迟") if person.postponed else self.tr("已满 {n} 天").format(n=-left)
                return words, Tone.WARN if person.postponed else Tone.BAD
            tone = Tone.WARN if left <= _SOON_DAYS or person.overdue else Tone.QUIET
            return self.tr("{n} 天").format(n=left), tone
        if line is None:
            return (self.tr("待办"), Tone.WARN) if person.owed else ("", Tone.QUIET)
        if line.overdue:
            return self.tr("逾期"), Tone.BAD
        return (f"{line.due_on:%m-%d}", Tone.QUIET) if line.due_on else ("", Tone.QUIET)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def set_alone(self, alone: bool) -> None:
        """Take the whole width: nothing stands beside the list."""
        self._alone = alone
        self._measure()

    def _measure(self) -> None:
        width = min(Look.current().px(WIDTH), WIDTH * 5 // 4)
        self.setMinimumWidth(width)
        self.setMaximumWidth(MOST_WIDTH if self._alone else width)
