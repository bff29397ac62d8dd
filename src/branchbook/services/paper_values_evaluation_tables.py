"""Tables of an evaluation: mutual criticism (B3), the count (B4, B4-1), the list of grades (B5-3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchbook.domain.dates import chinese_date
from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import GradeLine, GradeRound, ItemCount
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.evaluation_paper_words import (
    GRADE_WORDS,
    NOT_GIVEN,
    cap_words,
    no_grade_words,
    per_cent,
    where_words,
)

Values = Mapping[str, Value]
SIX = ("excellent", "qualified", "basically_qualified", "unqualified", "blank", "void")
FIVE = ("good", "fair", "poor", "blank", "void")
_CELLS = ("sex", "born_on", "accepted_on")


# ------------------------------------------------------------------------------------------- B3 互评


def mutual_record_values(facts: EvaluationFacts) -> Values:
    """One line for each thing said of each member, a line to write on for a member of whom nothing was said."""
    held_on = facts.done_on("mutual_evaluation")
    return {
        "held_on": chinese_date(held_on) if held_on else "",
        "rows": tuple(row for each in facts.members if each.participant.takes_part for row in _said(each)),
    }


def _said(member: MemberFacts) -> Iterator[Mapping[str, str]]:
    criticisms = member.assessment.criticisms if member.assessment else ()
    if not criticisms:
        yield {"name": member.name}
    for each in criticisms:
        yield {"name": member.name, "criticism": each.text, "by": each.by.name, "reply": each.reply}


# ------------------------------------------------------------------------------------------- B4 汇总


def summary_values(facts: EvaluationFacts, ballot: GradeRound | None, *, masses: bool) -> Values:
    """The six numbers of each member, which together are the valid ballots, and the branch's grade beside them."""
    listed = [each for each in facts.members if each.participant.takes_part or each.assessment]
    if masses:
        listed = [each for each in listed if each.masses]
    rows = tuple(
        _count_row(place, each, each.masses if masses else each.line) for place, each in enumerate(listed, 1)
    )
    notes = [cap_words(facts)] if not masses else []
    if not masses and any(each.grade for each in facts.members):
        notes.append(
            f"支部评定：{_grades_given(facts)}。评定等次根据评议情况和党员日常表现提出，不以票定论。"
        )
    if facts.correction:
        notes.append(f"本表所据的评议办结后作过更正，原因：{facts.correction}。")
    return {
        **count_heading(facts, ballot),
        "rows": rows,
        "notes": tuple(Paragraph(f"注：{note}" if not place else note) for place, note in enumerate(notes)),
    }


def count_heading(facts: EvaluationFacts, ballot: GradeRound | None) -> Values:
    """Branch, year, and the numbers of people and ballots."""
    values: dict[str, Value] = {
        "organisation": facts.organisation,
        "year": f"{facts.year}年" if facts.year else "",
    }
    if ballot is None:
        return values
    numbers = ("due", "present", "issued", "returned", "valid")
    values |= {key: str(getattr(ballot, key)) for key in numbers}
    values["held_on"] = chinese_date(ballot.held_on)
    return values


def _count_row(place: int, member: MemberFacts, line: GradeLine | None) -> Mapping[str, str]:
    row = {"number": str(place), "name": member.name, "remark": _remark(member)}
    if line is not None:
        row |= {key: str(getattr(line.count, key)) for key in SIX}
        row["share"] = excellent_share(line.count)
    elif not member.is_graded:
        row |= dict.fromkeys((*SIX, "share"), NOT_GIVEN)
    row["grade"] = GRADE_WORDS[member.grade] if member.grade else NOT_GIVEN if no_grade_words(member) else ""
    return row


def excellent_share(count: GradeCount) -> str:
    """The part of the valid ballots that say 优秀, in per cent with one decimal; empty without ballots."""
    return per_cent(count.excellent, count.all) if count.all else ""


def _remark(member: MemberFacts) -> str:
    """Why there is no grade, why it departs from the ballots, who is only a guest here, who was away."""
    participant = member.participant
    away = "未到会" if participant.takes_part and participant.present is False else ""
    departs = member.assessment.departure_reason if member.assessment else ""
    remark = member.assessment.remark if member.assessment else ""
    parts = (no_grade_words(member), where_words(member), away, departs, remark)
    return "；".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _grades_given(facts: EvaluationFacts) -> str:
    return "，".join(f"{word}{len(facts.with_grade(grade))}名" for grade, word in GRADE_WORDS.items())


# ----------------------------------------------------------------------------------------- B4-1 分项


def item_summary_values(facts: EvaluationFacts, ballot: GradeRound | None) -> Values:
    """How many ballots call each item good, fair or poor, member by member."""
    listed = [each for each in facts.members if each.is_graded]
    rows = tuple(
        {"number": str(place), "name": each.name, **_item_cells(each.line)}
        for place, each in enumerate(listed, 1)
    )
    return {**count_heading(facts, ballot), "rows": rows}


def _item_cells(line: GradeLine | None) -> Mapping[str, str]:
    items: tuple[ItemCount, ...] = line.items if line else ()
    return {f"{key}_{place}": str(getattr(item, key)) for place, item in enumerate(items, 1) for key in FIVE}


# ------------------------------------------------------------------------------------------- B5-3 名单


def result_list_values(facts: EvaluationFacts) -> Values:
    """Every member of the branch with the grade, the best first; then those without one and why."""
    order = list(Grade)
    own = [each for each in facts.members if each.belongs_here]
    found = sorted(own, key=lambda each: order.index(each.grade) if each.grade else len(order))
    rows = tuple(
        {
            "number": str(place),
            "name": each.name,
            **{key: each.cells.get(key, "") for key in _CELLS},
            "grade": GRADE_WORDS[each.grade] if each.grade else NOT_GIVEN if no_grade_words(each) else "",
            "remark": no_grade_words(each),
        }
        for place, each in enumerate(found, 1)
    )
    decided = any(each.grade for each in own)
    told = f"合计：党员{len(own)}名{'；' + _grades_given(facts) if decided else ''}。"
    return {"rows": rows, "notes": (Paragraph(told, ParagraphStyle.PLAIN),) if own else ()}
