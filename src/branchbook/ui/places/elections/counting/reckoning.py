"""What the numbers say as they stand: under way, not fitting, void, or decided. Plain values, shown by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballot_counts import ballots_read, marks_of
from branchbook.domain.ballots import BallotLine, BallotRound
from branchbook.domain.tally import Finding, Level, TallyResult
from branchbook.ui.theme import Tone

_SUMS = ("E-25", "E-27")
_VOIDING = ("E-17", "E-26")
_TOLD = ("E-04", "E-24", "E-25", "E-30")
"""Warnings that stand in the card; others have a place of their own in it."""


class CountState(StrEnum):
    """How far a count is.

    MISFIT: numbers contradict each other, or somebody stands who may not; it has to be put right. VOID: the
    election itself is, too few came (E-17) or too many ballots did (E-26); it has to be held again.
    """

    EMPTY = "empty"
    UNDER_WAY = "under_way"
    MISFIT = "misfit"
    VOID = "void"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The sentence of arithmetic with its article, and what stands beside single rows.

    ``reasons`` say of a name why its numbers do not fit: a short word, and the whole sentence.
    ``unconfirmed`` are the warnings where the two bases give two answers; ``warnings`` all others.
    """

    state: CountState
    tone: Tone
    text: str
    article: str = ""
    more: str = ""
    reasons: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    unconfirmed: tuple[Finding, ...] = ()

    @property
    def may_be_confirmed(self) -> bool:
        """Whether the scrutineers can confirm it: also a void count is a result."""
        return self.state in (CountState.DECIDED, CountState.VOID)


def reckon(ballots: BallotRound, result: TallyResult, *, typing: str = "") -> Reckoning:
    """Judge a count. ``typing`` is the name whose totals are being typed: its row may still lack votes."""
    errors = [each for each in result.findings if each.level == Level.ERROR]
    if _is_void(ballots, errors):
        return _told(
            CountState.VOID, Tone.BAD, sorted(errors, key=lambda each: each.rule not in _VOIDING), {}
        )
    if any(each.rule not in _SUMS for each in errors):
        return _told(CountState.MISFIT, Tone.BAD, sorted(errors, key=lambda each: each.rule in _SUMS), {})
    reasons = _reasons(ballots, typing)
    progress = _progress(ballots, typing)
    if progress is not None:
        return Reckoning(*progress, reasons=reasons)
    if errors:
        return _told(CountState.MISFIT, Tone.BAD, errors, reasons)
    warnings = [each for each in result.findings if each.level == Level.WARNING]
    return Reckoning(
        CountState.DECIDED,
        Tone.OK,
        *_sentence(result),
        warnings=tuple(each for each in warnings if each.rule in _TOLD and not _is_left(each)),
        unconfirmed=tuple(each for each in warnings if each.rule == "E-28"),
    )


def _is_left(finding: Finding) -> bool:
    """Whether it tells what is left to vote on, which stands beside the buttons."""
    return "须就票数相等者" in finding.text and finding.rule == "E-30"


def _is_void(ballots: BallotRound, errors: list[Finding]) -> bool:
    """Whether the election is void, not only miscounted; more present than due is a slip of the hand."""
    return ballots.present <= ballots.due and any(each.rule in _VOIDING for each in errors)


def _told(
    state: CountState, tone: Tone, findings: list[Finding], reasons: Mapping[str, tuple[str, str]]
) -> Reckoning:
    first, *others = findings
    more = "\n".join(each.text for each in others[:3])
    if len(others) > 3:
        more += "\n" + QCoreApplication.translate("Counting", "还有 {n} 处").format(n=len(others) - 3)
    return Reckoning(state, tone, first.text, first.article, more, reasons)


def _sentence(result: TallyResult) -> tuple[str, str]:
    """Quorum and ballots, each with its sum, and their articles; before the first rules the one note there is."""
    decisive = [
        each for each in result.findings if each.rule in ("E-17", "E-26") and each.level == Level.INFO
    ]
    told = decisive or [each for each in result.findings if each.level == Level.INFO][:1]
    text = "。".join(each.text for each in told)
    return f"{text}。" if text else "", "；".join(
        dict.fromkeys(each.article for each in told if each.article)
    )


# ------------------------------------------------------------------------------------ under way


def _progress(ballots: BallotRound, typing: str) -> tuple[CountState, Tone, str] | None:
    """Where a count is under way, how far it is; None where every number is in, right or wrong."""
    if not ballots.returned:
        counted = any(marks_of(each) for each in ballots.lines) or ballots.invalid
        return None if counted else (CountState.EMPTY, Tone.QUIET, _nothing_yet(ballots))
    if any(marks_of(each) > ballots.valid for each in ballots.lines):
        return None
    read = ballots_read(ballots)
    if read is not None:
        return None if read >= ballots.returned else _by_ballot(ballots, read)
    open_rows = [each for each in ballots.lines if marks_of(each) != ballots.valid]
    if any(marks_of(each) and each.name != typing for each in open_rows):
        return None
    words = QCoreApplication.translate("Counting", "有效 {valid} 张；还有 {names} 的票数没有填完")
    text = words.format(valid=ballots.valid, names="、".join(each.name for each in open_rows))
    return CountState.UNDER_WAY, Tone.WARN, text


def _nothing_yet(ballots: BallotRound) -> str:
    words = QCoreApplication.translate(
        "Counting", "发出 {n} 张。先清点收回的选票，填入“收回”，再逐票录入或录入合计"
    )
    return words.format(n=ballots.issued)


def _by_ballot(ballots: BallotRound, read: int) -> tuple[CountState, Tone, str]:
    if not read:
        words = QCoreApplication.translate("Counting", "收回 {n} 张，还没有录入")
        return CountState.EMPTY, Tone.QUIET, words.format(n=ballots.returned)
    words = QCoreApplication.translate("Counting", "已录 {read} 张，收回 {returned} 张，还有 {left} 张")
    text = words.format(read=read, returned=ballots.returned, left=ballots.returned - read)
    return CountState.UNDER_WAY, Tone.WARN, text


# ------------------------------------------------------------------------------ beside the rows


def _reasons(ballots: BallotRound, typing: str) -> dict[str, tuple[str, str]]:
    """Why a row does not fit, in a word and in a sentence."""
    reasons = {each.name: _reason(each, ballots.valid) for each in _misfits(ballots, typing)}
    for written in ballots.write_ins:
        if written.votes_for > ballots.valid:
            words = QCoreApplication.translate("Counting", "赞成 {votes} 票，多于有效票 {valid} 张")
            sentence = words.format(votes=written.votes_for, valid=ballots.valid)
            reasons[written.name] = (_short(written.votes_for - ballots.valid), sentence)
    return reasons


def _misfits(ballots: BallotRound, typing: str) -> list[BallotLine]:
    """Candidates whose votes are not the valid ballots; none while ballots are read evenly."""
    read = ballots_read(ballots)
    if read is not None and read <= ballots.returned:
        return []
    return [
        each
        for each in ballots.lines
        if marks_of(each) not in (0, ballots.valid)
        and not (each.name == typing and marks_of(each) < ballots.valid)
    ]


def _reason(line: BallotLine, valid: int) -> tuple[str, str]:
    words = QCoreApplication.translate(
        "Counting", "赞成 {f} + 不赞成 {a} + 弃权 {n} + 无法辨认 {i} = {total}，应等于有效票 {valid}"
    )
    total = marks_of(line)
    sentence = words.format(
        f=line.votes_for,
        a=line.votes_against,
        n=line.abstentions,
        i=line.illegible,
        total=total,
        valid=valid,
    )
    return _short(total - valid), sentence


def _short(over: int) -> str:
    if over > 0:
        return QCoreApplication.translate("Counting", "多 {n} 票").format(n=over)
    return QCoreApplication.translate("Counting", "少 {n} 票").format(n=-over)


def wrong_numbers(ballots: BallotRound) -> dict[str, str]:
    """Which of the six numbers contradict each other, each with its reason."""
    issued = QCoreApplication.translate("Counting", "发出的选票多于实到的 {n} 名")
    returned = QCoreApplication.translate("Counting", "收回的选票多于发出的 {n} 张，选举无效")
    invalid = QCoreApplication.translate("Counting", "无效票多于收回的 {n} 张")
    wrong = {
        "issued": issued.format(n=ballots.present) if ballots.issued > ballots.present else "",
        "returned": returned.format(n=ballots.issued) if ballots.returned > ballots.issued else "",
        "invalid": invalid.format(n=ballots.returned) if ballots.valid < 0 else "",
        "valid": invalid.format(n=ballots.returned) if ballots.valid < 0 else "",
    }
    return {name: reason for name, reason in wrong.items() if reason}
