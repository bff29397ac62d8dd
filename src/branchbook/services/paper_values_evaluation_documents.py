"""公文 of an evaluation: the report (B5) and the public notice (B5-1). What is not recorded stands as a blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchbook.domain.dates import chinese_date
from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Elsewhere
from branchbook.domain.papers import Paragraph, Value
from branchbook.domain.people import Standing
from branchbook.services.election_words import DATE_TO_WRITE, NAME_BLANK, NUMBER_BLANK, day, headed, number
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.evaluation_paper_words import (
    GRADE_WORDS,
    branch_word,
    committee_name,
    names,
    no_grade_words,
    own_name,
    party_name,
    per_cent,
    year_words,
)
from branchbook.services.paper_words import paragraphs

Values = Mapping[str, Value]
ATTACHMENTS = ("民主评议党员测评汇总表", "民主评议党员评定等次名单")


# ------------------------------------------------------------------------------------------- B5 报告


def report_values(facts: EvaluationFacts) -> Values:
    """基本情况, 做法, 结果, 问题与整改, with the count and the list of grades attached."""
    report = facts.step("result_report")
    points = (
        ("基本情况", (_taking_part(facts),)),
        ("主要做法", tuple(_steps(facts))),
        ("评议结果", tuple(_results(facts))),
        ("存在的问题和整改措施", _lines(report.text("problems"))),
    )
    opening = f"现将{party_name(facts)}{year_words(facts)}年度民主评议党员的有关情况报告如下："
    return {
        "addressee": report.text("addressee") or facts.higher or NAME_BLANK,
        "body": (Paragraph(opening), *headed(points), Paragraph("特此报告。")),
        "attachments": tuple(map(Paragraph, ATTACHMENTS)),
        "signed_by": committee_name(facts),
        "signed_on": chinese_date(report.done_on) if report.done_on else DATE_TO_WRITE,
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(each.text for each in paragraphs(text)) or (NAME_BLANK * 4 + "。",)


def _own(facts: EvaluationFacts) -> list[MemberFacts]:
    return [each for each in facts.members if each.belongs_here]


def _taking_part(facts: EvaluationFacts) -> str:
    """党员20名, 参加评议19名, 参评率95.0％; guests, whose result goes to their own branch, are told apart."""
    own = _own(facts)
    if not own:
        return f"党员{NUMBER_BLANK}名，参加评议{NUMBER_BLANK}名，参评率{NUMBER_BLANK}％。"
    attended = sum(1 for each in own if each.attended and each.participant.elsewhere is None)
    probationary = sum(1 for each in own if each.participant.standing == Standing.PROBATIONARY)
    among = f"（其中预备党员{probationary}名）" if probationary else ""
    told = f"党员{len(own)}名{among}，参加评议{attended}名，参评率{per_cent(attended, len(own))}％。"
    away = [each for each in own if each.participant.elsewhere == Elsewhere.RECEIVED]
    if away:
        told += f"流动党员{names(away)}在流入地参加评议，未计入参加人数。"
    guests = [each for each in facts.members if not each.belongs_here and each.attended]
    if guests:
        told += f"另有在本{branch_word(facts)}的流动党员{names(guests)}参加评议，结果告知其所在党支部。"
    return told


def _steps(facts: EvaluationFacts) -> Iterator[str]:
    """What was done on which day, one sentence a step; before anything is done, all with a blank for the day."""
    done = {key: day(facts.done_on(key)) for key in _SENTENCES}
    theme = facts.step("preparation").text("theme").strip()
    begun = any(facts.done_on(key) for key in _SENTENCES)
    subject = f"，主题为“{theme}”" if theme else ""
    for key, sentence in _SENTENCES.items():
        if begun and facts.done_on(key) is None:
            continue  # what is not recorded as done is not claimed
        yield sentence.format(day=done[key], subject=subject, numbers=_numbers(facts), by=_decided_by(facts))


_SENTENCES: Mapping[str, str] = {
    "preparation": "学习准备：{day}组织党员学习{subject}。",
    "talks": "谈心谈话、听取意见：{day}完成谈心谈话，征求党员和群众意见。",
    "life_meeting": "组织生活会：{day}召开组织生活会，查摆问题，开展批评和自我批评。",
    "self_evaluation": "个人自评：{day}党员逐人自评。",
    "mutual_evaluation": "党员互评：{day}党员相互评议。",
    "ballot": "民主测评：{day}进行无记名测评，{numbers}。",
    "grading": "评定等次：{day}由{by}根据评议情况和党员日常表现，提出评定意见。",
}


def _numbers(facts: EvaluationFacts) -> str:
    ballot = facts.ballot
    if ballot is None:
        return f"发出测评票{NUMBER_BLANK}张，收回{NUMBER_BLANK}张，其中有效票{NUMBER_BLANK}张"
    return f"发出测评票{ballot.issued}张，收回{ballot.returned}张，其中有效票{ballot.valid}张"


def _decided_by(facts: EvaluationFacts) -> str:
    chosen = facts.step("grading").text("decided_by")
    usual = "支委会" if facts.has_committee else "党员大会"
    return chosen or (usual if not facts.recorded else "支部")


def _results(facts: EvaluationFacts) -> Iterator[str]:
    """One paragraph for each grade with its names; then who got none or did not take part, and why."""
    decided = any(each.grade for each in facts.members)
    for grade, word in GRADE_WORDS.items():
        members = facts.with_grade(grade)
        count = number(len(members) if decided else None)
        named = f"：{names(members)}" if members else "" if decided else f"：{NAME_BLANK * 2}"
        yield f"{word}{count}名{named}。"
    probationary = [
        each for each in _own(facts) if each.attended and each.participant.standing == Standing.PROBATIONARY
    ]
    if probationary:
        yield f"预备党员{len(probationary)}名参加评议，不评定等次：{names(probationary)}。"
    others = [each for each in _own(facts) if _reason(each) and each not in probationary]
    if others:
        told = "；".join(f"{each.name}（{_reason(each)}）" for each in others)
        yield f"未参加评议或者不评定等次{len(others)}名：{told}。"
    elif not facts.recorded:
        yield f"未参加评议{NUMBER_BLANK}名，原因：{NAME_BLANK * 2}。"


def _reason(member: MemberFacts) -> str:
    """Why there is no grade, or that the member was away."""
    if member.participant.takes_part and not member.attended:
        return member.participant.reason.strip() or "未到会"
    return no_grade_words(member).removeprefix("未参加评议：")


# ------------------------------------------------------------------------------------------- B5-1 公示


def notice_values(facts: EvaluationFacts) -> Values:
    """Who is 优秀, within which branch, from when until when, where objections go."""
    report = facts.step("result_report")
    begins, ends = report.day("notice_begins_on"), report.day("notice_ends_on")
    excellent = facts.with_grade(Grade.EXCELLENT)
    decided = any(each.grade for each in facts.members)
    points = (
        ("公示范围", (f"{own_name(facts)}全体党员和群众。",)),
        ("评定为优秀等次的党员", (_excellent(excellent, decided=decided),)),
        ("公示期", (f"{day(begins)}至{day(ends)}。",)),
        (
            "反映意见的方式",
            (
                "公示期间，党员、群众可以来电、来信、来访反映意见。反映问题要实事求是，签署或者告知真实姓名。",
                f"受理电话：{facts.phone.strip() or NAME_BLANK * 2}。",
            ),
        ),
    )
    opening = f"根据民主评议情况和党员日常表现，现将{year_words(facts)}年度民主评议党员结果公示如下："
    return {
        "body": (Paragraph(opening), *headed(points)),
        "signed_by": f"{own_name(facts)}（盖章）",
        "signed_on": chinese_date(begins) if begins else DATE_TO_WRITE,
    }


def _excellent(members: tuple[MemberFacts, ...], *, decided: bool) -> str:
    if decided and not members:
        return "本年度没有评定为优秀等次的党员。"
    count = number(len(members) if decided else None)
    return f"共{count}名：{names(members) or NAME_BLANK * 3}。"
