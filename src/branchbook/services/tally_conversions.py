"""The vote on a probationary member in a file, to its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from branchbook.domain.ballots import Question, QuestionRound, WrittenOpinions
from branchbook.domain.conversion_vote import RuleVersion, VoteResult, vote_result
from branchbook.services.shipped_rules import shipped_rulebook
from branchbook.services.tally_reading import Number, TallyReport, convert, findings_as_json
from branchbook.services.tally_words import finding_line
from branchbook.services.words import word_of

_NOBODY = UUID(int=0)


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    votes_for: Number = msgspec.field(name="for", default=0)
    votes_against: Number = msgspec.field(name="against", default=0)
    abstentions: Number = msgspec.field(name="abstain", default=0)


class _Conversion(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    kind: str
    rule_version: RuleVersion
    question: Question
    due: Number
    present: Number
    votes_for: Number = msgspec.field(name="for")
    votes_against: Number = msgspec.field(name="against")
    abstentions: Number = msgspec.field(name="abstain")
    issued: Number | None = None
    returned: Number | None = None
    invalid: Number = 0
    written: _Written = msgspec.field(default_factory=_Written)


def read_conversion(content: Mapping[str, Any], where: str) -> TallyReport:
    """The report of one vote. Raises UnreadableProblem naming key and place."""
    form = convert(content, _Conversion, where)
    vote = _vote_of(form)
    result = vote_result(vote, shipped_rulebook())
    return TallyReport(result.valid, conversion_as_json(result), tuple(_lines(vote, result)))


def conversion_as_json(result: VoteResult) -> dict[str, Any]:
    """The result of a vote with the documented keys."""
    quorum = result.quorum
    return {
        "valid": result.valid,
        "passed": result.passed,
        "quorum": {"needed": quorum.needed, "present": quorum.present, "met": quorum.met},
        "needed": result.needed,
        "for_total": result.for_total,
        "findings": findings_as_json(result.findings),
    }


def _vote_of(form: _Conversion) -> QuestionRound:
    return QuestionRound(
        _NOBODY,
        form.question,
        date.min,  # the version of the rules is given, not the day
        form.due,
        form.present,
        issued=form.present if form.issued is None else form.issued,
        returned=form.present if form.returned is None else form.returned,
        invalid=form.invalid,
        votes_for=form.votes_for,
        votes_against=form.votes_against,
        abstentions=form.abstentions,
        written=WrittenOpinions(form.written.votes_for, form.written.votes_against, form.written.abstentions),
        rule_version=form.rule_version,
    )


def _lines(vote: QuestionRound, result: VoteResult) -> Iterator[str]:
    verdict = "通过" if result.passed else "未通过" if result.valid else "表决无效"
    yield f"{word_of(vote.question)}（按 {vote.rule_version} 版细则）　{verdict}"
    yield f"应到会有表决权 {vote.due} 名，实到 {vote.present} 名，须到会 {result.quorum.needed} 名"
    counts = f"赞成 {vote.votes_for}，不赞成 {vote.votes_against}，弃权 {vote.abstentions}"
    yield f"发出 {vote.issued}，收回 {vote.returned}，无效 {vote.invalid}；{counts}"
    yield from map(finding_line, result.findings)
