"""What is said at the meetings of an election: agenda and the chair's words (C7, C16), and the report's cover (C8)."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.election_facts import OFFICE_WORDS, ElectionFacts, ElectionShape, Officer
from branchbook.services.election_words import (
    NAME_BLANK,
    NUMBER_BLANK,
    committee_meeting,
    committee_word,
    election_name,
    head_kinds,
    missing_count,
    name,
    names,
    number,
    party_name,
)
from branchbook.services.paper_words import chinese_number

Values = Mapping[str, Value]
SHOW_OF_HANDS = f"（举手表决：同意{NUMBER_BLANK}名，不同意{NUMBER_BLANK}名，弃权{NUMBER_BLANK}名。）"
"""Left blank at every vote: it is written in at the meeting."""


def agenda_values(facts: ElectionFacts) -> Values:
    """The agenda on top, then the chair's words point by point."""
    points = _points(facts)
    return {"subtitle": _when(facts), "body": (*_agenda(points), *_spoken(points))}


def _when(facts: ElectionFacts) -> str:
    return facts.meeting.time or (chinese_date(facts.planned_on) if facts.planned_on else "")


Point = tuple[str, tuple[str, ...]]
_FILLING: Mapping[BallotStyle, str] = {
    BallotStyle.CELLS: "赞成的画“○”，不赞成的画“×”，弃权的不画；",
    BallotStyle.TABLE: "在赞成、不赞成、弃权三栏中选一栏画“√”；",
}


def _agenda(points: tuple[Point, ...]) -> tuple[Paragraph, ...]:
    lines = (f"{place}．{title}" for place, (title, _) in enumerate(points, 1))
    return (Paragraph("会议议程", ParagraphStyle.HEADING), *map(Paragraph, lines))


def _spoken(points: tuple[Point, ...]) -> tuple[Paragraph, ...]:
    found = [Paragraph("主持词", ParagraphStyle.HEADING)]
    for place, (title, lines) in enumerate(points, 1):
        found.append(Paragraph(f"（{chinese_number(place)}）{title}", ParagraphStyle.SUBHEADING))
        found.extend(map(Paragraph, lines))
    return tuple(found)


def _points(facts: ElectionFacts) -> tuple[Point, ...]:
    points: list[Point] = [("宣布开会，奏国歌", (_opening(facts),))]
    if facts.shape != ElectionShape.BY_ELECTION:
        points.append(_report(facts))
    points += [
        _passing("通过选举办法", "现在宣读选举办法（草案），请各位党员审议。"),
        _candidates(facts),
        _scrutineers(facts),
        (
            "检查票箱，清点和分发选票",
            (
                "请监票人当场检查并封好票箱。现在清点到会有选举权的人数，分发选票。",
                f"监票人报告：应到会有选举权{number(facts.meeting.due or facts.due)}名，"
                f"实到会{number(facts.meeting.present)}名，发出选票{NUMBER_BLANK}张，与实到会有选举权人数相等；"
                "多余的选票当众处理。",
            ),
        ),
        ("说明填写选票的方法", _how_to_fill(facts)),
        ("投票", ("现在开始投票，先由监票人、计票人投票，再由其他党员按顺序投票。",)),
        (
            "清点选票，宣布选举是否有效",
            (
                f"监票人报告：发出选票{NUMBER_BLANK}张，收回选票{NUMBER_BLANK}张。收回的选票等于或者少于投票人数，"
                "选举有效。",
            ),
        ),
        ("计票，报告得票情况", ("监票人报告被选举人的得票情况（按报告单宣读）。",)),
        ("宣布当选名单", (_announcement(facts),)),
        ("讲话", (f"请{NAME_BLANK}同志讲话。",)),
        ("奏国际歌，散会", ("会议到此结束。请全体起立，奏国际歌。",)),
    ]
    return tuple(points)


def _passing(title: str, words: str) -> Point:
    return (title, (words, "同意的请举手；不同意的请举手；弃权的请举手。", SHOW_OF_HANDS))


def _opening(facts: ElectionFacts) -> str:
    due, present = facts.meeting.due or facts.due, facts.meeting.present
    away = number(missing_count(due, present))
    return (
        f"同志们：{party_name(facts)}{election_name(facts)}党员大会现在开会。本次大会应到会有选举权的正式党员"
        f"{number(due)}名，实到会{number(present)}名，因故缺席{away}名，到会人数不少于应到会人数的五分之四，"
        "符合规定，可以开会。请全体起立，奏国歌。"
    )


def _report(facts: ElectionFacts) -> Point:
    whose = f"上届{committee_word(facts)}" if facts.has_committee else "上届书记"
    who = name(facts.reporter)
    return _passing(
        "听取和审议工作报告",
        f"请{who}同志代表{whose}作工作报告。" if facts.has_committee else f"请{who}同志作工作报告。",
    )


def _candidates(facts: ElectionFacts) -> Point:
    reply = name(facts.approval.document)
    lines = [f"现在宣读上级党组织的批复（{reply}），公布候选人名单，介绍候选人情况。"]
    for office, words in (
        (ElectionKind.COMMITTEE, "委员"),
        (ElectionKind.SECRETARY, "书记"),
        (ElectionKind.DEPUTY, "副书记"),
    ):
        people = facts.candidates_for(office)
        elected_here = office == ElectionKind.COMMITTEE or facts.shape != ElectionShape.WITH_COMMITTEE
        if people and elected_here:
            lines.append(f"{words}候选人：{names(each.name for each in people)}。")
    lines.append("党员对候选人有询问的，由本人或者主持人作出说明。")
    return ("宣读批复，公布和介绍候选人", tuple(lines))


def _scrutineers(facts: ElectionFacts) -> Point:
    title, lines = _passing(
        "通过监票人，宣布计票人",
        f"监票人建议名单：{_officers(facts.scrutineers)}。监票人不是候选人。请大会表决。",
    )
    return (title, (*lines, f"计票人：{_officers(facts.tellers)}，在监票人监督下工作。"))


def _officers(people: tuple[Officer, ...]) -> str:
    return names(each.name for each in people)


def _how_to_fill(facts: ElectionFacts) -> tuple[str, ...]:
    here = [kind for kind in facts.kinds if kind == ElectionKind.COMMITTEE or not facts.has_committee]
    seats = {ElectionKind.COMMITTEE: facts.seats, ElectionKind.DEPUTY: facts.deputies}
    places = "；".join(f"选举{OFFICE_WORDS[kind]}，应选{number(seats.get(kind, 1))}名" for kind in here)
    return (
        f"本次{places}。每张选票所选人数等于或者少于应选人数有效，多于应选人数无效。",
        f"{_FILLING[facts.ballot_style]}不赞成的可以另选他人。不得委托他人代为投票，不能填写的可以委托非候选人代写。",
    )


def _announcement(facts: ElectionFacts) -> str:
    if facts.shape == ElectionShape.WITHOUT_COMMITTEE:
        who, deputies = facts.elected_to(ElectionKind.SECRETARY), facts.elected_to(ElectionKind.DEPUTY)
        text = f"现在宣布当选名单：书记{names(who)}"
        return f"{text}；副书记{names(deputies)}。" if deputies or facts.deputies != 0 else f"{text}。"
    elected = tuple(
        name for office in ElectionKind for name in facts.elected_to(office) if _here(facts, office)
    )
    order = "（按姓氏笔画为序）" if facts.shape == ElectionShape.WITH_COMMITTEE else ""
    return f"现在宣布当选名单{order}：{names(elected)}。"


def _here(facts: ElectionFacts, office: ElectionKind) -> bool:
    return any(count.office == office and not count.in_first_meeting for count in facts.counts)


def first_meeting_agenda_values(facts: ElectionFacts) -> Values:
    """The meeting in which the committee elects its heads; the first is chaired by a new member (第二十条)."""
    meeting, heads = facts.first_meeting, facts.head_words
    begun = f"受上届委员会推荐，由我主持{committee_meeting(facts)}。"
    if facts.shape == ElectionShape.BY_ELECTION:
        begun = f"现在召开{committee_meeting(facts)}，补选{heads}。"
    opening = (
        f"{begun}应到会委员{number(meeting.due)}名，实到会{number(meeting.present)}名，符合规定，可以开会。"
    )
    apart = "书记、副书记分别填写选票，" if len(head_kinds(facts)) > 1 else ""
    points: list[Point] = [
        ("宣布开会", (opening,)),
        _passing("通过选举办法", f"现在宣读{heads}选举办法（草案），请各位委员审议。"),
        ("公布候选人", _heads(facts)),
        _passing("通过监票人、计票人", f"建议由{NAME_BLANK}同志监票，{NAME_BLANK}同志计票，请表决。"),
        ("分发选票，投票", (f"{apart}实行无记名投票。",)),
        ("计票，宣布当选名单", (_heads_elected(facts),)),
    ]
    if facts.shape != ElectionShape.BY_ELECTION:
        points.append(("研究委员分工", (f"研究确定委员分工，报上级党组织。{SHOW_OF_HANDS}",)))
    first = names(facts.elected_to(head_kinds(facts)[0]))
    points.append((f"新当选的{OFFICE_WORDS[head_kinds(facts)[0]]}讲话，散会", (f"请{first}同志讲话。",)))
    spoken = tuple(points)
    return {"subtitle": meeting.time, "body": (*_agenda(spoken), *_spoken(spoken))}


def _heads(facts: ElectionFacts) -> tuple[str, ...]:
    lines = (
        f"{OFFICE_WORDS[kind]}候选人：{names(each.name for each in facts.candidates_for(kind))}。"
        for kind in head_kinds(facts)
    )
    return ("候选人已经上级党组织审查同意，以批准的顺序为序。", *lines)


def _heads_elected(facts: ElectionFacts) -> str:
    elected = "，".join(
        f"{names(facts.elected_to(kind))}同志当选为{OFFICE_WORDS[kind]}" for kind in head_kinds(facts)
    )
    return f"监票人报告得票情况。{elected}，报上级党组织批准。"


def cover_values(facts: ElectionFacts) -> Values:
    """The report itself is written elsewhere; its cover says whose and when."""
    began = str(facts.elected_before_on.year) if facts.elected_before_on else ""
    ends = str(facts.term_ends_on.year) if facts.term_ends_on else ""
    return {
        "organisation": party_name(facts) if facts.organisation else "",
        "term": f"{began}—{ends}年" if began and ends else "",
        "reporter": facts.reporter,
        "meeting": f"{election_name(facts)}党员大会",
        "reported_on": chinese_date(facts.reported_on) if facts.reported_on else "",
    }
