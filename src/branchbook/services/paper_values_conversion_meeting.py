"""The general meeting of a conversion: agenda with the chair's words (D6), and its record."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.ballots import Question
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.conversion_facts import ConversionFacts, QuestionVote
from branchbook.services.conversion_words import (
    NAME_BLANK,
    NUMBER_BLANK,
    body_word,
    comrade,
    extension_words,
    name,
    number,
    party_name,
    question_words,
    resolved,
)
from branchbook.services.election_words import names
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_conversion_opinions import people
from branchbook.services.paper_values_record import record_values
from branchbook.services.paper_words import chinese_number

Values = Mapping[str, Value]
HANDS = "表决采用举手方式。同意的请举手；不同意的请举手；弃权的请举手。"
SECRET = (
    "表决采用无记名投票方式。请监票人检查票箱，清点人数，按实到会有表决权的人数分发表决票；"
    "在相应栏内画符号，只能选一栏。"
)
Point = tuple[str, tuple[str, ...]]


def agenda_values(facts: ConversionFacts) -> Values:
    """The agenda on top, then the chair's words point by point (发展党员工作细则: one by one)."""
    points = _points(facts)
    lines = (f"{place}．{title}" for place, (title, _) in enumerate(points, 1))
    body = [Paragraph("会议议程", ParagraphStyle.HEADING), *map(Paragraph, lines)]
    body.append(Paragraph("主持词", ParagraphStyle.HEADING))
    for place, (title, spoken) in enumerate(points, 1):
        body.append(Paragraph(f"（{chinese_number(place)}）{title}", ParagraphStyle.SUBHEADING))
        body.extend(map(Paragraph, spoken))
    return {"subtitle": facts.meeting.time, "body": tuple(body)}


def _points(facts: ConversionFacts) -> tuple[Point, ...]:
    who, sponsors = comrade(facts), names(facts.sponsors)
    return (
        ("清点到会人数，宣布开会", (_opening(facts),)),
        ("本人汇报", (f"现在讨论{who}转正问题。请{who}宣读转正申请，汇报预备期的情况。",)),
        (
            "入党介绍人、党小组介绍情况",
            (f"请入党介绍人{sponsors}介绍{who}预备期的表现。", _group(facts)),
        ),
        ("支部委员会报告", (_committee(facts),)),
        (
            "讨论",
            (
                f"请与会党员对{who}能否转为正式党员充分发表意见，肯定优点，指出不足。",
                "（记录人逐人记录发言。）",
            ),
        ),
        ("表决", _voting(facts)),
        ("宣布表决结果", (_result(facts),)),
        ("宣读决议", (f"现在宣读支部大会决议。{resolved(facts, facts.decided)}",)),
        ("本人表态", (f"请{who}表态。",)),
        ("讲话", (f"请{NAME_BLANK}同志讲话。",)),
        ("散会", ("会议到此结束。两名以上预备党员转正的，以上第二项至第九项逐个进行，逐个讨论、逐个表决。",)),
    )


def _opening(facts: ConversionFacts) -> str:
    meeting = facts.meeting
    return (
        f"同志们：{party_name(facts)}党员大会现在开会。本支部共有党员{number(meeting.members)}名，"
        f"其中正式党员{number(meeting.full_members)}名、预备党员{number(meeting.probationary_members)}名。"
        f"本次大会应到会有表决权的正式党员{number(meeting.due)}名，实到会{number(meeting.present)}名，"
        f"{_quorum(facts)}"
    )


def _quorum(facts: ConversionFacts) -> str:
    """More than half of those due must have come; said only of a vote that was counted."""
    met = facts.votes[-1].quorum_met if facts.votes else None
    if met is None:
        return "实到会人数（超过、没有超过）应到会人数的半数，（可以、不能）开会表决。"
    return "超过应到会人数的半数，可以开会表决。" if met else "没有超过应到会人数的半数，不能表决。"


def _group(facts: ConversionFacts) -> str:
    text = facts.group_opinion.text.strip()
    ended = text if text.endswith(("。", "！", "？")) or not text else f"{text}。"
    return f"请党小组报告意见。{ended}"


def _committee(facts: ConversionFacts) -> str:
    review = facts.review
    concluded = f"，审查结论是提请大会讨论{review.conclusion}" if review.conclusion else ""
    return f"请{NAME_BLANK}同志代表{body_word(facts)}报告教育考察、征求意见、公示和审查的情况{concluded}。"


def _voting(facts: ConversionFacts) -> tuple[str, ...]:
    """Scrutineers first; each question is put by itself, written opinions are told before the count."""
    matters = []
    for question in facts.questions:
        vote = next((each for each in facts.votes if each.question == question), None)
        matters.append(
            extension_words(vote) if question == Question.EXTEND else question_words(facts, question)
        )
    asked = f"现在对{comrade(facts)}“{matters[0]}”进行表决。"
    if len(matters) > 1 and not facts.votes and facts.proposed is None:
        asked = f"现在对{comrade(facts)}{NAME_BLANK * 2}（按期转为正式党员、延长预备期、取消预备党员资格）进行表决。"
    elif len(matters) > 1:
        asked = "".join(f"对{comrade(facts)}“{each}”进行表决。" for each in matters)
    by_hands = bool(facts.votes) and all(each.by_hands for each in facts.votes)
    watching, counting = names(facts.meeting.scrutineers), names(facts.meeting.tellers)
    scrutineers = f"提议{watching}为监票人，{counting}为计票人，请大会举手通过。"
    how = HANDS if by_hands else SECRET
    return (
        scrutineers,
        asked,
        how,
        f"因故不能到会、会前正式提出书面意见的，计入票数，不算到会（本次书面意见{_written(facts)}份）。",
    )


def _written(facts: ConversionFacts) -> str:
    counted = [each for each in facts.votes if each.for_total is not None]
    return str(counted[-1].written.all) if counted else NUMBER_BLANK


def _result(facts: ConversionFacts) -> str:
    vote = facts.decided or (facts.votes[-1] if facts.votes else None)
    issued, returned = (vote.issued, vote.returned) if vote else (None, None)
    totals = (vote.for_total, vote.against_total, vote.abstain_total) if vote else (None, None, None)
    words = zip(("赞成", "不赞成", "弃权"), totals, strict=True)
    return (
        f"监票人报告：发出表决票{number(issued)}张，收回{number(returned)}张，"
        f"{'，'.join(f'{word}{number(total)}票' for word, total in words)}。"
        "赞成票超过应到会有表决权的正式党员半数的，表决通过。"
    )


def meeting_record_values(binding: Binding, facts: ConversionFacts) -> Values:
    """The record of the meeting where the book keeps one, else what the conversion itself knows of it."""
    meeting = facts.meeting
    own: dict[str, Value] = {
        "party_members": _party_members(facts),
        "written": _written_opinions(facts),
    }
    if meeting.record is not None:
        kept = record_values(binding, meeting.record, kind_of(meeting.record.kinds[0]))
        lacking = {key: value for key, value in _known(facts).items() if not kept.get(key)}
        return {**kept, **lacking, **own}
    return {**own, **_known(facts)} if meeting.held_on is not None else own


def _known(facts: ConversionFacts) -> Values:
    """What the conversion itself knows of its meeting; the record goes before it."""
    meeting = facts.meeting
    return {
        "time": meeting.time,
        "chair": meeting.chair,
        "due_votes": people(meeting.due),
        "present_votes": people(meeting.present),
        "agenda": (Paragraph(f"讨论预备党员{name(facts.person)}转正问题", ParagraphStyle.PLAIN),),
        "votes": tuple(_vote_row(facts, each) for each in facts.votes),
        "resolutions": resolved(facts, facts.decided) if facts.decided else "",
    }


def _party_members(facts: ConversionFacts) -> str:
    """支部共有党员23名（正式21名，预备2名）."""
    meeting = facts.meeting
    if meeting.members is None:
        return f"支部共有党员{NUMBER_BLANK}名（正式{NUMBER_BLANK}名，预备{NUMBER_BLANK}名）"
    return f"支部共有党员{meeting.members}名（正式{meeting.full_members}名，预备{meeting.probationary_members}名）"


def _written_opinions(facts: ConversionFacts) -> str:
    counted = [each for each in facts.votes if each.for_total is not None]
    if not counted:
        return f"赞成{NUMBER_BLANK}份，不赞成{NUMBER_BLANK}份，弃权{NUMBER_BLANK}份（计入票数，不算到会）"
    given = counted[-1].written
    if not given.all:
        return "无"
    return f"赞成{given.votes_for}份，不赞成{given.votes_against}份，弃权{given.abstentions}份（计入票数，不算到会）"


def _vote_row(facts: ConversionFacts, vote: QuestionVote) -> Mapping[str, str]:
    passed = "" if vote.passed is None else "通过" if vote.passed else "未通过"
    return {
        "item": question_words(facts, vote.question),
        "method": "举手表决" if vote.by_hands else "无记名投票",
        "vote_due": number(vote.due),
        "vote_present": number(vote.present),
        "votes_for": number(vote.for_total),
        "votes_against": number(vote.against_total),
        "abstentions": number(vote.abstain_total),
        "passed": passed,
    }
