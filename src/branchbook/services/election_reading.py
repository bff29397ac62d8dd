"""What a book knows of an election, gathered for its papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from branchbook.catalogue.procedures.election_steps import APPROVED
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.deadlines import term_ends_on
from branchbook.domain.elections import COMMITTEE_MEETING
from branchbook.domain.electorate import counts_of
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Presence, Record
from branchbook.domain.tally import WriteInWithoutAgainst
from branchbook.services.election_counts import ballot_counts
from branchbook.services.election_facts import (
    ElectionFacts,
    ElectionShape,
    MeetingFacts,
    Officer,
    Recommendation,
    Reply,
)
from branchbook.services.election_outcomes import election_outcome
from branchbook.services.election_people import (
    board,
    elected_by_kind,
    former_board,
    nominees,
    not_counted,
    officers,
    recommended,
)
from branchbook.services.election_shapes import full_members, least_for_committee
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import named, time_of
from branchbook.services.stroke_order import in_stroke_order

SHAPES = {
    "term_election": ElectionShape.WITH_COMMITTEE,
    "general_branch_election": ElectionShape.WITH_COMMITTEE,
    "secretary_election": ElectionShape.WITHOUT_COMMITTEE,
    "by_election": ElectionShape.BY_ELECTION,
}


def facts_of(binding: Binding) -> ElectionFacts:
    """The facts of the procedure asked for; without one, or blank, only the organisation's names.

    Raises RefusedProblem for a procedure that is no election.
    """
    procedure = binding.procedure
    if procedure is None or binding.request.blank:
        return blank_facts(binding)
    kept = binding.view.gathered.get(procedure.id)
    if isinstance(kept, ElectionFacts):
        return kept
    if procedure.shape not in SHAPES:
        raise RefusedProblem("这项办理事项不是选举，没有选举的表册", "", "请选择一次选举")
    facts = _with_names(_settled(binding, ElectionFacts(shape=SHAPES[procedure.shape])), binding)
    facts = _with_numbers(facts, procedure)
    facts = _with_people(facts, binding, procedure)
    facts = replace(_with_meetings(facts, binding, procedure), scans=_scans(binding, procedure))
    binding.view.gathered[procedure.id] = facts
    return facts


def blank_facts(binding: Binding) -> ElectionFacts:
    """Nothing but names, in the words of the shape asked for, else of the one that the organisation would have."""
    shape = SHAPES.get(binding.request.kind, ElectionShape.WITH_COMMITTEE)
    facts = _settled(binding, ElectionFacts(shape=shape))
    if binding.request.kind == "general_branch_election":
        facts = replace(facts, kind=OrganisationKind.GENERAL_BRANCH)
    own = binding.organisation
    if own is None or own.kind == OrganisationKind.GROUP:
        return facts
    facts = _with_names(facts, binding)
    if not binding.request.kind and _too_few_for_committee(binding, own):
        return replace(facts, shape=ElectionShape.WITHOUT_COMMITTEE)
    return facts


def _settled(binding: Binding, facts: ElectionFacts) -> ElectionFacts:
    """How ballots of this book are marked and counted, so that all papers say the same."""
    settings = binding.view.settings
    counts = settings.write_in_without_against == WriteInWithoutAgainst.COUNT
    return replace(facts, write_in_without_against_counts=counts, ballot_style=settings.ballot_style)


def _with_names(facts: ElectionFacts, binding: Binding) -> ElectionFacts:
    own, names = binding.subject_organisation, binding.names
    return replace(facts, organisation=names.organisation, higher=names.higher, kind=own.kind)


def _too_few_for_committee(binding: Binding, own: Organisation) -> bool:
    full, least = full_members(binding.roster, own.id, binding.day), least_for_committee(binding.rulebook)
    return own.kind == OrganisationKind.BRANCH and 0 < full < least


def _members(binding: Binding, own: Organisation, day: date) -> tuple[int, int]:
    """Full and probationary members on a day."""
    roster = binding.roster
    standings = [roster.standing_on(each.id, day) for each in roster.members_on(own.id, day)]
    return standings.count(Standing.FULL), standings.count(Standing.PROBATIONARY)


# ---------------------------------------------------------------------------------------- numbers


def _number(key: str, *entries: StepEntry) -> int | None:
    """A number as it was entered last; None where no step has it."""
    found = (each.values.get(key) for each in entries)
    return next((each for each in found if isinstance(each, int) and not isinstance(each, bool)), None)


def _with_numbers(facts: ElectionFacts, procedure: Procedure) -> ElectionFacts:
    """Seats and candidates as the reply has them, else as they were decided; requests and replies."""
    decision, reply, request = (procedure.entry(key) for key in ("decision", "reply", "request"))
    report = procedure.entry("result_report")
    deputies = _number("deputies", decision)
    standing = sum(1 for each in procedure.candidates if each.kind == ElectionKind.DEPUTY)
    if deputies is None and (standing or decision.done_on):
        deputies = standing
    return replace(
        facts,
        seats=_number("seats", reply, decision),
        candidate_count=_number("candidates", reply, decision),
        deputies=deputies,
        planned_on=decision.day("planned_on"),
        decided_on=decision.done_on,
        requested_on=request.done_on,
        vacated_posts=decision.text("vacated_posts"),
        vacancy_reason=decision.text("vacancy_reason"),
        higher=request.text("addressee") or facts.higher,
        contact=report.text("contact") or request.text("contact"),
        phone=report.text("phone") or request.text("phone"),
        replies=_replies(procedure),
        recommendation=_recommendation(procedure.entry("nomination")),
    )


def _scans(binding: Binding, procedure: Procedure) -> tuple[str, ...]:
    """Files kept with the procedure that say in their name or caption that they are a reply."""
    kept = binding.reading.attachments_of((procedure.id,))
    return tuple(each.file_name for each in kept if "批复" in each.file_name + each.caption)


_REPLIES = (
    ("reply", "召开大会进行选举"),
    ("candidate_approval", "候选人预备人选"),
    ("result_reply", "选举结果"),
)


def _replies(procedure: Procedure) -> tuple[Reply, ...]:
    """The replies received so far, in order. The order of heads is the one in which they were approved."""
    found = []
    for step, subject in _REPLIES:
        entry = procedure.entry(step)
        if entry.done_on is None and not entry.text("document"):
            continue
        approved = step == "candidate_approval"
        found.append(
            Reply(
                subject,
                entry.text("document"),
                entry.done_on,
                entry.text("authority"),
                seats=_number("seats", entry),
                candidates=_names(procedure, ElectionKind.COMMITTEE) if approved else (),
                secretaries=_names(procedure, ElectionKind.SECRETARY) if approved else (),
                deputies=_names(procedure, ElectionKind.DEPUTY) if approved else (),
                opinions="。".join(part for part in (entry.text("outcome"), entry.text("note")) if part),
            )
        )
    return tuple(found)


def _names(procedure: Procedure, kind: ElectionKind) -> tuple[str, ...]:
    return tuple(each.name for each in procedure.candidates if each.kind == kind)


def _recommendation(entry: StepEntry) -> Recommendation:
    returned, invalid = _number("returned", entry), _number("invalid", entry)
    return Recommendation(
        time=chinese_date(entry.done_on) if entry.done_on else "",
        members=_number("members", entry),
        taking_part=_number("taking_part", entry),
        issued=_number("issued", entry),
        returned=returned,
        valid=None if returned is None else returned - (invalid or 0),
        invalid=invalid if returned is None else invalid or 0,
    )


# ----------------------------------------------------------------------------------------- people


def _with_people(facts: ElectionFacts, binding: Binding, procedure: Procedure) -> ElectionFacts:
    """Candidates, voters, officers, the ballots, and who serves before and after."""
    settings = binding.view.settings
    counts = ballot_counts(binding.reading, procedure, settings)
    outcome = election_outcome(binding.reading, procedure)
    committee, secretaries, deputies = (nominees(binding, procedure, kind) for kind in ElectionKind)
    serving = board(binding, procedure, outcome)
    method = procedure.entry("method")
    facts = replace(
        facts,
        counts=counts,
        elected={
            kind: tuple(each.name for each in people) for kind, people in elected_by_kind(outcome).items()
        },
        committee_candidates=committee,
        secretary_candidates=secretaries,
        deputy_candidates=deputies,
        candidate_count=len(committee) or facts.candidate_count,
        recommendation=replace(facts.recommendation, rows=recommended(binding, procedure)),
        not_counted=not_counted(binding, procedure),
        excluded=sum(1 for each in procedure.voters if each.exclusion),
        counted_on=procedure.voters_frozen_on or procedure.done_on("voters"),
        due=counts_of(procedure.voters).due if procedure.voters else None,
        scrutineers=_scrutineers(binding, method),
        tellers=officers(binding, method.people.get("tellers", ()), "计票人"),
        board=serving,
        divided=bool(procedure.assignments),
        method_passed_on=method.done_on,
        pending_approval=not procedure.is_done("result_reply"),
        refused_approval=procedure.is_done("result_reply") and _answer(procedure) != APPROVED,
    )
    facts = replace(
        facts,
        by_election_of=_kinds(facts),
        by_strokes=committee == in_stroke_order(committee, lambda each: each.name, settings),
    )
    return _with_term(facts, binding, procedure)


def _scrutineers(binding: Binding, entry: StepEntry) -> tuple[Officer, ...]:
    """The chief first; named once more among the others the chief is still one person."""
    chief = entry.people.get("chief_scrutineer", ())
    others = [each for each in entry.people.get("scrutineers", ()) if each not in chief]
    return (*officers(binding, chief, "总监票人"), *officers(binding, others, "监票人"))


def _answer(procedure: Procedure) -> str:
    """Whether the higher organisation approves secretary and deputies (B-38)."""
    return procedure.entry("result_reply").text("outcome")


def _kinds(facts: ElectionFacts) -> tuple[ElectionKind, ...]:
    """What a by-election fills: what was voted on or nominated for, else a seat in the committee."""
    found = tuple(
        kind
        for kind in ElectionKind
        if facts.candidates_for(kind) or any(each.office == kind for each in facts.counts)
    )
    return found or (ElectionKind.COMMITTEE,)


def _with_term(facts: ElectionFacts, binding: Binding, procedure: Procedure) -> ElectionFacts:
    """The term that ends, the members when it was decided to elect, and who served before."""
    own, held = binding.subject_organisation, procedure.done_on("count")
    before = (held or binding.day) - timedelta(days=1)
    term = binding.roster.term_on(own.id, before)
    decided = procedure.done_on("request") or procedure.done_on("decision") or procedure.begun_on
    full, probationary = _members(binding, own, decided)
    return replace(
        facts,
        elected_before_on=term.elected_on if term else None,
        term_years=term.years if term else None,
        term_ends_on=term_ends_on(term.elected_on, term.years) if term else None,
        full_members=full,
        probationary_members=probationary,
        former=former_board(binding, before, (each.name for each in facts.board)),
    )


# --------------------------------------------------------------------------------------- meetings


def _with_meetings(facts: ElectionFacts, binding: Binding, procedure: Procedure) -> ElectionFacts:
    opening, first = procedure.entry("opening"), procedure.entry(COMMITTEE_MEETING)
    meeting = _meeting(binding, opening)
    absent = [each.name for each in procedure.voters if each.is_due and each.present is False]
    known = any(each.present is not None for each in procedure.voters)
    held = procedure.done_on("count") or opening.done_on
    return replace(
        facts,
        meeting=replace(
            meeting,
            held_on=held,
            time=meeting.time or (chinese_date(held) if held else ""),
            due=facts.due,
            present=counts_of(procedure.voters).present if known else None,
            absent="、".join(absent) or ("无" if known else ""),
            sent=opening.text("higher_representative"),
        ),
        first_meeting=_first_meeting(facts, binding, first),
        reported_on=opening.done_on,
    )


def _meeting(binding: Binding, entry: StepEntry) -> MeetingFacts:
    """The meeting of a step: from the record it is linked to, else as the step has it."""
    record = binding.reading.get(Record, entry.record_id) if entry.record_id else None
    chair = named(entry.people.get("chair", ()))
    if record is None:
        time = chinese_date(entry.done_on) if entry.done_on else ""
        return MeetingFacts(entry.done_on, time, entry.text("venue"), chair)
    attending = sum(1 for line in record.attendance if line.presence == Presence.PRESENT)
    return MeetingFacts(
        record.held_on or entry.done_on,
        time_of(record),
        entry.text("venue") or record.venue,
        chair or named(record.people.get("chair", ())),
        present_members=attending or None,
    )


def _first_meeting(facts: ElectionFacts, binding: Binding, entry: StepEntry) -> MeetingFacts:
    """Those due are the committee members elected; those present as they were counted at its ballots."""
    meeting = _meeting(binding, entry)
    held = next((each for each in facts.counts if each.in_first_meeting), None)
    elected = facts.elected_to(ElectionKind.COMMITTEE)
    return replace(
        meeting,
        due=held.due if held else len(elected) or None,
        present=held.present if held else None,
    )
