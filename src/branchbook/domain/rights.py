"""Who may vote on a day, who is counted in 应到, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.people import Mark, Restriction, Standing
from branchbook.domain.records import DecisionKind, Exclusion
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook

EXCLUSION_CLASSES: Mapping[str, str] = {
    "X1": "患有精神病或其他疾病，不能表达本人意志",
    "X2": "自费出国半年以上",
    "X3": "正在服刑或在留党察看期间",
    "X4": "年老体弱卧床不起、长期生病生活不能自理",
    "X5": "工作调动、外出学习或工作半年以上，应转而未转正式组织关系",
    "X6": "回原籍长期居住的离退休党员，未转组织关系且确实不能参加",
}
"""Classes that elections may leave out of 应到, with consent and approval (rules.md §2.3)."""

ADMISSION_LIKE = frozenset({DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION, DecisionKind.DISPOSAL})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a right is missing, with the article (or document) behind it."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """A person's rights on a day. The three rights stand and fall together in the rules as known.

    ``counted`` is whether the person is in the base of 应到会有表决权.
    """

    vote: bool
    elect: bool
    be_elected: bool
    counted: bool
    reasons: tuple[Reason, ...] = ()


ALL_RIGHTS = Rights(True, True, True, True)
_RESTRICTED: Mapping[Restriction, tuple[str, str]] = {
    Restriction.DISCIPLINARY_PROBATION: ("留党察看期间（恢复前）没有表决权、选举权和被选举权", "E-05"),
    Restriction.RIGHTS_SUSPENDED: ("被留置、逮捕，党员权利中止", "E-07"),
    Restriction.MEMBERSHIP_SUSPENDED: ("已停止党籍", "M-08"),
}


def rights_on(roster: Roster, person_id: UUID, day: date, rulebook: Rulebook) -> Rights:
    """Rights of a person on a day from standing, discipline and suspension.

    留党察看 lasts until its lifting (恢复) is recorded: the restriction has no end before that.
    警告, 严重警告 and 撤销党内职务 leave the rights untouched. ``rulebook`` gives the articles.
    """
    reasons = tuple(_reasons(roster, person_id, day, rulebook))
    return Rights(False, False, False, False, reasons) if reasons else ALL_RIGHTS


def _reasons(roster: Roster, person_id: UUID, day: date, rulebook: Rulebook) -> Iterable[Reason]:
    standing = roster.standing_on(person_id, day)
    if standing == Standing.PROBATIONARY:
        yield Reason("预备党员没有表决权、选举权和被选举权", _article(rulebook, "E-06"))
    elif standing == Standing.FULL:
        person = roster.person_by_id[person_id]
        if person.rights_since is not None and day < person.rights_since:
            yield Reason("转正尚未批准", _article(rulebook, "E-06"))
    else:
        yield Reason("不是党员", _article(rulebook, "E-04"))
    for restriction in sorted(roster.restrictions_on(person_id, day)):
        if restriction in _RESTRICTED:
            text, rule_id = _RESTRICTED[restriction]
            yield Reason(text, _article(rulebook, rule_id))
    if Mark.TEMPORARY_LETTER in roster.marks_on(person_id, day):
        yield Reason("组织关系不在本支部，仅持临时证明信", _article(rulebook, "M-19"))


def _article(rulebook: Rulebook, rule_id: str) -> str:
    rule = rulebook.find(rule_id)
    return rule.citation if rule else ""


def exclusion_applies(
    exclusion: Exclusion, decision: DecisionKind | None, *, in_admission_meetings: bool
) -> bool:
    """Whether an approved exclusion lowers 应到 at a meeting.

    It needs the higher organisation's consent and the meeting's approval. In elections it counts; in
    acceptance, conversion and disposal meetings only by the setting (待核实, default off); else never.
    """
    approved = bool(exclusion.consent_document.strip()) and exclusion.approved_by_meeting
    if not approved or exclusion.code not in EXCLUSION_CLASSES:
        return False
    if decision == DecisionKind.ELECTION:
        return True
    return decision in ADMISSION_LIKE and in_admission_meetings


def exclusions_offered(decisions: Iterable[DecisionKind], *, in_admission_meetings: bool) -> bool:
    """Whether the attendance grid offers the fourth mark: only where an exclusion could apply."""
    kinds = set(decisions)
    return DecisionKind.ELECTION in kinds or (in_admission_meetings and bool(kinds & ADMISSION_LIKE))
