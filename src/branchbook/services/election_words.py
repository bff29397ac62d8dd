"""Words of an election's papers: blanks to fill in by hand, formal names, the several kinds of election."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle
from branchbook.services.election_facts import OFFICE_WORDS, ElectionFacts, ElectionShape
from branchbook.services.paper_words import chinese_number, formal_name

NUMBER_BLANK = "＿＿"
NAME_BLANK = "＿＿＿＿"
DAY_BLANK = "＿＿＿年＿＿月＿＿日"
DATE_TO_WRITE = "　　　　年　　月　　日"
"""A date under a document, to be written by hand."""
REGULATION = "《中国共产党基层组织选举工作条例》"


def number(count: int | None) -> str:
    """A count, or a blank for one that is not recorded."""
    return NUMBER_BLANK if count is None else str(count)


def cell(count: int | None) -> str:
    """A count in a cell, empty where it is not recorded."""
    return "" if count is None else str(count)


def day(value: date | None) -> str:
    """2026年5月20日, or a blank."""
    return chinese_date(value) if value else DAY_BLANK


def name(text: str) -> str:
    """A name or other short text, or a blank."""
    return text.strip() or NAME_BLANK


def names(people: Iterable[str]) -> str:
    """Names one after another, or a blank."""
    return "、".join(people) or NAME_BLANK * 2


def missing_count(due: int | None, present: int | None) -> int | None:
    """Those due who did not come."""
    return None if due is None or present is None else max(due - present, 0)


def margin(seats: int | None, candidates: int | None) -> int | None:
    """差额: how many candidates more than seats."""
    return None if seats is None or candidates is None else candidates - seats


# -------------------------------------------------------------------------------------------- names


def party_name(facts: ElectionFacts) -> str:
    """中共示例机关第一支部: the organisation in its formal style."""
    return formal_name(facts.organisation, facts.kind)


def _body_word(facts: ElectionFacts) -> str:
    return "总支部" if facts.kind == OrganisationKind.GENERAL_BRANCH else "支部"


def committee_name(facts: ElectionFacts) -> str:
    """中共示例机关第一支部委员会; without a committee the organisation itself."""
    return party_name(facts) + ("委员会" if facts.has_committee else "")


def committee_word(facts: ElectionFacts) -> str:
    """支部委员会, 总支部委员会."""
    return _body_word(facts) + "委员会"


def branch_word(facts: ElectionFacts) -> str:
    """党支部, 党总支."""
    return "党总支" if facts.kind == OrganisationKind.GENERAL_BRANCH else "党支部"


def election_name(facts: ElectionFacts) -> str:
    """换届选举, 补选."""
    return "补选" if facts.shape == ElectionShape.BY_ELECTION else "换届选举"


def office_words(facts: ElectionFacts) -> str:
    """What is elected: 委员和书记、副书记; 书记; 补选委员."""
    if facts.shape == ElectionShape.BY_ELECTION:
        return "补选" + "、".join(OFFICE_WORDS[kind] for kind in facts.kinds)
    return f"委员和{facts.head_words}" if facts.has_committee else facts.head_words


def heads_counted(facts: ElectionFacts) -> str:
    """书记1名、副书记1名; no word of deputies where there are none."""
    if facts.shape == ElectionShape.BY_ELECTION:
        return "、".join(f"{OFFICE_WORDS[kind]}1名" for kind in head_kinds(facts))
    return "书记1名" if facts.deputies == 0 else f"书记1名、副书记{number(facts.deputies)}名"


def committee_meeting(facts: ElectionFacts) -> str:
    """Where the committee elects its heads: 新一届支部委员会第一次全体会议; in a by-election 支部委员会全体会议."""
    if facts.shape == ElectionShape.BY_ELECTION:
        return f"{committee_word(facts)}全体会议"
    return f"新一届{committee_word(facts)}第一次全体会议"


def head_kinds(facts: ElectionFacts) -> tuple[ElectionKind, ...]:
    """书记, 副书记, as far as they are elected."""
    return tuple(kind for kind in facts.kinds if kind != ElectionKind.COMMITTEE)


def title_words(facts: ElectionFacts) -> Mapping[str, str]:
    """What replaces the words in braces of the papers' titles."""
    by_election = facts.shape == ElectionShape.BY_ELECTION
    what = office_words(facts) if by_election else f"进行{election_name(facts)}"
    purpose = f"召开党员大会{what}" if facts.general_meeting_elects else what
    return {
        "organisation": facts.organisation or f"{NAME_BLANK}{branch_word(facts)}",
        "committee": committee_name(facts),
        "election": purpose,
        "election_name": election_name(facts),
        "offices": office_words(facts),
        "office": ("补选" if by_election else "") + OFFICE_WORDS[facts.kinds[0]],
        "by_election": "补选" if by_election else "",
        "meeting": f"{election_name(facts)}党员大会",
        "first": "" if by_election else "第一次",
    }


# --------------------------------------------------------------------------------------- paragraphs


def headed(points: Iterable[tuple[str, Iterable[str]]]) -> tuple[Paragraph, ...]:
    """Points numbered 一、二、, each heading on its own line with its sentences under it."""
    found: list[Paragraph] = []
    for place, (heading, lines) in enumerate(points, 1):
        found.append(Paragraph(f"{chinese_number(place)}、{heading}", ParagraphStyle.HEADING))
        found.extend(Paragraph(line) for line in lines)
    return tuple(found)


def numbered_articles(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """第一条 … of a method of election."""
    return tuple(Paragraph(f"第{chinese_number(place)}条　{line}") for place, line in enumerate(lines, 1))
