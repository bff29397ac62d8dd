"""The counting card showing a round as it stands: numbers, verdict, table, keys, warnings, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.ballot_counts import OneBallot, ballots_read
from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.problems import Problem
from branchbook.domain.tally import Finding, TallyResult, WriteInWithoutAgainst
from branchbook.ui.places.elections.counting.ballot_entry import BallotEntry
from branchbook.ui.places.elections.counting.hand_line import hand_line, why_closed
from branchbook.ui.places.elections.counting.panel_layout import PanelLayout
from branchbook.ui.places.elections.counting.projector import Projector
from branchbook.ui.places.elections.counting.provisional import provisional_result
from branchbook.ui.places.elections.counting.reckoning import CountState, Reckoning, reckon, wrong_numbers
from branchbook.ui.places.elections.counting.room import room_sheet
from branchbook.ui.places.elections.counting.round_keeping import RoundKeeping
from branchbook.ui.places.elections.counting.rows import columns_of, rows_of
from branchbook.ui.places.elections.counting.totals_entry import TotalsEntry
from branchbook.ui.places.elections.counting.wording import FollowingRound, round_subtitle, round_title
from branchbook.ui.places.procedures.count_keeping import EntryMode
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from uuid import UUID

    from branchbook.domain.procedures import Procedure
    from branchbook.domain.rulebook import Rulebook


class CountView(PanelLayout):
    """Holds the round and the two ways to enter it; `refresh` shows them, the panel acts on them.

    ``projector_wanted`` tells that the window for the room opened or closed.
    """

    projector_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keeping = RoundKeeping(self)
        self.ballots = BallotEntry(self)
        self.totals = TotalsEntry(self.table, self.table.count)
        self.mode = EntryMode.BALLOTS
        self.projector: Projector | None = None
        self.reckoning = Reckoning(CountState.EMPTY, Tone.QUIET, "")
        self._procedure: Procedure | None = None
        self._following: tuple[BallotRound | None, tuple[FollowingRound, ...]] = (None, ())
        self._told: tuple[BallotRound, TallyResult] | None = None
        self._barred: tuple[UUID | None, tuple[Finding, ...]] = (None, ())
        self._rulebook: Rulebook | None = None
        self._setting = WriteInWithoutAgainst.VOID_WRITE_IN
        self._last: OneBallot | None = None
        self.projecting.clicked.connect(self._open_or_close_projector)
        self.revealing.clicked.connect(self.refresh)
        self._name_buttons()

    @property
    def is_open(self) -> bool:
        """Whether numbers can be entered."""
        return self.keeping.round is not None and not self.keeping.round.is_confirmed

    @property
    def _rules(self) -> Rulebook:
        if self._rulebook is None:
            from branchbook.services.rules import shipped_rulebook

            self._rulebook = shipped_rulebook()
        return self._rulebook

    def refresh(self) -> None:
        """Show everything as it stands now."""
        ballots = self.keeping.round
        if ballots is None:
            return
        result = self._reckon(ballots)
        self.set_title(self.tr("计票　{round}").format(round=round_title(ballots)), round_subtitle(ballots))
        self._show_numbers(ballots)
        self._show_table(ballots, result)
        self._show_entry(ballots)
        for banner, findings, link in (
            (self.warning, self.reckoning.warnings, ""),
            (self.unconfirmed, self.reckoning.unconfirmed, self.tr("口径：待核实")),
        ):
            _warn(banner, findings, link)
        of_round, following = self._following
        self.steps.show_count(ballots, result, self.reckoning, following if of_round == ballots else ())
        self._show_room(ballots, result)

    def _reckon(self, ballots: BallotRound) -> TallyResult | None:
        try:
            result = self._result(ballots)
        except Problem as problem:
            self.reckoning = Reckoning(CountState.MISFIT, Tone.BAD, str(problem))
            return None
        self.reckoning = reckon(ballots, result, typing=self._typing())
        return result

    def _result(self, ballots: BallotRound) -> TallyResult:
        if self._told is not None and self._told[0] == ballots:
            return self._told[1]
        voters = self._procedure.voters if self._procedure else ()
        of_round, barred = self._barred
        return provisional_result(ballots, voters, self._rules, barred if of_round == ballots.id else ())

    def _typing(self) -> str:
        """The name whose totals are being typed."""
        row, rows = self.table.currentIndex().row(), self.table.count.rows
        typing = self.mode == EntryMode.TOTALS and self.table.hasFocus() and 0 <= row < len(rows)
        return rows[row].name if typing else ""

    # -------------------------------------------------------------------------------------- pieces

    def _show_numbers(self, ballots: BallotRound) -> None:
        typed = ("issued", "returned", "invalid") if self.mode == EntryMode.TOTALS else ("issued", "returned")
        self.tiles.show_round(
            ballots, open_fields=typed if self.is_open else (), wrong=wrong_numbers(ballots)
        )
        said = self.reckoning
        self.verdict.say(said.tone, said.text, said.article, more=said.more)

    def _show_table(self, ballots: BallotRound, result: TallyResult | None) -> None:
        by_ballot = self.is_open and self.mode == EntryMode.BALLOTS
        by_totals = self.is_open and self.mode == EntryMode.TOTALS
        self.table.entry = self.ballots if by_ballot else self.totals if by_totals else None
        self.table.cells.typed = by_totals
        self.ballots.closed = why_closed(ballots)
        by_ballot = by_ballot and not self.ballots.closed
        hand = self.ballots.hand if by_ballot else None
        self.table.show_rows(
            rows_of(ballots, result, self.reckoning, hand),
            columns_of(ballots, by_ballot=by_ballot, by_totals=by_totals),
            in_stroke_order=self._in_stroke_order(ballots),
        )

    def _in_stroke_order(self, ballots: BallotRound) -> bool:
        if ballots.kind != ElectionKind.COMMITTEE or self._procedure is None:
            return False
        standing = [each for each in self._procedure.candidates if each.kind == ballots.kind]
        return not any(each.manual_reason for each in standing)

    def _show_entry(self, ballots: BallotRound) -> None:
        for button, mode in ((self.by_ballot, EntryMode.BALLOTS), (self.by_totals, EntryMode.TOTALS)):
            button.setEnabled(self.is_open)
            button.setChecked(self.is_open and self.mode == mode)
        by_ballot = self.is_open and self.mode == EntryMode.BALLOTS
        self.hint.setText(self._keys())
        self.hint.setVisible(self.is_open)
        if by_ballot and not self.ballots.closed:
            number = (ballots_read(ballots) or 0) + 1
            article = self._article(ballots, "E-27")
            said = hand_line(ballots, self.ballots.hand, number, self._setting, article)
            self.line.say(said.tone, said.text, said.article)
        else:
            self.line.clear()

    def _article(self, ballots: BallotRound, rule_id: str) -> str:
        rule = self._rules.on(ballots.held_on).find(rule_id)
        return rule.citation if rule else ""

    def _keys(self) -> str:
        """The keys of the moment."""
        if self.mode == EntryMode.TOTALS:
            return self.tr(
                "直接键入数字 · 回车 下一格 · 方向键 移动 · = 补足这一格 · + 添加另选他人 · 每人四项之和应等于有效票"
            )
        if self.keeping.round is not None and not self.keeping.round.returned:
            return self.tr("在“收回”里填张数，回车开始 · F3 录入合计 · F5 大字显示")
        if self.ballots.closed:
            return self.tr("退格 撤回刚确认的一张 · F3 录入合计 · F5 大字显示")
        return self.tr(
            "1 赞成 · 2 不赞成 · 3 无法辨认 · 0 空格 弃权 · 字母 改该行标记 · 5 其余赞成 · 6 其余不赞成"
            " · 4 另选他人 · 9 整票无效 · 回车 确认 · 退格 撤回"
        )

    def _show_room(self, ballots: BallotRound, result: TallyResult | None) -> None:
        is_shown = self.projector is not None and self.projector.isVisible()
        self.projecting.setChecked(is_shown)
        self.revealing.setVisible(is_shown)
        if self.projector is not None and is_shown:
            sheet = room_sheet(ballots, result, self.reckoning)
            self.projector.show_sheet(sheet, revealed=self.revealing.isChecked())

    def _open_or_close_projector(self) -> None:
        if self.projector is not None and self.projector.isVisible():
            self.projector.close()
            return
        if self.projector is None:
            self.projector = Projector(self)
            self.projector.closed.connect(self._projector_closed)
            self.projector.show_result_wanted.connect(self.revealing.click)
        self.revealing.setChecked(False)
        self.projector.open_in_room()
        self.refresh()
        self.projector_wanted.emit(True)

    def _projector_closed(self) -> None:
        self.revealing.setChecked(False)
        self.revealing.hide()
        self.projecting.setChecked(False)
        self.projector_wanted.emit(False)


def _warn(banner: Banner, findings: tuple[Finding, ...], link: str) -> None:
    """Warnings in one strip; with a link where their rule is in doubt."""
    if not findings:
        banner.clear()
        return
    text = "\n".join(each.text for each in findings)
    banner.say(Tone.WARN, text, "" if link else findings[0].article, link=link)
