"""The vote: ballots (D7), the result with both bases apart (D8), the copying draft of the resolution (D9)."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballots import Question
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.conversion_facts import ConversionFacts, QuestionVote
from branchbook.services.conversion_words import (
    DAY_BLANK,
    NAME_BLANK,
    day,
    extension_words,
    name,
    numbers_sentence,
    own_name,
    question_words,
    resolved,
)
from branchbook.services.paper_choices import BallotMark
from branchbook.services.paper_values_conversion_register import day_or_empty
from branchbook.services.paper_words import paragraphs

Values = Mapping[str, Value]
PAGE = "《入党志愿书》“支部大会通过预备党员能否转为正式党员的决议”栏"


def ballot_values(facts: ConversionFacts, question: Question, mark: BallotMark) -> Values:
    """One question about one person; nothing on it tells one ballot from another."""
    vote = next((each for each in facts.votes if each.question == question), None)
    held_on = vote.held_on if vote else facts.meeting.held_on
    matter = question_words(facts, question)
    if question == Question.EXTEND:
        matter = _extension(vote)
    sign = "○" if mark == BallotMark.CIRCLE else "√"
    notes = (
        f"注：1．在相应的一栏内画“{sign}”。",
        "　　2．只能选一栏；多选的无效，不选的视为弃权。",
    )
    return {
        "subtitle": f"票决对象：{facts.person or NAME_BLANK * 2}\n表决事项：{matter}",
        "right": chinese_date(held_on) if held_on else DAY_BLANK,
        "rows": ({"for": "", "against": "", "abstain": ""},),
        "notes": tuple(Paragraph(note, ParagraphStyle.PLAIN) for note in notes),
    }


def _extension(vote: QuestionVote | None) -> str:
    """延长预备期6个月; on a small ballot the days do not fit and are not voted on."""
    return extension_words(vote).partition("（")[0]


def result_values(facts: ConversionFacts) -> Values:
    """Who came, what was cast, who agreed: each against its own base."""
    votes = facts.votes
    return {
        "person": facts.person,
        "held_on": facts.meeting.time or day_or_empty(facts.meeting.held_on),
        "attendance": tuple(_attendance(facts, vote) for vote in votes),
        "ballots": tuple(_ballots(facts, vote) for vote in votes),
        "votes": tuple(_cast(facts, vote) for vote in votes),
        "notes": _notes(votes),
    }


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _attendance(facts: ConversionFacts, vote: QuestionVote) -> Mapping[str, str]:
    quorate = {True: "可以", False: "不可以", None: ""}[vote.quorum_met]
    return {
        "question": question_words(facts, vote.question),
        "members": _count(facts.meeting.members),
        "due": _count(vote.due),
        "quorum": _count(vote.quorum_needed),
        "present": _count(vote.present),
        "quorate": quorate,
    }


def _ballots(facts: ConversionFacts, vote: QuestionVote) -> Mapping[str, str]:
    valid = None if vote.returned is None else vote.returned - (vote.invalid or 0)
    return {
        "asked": question_words(facts, vote.question),
        "method": "举手表决" if vote.by_hands else "无记名投票",
        "issued": _count(vote.issued),
        "returned": _count(vote.returned),
        "valid": _count(valid),
        "invalid": _count(vote.invalid),
    }


def _cast(facts: ConversionFacts, vote: QuestionVote) -> Mapping[str, str]:
    counted = vote.for_total is not None
    written = vote.written
    outcome = "" if vote.passed is None else "通过" if vote.passed else "未通过" if vote.valid else "无效"
    return {
        "matter": question_words(facts, vote.question),
        "for": _count(vote.votes_for),
        "against": _count(vote.votes_against),
        "abstain": _count(vote.abstentions),
        "written_for": _count(written.votes_for) if counted else "",
        "written_against": _count(written.votes_against) if counted else "",
        "written_abstain": _count(written.abstentions) if counted else "",
        "total": _count(vote.for_total),
        "needed": _count(vote.needed),
        "outcome": outcome,
    }


def _notes(votes: tuple[QuestionVote, ...]) -> tuple[Paragraph, ...]:
    """The arithmetic of every vote with its articles; before any was held, how it is counted."""
    lines = [line for vote in votes for line in vote.sentences]
    if not lines:
        lines = [
            "到会：实到会有表决权的党员须超过应到会有表决权党员的半数，会前书面意见不算到会。",
            "通过：赞成票（连同会前书面意见）须超过应到会有表决权正式党员的半数；正好半数的不通过。",
        ]
    return tuple(Paragraph(line, ParagraphStyle.NOTE) for line in lines)


def resolution_values(facts: ConversionFacts) -> Values:
    """The text to be copied by hand into the 志愿书; what was not voted is a blank."""
    vote = facts.decided or (facts.votes[-1] if facts.votes else None)
    held_on = vote.held_on if vote else facts.meeting.held_on
    assessment = paragraphs(facts.meeting.assessment) or (
        Paragraph(f"（预备期表现、缺点改正情况和结论性意见）{NAME_BLANK * 6}。"),
    )
    reason = paragraphs(facts.meeting.reason)
    if reason and vote is not None and vote.question != Question.CONVERT:
        reason = (Paragraph(f"原因：{reason[0].text}"), *reason[1:])
    elif vote is None or vote.question == Question.CONVERT:
        reason = ()
    opening = f"{own_name(facts)}于{day(held_on)}召开党员大会，讨论预备党员{name(facts.person)}能否转为正式党员的问题。"
    body = (
        Paragraph(opening),
        *assessment,
        *reason,
        Paragraph(numbers_sentence(facts, vote)),
        Paragraph(resolved(facts, vote)),
        Paragraph(f"支部名称：{own_name(facts)}"),
    )
    return {
        "person": facts.person,
        "resolution": body,
        "use": f"抄入{PAGE}；日期写大会当日{f'（{chinese_date(held_on)}）' if held_on else ''}",
    }
