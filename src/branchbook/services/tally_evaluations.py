"""The ballots of an evaluation in a file, to their report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from branchbook.domain.evaluation_count import (
    CapBase,
    Evaluated,
    EvaluationBallots,
    EvaluationResult,
    Grade,
    Marks,
    evaluate,
)
from branchbook.domain.people import Standing
from branchbook.services.shipped_rules import shipped_rulebook
from branchbook.services.tally_reading import (
    Number,
    TallyReport,
    check_names,
    convert,
    findings_as_json,
    wrong,
)
from branchbook.services.tally_words import finding_line


class _Member(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    standing: Literal["full", "probationary"]


class _Evaluation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    kind: str
    due: Number
    present: Number
    issued: Number
    returned: Number
    members: list[_Member]
    ballots: list[dict[str, Grade | list[Grade]]]
    invalid: Number = 0
    base: CapBase = CapBase.FULL_MEMBERS


def read_evaluation(content: Mapping[str, Any], where: str) -> TallyReport:
    """The report of an evaluation's ballots. Raises UnreadableProblem naming key and place."""
    form = convert(content, _Evaluation, where)
    check_names((each.name for each in form.members), where, "members")
    _check_marks(form, where)
    members = tuple(Evaluated(each.name, Standing(each.standing)) for each in form.members)
    ballots: list[Marks] = list(form.ballots)
    papers = EvaluationBallots(form.due, form.present, form.issued, form.returned, form.invalid)
    result = evaluate(members, ballots, papers, shipped_rulebook(), form.base)
    return TallyReport(result.valid, evaluation_as_json(result), tuple(_lines(papers, result)))


def evaluation_as_json(result: EvaluationResult) -> dict[str, Any]:
    """The counts with the documented keys."""
    return {
        "valid": result.valid,
        "members": [
            {
                "name": each.name,
                "excellent": each.excellent,
                "qualified": each.qualified,
                "basically_qualified": each.basically_qualified,
                "unqualified": each.unqualified,
                "blank": each.blank,
                "void": each.void,
            }
            for each in result.counts
        ],
        "cap": {"n": result.cap.number, "base": result.cap.base.value, "max": result.cap.most},
        "findings": findings_as_json(result.findings),
    }


def _check_marks(form: _Evaluation, where: str) -> None:
    names = {each.name for each in form.members}
    for at, ballot in enumerate(form.ballots):
        if not names.issuperset(ballot):
            stranger = next(name for name in ballot if name not in names)
            raise wrong(where, f"ballots[{at}]", f"“{stranger}”不在 members 里")


def _lines(papers: EvaluationBallots, result: EvaluationResult) -> Iterator[str]:
    yield f"民主评议测评　{'计票有效' if result.valid else '计票无效'}"
    yield f"应到 {papers.due}，实到 {papers.present}；发出 {papers.issued}，收回 {papers.returned}，有效 {papers.valid}"
    for each in result.counts:
        grades = (
            f"优秀 {each.excellent}，合格 {each.qualified}，基本合格 {each.basically_qualified}，"
            f"不合格 {each.unqualified}"
        )
        yield f"  {each.name}：{grades}，弃权 {each.blank}，作废 {each.void}"
    yield from map(finding_line, result.findings)
