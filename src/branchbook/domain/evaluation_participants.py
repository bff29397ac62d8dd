"""Who takes part in the yearly evaluation and who is graded, on a day, with the reason (rules.md §5, §8.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_count import Cap, CapBase, Evaluated, cap_of
from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.domain.people import Mark, Person, Restriction, Standing
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class GradingChoices:
    """Who is graded where practice differs (待核实), as the book's settings say."""

    under_observation: bool = False
    suspended: bool = False
    abroad: bool = False


@dataclass(frozen=True, slots=True)
class ParticipantChange:
    """Someone whose place in the evaluation the roster sees otherwise than the list. ``text`` says it in Chinese.

    ``before`` None: not in the list yet; ``after`` None: no longer a member.
    """

    person_id: UUID
    name: str
    text: str
    before: Participant | None
    after: Participant | None


@dataclass(frozen=True, slots=True)
class _State:
    """What a state of a member means for the evaluation; ``rule_ids`` give the article, the first that is known."""

    text: str
    rule_ids: tuple[str, ...] = ()
    takes_part: bool = True
    graded: bool = True
    elsewhere: Elsewhere | None = None


def is_evaluated_here(roster: Roster, person: Person, day: date) -> bool:
    """Whether a member belongs in the list at all: not one whose membership is suspended (停止党籍, M-08)."""
    return Restriction.MEMBERSHIP_SUSPENDED not in roster.restrictions_on(person.id, day)


def participant_of(
    roster: Roster, person: Person, day: date, rules: Rulebook, choices: GradingChoices
) -> Participant:
    """A member's place in the evaluation on ``day`` by the rules of that day."""
    states = tuple(_states(roster, person, day, choices))
    group = roster.group_of(person.id, day)
    articles = (rule.citation for each in states if (rule := rules.first_of(*each.rule_ids)) is not None)
    away = [each.elsewhere for each in states if each.elsewhere is not None]
    return Participant(
        person.id,
        person.name,
        Standing.PROBATIONARY if _is_probationary(roster, person, day) else Standing.FULL,
        takes_part=all(each.takes_part for each in states),
        graded=all(each.graded for each in states),
        reason="；".join(each.text for each in states),
        article="；".join(dict.fromkeys(articles)),
        group=group.name_on(day) if group else "",
        elsewhere=away[0] if away else None,
    )


def with_entered(participant: Participant, entered: Participant | None) -> Participant:
    """The line as the roster has it, with what was entered before: by hand, who came, what was exchanged."""
    if entered is None:
        return participant
    kept = replace(
        participant,
        present=entered.present,
        other_branch=entered.other_branch,
        exchanged_on=entered.exchanged_on,
    )
    if not entered.manual:
        return kept
    return replace(
        kept,
        takes_part=entered.takes_part,
        graded=entered.graded and participant.standing == Standing.FULL,
        reason=entered.reason,
        article=entered.article,
        group=entered.group,
        elsewhere=entered.elsewhere,
        manual=True,
    )


def is_on_ballot(participant: Participant) -> bool:
    """Whether the ballot names this member: graded, and not evaluated elsewhere."""
    return participant.graded and participant.elsewhere != Elsewhere.RECEIVED


def casts_ballot(participant: Participant) -> bool:
    """Whether this member is due at the ballot: probationary members cast one too (V-06)."""
    return participant.takes_part and participant.elsewhere != Elsewhere.RECEIVED


def base_of(rules: Rulebook) -> CapBase:
    """Of whom a third may be 优秀, as the setting or a correction says (V-05, 待核实)."""
    rule = rules.find("V-05")
    chosen = rule.values.get("base") if rule else None
    return CapBase.PARTICIPANTS if chosen == CapBase.PARTICIPANTS else CapBase.FULL_MEMBERS


def cap_for(participants: Sequence[Participant], rules: Rulebook, base: CapBase) -> Cap:
    """The cap on 优秀: of the full members whose membership is here, or of all who take part here (V-04, V-05)."""
    counted = (each for each in participants if _counts(each, base))
    return cap_of([Evaluated(each.name, each.standing) for each in counted], rules, base)


def participant_differences(
    then: Iterable[Participant], now: Iterable[Participant]
) -> tuple[ParticipantChange, ...]:
    """What the roster says otherwise than the list, a line for each person."""
    earlier = {each.person_id: each for each in then}
    later = {each.person_id: each for each in now}
    found = [
        ParticipantChange(key, each.name, f"{each.name}已不在本支部", each, None)
        for key, each in earlier.items()
        if key not in later
    ]
    for key, after in later.items():
        before = earlier.get(key)
        text = _difference(before, after)
        if text:
            found.append(ParticipantChange(key, after.name, text, before, after))
    return tuple(found)


def _difference(before: Participant | None, after: Participant) -> str:
    why = f"（{after.reason}）" if after.reason else ""
    if before is None:
        return f"{after.name}是评议期间加入的，{place_words(after)}{why}"
    if before.name != after.name:
        return f"{before.name}现名{after.name}"
    if before.standing != after.standing and after.standing == Standing.FULL:
        return f"{after.name}已是正式党员，{place_words(after)}{why}"
    if (before.takes_part, before.graded, before.standing) != (
        after.takes_part,
        after.graded,
        after.standing,
    ):
        return f"{after.name}现在{place_words(after)}{why}"
    return ""


def place_words(participant: Participant) -> str:
    """参加评议、评定等次: a member's place in two phrases."""
    part = "参加评议" if participant.takes_part else "不参加本支部评议"
    return f"{part}，{'评定等次' if participant.graded else '不评定等次'}"


def _counts(participant: Participant, base: CapBase) -> bool:
    if base == CapBase.PARTICIPANTS:
        return casts_ballot(participant)
    return participant.standing == Standing.FULL and participant.elsewhere != Elsewhere.SENT


def _is_probationary(roster: Roster, person: Person, day: date) -> bool:
    """Full membership counts once the conversion is approved; until then the member is treated as probationary."""
    if roster.standing_on(person.id, day) != Standing.FULL:
        return True
    return person.rights_since is not None and day < person.rights_since


def _states(roster: Roster, person: Person, day: date, choices: GradingChoices) -> Iterator[_State]:
    if roster.standing_on(person.id, day) != Standing.FULL:
        yield _State("预备党员参加评议，不评定等次", ("V-06",), graded=False)
    elif _is_probationary(roster, person, day):
        yield _State("转正尚未批准，仍按预备党员对待，不评定等次", ("V-06",), graded=False)
    yield from _restricted(roster, person, day, choices)
    yield from _away(roster, person, day, choices)


def _restricted(roster: Roster, person: Person, day: date, choices: GradingChoices) -> Iterator[_State]:
    held = roster.restrictions_on(person.id, day)
    if Restriction.DISCIPLINARY_PROBATION in held:
        graded = choices.under_observation
        words = f"留党察看期间，按设置{'评定' if graded else '不评定'}等次（待核实）"
        yield _State(words, ("Z-08",), graded=graded)
    if Restriction.RIGHTS_SUSPENDED in held:
        graded = choices.suspended
        words = f"被留置、逮捕，权利中止，不参加评议，按设置{'评定' if graded else '不评定'}等次（待核实）"
        yield _State(words, ("E-07",), takes_part=False, graded=graded)
    if Restriction.CORRECTION_ORDERED in held:
        yield _State("限期改正期间，评定时请考虑改正情况", ("V-11",))


def _away(roster: Roster, person: Person, day: date, choices: GradingChoices) -> Iterator[_State]:
    marks = roster.marks_on(person.id, day)
    floating = Mark.FLOATING in marks
    if Mark.TEMPORARY_LETTER in marks:
        if floating:
            words = "组织关系在别的支部的流动党员，在本支部参加评议，结果告知原支部"
            yield _State(words, ("V-17", "B-45"), elsewhere=Elsewhere.SENT)
        else:
            words = "组织关系不在本支部，仅持临时证明，由原支部评定等次"
            yield _State(words, ("V-17", "B-45"), graded=False, elsewhere=Elsewhere.SENT)
    elif floating:
        words = "流动党员，可在流入地参加评议，结果告知本支部"
        yield _State(words, ("V-17", "M-19"), takes_part=False, elsewhere=Elsewhere.RECEIVED)
    if Mark.ABROAD in marks:
        words = f"出国（境），不能到会，按设置{'评定' if choices.abroad else '不评定'}等次（待核实）"
        yield _State(words, takes_part=False, graded=choices.abroad)
