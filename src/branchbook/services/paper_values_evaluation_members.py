"""Papers that go to one member: the registration form (B1) and the feedback (B5-2)."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.election_words import NAME_BLANK
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.evaluation_paper_words import (
    FOOTNOTE,
    GRADE_WORDS,
    grade_words,
    no_grade_words,
    votes_words,
)
from branchbook.services.paper_words import paragraphs

Values = Mapping[str, Value]
_CELLS = (
    "sex",
    "ethnic_group",
    "born_on",
    "native_place",
    "education",
    "accepted_on",
    "full_member_since",
    "work_started_on",
)
TO_CHOOSE = "（同意、不同意）"


def member_form_values(facts: EvaluationFacts, member: MemberFacts | None) -> Values:
    """What the form says of a member; without one, blanks for the numbers and the grade."""
    plain = ParagraphStyle.PLAIN
    common: dict[str, Value] = {
        "year": f"{facts.year}年" if facts.year else "",
        "evaluated_year": f"{facts.year}年" if facts.year else "",
        "organisation": facts.organisation,
        "votes": votes_words(facts.ballot, member),
        "footnote": (Paragraph(FOOTNOTE, ParagraphStyle.NOTE),),
    }
    if member is None:
        return {
            **common,
            "evaluation": (Paragraph("自评意见、互评意见摘要：", plain),),
            "branch_opinion": (Paragraph(f"评定等次：{NAME_BLANK}", plain),),
            "own_opinion": (Paragraph(TO_CHOOSE, plain),),
        }
    posts = (member.cells.get("work_post", ""), member.cells.get("party_post", ""))
    return {
        **common,
        **{key: member.cells.get(key, "") for key in _CELLS},
        "name": member.name,
        "member": member.name,
        "post": "；".join(part for part in posts if part),
        **_written(member),
        "votes": _votes(facts, member),
        "branch_opinion": _branch_opinion(member),
    }


def _votes(facts: EvaluationFacts, member: MemberFacts) -> str:
    if facts.ballot is not None and member.line is None:
        return "未列入被测评人"
    return votes_words(facts.ballot, member) if member.is_graded or member.line else "未列入被测评人"


def _written(member: MemberFacts) -> Values:
    """Summary, what the member and others said, the member's answer; empty cells where nothing was entered."""
    found = member.assessment
    if found is None:
        return {"own_opinion": (Paragraph(TO_CHOOSE, ParagraphStyle.PLAIN),)}
    agrees = {None: TO_CHOOSE, True: "同意。", False: "不同意。"}[found.agrees]
    superior = paragraphs(found.superior_opinion)
    if found.superior_on is not None and superior:
        superior = (*superior, Paragraph(chinese_date(found.superior_on)))
    return {
        "summary": paragraphs(found.summary),
        "evaluation": tuple(_evaluation(member)),
        "own_opinion": (Paragraph(agrees), *paragraphs(found.own_words)),
        "superior_opinion": superior,
        "remark": paragraphs(found.remark, ParagraphStyle.PLAIN),
    }


def _evaluation(member: MemberFacts) -> tuple[Paragraph, ...]:
    """自评, then 互评 one numbered line each. Who said it stands in the record of criticism (B3), not here."""
    found = member.assessment
    if found is None:
        return ()
    lines: list[Paragraph] = []
    self_said = found.self_criticism.strip()
    if found.self_grade is not None and member.participant.graded:
        self_said = f"自评等次{GRADE_WORDS[found.self_grade]}。{self_said}"
    first, *rest = self_said.splitlines() or [""]
    if self_said:
        lines += [Paragraph(f"自评：{first}"), *map(Paragraph, rest)]
    others = [each.text.strip() for each in found.criticisms if each.text.strip()]
    if others:
        lines.append(Paragraph("互评："))
    lines += [Paragraph(f"{place}．{text}") for place, text in enumerate(others, 1)]
    return tuple(lines)


def _branch_opinion(member: MemberFacts) -> tuple[Paragraph, ...]:
    opinion = paragraphs(member.assessment.opinion) if member.assessment else ()
    without = no_grade_words(member)
    if without:
        return (*opinion, Paragraph(f"{without}。"))
    grade = GRADE_WORDS[member.grade] if member.grade else NAME_BLANK
    return (*opinion, Paragraph(f"评定等次：{grade}"))


def feedback_values(facts: EvaluationFacts, member: MemberFacts | None) -> Values:
    """The grade, the main problems and the advice, for the member to sign."""
    common: dict[str, Value] = {
        "year": f"{facts.year}年" if facts.year else "",
        "organisation": facts.organisation,
    }
    if member is None:
        return common
    found = member.assessment
    values = {**common, "name": member.name, "grade": grade_words(member)}
    if found is None:
        return values
    values["problems"] = paragraphs(found.problems)
    values["advice"] = paragraphs(found.advice)
    words = {None: "", True: "同意。", False: "不同意。"}[found.agrees] + found.own_words
    values["own_words"] = paragraphs(words)
    return values
