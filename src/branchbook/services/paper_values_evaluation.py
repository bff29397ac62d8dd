"""The papers of one evaluation: which sheets each has, and what stands on them. Blank is a round of which nothing is
recorded yet, so that both say the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from branchbook.catalogue.papers.evaluations.ballots import item_columns
from branchbook.catalogue.papers.evaluations.member_form import KEY as MEMBER_FORM
from branchbook.catalogue.papers.evaluations.registers import item_count_columns
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.evaluations import BallotForm
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import Grid, Paper, Value
from branchbook.domain.problems import RefusedProblem
from branchbook.services.evaluation_facts import EvaluationFacts, MemberFacts
from branchbook.services.evaluation_paper_words import title_words
from branchbook.services.paper_changes import changed_paper
from branchbook.services.paper_values_evaluation_ballots import ballot_values
from branchbook.services.paper_values_evaluation_documents import notice_values, report_values
from branchbook.services.paper_values_evaluation_members import feedback_values, member_form_values
from branchbook.services.paper_values_evaluation_tables import (
    item_summary_values,
    mutual_record_values,
    result_list_values,
    summary_values,
)
from branchbook.services.settings_table import BookSettings

Values = Mapping[str, Value]
ROOMY_ROWS, CLOSE_ROW_MM = 22, 8.0
"""So many members stand on one page of ballot; more stand closer."""


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """One sheet: the paper, its values, words that replace its title's. ``about`` is the member or the ballot."""

    paper: Paper
    values: Values
    title_words: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


def evaluation_sheets(
    paper: Paper, facts: EvaluationFacts, settings: BookSettings, person_id: UUID | None = None
) -> tuple[EvaluationSheet, ...]:
    """The sheets of one paper; ``person_id`` chooses one member of a paper that has a sheet for each.

    Raises RefusedProblem for a person who takes no part.
    """
    words = title_words(facts)
    if paper.key in _OF_MEMBERS:
        made: Iterable[EvaluationSheet] = _of_members(paper, facts, person_id)
    elif paper.key == "evaluation:summary":
        made = _summaries(paper, facts)
    elif isinstance(paper.layout, Ballots):
        made = (_ballot(paper, facts, settings),)
    else:
        made = (EvaluationSheet(paper, _SINGLE[paper.key](facts)),)
    return tuple(replace(each, title_words={**words, **each.title_words}) for each in made)


def belongs(paper: Paper, facts: EvaluationFacts) -> bool:
    """Whether a paper stands among all papers of the round: the forms of all at once, the ballots that it has."""
    if paper.key == MEMBER_FORM:
        return False
    if not facts.recorded:
        return True
    if paper.key == "evaluation:ballot":
        return not facts.item_by_item
    if paper.key == "evaluation:ballot_items":
        return facts.item_by_item
    return facts.masses_asked if paper.key == "evaluation:ballot_masses" else True


def with_a_form(facts: EvaluationFacts) -> tuple[MemberFacts, ...]:
    """Who has a form of their own: everyone who takes part, and of whom something is written."""
    return tuple(each for each in facts.members if each.participant.takes_part or each.assessment)


def _of_members(paper: Paper, facts: EvaluationFacts, person_id: UUID | None) -> Iterable[EvaluationSheet]:
    values = _OF_MEMBERS[paper.key]
    members = with_a_form(facts)
    if person_id is not None:
        members = tuple(each for each in members if each.participant.person_id == person_id)
        if not members and facts.recorded:
            raise RefusedProblem("这个人没有参加这一年的民主评议", facts.organisation, "请在参评人员中选择")
    if not members:
        yield EvaluationSheet(paper, values(facts, None))
    for each in members:
        yield EvaluationSheet(paper, values(facts, each), about=each.name)


def _ballot(paper: Paper, facts: EvaluationFacts, settings: BookSettings) -> EvaluationSheet:
    """The ballot: the items as this round names them, closer lines where there are many members."""
    layout = paper.layout
    assert isinstance(layout, Ballots)
    if paper.key == "evaluation:ballot_items":
        layout = _with_items(layout, facts)
    values = ballot_values(facts, layout, settings)
    if len(values["rows"]) > ROOMY_ROWS:
        layout = replace(layout, row_height_mm=min(layout.row_height_mm, CLOSE_ROW_MM))
    return EvaluationSheet(replace(paper, layout=layout), values)


def _with_items(layout: Ballots, facts: EvaluationFacts) -> Ballots:
    """Columns by the names of the round's own items, where they are not those of the form."""
    if facts.items == BALLOT_ITEMS:
        return layout
    return replace(layout, columns=item_columns(facts.items))


def _summaries(paper: Paper, facts: EvaluationFacts) -> Iterable[EvaluationSheet]:
    """The count of the members' ballot, its items, and the masses' apart."""
    yield EvaluationSheet(paper, summary_values(facts, facts.ballot, masses=False))
    if facts.ballot is not None and facts.ballot.form == BallotForm.ITEMS:
        values = item_summary_values(facts, facts.ballot)
        yield EvaluationSheet(_by_items(paper, facts), values, {"audience": "分项"}, "分项")
    if facts.masses is not None:
        counted = changed_paper(paper, PaperChange(hidden=("grade",)))
        values = summary_values(facts, facts.masses, masses=True)
        yield EvaluationSheet(counted, values, {"audience": "群众"}, "群众")


def _by_items(paper: Paper, facts: EvaluationFacts) -> Paper:
    assert isinstance(paper.layout, Grid)
    layout = replace(paper.layout, columns=item_count_columns(facts.items), font_size=9.0, note_key="")
    return replace(paper, layout=layout)


_OF_MEMBERS: Mapping[str, Callable[[EvaluationFacts, MemberFacts | None], Values]] = {
    MEMBER_FORM: member_form_values,
    "evaluation:member_forms": member_form_values,
    "evaluation:feedback": feedback_values,
}
"""Papers with a sheet for each member."""

_SINGLE: Mapping[str, Callable[[EvaluationFacts], Values]] = {
    "evaluation:mutual_record": mutual_record_values,
    "evaluation:report": report_values,
    "evaluation:result_list": result_list_values,
    "evaluation:notice": notice_values,
}
