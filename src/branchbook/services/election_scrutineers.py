"""Scrutineers and tellers are not candidates: checked when they are entered and when candidates are (E-20, E-21)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.candidacy import named_among, standing
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, cited, day_of, kinds_of
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.election_results import committee_of
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

_NEEDED = 2
"""A scrutineer and a teller: with fewer members who do not stand, a small committee cannot have both."""

_SCRUTINEERS = ("chief_scrutineer", "scrutineers")


def check_scrutineers(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Refuse scrutineers and tellers who are candidates in the ballot that they watch (第二十二、二十三条).

    In the committee's own meeting they are members of it who do not stand. Where too few are left for both
    tasks (a committee of three that elects two heads) a teller who stands is told by ``scrutineer_findings``
    and not refused; a scrutineer who stands is refused as long as one member does not.
    """
    rules = rulebook_of(reading).on(entry.done_on or day_of(procedure, _held_in(entry)))
    for roles, rule_id, word in ((_SCRUTINEERS, "E-20", "监票人"), (("tellers",), "E-21", "计票人")):
        names = _standing(procedure, entry, roles)
        if names and _has_to_be_others(reading, procedure, entry, roles):
            said = cited(rules, rule_id, f"{word}不能是候选人：{'、'.join(names)}")
            raise RefusedProblem(said, word, "请换一名不是候选人的党员")


def scrutineer_findings(reading: Reading, procedure: Procedure, step: str) -> tuple[Finding, ...]:
    """What is to be looked at about those who watch and count in a step; ``step`` holds their names."""
    return tuple(_findings(reading, procedure, procedure.entry(step)))


def _findings(reading: Reading, procedure: Procedure, entry: StepEntry) -> Iterator[Finding]:
    rules = rulebook_of(reading).on(entry.done_on or day_of(procedure, _held_in(entry)))
    for roles, rule_id, word in ((_SCRUTINEERS, "E-20", "监票人"), (("tellers",), "E-21", "计票人")):
        names = "、".join(_standing(procedure, entry, roles))
        if names:
            few = f"不是候选人的委员只有 {len(_free(reading, procedure))} 名，人手不足，可请示上级派员"
            text = f"{word}{names}是候选人；{few if entry.step == COMMITTEE_MEETING else '不能由候选人担任'}"
            yield finding(Level.WARNING, rules, rule_id, text)
    if entry.step != COMMITTEE_MEETING:
        yield from _away(procedure, entry, rules)
        return
    committee = committee_of(reading, procedure)
    outside = [each.name for each in _people(entry, _SCRUTINEERS) if each.person_id not in committee]
    if committee and outside:
        text = f"监票人{'、'.join(outside)}不是委员；选举书记、副书记时监票人从不是候选人的委员中推选"
        yield finding(Level.WARNING, rules, "E-20", text)


def _away(procedure: Procedure, entry: StepEntry, rules: Rulebook) -> Iterator[Finding]:
    """Whoever watches or counts is at the meeting: scrutineers are chosen from the members there (E-20, E-21)."""
    absent = {each.person_id for each in procedure.voters if each.present is False}
    for roles, rule_id, word in ((_SCRUTINEERS, "E-20", "监票人"), (("tellers",), "E-21", "计票人")):
        names = dict.fromkeys(each.name for each in _people(entry, roles) if each.person_id in absent)
        if names:
            yield finding(Level.WARNING, rules, rule_id, f"{word}{'、'.join(names)}没有到会，请核对")


def _standing(procedure: Procedure, entry: StepEntry, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Names of those in some roles who stand in the ballots of the meeting."""
    kinds = kinds_of(shape_of(procedure.shape), _held_in(entry))
    candidates = (each for kind in kinds for each in standing(procedure, kind))
    return named_among(_people(entry, roles), candidates)


def _has_to_be_others(
    reading: Reading, procedure: Procedure, entry: StepEntry, roles: tuple[str, ...]
) -> bool:
    """Whether there are others: always in a general meeting; in a committee by who does not stand."""
    if entry.step != COMMITTEE_MEETING or not committee_of(reading, procedure):
        return True
    left = len(_free(reading, procedure))
    return left > 0 if roles == _SCRUTINEERS else left >= _NEEDED


def _free(reading: Reading, procedure: Procedure) -> tuple[UUID, ...]:
    """Members of the committee who do not stand for secretary or deputy."""
    kinds = kinds_of(shape_of(procedure.shape), COMMITTEE_MEETING)
    candidates = {each.person_id for kind in kinds for each in standing(procedure, kind)}
    return tuple(each for each in committee_of(reading, procedure) if each not in candidates)


def _people(entry: StepEntry, roles: tuple[str, ...]) -> tuple[PersonRef, ...]:
    return tuple(each for role in roles for each in entry.people.get(role, ()))


def _held_in(entry: StepEntry) -> str:
    """The step whose ballots are watched by those whom ``entry`` names."""
    return COMMITTEE_MEETING if entry.step == COMMITTEE_MEETING else GENERAL_MEETING
