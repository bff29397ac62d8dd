"""One vote on a probationary member: its own quorum, its own base, written opinions that are votes but no presence.

发展党员工作细则: more than half of those due must come, more than half of those due must agree (2014 第二十、三十三条;
2026 第十九条). The base is those due, not those present: that is where it parts from elections.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook
from branchbook.domain.tally_findings import Finding, Level
from branchbook.domain.thresholds import majority_needed, quorum_needed
from branchbook.domain.voting import Quorum


class RuleVersion(StrEnum):
    """Which text of 发展党员工作细则 governs a step."""

    OF_2014 = "2014"
    OF_2026 = "2026-05"


@dataclass(frozen=True, slots=True)
class _Rules:
    quorum: Rule | None
    majority: Rule | None
    written: Rule | None


_RULE_IDS = {
    RuleVersion.OF_2014: ("D-09", "D-09", "D-10"),
    RuleVersion.OF_2026: ("D26-11-quorum", "D26-11", "D26-19"),
}
_QUESTION_WORDS = {
    Question.CONVERT: "按期转为正式党员",
    Question.EXTEND: "延长预备期",
    Question.CANCEL: "取消预备党员资格",
}


@dataclass(frozen=True, slots=True)
class VoteResult:
    """The result of one vote. ``passed`` is False where it is not valid; a vote that fails decides nothing.

    ``needed`` votes in favour of ``due`` pass; ``for_total`` counts those at the meeting and, where the rules
    of the version take them, those handed in before it.
    """

    valid: bool
    passed: bool
    quorum: Quorum
    needed: int
    for_total: int
    findings: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """The finding that says how the vote ended."""
        return self.findings[-1].text if self.findings else ""


def version_on(day: date, rulebook: Rulebook) -> RuleVersion | None:
    """Which text governs a step of that day, by the boundary in the rulebook (待核实); None before 2014."""
    rules = rulebook.on(day)
    if rules.find("D26-11") is not None:
        return RuleVersion.OF_2026
    return RuleVersion.OF_2014 if rules.find("D-09") is not None else None


def vote_result(vote: QuestionRound, rulebook: Rulebook) -> VoteResult:
    """The result of a vote under its own ``rule_version``; ``rulebook`` holds the rules of all times."""
    rules = _rules(vote.rule_version, rulebook)
    counts_written = rules.written is not None and bool(rules.written.values.get("written_opinions"))
    for_total = vote.votes_for + (vote.written.votes_for if counts_written else 0)
    if rules.quorum is None or rules.majority is None:
        found = (*_sums(vote), Finding(Level.INFO, "", "", f"{NO_RULEBOOK}，只核对票数，不推算结果"))
        quorum = Quorum(0, vote.due, vote.present, True, False, "")
        return VoteResult(_is_valid(found), False, quorum, 0, for_total, found)
    quorum = _quorum(rules.quorum, vote)
    needed = majority_needed(rules.majority, vote.due)
    checks = [
        _quorum_finding(rules.quorum, quorum),
        *_sums(vote),
        *_written(vote, rules.written),
        *_method(vote, rules.majority),
    ]
    valid = _is_valid(checks)
    passed = valid and for_total >= needed
    checks.append(_verdict(rules.majority, vote, for_total, needed, valid=valid))
    return VoteResult(valid, passed, quorum, needed, for_total, tuple(checks))


def _rules(version: str, rulebook: Rulebook) -> _Rules:
    if version not in {each.value for each in RuleVersion}:
        return _Rules(None, None, None)
    return _Rules(*(rulebook.find(rule_id) for rule_id in _RULE_IDS[RuleVersion(version)]))


def _is_valid(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    return all(each.level != Level.ERROR for each in findings)


def _quorum(rule: Rule, vote: QuestionRound) -> Quorum:
    needed = quorum_needed(rule, vote.due)
    met = vote.due > 0 and vote.present >= needed
    return Quorum(needed, vote.due, vote.present, met, False, rule.citation)


def _quorum_finding(rule: Rule, quorum: Quorum) -> Finding:
    level = Level.INFO if quorum.met else Level.ERROR
    words = f"应到会有表决权 {quorum.due} 名，须超过半数，即 {quorum.needed} 名到会；实到 {quorum.present} 名"
    verdict = (
        "可以表决" if quorum.met else f"差 {quorum.needed - quorum.present} 名，不能表决；书面意见不算到会"
    )
    return Finding(level, rule.id, rule.citation, f"{words}，{verdict}")


def _sums(vote: QuestionRound) -> Iterator[Finding]:
    """Numbers that cannot be, whatever the rules are."""
    if vote.present > vote.due:
        yield _wrong(f"实到有表决权 {vote.present} 名，多于应到的 {vote.due} 名")
    if vote.issued > vote.present:
        yield _wrong(f"发出 {vote.issued} 票，多于实到有表决权的 {vote.present} 名，表决无效")
    if vote.returned > vote.issued:
        yield _wrong(f"收回 {vote.returned} 票，多于发出的 {vote.issued} 票，表决无效")
    elif vote.returned < vote.issued:
        text = f"收回 {vote.returned} 票，比发出的少 {vote.issued - vote.returned} 票，表决有效"
        yield Finding(Level.INFO, "", "", text)
    away = max(vote.due - vote.present, 0)
    if vote.written.all > away:
        yield _wrong(f"书面意见 {vote.written.all} 份，多于没有到会的 {away} 名")
    if vote.invalid > vote.returned:
        yield _wrong(f"无效票 {vote.invalid} 张，多于收回的 {vote.returned} 张")
        return
    cast, valid = vote.votes_for + vote.votes_against + vote.abstentions, vote.returned - vote.invalid
    if cast != valid:
        marks = f"赞成 {vote.votes_for}＋不赞成 {vote.votes_against}＋弃权 {vote.abstentions}＝{cast}"
        yield _wrong(f"{marks}，不等于有效票 {valid} 张（收回 {vote.returned}，减无效 {vote.invalid}）")


def _wrong(text: str) -> Finding:
    return Finding(Level.ERROR, "", "", text)


def _written(vote: QuestionRound, rule: Rule | None) -> Iterator[Finding]:
    """2014 第二十条: opinions handed in before the meeting count as votes; whether they still do is 待核实."""
    if not vote.written.all or rule is None:
        return
    counted = f"会前书面意见 {vote.written.all} 份（赞成 {vote.written.votes_for}），"
    if not rule.values.get("written_opinions"):
        yield Finding(Level.WARNING, rule.id, rule.citation, f"{counted}按本簿的设置不计入票数")
    elif rule.unconfirmed:
        text = f"{counted}是否计入票数待核实，暂按 2014 年的规定计入；不算到会"
        yield Finding(Level.WARNING, rule.id, rule.citation, text)
    else:
        yield Finding(Level.INFO, rule.id, rule.citation, f"{counted}计入票数，不算到会")


def _method(vote: QuestionRound, rule: Rule) -> Iterator[Finding]:
    """D26-11: the revision has a secret ballot, the text of 2014 leaves the choice (D-25)."""
    if vote.by_hands and rule.values.get("secret"):
        text = "这次是举手表决，这一版细则规定无记名投票（转正是否也须无记名待核实），请核对"
        yield Finding(Level.WARNING, rule.id, rule.citation, text)


def _verdict(rule: Rule, vote: QuestionRound, for_total: int, needed: int, *, valid: bool) -> Finding:
    question = _QUESTION_WORDS[vote.question]
    written = f"（含书面 {for_total - vote.votes_for} 票）" if for_total > vote.votes_for else ""
    said = (
        f"{question}：赞成 {for_total} 票{written}，须超过应到会有表决权 {vote.due} 名的半数，即 {needed} 票"
    )
    if not valid:
        return Finding(Level.INFO, rule.id, rule.citation, f"{said}；表决无效，没有形成决议")
    if for_total >= needed:
        return Finding(Level.INFO, rule.id, rule.citation, f"{said}；通过")
    exactly = "正好半数，" if 2 * for_total == vote.due else ""
    text = f"{said}；{exactly}未通过，没有形成决议，其他处理须另行表决"
    return Finding(Level.INFO, rule.id, rule.citation, text)
