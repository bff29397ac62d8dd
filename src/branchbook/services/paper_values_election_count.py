"""计票: the tally sheet (C14) and the report of a result (C15, C16), with the arithmetic and its articles."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.election_facts import BallotCount, ElectionFacts, ResultLine
from branchbook.services.election_words import NAME_BLANK, cell, names, number

Values = Mapping[str, Value]
SPARE_LINES = 2
"""Empty lines for write-ins that the tellers may still meet."""


def tally_sheet_values(facts: ElectionFacts, count: BallotCount) -> Values:
    """The sheet on which the tellers draw 正; totals stand in it once they are counted."""
    counted = count.valid is not None and bool(count.results)
    held = count.held_on
    return {
        "returned": f"{count.returned}张" if counted else "",
        "valid": f"{count.valid}张" if counted else "",
        "invalid": f"{count.invalid}张" if counted and count.invalid is not None else "",
        "counted_on": chinese_date(held) if held else "",
        "candidates": _tally_rows(facts, count),
        "write_ins": _tally_write_ins(count),
        "notes": _notes(count),
    }


def _tally_rows(facts: ElectionFacts, count: BallotCount) -> tuple[Mapping[str, str], ...]:
    found = {line.name: line for line in count.results}
    people = [each.name for each in (count.candidates or facts.candidates_for(count.office))]
    people = people or list(found)
    rows = []
    for person in people:
        line = found.get(person, ResultLine(person))
        rows.append(
            {
                "name": person,
                "for_count": cell(line.votes_for),
                "against_count": cell(line.against),
                "abstain_count": cell(line.abstain),
            }
        )
    return tuple(rows)


def _tally_write_ins(count: BallotCount) -> tuple[Mapping[str, str], ...]:
    rows: list[Mapping[str, str]] = [
        {"other": line.name, "other_count": cell(line.votes_for)} for line in count.write_ins
    ]
    spare = SPARE_LINES if rows else min(max(count.seats or 3, 2), 4)
    return (*rows, *({"other": ""},) * spare)


def _notes(count: BallotCount) -> tuple[Paragraph, ...]:
    """How to count, which base decides, and where the two bases differ for someone."""
    lines = [
        "每名候选人的赞成、不赞成、弃权（和部分无效）票数之和应等于有效票数；每张选票所选人数多于应选人数的无效。",
        *count.warnings,
    ]
    return tuple(Paragraph(line, ParagraphStyle.NOTE) for line in lines)


def result_values(count: BallotCount) -> Values:
    """Numbers, votes of each, who is elected, and why: by the votes for, the most first."""
    return {
        "opening": (Paragraph(_opening(count)),),
        "candidates": _result_rows(count),
        "write_ins": _write_in_rows(count),
        "closing": _closing(count),
    }


def _opening(count: BallotCount) -> str:
    again = {
        Ballot.MAIN: "本次选举",
        Ballot.FURTHER: "本次另行选举",
        Ballot.TIE: "本次再次投票",
    }
    who = "委员" if count.in_first_meeting else "党员"
    return (
        f"{again[count.ballot]}应到会有选举权的{who}{number(count.due)}名，实到会{number(count.present)}名；"
        f"发出选票{number(count.issued)}张，收回选票{number(count.returned)}张，其中有效票{number(count.valid)}张，"
        f"无效票{number(count.invalid)}张。应选{count.office_words}{number(count.seats)}名。"
        "被选举人得票情况如下（以得赞成票多少为序）："
    )


def _result_rows(count: BallotCount) -> tuple[Mapping[str, str], ...]:
    """In order of votes; before they are counted the names stay away, so that the order is not taken for one."""
    if not count.results:
        return ()
    lines = sorted(count.results, key=lambda line: -(line.votes_for or 0))
    return tuple(
        {
            "number": str(place),
            "name": line.name,
            "for": cell(line.votes_for),
            "against": cell(line.against),
            "abstain": cell(line.abstain),
            "illegible": cell(line.illegible),
            "outcome": line.outcome,
        }
        for place, line in enumerate(lines, 1)
    )


def _write_in_rows(count: BallotCount) -> tuple[Mapping[str, str], ...]:
    if count.results and not count.write_ins:
        return ({"other": "无"},)
    return tuple(
        {"other": line.name, "other_for": cell(line.votes_for), "other_outcome": line.outcome}
        for line in sorted(count.write_ins, key=lambda line: -(line.votes_for or 0))
    )


def _closing(count: BallotCount) -> tuple[Paragraph, ...]:
    """Who is elected, then the arithmetic with its articles in smaller type."""
    found = [Paragraph(line) for line in _outcome(count)]
    found += [Paragraph(line, ParagraphStyle.NOTE) for line in (*count.sentences, *count.warnings)]
    return tuple(found)


def _outcome(count: BallotCount) -> tuple[str, ...]:
    by_strokes = "（按姓氏笔画为序）" if count.office == ElectionKind.COMMITTEE else ""
    if not count.results:
        return (f"根据选举办法，下列同志当选为{count.office_words}{by_strokes}：{NAME_BLANK * 3}。",)
    if count.stands is False:
        return ("本次选举无效，应重新选举。",)
    if not count.elected:
        lines = [f"本次投票没有人当选{count.office_words}。"]
    else:
        lines = [f"根据选举办法，下列同志当选为{count.office_words}{by_strokes}：{names(count.elected)}。"]
    if count.tied:
        lines.append(f"{names(count.tied)}得票相等，就票数相等的被选举人再次投票。")
    elif count.vacant and count.fewer_seats is not None:
        lines.append(
            f"当选人数接近应选名额，经选举人{count.fewer_seats}名同意，减少名额{count.vacant}名，不再进行选举。"
        )
    elif count.vacant:
        lines.append(f"尚缺{count.office_words}{count.vacant}名，按规定对不足的名额另行选举，或者减少名额。")
    return tuple(lines)
