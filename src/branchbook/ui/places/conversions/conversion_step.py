"""What a joining or a conversion adds to the step at hand: whose it is, the rules it follows, its votes and guards."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from PySide6.QtCore import QCoreApplication

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.domain.admission_versions import VERSION_VALUE, rules_of
from branchbook.domain.ballots import QuestionRound
from branchbook.domain.conversion_vote import RuleVersion, VoteResult, version_on, vote_result
from branchbook.domain.dates import add_months
from branchbook.domain.deadlines import EXTENSION, POSTPONEMENT
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.probation import Probation
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.conversion_checks import EARLY
from branchbook.services.file_checklist import FileChecklist, file_checklist
from branchbook.services.probations import EXTENDED_SHAPE, decided_question, probation_in
from branchbook.services.rule_choices import RightsFrom
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.step_cases import rule_version
from branchbook.services.store import Reading
from branchbook.ui.places.procedures.step_view import StepView, cited
from branchbook.ui.places.procedures.wording import procedure_title, short_day

MEETING, POSTPONE, ARCHIVE = "meeting", "postponement", "archive"


@dataclass(frozen=True)
class ShownQuestion:
    """A vote with its result."""

    vote: QuestionRound
    result: VoteResult


@dataclass(frozen=True, kw_only=True)
class ConversionStep(StepView):
    """A step of someone's joining or conversion.

    ``version`` is the text of the rules that the step follows, ``day_version`` that of its day: they differ where
    another was chosen. ``guards`` say beforehand what would be refused, each with its article.
    """

    person: Person | None = None
    probation: Probation | None = None
    version: RuleVersion | None = None
    day_version: RuleVersion | None = None
    questions: tuple[ShownQuestion, ...] = ()
    resolved: QuestionRound | None = None
    guards: tuple[Finding, ...] = ()
    all_rules: Rulebook = field(default_factory=lambda: Rulebook(()))
    checklist: FileChecklist | None = None
    rights_from_approval: bool = True

    @property
    def title(self) -> str:
        """The person and what is done about them."""
        kind = procedure_title(self.procedure)
        return f"{self.person.name} · {kind}" if self.person else kind

    @property
    def is_conversion(self) -> bool:
        """Whether it is a conversion and no joining."""
        return self.shape.family == conversion_steps.FAMILY

    @property
    def usual_day(self) -> date:
        """A meeting was held on the day of its vote; everything else is done today."""
        held = [each.vote.held_on for each in self.questions]
        return max(held) if self.spec.key == MEETING and held else super().usual_day

    @property
    def counting(self) -> bool:
        """Whether a vote is being counted: confirming it comes before everything else."""
        return self.spec.key == MEETING and any(each.vote.confirmed_on is None for each in self.questions)

    @property
    def due_words(self) -> str:
        """The meeting is due from the end of the probation on, and never before it (D-06)."""
        if self.spec.key != MEETING or not self.is_conversion or self.standing.due_on is None:
            return super().due_words
        words = QCoreApplication.translate("Conversions", "预备期 {day}满，满后及时讨论")
        if self.procedure.entry(POSTPONE).day("until") == self.standing.due_on:
            words = QCoreApplication.translate("Conversions", "推迟讨论到 {day}")
        return words.format(day=short_day(self.standing.due_on, self.today))

    @property
    def was_extended(self) -> bool:
        """Whether this is the conversion after an extension."""
        return self.procedure.shape == EXTENDED_SHAPE

    def faults(self, entry: StepEntry) -> tuple[str, ...]:
        """Also a version of the rules that is not that of the day: it needs a reason."""
        chosen = entry.text(VERSION_VALUE)
        other = (f"改用 {chosen} 版的规定",) if chosen and chosen != self.day_version else ()
        return (*super().faults(entry), *other)


def with_conversion(reading: Reading, view: StepView) -> ConversionStep:
    """The step with what its joining or conversion adds."""
    procedure, entry, step = view.procedure, view.standing.entry, view.spec.key
    roster, every = reading.roster(), rulebook_of(reading)
    person = roster.person_by_id.get(procedure.subject_id) if procedure.subject_id else None
    day = entry.done_on or view.today
    rules = rules_of(every, day, entry.text(VERSION_VALUE))
    is_conversion = view.shape.family == conversion_steps.FAMILY
    probation = probation_in(reading, person) if person and is_conversion else None
    own = {each.name: getattr(view, each.name) for each in fields(StepView)}
    own |= {"articles": cited(rules, view.spec), "rulebook": rules}
    return ConversionStep(
        **own,
        person=person,
        probation=probation,
        version=rule_version(reading, entry) or version_on(day, every),
        day_version=version_on(day, every),
        questions=tuple(ShownQuestion(each, vote_result(each, every)) for each in procedure.questions),
        resolved=decided_question(procedure, every) if is_conversion else None,
        guards=tuple(_guards(reading, view, person, probation, rules)),
        all_rules=every,
        checklist=file_checklist(reading, person.id, view.today)
        if person and is_conversion and step == ARCHIVE
        else None,
        rights_from_approval=book_settings(reading).rights_from == RightsFrom.APPROVAL,
    )


def end_of(procedure: Procedure, probation: Probation) -> date:
    """The end that a conversion is about: the first one, or after an extension the extended one."""
    return probation.ends_on if procedure.shape == EXTENDED_SHAPE else probation.first_end


def _guards(
    reading: Reading, view: StepView, person: Person | None, probation: Probation | None, rules: Rulebook
) -> list[Finding]:
    if person is None or probation is None:
        return []
    step, ends_on, found = view.spec.key, end_of(view.procedure, probation), []

    def say(level: Level, text: str, *rule_ids: str) -> None:
        rule = rules.first_of(*rule_ids)
        found.append(Finding(level, rule.id if rule else "", rule.citation if rule else "", text))

    if step == MEETING:
        if view.today < ends_on:
            say(Level.WARNING, f"预备期到 {ends_on} 才满，支部大会不得早于这一天", *EARLY)
        else:
            say(Level.INFO, f"预备期 {ends_on} 满，大会日期不得早于这一天", *EARLY)
        rule = rules.first_of(*EXTENSION)
        if view.procedure.shape == EXTENDED_SHAPE:
            say(Level.WARNING, "预备期已经延长过一次，不能再延长；仍不合格的取消预备党员资格", *EXTENSION)
        elif rule is not None:
            least, most = rule.number("least_months"), rule.number("most_months")
            say(Level.INFO, f"延长预备期 {least} 至 {most} 个月，只能一次；三种结果各自单独表决", *EXTENSION)
    elif step == POSTPONE:
        rule = rules.first_of(*POSTPONEMENT)
        if rule is not None:
            last = add_months(ends_on, rule.number("months"))
            say(Level.INFO, f"最晚推迟到 {last}；批准后转正日期仍是 {ends_on}", *POSTPONEMENT)
        facts = reading.roster().facts_of(person.id, FactKind.MEMBERSHIP)
        came = sorted(each.from_on for each in facts if each.value == MembershipChange.TRANSFERRED_IN)
        words = f"名册登记：{person.name} {came[-1]} 转入" if came else f"名册里没有{person.name}转入的登记"
        say(Level.INFO if came else Level.WARNING, words)
    return found


def is_joining(view: StepView) -> bool:
    """Whether the step belongs to a joining."""
    return view.shape.family == joining.FAMILY
