"""A paper of a procedure among the others: a section, or a chapter where it has several sheets."""

from __future__ import annotations

from collections.abc import Iterable

from branchbook.domain.papers import Section
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_sheets import bound_sheets


def paper_sections(binding: Binding, name: str) -> Iterable[Section]:
    """A paper of several sheets is a chapter with its sheets below."""
    sheets = bound_sheets(binding)
    if len(sheets) == 1:
        yield Section(sheets[0], bookmark=name)
        return
    for place, sheet in enumerate(sheets):
        yield Section(sheet, bookmark=sheet.title, level=1, chapter="" if place else name)
