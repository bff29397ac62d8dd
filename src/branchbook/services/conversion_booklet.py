"""All papers of one person's conversion as one booklet, in order of handling, with a bookmark for each."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.papers_list import CONVERSION_PAPERS
from branchbook.domain.papers import Booklet, PrintOptions
from branchbook.services.conversion_reading import conversion_facts
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_chapters import paper_sections
from branchbook.services.paper_values_conversion import belongs
from branchbook.services.store import Reading

CONVERSION_TITLE = "转正材料"


def conversion_booklet(
    reading: Reading, request: PaperRequest, options: PrintOptions | None = None
) -> Booklet:
    """Every paper that the conversion has; blank where the request names no procedure.

    Each paper is numbered by itself, since they go to different hands.
    """
    view = BookView(reading)
    first = Binding(view, replace(request, paper=CONVERSION_PAPERS[0].key))
    facts = conversion_facts(first)
    sections = tuple(
        section
        for paper in CONVERSION_PAPERS
        if belongs(paper, facts)
        for section in paper_sections(Binding(view, replace(request, paper=paper.key)), paper.name)
    )
    title = f"{facts.person or first.names.organisation}{CONVERSION_TITLE}"
    return Booklet(title, sections, replace(options or PrintOptions(), apart=True))
