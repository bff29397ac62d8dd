"""票: ballots with the marks explained (C12, H1), the recommendation ballot (C3), the three slips (C13)."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.election_arithmetic import is_void
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.ballot_form import BallotForm
from branchbook.services.election_facts import BallotCount, ElectionFacts, Nominee
from branchbook.services.election_words import (
    DAY_BLANK,
    NAME_BLANK,
    NUMBER_BLANK,
    margin,
    missing_count,
    name,
    number,
)
from branchbook.services.paper_choices import SpareBallots

Values = Mapping[str, Value]


COLOURS: Mapping[ElectionKind, str] = {
    ElectionKind.COMMITTEE: "白色",
    ElectionKind.SECRETARY: "粉色",
    ElectionKind.DEPUTY: "黄色",
}
"""Different offices on paper of different colours, so that nobody takes one ballot for another."""


def ballot_values(
    facts: ElectionFacts, count: BallotCount, form: BallotForm, default_names: tuple[Nominee, ...] = ()
) -> Values:
    """One office's ballot. The order is the procedure's; there is no number and no name of a voter."""
    people = count.candidates or default_names
    seats = count.seats if count.office == ElectionKind.COMMITTEE else count.seats or 1
    candidates = len(people) or (facts.candidate_count if count.office == ElectionKind.COMMITTEE else None)
    places = f"应选{number(seats)}名，候选人{number(candidates)}名"
    more = margin(seats, candidates)
    if count.office == ElectionKind.COMMITTEE or more:
        places += f"，差额{number(more)}名"
    held = count.held_on or facts.planned_on
    notes = (order_words(facts, count.office), *_notes(facts, form, number(seats)))
    if form.colour_note:
        notes = (*notes, f"（用{COLOURS[count.office]}纸印制，按到会有选举权人数发放）")
    return {
        "left": places,
        "right": chinese_date(held) if held else DAY_BLANK,
        "candidates": tuple({"name": each.name} for each in people),
        "notes": tuple(Paragraph(note, ParagraphStyle.PLAIN) for note in notes),
        "subtitle": _round_words(count.ballot),
    }


def _round_words(ballot: Ballot) -> str:
    return {
        Ballot.MAIN: "",
        Ballot.FURTHER: "（对不足的名额另行选举）",
        Ballot.TIE: "（就得票相等的被选举人再次投票）",
    }[ballot]


def order_words(facts: ElectionFacts, office: ElectionKind) -> str:
    """By strokes for a committee, in the approved order for secretary and deputies (第二十四条).

    Where the order was set by hand, with a reason, no paper says that it is that of strokes.
    """
    if office != ElectionKind.COMMITTEE:
        return "候选人按上级批准的顺序为序。"
    return "候选人按姓氏笔画为序。" if facts.by_strokes else "候选人按本次选举确定的顺序为序。"


def _notes(facts: ElectionFacts, form: BallotForm, seats: str) -> tuple[str, ...]:
    """The five notes; 甲 marks with ○ and ×, 乙 ticks one of three columns."""
    if form.style == BallotStyle.CELLS:
        lone = "按另选计票" if facts.write_in_without_against_counts else "所写部分无效"
        marks = "赞成的，在候选人姓名上方的空格内画“○”；不赞成的，画“×”；弃权的，不画符号。"
        others = (
            "另选他人的，须先对一名候选人画“×”，再在空格内写上另选人姓名，并在其上方画“○”；"
            f"未画“×”而另写姓名的，{lone}。弃权的不得另选他人。"
        )
    else:
        lone = "按另选计票" if facts.write_in_without_against_counts else "所写部分无效"
        marks = "在候选人姓名右边“赞成”“不赞成”“弃权”三栏中选一栏画“√”；三栏都不画的视为弃权。"
        others = (
            "另选他人的，须先对一名候选人投不赞成票，再写上另选人姓名，并在其“赞成”栏画“√”；"
            f"未投不赞成票而另写姓名的，{lone}。弃权的不得另选他人。"
        )
    lines = (
        marks,
        others,
        f"所选人数（包括另选他人）等于或者少于{seats}名的选票有效，多于的无效。",
        "用蓝黑色或者黑色的钢笔、签字笔填写，符号准确，字迹清楚；全部无法辨认的无效，部分无法辨认的该部分无效。",
        "不得委托他人代为投票；不能填写的，可以委托非候选人按本人意愿代写。",
    )
    return tuple(f"{'注：' if place == 1 else '　　'}{place}．{line}" for place, line in enumerate(lines, 1))


def write_in_places(form: BallotForm, seats: int | None) -> int:
    """How many empty places a ballot has for others: as the book says, else as many as seats."""
    return form.write_ins or seats or 3


def recommendation_values(facts: ElectionFacts) -> Values:
    """推荐票: as many lines as may be recommended. Blank lines, whoever prints it."""
    most = facts.candidate_count or facts.seats
    rows = tuple({"number": str(place)} for place in range(1, (most or 5) + 1))
    notes = (
        f"注：1．推荐人数不超过{number(most)}名，多于的无效。",
        "　　2．在“推荐职务”栏填写委员、书记或者副书记。",
        "　　3．无记名填写，字迹要清楚。",
    )
    return {
        "rows": rows,
        "right": facts.recommendation.time or DAY_BLANK,
        "notes": tuple(Paragraph(note, ParagraphStyle.PLAIN) for note in notes),
    }


def slip_values(facts: ElectionFacts, count: BallotCount | None, form: BallotForm) -> Values:
    """到会, 发票, 收票: three reports of the scrutineers to the chair."""
    return {
        "present": _report(facts, _present(facts, count)),
        "issued": _report(facts, _issued(count, form)),
        "returned": _report(facts, _returned(count)),
    }


def _report(facts: ElectionFacts, text: str) -> tuple[Paragraph, ...]:
    chair = name(facts.meeting.chair) if facts.meeting.chair else NAME_BLANK
    return (
        Paragraph(f"大会主持人{chair}同志：", ParagraphStyle.PLAIN),
        Paragraph(text),
        Paragraph("特此报告。"),
    )


def _present(facts: ElectionFacts, count: BallotCount | None) -> str:
    due = count.due if count else facts.due
    present = count.present if count else facts.meeting.present
    absent = number(missing_count(due, present))
    reached = "（达到、未达到）"
    if count is not None and count.quorum_needed is not None and present is not None:
        reached = "达到" if present >= count.quorum_needed else "未达到"
    return (
        f"本次大会应到会有选举权的正式党员{number(due)}名，实到会{number(present)}名，缺席{absent}名，"
        f"{reached}应到会人数的五分之四。"
    )


def _issued(count: BallotCount | None, form: BallotForm) -> str:
    spare = "留存3张备查，其余当众剪角作废" if form.spare == SpareBallots.KEEP else "当众剪角作废"
    issued = number(count.issued if count else None)
    return f"领到选票{NUMBER_BLANK}张，按实到会有选举权人数发出{issued}张，剩余{NUMBER_BLANK}张，剩余选票{spare}。"


def _returned(count: BallotCount | None) -> str:
    issued, returned = (count.issued, count.returned) if count else (None, None)
    compared, valid = "（等于、少于、多于）", "（有效、无效）"
    if count is not None and issued is not None and returned is not None:
        compared = "等于" if returned == issued else "少于" if returned < issued else "多于"
        voters = issued if count.present is None else min(count.present, issued)
        valid = "无效" if is_void(returned, voters) else "有效"
    return f"发出选票{number(issued)}张，收回选票{number(returned)}张，收回的选票{compared}发出的选票，选举{valid}。"
