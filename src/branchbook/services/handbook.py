"""The handbook of an organisation and year: its parts in order, filled from the book or blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from branchbook.catalogue.handbook import (
    GENERAL_BRANCH_TITLES,
    HANDBOOK_NAMES,
    PARTS,
    HandbookPart,
    PartSource,
)
from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.procedures.election_steps import FAMILY
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Booklet, Section, Sheet
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import ProcedureState
from branchbook.services.handbook_evaluation import evaluation_sheets
from branchbook.services.handbook_records import HandbookBinding, photo_sheet, record_sections
from branchbook.services.handbook_request import HandbookRequest, HandbookSection
from branchbook.services.paper_binding import Binding, BookView
from branchbook.services.paper_sheets import bound_sheets
from branchbook.services.printing_press import PaperPress, PressedPaper, Progress
from branchbook.services.procedures import procedures_of
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class Handbook:
    """A handbook ready to press. ``sections`` are those of the booklet, each with its part."""

    booklet: Booklet
    sections: tuple[HandbookSection, ...]

    def pages_of_parts(self, pressed: PressedPaper) -> Mapping[str, int]:
        """How many pages each part has, for the list of parts."""
        pages: dict[str, int] = {}
        for each, count in zip(self.sections, pressed.section_pages, strict=True):
            pages[each.part] = pages.get(each.part, 0) + count
        return pages


def handbook_parts(reading: Reading, organisation_id: UUID) -> tuple[HandbookPart, ...]:
    """The parts that this organisation's handbook can have, in order."""
    kind = reading.roster().organisation_by_id[organisation_id].kind
    levels = {kind, OrganisationKind.GROUP} if kind == OrganisationKind.BRANCH else {kind}
    titles = GENERAL_BRANCH_TITLES if kind == OrganisationKind.GENERAL_BRANCH else {}
    return tuple(
        replace(part, title=titles.get(part.key, part.title))
        for part in PARTS
        if not part.kind or levels & kind_of(part.kind).held_by
    )


def handbook(reading: Reading, request: HandbookRequest) -> Handbook:
    """The handbook as a booklet. Raises RefusedProblem for a group, and where no part is ticked."""
    view = BookView(reading)
    organisation = view.roster.organisation_by_id.get(request.organisation_id)
    if organisation is None or organisation.kind not in HANDBOOK_NAMES:
        raise RefusedProblem(
            "手册按党支部或党总支编印", organisation.name if organisation else "", "请选择党支部"
        )
    parts = [part for part in handbook_parts(reading, organisation.id) if part.key in request.parts]
    if not parts:
        raise RefusedProblem("没有勾选手册的任何部分", "", "请至少勾选一个部分")
    made = tuple(_sections(HandbookBinding(view, request), parts))
    name = HANDBOOK_NAMES[organisation.kind]
    title = f"{organisation.name_on(request.roster_day)}{request.year}年度{name}"
    booklet = Booklet(title, tuple(each.section for each in made), request.options)
    return Handbook(booklet, made)


def print_handbook(
    reading: Reading, press: PaperPress, request: HandbookRequest, progress: Progress | None = None
) -> PressedPaper:
    """The PDF of the handbook, with bookmarks, contents and page numbers."""
    return press.press(handbook(reading, request).booklet, reading.content, progress)


def _sections(book: HandbookBinding, parts: list[HandbookPart]) -> Iterable[HandbookSection]:
    """Each section with its part; a chapter of several parts is named at its first."""
    begun: set[str] = set()
    quarters_done = False
    for part in parts:
        if part.source == PartSource.RECORDS and not book.request.blank:
            if not book.request.by_quarter:
                yield from record_sections(book, (part,))
            elif not quarters_done:
                kinds = tuple(each for each in parts if each.source == PartSource.RECORDS)
                yield from record_sections(book, kinds)
                quarters_done = True
            continue
        for number, section in enumerate(_part_sections(book, part), 1):
            chapter = part.within if part.within not in begun else ""
            begun.add(part.within)
            yield HandbookSection(part.key, f"{part.key}:{number}", replace(section, chapter=chapter))


def _part_sections(book: HandbookBinding, part: HandbookPart) -> Iterable[Section]:
    view, request = book.view, book.request
    if request.blank:
        count = request.blank_sheets.get(part.key, part.blank_sheets)
        sheets = _blank_sheets(view, request, part, count)
    elif part.source == PartSource.PHOTOS:
        sheets = photo_sheet(book)
    elif part.source == PartSource.EVALUATION:
        sheets = evaluation_sheets(view, request, part)
    elif part.source == PartSource.ELECTIONS:
        sheets = _election_sheets(view, request, part)
    else:
        sheets = _page_sheets(view, request, part)
    level = 1 if part.within else 0
    for number, sheet in enumerate(sheets):
        first = number == 0
        yield Section(
            sheet,
            bookmark=part.title if first else "",
            level=level,
            listed=first and not part.front,
            numbered=not part.front,
        )


def _page_sheets(view: BookView, request: HandbookRequest, part: HandbookPart) -> tuple[Sheet, ...]:
    sheets = bound_sheets(Binding(view, request.paper(part.paper)))
    if part.source == PartSource.TABLE and not (sheets[0].values or {}).get("rows"):
        return ()
    return sheets


def _election_sheets(view: BookView, request: HandbookRequest, part: HandbookPart) -> tuple[Sheet, ...]:
    """One sheet for each election of the organisation that was held in the year and is finished."""
    held = (
        each
        for each in reversed(procedures_of(view.reading, request.organisation_id, FAMILY))
        if each.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED)
        and (day := each.done_on("count")) is not None
        and day.year == request.year
    )
    asked = request.paper(part.paper)
    return tuple(
        sheet for each in held for sheet in bound_sheets(Binding(view, replace(asked, record_id=each.id)))
    )


def _blank_sheets(
    view: BookView, request: HandbookRequest, part: HandbookPart, count: int
) -> tuple[Sheet, ...]:
    """Empty sheets; the cover keeps its names, the instructions and contents their text."""
    paper = kind_of(part.kind).paper if part.kind else part.paper
    wanted = replace(request.paper(paper), kind=part.kind, blank=not part.front)
    return bound_sheets(Binding(view, wanted)) * max(count, 0)
