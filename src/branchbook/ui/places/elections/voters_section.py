"""应到与不计入: the voters of an election, marked by keys, with the sentence that says whether it can be held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.ballots import Voter
from branchbook.domain.records import Presence
from branchbook.services.election_voters import (
    freeze_voters,
    mark_all_present,
    mark_presence,
    reopen_voters,
    set_voter,
    take_snapshot,
)
from branchbook.ui.models.attendance import NameMark, read_pasted
from branchbook.ui.places.elections.exclusion_fields import ExclusionFields
from branchbook.ui.places.elections.voters_table import VotersTable
from branchbook.ui.places.elections.voters_view import STEPS, VotersView
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.places.procedures.wording import short_day
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class VotersSection(StepSection):
    """Asks the roster, takes exclusions and presence, freezes 应到."""

    steps = STEPS
    parts = frozenset({"voters", "voters_frozen_on"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.table = VotersTable(self)
        self.table.chosen.connect(lambda _: self._show_current())
        self.table.presence_marked.connect(self.mark)
        self.table.pasted.connect(self.paste)
        self.table.exclusion_asked.connect(self._go_to_exclusion)
        self.sentence = Banner(self, closable=False)
        self.changes = Banner(self, closable=False)
        self.changes.linked.connect(self.take)
        self.exclusion = ExclusionFields(date.min, self)
        self.exclusion.changed.connect(self._exclude)
        self.pasted_line = Banner(self)
        self.reopening = ReasonStrip(self)
        self.reopening.confirmed.connect(self._reopen)
        said = (self.sentence, self.changes, self.pasted_line, self.reopening)
        for widget in (self._head(), *said, self.table, self.exclusion):
            self.column.addWidget(widget)

    def _head(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.tr("选举权人"), "label", line))
        self.hint = Elided("", "dim", line)
        row.addWidget(self.hint, 1)
        self.take_button = Button(self.tr("按名册核定"), "users", line)
        self.take_button.clicked.connect(self.take)
        self.everyone_button = Button(self.tr("全部到会"), "", line)
        self.everyone_button.setToolTip(self.tr("先全部记到会，再用 3 标出缺席的"))
        self.everyone_button.clicked.connect(self.mark_everyone)
        self.freeze_button = Button(self.tr("冻结应到人数"), "lock", line)
        self.freeze_button.setToolTip(self.tr("发选票之前冻结；以后名册变动不再影响这次选举"))
        self.freeze_button.clicked.connect(self.freeze)
        self.reopen_button = Button(self.tr("重新核定"), "lock-open", line)
        self.reopen_button.setToolTip(self.tr("到会不足五分之四、另行召开大会时用"))
        self.reopen_button.clicked.connect(self._ask_reopen)
        for button in self._buttons():
            row.addWidget(button)
        return line

    def _buttons(self) -> tuple[Button, ...]:
        return self.take_button, self.everyone_button, self.freeze_button, self.reopen_button

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the voters as the book holds them."""
        before = self.view
        super().show_step(view, locked=locked)
        if before is None or before.spec.key != view.spec.key:
            self.pasted_line.clear()
        found = view.voters
        if found is None:
            return
        procedure, meeting = view.procedure, view.spec.key == "opening"
        frozen = procedure.voters_frozen_on is not None
        self.table.show_voters(procedure.voters, found.classes, presence=meeting)
        self.table.setVisible(bool(procedure.voters))
        self.take_button.setVisible(not locked and not frozen)
        self.everyone_button.setVisible(meeting and not locked and found.counts.due > 0)
        self.freeze_button.setVisible(meeting and not locked and not frozen and found.counts.due > 0)
        self.reopen_button.setVisible(meeting and not locked and frozen)
        self.hint.setText(self._hint(meeting))
        self._say(view, found, meeting)
        self._show_current()
        self.arranged.emit()

    def _hint(self, meeting: bool) -> str:
        if self.locked:
            return ""
        if meeting:
            return self.tr("方向键移动 · 1 到会 3 缺席 · 4 不计入应到 · 粘贴名单可自动勾选")
        return self.tr("方向键移动 · 4 不计入应到")

    def _say(self, view: StepView, found: VotersView, meeting: bool) -> None:
        counts, frozen = found.counts, view.procedure.voters_frozen_on
        if not view.procedure.voters:
            self.sentence.say(Tone.WARN, self.tr("还没有核定：按“按名册核定”，逐人算出有没有选举权"))
        elif meeting:
            tone = Tone.OK if found.quorum.met else Tone.BAD
            more = (
                self.tr("应到人数已按 {day} 冻结").format(day=short_day(frozen, view.today)) if frozen else ""
            )
            self.sentence.say(tone, found.quorum.sentence, found.quorum.article, more=more)
        else:
            words = self.tr("党员 {all} 名；没有选举权 {none} 名，经批准不计入 {out} 名；应到 {due} 名")
            said = words.format(
                all=counts.members, none=counts.without_right, out=counts.excluded, due=counts.due
            )
            self.sentence.say(Tone.OK, said)
        if found.changes:
            more = self.tr("应到人数已冻结，只作提示") if frozen else ""
            link = "" if frozen or self.locked else self.tr("重新核定")
            words = self.tr("名册与核定的不同：{changes}").format(changes="；".join(found.changes[:6]))
            self.changes.say(Tone.WARN, words, more=more, link=link)
        else:
            self.changes.clear()

    def _show_current(self) -> None:
        view = self.view
        if view is None or view.voters is None:
            return
        self.exclusion.consented_on.set_today(view.today)
        frozen = view.procedure.voters_frozen_on is not None
        self.exclusion.show_voter(self.table.current_row, view.voters.classes, locked=self.locked or frozen)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        shown = [button for button in self._buttons() if not button.isHidden()]
        own = [] if self.exclusion.isHidden() else self.exclusion.stops()
        return [*shown, self.table, *own]

    def leave(self) -> None:
        """Take what is typed about the current voter's exclusion."""
        if not self.exclusion.isHidden():
            self.exclusion.settle()

    # ------------------------------------------------------------------------------------- edits

    def take(self) -> None:
        """Ask the roster of the meeting's day (else the planned one, else today) who may vote."""
        view = self.view
        if view is None or view.voters is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        typed = self.typed().done_on if view.spec.key == "opening" else None
        day = typed or view.voters.day
        self.do(lambda: take_snapshot(book, view.procedure.id, day, actor), lambda _: self.table.setFocus())

    def mark(self, present: bool) -> None:
        """Note for the chosen voters whether they came, as one operation."""
        rows = self.table.selected_rows or tuple(filter(None, (self.table.current_row,)))
        self._mark({each.person_id: present for each in rows if each.is_due and each.present is not present})

    def paste(self, text: str) -> None:
        """Mark the people named in a text: bare names came; 「请假：…」 and 「… 缺席」 did not."""
        view = self.view
        if view is None:
            return
        due = [each for each in view.procedure.voters if each.is_due]
        found = read_pasted(text, [NameMark(each.person_id, each.name) for each in due])
        marks = {due[row].person_id: True for row in found.rows}
        marks |= {due[row].person_id: each == Presence.PRESENT for row, each in found.stated.items()}
        self._mark(marks)
        said = self.tr("粘贴的名单认出 {n} 人").format(n=len(found.rows))
        unknown = self.tr("没有认出：{names}").format(names="、".join(found.unknown[:10]))
        tone = Tone.WARN if found.unknown else Tone.OK
        self.pasted_line.say(tone, said, more=unknown if found.unknown else "")

    def _mark(self, marks: dict[UUID, bool]) -> None:
        view = self.view
        if view is not None and marks and not self.locked:
            book, actor = self.place.context.book, self.place.context.actor()
            self.do(lambda: mark_presence(book, view.procedure.id, marks, actor))

    def mark_everyone(self) -> None:
        """Everyone due came; the exceptions are marked after."""
        view = self.view
        if view is not None:
            book, actor = self.place.context.book, self.place.context.actor()
            self.do(lambda: mark_all_present(book, view.procedure.id, actor), lambda _: self.table.setFocus())

    def freeze(self) -> None:
        """From the meeting's day on 应到 no longer changes."""
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        day = self.day
        self.do(lambda: freeze_voters(book, view.procedure.id, day, actor))

    def _ask_reopen(self) -> None:
        self.reopening.ask(
            self.tr("重新核定的原因"), self.tr("如“到会不足五分之四，另行召开大会”"), self.tr("重新核定")
        )

    def _reopen(self, reason: str) -> None:
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        self.do(
            lambda: reopen_voters(book, view.procedure.id, reason, actor), lambda _: self.reopening.hide()
        )

    def _exclude(self, voter: Voter) -> None:
        self._keep(voter)

    def _keep(self, voter: Voter) -> None:
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        self.do(lambda: set_voter(book, view.procedure.id, voter, actor))

    def _go_to_exclusion(self) -> None:
        if not self.exclusion.isHidden():
            self.exclusion.code.setFocus()
