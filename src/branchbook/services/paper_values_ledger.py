"""The sheets of a ledger's paper: the rows of an organisation and all below it in a year, or one page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from branchbook.catalogue.papers.ledgers import FAMILY, ROW_NUMBER, ledger_paper
from branchbook.catalogue.papers_list import family_of, paper_of
from branchbook.domain.ballot_papers import Column
from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import Ledger, LedgerLayout, LedgerRow
from branchbook.domain.papers import Grid, Paper, Sheet, Value
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledger_values import RowWords
from branchbook.services.ledgers import Period, rows_of, total_words
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day, paragraphs
from branchbook.services.place_words import short_places
from branchbook.services.store import Reading

Values = Mapping[str, Value]
_PLACE_MM = 22.0


def is_ledger_paper(key: str) -> bool:
    """Whether a paper's key is that of a ledger."""
    return family_of(key) == FAMILY


def paper_in(reading: Reading, key: str) -> Paper:
    """A paper as the book has it: of a ledger with what the user changed in it, else the shipped one."""
    return ledger_paper(ledger_of(reading, _ledger_key(key))) if is_ledger_paper(key) else paper_of(key)


def _ledger_key(paper: str) -> str:
    return paper.partition(":")[2]


def ledger_sheets(
    binding: Binding, paper: Paper, made: Callable[[Paper, Values | None], Sheet]
) -> tuple[Sheet, ...]:
    """One sheet with all rows, or one for each; ``made`` puts values on a paper. Blank, or empty, it is a form."""
    ledger = ledger_of(binding.reading, _ledger_key(paper.key))
    if binding.request.blank or binding.organisation is None:
        return (made(paper, None),)
    rows = rows_of(binding.reading, ledger, binding.organisation.id, Period.of_year(binding.year))
    words = RowWords(binding.reading, ledger, rows)
    if ledger.paper.layout is LedgerLayout.PAGE:
        return tuple(made(paper, _page_values(ledger, words, row)) for row in rows) or (made(paper, None),)
    return (_grid_sheet(binding, ledger, paper, rows, words, made),)


def _grid_sheet(
    binding: Binding,
    ledger: Ledger,
    paper: Paper,
    rows: tuple[LedgerRow, ...],
    words: RowWords,
    made: Callable[[Paper, Values | None], Sheet],
) -> Sheet:
    """Where rows of several organisations stand together, each says whose it is."""
    places = short_places(
        binding.roster, tuple(dict.fromkeys(row.organisation_id for row in rows)), binding.day
    )
    lines = tuple(
        {**_cells(ledger, words, row), ROW_NUMBER: str(number), _PLACE: places.get(row.organisation_id, "")}
        for number, row in enumerate(rows, start=1)
    )
    values: dict[str, Value] = {"rows": lines}
    if ledger.summed:
        label = next((spec.key for spec, _ in ledger.shown_columns if spec not in ledger.summed), ROW_NUMBER)
        values["total"] = ({label: "合计", **total_words(ledger, rows)},)
    return made(_with_places(paper) if places else paper, values)


_PLACE = "place\x00"
"""The key of a column that is no field of the ledger."""


def _with_places(paper: Paper) -> Paper:
    layout = paper.layout
    assert isinstance(layout, Grid)
    ours = layout.columns[0].key == ROW_NUMBER
    number, others = layout.columns[:ours], layout.columns[ours:]
    width = sum(column.width_mm for column in others if not column.hidden)
    narrower = (replace(column, width_mm=column.width_mm * (width - _PLACE_MM) / width) for column in others)
    columns = (*number, Column(_PLACE, "党组织", _PLACE_MM), *narrower)
    return replace(paper, layout=replace(layout, columns=columns))


def _cells(ledger: Ledger, words: RowWords, row: LedgerRow) -> Mapping[str, str]:
    """Cells as paper has them: days with points, as in every table."""
    days = {spec.key: month_day(row.day(spec.key)) for spec in ledger.shown if spec.type is FieldType.DATE}
    return {**words.cells(row), **days}


def _page_values(ledger: Ledger, words: RowWords, row: LedgerRow) -> Values:
    cells = _cells(ledger, words, row)
    long_ones = {spec.key for spec in ledger.shown if spec.type is FieldType.LONG_TEXT}
    return {key: paragraphs(text) if key in long_ones else text for key, text in cells.items()}
