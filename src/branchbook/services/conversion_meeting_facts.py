"""Meetings of a conversion for its papers: the review, the general meeting, its votes, and the talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.conversion_vote import vote_result
from branchbook.domain.dates import add_months, chinese_date
from branchbook.domain.people import Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Presence, Record
from branchbook.domain.rulebook import Rulebook
from branchbook.services.conversion_facts import (
    ConversionFacts,
    ConversionMeeting,
    QuestionVote,
    Review,
    Talk,
)
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import named, time_of
from branchbook.services.store import Reading
from branchbook.services.vote_lines import cited, tight


def record_of(reading: Reading, entry: StepEntry) -> Record | None:
    """The meeting that a step names; None where it names none, or one that is gone."""
    return reading.get(Record, entry.record_id) if entry.record_id else None


def review_of(reading: Reading, entry: StepEntry) -> Review:
    """The committee's review, with who came where its meeting is kept."""
    record = record_of(reading, entry)
    due, present = _attendance(record)
    reports = entry.values.get("reports")
    return Review(
        entry.done_on,
        entry.text("conclusion"),
        entry.text("opinion"),
        reports if isinstance(reports, int) else None,
        due,
        present,
    )


def _attendance(record: Record | None) -> tuple[int | None, int | None]:
    """Everyone due and present at a meeting; as frozen, else as its list has them."""
    if record is None or (record.frozen is None and not record.attendance):
        return None, None
    if record.frozen is not None:
        return record.frozen.due, record.frozen.present
    due = [each for each in record.attendance if each.presence != Presence.EXCLUDED]
    return len(due), sum(1 for each in due if each.presence == Presence.PRESENT)


def meeting_of(binding: Binding, procedure: Procedure) -> ConversionMeeting:
    """The general meeting as its step and its record tell it; before it was held, nothing."""
    entry = procedure.entry("meeting")
    record = record_of(binding.reading, entry)
    last = procedure.questions[-1] if procedure.questions else None
    frozen = record.frozen if record else None
    held_on = entry.done_on or (last.held_on if last else None)
    people = record.people if record else {}
    full, probationary = _members(binding, procedure, held_on) if held_on else (None, None)
    chair = entry.people.get("chair", ()) or people.get("chair", ())
    return ConversionMeeting(
        held_on,
        time_of(record) if record else chinese_date(held_on) if held_on else "",
        record.venue if record else "",
        named(chair),
        named(people.get("minute_taker", ())),
        full,
        probationary,
        last.due if last else frozen.due_votes if frozen else None,
        last.present if last else frozen.present_votes if frozen else None,
        tuple(each.name for each in entry.people.get("scrutineers", ())),
        tuple(each.name for each in entry.people.get("tellers", ())),
        entry.text("assessment"),
        entry.text("reason"),
        record,
    )


def _members(binding: Binding, procedure: Procedure, day: date) -> tuple[int, int]:
    """Full and probationary members on the day of the meeting."""
    roster = binding.roster
    standings = [
        roster.standing_on(each.id, day) for each in roster.members_on(procedure.organisation_id, day)
    ]
    return standings.count(Standing.FULL), standings.count(Standing.PROBATIONARY)


def votes_of(procedure: Procedure, facts: ConversionFacts, rulebook: Rulebook) -> tuple[QuestionVote, ...]:
    """Every vote in the order in which it was held; one that is not confirmed has no numbers yet."""
    return tuple(_vote(each, facts, rulebook) for each in procedure.questions)


def _vote(held: QuestionRound, facts: ConversionFacts, rulebook: Rulebook) -> QuestionVote:
    from_on = facts.first_end if held.question == Question.EXTEND else None
    to_on = add_months(from_on, held.months) if from_on and held.months else None
    vote = QuestionVote(
        held.question,
        held.held_on,
        held.due,
        held.present,
        by_hands=held.by_hands,
        months=held.months or None,
        from_on=from_on,
        to_on=to_on,
    )
    return vote if held.confirmed_on is None else _counted(vote, held, rulebook)


def _counted(vote: QuestionVote, held: QuestionRound, rulebook: Rulebook) -> QuestionVote:
    """With its numbers, and the arithmetic under the version of the rules by which it was held."""
    result = vote_result(held, rulebook)
    counted = result.for_total != held.votes_for or not held.written.votes_for
    written = held.written
    return replace(
        vote,
        quorum_needed=result.quorum.needed or None,
        quorum_met=result.quorum.met,
        issued=held.issued,
        returned=held.returned,
        invalid=held.invalid,
        votes_for=held.votes_for,
        votes_against=held.votes_against,
        abstentions=held.abstentions,
        written=written,
        for_total=result.for_total,
        against_total=held.votes_against + (written.votes_against if counted else 0),
        abstain_total=held.abstentions + (written.abstentions if counted else 0),
        needed=result.needed or None,
        passed=result.passed,
        valid=result.valid,
        sentences=tuple(_sentences(held, rulebook)),
    )


def _sentences(held: QuestionRound, rulebook: Rulebook) -> Iterator[str]:
    for each in vote_result(held, rulebook).findings:
        yield f"{tight(each.text)}。{cited(each.article)}"


def talk_of(reading: Reading, entry: StepEntry) -> Talk:
    """The talk, with time and place where its record is kept."""
    record = record_of(reading, entry)
    day = entry.done_on
    return Talk(
        day,
        time_of(record) if record else chinese_date(day) if day else "",
        record.venue if record else "",
        named(entry.people.get("speaker", ())),
        entry.day("announced_on"),
        entry.text("content"),
    )
