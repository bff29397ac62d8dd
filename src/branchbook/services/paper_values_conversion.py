"""The papers of one conversion: which sheets each has, and what stands on them. Blank is a conversion of which
nothing is recorded yet, so that both say the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from branchbook.catalogue.papers.conversions.application import on_ruled_paper
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.ballots import Question
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paper, Value
from branchbook.domain.problems import RefusedProblem
from branchbook.services.conversion_facts import ConversionFacts
from branchbook.services.conversion_words import QUESTION_WORDS, title_words
from branchbook.services.paper_choices import ConversionBallots, WritingPaperKind
from branchbook.services.paper_values_conversion_documents import (
    cancellation_values,
    extension_values,
    letter_values,
    public_notice_values,
    request_values,
)
from branchbook.services.paper_values_conversion_file import (
    approval_values,
    file_contents_values,
    materials_values,
    talk_values,
)
from branchbook.services.paper_values_conversion_meeting import agenda_values
from branchbook.services.paper_values_conversion_opinions import (
    notice_register_values,
    opinion_list_values,
    opinion_values,
    review_values,
)
from branchbook.services.paper_values_conversion_register import application_values, register_values
from branchbook.services.paper_values_conversion_vote import ballot_values, resolution_values, result_values
from branchbook.services.settings_table import BookSettings

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ConversionSheet:
    """One sheet: the paper, its values, words that replace its title's. ``about`` is the question of a ballot."""

    paper: Paper
    values: Values
    title_words: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


def conversion_sheets(
    paper: Paper, facts: ConversionFacts, settings: BookSettings
) -> tuple[ConversionSheet, ...]:
    """The sheets of one paper. Raises RefusedProblem for a paper that this conversion does not have."""
    if not applies(paper, facts):
        raise RefusedProblem(
            f"这次转正没有“{paper.name}”", facts.person, "支部大会作出这项决议（或上级批准）后才有"
        )
    words = title_words(facts)
    if paper.key == "conversion:ballot":
        return tuple(_ballot(paper, facts, question, settings) for question in facts.questions)
    if paper.key == "conversion:application" and settings.writing_paper == WritingPaperKind.LINES:
        paper = on_ruled_paper(paper)
    return (ConversionSheet(paper, _VALUES[paper.key](facts), words),)


def applies(paper: Paper, facts: ConversionFacts) -> bool:
    """Whether a conversion has the paper: a resolution only where it was passed; blank, every paper."""
    if not facts.person:
        return True
    decided = facts.decided.question if facts.decided else None
    if paper.key == "conversion:extension_resolution":
        return decided == Question.EXTEND
    if paper.key == "conversion:cancellation_resolution":
        return decided == Question.CANCEL
    if paper.key == "conversion:notice_of_conversion":
        return decided == Question.CONVERT and facts.approval.outcome == "批准"
    return True


def belongs(paper: Paper, facts: ConversionFacts) -> bool:
    """Whether a paper stands among all papers: a notice that was not given is none any more after the meeting."""
    of_notice = paper.key in ("conversion:public_notice", "conversion:notice_register")
    if of_notice and facts.meeting.held_on is not None and facts.notice.begins_on is None:
        return False
    return applies(paper, facts)


def _ballot(
    paper: Paper, facts: ConversionFacts, question: Question, settings: BookSettings
) -> ConversionSheet:
    assert isinstance(paper.layout, Ballots)
    per_sheet = 8 if settings.conversion_ballots == ConversionBallots.EIGHT else 4
    general_branch = facts.kind == OrganisationKind.GENERAL_BRANCH
    layout = replace(
        paper.layout,
        per_sheet=per_sheet,
        row_height_mm=9.0 if per_sheet == 8 else paper.layout.row_height_mm,
        seal="（党总支盖章）" if general_branch else paper.layout.seal,
    )
    values = ballot_values(facts, question, settings.conversion_ballot_mark)
    return ConversionSheet(
        replace(paper, layout=layout), values, title_words(facts), QUESTION_WORDS[question]
    )


_VALUES: Mapping[str, Callable[[ConversionFacts], Values]] = {
    "conversion:application": application_values,
    "conversion:observation_register": register_values,
    "conversion:opinions": opinion_values,
    "conversion:opinion_list": opinion_list_values,
    "conversion:review": review_values,
    "conversion:public_notice": public_notice_values,
    "conversion:notice_register": notice_register_values,
    "conversion:agenda": agenda_values,
    "conversion:result": result_values,
    "conversion:resolution": resolution_values,
    "conversion:extension_resolution": extension_values,
    "conversion:cancellation_resolution": cancellation_values,
    "conversion:request": request_values,
    "conversion:materials": materials_values,
    "conversion:approval": approval_values,
    "conversion:talk": talk_values,
    "conversion:notice_of_conversion": letter_values,
    "conversion:file_contents": file_contents_values,
}
