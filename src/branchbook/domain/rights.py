"""Who may vote on a day, who is counted in 应到, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from branchbook.domain.people import Mark, Person, Restriction, Standing
from branchbook.domain.records import DecisionKind, Exclusion
from branchbook.domain.roster import MEMBER_STANDINGS, Roster
from branchbook.domain.rulebook import Rulebook

EXCLUSION_RULES = ("X1", "X2", "X3", "X4", "X5", "X6")
"""Classes that elections may leave out of 应到, with consent and approval: guidance, not an article."""

ADMISSION_LIKE = frozenset({DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION, DecisionKind.DISPOSAL})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a right is missing, or what to look at, with the article (or document) behind it."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """A person's rights on a day. The three rights stand and fall together in the rules as known.

    ``counted`` is whether the person is in the base of 应到会有表决权; ``graded`` whether the yearly
    evaluation gives a grade; ``pays_dues`` whether dues are owed to this branch. ``reasons`` say what is
    missing and why; ``notes`` what leaves the rights untouched but wants a look (待核实, discipline).
    """

    vote: bool
    elect: bool
    be_elected: bool
    counted: bool
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    graded: bool = True
    pays_dues: bool = True


@dataclass(frozen=True, slots=True)
class _Bar:
    """A state that takes the rights: its words, the rules behind it, and what else it takes."""

    text: str
    rule_ids: tuple[str, ...] = ()
    graded: bool = False
    pays_dues: bool = True


_NOT_A_MEMBER = _Bar("不是党员", ("E-04", "Z-01"), pays_dues=False)
_PROBATIONARY = _Bar("预备党员没有表决权、选举权和被选举权", ("E-06", "Z-01"))
_NOT_APPROVED = _Bar("转正尚未批准，仍按预备党员对待", ("E-06", "Z-01"))
_ELSEWHERE = _Bar("组织关系不在本支部，仅持临时证明", pays_dues=False)
_RESTRICTED: Mapping[Restriction, _Bar] = {
    Restriction.DISCIPLINARY_PROBATION: _Bar(
        "留党察看期间（恢复前）没有表决权、选举权和被选举权", ("E-05", "Z-08", "Z-09")
    ),
    Restriction.RIGHTS_SUSPENDED: _Bar("被留置、逮捕，党员权利中止", ("E-07",)),
    Restriction.MEMBERSHIP_SUSPENDED: _Bar("已停止党籍", ("M-08",), pays_dues=False),
}
_NOTED: Mapping[Restriction, tuple[str, str]] = {
    Restriction.WARNING: ("受警告处分，权利不变；能否作为候选人请问上级", ""),
    Restriction.SERIOUS_WARNING: ("受严重警告处分，权利不变；能否作为候选人请问上级", ""),
    Restriction.REMOVED_FROM_POST: ("受撤销党内职务处分，权利不变；能否作为候选人请问上级", ""),
    Restriction.CORRECTION_ORDERED: ("限期改正期间，权利暂按不变处理", "V-12"),
}


def rights_on(roster: Roster, person_id: UUID, day: date, rulebook: Rulebook) -> Rights:
    """Rights of a person on a day from standing, discipline and suspension.

    留党察看 lasts until its lifting (恢复) is recorded: the restriction has no end before that.
    警告, 严重警告 and 撤销党内职务 leave the rights untouched. ``rulebook`` is the one in force on the day
    and gives the articles; before the earliest rule the rights are the same, without an article.
    """
    bars = tuple(_bars(roster, person_id, day))
    free = not bars
    return Rights(
        vote=free,
        elect=free,
        be_elected=free,
        counted=free,
        reasons=tuple(Reason(each.text, _article(rulebook, *each.rule_ids)) for each in bars),
        notes=tuple(_notes(roster, person_id, day, rulebook)),
        graded=all(each.graded for each in bars),
        pays_dues=all(each.pays_dues for each in bars),
    )


def due_on(roster: Roster, organisation_id: UUID, day: date) -> tuple[Person, ...]:
    """The members who are due (应到) at a meeting of all members of an organisation on a day.

    Not due are members whose membership is suspended (停止党籍, 教管条例 第二十四条), and who is accepted as a
    probationary member on the day itself: they come to the meeting that decides on them as what they are
    until it has decided (预备期从支部大会通过之日算起, 党章 第七条). See docs/decisions/0010-who-is-due.md.
    """
    return tuple(
        person for person in roster.members_on(organisation_id, day) if is_due_on(roster, person.id, day)
    )


def is_due_on(roster: Roster, person_id: UUID, day: date) -> bool:
    """Whether a member of an organisation is due at its meetings on a day; see `due_on`."""
    suspended = Restriction.MEMBERSHIP_SUSPENDED in roster.restrictions_on(person_id, day)
    return not suspended and not _accepted_on(roster, person_id, day)


def _accepted_on(roster: Roster, person_id: UUID, day: date) -> bool:
    """Whether the meeting that accepts this person is held on the day: no member before, probationary from it."""
    if roster.standing_on(person_id, day) != Standing.PROBATIONARY:
        return False
    known = roster.person_by_id[person_id].accepted_on
    if known is not None:
        return known == day
    before = roster.standing_on(person_id, day - timedelta(days=1))
    return before is not None and before not in MEMBER_STANDINGS


def _bars(roster: Roster, person_id: UUID, day: date) -> Iterable[_Bar]:
    standing = roster.standing_on(person_id, day)
    if standing == Standing.PROBATIONARY:
        yield _PROBATIONARY
    elif standing == Standing.FULL:
        person = roster.person_by_id[person_id]
        if person.rights_since is not None and day < person.rights_since:
            yield _NOT_APPROVED
    else:
        yield _NOT_A_MEMBER
    for restriction in sorted(roster.restrictions_on(person_id, day)):
        if restriction in _RESTRICTED:
            yield _RESTRICTED[restriction]
    if Mark.TEMPORARY_LETTER in roster.marks_on(person_id, day):
        yield _ELSEWHERE


def _notes(roster: Roster, person_id: UUID, day: date, rulebook: Rulebook) -> Iterable[Reason]:
    for restriction in sorted(roster.restrictions_on(person_id, day)):
        if restriction in _NOTED:
            text, rule_id = _NOTED[restriction]
            yield Reason(text, _article(rulebook, rule_id))


def _article(rulebook: Rulebook, *rule_ids: str) -> str:
    rule = rulebook.first_of(*rule_ids)
    return rule.citation if rule else ""


def exclusion_classes(rulebook: Rulebook) -> Mapping[str, str]:
    """The classes known under the rules in force, code to words; none before the regulation of 2020."""
    rules = (rulebook.find(code) for code in EXCLUSION_RULES)
    return {rule.id: rule.text for rule in rules if rule is not None}


def exclusion_applies(
    exclusion: Exclusion,
    decision: DecisionKind | None,
    rulebook: Rulebook,
    *,
    in_admission_meetings: bool,
    day: date | None = None,
) -> bool:
    """Whether an approved exclusion lowers 应到 at a meeting.

    It must be of a class in the ``rulebook``, have the higher organisation's consent, given by the
    ``day`` of the meeting, and the meeting's approval. In elections it counts; in acceptance, conversion
    and disposal meetings only by the setting (待核实, default off); else never.
    """
    if exclusion.code not in exclusion_classes(rulebook) or not exclusion.approved_by_meeting:
        return False
    if not exclusion.consent_document.strip() or _too_late(exclusion, day):
        return False
    if decision == DecisionKind.ELECTION:
        return True
    return decision in ADMISSION_LIKE and in_admission_meetings


def _too_late(exclusion: Exclusion, day: date | None) -> bool:
    return day is not None and exclusion.consented_on is not None and exclusion.consented_on > day


def exclusions_offered(decisions: Iterable[DecisionKind], *, in_admission_meetings: bool) -> bool:
    """Whether the attendance grid offers the fourth mark: only where an exclusion could apply."""
    kinds = set(decisions)
    return DecisionKind.ELECTION in kinds or (in_admission_meetings and bool(kinds & ADMISSION_LIKE))
