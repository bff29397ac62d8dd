"""The secret ballot of an evaluation: six numbers for each member, which together are the valid ballots.

Ballots do not decide (支部工作条例 第十八条); there is no quorum in the rules as known. A probationary member takes
part and gets no grade (V-06). The share of 优秀 is a third at most (V-04, V-05: of whom is 待核实).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from branchbook.domain.people import Standing
from branchbook.domain.rulebook import Rule, Rulebook
from branchbook.domain.tally_findings import Finding, Level
from branchbook.domain.thresholds import share_within


class Grade(StrEnum):
    """What a ballot gives a member."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASICALLY_QUALIFIED = "basically_qualified"
    UNQUALIFIED = "unqualified"


class CapBase(StrEnum):
    """Of whom a third may be 优秀 (待核实): full members, or all who take part."""

    FULL_MEMBERS = "full_members"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A member on the ballot."""

    name: str
    standing: Standing = Standing.FULL


Marks = Mapping[str, Grade | Sequence[Grade]]
"""One ballot: the grade of each member; several grades void that line, a missing name is blank."""


@dataclass(frozen=True, slots=True)
class GradeCount:
    """The six numbers of one member."""

    name: str
    excellent: int = 0
    qualified: int = 0
    basically_qualified: int = 0
    unqualified: int = 0
    blank: int = 0
    void: int = 0

    @property
    def graded(self) -> int:
        """Ballots that give a grade."""
        return self.excellent + self.qualified + self.basically_qualified + self.unqualified

    @property
    def all(self) -> int:
        """All six together."""
        return self.graded + self.blank + self.void


@dataclass(frozen=True, slots=True)
class EvaluationBallots:
    """People and ballots of one evaluation."""

    due: int
    present: int
    issued: int
    returned: int
    invalid: int

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.invalid


@dataclass(frozen=True, slots=True)
class Cap:
    """How many may be 优秀: ``most`` of ``number``, which counts ``base``."""

    number: int
    base: CapBase
    most: int


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The counts, the cap, and what is to be said; ``valid`` is False when a finding is an error."""

    valid: bool
    counts: tuple[GradeCount, ...]
    cap: Cap
    findings: tuple[Finding, ...]


def count_grades(members: Sequence[Evaluated], ballots: Sequence[Marks]) -> tuple[GradeCount, ...]:
    """The six numbers of each member over all ballots, in the order of the members.

    One pass over the marks; blanks are what is left. A list of one grade is that grade, an empty list is blank.
    """
    seen: dict[str, dict[str, int]] = {each.name: {} for each in members}
    for ballot in ballots:
        for name, mark in ballot.items():
            key = mark if isinstance(mark, str) else _of_several(mark)
            if key:
                counts = seen[name]
                counts[key] = counts.get(key, 0) + 1
    total = len(ballots)
    return tuple(
        GradeCount(each.name, **seen[each.name], blank=total - sum(seen[each.name].values()))
        for each in members
    )


def evaluate(
    members: Sequence[Evaluated],
    ballots: Sequence[Marks],
    papers: EvaluationBallots,
    rules: Rulebook,
    base: CapBase = CapBase.FULL_MEMBERS,
) -> EvaluationResult:
    """Count the ballots and say what does not fit. ``rules`` are those of the day, or of all times."""
    counts = count_grades(members, ballots)
    cap = cap_of(members, rules, base)
    found = (
        *_numbers(papers, len(ballots)),
        *_probationary(members, counts, rules),
        *_cap_findings(members, rules, cap),
    )
    valid = all(each.level != Level.ERROR for each in found)
    return EvaluationResult(valid, counts, cap, found)


def cap_of(members: Sequence[Evaluated], rules: Rulebook, base: CapBase) -> Cap:
    """A third at most, rounded down (V-04); 0 where no rule of the day says so."""
    full = sum(each.standing == Standing.FULL for each in members)
    number = full if base == CapBase.FULL_MEMBERS else len(members)
    rule = rules.find("V-04")
    return Cap(number, base, share_within(rule, number) if rule else 0)


def _of_several(mark: Sequence[Grade]) -> str:
    if not mark:
        return ""
    return str(mark[0]) if len(mark) == 1 else "void"


def _numbers(papers: EvaluationBallots, entered: int) -> Iterator[Finding]:
    """Plain sums: there is no quorum in the rules as known, half of those due is worth a look."""
    pairs = (
        (papers.present, "实到", papers.due, "应到"),
        (papers.issued, "发出", papers.present, "实到"),
        (papers.returned, "收回", papers.issued, "发出"),
    )
    for number, what, most, of in pairs:
        if number > most:
            yield Finding(Level.ERROR, "", "", f"{what} {number}，多于{of}的 {most}，测评无效")
    if papers.invalid > papers.returned:
        yield Finding(Level.ERROR, "", "", f"无效票 {papers.invalid} 张，多于收回的 {papers.returned} 张")
    elif entered != papers.valid:
        text = f"录入 {entered} 张，不等于有效票 {papers.valid} 张（收回 {papers.returned}，减无效 {papers.invalid}）"
        yield Finding(Level.ERROR, "", "", text)
    if 2 * papers.present < papers.due:
        yield Finding(Level.WARNING, "", "", f"实到 {papers.present} 名，不足应到 {papers.due} 名的一半")


def _probationary(
    members: Sequence[Evaluated], counts: Sequence[GradeCount], rules: Rulebook
) -> Iterator[Finding]:
    """V-06: probationary members attend and assess, and get no grade."""
    rule = rules.find("V-06")
    for member, count in zip(members, counts, strict=True):
        marked = count.graded + count.void
        if member.standing == Standing.PROBATIONARY and marked:
            text = f"{member.name}是预备党员，参加评议、不评定等次，票上却有 {marked} 张作了标记"
            yield Finding(Level.ERROR, "V-06" if rule else "", rule.citation if rule else "", text)


def _cap_findings(members: Sequence[Evaluated], rules: Rulebook, cap: Cap) -> Iterator[Finding]:
    """V-04, V-05: both readings are shown where they differ."""
    rule: Rule | None = rules.find("V-04")
    if rule is None:
        return
    words = {CapBase.FULL_MEMBERS: "正式党员", CapBase.PARTICIPANTS: "参评党员"}
    text = f"优秀等次一般不超过{words[cap.base]} {cap.number} 名的三分之一，即 {cap.most} 名"
    yield Finding(Level.INFO, rule.id, rule.citation, text)
    other = next(each for each in CapBase if each != cap.base)
    second = cap_of(members, rules, other)
    if second.most != cap.most:
        doubt = rules.find("V-05") or rule
        text = f"按{words[other]} {second.number} 名计算为 {second.most} 名，两种口径不同，请按上级通知掌握"
        yield Finding(Level.WARNING, doubt.id, doubt.citation, text)
