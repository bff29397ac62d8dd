"""What a count of ballots has to say for itself: each check as a Chinese sentence with its sum and its article.

A finding of level error means that the count is not valid. Checks of bare numbers hold on every day;
those of a rule only where the rulebook of the day has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from branchbook.domain.election_arithmetic import is_void, min_candidates, quorum_election
from branchbook.domain.rulebook import NO_RULEBOOK, Rulebook
from branchbook.domain.tally_count import Ballot, Count, ElectionKind


class Level(StrEnum):
    """How much a finding weighs: an error makes the count void, a warning wants a look, an info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a count. ``rule`` and ``article`` are empty where no rule of the day is behind it."""

    level: Level
    rule: str
    article: str
    text: str


def finding(level: Level, rules: Rulebook, rule_id: str, text: str) -> Finding:
    """A finding by a rule, cited as the rulebook of the day has it; uncited where it does not."""
    rule = rules.find(rule_id)
    return Finding(level, rule_id if rule else "", rule.citation if rule else "", text)


def checks(count: Count, rules: Rulebook, *, ruled: bool) -> Iterator[Finding]:
    """Everything that is checked before anyone can be elected, with ``rules`` those of the day.

    ``ruled`` says whether the day has rules of election; without them only the numbers are checked.
    """
    yield from _people(count, rules)
    if ruled:
        yield _quorum(count, rules)
        yield from _margin(count, rules)
    yield from _papers(count, rules, ruled=ruled)
    yield from _sums(count, rules)
    if ruled:
        yield from _picks(count, rules)
        yield from _tie_ballot(count, rules)
    else:
        yield Finding(Level.INFO, "", "", f"{NO_RULEBOOK}，只核对票数，不推算当选人")


def _people(count: Count, rules: Rulebook) -> Iterator[Finding]:
    if count.seats < 1:
        yield finding(Level.ERROR, rules, "", "应选名额为 0，没有可选的名额")
    if count.present > count.due:
        text = f"实到会有选举权 {count.present} 名，多于应到会的 {count.due} 名，人数有误"
        yield finding(Level.ERROR, rules, "E-17", text)


def _quorum(count: Count, rules: Rulebook) -> Finding:
    """E-17: not fewer than four fifths of those due."""
    enough = quorum_election(count.due, count.present, rules)
    least = f"应到会有选举权 {enough.due} 名，须{_quorum_share(rules)}，即 {enough.needed} 名到会"
    if not enough.due:
        verdict = "没有有选举权的人，不能选举"
    elif enough.met:
        verdict = "会议有效"
    else:
        verdict = f"差 {enough.needed - enough.present} 名，不能选举"
    level = Level.INFO if enough.met else Level.ERROR
    return finding(level, rules, "E-17", f"{least}；实到 {enough.present} 名，{verdict}")


def _quorum_share(rules: Rulebook) -> str:
    rule = rules.find("E-17")
    if rule is None:
        return ""
    words = "超过" if rule.values.get("quorum_strict") else "不少于"
    return f"{words}其 {rule.number('quorum_numerator')}/{rule.number('quorum_denominator')}"


def _margin(count: Count, rules: Rulebook) -> Iterator[Finding]:
    """E-11, 第十三条: a committee is elected from more candidates than seats.

    A further ballot is an election for the seats left and keeps the margin: those of the first ballot who
    were not elected always suffice, for if c ≥ s + ⌈s/5⌉ then c − e ≥ (s − e) + ⌈(s − e)/5⌉. A tie ballot
    does not: who stands in it is fixed by the votes, three for two seats or seven for six.
    """
    if count.kind != ElectionKind.COMMITTEE or count.ballot == Ballot.TIE or count.seats < 1:
        return
    standing, least = len(count.candidates), min_candidates(count.seats, rules)
    margin = f"应选委员 {count.seats} 名，差额至少 {least - count.seats} 名，候选人须有 {least} 名，现有 {standing} 名"
    if standing < least:
        yield finding(Level.ERROR, rules, "E-11", f"{margin}；差额不足")
    else:
        yield finding(Level.INFO, rules, "E-11", f"{margin}；符合规定")


def _papers(count: Count, rules: Rulebook, *, ruled: bool) -> Iterator[Finding]:
    """E-26: as many ballots as voters or fewer come back; more void the election."""
    void = "选举无效，须重新选举" if ruled else "数目有误"
    issued, returned = f"发出选票 {count.issued} 张", f"收回选票 {count.returned} 张"
    if count.issued > count.present:
        text = f"{issued}，多于实到会有选举权的 {count.present} 名；{void}"
        yield finding(Level.ERROR, rules, "E-26", text)
    if is_void(count.returned, count.issued):
        text = f"{returned}，多于发出的 {count.issued} 张；{void}"
        yield finding(Level.ERROR, rules, "E-26", text)
    elif count.issued <= count.present:
        less = count.issued - count.returned
        compared = f"比发出的少 {less} 张" if less else "与发出的相等"
        verdict = "；选举有效" if ruled else ""
        yield finding(Level.INFO, rules, "E-26", f"{issued}，{returned}，{compared}{verdict}")
    if count.issued < count.present:
        text = f"实到会有选举权 {count.present} 名，只{issued}，请核对是否有人未领到选票"
        yield finding(Level.WARNING, rules, "E-25", text)


def _sums(count: Count, rules: Rulebook) -> Iterator[Finding]:
    """E-25: the tellers check people against ballots; for each candidate the marks are the valid ballots."""
    if count.invalid > count.returned:
        faults = [f"无效票 {count.invalid} 张，多于收回的 {count.returned} 张"]
    elif count.entered is not None and count.entered != count.returned:
        faults = [f"逐票录入 {count.entered} 张，与收回的 {count.returned} 张不符"]
    else:
        faults = list(_misfits(count))
    for text in faults:
        yield finding(Level.ERROR, rules, "E-25", text)
    if not faults and count.candidates:
        text = f"{_valid_words(count)}；每名候选人的赞成、不赞成、弃权和无法辨认相加，都等于有效票"
        yield finding(Level.INFO, rules, "E-25", text)


def _misfits(count: Count) -> Iterator[str]:
    """Persons whose votes do not fit the number of valid ballots."""
    for each in count.candidates:
        if each.total != count.valid:
            marks = f"赞成 {each.votes_for}＋不赞成 {each.votes_against}＋弃权 {each.abstentions}"
            illegible = f"＋无法辨认 {each.illegible}" if each.illegible else ""
            yield f"{each.name}：{marks}{illegible}＝{each.total}，不等于{_valid_words(count)}"
    for written in count.write_ins:
        if written.votes_for > count.valid:
            yield f"另选他人 {written.name}：赞成 {written.votes_for} 票，多于{_valid_words(count)}"


def _valid_words(count: Count) -> str:
    return f"有效票 {count.valid} 张（收回 {count.returned} 张，减无效 {count.invalid} 张）"


def _picks(count: Count, rules: Rulebook) -> Iterator[Finding]:
    """E-27: no valid ballot is for more persons than there are seats, so all together are not for more either."""
    votes, most = sum(votes for _, votes in count.votes), count.valid * count.seats
    if votes > most and count.valid >= 0:
        text = f"赞成票合计 {votes} 票（含另选他人），多于有效票 {count.valid} 张 × 应选 {count.seats} 名＝{most} 票"
        yield finding(Level.ERROR, rules, "E-27", text)
    if count.invalid:
        text = f"无效票 {count.invalid} 张不计各人得票，仍计入人数基数"
        yield finding(Level.INFO, rules, "E-27", text)


def _tie_ballot(count: Count, rules: Rulebook) -> Iterator[Finding]:
    """E-30: the vote is repeated among those who were tied, and nobody else."""
    if count.ballot != Ballot.TIE:
        return
    if count.write_ins:
        names = "、".join(each.name for each in count.write_ins)
        text = f"再次投票只在票数相等的候选人中进行，另选他人 {names} 的票不计入当选"
        yield finding(Level.WARNING, rules, "E-30", text)
    if len(count.candidates) <= count.seats:
        text = f"候选人 {len(count.candidates)} 名，不多于名额 {count.seats} 名，无须就票数相等者再次投票，请核对"
        yield finding(Level.WARNING, rules, "E-30", text)
