"""What the room sees of a count: the running numbers while ballots are read, then the result."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballot_counts import ballots_read
from branchbook.domain.ballots import BallotRound
from branchbook.domain.tally import TallyResult
from branchbook.ui.places.elections.counting.projector import RoomLine, RoomSheet
from branchbook.ui.places.elections.counting.reckoning import CountState, Reckoning
from branchbook.ui.places.elections.counting.rows import rows_of
from branchbook.ui.places.elections.counting.wording import round_title


def room_sheet(ballots: BallotRound, result: TallyResult | None, reckoning: Reckoning) -> RoomSheet:
    """Candidates in the order of the ballot, then those written in."""
    rows = rows_of(ballots, result, reckoning, None)
    lines = tuple(
        RoomLine(
            row.title,
            QCoreApplication.translate("Counting", "赞成 {n}").format(n=row.votes_for),
            ""
            if row.written_in
            else QCoreApplication.translate("Counting", "不赞成 {n}").format(n=row.votes_against),
            ""
            if row.written_in
            else QCoreApplication.translate("Counting", "弃权 {n}").format(n=row.abstentions),
            "" if row.reason else row.word,
            row.tone,
        )
        for row in rows
    )
    return RoomSheet(round_title(ballots), _note(ballots, reckoning), lines, _foot(result, reckoning))


def _note(ballots: BallotRound, reckoning: Reckoning) -> str:
    if reckoning.state in (CountState.DECIDED, CountState.VOID):
        words = QCoreApplication.translate("Counting", "应选 {seats} 名　收回 {returned}　有效 {valid}")
        return words.format(seats=ballots.seats, returned=ballots.returned, valid=ballots.valid)
    read = ballots_read(ballots)
    if read is None:
        return QCoreApplication.translate("Counting", "正在计票")
    words = QCoreApplication.translate("Counting", "已计 {read} / {returned} 张")
    return words.format(read=read, returned=ballots.returned)


def _foot(result: TallyResult | None, reckoning: Reckoning) -> str:
    if reckoning.state == CountState.VOID:
        return QCoreApplication.translate("Counting", "选举无效")
    if result is None or reckoning.state != CountState.DECIDED:
        return ""
    words = QCoreApplication.translate("Counting", "当选 {n} 名")
    return words.format(n=len(result.elected))
