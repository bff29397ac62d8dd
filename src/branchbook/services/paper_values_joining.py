"""发展党员台账 (E5): everyone on the way of joining on a day, each table with the dates of its stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.conversion_steps import FAMILY as CONVERSION_FAMILY
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Value
from branchbook.domain.people import FactKind, Standing
from branchbook.domain.procedures import Procedure
from branchbook.services.joining import Stage, StageLine, stages_on
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_roster import person_cells
from branchbook.services.paper_words import month_day
from branchbook.services.probations import probation_from
from branchbook.services.procedures import procedures_of

Values = Mapping[str, Value]
Rows = tuple[Mapping[str, str], ...]
_PERSON = ("sex", "ethnic_group", "born_on", "education", "work_post")
_STAGE_WORDS = {
    Stage.APPLICANT: "入党申请人",
    Stage.ACTIVIST: "入党积极分子",
    Stage.DEVELOPMENT_CANDIDATE: "发展对象",
    Stage.ACCEPTANCE: "预审通过",
}


def ledger_values(binding: Binding) -> Values:
    """Three tables on the day: those who applied, development candidates, probationary members."""
    ledger = _Ledger(binding)
    lines = stages_on(binding.reading, _branch(binding), binding.day)
    return {
        "as_of": chinese_date(binding.day),
        "applicants": ledger.applicants(_of(lines, Stage.APPLICANT, Stage.ACTIVIST)),
        "candidates": ledger.candidates(_of(lines, Stage.DEVELOPMENT_CANDIDATE, Stage.ACCEPTANCE)),
        "probationers": ledger.probationers(_of(lines, Stage.PROBATIONARY)),
    }


def _branch(binding: Binding) -> UUID | None:
    """Whose people: a branch's own, a group's branch's, a general branch's all."""
    own = binding.subject_organisation
    if own.kind == OrganisationKind.GENERAL_BRANCH:
        return None
    return own.parent_id if own.kind == OrganisationKind.GROUP else own.id


def _of(lines: Iterable[StageLine], *stages: Stage) -> list[StageLine]:
    return [each for each in lines if each.stage in stages]


class _Ledger:
    """What the tables ask of the book, read once."""

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self.day: date = binding.day
        self._procedures: dict[UUID, list[Procedure]] = {}
        for each in procedures_of(binding.reading):  # the latest begun first
            if each.subject_id is not None:
                self._procedures.setdefault(each.subject_id, []).append(each)

    def applicants(self, lines: list[StageLine]) -> Rows:
        """Applicants and activists."""
        return tuple(self._applicant(place, line) for place, line in enumerate(lines, 1)) or ({},)

    def candidates(self, lines: list[StageLine]) -> Rows:
        """Development candidates, those whose preliminary review was passed among them."""
        return tuple(self._candidate(place, line) for place, line in enumerate(lines, 1)) or ({},)

    def probationers(self, lines: list[StageLine]) -> Rows:
        """Probationary members, and those converted within the year of the day."""
        rows = [self._probationer(place, line) for place, line in enumerate(lines, 1)]
        shown = {line.person_id for line in lines}
        for procedure in self._converted(shown):
            rows.append(self._of_conversion(len(rows) + 1, procedure))
        return tuple(rows) or ({},)

    def _person(self, of: str, place: int, line: StageLine) -> dict[str, str]:
        return self._cells(of, place, line.person_id, line.dates.get("application"))

    def _cells(self, of: str, place: int, person_id: UUID, applied_on: date | None) -> dict[str, str]:
        person = self.binding.roster.person_by_id[person_id]
        cells = person_cells(self.binding, person)
        found = {f"{of}{key}": cells[key] for key in _PERSON}
        applied = month_day(applied_on or person.applied_on)
        return {
            **found,
            f"{of}number": str(place),
            f"{of}name": person.name,
            f"{of}applied_on": applied,
        }

    def _applicant(self, place: int, line: StageLine) -> Mapping[str, str]:
        cultivated = max(
            (line.dates[key] for key in line.dates if key.startswith("cultivation_")), default=None
        )
        return {
            **self._person("applicant_", place, line),
            **_days(line, "talk", "activist", "activist_filed"),
            "mentors": self._people(line.person_id, "mentors"),
            "cultivation": month_day(cultivated),
            "applicant_stage": _STAGE_WORDS[line.stage],
            "applicant_note": line.next_step,
        }

    def _candidate(self, place: int, line: StageLine) -> Mapping[str, str]:
        joining = self._latest(line.person_id, "joining")
        return {
            **self._person("candidate_", place, line),
            **_days(
                line, "candidate", "candidate_filed", "political_review", "training", "preliminary_review"
            ),
            "sponsors": self._people(line.person_id, "sponsors"),
            "form": joining.entry("form").text("number") if joining else "",
            "candidate_note": line.next_step,
        }

    def _probationer(self, place: int, line: StageLine) -> Mapping[str, str]:
        row = self._person("probationer_", place, line)
        conversion = self._latest(line.person_id, "conversion")
        missing = line.conversion.missing if line.conversion else ()
        note = "、".join(dict.fromkeys(each.need_words for each in missing))
        return {**row, **self._probation(line.person_id, conversion), "probationer_note": note}

    def _of_conversion(self, place: int, conversion: Procedure) -> Mapping[str, str]:
        person_id = conversion.subject_id
        assert person_id is not None
        joining = self._latest(person_id, "joining")
        applied_on = joining.done_on("application") if joining else None
        row = self._cells("probationer_", place, person_id, applied_on)
        return {**row, **self._probation(person_id, conversion), "probationer_note": "已转正"}

    def _probation(self, person_id: UUID, conversion: Procedure | None) -> Mapping[str, str]:
        person = self.binding.roster.person_by_id[person_id]
        own = self._procedures.get(person_id, [])
        probation = probation_from(person, own, self.binding.view.rulebook)
        extension = probation.extension if probation else None
        facts = self.binding.roster.facts_of(person_id, FactKind.STANDING)
        approved = next((each.from_on for each in facts if each.value == Standing.PROBATIONARY), None)
        done = conversion.done_on if conversion else lambda _step: None
        return {
            "accepted_on": month_day(person.accepted_on),
            "acceptance_approved_on": month_day(approved),
            "probationer_sponsors": self._people(person_id, "sponsors") or _observers(conversion),
            "probation_end": month_day(probation.first_end if probation else None),
            "extended_to": month_day(extension.to_on if extension else None),
            "meeting": month_day(self._by_then(done("meeting"))),
            "approval": month_day(self._by_then(done("approval"))),
        }

    def _by_then(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.day else None

    def _converted(self, shown: set[UUID]) -> list[Procedure]:
        """Conversions of the organisation whose person became a full member within the year, by then."""
        own, found = _branch(self.binding), []
        for procedure in procedures_of(self.binding.reading, own, CONVERSION_FAMILY):
            person = self.binding.roster.person_by_id.get(procedure.subject_id or UUID(int=0))
            approved_on = self._by_then(procedure.done_on("approval"))
            if person is None or person.id in shown or approved_on is None:
                continue
            if approved_on.year == self.day.year and person.full_member_since is not None:
                shown.add(person.id)
                found.append(procedure)
        return sorted(found, key=lambda each: each.done_on("approval") or self.day)

    def _latest(self, person_id: UUID, family: str) -> Procedure | None:
        own = self._procedures.get(person_id, ())
        return next((each for each in own if each.shape.startswith(family)), None)

    def _people(self, person_id: UUID, step: str) -> str:
        joining = self._latest(person_id, "joining")
        people = joining.entry(step).people.get(step, ()) if joining else ()
        return "、".join(each.name for each in people)


def _observers(conversion: Procedure | None) -> str:
    """The sponsors as the last observation names them, where the book keeps no joining."""
    entries = conversion.steps if conversion else ()
    named = [each.people["sponsors"] for each in entries if each.people.get("sponsors")]
    return "、".join(each.name for each in named[-1]) if named else ""


def _days(line: StageLine, *steps: str) -> dict[str, str]:
    return {step: month_day(line.dates.get(step)) for step in steps}
