"""民主测评票 (B2): whom it names, in which order, and the notes. A ballot bears no number and no voter's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.people import Standing
from branchbook.services.election_words import NUMBER_BLANK
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.evaluation_paper_words import NOT_GIVEN, year_words
from branchbook.services.paper_choices import EvaluationOrder, ProbationaryOnBallot
from branchbook.services.settings_table import BookSettings
from branchbook.services.stroke_order import in_stroke_order

Values = Mapping[str, Value]


def ballot_values(facts: EvaluationFacts, layout: Ballots, settings: BookSettings) -> Values:
    """One ballot; those who get no grade are left out, or listed with a dash where the book says so."""
    rows = tuple(_row(place, each, layout) for place, each in enumerate(evaluated(facts, settings), 1))
    problems = any(column.key == "problems" and not column.hidden for column in layout.columns)
    return {
        "subtitle": f"（{year_words(facts)}年度）",
        "rows": rows,
        "notes": tuple(
            Paragraph(note, ParagraphStyle.PLAIN)
            for note in _notes(facts, problems=problems, items=_items(layout))
        ),
    }


def evaluated(facts: EvaluationFacts, settings: BookSettings) -> Sequence[MemberFacts]:
    """Who stands on the ballot, in the roster's order or by strokes of the name."""
    with_dash = settings.evaluation_ballot_probationary == ProbationaryOnBallot.DASH
    found = [
        each
        for each in facts.members
        if each.is_graded
        or (with_dash and each.participant.takes_part and each.participant.standing == Standing.PROBATIONARY)
    ]
    if settings.evaluation_ballot_order == EvaluationOrder.STROKES:
        return in_stroke_order(found, lambda each: each.name, settings)
    return found


def _row(place: int, member: MemberFacts, layout: Ballots) -> Mapping[str, str]:
    row = {"number": str(place), "name": member.name}
    if not member.is_graded:
        marks = (each.key for each in layout.columns if each.key not in ("number", "name", "problems"))
        row |= dict.fromkeys(marks, NOT_GIVEN)
    return row


def _items(layout: Ballots) -> bool:
    return any(column.group for column in layout.columns)


def _notes(facts: EvaluationFacts, *, problems: bool, items: bool) -> Iterator[str]:
    """①–④ of the form; the cases of 存在问题 are the user's own list."""
    most = str(facts.cap.most) if facts.cap and facts.members else NUMBER_BLANK
    cells = "每个项目在认可的一栏内、综合评定在认可的等次栏内" if items else "在认可的等次栏内"
    lines = [
        f"无记名测评，{cells}划“√”。",
        "每人每项只选一栏，多选的该项作废，不选的视为弃权。"
        if items
        else "每人只选一项，多选的该人次作废，不选的视为弃权。",
        f"优秀不超过{most}名。",
    ]
    cases = [each.strip() for each in facts.step("ballot").text("problem_list").splitlines() if each.strip()]
    if problems:
        lines.append("“存在问题”栏可以填写情形序号。" if cases else "“存在问题”栏可以写明存在的主要问题。")
    for place, line in enumerate(lines, 1):
        yield f"{'注：' if place == 1 else '　　'}{place}．{line}"
    if problems and cases:
        yield "　　情形：" + "；".join(cases) + "。"
