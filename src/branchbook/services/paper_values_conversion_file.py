"""After the vote: list of materials and register of the reply (D10), the talk (D11), the contents of the file."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballots import Question
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.conversion_facts import ConversionFacts, FiledMaterial
from branchbook.services.conversion_words import extension_words, question_words
from branchbook.services.paper_values_conversion_register import day_or_empty
from branchbook.services.paper_words import month_day, paragraphs
from branchbook.services.vote_lines import cited

Values = Mapping[str, Value]
_SENT = (
    "入党志愿书", "转正申请书", "培养教育考察材料", "思想汇报", "党小组意见", "征求党员和群众意见材料",
    "支委会审查意见", "公示材料和公示情况登记表", "支部大会记录", "票决情况汇总表",
)  # fmt: skip
"""What goes up with a request; the others stay in the branch or come after it."""


def materials_values(facts: ConversionFacts) -> Values:
    """What goes up with the request, ticked where the book knows it."""
    wanted = [each for each in facts.materials if each.name in _SENT or each.name.endswith("决议")]
    rows = [
        {
            "number": str(place),
            "name": _copied(each.name),
            "there": "√" if each.there else "",
            "note": each.note,
        }
        for place, each in enumerate(wanted, 1)
    ]
    return {"organisation": facts.organisation, "rows": (*rows, *({"number": str(len(rows) + 1)},))}


def _copied(name: str) -> str:
    return {"支部大会记录": "支部大会记录（复印件）"}.get(name, name)


def approval_values(facts: ConversionFacts) -> Values:
    """What came back, beside what went up; nothing is inferred from either."""
    report, approval = facts.report, facts.approval
    due = f"{chinese_date(report.due_on)}前。{cited(report.article)}" if report.due_on else ""
    return {
        "person": facts.person,
        "resolved": _resolved(facts),
        "reported_on": day_or_empty(report.reported_on),
        "request_document": report.document,
        "due_on": due,
        "document": approval.document,
        "approved_on": day_or_empty(approval.approved_on),
        "authority": approval.authority,
        "outcome": _outcome(facts),
        "note": paragraphs(approval.note, ParagraphStyle.PLAIN),
        "since": _since(facts),
        "follow_up": paragraphs(approval.follow_up, ParagraphStyle.PLAIN),
    }


def _resolved(facts: ConversionFacts) -> str:
    vote = facts.decided
    if vote is None:
        return ""
    words = (
        extension_words(vote) if vote.question == Question.EXTEND else question_words(facts, vote.question)
    )
    return f"{day_or_empty(vote.held_on)}支部大会通过：{words}"


def _outcome(facts: ConversionFacts) -> str:
    """批准按期转为正式党员; 不批准 stands for itself."""
    outcome, vote = facts.approval.outcome, facts.decided
    if outcome != "批准" or vote is None:
        return outcome
    words = (
        extension_words(vote) if vote.question == Question.EXTEND else question_words(facts, vote.question)
    )
    return f"批准{words}"


def _since(facts: ConversionFacts) -> str:
    """The end of the probation, whenever the approval came (D-20); only for who was converted."""
    vote = facts.decided
    converted = vote is not None and vote.question == Question.CONVERT and facts.approval.outcome == "批准"
    return day_or_empty(facts.ends_on) if converted else ""


def talk_values(facts: ConversionFacts) -> Values:
    """The secretary's talk with the person after the approval."""
    talk = facts.talk
    return {
        "speaker": talk.speaker,
        "person": facts.person,
        "time": talk.time,
        "venue": talk.venue,
        "outcome": _outcome(facts),
        "since": _since(facts),
        "announced_on": day_or_empty(talk.announced_on),
        "content": paragraphs(talk.content),
    }


def file_contents_values(facts: ConversionFacts) -> Values:
    """Every paper of the file with 有 or 缺, and what is missing in one line."""
    filed = facts.filed or facts.materials
    return {
        "place": facts.place,
        "rows": tuple(_filed(place, each) for place, each in enumerate(filed, 1)),
        "missing": _missing(facts),
    }


def _filed(place: int, material: FiledMaterial) -> Mapping[str, str]:
    there = {True: "有", False: "缺", None: ""}[material.there]
    note = f"（{material.note}）" if material.note else ""
    return {
        "number": str(place),
        "name": material.name + note,
        "author": material.author,
        "document": material.document,
        "day": month_day(material.day),
        "there": there,
    }


def _missing(facts: ConversionFacts) -> tuple[Paragraph, ...]:
    return (Paragraph(facts.filed_words, ParagraphStyle.NOTE),) if facts.filed_words else ()
