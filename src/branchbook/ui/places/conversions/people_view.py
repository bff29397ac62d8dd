"""Everyone on the way of joining, as the list at the left shows them: by stage, what is due first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.domain.stages import Stage
from branchbook.services.conversion_needs import OBSERVATION_MONTHS
from branchbook.services.conversions import ConversionLine, conversions_to_end
from branchbook.services.joining import StageLine, stages_on
from branchbook.services.moving_cases import FAMILIES
from branchbook.services.probations import EXTENDED_SHAPE, family_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading
from branchbook.ui.widgets.probation_bar import Bar

EVERYONE, ENDED = "everyone", "ended"
CHIPS = (
    EVERYONE,
    Stage.PROBATIONARY,
    Stage.ACCEPTANCE,
    Stage.DEVELOPMENT_CANDIDATE,
    Stage.ACTIVIST,
    Stage.APPLICANT,
    ENDED,
)
"""Those who are nearest to the end first: their days run out."""


@dataclass(frozen=True)
class PersonLine:
    """Someone in the list. ``line`` is None for someone whose way has ended; ``owed`` is what that still lacks.

    ``branch`` is named where several branches are shown together.
    """

    person_id: UUID
    name: str
    initials: str
    stage: Stage | None = None
    line: StageLine | None = None
    bar: Bar | None = None
    owed: str = ""
    ended_on: date | None = None
    branch: str = ""

    @property
    def conversion(self) -> ConversionLine | None:
        """What is known of the conversion of someone probationary."""
        return self.line.conversion if self.line else None

    @property
    def postponed(self) -> bool:
        """Whether the probation is over, and the discussion rightly waits (D-21)."""
        bar = self.bar
        return bar is not None and bar.days_left < 0 and bar.until is not None and bar.until >= bar.today

    @property
    def late(self) -> bool:
        """Whether the probation is over and not decided, or a step before the acceptance is overdue."""
        if self.bar is not None:
            return self.bar.days_left < 0 and not self.postponed
        return self.line is not None and self.line.conversion is None and self.line.overdue

    @property
    def overdue(self) -> bool:
        """Whether something should have been done by now."""
        conversion = self.conversion
        late = conversion is not None and any(each.overdue for each in conversion.missing)
        return late or bool(self.line and self.line.overdue)

    def matches(self, text: str) -> bool:
        """Whether a name, or initials at the beginning, are those typed."""
        typed = text.strip().casefold()
        return typed in self.name.casefold() or any(each.startswith(typed) for each in self.initials.split())


@dataclass(frozen=True)
class PeopleView:
    """Everyone, in the order of the chips."""

    people: tuple[PersonLine, ...] = ()

    def shown(self, chip: str, text: str) -> tuple[PersonLine, ...]:
        """Those of a chip who match what is typed; who has ended only where asked for, or by name."""
        return tuple(each for each in self.people if self._is_of(each, chip, text) and each.matches(text))

    @staticmethod
    def _is_of(person: PersonLine, chip: str, text: str) -> bool:
        if chip == EVERYONE:
            return person.stage is not None or bool(text.strip()) or bool(person.owed)
        return person.stage is None if chip == ENDED else person.stage == chip

    def count(self, chip: str) -> int:
        """How many a chip has."""
        return len(self.shown(chip, ""))

    def find(self, person_id: UUID | None) -> PersonLine | None:
        """Someone by id."""
        return next((each for each in self.people if each.person_id == person_id), None)


def people_view(reading: Reading, organisation_id: UUID, today: date) -> PeopleView:
    """Everyone of a branch (of all below a general branch) who is on the way, and those who were."""
    roster = reading.roster()
    general = roster.organisation_by_id[organisation_id].kind is OrganisationKind.GENERAL_BRANCH
    wanted = None if general else organisation_id
    procedures = _by_person(reading)
    every = OBSERVATION_MONTHS[book_settings(reading).observation_cadence]
    lines = stages_on(reading, wanted, today)
    on_the_way = [
        PersonLine(
            each.person_id,
            each.name,
            roster.person_by_id[each.person_id].initials,
            each.stage,
            each,
            bar_of(each.conversion, procedures.get(each.person_id, ()), every, today),
            branch=each.organisation_name if general else "",
        )
        for each in sorted(lines, key=_most_urgent)
    ]
    owed = {each.person_id: each for each in conversions_to_end(reading, today, wanted)}
    present = {each.person_id for each in on_the_way}
    ended = [
        _ended(roster, person_id, own, owed.get(person_id))
        for person_id, own in procedures.items()
        if person_id not in present
        and person_id in roster.person_by_id
        and wanted in (None, own[-1].organisation_id)
    ]
    ended.sort(key=lambda each: (not each.owed, -(each.ended_on or today).toordinal(), each.name))
    return PeopleView(
        (*[each for each in ended if each.owed], *on_the_way, *[each for each in ended if not each.owed])
    )


def _most_urgent(line: StageLine) -> tuple[int, date, str]:
    return (CHIPS.index(line.stage), line.due_on or date.max, line.name)


def _by_person(reading: Reading) -> Mapping[UUID, tuple[Procedure, ...]]:
    """Joinings and conversions of everyone, the earliest begun first."""
    found: dict[UUID, tuple[Procedure, ...]] = {}
    for each in sorted(reading.all(Procedure), key=lambda one: (one.begun_on, str(one.id))):
        if each.subject_id is not None and family_of(each) in FAMILIES:
            found[each.subject_id] = (*found.get(each.subject_id, ()), each)
    return found


def _ended(
    roster: Roster, person_id: UUID, own: tuple[Procedure, ...], owed: ConversionLine | None
) -> PersonLine:
    person = roster.person_by_id[person_id]
    words = "、".join(each.need_words for each in owed.missing) if owed else ""
    decided = [each.done_on("approval") for each in own]
    days = [each for each in (*decided, *(one.ended_on for one in own)) if each]
    return PersonLine(person_id, person.name, person.initials, owed=words, ended_on=max(days, default=None))


def bar_of(
    conversion: ConversionLine | None, procedures: tuple[Procedure, ...], every: int, today: date
) -> Bar | None:
    """The bar of someone probationary; None without a day of acceptance."""
    if conversion is None or conversion.probation is None:
        return None
    probation = conversion.probation
    current = next((each for each in procedures if each.id == conversion.procedure_id), None)
    if current is not None and current.shape == "conversion_half_yearly":
        every = 6
    extended = probation.extension is not None
    own = [each for each in procedures if (each.shape == EXTENDED_SHAPE) == extended]
    observed = {
        step.step
        for each in own
        for step in each.steps
        if step.done_on and step.done_on <= today and step.step.startswith("observation_")
    }
    return Bar(
        probation.accepted_on,
        probation.ends_on,
        today,
        (probation.ends_on,) if extended else probation.observations(every),
        len(observed),
        probation.first_end if extended else None,
        current.entry("postponement").day("until") if current else None,
    )
