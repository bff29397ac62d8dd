"""公文 of an election to the higher organisation: request (C2), candidates' request (C4), result report (C18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.papers import Paragraph, Value
from branchbook.services.election_facts import (
    OFFICE_WORDS,
    BallotCount,
    ElectionFacts,
    ElectionShape,
    Nominee,
)
from branchbook.services.election_words import (
    DATE_TO_WRITE,
    NAME_BLANK,
    NUMBER_BLANK,
    REGULATION,
    branch_word,
    committee_meeting,
    committee_name,
    committee_word,
    day,
    election_name,
    headed,
    heads_counted,
    margin,
    name,
    names,
    number,
    office_words,
)

Values = Mapping[str, Value]


def signed(
    facts: ElectionFacts, body: tuple[Paragraph, ...], attachments: tuple[str, ...] = (), *, note: bool = True
) -> Values:
    """A document to the higher organisation: addressee, body, attachments, signature, contact (附注)."""
    values: dict[str, Value] = {
        "addressee": facts.higher or NAME_BLANK,
        "body": body,
        "signed_by": committee_name(facts),
        "signed_on": DATE_TO_WRITE,
    }
    if attachments:
        values["attachments"] = tuple(map(Paragraph, attachments))
    if note:
        contact, phone = facts.contact or NAME_BLANK, facts.phone or NAME_BLANK
        values["note"] = f"联系人：{contact}　电话：{phone}"
    return values


# ------------------------------------------------------------------------------------- C2 选举请示


def request_values(facts: ElectionFacts) -> Values:
    """换届选举(补选)的请示. The request goes up before the meeting; what it asks for is numbered."""
    points = [
        ("基本情况", (_members(facts),)),
        ("大会主要议程" if facts.general_meeting_elects else "会议主要议程", _topics(facts)),
        ("组成人员名额和候选人名额", (_places(facts),)),
        ("选举办法", _ways(facts)),
    ]
    if facts.excluded != 0:
        points.append(
            (
                "拟不计入应到会人数的党员",
                (
                    f"因故确实不能到会、拟不计入本次选举应到会人数的党员{number(facts.excluded)}名，名单附后。",
                ),
            )
        )
    attachments = ("不计入选举应到会人数人员名单",) if len(points) > 4 else ()
    body = (Paragraph(_opening(facts)), *headed(points), Paragraph("妥否，请批示。"))
    return signed(facts, body, attachments)


def _opening(facts: ElectionFacts) -> str:
    place = "党员大会" if facts.general_meeting_elects else committee_meeting(facts)
    plan = f"拟于{day(facts.planned_on)}召开{place}"
    if facts.shape == ElectionShape.BY_ELECTION:
        posts, reason = name(facts.vacated_posts), name(facts.vacancy_reason)
        return (
            f"因{reason}，{posts}空缺，现需补选。根据{REGULATION}等规定，经研究，{plan}进行补选。"
            "现将有关事项请示如下："
        )
    body = f"本届{committee_word(facts)}" if facts.has_committee else f"我{branch_word(facts)}本届书记"
    years = f"任期{number(facts.term_years)}年，"
    studied = f"经{committee_word(facts)}研究" if facts.has_committee else "经全体党员酝酿"
    return (
        f"{body}于{day(facts.elected_before_on)}选举产生，{years}至{day(facts.term_ends_on)}任期届满。"
        f"根据{REGULATION}等规定，{studied}，{plan}进行{election_name(facts)}。现将有关事项请示如下："
    )


def _members(facts: ElectionFacts) -> str:
    full, probationary = facts.full_members, facts.probationary_members
    total = None if full is None or probationary is None else full + probationary
    text = f"现有党员{number(total)}名，其中正式党员{number(full)}名、预备党员{number(probationary)}名。"
    if not facts.has_committee:
        text += f"正式党员不足7名，不设{committee_word(facts)}。"
    return text


def _topics(facts: ElectionFacts) -> tuple[str, ...]:
    if facts.shape == ElectionShape.BY_ELECTION:
        return (f"{office_words(facts)}。",)
    if not facts.has_committee:
        return ("1．听取和审查上届书记的工作报告；", f"2．选举{office_words(facts)}。")
    return (
        f"1．听取和审查上届{committee_word(facts)}的工作报告；",
        f"2．选举新一届{committee_word(facts)}委员。",
    )


def _places(facts: ElectionFacts) -> str:
    seats, candidates = number(facts.seats), number(facts.candidate_count)
    more = number(margin(facts.seats, facts.candidate_count))
    if facts.shape == ElectionShape.BY_ELECTION:
        if ElectionKind.COMMITTEE not in facts.kinds:
            return f"补选{heads_counted(facts)}，候选人按应选人数提名。"
        return f"补选委员{seats}名，候选人{candidates}名，差额{more}名。"
    if not facts.has_committee:
        return f"设{heads_counted(facts)}，候选人按应选人数提名。"
    return (
        f"新一届{committee_word(facts)}设委员{seats}名，其中{heads_counted(facts)}。"
        f"委员候选人{candidates}名，差额{more}名。"
    )


def _ways(facts: ElectionFacts) -> tuple[str, ...]:
    heads = facts.head_words
    if not facts.has_committee:
        return (f"{heads}由党员大会直接选举，实行等额选举，采用无记名投票方式。",)
    first = "委员由党员大会直接选举，实行差额选举，差额不少于应选人数的20%，采用无记名投票方式。"
    second = f"{heads}由{committee_meeting(facts)}选举，实行等额选举，采用无记名投票方式。"
    wanted = ((ElectionKind.COMMITTEE in facts.kinds, first), (facts.committee_elects, second))
    return tuple(words for needed, words in wanted if needed)


# -------------------------------------------------------------------------- C4 候选人预备人选请示


def candidates_request_values(facts: ElectionFacts) -> Values:
    """Who is proposed, in the order of the procedure: committee by strokes, heads as proposed for approval."""
    how = "经党员推荐、充分酝酿"
    studied = f"，{committee_word(facts)}研究" if facts.has_committee else ""
    opening = f"根据{REGULATION}等规定，{how}{studied}，现将{office_words(facts)}候选人预备人选请示如下："
    points = [(f"{OFFICE_WORDS[kind]}候选人预备人选", (_proposed(facts, kind),)) for kind in facts.kinds]
    body = (Paragraph(opening), *headed(points), Paragraph("妥否，请批示。"))
    return signed(facts, body, ("候选人预备人选基本情况表",))


def _proposed(facts: ElectionFacts, kind: ElectionKind) -> str:
    people, words = facts.candidates_for(kind), OFFICE_WORDS[kind]
    if kind == ElectionKind.COMMITTEE:
        count = number(len(people) or facts.candidate_count)
        more = margin(facts.seats, len(people) or facts.candidate_count)
        who = names(_spaced(people)) if people else "、".join((NAME_BLANK,) * 4)
        order = "（按姓氏笔画为序）" if facts.by_strokes else ""
        return f"{who}{count}名同志为{words}候选人预备人选，差额{number(more)}名{order}。"
    who = names(_spaced(people)) if people else NAME_BLANK
    return f"{who}{'同志' if len(people) < 2 else f'{len(people)}名同志'}为{words}候选人预备人选。"


def _spaced(people: Iterable[Nominee]) -> tuple[str, ...]:
    return tuple(each.name for each in people)


# ------------------------------------------------------------------------------- C18 选举结果报告


def result_report_values(facts: ElectionFacts) -> Values:
    """The result to the higher organisation: committee on file, secretary and deputies for approval (E-36)."""
    here = facts.general_meeting_elects
    held_on = facts.meeting.held_on if here else facts.first_meeting.held_on
    place = "党员大会" if here else committee_meeting(facts)
    opening = (
        f"根据上级批复，{facts.organisation or '我' + branch_word(facts)}于{day(held_on)}召开{place}"
        f"进行{election_name(facts)}。现将选举结果报告如下："
    )
    general = [count for count in facts.counts if not count.in_first_meeting]
    first = [count for count in facts.counts if count.in_first_meeting]
    points = []
    if facts.general_meeting_elects:
        points.append(("党员大会选举情况", _counts(general, facts, ElectionKind.COMMITTEE)))
    if facts.committee_elects:
        points.append((f"{committee_word(facts)}全体会议选举情况", _first(first, facts)))
    if facts.divided or facts.shape == ElectionShape.WITH_COMMITTEE:
        points.append(("委员分工", (_division(facts),)))
    body = (Paragraph(opening), *headed(points), Paragraph(_ending(facts)))
    whole = facts.shape == ElectionShape.WITH_COMMITTEE
    attachments = (f"{committee_word(facts)}委员名册",) if whole else ()
    return signed(facts, body, attachments)


def _first(counts: list[BallotCount], facts: ElectionFacts) -> tuple[str, ...]:
    day_words = day(facts.first_meeting.held_on)
    lines = _counts(counts, facts, ElectionKind.SECRETARY)
    called = "全体会议" if facts.shape == ElectionShape.BY_ELECTION else "第一次全体会议"
    return (f"{day_words}召开{called}，等额选举{facts.head_words}。", *lines)


def _counts(counts: list[BallotCount], facts: ElectionFacts, blank: ElectionKind) -> tuple[str, ...]:
    """One paragraph of numbers and one of votes for each ballot; both with blanks where none was held yet."""
    if not counts:
        counts = [BallotCount(blank if facts.has_committee else ElectionKind.SECRETARY)]
    return tuple(line for count in counts for line in (_numbers(count), _votes(count), _elected(count)))


def _numbers(count: BallotCount) -> str:
    again = {Ballot.MAIN: "", Ballot.FURTHER: "另行选举", Ballot.TIE: "再次投票"}[count.ballot]
    who = f"{count.office_words}{again or '选举'}应到会有选举权"
    return (
        f"{who}{number(count.due)}名，实到会{number(count.present)}名；发出选票{number(count.issued)}张，"
        f"收回{number(count.returned)}张，其中有效票{number(count.valid)}张、无效票{number(count.invalid)}张。"
    )


def _votes(count: BallotCount) -> str:
    if not count.results:
        blank = f"{NAME_BLANK}得赞成票{NUMBER_BLANK}票、不赞成票{NUMBER_BLANK}票、弃权票{NUMBER_BLANK}票"
        return "；".join([blank] * (3 if count.office == ElectionKind.COMMITTEE else 1)) + "。"
    lines = [
        f"{each.name}得赞成票{number(each.votes_for)}票、不赞成票{number(each.against)}票、"
        f"弃权票{number(each.abstain)}票"
        for each in count.results
    ]
    lines += [f"另选他人{each.name}得{number(each.votes_for)}票" for each in count.write_ins]
    return "；".join(lines) + "。"


def _elected(count: BallotCount) -> str:
    if count.results and not count.elected:
        return f"本次投票没有人当选{count.office_words}。"
    who = names(count.elected) if count.results else NAME_BLANK * 2
    return f"{who}同志当选为{count.office_words}。"


def _division(facts: ElectionFacts) -> str:
    if not facts.board:
        posts = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员")
        return "，".join(f"{NAME_BLANK}任{post}" for post in posts) + "。"
    return "，".join(f"{each.name}任{each.post or NAME_BLANK}" for each in facts.board) + "。"


def _ending(facts: ElectionFacts) -> str:
    """委员备案, 书记、副书记批准 (党章 第三十一条)."""
    if facts.shape == ElectionShape.BY_ELECTION and ElectionKind.COMMITTEE in facts.by_election_of:
        return "特此报告，请予备案。"
    heads = facts.head_words
    if not facts.has_committee or facts.shape == ElectionShape.BY_ELECTION:
        return f"{heads}当选结果请批复。"
    return f"以上委员当选情况特此报告，请予备案；{heads}当选结果请批复。"
