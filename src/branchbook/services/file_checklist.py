"""The file of a person from the application to the archive (目录): which of its papers there are, which are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.admission_versions import rules_of
from branchbook.domain.conversion_vote import vote_result
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure, StepSpec
from branchbook.domain.rulebook import Rulebook
from branchbook.services.guards import still_there
from branchbook.services.probations import family_of
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

ARCHIVE_RULES = ("D-23", "D26-17")


@dataclass(frozen=True, slots=True)
class FilePaper:
    """One paper that a file should hold. ``present_on`` None: missing; ``step_words`` say from which step it comes.

    ``material`` is the kind of material that the article names (empty: kept by the branch only); ``required``
    is False for what is only kept where the step was done.
    """

    name: str
    step_words: str
    present_on: date | None = None
    material: str = ""
    required: bool = True
    procedure_id: UUID | None = None
    step: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the file lacks it."""
        return self.required and self.present_on is None


@dataclass(frozen=True, slots=True)
class FileChecklist:
    """The file of a person: its papers in order of time, and the article about the archive."""

    person_id: UUID
    name: str
    papers: tuple[FilePaper, ...]
    article: str = ""

    @property
    def missing(self) -> tuple[FilePaper, ...]:
        """What the file lacks."""
        return tuple(each for each in self.papers if each.is_missing)

    @property
    def sentence(self) -> str:
        """应有 18 件，缺 2 件：入党申请书、政治审查材料."""
        wanted = sum(each.required for each in self.papers)
        lacks = "、".join(each.name for each in self.missing)
        return f"应有 {wanted} 件，" + (f"缺 {len(self.missing)} 件：{lacks}" if lacks else "齐全")


_FORM, _APPLICATION, _REVIEW, _CONVERSION, _OBSERVED = conversion_steps.MATERIALS

_JOINING: Mapping[str, tuple[str, str]] = {
    "application": ("入党申请书", _APPLICATION),
    "talk": ("入党申请人谈话记录", _OBSERVED),
    "activist": ("确定入党积极分子的会议记录", _OBSERVED),
    "activist_filed": ("积极分子备案材料", _OBSERVED),
    "cultivation_6": ("培养考察记录（满 6 个月）", _OBSERVED),
    "cultivation_12": ("培养考察记录（满 12 个月）", _OBSERVED),
    "candidate_notice": ("列为发展对象前的公示材料", ""),
    "candidate": ("确定发展对象的会议记录", _OBSERVED),
    "candidate_filed": ("发展对象备案材料", _OBSERVED),
    "political_review": ("政治审查材料", _REVIEW),
    "training": ("短期集中培训结业证", _OBSERVED),
    "committee_review": ("支委会审查意见", ""),
    "preliminary_review": ("党委预审意见", ""),
    "form": ("入党志愿书", _FORM),
    "meeting": ("接收预备党员的大会记录和票决结果", ""),
    "approval": ("接收预备党员的审批件", ""),
}
_CONVERSION_PAPERS: Mapping[str, tuple[str, str]] = {
    "oath": ("入党宣誓记录", ""),
    "application": ("转正申请书", _CONVERSION),
    "group_opinion": ("党小组意见", ""),
    "opinions": ("征求党员和群众意见表", _OBSERVED),
    "review": ("支委会审查意见", ""),
    "public_notice": ("转正公示材料", ""),
    "meeting": ("转正大会记录", ""),
    "report": ("报批请示", ""),
    "approval": ("审批件", ""),
    "talk": ("转正谈话记录", ""),
}
VOTE_PAPER = "转正票决情况汇总表"


def file_checklist(reading: Reading, person_id: UUID, day: date) -> FileChecklist:
    """The file of a person as the book knows it on a day. A paper is there once its step was done.

    The papers of the joining are asked for only where the book keeps it: someone taken in later has a file from
    elsewhere. Raises RefusedProblem where the person is in the recycle bin.
    """
    person = still_there(reading, Person, person_id, "这个人")
    own = [each for each in reading.all(Procedure) if each.subject_id == person_id]
    own.sort(key=lambda each: (each.begun_on, str(each.id)))
    rulebook = rulebook_of(reading)
    papers: list[FilePaper] = []
    for procedure in own:
        if family_of(procedure) == joining.FAMILY:
            papers += _of_steps(procedure, _JOINING, day)
        elif family_of(procedure) == conversion_steps.FAMILY:
            papers += _observations(procedure, day)
            papers += _of_steps(procedure, _CONVERSION_PAPERS, day)
            papers += _votes(procedure, rulebook)
    rule = rules_of(rulebook, day).first_of(*ARCHIVE_RULES)
    return FileChecklist(person.id, person.name, tuple(papers), rule.citation if rule else "")


def _of_steps(procedure: Procedure, names: Mapping[str, tuple[str, str]], day: date) -> Iterator[FilePaper]:
    for spec in shape_of(procedure.shape).steps:
        if spec.key in names:
            name, material = names[spec.key]
            yield _paper(procedure, spec, name, material, day)


def _observations(procedure: Procedure, day: date) -> Iterator[FilePaper]:
    for spec in shape_of(procedure.shape).steps:
        if spec.key.startswith("observation_"):
            yield _paper(procedure, spec, f"预备党员考察表：{spec.name}", _OBSERVED, day)


def _paper(procedure: Procedure, spec: StepSpec, name: str, material: str, day: date) -> FilePaper:
    done_on = procedure.done_on(spec.key)
    present_on = done_on if done_on is not None and done_on <= day else None
    observed = spec.key.startswith(("observation_", "cultivation_"))
    required = (not spec.optional or observed) and (procedure.is_open or present_on is not None)
    return FilePaper(name, spec.name, present_on, material, required, procedure.id, spec.key)


def _votes(procedure: Procedure, rulebook: Rulebook) -> Iterator[FilePaper]:
    """The sheet of results: there once a count was confirmed."""
    confirmed = [each for each in procedure.questions if each.confirmed_on is not None]
    held_on = confirmed[-1].held_on if confirmed else None
    passed = any(vote_result(each, rulebook).passed for each in confirmed)
    words = "通过" if passed else "没有通过的决议" if confirmed else "支部大会表决"
    required = procedure.is_open or held_on is not None
    yield FilePaper(VOTE_PAPER, words, held_on, "", required, procedure.id, "meeting")
