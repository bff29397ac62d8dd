"""选举办法 (C9) and that of the committee's first meeting (C16): how it is voted, counted and decided."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Value
from branchbook.services.election_facts import ElectionFacts, ElectionShape
from branchbook.services.election_words import (
    DAY_BLANK,
    REGULATION,
    branch_word,
    committee_meeting,
    committee_word,
    head_kinds,
    heads_counted,
    margin,
    number,
    numbered_articles,
    office_words,
)

Values = Mapping[str, Value]

_MARKS: Mapping[BallotStyle, str] = {
    BallotStyle.CELLS: (
        "填写选票时，对候选人赞成的，在其姓名上方的空格内画“○”；不赞成的画“×”；弃权的不画任何符号。"
        "不赞成的可以另选他人，另选他人须先对一名候选人画“×”，再在空格内写上另选人的姓名，并在其姓名上方画“○”；"
        "弃权的不得另选他人。"
    ),
    BallotStyle.TABLE: (
        "填写选票时，在候选人姓名右边“赞成”“不赞成”“弃权”三栏中选一栏画“√”；三栏都不画的视为弃权。"
        "不赞成的可以另选他人，另选他人须先对一名候选人投不赞成票，再写上另选人的姓名，并在其“赞成”栏画“√”；"
        "弃权的不得另选他人。"
    ),
}
"""How a ballot is marked, in the form that the book prints."""


def method_values(facts: ElectionFacts) -> Values:
    """The draft, or the method as the general meeting passed it (E-37: 须经党员大会通过)."""
    return {"subtitle": _stage(facts), "body": numbered_articles(_articles(facts))}


def _stage(facts: ElectionFacts) -> str:
    if facts.method_passed_on is None:
        return f"草案，{DAY_BLANK}党员大会通过"
    return f"{chinese_date(facts.method_passed_on)}党员大会通过"


def _articles(facts: ElectionFacts) -> tuple[str, ...]:
    heads = facts.head_words
    found = [
        f"根据《中国共产党章程》和{REGULATION}的有关规定，制定本办法。",
        _who_holds(facts),
        _places(facts),
        "选举设监票人、计票人。监票人从不是候选人的党员中推选，经党员大会表决通过；计票人在监票人监督下工作。"
        "候选人不得担任监票人、计票人。",
        "有选举权的到会人数不少于应到会人数的五分之四，会议有效。选举采用无记名投票方式。"
        "收回的选票等于或者少于投票人数，选举有效；多于投票人数，选举无效，应重新选举。",
        _order(facts),
        _MARKS[facts.ballot_style] + _alone(facts),
        "每张选票所选人数等于或者少于应选人数的为有效票，多于应选人数的为无效票。"
        "选票全部模糊不清、无法辨认的为无效票；部分无法辨认的，该部分无效。",
        _majority(),
        "不能填写选票的，可由本人委托非候选人按其意愿代写；因故未到会的，不得委托他人代为投票。",
    ]
    if facts.shape == ElectionShape.WITH_COMMITTEE:
        found.append(f"{heads}由{committee_meeting(facts)}以等额选举、无记名投票方式产生。")
    found.append(_approval(facts))
    found.append(f"本办法经党员大会通过后生效，由{_holder(facts)}负责解释。")
    return tuple(found)


def _holder(facts: ElectionFacts) -> str:
    if facts.shape == ElectionShape.BY_ELECTION:
        return f"{branch_word(facts)}委员会"
    return f"上届{committee_word(facts)}" if facts.has_committee else "上届书记"


def _who_holds(facts: ElectionFacts) -> str:
    return f"选举由党员大会进行，大会由{_holder(facts)}主持。"


def _places(facts: ElectionFacts) -> str:
    words, seats, candidates = office_words(facts), number(facts.seats), number(facts.candidate_count)
    if facts.shape == ElectionShape.BY_ELECTION:
        return f"本次{words}{seats}名，候选人{candidates}名，候选人名单已报上级党组织审查同意。"
    if not facts.has_committee:
        return (
            f"本次选举{heads_counted(facts)}，实行等额选举。候选人由全体党员充分酝酿提出，"
            "已报上级党组织审查同意。"
        )
    return (
        f"本次选举委员{seats}名，实行差额选举，提名候选人{candidates}名，差额"
        f"{number(margin(facts.seats, facts.candidate_count))}名，差额不少于应选人数的20%。"
        "候选人由上届委员会根据多数党员的意见提出，已报上级党组织审查同意。"
    )


def _order(facts: ElectionFacts) -> str:
    """Stroke order for a committee, the approved order for secretary and deputies (第二十四条)."""
    strokes, approved = "委员候选人以姓氏笔画为序", f"{facts.head_words}候选人以上级党组织批准的顺序为序"
    if not facts.has_committee:
        return f"{approved}。"
    if facts.shape == ElectionShape.BY_ELECTION:
        only_heads = ElectionKind.COMMITTEE not in facts.by_election_of
        return f"{approved if only_heads else strokes}。"
    return f"{strokes}；{approved}。"


def _alone(facts: ElectionFacts) -> str:
    """What a name written in without a mark against a candidate is worth: places differ, the book's setting."""
    if facts.write_in_without_against_counts:
        return "未对候选人投不赞成票而另写他人姓名的，按另选计票。"
    return "未对候选人投不赞成票而另写他人姓名的，所写部分无效。"


def _majority() -> str:
    return (
        "被选举人得赞成票超过实到会有选举权人数的半数，始得当选，正好半数的不当选。得赞成票超过半数的人数多于应选"
        "名额时，以得票多的当选；票数相等不能确定当选人时，就票数相等的被选举人再次投票，得赞成票多的当选。"
        "当选人数少于应选名额时，对不足的名额另行选举；接近应选名额的，经半数以上选举人同意，也可以减少名额，"
        "不再进行选举。"
    )


def _approval(facts: ElectionFacts) -> str:
    if facts.shape == ElectionShape.BY_ELECTION and ElectionKind.COMMITTEE in facts.by_election_of:
        return "选举结果报上级党组织备案。"
    if not facts.has_committee or facts.shape == ElectionShape.BY_ELECTION:
        return "选举结果报上级党组织批准。"
    return "选出的委员报上级党组织备案，书记、副书记报上级党组织批准。"


def first_meeting_method_values(facts: ElectionFacts) -> Values:
    """How the newly elected committee elects its secretary and deputies."""
    heads = facts.head_words
    passed = facts.first_meeting.held_on if facts.method_passed_on else None
    called = "全体会议" if facts.shape == ElectionShape.BY_ELECTION else "第一次全体会议"
    stage = f"{chinese_date(passed)}{called}通过" if passed else f"草案，{DAY_BLANK}{called}通过"
    return {"subtitle": stage, "body": numbered_articles(_first_articles(facts, heads))}


def _first_articles(facts: ElectionFacts, heads: str) -> tuple[str, ...]:
    return (
        f"根据《中国共产党章程》和{REGULATION}的有关规定，制定本办法。",
        f"{heads}由{committee_meeting(facts)}选举产生。{_chair_of_committee(facts)}",
        f"选举{heads_counted(facts)}，实行等额选举，候选人已报上级党组织审查同意，以上级党组织批准的顺序为序。",
        "选举设监票人、计票人，从不是候选人的委员中推选，经会议表决通过。",
        "到会委员不少于应到会委员的五分之四，会议有效。选举采用无记名投票方式" + _apart(facts),
        _MARKS[facts.ballot_style] + _alone(facts),
        "收回的选票等于或者少于投票人数，选举有效；多于投票人数，选举无效，应重新选举。"
        "每张选票所选人数多于应选人数的无效。",
        "候选人得赞成票超过实到会委员人数的半数，始得当选。",
        f"选出的{heads}报上级党组织批准。",
        "本办法经会议通过后生效。",
    )


def _chair_of_committee(facts: ElectionFacts) -> str:
    """第二十条: only the first meeting after an election has a chair named by the former committee."""
    if facts.shape == ElectionShape.BY_ELECTION:
        return ""
    return "会议由上届委员会推荐的一名新当选的委员主持。"


def _apart(facts: ElectionFacts) -> str:
    return "，书记、副书记分别填写选票。" if len(head_kinds(facts)) > 1 else "。"
