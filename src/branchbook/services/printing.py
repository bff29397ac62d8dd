"""Printing: the list of papers, what the fonts lack, and the PDF of one paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from branchbook.catalogue.papers.ledgers import ledger_paper
from branchbook.catalogue.papers_list import (
    CONVERSION_ALL_KEY,
    ELECTION_ALL_KEY,
    EVALUATION_ALL_KEY,
    HANDBOOK_KEY,
    PAPERS,
)
from branchbook.domain.charts import Chart
from branchbook.domain.papers import (
    Booklet,
    PaperGroup,
    Paragraph,
    PrintOptions,
    Section,
    Sheet,
    Subject,
    TextTable,
    Value,
)
from branchbook.domain.plans import TimeLine
from branchbook.domain.problems import RefusedProblem
from branchbook.services.codec import to_json
from branchbook.services.conversion_booklet import conversion_booklet
from branchbook.services.election_booklet import election_booklet
from branchbook.services.evaluation_booklet import evaluation_booklet
from branchbook.services.ledger_reading import ledgers_of
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printing_press import PaperPress, PressedPaper, Progress, WordPress
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A line of the gallery and of ``branchbook papers``."""

    key: str
    code: str
    name: str
    subject: Subject
    kinds: tuple[str, ...] = ()
    docx: bool = False
    group: PaperGroup = PaperGroup.ORDINARY


@dataclass(frozen=True, slots=True)
class UnprintableCharacter:
    """A character that no face has, and where it stands: a person's name, or a paper's title."""

    where: str
    character: str
    context: str

    @property
    def sentence(self) -> str:
        """For the user, with the code point, so that the character can be named where it cannot be shown."""
        code = f"U+{ord(self.character):04X}"
        return f"{self.where}中的“{self.character}”（{code}）没有可用的字形，打印出来会是空框"


PAGES_OF_A_BOOKLET = frozenset({"handbook_cover", "handbook_instructions", "handbook_contents"})
"""Papers that make sense only inside a handbook; the gallery does not show them."""


ELECTION_ALL = PaperEntry(
    ELECTION_ALL_KEY, "C", "一次选举的全部表册", Subject.PROCEDURE, group=PaperGroup.ELECTION
)
"""All papers of one election in one file, in order of handling."""

CONVERSION_ALL = PaperEntry(
    CONVERSION_ALL_KEY, "D", "一名预备党员转正的全部表册", Subject.PROCEDURE, group=PaperGroup.CONVERSION
)
"""All papers of one person's conversion in one file, in order of handling."""

EVALUATION_ALL = PaperEntry(
    EVALUATION_ALL_KEY, "B", "一年民主评议的全部表册", Subject.PROCEDURE, group=PaperGroup.EVALUATION
)
"""All papers of one year's evaluation in one file, in order of handling."""

ALL_OF_ONE = (ELECTION_ALL, CONVERSION_ALL, EVALUATION_ALL)

_WHOLE: Mapping[str, Callable[[Reading, PaperRequest, PrintOptions | None], Booklet]] = {
    ELECTION_ALL_KEY: election_booklet,
    CONVERSION_ALL_KEY: conversion_booklet,
    EVALUATION_ALL_KEY: evaluation_booklet,
}


def paper_entries() -> tuple[PaperEntry, ...]:
    """Everything that can be printed by itself, in the order of the gallery, the handbook last."""
    entries = [
        PaperEntry(paper.key, paper.code, paper.name, paper.subject, paper.kinds, paper.docx, paper.group)
        for paper in PAPERS
        if paper.key not in PAGES_OF_A_BOOKLET
    ]
    for whole in ALL_OF_ONE:
        last = max(place for place, each in enumerate(entries) if each.group == whole.group)
        entries.insert(last + 1, whole)
    return (*entries, PaperEntry(HANDBOOK_KEY, "F", "党支部工作手册", Subject.YEAR))


def paper_entries_of(reading: Reading) -> tuple[PaperEntry, ...]:
    """As ``paper_entries``, with the ledgers as this book has them: its own ones before those shipped."""
    shipped = paper_entries()
    own = [ledger_paper(each) for each in ledgers_of(reading)]
    ledgers = [PaperEntry(each.key, each.code, each.name, each.subject, group=each.group) for each in own]
    at = next(place for place, each in enumerate(shipped) if each.group == PaperGroup.LEDGER)
    others = [each for each in shipped if each.group != PaperGroup.LEDGER]
    return (*others[:at], *ledgers, *others[at:])


def booklet_for(reading: Reading, request: PaperRequest, options: PrintOptions | None = None) -> Booklet:
    """One paper as a booklet: a section for each of its sheets; all papers of a procedure for its key."""
    whole = _WHOLE.get(request.paper)
    if whole is not None:
        return whole(reading, request, options)
    sheets = sheets_for(reading, request)
    sections = tuple(Section(sheet, bookmark=sheet.title) for sheet in sheets)
    apart = sheets[0].paper.subject == Subject.PROCEDURE
    return Booklet(sheets[0].title, sections, replace(options or PrintOptions(), apart=apart))


def print_paper(
    reading: Reading,
    press: PaperPress,
    request: PaperRequest,
    options: PrintOptions | None = None,
    progress: Progress | None = None,
) -> PressedPaper:
    """The PDF of one paper. What no face has stands in ``missing``; see ``unprintable`` to ask before."""
    return press.press(booklet_for(reading, request, options), reading.content, progress)


def word_paper(reading: Reading, press: WordPress, request: PaperRequest) -> bytes:
    """The docx of one paper. Raises RefusedProblem for a paper that is not meant to be edited in Word."""
    if request.paper in _WHOLE:
        name = next(each.name for each in ALL_OF_ONE if each.key == request.paper)
        raise RefusedProblem(f"“{name}”不能存为 docx", "", "请存为 PDF，或逐份存为 docx")
    sheets = sheets_for(reading, request)
    if not sheets[0].paper.docx:
        raise RefusedProblem(f"“{sheets[0].paper.name}”不能存为 docx", "", "请存为 PDF")
    if len(sheets) > 1:
        titles = "；".join(sheet.title for sheet in sheets)
        raise RefusedProblem(
            "这次会议有几份决议，一个 docx 只放一份",
            titles,
            "请选定哪一项议题（命令行加 --item N），或存为 PDF",
        )
    return press.docx(sheets[0])


def unprintable(
    reading: Reading, press: PaperPress, sheets: Iterable[Sheet]
) -> tuple[UnprintableCharacter, ...]:
    """Characters of the sheets that no face has, each once per place; a name is told as the person's."""
    names = [person.name for person in reading.roster().people]
    found: dict[tuple[str, str], UnprintableCharacter] = {}
    for sheet in sheets:
        for missing in press.missing_characters((sheet.title, *texts_of(sheet))):
            holder = next((name for name in names if missing.character in name), "")
            where = f"姓名“{holder}”" if holder else f"《{sheet.title}》"
            each = UnprintableCharacter(where, missing.character, missing.context)
            found.setdefault((where, missing.character), each)
    return tuple(found.values())


def texts_of(sheet: Sheet) -> tuple[str, ...]:
    """Every piece of text that a sheet's values hold."""
    return tuple(text for value in (sheet.values or {}).values() for text in _texts(value))


def _texts(value: Value) -> Iterable[str]:
    if isinstance(value, str):
        yield value
        return
    for part in value:
        if isinstance(part, Mapping):
            yield from part.values()
        elif isinstance(part, Paragraph):
            yield from (part.lead, part.text)
        elif isinstance(part, Chart):
            yield from (part.title, *(point.label for point in part.points))
        elif isinstance(part, TextTable):
            yield from (text for row in part.rows for text in row)
        elif isinstance(part, TimeLine):
            yield from (text for row in part.rows for text in (row.task.title, row.task.responsible))
        else:
            yield part.caption


def content_hash(sheets: Iterable[Sheet]) -> str:
    """The hash of what sheets show: titles and values, not their layout. Equal values give equal hashes."""
    shown = [(sheet.paper.key, sheet.title, sheet.values) for sheet in sheets]
    return hashlib.sha256(to_json(shown).encode()).hexdigest()
