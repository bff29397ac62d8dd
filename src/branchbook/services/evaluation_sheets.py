"""From a request to the sheets of an evaluation's paper, and all papers of a round as one booklet."""

from __future__ import annotations

from branchbook.domain.papers import Paper, RecordTable, Sheet
from branchbook.services.evaluation_facts import evaluation_facts
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_evaluation import EvaluationSheet, evaluation_sheets
from branchbook.services.paper_words import filled_title


def sheets_of_evaluation(binding: Binding, paper: Paper) -> tuple[Sheet, ...]:
    """The sheets of an evaluation's paper; blank, with the same words and nothing recorded."""
    facts = evaluation_facts(binding)
    made = evaluation_sheets(paper, facts, binding.view.settings, binding.request.person_id)
    return tuple(_sheet(binding, each) for each in made)


def _sheet(binding: Binding, made: EvaluationSheet) -> Sheet:
    procedure = binding.procedure
    by_hand = procedure is None and isinstance(made.paper.layout, RecordTable)
    title = filled_title(made.paper.title, **made.title_words)
    return Sheet(made.paper, title, None if by_hand else made.values)
