"""All papers of one year's evaluation as one booklet, in order of handling, with a bookmark for each."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.papers_list import EVALUATION_PAPERS
from branchbook.domain.papers import Booklet, PrintOptions
from branchbook.services.evaluation_facts import evaluation_facts
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_chapters import paper_sections
from branchbook.services.paper_values_evaluation import belongs
from branchbook.services.store import Reading

EVALUATION_TITLE = "民主评议党员材料"


def evaluation_booklet(
    reading: Reading, request: PaperRequest, options: PrintOptions | None = None
) -> Booklet:
    """Every paper that the round has; blank where the request names no procedure.

    Each paper is numbered by itself, since they go to different hands.
    """
    view = BookView(reading)
    first = Binding(view, replace(request, paper=EVALUATION_PAPERS[0].key))
    facts = evaluation_facts(first)
    sections = tuple(
        section
        for paper in EVALUATION_PAPERS
        if belongs(paper, facts)
        for section in paper_sections(Binding(view, replace(request, paper=paper.key)), paper.name)
    )
    year = f"{facts.year}年度" if facts.year else ""
    title = f"{first.names.organisation}{year}{EVALUATION_TITLE}"
    return Booklet(title, sections, replace(options or PrintOptions(), apart=True))
