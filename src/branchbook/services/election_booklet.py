"""All papers of one election as one booklet, in order of handling, with a bookmark for each."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.papers_list import ELECTION_PAPERS
from branchbook.domain.papers import Booklet, PrintOptions
from branchbook.services.election_reading import facts_of
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_chapters import paper_sections
from branchbook.services.paper_values_election import applies
from branchbook.services.store import Reading


def election_booklet(reading: Reading, request: PaperRequest, options: PrintOptions | None = None) -> Booklet:
    """Every paper that the election has; blank where the request names no procedure.

    Each paper is numbered by itself, since they go to different hands.
    """
    view = BookView(reading)
    first = Binding(view, replace(request, paper=ELECTION_PAPERS[0].key))
    facts = facts_of(first)
    sections = tuple(
        section
        for paper in ELECTION_PAPERS
        if applies(paper, facts)
        for section in paper_sections(Binding(view, replace(request, paper=paper.key)), paper.name)
    )
    title = f"{first.names.organisation}{ELECTION_TITLE}"
    return Booklet(title, sections, replace(options or PrintOptions(), apart=True))


ELECTION_TITLE = "选举材料"
