"""Words of an evaluation's papers: grades, formal names, the cap on 优秀, why someone gets no grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from branchbook.domain.evaluation_count import Cap, CapBase, Grade
from branchbook.domain.evaluations import Elsewhere, GradeRound
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import Standing
from branchbook.services.election_words import NAME_BLANK, NUMBER_BLANK, number
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.paper_words import formal_name
from branchbook.services.words import word_of

GRADE_WORDS: Mapping[Grade, str] = {grade: word_of(grade) for grade in Grade}
BLANK_YEAR = "　　　　"
NOT_GIVEN = "—"
FOOTNOTE = "注：预备党员参加民主评议，不评定等次。"


def year_words(facts: EvaluationFacts) -> str:
    """2026, or room for it."""
    return str(facts.year) if facts.year else BLANK_YEAR


def branch_word(facts: EvaluationFacts) -> str:
    """党支部, 党总支."""
    return "党总支" if facts.kind == OrganisationKind.GENERAL_BRANCH else "党支部"


def own_name(facts: EvaluationFacts) -> str:
    """示例机关第一党支部, or a blank for it."""
    return facts.organisation or NAME_BLANK + branch_word(facts)


def party_name(facts: EvaluationFacts) -> str:
    """中共示例机关第一支部: the organisation in its formal style."""
    return formal_name(facts.organisation, facts.kind)


def committee_name(facts: EvaluationFacts) -> str:
    """中共示例机关第一支部委员会; without a committee the organisation itself."""
    return party_name(facts) + ("委员会" if facts.has_committee else "")


def title_words(facts: EvaluationFacts) -> Mapping[str, str]:
    """What stands in a title for a name or the year."""
    return {
        "organisation": own_name(facts),
        "committee": committee_name(facts),
        "year": year_words(facts),
        "audience": "",
    }


def names(members: Iterable[MemberFacts]) -> str:
    """Names one after another; empty where there is nobody."""
    return "、".join(each.name for each in members)


def per_cent(part: int, whole: int) -> str:
    """90.9, 100: in per cent with one decimal, none where it is 0."""
    share = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(share).removesuffix(".0")


def share_words(facts: EvaluationFacts) -> str:
    """三分之一, or the share as the book corrects it."""
    part, whole = facts.share
    return "三分之一" if (part, whole) == (1, 3) else f"{part}/{whole}"


def cap_words(facts: EvaluationFacts) -> str:
    """The cap and, where the other reading of 党员总数 gives another number, that one too (V-05, 待核实)."""
    cap, other = facts.cap, facts.other_cap
    if cap is None or not facts.members:
        return (
            f"优秀等次一般不超过{word_of(CapBase.FULL_MEMBERS)}数的{share_words(facts)}，即{NUMBER_BLANK}名。"
        )
    told = f"优秀等次一般不超过{_counted(cap)}的{share_words(facts)}，即{cap.most}名"
    if other is None or other.most == cap.most:
        return told + "。"
    return told + f"；按{_counted(other)}计算为{other.most}名，两种口径不同（待核实），以上级通知为准。"


def _counted(cap: Cap) -> str:
    return f"{word_of(cap.base)}{cap.number}名"


def votes_words(ballot: GradeRound | None, member: MemberFacts | None) -> str:
    """参加20人，有效票20张, then 优秀12票，合格7票 and so on; blank and void ones where there are any."""
    line = member.line if member else None
    count = line.count if line else None
    if ballot is None or count is None:
        marks = "，".join(f"{word}{NUMBER_BLANK}票" for word in GRADE_WORDS.values())
        return f"参加{NUMBER_BLANK}人，有效票{NUMBER_BLANK}张\n{marks}"
    numbers = (count.excellent, count.qualified, count.basically_qualified, count.unqualified)
    marks = "，".join(f"{word}{each}票" for word, each in zip(GRADE_WORDS.values(), numbers, strict=True))
    others = [f"弃权{count.blank}票"] * bool(count.blank) + [f"作废{count.void}票"] * bool(count.void)
    tail = "，" + "，".join(others) if others else ""
    return f"参加{number(ballot.present)}人，有效票{ballot.valid}张\n{marks}{tail}"


def no_grade_words(member: MemberFacts) -> str:
    """Why the branch gives this member no grade; empty where it does or is to."""
    participant = member.participant
    if member.is_graded or member.grade is not None:
        return ""
    reason = participant.reason.strip()
    if participant.standing == Standing.PROBATIONARY:
        return reason or "预备党员参加评议，不评定等次"
    if participant.elsewhere == Elsewhere.RECEIVED:
        return where_words(member)
    if not participant.takes_part:
        return f"未参加评议：{reason}" if reason else "未参加评议"
    return f"不评定等次：{reason}" if reason and "不评定等次" not in reason else reason or "不评定等次"


def where_words(member: MemberFacts) -> str:
    """Where a floating member is evaluated (第三十二条); empty for all others."""
    place = member.participant.other_branch.strip()
    if member.participant.elsewhere == Elsewhere.SENT:
        return f"流动党员，结果告知{place or '其所在党支部'}"
    return f"在{place or '流入地党支部'}参加评议" if member.participant.elsewhere else ""


def grade_words(member: MemberFacts) -> str:
    """优秀; why there is none; empty where it is not decided yet."""
    return GRADE_WORDS[member.grade] if member.grade else no_grade_words(member)
