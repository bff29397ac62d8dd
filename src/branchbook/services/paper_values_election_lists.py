"""Lists and registers of an election: not counted (C3), candidates (C4, C11), reply (C5), duties (C10, C17), C19."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.election_facts import (
    OFFICE_WORDS,
    ElectionFacts,
    Nominee,
    NotCounted,
    Officer,
    Reply,
)
from branchbook.services.election_words import cell, election_name

Values = Mapping[str, Value]


def not_counted_values(facts: ElectionFacts) -> Values:
    """Person by person with the reason; exclusions with the higher organisation's and the meeting's consent."""
    people = facts.not_counted
    note = (
        "预备党员、留党察看期间和权利中止的党员没有选举权，不需另行同意；因故确实不能到会的党员，须报上级党组织同意，"
        "并经党员大会通过后，方不计入本次选举的应到会人数。"
    )
    values: dict[str, Value] = {
        "as_of": _day(facts.counted_on),
        "due": f"{facts.due}名" if facts.due is not None else "",
        "notes": (Paragraph(note, ParagraphStyle.NOTE),),
    }
    if people is not None:
        values["rows"] = _not_counted_rows(people)
    return values


def _not_counted_rows(people: tuple[NotCounted, ...]) -> tuple[Mapping[str, str], ...]:
    if not people:
        return ({"name": "无"},)
    return tuple(
        {
            "number": str(place),
            "name": each.name,
            "reason": each.reason,
            "asked": each.asked,
            "higher": each.higher,
            "meeting": each.meeting,
        }
        for place, each in enumerate(people, 1)
    )


def all_candidates(facts: ElectionFacts) -> tuple[Nominee, ...]:
    """Everybody proposed, each once with all offices, committee candidates first in the procedure's order."""
    offices: dict[str, list[ElectionKind]] = {}
    found: dict[str, Nominee] = {}
    for office in ElectionKind:
        for each in facts.candidates_for(office):
            found.setdefault(each.name, each)
            offices.setdefault(each.name, []).append(office)
    return tuple(Nominee(each.name, tuple(offices[each.name]), each.cells) for each in found.values())


def nominated_words(nominee: Nominee) -> str:
    """委员, 委员、书记."""
    return "、".join(OFFICE_WORDS[office] for office in nominee.offices)


def candidate_roster_values(facts: ElectionFacts) -> Values:
    """基本情况表: what the roster knows of each on the day."""
    rows = []
    for place, each in enumerate(all_candidates(facts), 1):
        born, age = each.cells.get("born_on", ""), each.cells.get("age", "")
        degree = each.cells.get("degree", "")
        rows.append(
            {
                **each.cells,
                "number": str(place),
                "name": each.name,
                "born_on": f"{born}（{age}岁）" if born and age else born,
                "education": each.cells.get("education", "") + (f"（{degree}）" if degree else ""),
                "work_post": "、".join(
                    part for part in (each.cells.get("title", ""), each.cells.get("work_post", "")) if part
                ),
                "nominated": nominated_words(each),
                "note": "",
            }
        )
    strokes = "姓氏笔画" if facts.by_strokes else "本次选举确定的顺序"
    note = f"委员候选人按{strokes}为序，书记、副书记候选人按上级批准的顺序为序。"
    return {"rows": tuple(rows), "notes": (Paragraph(note, ParagraphStyle.NOTE),)}


def profile_values(nominee: Nominee) -> Values:
    """One candidate's page; career, achievements and weak points are written by hand (第二十一条)."""
    cells = nominee.cells
    degree = cells.get("degree", "")
    posts = [part for part in (cells.get("title", ""), cells.get("work_post", "")) if part]
    wanted = ("sex", "ethnic_group", "born_on", "native_place", "work_started_on", "accepted_on")
    return {
        **{key: cells.get(key, "") for key in (*wanted, "full_member_since", "party_post")},
        "name": nominee.name,
        "candidate_for": nominated_words(nominee),
        "education": cells.get("education", "") + (f"（{degree}）" if degree else ""),
        "work_post": "、".join(posts),
    }


def reply_values(facts: ElectionFacts, reply: Reply) -> Values:
    """批复登记: the order of secretary and deputy candidates is the one that their ballots keep (第二十四条)."""
    heads = [f"{OFFICE_WORDS[kind]}{cell(number)}名" for kind, number in _head_seats(facts) if number]
    return {
        "request": f"{election_name(facts)}：{reply.subject}",
        "document": reply.document,
        "replied_on": _day(reply.replied_on),
        "replied_by": reply.replied_by,
        "seats": f"{reply.seats}名" if reply.seats is not None else "",
        "seats_posts": "、".join(heads) if reply.seats is not None else "",
        "candidates": "、".join(reply.candidates),
        "order_secretary": _in_order(reply.secretaries),
        "order_deputy": _in_order(reply.deputies),
        "opinions": reply.opinions,
        "scan": "、".join(facts.scans),
    }


def _head_seats(facts: ElectionFacts) -> tuple[tuple[ElectionKind, int | None], ...]:
    return ((ElectionKind.SECRETARY, 1), (ElectionKind.DEPUTY, facts.deputies))


def _in_order(people: tuple[str, ...]) -> str:
    return "　".join(f"{place}．{each}" for place, each in enumerate(people, 1))


def _day(value: date | None) -> str:
    return chinese_date(value) if value else ""


def scrutineers_values(facts: ElectionFacts) -> Values:
    """Scrutineers go before the meeting's vote; tellers are named by the former committee (第二十二、二十三条)."""
    rows = [_duty("监票人", each) for each in facts.scrutineers]
    rows += [_duty("计票人", each) for each in facts.tellers]
    note = (
        "监票人从不是候选人的党员中推选，经党员大会表决通过；计票人由上届委员会指定，在监票人监督下工作。"
        "候选人及其近亲属不列入名单。"
    )
    blank = [{"duty": "监票人"}, {"duty": "监票人"}, {"duty": "计票人"}, {"duty": "计票人"}]
    return {"rows": tuple(rows or blank), "notes": (Paragraph(note, ParagraphStyle.NOTE),)}


def _duty(duty: str, officer: Officer) -> Mapping[str, str]:
    return {"duty": officer.post or duty, "name": officer.name, "group": officer.group, "note": officer.note}


def division_values(facts: ElectionFacts) -> Values:
    """Who does what; secretary and deputies stand as 当选待批 until the higher organisation has approved them."""
    rows = tuple(
        {
            "number": str(place),
            "name": each.name,
            "post": each.post,
            "duty": each.duty,
            "group": each.group,
            "phone": each.cells.get("phone", ""),
        }
        for place, each in enumerate(facts.board, 1)
    )
    words = {"待批": "书记、副书记待上级党组织批准。", "未获批准": "书记、副书记未获上级党组织批准。"}
    notes = (words[_approval(facts)],) if _approval(facts) and rows else ()
    return {"rows": rows, "notes": tuple(Paragraph(note, ParagraphStyle.NOTE) for note in notes)}


def _approval(facts: ElectionFacts) -> str:
    """What keeps secretary and deputies from holding their posts: no reply yet, or one that refuses (B-38)."""
    if facts.refused_approval:
        return "未获批准"
    return "待批" if facts.pending_approval else ""


def recommendation_summary_values(facts: ElectionFacts) -> Values:
    """汇总表: how many took part and whom they named, by votes."""
    taken = facts.recommendation
    return {
        "time": taken.time,
        "venue": taken.venue,
        "members": cell(taken.members),
        "taking_part": cell(taken.taking_part),
        "issued": cell(taken.issued),
        "returned": cell(taken.returned),
        "valid": cell(taken.valid),
        "invalid": cell(taken.invalid),
        "recommended": taken.rows,
        "note": "",
    }


def register_values(facts: ElectionFacts) -> Values:
    """改选情况登记: the meeting, who left office and who came into it (part 5 of the handbook)."""
    meeting = facts.meeting
    return {
        "elected_on": _day(meeting.held_on),
        "venue": meeting.venue,
        "present": cell(meeting.present_members or meeting.present),
        "voters": cell(meeting.due),
        "absent": meeting.absent,
        "sent": meeting.sent,
        "chair": meeting.chair,
        "scrutineers": "、".join(each.name for each in facts.scrutineers),
        "tellers": "、".join(each.name for each in facts.tellers),
        "former": tuple(
            {"former_name": each.name, "former_post": each.post, "former_change": each.note}
            for each in facts.former
        ),
        "new": tuple(_new_officer(each, facts) for each in facts.board),
    }


def _new_officer(officer: Officer, facts: ElectionFacts) -> Mapping[str, str]:
    heads = ("书记", "副书记")
    kept = _approval(facts) if officer.post in heads else ""
    return {
        "name": officer.name,
        "age": officer.cells.get("age", ""),
        "education": officer.cells.get("education", ""),
        "post": f"{officer.post}（{kept}）" if kept else officer.post,
        "duty": officer.duty,
    }
