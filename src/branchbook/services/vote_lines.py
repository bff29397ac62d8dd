"""One vote as a paper says it: how it was taken, the counts, and the arithmetic with its article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from branchbook.domain.records import DecisionKind, Record, Vote
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.voting import Decision, decide, outcome_of
from branchbook.services.words import word_of

_SPACED_NUMBER = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef]) *(\d[\d.,%]*) *(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SPACE_WITHIN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")
_VOTERS = {DecisionKind.COMMITTEE: "委员", DecisionKind.ELECTION: "有选举权党员"}


@dataclass(frozen=True, slots=True)
class VoteLine:
    """``passed`` is what is recorded, None where nothing could be decided. ``override`` says why the
    outcome recorded differs from the counts; empty where it does not. ``article`` is what the sentence
    rests on: 依据：支部工作条例第十一条。
    """

    passed: bool | None
    sentence: str
    override: str = ""
    article: str = ""

    @property
    def founded(self) -> str:
        """The sentence with its article, for minutes; a resolution itself cites none."""
        return self.sentence + self.article


def vote_line(record: Record, vote: Vote, rulebook: Rulebook) -> VoteLine:
    """The result is derived from the counts frozen with the record; a draft's vote has only its counts."""
    counts = _counts(vote)
    if record.frozen is None:
        return VoteLine(None, f"{counts}。")
    due, present = record.frozen.due_votes, record.frozen.present_votes
    decision = decide(vote, due, present, rulebook)
    parts = (f"{counts}。{_conclusion(vote, decision)}", *decision.faults)
    sentence = tight("；".join(parts)) + "。"
    return VoteLine(outcome_of(vote, decision), sentence, _override(vote, decision), cited(decision.article))


def _conclusion(vote: Vote, decision: Decision) -> str:
    """赞成须超过应到会有表决权党员23名的半数，即至少12票；通过.

    Who is counted is named in full: those with a vote are not all who are due (支部工作条例 第十一条).
    """
    if not decision.article:
        return decision.sentence
    verdict = decision.sentence.rpartition("；")[2]
    base = f"{decision.base_words}{_VOTERS.get(vote.decision, '有表决权党员')}{decision.base}名"
    with_written = decision.votes_for != vote.votes_for
    counted = f"赞成连同书面意见共{decision.votes_for}票，" if with_written else "赞成"
    return f"{counted}须超过{base}的半数，即至少{decision.needed}票；{verdict}"


def _counts(vote: Vote) -> str:
    """举手表决，赞成13票，不赞成1票，弃权1票."""
    written = f"，另有会前书面意见赞成{vote.written_for}份、不赞成{vote.written_against}份"
    counts = f"赞成{vote.votes_for}票，不赞成{vote.votes_against}票，弃权{vote.abstentions}票"
    return f"{word_of(vote.method)}，{counts}{written if vote.written_for or vote.written_against else ''}"


def _override(vote: Vote, decision: Decision) -> str:
    if not decision.contradicts or not vote.reason.strip():
        return ""
    recorded = "通过" if vote.recorded_passed else "未通过"
    return f"记录的结果为“{recorded}”，与按票数得出的结果不同，原因：{vote.reason.strip()}"


def cited(article: str) -> str:
    """依据：支部工作条例第十一条。 Not in brackets, since an article may end in brackets of its own."""
    return f"依据：{_SPACE_WITHIN.sub('', article)}。" if article else ""


def tight(text: str) -> str:
    """The text without the spaces that a screen sets around numbers; papers set them close."""
    return _SPACED_NUMBER.sub(r"\1", text)
