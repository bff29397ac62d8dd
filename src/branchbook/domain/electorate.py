"""Who is counted in an election: due and present, and where a voter's entry contradicts the rules (E-04 to E-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from branchbook.domain.ballots import Voter
from branchbook.domain.people import Person
from branchbook.domain.rights import EXCLUSION_RULES, Rights, exclusion_classes
from branchbook.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class VoterCounts:
    """How many members there are, how many of them count, and how many came. Everyone is counted once.

    ``members`` = ``without_right`` + ``excluded`` + ``due``; ``present`` are those of the due who came.
    """

    members: int
    without_right: int
    excluded: int
    due: int
    present: int


def counts_of(voters: Iterable[Voter]) -> VoterCounts:
    """应到 and 实到 as 基层组织选举工作条例 第五条 and the guidance X1–X6 have them."""
    everyone = tuple(voters)
    due = [each for each in everyone if each.is_due]
    return VoterCounts(
        members=len(everyone),
        without_right=sum(not each.has_right for each in everyone),
        excluded=sum(each.has_right and each.is_excluded for each in everyone),
        due=len(due),
        present=sum(each.present is True for each in due),
    )


def voter_of(person: Person, rights: Rights) -> Voter:
    """A member's line: the right to elect on the day, and the reasons with their articles."""
    said = rights.notes if rights.elect else rights.reasons
    return Voter(
        person.id,
        person.name,
        has_right=rights.elect,
        reason="；".join(each.text for each in said),
        article="；".join(dict.fromkeys(each.article for each in said if each.article)),
    )


def with_entries(voter: Voter, entered: Voter | None) -> Voter:
    """The voter as the roster has it, with the exclusion and presence that were entered before."""
    if entered is None:
        return voter
    return replace(
        voter,
        exclusion=entered.exclusion,
        consent_document=entered.consent_document,
        consented_on=entered.consented_on,
        approved_by_meeting=entered.approved_by_meeting,
        present=entered.present,
    )


def exclusion_faults(voter: Voter, day: date | None, rules: Rulebook) -> Iterator[str]:
    """What speaks against a voter's exclusion as entered. ``day`` is the meeting's, None while it is not known.

    Before the earliest rules the classes are known without an article.
    """
    if not voter.exclusion:
        if voter.approved_by_meeting:
            yield "没有选择不计入的情形（X1–X6）"
        return
    if voter.exclusion not in (exclusion_classes(rules) or EXCLUSION_RULES):
        yield f"不认识的不计入情形 {voter.exclusion}"
    if day is not None and voter.consented_on is not None and voter.consented_on > day:
        yield f"上级同意的日期 {voter.consented_on} 晚于大会日期 {day}"
    if voter.is_excluded and voter.present:
        yield "到会的人应计入应到会人数"


def differences(then: Iterable[Voter], now: Iterable[Voter]) -> tuple[str, ...]:
    """What the roster says otherwise than a snapshot, a sentence for each person."""
    earlier = {each.person_id: each for each in then}
    later = {each.person_id: each for each in now}
    found = [f"{each.name}已不在名册中" for key, each in earlier.items() if key not in later]
    for key, voter in later.items():
        before = earlier.get(key)
        if before is None:
            found.append(f"{voter.name}是新登记的{'' if voter.has_right else '，没有选举权'}")
        elif before.has_right != voter.has_right:
            found.append(f"{voter.name}现在有选举权" if voter.has_right else f"{voter.name}：{voter.reason}")
        elif before.name != voter.name:
            found.append(f"{before.name}现名{voter.name}")
    return tuple(found)
