"""The look before 定稿: advice on what a copied record left behind. It never blocks saving or 定稿."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds import COMMISSION
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.leftovers import Leftover, Surroundings, leftovers
from branchbook.domain.life_meetings import without_criticism
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Post
from branchbook.domain.records import Presence, Record
from branchbook.domain.roster import Roster
from branchbook.services.counting import Standing, standing_of
from branchbook.services.meetings import missing_fields
from branchbook.services.record_defaults import people_due
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading
from branchbook.services.subjects import subject_label
from branchbook.services.words import word_of


def look_over(reading: Reading, record: Record) -> tuple[Leftover, ...]:
    """Everything in a record that looks left over, in the order in which it stands; empty where all is well."""
    related, others = _names(reading.roster(), record.organisation_id)
    standing = standing_of(reading, record)
    around = Surroundings(
        own_names=related,
        other_names=others,
        missing=missing_fields(record),
        labels=_labels(record),
        count=standing.count.frozen if record.attendance else None,
    )
    return (
        *leftovers(record, around),
        *_impossible_votes(record, standing),
        *_without_commission(reading, record),
        *_doubtful_speakers(reading.roster(), record),
        *_unlike_roster(reading.roster(), record),
        *_without_criticism(record),
    )


def _impossible_votes(record: Record, standing: Standing) -> Iterable[Leftover]:
    """Votes whose numbers cannot be, such as more ballots than there were voters."""
    for number, item in enumerate(record.agenda, start=1):
        decision = standing.decisions.get(str(item.id))
        for fault in decision.faults if decision else ():
            yield Leftover(f"议题{number}的表决", "", fault)


def _without_commission(reading: Reading, record: Record) -> Iterable[Leftover]:
    """Where someone else than the secretary chairs, the commission is recorded (支部工作条例 第十四条)."""
    if record.held_on is None or not commission_wanted(reading.roster(), record, record.held_on):
        return
    if not str(record.fields.get(COMMISSION.key, "")).strip():
        rule = rulebook_of(reading).on(record.held_on).find("B-20")
        cited = f"（{rule.citation}）" if rule else ""
        yield Leftover(COMMISSION.label, "", f"主持人不是书记，请写明受谁委托{cited}")


def commission_wanted(roster: Roster, record: Record, day: date) -> bool:
    """Whether the record's kinds have a field for the commission, and its chair is not the secretary."""
    asked = any(spec.key == COMMISSION.key for key in record.kinds for spec in kind_of(key).fields)
    secretary = roster.holder_of(record.organisation_id, Post.SECRETARY, day)
    chairs = record.people.get("chair", ())
    return bool(asked and secretary and chairs and all(each.person_id != secretary.id for each in chairs))


def _doubtful_speakers(roster: Roster, record: Record) -> Iterable[Leftover]:
    """Speakers who were not present, and initials that no name was found for among those who were."""
    away = {line.person_id: line for line in record.attendance if line.presence != Presence.PRESENT}
    guests = {each.name for each in record.observers}
    for number, item in enumerate(record.agenda, start=1):
        for speech in item.speeches:
            where = f"议题{number}的发言"
            if speech.person_id in away:
                word = word_of(away[speech.person_id].presence)
                yield Leftover(where, speech.name, f"这次会议{word}，却记有发言")
            elif speech.person_id is None and speech.name not in guests and _are_initials(speech.name):
                meant = _named_by_initials(roster, speech.name, away)
                hint = f"；{meant}没有到会" if meant else ""
                yield Leftover(where, speech.name, f"像是拼音首字母，到会的人中没有对上{hint}")


def _are_initials(name: str) -> bool:
    return name.isascii() and name.isalpha()


def _named_by_initials(roster: Roster, typed: str, away: Iterable[UUID]) -> str:
    people = [roster.person_by_id[each] for each in away if each in roster.person_by_id]
    return "、".join(each.name for each in people if typed.lower() in each.initials.lower().split())


def _without_criticism(record: Record) -> Iterable[Leftover]:
    """At a life meeting each person hears at least one criticism; that is advice, and no rule counts it."""
    if any(kind_of(key).examines for key in record.kinds):
        names = without_criticism(record)
        if names:
            yield Leftover("逐人发言", "、".join(names), "还没有记他人的批评意见（一般每人至少 1 条）")


def _unlike_roster(roster: Roster, record: Record) -> Iterable[Leftover]:
    """Who is due by the roster of the day and has no mark, and who has one and is not due.

    The grid is filled when the record is begun, opened or its day is changed; the roster may have changed since.
    """
    if record.held_on is None or record.is_final:
        return
    due = {
        each.id: each.name
        for each in people_due(roster, record.kinds, record.organisation_id, record.held_on)
    }
    marked = {line.person_id: line.name for line in record.attendance}
    missing = [name for key, name in due.items() if key not in marked]
    strange = [name for key, name in marked.items() if key not in due]
    again = "；重新打开这份记录，名单即按名册更新"
    if missing:
        yield Leftover("到会情况", "、".join(missing), f"按名册这一天应到，名单里没有{again}")
    if strange:
        yield Leftover("到会情况", "、".join(strange), f"在名单里，按名册这一天不在应到之列{again}")


def _names(roster: Roster, organisation_id: UUID) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, former ones too, of the organisation with those above and below it; and of all others."""
    related = {organisation_id}
    above: UUID | None = organisation_id
    while above is not None:
        related.add(above)
        organisation = roster.organisation_by_id.get(above)
        above = organisation.parent_id if organisation else None
    below = [each.id for each in roster.organisations if each.parent_id == organisation_id]
    below += [each.id for each in roster.organisations if each.parent_id in set(below)]
    related.update(below)
    own = [each for each in roster.organisations if each.id in related]
    others = [each for each in roster.organisations if each.id not in related]
    return _all_names(own), _all_names(others)


def _all_names(organisations: Iterable[Organisation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(dated.name for each in organisations for dated in each.names))


def _labels(record: Record) -> dict[str, str]:
    kinds = [kind_of(key) for key in record.kinds]
    labels = {spec.key: spec.label for kind in reversed(kinds) for spec in kind.fields}
    return {**labels, "subject": subject_label(record.kinds)}
