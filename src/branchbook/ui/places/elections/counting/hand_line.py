"""The line under the table: what the ballot in hand comes to before it is confirmed, or a word of help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballot_counts import ballots_read, read_ballot
from branchbook.domain.ballots import BallotRound
from branchbook.domain.problems import Problem
from branchbook.domain.tally import BallotMark, WriteInWithoutAgainst
from branchbook.ui.places.elections.counting.ballot_in_hand import BallotInHand
from branchbook.ui.places.elections.counting.wording import mark_word
from branchbook.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class HandLine:
    """What is said, in which tone, with which article at its right."""

    tone: Tone
    text: str
    article: str = ""


def why_closed(ballots: BallotRound) -> str:
    """Why no further ballot can be read into a round just now; empty where one can."""
    read = ballots_read(ballots)
    if not ballots.returned:
        return QCoreApplication.translate("Counting", "先清点收回的选票，把张数填入“收回”，再逐票录入")
    if read is None:
        return QCoreApplication.translate(
            "Counting", "各候选人的票数合计不一致，不能接着逐票录入；请先在“录入合计”里改正"
        )
    if read < ballots.returned:
        return ""
    words = QCoreApplication.translate("Counting", "收回的 {n} 张已全部录入；确有别的选票的，请先更正“收回”")
    return words.format(n=ballots.returned)


def hand_line(
    ballots: BallotRound, hand: BallotInHand, number: int, setting: WriteInWithoutAgainst, article: str
) -> HandLine:
    """Tell what a ballot comes to. ``number`` is which one it is; ``article`` that of picks over seats (E-27)."""
    if hand.is_empty:
        words = QCoreApplication.translate("Counting", "第 {n} 张：请读票")
        return HandLine(Tone.QUIET, words.format(n=number))
    if hand.spoiled:
        words = QCoreApplication.translate("Counting", "第 {n} 张：整张无效。回车按无效票计，再按 9 取消")
        return HandLine(Tone.BAD, words.format(n=number), article)
    try:
        reading = read_ballot(ballots, hand.ballot, setting)
    except Problem as problem:
        return HandLine(Tone.BAD, str(problem))
    if not reading.valid:
        words = QCoreApplication.translate(
            "Counting", "第 {n} 张：选了 {picks} 人，多于应选 {seats} 名，本票无效。回车按无效票计"
        )
        text = words.format(n=number, picks=reading.picks, seats=ballots.seats)
        return HandLine(Tone.BAD, text, article)
    return _valid(hand, number, reading.void_write_ins)


def _valid(hand: BallotInHand, number: int, void: tuple[str, ...]) -> HandLine:
    marks = "，".join(
        f"{mark_word(each)} {hand.number_of(each)}"
        for each in BallotMark
        if hand.number_of(each) or each == BallotMark.FOR
    )
    words = QCoreApplication.translate("Counting", "第 {n} 张：{marks}")
    parts = [words.format(n=number, marks=marks)]
    counted = [each for each in hand.ballot.names_written if each not in void]
    if counted:
        words = QCoreApplication.translate("Counting", "另选 {names}")
        parts.append(words.format(names="、".join(counted)))
    if hand.unmarked:
        words = QCoreApplication.translate("Counting", "{n} 人没有标记，按弃权计")
        parts.append(words.format(n=len(hand.unmarked)))
    if void:
        words = QCoreApplication.translate("Counting", "票上没有不赞成，另选的 {names} 不计")
        parts.append(words.format(names="、".join(void)))
    parts.append(QCoreApplication.translate("Counting", "回车确认"))
    return HandLine(Tone.WARN if void else Tone.QUIET, "；".join(parts))
