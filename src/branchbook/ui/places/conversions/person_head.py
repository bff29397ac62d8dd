"""The card above a person's record: who it is, the bar, what is lacking, and the two dates that are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.probation import ConversionNeed
from branchbook.services.conversion_needs import MissingPart
from branchbook.services.words import word_of
from branchbook.ui.places.conversions.record_view import RecordOnScreen
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.probation_bar import ProbationBar

_FROM_THEN_ON = frozenset(
    {ConversionNeed.OBSERVATION, ConversionNeed.MEETING, ConversionNeed.TALK, ConversionNeed.ARCHIVE}
)


class PersonHead(Card):
    """``member_asked`` wants the person's page in Members, ``back_asked`` the list, ``begin_asked`` the form."""

    member_asked = Signal()
    back_asked = Signal()
    begin_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.state = Badge("", parent=self)
        self.begin_button = Button(self.tr("开始办理"), "plus", self, primary=True)
        self.begin_button.setToolTip(self.tr("Ctrl+N"))
        self.begin_button.clicked.connect(self.begin_asked)
        self.member_button = IconButton("user", self.tr("到“党员”看这个人"), self)
        self.member_button.clicked.connect(self.member_asked)
        self.back_button = Button(self.tr("名单"), "arrow-left", self)
        self.back_button.clicked.connect(self.back_asked)
        for widget in (self.state, self.begin_button, self.member_button, self.back_button):
            self.add_action(widget)
        self.bar = ProbationBar(self)
        self.lacks = Text("", "dim", self, wrap=True)
        self.kept = Text("", "", self, wrap=True)
        self.body.setContentsMargins(14, 8, 14, 8)
        self.body.setSpacing(4)
        self.body.addWidget(self.bar)
        for line in (self.lacks, self.kept):
            self.body.addWidget(line)

    def show_record(self, record: RecordOnScreen) -> None:
        """Show someone."""
        line, person = record.line, record.person
        standing = word_of(line.stage) if line.stage else word_of(record.standing) if record.standing else ""
        place = line.line.organisation_name if line.line else ""
        self.set_title(person.name, " · ".join(filter(None, (standing, place))))
        self._show_state(record)
        self.begin_button.setVisible(bool(record.may_begin) and record.view is not None)
        self.bar.show_bar(line.bar)
        self.lacks.setText(self._lacking(record))
        self.lacks.setVisible(bool(self.lacks.text()))
        self.kept.setVisible(person.full_member_since is not None)
        if person.full_member_since is not None:
            words = self.tr("转正日期 {since} · 权利自 {rights} 起")
            rights = person.rights_since or person.full_member_since
            self.kept.setText(words.format(since=person.full_member_since, rights=rights))

    def _show_state(self, record: RecordOnScreen) -> None:
        bar = record.line.bar
        if bar is None:
            self.state.say("")
            self.state.hide()
            return
        self.state.show()
        left = bar.days_left
        words = self.tr("还有 {n} 天") if left >= 0 else self.tr("已满 {n} 天")
        tone = Tone.QUIET if left > 31 else Tone.WARN
        self.state.say(words.format(n=abs(left)), Tone.BAD if record.line.late else tone)

    def _owed(self, missing: Sequence[MissingPart], until: date | None) -> str:
        """What is owed, each thing once with its first day, then the articles."""
        if not missing:
            return ""
        first = {each.need: each for each in reversed(missing)}
        count = Counter(each.need for each in missing)
        parts = []
        for need in dict.fromkeys(each.need for each in missing):
            times = self.tr(" {n} 次").format(n=count[need]) if count[need] > 1 else ""
            words = self.tr("{day} 起应办") if need in _FROM_THEN_ON else self.tr("{day} 前")
            if need is ConversionNeed.MEETING and until is not None:
                words = self.tr("推迟到 {day}")
            day = words.format(day=first[need].due_on)
            parts.append(f"{first[need].need_words}{times}（{day}）")
        articles = "、".join(dict.fromkeys(each.article for each in missing if each.article))
        words = self.tr("缺：{parts}") if not articles else self.tr("缺：{parts}。依据：{articles}")
        return words.format(parts="、".join(parts), articles=articles)

    def _lacking(self, record: RecordOnScreen) -> str:
        line, conversion = record.line.line, record.line.conversion
        if line is None:
            words = self.tr("还缺：{owed}")
            return words.format(owed=record.line.owed) if record.line.owed else ""
        if conversion is not None and conversion.probation is None:
            return self.tr("没有登记支部大会接收日期，预备期无法推算；请到“党员”里补上")
        if conversion is not None:
            until = record.line.bar.until if record.line.bar else None
            return self._owed(conversion.missing, until)
        words = self.tr("下一步：{step}").format(step=line.next_step) if line.next_step else ""
        due = self.tr("{day} 前").format(day=line.due_on) if line.due_on else ""
        passed = self.tr("跳过：{steps}").format(steps="、".join(line.missing)) if line.missing else ""
        return " · ".join(filter(None, (words, due, line.article, passed)))
