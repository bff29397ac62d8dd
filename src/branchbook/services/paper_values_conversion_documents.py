"""公文 of a conversion: notice (D5), request (D10), resolutions of extension and cancellation (D12), the letter.

A document says what is recorded; what is not stands as a blank, and nothing is judged that nobody judged.
"""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballots import Question
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, Value
from branchbook.domain.working_days import PROVISIONAL_MARK
from branchbook.services.conversion_facts import ConversionFacts, QuestionVote
from branchbook.services.conversion_words import (
    NAME_BLANK,
    body_word,
    committee_name,
    comrade,
    day,
    extension_words,
    name,
    number,
    numbers_sentence,
    own_name,
    party_name,
    question_words,
    span,
    title_words,
)
from branchbook.services.election_words import DATE_TO_WRITE, headed
from branchbook.services.paper_words import paragraphs

Values = Mapping[str, Value]


# ------------------------------------------------------------------------------------- D5 转正公示


def public_notice_values(facts: ConversionFacts) -> Values:
    """Who is to be converted, from when until when, and where objections go."""
    notice = facts.notice
    body = (
        Paragraph(
            f"经{body_word(facts)}研究，{title_words(facts)['person']}同志"
            f"{title_words(facts)['proposed']}。现将有关情况公示如下："
        ),
        *headed(
            (
                ("基本情况", (_person_sentence(facts),)),
                ("公示时间", (_period_sentence(facts),)),
                (
                    "反映意见的方式",
                    (
                        "公示期间，党员、群众可以来电、来信、来访反映意见。反映问题要实事求是，签署或者告知真实姓名。",
                        f"党支部受理电话：{notice.phone.strip() or NAME_BLANK * 2}；"
                        f"上级党组织受理电话：{NAME_BLANK * 2}，信箱：{NAME_BLANK * 2}。",
                    ),
                ),
            )
        ),
    )
    return {
        "body": body,
        "signed_by": own_name(facts),
        "signed_on": chinese_date(notice.begins_on) if notice.begins_on else DATE_TO_WRITE,
    }


def _person_sentence(facts: ConversionFacts) -> str:
    cells = facts.cells
    born = f"{facts.born_on.year}年{facts.born_on.month}月" if facts.born_on else "＿＿＿年＿＿月"
    until = f"预备期至{day(facts.first_end)}"
    if facts.extension is not None:
        until += f"，延长至{day(facts.ends_on)}"
    return (
        f"{name(facts.person)}，{name(cells.get('sex', ''))}，{name(cells.get('ethnic_group', ''))}，{born}出生，"
        f"学历{name(cells.get('education', ''))}，单位职务{name(cells.get('work_post', ''))}；"
        f"{day(facts.joining.applied_on)}申请入党，{day(facts.accepted_on)}接收为预备党员，{until}；"
        f"入党介绍人{'、'.join(facts.sponsors) or NAME_BLANK * 2}。"
    )


def _period_sentence(facts: ConversionFacts) -> str:
    """From when until when; how many working days that is, 暂算 where a year has no table."""
    notice = facts.notice
    until = notice.ends_on
    counted = "（不少于5个工作日）"
    if notice.working_days is not None:
        mark = f"，{PROVISIONAL_MARK}" if notice.provisional else ""
        counted = f"（{notice.working_days}个工作日{mark}）"
    elif notice.least_on is not None:
        mark = f"（{PROVISIONAL_MARK}）" if notice.provisional else ""
        counted = f"（不少于5个工作日，到{chinese_date(notice.least_on)}满5个工作日{mark}）"
    return f"{day(notice.begins_on)}至{day(until)}{counted}。"


# -------------------------------------------------------------------------------------- D10 请示


def request_values(facts: ConversionFacts) -> Values:
    """The request to the higher organisation; it asks for what the meeting resolved."""
    report = facts.report
    return {
        "addressee": report.addressee or f"{NAME_BLANK}党委",
        "body": (*_request_body(facts), Paragraph("妥否，请批示。")),
        "attachments": tuple(
            Paragraph(each) for each in (f"{title_words(facts)['person']}转正报批材料（见清单）",)
        ),
        "signed_by": committee_name(facts),
        "signed_on": chinese_date(report.reported_on) if report.reported_on else DATE_TO_WRITE,
        "note": f"联系人：{report.contact or NAME_BLANK}　电话：{report.phone or NAME_BLANK}",
    }


def _request_body(facts: ConversionFacts) -> tuple[Paragraph, ...]:
    vote = facts.decided
    points = [
        ("基本情况", (_probation_sentence(facts),)),
        ("教育考察和征求意见情况", _examined(facts)),
        ("支部大会讨论表决情况", (_meeting_sentence(facts, vote), _asked_for(facts, vote))),
    ]
    opening = f"现将{title_words(facts)['matter']}的有关情况请示如下："
    return (Paragraph(opening), *headed(points))


def _probation_sentence(facts: ConversionFacts) -> str:
    until = f"预备期自{day(facts.accepted_on)}至{day(facts.first_end)}"
    if facts.extension is not None:
        until += f"，经{facts.extension.document or NAME_BLANK}批准延长至{day(facts.ends_on)}"
    return (
        f"{name(facts.person)}，{day(facts.accepted_on)}由支部大会接收为预备党员，"
        f"{day(facts.acceptance_approved_on)}经上级党组织批准，{until}。"
        f"入党介绍人{'、'.join(facts.sponsors) or NAME_BLANK * 2}。{day(facts.applied_on)}提出书面转正申请。"
    )


def _examined(facts: ConversionFacts) -> tuple[str, ...]:
    asked, review = facts.opinions, facts.review
    sentence = (
        f"{day(asked.given_on)}征求党员{number(asked.members)}名、群众{number(asked.masses)}名的意见；"
        f"{day(review.held_on)}{body_word(facts)}进行了审查，提请支部大会讨论{review.conclusion or NAME_BLANK * 2}。"
    )
    if facts.notice.begins_on is not None:
        sentence += f"{span(facts.notice.begins_on, facts.notice.ends_on)}进行了公示。"
    return (sentence,)


def _meeting_sentence(facts: ConversionFacts, vote: QuestionVote | None) -> str:
    held_on = vote.held_on if vote else facts.meeting.held_on
    return f"{day(held_on)}召开党员大会，{numbers_sentence(facts, vote)}"


def _asked_for(facts: ConversionFacts, vote: QuestionVote | None) -> str:
    if vote is None:
        return f"大会决议{NAME_BLANK * 3}，请予审批。"
    if vote.question == Question.CONVERT:
        return f"大会同意{comrade(facts)}{question_words(facts, vote.question)}，请予审批。"
    if vote.question == Question.EXTEND:
        return f"大会决定将{comrade(facts)}{extension_words(vote)}，请予审批。"
    return f"大会决定取消{comrade(facts)}的预备党员资格，请予审批。"


# -------------------------------------------------------------------------------------- D12 决议


def extension_values(facts: ConversionFacts) -> Values:
    """Why, how long, from when until when: six to twelve months, once only (D-15, D26-18)."""
    vote = _vote(facts, Question.EXTEND)
    decision = f"大会决定：将{comrade(facts)}{extension_words(vote)}。"
    after = "预备期只能延长一次。延长期满，由支部大会再行讨论能否转为正式党员。本决议报上级党组织批准后生效。"
    return _resolution(facts, vote, "延长预备期", decision, after)


def cancellation_values(facts: ConversionFacts) -> Values:
    """Why; that it is no punishment, and what holds until it is approved."""
    vote = _vote(facts, Question.CANCEL)
    decision = f"大会决定：取消{comrade(facts)}的预备党员资格。"
    after = (
        "取消预备党员资格不是党纪处分。本决议报上级党组织批准后生效，批准之前本人照常参加组织生活、交纳党费。"
    )
    return _resolution(facts, vote, "取消预备党员资格", decision, after)


def _vote(facts: ConversionFacts, question: Question) -> QuestionVote | None:
    found = facts.decided
    return found if found is not None and found.question == question else None


def _resolution(
    facts: ConversionFacts, vote: QuestionVote | None, matter: str, decision: str, after: str
) -> Values:
    held_on = vote.held_on if vote else facts.meeting.held_on
    first, *others = paragraphs(facts.meeting.reason) or (Paragraph(NAME_BLANK * 6 + "。"),)
    probation = (
        f"{name(facts.person)}，{day(facts.accepted_on)}被接收为预备党员，预备期至{day(facts.ends_on)}。"
    )
    body = (
        Paragraph(
            f"{own_name(facts)}于{day(held_on)}召开党员大会，讨论预备党员{name(facts.person)}{matter}的问题。"
        ),
        Paragraph(probation),
        Paragraph(f"原因：{first.text}"),
        *others,
        Paragraph(numbers_sentence(facts, vote)),
        Paragraph(decision),
        Paragraph(after),
    )
    return {
        "subtitle": f"{day(held_on)}{party_name(facts)}党员大会通过",
        "body": body,
        "signed_by": party_name(facts),
        "signed_on": chinese_date(held_on) if held_on else DATE_TO_WRITE,
    }


# ------------------------------------------------------------------------------------ D11 通知书


def letter_values(facts: ConversionFacts) -> Values:
    """To the person: approved by whom and when, from when the years of membership count."""
    approval, vote = facts.approval, facts.decided
    held_on = vote.held_on if vote else facts.meeting.held_on
    document = approval.document or NAME_BLANK
    text = (
        f"经{day(held_on)}支部大会讨论通过，{approval.authority or facts.higher or NAME_BLANK}于"
        f"{day(approval.approved_on)}批准（{document}），你由预备党员转为中共正式党员，党龄自{day(facts.ends_on)}算起。"
    )
    return {
        "addressee": comrade(facts),
        "body": (Paragraph(text), Paragraph("特此通知。")),
        "signed_by": party_name(facts),
        "signed_on": DATE_TO_WRITE,
    }
