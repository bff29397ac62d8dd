"""When a term ends, when to remind of it, and between which days the next election may lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.election_steps import APPROVED
from branchbook.catalogue.procedures.elections import TERM_EXTENSION
from branchbook.domain.dates import add_months, chinese_date
from branchbook.domain.deadlines import term_ends_on
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rule, Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

REMINDER_MONTHS, LIMIT_MONTHS = 6, 12
"""Where no rule of the day says how many: months of the reminder (B-40), most months early or late (B-41)."""

THREE_YEARS, FIVE_YEARS = 3, 5
_FIVE_YEAR_WORDS = ("村", "社区")


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that the higher organisation approved: until when, by which document, replied on which day."""

    procedure_id: UUID
    until: date
    document: str
    replied_on: date


@dataclass(frozen=True, slots=True)
class TermDates:
    """The dates of one term.

    ``ends_on`` is the regular end, ``remind_on`` the day of the reminder. The next election may lie between
    ``earliest_on`` and ``limit_on``, a year to either side, with approval only (E-02, B-41).
    """

    term: Term
    ends_on: date
    remind_on: date
    earliest_on: date
    limit_on: date
    extension: Extension | None = None

    @property
    def latest_on(self) -> date:
        """The last day for the next election as things stand: the end, or the day approved beyond it."""
        return self.extension.until if self.extension else self.ends_on

    @property
    def extended_words(self) -> str:
        """已批准延期至2027年9月30日（示机党〔2027〕9号）; empty without an extension."""
        if self.extension is None:
            return ""
        document = f"（{self.extension.document}）" if self.extension.document else ""
        return f"已批准延期至{chinese_date(self.extension.until)}{document}"


def term_dates(reading: Reading, organisation_id: UUID, day: date) -> TermDates | None:
    """The dates of the term that runs on ``day``, by the rules of that day; None where no term is recorded."""
    roster = reading.roster()
    term = roster.term_on(organisation_id, day)
    if term is None:
        return None
    return dates_of_term(term, reading.all(Procedure), rulebook_of(reading).on(day), day)


def dates_of_term(term: Term, procedures: tuple[Procedure, ...], rulebook: Rulebook, day: date) -> TermDates:
    """The dates of a term, for those who have the rules of the day and the procedures at hand.

    An extension counts from the day of its reply; before it the regular end holds.
    """
    ends_on = term_ends_on(term.elected_on, term.years)
    limit = _months(rulebook.find("B-41"), LIMIT_MONTHS)
    return TermDates(
        term,
        ends_on,
        add_months(ends_on, -_months(rulebook.find("B-40"), REMINDER_MONTHS)),
        add_months(ends_on, -limit),
        add_months(ends_on, limit),
        _extension(term, ends_on, procedures, day),
    )


def anchors_of(procedure: Procedure, dates: TermDates | None) -> Mapping[str, date]:
    """Dates on which the due dates of an election's steps rest: the end of the term, and the day planned."""
    planned_on = procedure.entry("decision").day("planned_on")
    known = {"term_end": dates.ends_on if dates else None, "planned_on": planned_on}
    return {key: day for key, day in known.items() if day is not None}


def years_of_term(roster: Roster, organisation: Organisation, day: date) -> int:
    """How long the next term of an organisation runs: as its last one, else five years in villages and
    communities and three elsewhere (支部工作条例, B-36; 任期意见 一)."""
    own = [each for each in roster.terms if each.organisation_id == organisation.id]
    before = [each for each in own if each.elected_on < day]
    if before:
        return max(before, key=lambda each: each.elected_on).years
    return FIVE_YEARS if any(word in organisation.category for word in _FIVE_YEAR_WORDS) else THREE_YEARS


def election_day_findings(
    dates: TermDates, elected_on: date, rulebook: Rulebook, *, early_approved: bool
) -> tuple[Finding, ...]:
    """What the end of the term says about the day of an election (选举条例 第三条; 支部工作条例, B-41).

    Before the end without the approval of an early election, or after it without that of an extension, is a
    warning; more than a year early or late is an error.
    """
    end, day = chinese_date(dates.ends_on), chinese_date(elected_on)
    if elected_on < dates.earliest_on or elected_on > dates.limit_on:
        early = elected_on < dates.earliest_on
        text = f"选举日期{day}比任期届满（{end}）{'提前' if early else '推迟'}超过 1 年，一般不超过 1 年"
        return (finding(Level.ERROR, rulebook, "B-41", text),)
    if elected_on < dates.ends_on:
        if early_approved:
            return (finding(Level.INFO, rulebook, "E-02", f"任期{end}届满，上级已同意提前换届"),)
        text = f"选举日期{day}早于任期届满（{end}），提前换届须经上级批准；批准后请在“上级批复”中注明"
        return (finding(Level.WARNING, rulebook, "E-02", text),)
    if elected_on > dates.latest_on:
        known = dates.extended_words or "没有登记上级同意延期的批复"
        text = f"选举日期{day}晚于任期届满（{end}），延期换届须经上级批准；{known}"
        return (finding(Level.WARNING, rulebook, "E-02", text),)
    if elected_on > dates.ends_on:
        return (finding(Level.INFO, rulebook, "E-02", f"任期{end}届满，{dates.extended_words}"),)
    return ()


def extension_findings(dates: TermDates, rulebook: Rulebook) -> tuple[Finding, ...]:
    """An extension that goes further than a year is an error (任期意见 二; B-41)."""
    if dates.extension is None or dates.extension.until <= dates.limit_on:
        return ()
    text = f"{dates.extended_words}，超过届满后 1 年（{chinese_date(dates.limit_on)}），一般不超过 1 年，请核对批复"
    return (finding(Level.ERROR, rulebook, "B-41", text),)


def _extension(term: Term, ends_on: date, procedures: tuple[Procedure, ...], day: date) -> Extension | None:
    found = [_approved(each, day) for each in procedures if _is_of(each, term)]
    later = [each for each in found if each is not None and each.until > ends_on]
    return max(later, key=lambda each: (each.replied_on, each.until)) if later else None


def _is_of(procedure: Procedure, term: Term) -> bool:
    return (
        procedure.shape == TERM_EXTENSION.key
        and procedure.organisation_id == term.organisation_id
        and procedure.state != ProcedureState.ABANDONED
        and term.runs_on(procedure.begun_on)
    )


def _approved(procedure: Procedure, day: date) -> Extension | None:
    reply = procedure.entry("reply")
    if reply.done_on is None or reply.done_on > day or reply.text("outcome") != APPROVED:
        return None
    until = reply.day("until") or procedure.entry("request").day("until")
    return Extension(procedure.id, until, reply.text("document"), reply.done_on) if until else None


def _months(rule: Rule | None, otherwise: int) -> int:
    return rule.number("months") if rule else otherwise
