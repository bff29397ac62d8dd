"""What the rules say about each step of an election, with the article; it advises, and refuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.catalogue.procedures.election_steps import APPROVED
from branchbook.catalogue.procedures.elections import (
    BY_ELECTION,
    GENERAL_BRANCH,
    TERM_EXTENSION,
    WITH_COMMITTEE,
    WITHOUT_COMMITTEE,
)
from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.candidacy import standing
from branchbook.domain.dates import chinese_date, full_years
from branchbook.domain.election_arithmetic import min_candidates
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, day_of, kinds_of, seats_of
from branchbook.domain.procedures import Procedure, ProcedureShape, StepStanding, out_of_order
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.election_candidates import candidate_findings
from branchbook.services.election_meeting_findings import (
    committee_meeting_findings,
    method_findings,
    opening_findings,
    round_findings,
)
from branchbook.services.election_outcomes import election_outcome
from branchbook.services.election_roster import office_differs
from branchbook.services.election_voters import roster_changes
from branchbook.services.store import Reading
from branchbook.services.term_dates import TermDates, election_day_findings


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step is asked about: the election, the dates of the term that it ends, and the rules of its day."""

    reading: Reading
    procedure: Procedure
    shape: ProcedureShape
    dates: TermDates | None
    rules: Rulebook

    @property
    def ends_term(self) -> bool:
        """Whether the election ends a term: a by-election does not."""
        return self.procedure.shape in (WITH_COMMITTEE.key, WITHOUT_COMMITTEE.key, GENERAL_BRANCH.key)

    def says(self, level: Level, rule_id: str, text: str) -> Finding:
        """A finding by a rule of the day."""
        return finding(level, self.rules, rule_id, text)


def step_findings(asked: Asked, steps: tuple[StepStanding, ...]) -> Mapping[str, tuple[Finding, ...]]:
    """The findings of each step that has some, in the order of the shape."""
    found: dict[str, tuple[Finding, ...]] = {}
    own = _EXTENSION if asked.procedure.shape == TERM_EXTENSION.key else _ELECTION
    for step in steps:
        said = (*own.get(step.spec.key, _nothing)(asked), *_dates(asked, step))
        if said:
            found[step.spec.key] = tuple(dict.fromkeys(said))
    return found


def _nothing(_: Asked) -> Iterator[Finding]:
    yield from ()


def _dates(asked: Asked, step: StepStanding) -> Iterator[Finding]:
    """Done out of order, with the reason that was given; or done after its due date."""
    spec, entry = step.spec, step.entry
    for fault in out_of_order(asked.shape, asked.procedure, entry):
        reason = f"；原因：{entry.reason.strip()}" if entry.reason.strip() else ""
        yield Finding(Level.WARNING, "", "", f"{fault}{reason}")
    if spec.due and step.due_on and entry.done_on and entry.done_on > step.due_on:
        days = (entry.done_on - step.due_on).days
        text = f"应在{chinese_date(step.due_on)}前办理，晚了 {days} 天"
        yield asked.says(Level.INFO, spec.due.rule_id, text)


def _decision(asked: Asked) -> Iterator[Finding]:
    entry = asked.procedure.entry("decision")
    seats, deputies = entry.number("seats"), entry.number("deputies")
    if seats and asked.procedure.shape == WITH_COMMITTEE.key:
        yield from _size(asked, seats)
    rule = asked.rules.find("B-34")
    if rule and deputies > rule.number("deputies"):
        said = f"副书记 {deputies} 名，一般不超过 {rule.number('deputies')} 名"
        with_committee = asked.procedure.shape != WITHOUT_COMMITTEE.key
        yield asked.says(Level.WARNING, "B-34" if with_committee else "B-35", said)
    yield from _margin(asked, seats, entry.number("candidates"))
    planned_on = entry.day("planned_on")
    if planned_on and not asked.procedure.is_done(GENERAL_MEETING):
        yield from _election_day(asked, planned_on)


def _size(asked: Asked, seats: int) -> Iterator[Finding]:
    """B-33: three to five members, as a rule not more than seven."""
    rule = asked.rules.find("B-33")
    if rule is None:
        return
    least, usual, most = (rule.number(key) for key in ("least", "usual", "most"))
    said = f"委员名额 {seats} 名；支部委员会由 {least} 至 {usual} 名委员组成，一般不超过 {most} 名"
    if seats < least or seats > most:
        yield asked.says(Level.WARNING, "B-33", said)
    elif seats > usual:
        yield asked.says(Level.INFO, "B-33", said)


def _margin(asked: Asked, seats: int, candidates: int) -> Iterator[Finding]:
    """E-11: a fifth more candidates than seats, rounded up, where both numbers are entered."""
    if not (seats and candidates) or asked.rules.find("E-11") is None:
        return
    least = min_candidates(seats, asked.rules)
    if candidates < least:
        said = f"应选委员 {seats} 名，候选人至少 {least} 名，现为 {candidates} 名；差额不足"
        yield asked.says(Level.ERROR, "E-11", said)


def _election_day(asked: Asked, day: date) -> Iterator[Finding]:
    if asked.ends_term and asked.dates is not None:
        approved = asked.procedure.is_done("reply") and asked.procedure.entry("reply").flag("early")
        yield from election_day_findings(asked.dates, day, asked.rules, early_approved=approved)


def _reply(asked: Asked) -> Iterator[Finding]:
    decided, replied = asked.procedure.entry("decision"), asked.procedure.entry("reply")
    for key, word in (("seats", "委员名额"), ("candidates", "候选人名额")):
        before, after = decided.number(key), replied.number(key)
        if before and after and before != after:
            text = f"批复的{word} {after} 名，与研究时的 {before} 名不同；以批复为准"
            yield asked.says(Level.WARNING, "E-12", text)
    yield from _margin(asked, replied.number("seats"), replied.number("candidates"))
    yield from _seats_on_ballots(asked)


def _seats_on_ballots(asked: Asked) -> Iterator[Finding]:
    """Ballots are issued for the seats that were approved; a number changed afterwards changes no ballot (E-27)."""
    approved = seats_of(asked.procedure, ElectionKind.COMMITTEE)
    cast = [each for each in asked.procedure.rounds if each.kind == ElectionKind.COMMITTEE]
    main = [each.seats for each in cast if each.ballot == Ballot.MAIN]
    if approved and main and main[-1] != approved:
        text = f"委员名额 {approved} 名，与选票上的应选 {main[-1]} 名不同，请核对"
        yield asked.says(Level.ERROR, "E-27", text)


def _nomination(asked: Asked) -> Iterator[Finding]:
    entry = asked.procedure.entry("nomination")
    for smaller, small_word, larger, large_word in (
        ("taking_part", "参加推荐党员", "members", "党员总数"),
        ("issued", "发出推荐票", "taking_part", "参加推荐党员"),
        ("returned", "收回推荐票", "issued", "发出推荐票"),
        ("invalid", "无效票", "returned", "收回推荐票"),
    ):
        low, high = entry.number(smaller), entry.number(larger)
        if larger in entry.values and low > high:
            yield asked.says(Level.ERROR, "E-12", f"{small_word} {low}，多于{large_word} {high}，请核对")
    returned = entry.number("returned")
    for each in asked.procedure.candidates:
        if "returned" in entry.values and (each.nominated_votes or 0) > returned:
            text = f"{each.name}得推荐票 {each.nominated_votes}，多于收回推荐票 {returned}，请核对"
            yield asked.says(Level.ERROR, "E-12", text)


def _candidates(asked: Asked) -> Iterator[Finding]:
    procedure = asked.procedure
    entry = procedure.entry("candidate_approval")
    requested_on = entry.day("requested_on")
    if requested_on and entry.done_on and requested_on > entry.done_on:
        text = f"上报日期{chinese_date(requested_on)}晚于批复日期{chinese_date(entry.done_on)}"
        yield asked.says(Level.WARNING, "E-12", text)
    if not procedure.is_open or (entry.done_on is None and not procedure.candidates):
        return
    yield from _years_of_membership(asked)
    for kind in ElectionKind:
        wanted = kind in (*kinds_of(asked.shape, GENERAL_MEETING), *kinds_of(asked.shape, COMMITTEE_MEETING))
        stands = any(each.kind == kind for each in procedure.candidates)
        deputies = procedure.entry("decision").number("deputies") if kind == ElectionKind.DEPUTY else 1
        if stands or (wanted and deputies and procedure.shape != BY_ELECTION.key):
            found = candidate_findings(asked.reading, procedure, kind)
            yield from (each for each in found if each.level is not Level.INFO)


def _years_of_membership(asked: Asked) -> Iterator[Finding]:
    """B-43: a secretary has been a member for a year as a rule, counted from full membership."""
    rule, people = asked.rules.find("B-43"), asked.reading.roster().person_by_id
    day = day_of(asked.procedure)
    for each in standing(asked.procedure, ElectionKind.SECRETARY):
        person = people.get(each.person_id)
        since = person.full_member_since if person else None
        if rule and since and full_years(since, day) < rule.number("years"):
            text = f"书记候选人{each.name}{chinese_date(since)}转正，党龄不满 {rule.number('years')} 年"
            yield asked.says(Level.WARNING, "B-43", text)


def _voters(asked: Asked) -> Iterator[Finding]:
    procedure = asked.procedure
    if procedure.is_done("voters") and not procedure.voters:
        yield asked.says(Level.WARNING, "E-04", "还没有按名册逐人核定选举权")
    changes = roster_changes(asked.reading, procedure) if procedure.is_open else ()
    if changes:
        yield asked.says(Level.WARNING, "E-04", f"名册与核定的不同：{'；'.join(changes)}")


def _opening(asked: Asked) -> Iterator[Finding]:
    return opening_findings(asked.reading, asked.procedure)


def _method(asked: Asked) -> Iterator[Finding]:
    return method_findings(asked.reading, asked.procedure)


def _count(asked: Asked) -> Iterator[Finding]:
    held_on = asked.procedure.done_on(GENERAL_MEETING)
    if held_on is not None:
        yield from _election_day(asked, held_on)
    yield from _seats_on_ballots(asked)
    yield from round_findings(asked.reading, asked.procedure, GENERAL_MEETING)


def _first_meeting(asked: Asked) -> Iterator[Finding]:
    return committee_meeting_findings(asked.reading, asked.procedure)


def _division(asked: Asked) -> Iterator[Finding]:
    if not asked.procedure.is_done("division"):
        return
    assigned = {each.person_id for each in asked.procedure.assignments}
    outcome = election_outcome(asked.reading, asked.procedure)
    left = [each.name for each in outcome.committee if each.person_id not in assigned]
    if left:
        yield asked.says(Level.WARNING, "B-34", f"还没有分工：{'、'.join(left)}")


def _result_reply(asked: Asked) -> Iterator[Finding]:
    entry = asked.procedure.entry("result_reply")
    if entry.done_on is not None and entry.text("outcome") != APPROVED:
        text = "书记、副书记未获批准，不任职；请按上级意见办理“未获批准的处理”"
        yield asked.says(Level.WARNING, "B-38", text)


def _take_office(asked: Asked) -> Iterator[Finding]:
    procedure = asked.procedure
    if procedure.is_open and procedure.is_done("take_office"):
        outcome = election_outcome(asked.reading, procedure)
        if office_differs(asked.reading, procedure, outcome):
            yield asked.says(Level.WARNING, "B-38", "名册里的职务与选举结果不一致，请核对后重新更新职务")


def _extension_request(asked: Asked) -> Iterator[Finding]:
    return _extended_to(asked, asked.procedure.entry("request").day("until"), "拟延长到")


def _extension_reply(asked: Asked) -> Iterator[Finding]:
    reply = asked.procedure.entry("reply")
    approved = reply.text("outcome") == APPROVED
    if approved and reply.day("until") is None:
        text = "批准延期而没有填写同意延长到哪天，任期仍按原日期届满"
        return iter((asked.says(Level.ERROR, "B-41", text),))
    return _extended_to(asked, reply.day("until") if approved else None, "同意延长到")


def _extended_to(asked: Asked, until: date | None, word: str) -> Iterator[Finding]:
    if until is None or asked.dates is None:
        return
    end, limit = asked.dates.ends_on, asked.dates.limit_on
    if until > limit:
        text = f"{word}{chinese_date(until)}，超过届满（{chinese_date(end)}）后 1 年，一般不超过 1 年"
        yield asked.says(Level.ERROR, "B-41", text)
    elif until <= end:
        yield asked.says(
            Level.WARNING, "E-02", f"{word}{chinese_date(until)}，不晚于届满（{chinese_date(end)}）"
        )


_Rule = Callable[[Asked], Iterator[Finding]]
_ELECTION: Mapping[str, _Rule] = {
    "decision": _decision,
    "reply": _reply,
    "nomination": _nomination,
    "candidate_approval": _candidates,
    "voters": _voters,
    "opening": _opening,
    "method": _method,
    "count": _count,
    "first_meeting": _first_meeting,
    "division": _division,
    "result_reply": _result_reply,
    "take_office": _take_office,
}
_EXTENSION: Mapping[str, _Rule] = {"request": _extension_request, "reply": _extension_reply}
