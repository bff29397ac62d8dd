"""From a request to the sheets of a conversion's paper, with the mark of one that was corrected afterwards."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.papers.conversions.observation_register import SHAPES, register_for
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.papers import Paper, Paragraph, ParagraphStyle, Sheet, Value
from branchbook.services.conversion_facts import ConversionFacts
from branchbook.services.conversion_reading import conversion_facts
from branchbook.services.conversion_words import title_words
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_fit import fitted
from branchbook.services.paper_values_conversion import ConversionSheet, Values, conversion_sheets
from branchbook.services.paper_values_conversion_meeting import meeting_record_values
from branchbook.services.paper_words import filled_title, record_marks

REGISTER, MEETING_RECORD = "conversion:observation_register", "conversion:meeting_record"


def register_paper(binding: Binding) -> Paper:
    """The register of observations as this conversion has it: its observations, a general branch's page or none."""
    facts = conversion_facts(binding)
    return register_for(SHAPES[facts.shape], general_branch=facts.under_general_branch is not False)


def sheets_of_conversion(binding: Binding, paper: Paper) -> tuple[Sheet, ...]:
    """The sheets of a conversion's paper; blank, with the same words and nothing recorded.

    Raises RefusedProblem for a paper that this conversion does not have.
    """
    facts = conversion_facts(binding)
    if paper.key == MEETING_RECORD:
        return (_sheet(_meeting_record(binding, facts, paper), facts),)
    return tuple(_sheet(each, facts) for each in conversion_sheets(paper, facts, binding.view.settings))


def _meeting_record(binding: Binding, facts: ConversionFacts, paper: Paper) -> ConversionSheet:
    """Closer together where a record fills it; by hand, without the rows that only the program writes."""
    values, record = meeting_record_values(binding, facts), facts.meeting.record
    if record is not None:
        paper = replace(paper, title=paper.title + record_marks(record))
    fitting = fitted(paper, values if record is not None else None)
    return ConversionSheet(fitting, values, title_words(facts))


def _sheet(made: ConversionSheet, facts: ConversionFacts) -> Sheet:
    title = filled_title(made.paper.title, **made.title_words)
    if not facts.corrected or isinstance(made.paper.layout, Ballots):
        return Sheet(made.paper, title, made.values)
    return Sheet(made.paper, title, _with_correction(made.values, facts))


def _with_correction(values: Values, facts: ConversionFacts) -> Values:
    """Why it was corrected stands where a paper has notes; the title says that it was."""
    reason = f"本表所据的转正事项办结后作过更正，原因：{facts.correction}。"
    found: dict[str, Value] = dict(values)
    for key in ("notes", "missing"):
        kept = values.get(key, ())
        if key in values and not isinstance(kept, str):
            told = tuple(each for each in kept if isinstance(each, Paragraph))
            found[key] = (*told, Paragraph(reason, ParagraphStyle.NOTE))
    return found
