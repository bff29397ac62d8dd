"""The words of the count: kinds, ballots, marks and outcomes as they stand on the screen."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.domain.tally import BallotMark, Outcome
from branchbook.ui.theme import Tone

STROKES_OF_ZHENG = ("", "一", "丅", "下", "止")

MARK_TONES = {
    BallotMark.FOR: Tone.OK,
    BallotMark.AGAINST: Tone.BAD,
    BallotMark.ABSTAIN: Tone.QUIET,
    BallotMark.ILLEGIBLE: Tone.WARN,
}
OUTCOME_TONES = {
    Outcome.ELECTED: Tone.OK,
    Outcome.TIED: Tone.WARN,
    Outcome.OVER_HALF_NOT_SEATED: Tone.WARN,
    Outcome.NOT_OVER_HALF: Tone.QUIET,
    Outcome.UNDECIDED: Tone.QUIET,
}


class FollowingRound(Protocol):
    """What has to follow a count, as the services tell it."""

    @property
    def ballot(self) -> Ballot:
        """Which ballot it would be."""
        ...

    @property
    def sentence(self) -> str:
        """Why, with the names and seats."""
        ...


def zheng_text(votes: int) -> str:
    """A count in 正 marks as text, to copy: 7 is 正丅."""
    return "正" * (votes // 5) + STROKES_OF_ZHENG[votes % 5]


def kind_word(kind: ElectionKind) -> str:
    """委员选举."""
    return {
        ElectionKind.COMMITTEE: QCoreApplication.translate("Counting", "委员选举"),
        ElectionKind.SECRETARY: QCoreApplication.translate("Counting", "书记选举"),
        ElectionKind.DEPUTY: QCoreApplication.translate("Counting", "副书记选举"),
    }[kind]


def ballot_word(ballot: Ballot) -> str:
    """What the first ballot leaves unsaid: 另行选举, 平票再次投票."""
    return {
        Ballot.MAIN: "",
        Ballot.FURTHER: QCoreApplication.translate("Counting", "另行选举"),
        Ballot.TIE: QCoreApplication.translate("Counting", "平票再次投票"),
    }[ballot]


def following_word(ballot: Ballot) -> str:
    """The button that begins what follows."""
    return {
        Ballot.MAIN: QCoreApplication.translate("Counting", "重新投票"),
        Ballot.FURTHER: QCoreApplication.translate("Counting", "另行选举"),
        Ballot.TIE: QCoreApplication.translate("Counting", "平票再投"),
    }[ballot]


def round_title(ballots: BallotRound) -> str:
    """委员选举, or 委员选举（另行选举）."""
    word = ballot_word(ballots.ballot)
    kind = kind_word(ballots.kind)
    return (
        QCoreApplication.translate("Counting", "{kind}（{ballot}）").format(kind=kind, ballot=word)
        if word
        else kind
    )


def round_subtitle(ballots: BallotRound) -> str:
    """应选 5 名，候选人 6 名，差额 1 名."""
    more = len(ballots.lines) - ballots.seats
    words = QCoreApplication.translate("Counting", "应选 {seats} 名，候选人 {standing} 名").format(
        seats=ballots.seats, standing=len(ballots.lines)
    )
    if more <= 0:
        return words
    return QCoreApplication.translate("Counting", "{words}，差额 {more} 名").format(words=words, more=more)


def mark_word(mark: BallotMark) -> str:
    """赞成, 不赞成, 弃权, 无法辨认."""
    return {
        BallotMark.FOR: QCoreApplication.translate("Counting", "赞成"),
        BallotMark.AGAINST: QCoreApplication.translate("Counting", "不赞成"),
        BallotMark.ABSTAIN: QCoreApplication.translate("Counting", "弃权"),
        BallotMark.ILLEGIBLE: QCoreApplication.translate("Counting", "无法辨认"),
    }[mark]


def outcome_word(outcome: Outcome) -> str:
    """当选, 票数相等, 过半未当选, 未过半."""
    return {
        Outcome.ELECTED: QCoreApplication.translate("Counting", "当选"),
        Outcome.TIED: QCoreApplication.translate("Counting", "票数相等"),
        Outcome.OVER_HALF_NOT_SEATED: QCoreApplication.translate("Counting", "过半未当选"),
        Outcome.NOT_OVER_HALF: QCoreApplication.translate("Counting", "未过半"),
        Outcome.UNDECIDED: QCoreApplication.translate("Counting", "不推算"),
    }[outcome]
